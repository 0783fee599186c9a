//! Text as markup that shows it as it is, and the little Markdown that reports are written in.

use std::{
    fmt::{self, Display, Write},
    sync::LazyLock,
};

use regex::{Captures, Regex};

/// A text that is shown as it is, in an element or in a quoted attribute: nothing in it is markup. What cannot be seen, or turns the
/// direction of what follows, is made visible.
#[derive(Debug, Clone, Copy)]
pub struct Plain<'a>(pub &'a str);

impl Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\n' | '\t' => f.write_char(c)?,
                '\r' => {}
                // Unicode has pictures of the first control characters.
                '\0'..='\x1f' => f.write_char(char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER))?,
                c if c.is_control() || turns(c) => write!(f, "\u{2e28}U+{:04X}\u{2e29}", u32::from(c))?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// Whether a character changes the direction in which others are read, cannot be seen, or is none.
fn turns(c: char) -> bool {
    let code = u32::from(c);
    matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fdd0}'..='\u{fdef}')
        || code & 0xfffe == 0xfffe
}

static SPANS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\\(?<escaped>[\\`*_\[\]<>|])|\*\*(?<strong>[^*]+)\*\*|`(?<code>[^`]+)`",
        r"|\*(?<emphasis>[^*\s][^*]*)\*|\[(?<ids>[EU]\d+(?:,\s*[EU]\d+)*)\]"
    ))
    .ok()
});

/// The words of a line of Markdown as markup; a citation leads to its evidence.
pub fn spans(line: &str) -> String {
    let mut out = String::new();
    let mut from = 0;
    for found in SPANS.iter().flat_map(|pattern| pattern.captures_iter(line)) {
        let whole = found.get_match();
        _ = write!(out, "{}", Plain(&line[from..whole.start()]));
        span(&found, &mut out);
        from = whole.end();
    }
    _ = write!(out, "{}", Plain(&line[from..]));
    out
}

fn span(found: &Captures, out: &mut String) {
    if let Some(ids) = found.name("ids") {
        ids.as_str().split(',').for_each(|id| out.push_str(&citation(id.trim())));
        return;
    }
    for (name, tag) in [("strong", "strong"), ("code", "code"), ("emphasis", "em"), ("escaped", "")] {
        if let Some(text) = found.name(name) {
            let text = Plain(text.as_str());
            _ = if tag.is_empty() { write!(out, "{text}") } else { write!(out, "<{tag}>{text}</{tag}>") };
        }
    }
}

/// What leads to a piece of evidence.
pub fn citation(id: &str) -> String {
    format!("<a class=\"cite\" href=\"#{0}\">{0}</a>", Plain(id))
}

/// A text of several blocks: headings, paragraphs, lists and code.
pub fn blocks(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            let code: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
            _ = write!(out, "<pre>{}</pre>", Plain(&code.join("\n")));
        } else if let Some(title) = heading(line) {
            _ = write!(out, "<h3>{}</h3>", spans(title));
        } else if let Some((ordered, first)) = item(line) {
            let tag = if ordered { "ol" } else { "ul" };
            _ = write!(out, "<{tag}><li>{}</li>", spans(first));
            while let Some((_, next)) = lines.peek().and_then(|line| item(line)) {
                _ = write!(out, "<li>{}</li>", spans(next));
                lines.next();
            }
            _ = write!(out, "</{tag}>");
        } else if !line.trim().is_empty() {
            let mut words = line.trim().to_owned();
            let goes_on = |line: &&str| {
                !line.trim().is_empty() && heading(line).is_none() && item(line).is_none() && !line.starts_with("```")
            };
            while let Some(next) = lines.next_if(goes_on) {
                words.push(' ');
                words.push_str(next.trim());
            }
            _ = write!(out, "<p>{}</p>", spans(&words));
        }
    }
    out
}

fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    (1..=6).contains(&level).then(|| rest.strip_prefix(' ')).flatten()
}

/// An entry of a list, and whether it is numbered.
fn item(line: &str) -> Option<(bool, &str)> {
    let line = line.trim_start();
    if let Some(rest) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
        return Some((false, rest));
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < line.len())
        .then(|| rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") ")))
        .flatten()
        .map(|rest| (true, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_markup() {
        for (text, expected) in [
            ("<script>\"a\" & 'b'</script>", "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;"),
            ("a\0b\x1b[31m\r\n\tc\x7f", "a\u{2400}b\u{241b}[31m\n\tc\u{2e28}U+007F\u{2e29}"),
            ("\u{202e}gpj\u{200b}\u{fffe}", "\u{2e28}U+202E\u{2e29}gpj\u{2e28}U+200B\u{2e29}\u{2e28}U+FFFE\u{2e29}"),
            ("zażółć 東京 🚀", "zażółć 東京 🚀"),
        ] {
            assert_eq!(Plain(text).to_string(), expected);
        }
    }

    #[test]
    fn the_markdown_of_reports_is_understood() {
        for (text, expected) in [
            (
                "**a** *b* `c<d` \\*e [E1, E12]",
                concat!(
                    "<strong>a</strong> <em>b</em> <code>c&lt;d</code> *e ",
                    "<a class=\"cite\" href=\"#E1\">E1</a><a class=\"cite\" href=\"#E12\">E12</a>"
                ),
            ),
            ("[Ex] \\[E1\\] [E1", "[Ex] [E1] [E1"),
        ] {
            assert_eq!(spans(text), expected);
        }
        let text = "## A b\none\ntwo\n\n- x\n- y\n3. z\n```\n<p>\n```\nend";
        assert_eq!(
            blocks(text),
            "<h3>A b</h3><p>one two</p><ul><li>x</li><li>y</li><li>z</li></ul><pre>&lt;p&gt;</pre><p>end</p>"
        );
    }
}
