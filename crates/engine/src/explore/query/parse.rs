//! Reads a query from its text. What is wrong is told with its place and a remedy.

use super::{Bound, Field, LEVELS, Pattern, Query, Span, Term, Test};
use crate::{Error, explore::text};

/// Reads a query.
pub fn query(text: &str) -> Result<Query, Error> {
    let mut input = Input { chars: text.chars().collect(), at: 0 };
    let mut terms = Vec::new();
    loop {
        input.skip(char::is_whitespace);
        if input.at == input.chars.len() {
            return Ok(Query { terms });
        }
        terms.push(term(&mut input)?);
    }
}

/// Whether a phrase can stand in a query without quotes.
pub fn is_word(text: &str) -> bool {
    let mut input = Input { chars: text.chars().collect(), at: 0 };
    let alone = !text.is_empty() && !text.contains(char::is_whitespace) && !text.starts_with(['-', '"', '/']);
    alone && term(&mut input).is_ok_and(|t| t.test == Test::Phrase(text.into())) && input.at == input.chars.len()
}

/// A regular expression as it stands between slashes.
pub fn escaped(pattern: &str) -> String {
    let (mut out, mut hidden) = (String::new(), false);
    for c in pattern.chars() {
        if c == '/' && !hidden {
            out.push('\\');
        }
        hidden = c == '\\' && !hidden;
        out.push(c);
    }
    out
}

/// An expression without the backslashes that hide its slashes.
fn unescaped(chars: &[char]) -> String {
    let (mut out, mut at) = (String::new(), 0);
    while at < chars.len() {
        let pair = &chars[at..(at + if chars[at] == '\\' { 2 } else { 1 }).min(chars.len())];
        out.extend(if pair == ['\\', '/'] { &pair[1..] } else { pair });
        at += pair.len();
    }
    out
}

struct Input {
    chars: Vec<char>,
    at: usize,
}

impl Input {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    fn skip(&mut self, what: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&what) {
            self.at += 1;
        }
    }

    /// Takes what goes on as `what` says.
    fn take(&mut self, what: impl Fn(char) -> bool) -> String {
        let from = self.at;
        self.skip(what);
        self.chars[from..self.at].iter().collect()
    }

    /// Whether a term ends at a place.
    fn ends_at(&self, at: usize) -> bool {
        self.chars.get(at).is_none_or(|c| c.is_whitespace())
    }
}

fn wrong(at: usize, reason: impl Into<String>, remedy: &'static str) -> Error {
    Error::Query { position: at + 1, reason: reason.into(), remedy }
}

fn term(input: &mut Input) -> Result<Term, Error> {
    let start = input.at;
    let exclude = input.eat('-');
    if exclude && input.ends_at(input.at) {
        return Err(wrong(
            start,
            "a - with nothing behind it",
            "write what to leave out right behind it, or \"-\" to look for it",
        ));
    }
    let test = match input.peek() {
        Some('"') => Test::Phrase(phrase(input)?),
        Some('/') => match regex(input)? {
            Some(test) => test,
            None => Test::Phrase(word(input)),
        },
        _ => field(input)?,
    };
    if test == Test::Phrase(String::new()) {
        return Err(wrong(start, "quotes with nothing between them", "write what to look for between them"));
    }
    Ok(Term { exclude, test })
}

fn word(input: &mut Input) -> String {
    input.take(|c| !c.is_whitespace())
}

/// A text in quotes, in which a backslash hides a quote or a backslash.
fn phrase(input: &mut Input) -> Result<String, Error> {
    let start = input.at;
    input.at += 1;
    let mut out = String::new();
    while let Some(c) = input.peek() {
        input.at += 1;
        match c {
            '"' => return Ok(out),
            '\\' if matches!(input.peek(), Some('"' | '\\')) => {
                out.extend(input.peek());
                input.at += 1;
            }
            c => out.push(c),
        }
    }
    Err(wrong(start, "an unclosed quote", "close it"))
}

/// An expression between slashes; none where this is a path such as `/var/log`.
fn regex(input: &mut Input) -> Result<Option<Test>, Error> {
    let start = input.at;
    let mut at = start + 1;
    let mut slashes = 0;
    while let Some(c) = input.chars.get(at) {
        match c {
            '\\' => at += 1,
            '/' => {
                slashes += usize::from(!input.chars[start..at].iter().any(|c| c.is_whitespace()));
                let case = input.chars.get(at + 1) == Some(&'c');
                if input.ends_at(at + 1) || case && input.ends_at(at + 2) {
                    return expression(input, at, case).map(Some);
                }
            }
            _ => {}
        }
        at += 1;
    }
    if slashes > 0 { Ok(None) } else { Err(wrong(start, "an unclosed /", "close it, or put the words in quotes")) }
}

fn expression(input: &mut Input, end: usize, case: bool) -> Result<Test, Error> {
    let start = input.at;
    let pattern = unescaped(&input.chars[start + 1..end]);
    let broken = "correct the expression, or put the words in quotes";
    if pattern.is_empty() {
        return Err(wrong(start, "an empty expression", broken));
    }
    if let Err(error) = text::expression(&pattern, case) {
        let reason = error.to_string().lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        return Err(wrong(start, format!("an expression that does not compile ({reason})"), broken));
    }
    input.at = end + 1 + usize::from(case);
    Ok(Test::Regex { pattern, case })
}

