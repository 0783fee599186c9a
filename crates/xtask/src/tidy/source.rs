//! Source text reduced to what rules read: comments, the contents of strings and tests become spaces, so that lines stay where
//! they are. A scanner of a page each, not a parser: good enough for rules, and without dependencies.

/// The code of a file; of a kind that is not source, the text itself.
#[must_use]
pub fn code(path: &str, text: &str) -> String {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("rs") if is_test(path) => String::new(),
        Some("rs") => without_tests(&rust(text)),
        Some("ts" | "js" | "svelte" | "css") => front(text),
        _ => text.to_owned(),
    }
}

/// Whether a Rust file holds tests alone.
fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.ends_with("_tests.rs") || path.contains("/tests/") || path.contains("/benches/")
}

/// Writes a piece of the source, or spaces in its place.
fn put(out: &mut String, piece: &str, keep: bool) {
    out.extend(piece.chars().map(|c| if keep || c == '\n' { c } else { ' ' }));
}

fn rust(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (length, keep) = rust_token(rest, out.chars().next_back());
        put(&mut out, &rest[..length], keep);
        rest = &rest[length..];
    }
    out
}

/// Length of the token at the start, and whether it is code.
fn rust_token(rest: &str, before: Option<char>) -> (usize, bool) {
    let to_end = |found: Option<usize>| found.unwrap_or(rest.len());
    if rest.starts_with("//") {
        return (to_end(rest.find('\n')), false);
    }
    if rest.starts_with("/*") {
        return (nested_comment(rest), false);
    }
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if !in_word && let Some(length) = raw_string(rest) {
        return (length, false);
    }
    if rest.starts_with('"') {
        return (quoted(rest, '"'), false);
    }
    // A quote is a character, unless it begins a lifetime or a label: those have no second quote right after one character.
    if let Some(after) = rest.strip_prefix('\'') {
        let mut chars = after.chars();
        let first = chars.next();
        if first == Some('\\') || chars.next() == Some('\'') {
            return (quoted(rest, '\''), false);
        }
    }
    (rest.chars().next().map_or(1, char::len_utf8), true)
}

fn nested_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// Length of `r"..."`, `r#"..."#` and `br"..."`, where one begins here.
fn raw_string(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let body = after[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let end = body.find(&close).map_or(body.len(), |at| at + close.len());
    Some(rest.len() - body.len() + end)
}

/// Length of a literal between two quotes, in which a backslash hides the next character.
fn quoted(rest: &str, quote: char) -> usize {
    let mut hidden = true;
    for (at, c) in rest.char_indices() {
        match c {
            _ if hidden => hidden = false,
            '\\' => hidden = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

/// Blanks every item under `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find(MARK) {
        let end = at + MARK.len() + item(&rest[at + MARK.len()..]);
        put(&mut out, &rest[..at], true);
        put(&mut out, &rest[at..end], false);
        rest = &rest[end..];
    }
    out + rest
}

/// Length of the item at the start: to its closing brace, or to its semicolon where it has no body.
pub fn item(code: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in code.char_indices() {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && (c == '}' || c == ';') {
            return at + 1;
        }
    }
    code.len()
}

/// TypeScript, CSS and Svelte: blanks comments, and keeps strings, since they hold imports and colours.
///
/// A string ends with its line at the latest, because the text of a page may hold a lone apostrophe.
fn front(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let line = rest.find('\n').unwrap_or(rest.len());
        let until = |mark: &str| rest.find(mark).map_or(rest.len(), |at| at + mark.len());
        let (length, keep) = match first {
            '/' if rest.starts_with("//") && !out.ends_with(':') => (line, false),
            '/' if rest.starts_with("/*") => (until("*/"), false),
            '<' if rest.starts_with("<!--") => (until("-->"), false),
            '"' | '\'' => (quoted(rest, first).min(line.max(1)), true),
            _ => (first.len_utf8(), true),
        };
        put(&mut out, &rest[..length], keep);
        rest = &rest[length..];
    }
    out
}

/// The line of a place in a text, from 1.
#[must_use]
pub fn line_of(text: &str, at: usize) -> usize {
    1 + text[..at].matches('\n').count()
}

/// Places where a word stands by itself, not as a part of a longer one.
pub fn words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).map(|(at, _)| at).filter(move |at| {
        !text[..*at].chars().next_back().is_some_and(part) && !text[at + word.len()..].chars().next().is_some_and(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squeezed(path: &str, text: &str) -> String {
        let code = code(path, text);
        assert_eq!(code.matches('\n').count(), text.matches('\n').count(), "lines moved");
        code.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn rust_without_comments_strings_and_tests() {
        for (text, expected) in [
            ("a // b\nc", "a c"),
            ("a /* b /* c */ d */ e", "a e"),
            ("a(\"x\\\"y\", 'z', '\\'', b'w') + 'life", "a( , , , b ) + 'life"),
            ("r#\"a \" b\"# + for_r\"x\"", "+ for_r"),
            ("fn f<'a>(x: &'a str) {}", "fn f<'a>(x: &'a str) {}"),
            ("a\n#[cfg(test)]\nmod tests {\n fn x() { y() }\n}\nb", "a b"),
            ("#[cfg(test)]\nmod tests;\nb", "b"),
            ("#[cfg(test)]\n#[expect(x, reason = \"y;\")]\nfn f() -> [u8; 2] { [0; 2] }\nb", "b"),
        ] {
            assert_eq!(squeezed("a.rs", text), expected, "{text}");
        }
        assert_eq!(squeezed("crates/x/src/tests.rs", "a"), "");
        assert_eq!(squeezed("crates/x/tests/all.rs", "a"), "");
    }

    #[test]
    fn front_end_sources_keep_their_strings() {
        for (text, expected) in [
            ("a // b\nc", "a c"),
            ("/* a\n b */ c", "c"),
            ("<!-- a -->b", "b"),
            ("x('https://y') // z", "x('https://y')"),
            ("<p>don't</p> <!-- a -->\n<b>", "<p>don't</p> <!-- a --> <b>"),
            ("src=https://y", "src=https://y"),
        ] {
            assert_eq!(squeezed("a.svelte", text), expected, "{text}");
        }
    }

    #[test]
    fn words_stand_alone() {
        assert_eq!(words("burn burning afterburn burn::x", "burn").collect::<Vec<_>>(), [0, 23]);
        assert_eq!(line_of("a\nb\nc", 4), 3);
    }
}
