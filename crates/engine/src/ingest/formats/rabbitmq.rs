//! RabbitMQ: `2024-01-01 10:00:00.123456+00:00 [error] <0.1.0> text` (`rabbitmq.com/docs/logging`).

use super::{Header, level, word};
use crate::ingest::time::Stamp;

/// Reads what follows the time.
pub fn header(stamp: Stamp, rest: &[u8]) -> Option<Header<'_>> {
    let (name, text) = word(rest.strip_prefix(b" ")?)?;
    let level = level(name.as_bytes())?;
    let text = match word(text) {
        Some((process, behind)) if process.starts_with('<') => behind,
        _ => text,
    };
    Some(Header { level, body: rest.len() - text.len(), ..Header::at(stamp) })
}