/// A field with its values, or a word.
fn field(input: &mut Input) -> Result<Test, Error> {
    let start = input.at;
    let name = input.take(|c| c.is_ascii_alphabetic());
    let says = input.eat(':') && !input.ends_at(input.at) && input.peek() != Some('/');
    let named = Field::ALL.into_iter().find(|f| f.name() == name);
    let at = input.at;
    match name.as_str() {
        "level" if says => levels(input),
        "template" if says => numbers(input).map(Test::Template),
        "pid" if says => numbers(input).map(Test::Pid),
        "time" if says => spans(input),
        "importance" if says => importance(input),
        _ => match named {
            Some(field) if at > start + name.len() && !input.ends_at(at) => Ok(Test::Name(field, patterns(input)?)),
            _ if says && !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase()) => {
                const FIELDS: &str = "the fields are level, service, host, logger, file, request, instance, template, pid, time and \
                    importance; put it in quotes to look for it in the text";
                Err(wrong(start, format!("an unknown field {name}"), FIELDS))
            }
            _ => {
                input.at = start;
                Ok(Test::Phrase(word(input)))
            }
        },
    }
}

/// The values between commas, each with its place and whether it was in quotes.
fn values(input: &mut Input) -> Result<Vec<(usize, String, bool)>, Error> {
    let mut values = Vec::new();
    loop {
        let (at, quoted) = (input.at, input.peek() == Some('"'));
        let value = if quoted { phrase(input)? } else { input.take(|c| !c.is_whitespace() && c != ',') };
        if value.is_empty() && !quoted {
            return Err(wrong(at, "a missing value", "write a value on each side of a comma, or \"\" for events that have none"));
        }
        values.push((at, value, quoted));
        if input.eat(',') {
            continue;
        }
        if input.ends_at(input.at) {
            return Ok(values);
        }
        return Err(wrong(input.at, "text right behind a quote", "put a space or a comma between them"));
    }
}

fn patterns(input: &mut Input) -> Result<Vec<Pattern>, Error> {
    let pattern = |(_, text, quoted): (usize, String, bool)| Pattern { wild: !quoted && text.contains('*'), text };
    Ok(values(input)?.into_iter().map(pattern).collect())
}

fn levels(input: &mut Input) -> Result<Test, Error> {
    const NAMES: &str = "levels are trace, debug, info, audit, warning, error, critical, and unknown where a record names none";
    let mut mask = 0;
    for (at, value, _) in values(input)? {
        let (bound, name) = Bound::split(&value).map_or((None, value.as_str()), |(bound, rest)| (Some(bound), rest));
        let level = level(name).ok_or_else(|| wrong(at, format!("an unknown level {name}"), NAMES))?;
        let wanted = |n: u8| bound.map_or(n == level, |bound| bound.holds(n, level));
        mask |= (0..LEVELS.len() as u8).filter(|n| wanted(*n)).fold(0, |mask, n| mask | 1 << n);
    }
    if mask == 0 { Err(wrong(input.at - 1, "a level that no record can have", NAMES)) } else { Ok(Test::Level(mask)) }
}

fn level(name: &str) -> Option<u8> {
    let name = match name.to_ascii_lowercase().as_str() {
        "warn" => "warning".to_owned(),
        "err" => "error".to_owned(),
        "crit" | "fatal" => "critical".to_owned(),
        other => other.to_owned(),
    };
    LEVELS.iter().find(|(_, known)| *known == name).map(|(level, _)| *level as u8)
}

fn numbers(input: &mut Input) -> Result<Vec<u32>, Error> {
    let number = |(at, value, _): (usize, String, bool)| {
        value.parse().map_err(|_| wrong(at, format!("{value}, which is no number,"), "write a number without a sign"))
    };
    values(input)?.into_iter().map(number).collect()
}

fn spans(input: &mut Input) -> Result<Test, Error> {
    const FORM: &str = "write 2025-01-01, 2025-01-01T10:00, milliseconds since 1970, or two of them with .. between";
    let span = |(at, value, _): (usize, String, bool)| {
        Span::read(&value).ok_or_else(|| wrong(at, format!("{value}, which is no time,"), FORM))
    };
    Ok(Test::Time(values(input)?.into_iter().map(span).collect::<Result<_, _>>()?))
}

fn importance(input: &mut Input) -> Result<Test, Error> {
    let (at, value) = (input.at, word(input));
    let read = Bound::split(&value).and_then(|(bound, rest)| Some((bound, rest.parse::<f32>().ok().filter(|v| v.is_finite())?)));
    let (bound, value) =
        read.ok_or_else(|| wrong(at, format!("{value}, which is no bound,"), "write >0.9, >=0.9, <0.5 or <=0.5"))?;
    Ok(Test::Importance(bound, value))
}
