//! The paths that Rust code names, with the trees of `use` written out.

/// A path such as `crate::score::model`, and its line.
#[derive(Debug, PartialEq, Eq)]
pub struct Named {
    /// The line, from 1.
    pub line: usize,
    /// The parts between the colons.
    pub parts: Vec<String>,
}

impl Named {
    /// Whether the path begins with these parts.
    #[must_use]
    pub fn begins(&self, parts: &[&str]) -> bool {
        self.parts.len() >= parts.len() && self.parts.iter().zip(parts).all(|(own, part)| own == part)
    }
}

/// All paths of two and more parts in code that holds no comments and no strings.
#[must_use]
pub fn named(code: &str) -> Vec<Named> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let starts = is_word(tokens[at].1) && tokens.get(at + 1).is_some_and(|next| next.1 == "::");
        at = if starts { path(&tokens, at, &mut Vec::new(), &mut found) } else { at + 1 };
    }
    found
}

type Token<'a> = (usize, &'a str);

fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (code, 1);
    while let Some(first) = rest.chars().next() {
        let part = |c: char| c.is_alphanumeric() || c == '_';
        let length = match first {
            c if part(c) => rest.find(|c| !part(c)).unwrap_or(rest.len()),
            ':' if rest.starts_with("::") => 2,
            c => c.len_utf8(),
        };
        if !first.is_whitespace() {
            tokens.push((line, &rest[..length]));
        }
        line += usize::from(first == '\n');
        rest = &rest[length..];
    }
    tokens
}

fn is_word(token: &str) -> bool {
    token.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_')
}

/// Reads the path whose word stands at `at`, and gives the place after it.
fn path(tokens: &[Token], mut at: usize, before: &mut Vec<String>, found: &mut Vec<Named>) -> usize {
    let depth = before.len();
    let line = tokens[at].0;
    loop {
        before.push(tokens[at].1.to_owned());
        at += 1;
        if tokens.get(at).is_none_or(|token| token.1 != "::") {
            break;
        }
        match tokens.get(at + 1).map(|token| token.1) {
            Some("{") => {
                at = group(tokens, at + 2, before, found);
                before.truncate(depth);
                return at;
            }
            Some(next) if is_word(next) || next == "*" => at += 1,
            // A list of type arguments follows: the path up to here is what is named.
            _ => break,
        }
    }
    found.push(Named { line, parts: before.clone() });
    before.truncate(depth);
    at
}

/// Reads the paths between braces, and gives the place after the closing one.
fn group(tokens: &[Token], mut at: usize, before: &mut Vec<String>, found: &mut Vec<Named>) -> usize {
    while at < tokens.len() {
        match tokens[at].1 {
            "}" => return at + 1,
            "as" => at += 2,
            word if is_word(word) || word == "*" => at = path(tokens, at, before, found),
            _ => at += 1,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, expected: &[(usize, &str)]) {
        let found: Vec<_> = named(code).into_iter().map(|named| (named.line, named.parts.join("::"))).collect();
        let expected: Vec<_> = expected.iter().map(|(line, path)| (*line, (*path).to_owned())).collect();
        assert_eq!(found, expected, "{code}");
    }

    #[test]
    fn paths_in_code_and_in_trees_of_use() {
        check("use a::b;\nlet x = c::d(e);", &[(1, "a::b"), (2, "c::d")]);
        check(
            "use std::{\n    env,\n    time::{Instant as I, *},\n};\nx::y",
            &[(2, "std::env"), (3, "std::time::Instant"), (3, "std::time::*"), (5, "x::y")],
        );
        check("use a::{self, b};", &[(1, "a::self"), (1, "a::b")]);
        check("Vec::<u8>::new(a, b)", &[(1, "Vec")]);
        check("if x { a } else { b: c }", &[]);
    }

    #[test]
    fn a_path_begins_with_whole_parts() {
        let named = &named("std::environment::x")[0];
        assert!(named.begins(&["std"]));
        assert!(!named.begins(&["std", "env"]));
        assert!(!named.begins(&["std", "environment", "x", "y"]));
    }
}
