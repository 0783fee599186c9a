//! Syslog as it is written to files: `Jun  8 10:48:13 host program[123]: text` (RFC 3164). HAProxy, keepalived, dnsmasq and the
//! kernel write it. It has no year, no zone and no level.

use super::{Header, level, word, words};
use crate::{events::Level, ingest::time};

/// Reads a line.
pub fn header(line: &[u8]) -> Option<Header<'_>> {
    let (stamp, rest) = time::syslog(line)?;
    let (host, text) = word(rest.strip_prefix(b" ")?)?;
    let (tag, text) = word(text)?;
    let tag = tag.strip_suffix(':')?;
    let (program, pid) = match tag.split_once('[') {
        Some((program, pid)) => (program, pid.strip_suffix(']')?.parse().ok()?),
        None => (tag, 0),
    };
    let level = words(text).take(3).find_map(level).unwrap_or(Level::Unknown);
    Some(Header { pid, level, program, host, body: line.len() - text.len(), ..Header::at(stamp) })
}
