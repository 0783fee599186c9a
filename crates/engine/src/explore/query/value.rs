//! The values of a query's fields: patterns of names, spans of time, bounds.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

/// What a name must be like, in any case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// The name, or its pattern.
    pub text: String,
    /// Whether `*` stands for anything.
    pub wild: bool,
}

impl Pattern {
    /// Whether a name is like it.
    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        if self.wild { glob(self.text.as_bytes(), name.as_bytes()) } else { self.text.eq_ignore_ascii_case(name) }
    }
}

/// Compares with `*` for anything, going back to the last star alone: linear in the name for each star.
fn glob(pattern: &[u8], name: &[u8]) -> bool {
    let (mut p, mut n, mut star) = (0, 0, None);
    while n < name.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(c) if c.eq_ignore_ascii_case(&name[n]) => {
                p += 1;
                n += 1;
            }
            _ => {
                let Some((at, from)) = star else { return false };
                star = Some((at, from + 1));
                (p, n) = (at + 1, from + 1);
            }
        }
    }
    pattern[p..].iter().all(|c| *c == b'*')
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |c: char| !c.is_whitespace() && !matches!(c, ',' | '"' | '*' | '\\');
        let bare = self.wild || (!self.text.is_empty() && self.text.chars().all(plain));
        if bare { f.write_str(&self.text) } else { f.write_str(&quoted(&self.text)) }
    }
}

/// A text in quotes, as the parser reads it back.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A span of time on the incident's clock, in microseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first moment in it; none where it has no beginning.
    pub from: Option<i64>,
    /// The first moment behind it; none where it has no end.
    pub to: Option<i64>,
}

impl Span {
    /// Reads `from..to`, with an open end on either side, or one time, which means the day, minute or second that it names.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let Some((from, to)) = text.split_once("..") else {
            let (start, width) = moment(text)?;
            return Some(Self { from: Some(start), to: Some(start + width) });
        };
        let end = |text: &str| if text.is_empty() { Some(None) } else { moment(text).map(|(start, _)| Some(start)) };
        Some(Self { from: end(from)?, to: end(to)? })
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = |moment: Option<i64>| {
            let time = moment.and_then(DateTime::from_timestamp_micros);
            time.map_or_else(String::new, |t| t.format("%Y-%m-%dT%H:%M:%S%.f").to_string())
        };
        write!(f, "{}..{}", written(self.from), written(self.to))
    }
}

/// Reads a time, and how much of it the text names, both in microseconds. Times that end in a year of five digits could not be
/// written back.
fn moment(text: &str) -> Option<(i64, i64)> {
    const YEAR_10000: i64 = 253_402_300_800_000_000;
    read_moment(text).filter(|(start, width)| start + width < YEAR_10000)
}

fn read_moment(text: &str) -> Option<(i64, i64)> {
    const SECOND: i64 = 1_000_000;
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        const MOST: i64 = 1 << 50;
        return text.parse::<i64>().ok().filter(|ms| *ms < MOST).map(|ms| (ms * 1000, 1000));
    }
    let text = text.replace(' ', "T");
    let text = text.strip_suffix('Z').unwrap_or(&text);
    let Some((day, clock)) = text.split_once('T') else {
        let start = day(text)?.and_time(NaiveTime::MIN);
        return Some((start.and_utc().timestamp_micros(), 86_400 * SECOND));
    };
    let (format, width) = match clock.len() {
        5 => ("%H:%M", 60 * SECOND),
        8 => ("%H:%M:%S", SECOND),
        12 => ("%H:%M:%S%.f", 1000),
        _ => ("%H:%M:%S%.f", 1),
    };
    let time = NaiveTime::parse_from_str(clock, format).ok()?;
    Some((NaiveDateTime::new(self::day(day)?, time).and_utc().timestamp_micros(), width))
}

fn day(text: &str) -> Option<NaiveDate> {
    (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}

/// How a value is compared with a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// Below it.
    Below,
    /// Below it, or at it.
    UpTo,
    /// Above it.
    Above,
    /// Above it, or at it.
    From,
}

impl Bound {
    /// Splits the sign off a text.
    #[must_use]
    pub fn split(text: &str) -> Option<(Self, &str)> {
        let signs = [Self::UpTo, Self::From, Self::Below, Self::Above];
        signs.into_iter().find_map(|bound| Some((bound, text.strip_prefix(bound.sign())?)))
    }

    /// How it is written.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Below => "<",
            Self::UpTo => "<=",
            Self::Above => ">",
            Self::From => ">=",
        }
    }

    /// Whether a value is on the right side.
    #[must_use]
    pub fn holds<T: PartialOrd + Copy>(self, value: T, bound: T) -> bool {
        match self {
            Self::Below => value < bound,
            Self::UpTo => value <= bound,
            Self::Above => value > bound,
            Self::From => value >= bound,
        }
    }
}
