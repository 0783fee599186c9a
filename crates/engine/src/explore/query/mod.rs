//! What to look for, as one line of text: the language of the search box, of `--where` and of a view's address.
//!
//! Terms stand between spaces, and all of them must hold. `word` and `"quoted words"` stand anywhere in the record's text, in any
//! case; `/regex/` matches there in any case, `/regex/c` as written. `field:value` compares a field, `field:one,two` with several
//! values, with `*` for anything in a value. A `-` in front excludes.

mod parse;
mod value;

use std::fmt;

use self::value::quoted;
pub use self::value::{Bound, Pattern, Span};
use crate::{Error, events::Level};

/// What to look for: all its terms must hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// The terms.
    pub terms: Vec<Term>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Whether what it finds is left out.
    pub exclude: bool,
    /// What it asks.
    pub test: Test,
}

/// What a term asks of an event.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Its text holds this, in any case.
    Phrase(String),
    /// Its text matches a regular expression.
    Regex {
        /// The expression.
        pattern: String,
        /// Whether upper and lower case differ.
        case: bool,
    },
    /// Its level is one of these: bit n stands for the level n.
    Level(u8),
    /// One of its names is like one of these.
    Name(Field, Vec<Pattern>),
    /// Its template is one of these.
    Template(Vec<u32>),
    /// Its process id is one of these.
    Pid(Vec<u32>),
    /// It stands within one of these times.
    Time(Vec<Span>),
    /// Its importance is beyond a bound.
    Importance(Bound, f32),
}

/// A field that holds a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The process.
    Service,
    /// The host.
    Host,
    /// The logger.
    Logger,
    /// The file: its whole path, or the end of it behind a `/`.
    File,
    /// The request, with those that it called and was called by.
    Request,
    /// The instance.
    Instance,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Service, Self::Host, Self::Logger, Self::File, Self::Request, Self::Instance];

    /// Its name in a query.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Host => "host",
            Self::Logger => "logger",
            Self::File => "file",
            Self::Request => "request",
            Self::Instance => "instance",
        }
    }
}

/// The levels with the names that a query gives them, in the order of their gravity.
pub const LEVELS: [(Level, &str); 8] = [
    (Level::Unknown, "unknown"),
    (Level::Trace, "trace"),
    (Level::Debug, "debug"),
    (Level::Info, "info"),
    (Level::Audit, "audit"),
    (Level::Warning, "warning"),
    (Level::Error, "error"),
    (Level::Critical, "critical"),
];

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// [`Error::Query`], with the place and a remedy.
    pub fn parse(text: &str) -> Result<Self, Error> {
        parse::query(text)
    }
}

impl fmt::Display for Query {
    /// The canonical text: [`Query::parse`] reads the same query from it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, term) in self.terms.iter().enumerate() {
            write!(f, "{}{term}", if n == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.exclude {
            f.write_str("-")?;
        }
        match &self.test {
            Test::Phrase(text) if parse::is_word(text) => f.write_str(text),
            Test::Phrase(text) => f.write_str(&quoted(text)),
            Test::Regex { pattern, case } => write!(f, "/{}/{}", parse::escaped(pattern), if *case { "c" } else { "" }),
            Test::Level(mask) => {
                let named = LEVELS.iter().filter(|(level, _)| mask & (1 << *level as u8) != 0).map(|(_, name)| name);
                write!(f, "level:{}", list(named))
            }
            Test::Name(field, patterns) => write!(f, "{}:{}", field.name(), list(patterns)),
            Test::Template(numbers) => write!(f, "template:{}", list(numbers)),
            Test::Pid(numbers) => write!(f, "pid:{}", list(numbers)),
            Test::Time(spans) => write!(f, "time:{}", list(spans)),
            Test::Importance(bound, value) => write!(f, "importance:{}{value}", bound.sign()),
        }
    }
}

fn list<T: fmt::Display>(values: impl IntoIterator<Item = T>) -> String {
    values.into_iter().map(|v| v.to_string()).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests;
