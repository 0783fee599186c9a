//! Texts with places to fill in.
//!
//! | place | becomes |
//! |---|---|
//! | `{name}` | the value of a variable |
//! | `{name.2}` | its second word |
//! | `{name:11}` | its first 11 characters |
//! | `{1..99}`, `{0.05..1.50}` | a number in the range, with as many decimals as the lower end has |
//! | `{hex32}`, `{uuid}` | random |
//! | `{a\|b c\|}` | one of these |
//! | `{{`, `}}` | a brace |

use std::collections::HashMap;

use crate::rng::Rng;

/// A variable, by its place in [`Names`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Var(pub(crate) u16);

/// The names of all variables.
#[derive(Debug, Default)]
pub(crate) struct Names {
    ids: HashMap<String, Var>,
    names: Vec<String>,
}

impl Names {
    /// The variable of that name, made where it is new.
    pub(crate) fn var(&mut self, name: &str) -> Var {
        if let Some(var) = self.ids.get(name) {
            return *var;
        }
        let var = Var(self.names.len() as u16);
        self.ids.insert(name.to_owned(), var);
        self.names.push(name.to_owned());
        var
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    #[cfg(test)]
    pub(crate) fn name(&self, var: Var) -> &str {
        self.names.get(usize::from(var.0)).map_or("", String::as_str)
    }
}

/// Where values come from while a text is filled in.
pub(crate) trait Values {
    /// Appends the value of `var`.
    fn value(&mut self, var: Var, out: &mut String);
    /// The randomness of this run.
    fn rng(&mut self) -> &mut Rng;
    /// Whether what varies is put between [`MARKS`]; for values of this variable, or for those made on the spot.
    fn marks(&self, _var: Option<Var>) -> bool {
        false
    }
}

/// What stands before and after what varies, where that is to be told from what is always the same.
pub(crate) const MARKS: [char; 2] = ['\u{1}', '\u{2}'];

/// The text without its marks.
pub(crate) fn unmarked(mut text: String) -> String {
    text.retain(|c| !MARKS.contains(&c));
    text
}

/// The text with `*` for all that is marked.
pub(crate) fn pattern(text: &str) -> String {
    let (mut out, mut depth) = (String::new(), 0_usize);
    for c in text.chars() {
        if c == MARKS[0] {
            if depth == 0 && !out.ends_with('*') {
                out.push('*');
            }
            depth += 1;
        } else if c == MARKS[1] {
            depth = depth.saturating_sub(1);
        } else if depth == 0 {
            out.push(c);
        }
    }
    out
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Literal(Box<str>),
    Value(Var, Cut),
    Number { low: u64, high: u64, decimals: u32 },
    Hex(usize),
    Uuid,
    Pick(Vec<Text>),
}

/// Which part of a value is meant.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Cut {
    All,
    Word(usize),
    First(usize),
}

/// A text with places to fill in.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Text(Vec<Part>);

impl Text {
    /// Reads a text; the error says what is wrong with it.
    pub(crate) fn parse(source: &str, names: &mut Names) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = source;
        while let Some(at) = rest.find(['{', '}']) {
            literal.push_str(&rest[..at]);
            let tail = &rest[at..];
            if let Some(after) = tail.strip_prefix("{{").or_else(|| tail.strip_prefix("}}")) {
                literal.push_str(&tail[..1]);
                rest = after;
                continue;
            }
            let end = tail.find('}').filter(|end| *end > 0).ok_or_else(|| format!("unbalanced brace in {source:?}"))?;
            if !literal.is_empty() {
                parts.push(Part::Literal(std::mem::take(&mut literal).into()));
            }
            parts.push(place(&tail[1..end], names)?);
            rest = &tail[end + 1..];
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            parts.push(Part::Literal(literal.into()));
        }
        Ok(Self(parts))
    }

    /// Appends the text, filled in.
    pub(crate) fn fill(&self, values: &mut dyn Values, out: &mut String) {
        for part in &self.0 {
            let marked = match part {
                Part::Literal(_) | Part::Pick(_) => false,
                Part::Value(var, _) => values.marks(Some(*var)),
                Part::Number { .. } | Part::Hex(_) | Part::Uuid => values.marks(None),
            };
            out.extend(marked.then_some(MARKS[0]));
            match part {
                Part::Literal(text) => out.push_str(text),
                Part::Value(var, cut) => cut.apply(*var, values, out),
                Part::Number { low, high, decimals } => number(values.rng().between(*low, *high), *decimals, out),
                Part::Hex(len) => values.rng().hex(*len, out),
                Part::Uuid => values.rng().uuid(out),
                Part::Pick(choices) => {
                    let choice = values.rng().below(choices.len());
                    choices[choice].fill(values, out);
                }
            }
            out.extend(marked.then_some(MARKS[1]));
        }
    }

    /// The text with `*` for each of its places, and for each number in it.
    pub(crate) fn skeleton(&self) -> String {
        let text: String = self.0.iter().map(|part| if let Part::Literal(text) = part { text } else { "*" }).collect();
        let starred = text.chars().map(|c| if c.is_ascii_digit() { '*' } else { c });
        starred.fold(String::new(), |mut out, c| {
            out.extend((c != '*' || !out.ends_with('*')).then_some(c));
            out
        })
    }

    /// Whether the variable stands in it.
    pub(crate) fn names(&self, var: Var) -> bool {
        self.0.iter().any(|part| matches!(part, Part::Value(named, _) if *named == var))
    }
}

