//! Records in one JSON array, such as the answer of an OpenSearch query, put on lines of their own.

use super::json::{skip, skip_space, string_end};

/// Bytes in which the array of an answer begins.
const REACH: usize = 64 << 10;

/// The records of an array, one on a line; none where the text is no array of objects. What is cut off at its end stays as it is.
#[must_use]
pub fn one_on_a_line(text: &[u8]) -> Option<Vec<u8>> {
    let start = skip_space(text, 0);
    let mut at = match text.get(start)? {
        b'[' => start + 1,
        b'{' => hits(text, start)?,
        _ => return None,
    };
    at = skip_space(text, at);
    if text.get(at) != Some(&b'{') {
        return None;
    }
    let mut out = Vec::with_capacity(text.len() + 1);
    while text.get(at) == Some(&b'{') {
        let end = skip(text, at).unwrap_or(text.len());
        out.extend(text[at..end].iter().map(|b| if matches!(b, b'\n' | b'\r') { b' ' } else { *b }));
        out.push(b'\n');
        at = skip_space(text, end);
        if text.get(at) == Some(&b',') {
            at = skip_space(text, at + 1);
        }
    }
    let rest = &text[at..];
    // What closes the array is no text; anything else is kept.
    if !rest.iter().all(|b| b.is_ascii_whitespace() || matches!(b, b']' | b'}')) {
        out.extend_from_slice(rest);
    }
    Some(out)
}

/// The byte behind the bracket of the array `hits` in an answer, whose other keys are told apart from those of a record by that.
fn hits(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        at += memchr::memchr(b'"', text.get(at..(start + REACH).min(text.len()))?)? + 1;
        let end = string_end(text, at)?;
        let key = &text[at..end];
        let colon = skip_space(text, end + 1);
        let value = skip_space(text, colon + 1);
        if key == b"_source" || key == b"_id" {
            return None;
        }
        if key == b"hits" && text.get(colon) == Some(&b':') && text.get(value) == Some(&b'[') {
            return Some(value + 1);
        }
        at = end + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::one_on_a_line;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(
            one_on_a_line(text.as_bytes()).map(|t| String::from_utf8_lossy(&t).into_owned()).as_deref(),
            expected,
            "{text}"
        );
    }

    #[test]
    fn records_get_lines_of_their_own() {
        check(
            "{\"took\":1,\"hits\":{\"total\":2,\"hits\":[{\"_source\":{\"a\":1}},{\"b\":[2]}]}}",
            Some("{\"_source\":{\"a\":1}}\n{\"b\":[2]}\n"),
        );
        check("[\n  {\n    \"a\": \"x]}\"\n  },\n  {}\n]\n", Some("{     \"a\": \"x]}\"   }\n{}\n"));
        check("[{\"a\":1},{\"b", Some("{\"a\":1}\n{\"b\n"));
        check("[{\"a\":1}] more", Some("{\"a\":1}\n] more"));
    }

    #[test]
    fn other_texts_stay() {
        for text in ["", "[2024-01-01] x", "{\"a\":1}\n{\"hits\":2}\n", "{\"_id\":1,\"hits\":[{}]}", "x"] {
            check(text, None);
        }
    }
}
