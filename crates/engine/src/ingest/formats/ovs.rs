//! Open vSwitch and OVN: `2024-01-01T10:00:00.123Z|00042|module|WARN|text` (`ovs-vswitchd(8)`, vlog).

use super::{Header, level::level};
use crate::ingest::time::Stamp;

/// Reads what follows the time.
pub fn header(stamp: Stamp, rest: &[u8]) -> Option<Header<'_>> {
    let mut parts = rest.splitn(5, |b| *b == b'|').skip(2);
    let logger = str::from_utf8(parts.next()?).ok()?;
    let level = level(parts.next()?)?;
    let body = rest.len() - parts.next()?.len();
    // A thread's name stands in brackets behind the module's: `timeval(revalidator5)`.
    let logger = logger.split('(').next().unwrap_or(logger);
    Some(Header { level, logger, body, ..Header::at(stamp) })
}