impl Cut {
    fn apply(self, var: Var, values: &mut dyn Values, out: &mut String) {
        let start = out.len();
        values.value(var, out);
        if self != Self::All {
            let value = unmarked(out.split_off(start));
            out.push_str(&value);
        }
        match self {
            Self::All => {}
            Self::First(len) => {
                let end = out[start..].char_indices().nth(len).map_or(out.len(), |(at, _)| start + at);
                out.truncate(end);
            }
            Self::Word(nth) => {
                let word = out[start..].split(' ').nth(nth - 1).unwrap_or_default().to_owned();
                out.truncate(start);
                out.push_str(&word);
            }
        }
    }
}

fn place(inner: &str, names: &mut Names) -> Result<Part, String> {
    if inner.contains('|') {
        let choices: Result<_, _> = inner.split('|').map(|choice| Text::parse(choice, names)).collect();
        return Ok(Part::Pick(choices?));
    }
    if let Some((low, high)) = inner.split_once("..") {
        return range(low, high).ok_or_else(|| format!("not a range: {inner:?}"));
    }
    if inner == "uuid" {
        return Ok(Part::Uuid);
    }
    if let Some(len) = inner.strip_prefix("hex").and_then(|len| len.parse().ok()) {
        return Ok(Part::Hex(len));
    }
    let (name, cut) = cut(inner)?;
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
        return Err(format!("not a place to fill in: {inner:?}"));
    }
    Ok(Part::Value(names.var(name), cut))
}

fn cut(inner: &str) -> Result<(&str, Cut), String> {
    let wrong = || format!("not a cut: {inner:?}");
    if let Some((name, len)) = inner.split_once(':') {
        return Ok((name, Cut::First(len.parse().map_err(|_| wrong())?)));
    }
    match inner.split_once('.') {
        Some((name, nth)) => Ok((name, Cut::Word(nth.parse().ok().filter(|nth| *nth > 0).ok_or_else(wrong)?))),
        None => Ok((inner, Cut::All)),
    }
}

fn range(low: &str, high: &str) -> Option<Part> {
    let decimals = low.split_once('.').map_or(0, |(_, digits)| digits.len());
    let scaled = |text: &str| -> Option<u64> {
        let (whole, digits) = text.split_once('.').unwrap_or((text, ""));
        let padded = format!("{whole}{digits:0<decimals$}");
        padded.parse().ok()
    };
    Some(Part::Number { low: scaled(low)?, high: scaled(high)?, decimals: decimals as u32 })
}

fn number(value: u64, decimals: u32, out: &mut String) {
    use std::fmt::Write;
    let unit = 10_u64.pow(decimals);
    // Writing to a string cannot fail.
    let _ = match decimals {
        0 => write!(out, "{value}"),
        _ => write!(out, "{}.{:0width$}", value / unit, value % unit, width = decimals as usize),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(Rng);

    impl Values for Fixed {
        fn value(&mut self, _: Var, out: &mut String) {
            out.push_str("m1.small 2048 20");
        }
        fn rng(&mut self) -> &mut Rng {
            &mut self.0
        }
    }

    fn filled(source: &str) -> String {
        let mut out = String::new();
        Text::parse(source, &mut Names::default()).unwrap().fill(&mut Fixed(Rng::new(1)), &mut out);
        out
    }

    #[test]
    fn places_are_filled_in() {
        for (source, expected) in [
            ("plain", "plain"),
            ("a {flavor.1} b", "a m1.small b"),
            ("{flavor.2} MB", "2048 MB"),
            ("{flavor:4}!", "m1.s!"),
            ("{{'a': {7..7}}}", "{'a': 7}"),
            ("{0.50..0.50}s", "0.50s"),
            ("{1.05..1.05}", "1.05"),
            ("{x|x}", "x"),
        ] {
            assert_eq!(filled(source), expected, "{source}");
        }
    }

    #[test]
    fn what_varies_is_told_from_what_does_not() {
        assert_eq!(pattern("/v3/\u{1}a\u{1}b\u{2}\u{2}/volumes/\u{1}c\u{2}"), "/v3/*/volumes/*");
        assert_eq!(unmarked("a\u{1}b\u{2}c".to_owned()), "abc");
        let mut names = Names::default();
        let text = Text::parse("a {flavor.1} {x|y} {1..9}: 100 MB", &mut names).unwrap();
        assert_eq!(text.skeleton(), "a * * *: * MB");
        assert!(text.names(names.var("flavor")) && !text.names(names.var("ip")));
    }

    #[test]
    fn what_is_not_a_text_is_refused() {
        for source in ["{", "a } b", "{A}", "{flavor.0}", "{1..x}", "{}"] {
            assert!(Text::parse(source, &mut Names::default()).is_err(), "{source}");
        }
    }
}
