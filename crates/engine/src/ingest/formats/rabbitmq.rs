//! RabbitMQ: `2024-01-01 10:00:00.123456+00:00 [error] <0.1.0> text` (`rabbitmq.com/docs/logging`), and until 3.6
//! `=ERROR REPORT==== 1-Jan-2024::10:00:00 ===` above the text.

use super::{
    Header,
    level::{level, named},
    scan::{number, word},
};
use crate::{
    events::NO_ZONE,
    ingest::time::{self, Stamp},
};

/// Reads what follows the time.
pub fn header(stamp: Stamp, rest: &[u8]) -> Option<Header<'_>> {
    let (name, text) = word(rest.strip_prefix(b" ")?)?;
    let level = level(name.strip_prefix('[')?.as_bytes())?;
    let text = match word(text) {
        Some((process, behind)) if process.starts_with('<') => behind,
        _ => text,
    };
    Some(Header { level, body: rest.len() - text.len(), ..Header::at(stamp) })
}

/// Reads the line above an old report.
pub fn report(line: &[u8]) -> Option<Header<'_>> {
    let (name, rest) = word(line.strip_prefix(b"=")?)?;
    let rest = rest.strip_prefix(b"REPORT==== ")?;
    let dash = memchr::memchr(b'-', &rest[..rest.len().min(3)])?;
    let (day, rest) = (number(&rest[..dash])?, &rest[dash + 1..]);
    let month = time::month(rest)?;
    let year = number(rest.get(4..8)?)?;
    let (of_day, rest) = time::clock(rest.get(8..)?.strip_prefix(b"::")?)?;
    let (micros, _) = time::fraction(rest);
    let days = time::days_from_civil(i64::from(year), month, day)?;
    let stamp = Stamp { micros: time::at(days, of_day) + micros, zone: NO_ZONE };
    Some(Header { level: named(name.as_bytes()).unwrap_or_default(), body: line.len(), ..Header::at(stamp) })
}
