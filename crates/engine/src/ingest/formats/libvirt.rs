//! libvirt: `2024-01-01 10:00:00.123+0000: 1234: error : virNetSocketReadWire:1791 : text` (`libvirt.org/logging.html`).

use super::{Header, level, word};
use crate::ingest::time::Stamp;

/// Reads what follows the time.
pub fn header(stamp: Stamp, rest: &[u8]) -> Option<Header<'_>> {
    let (pid, text) = word(rest.strip_prefix(b": ")?)?;
    let (name, text) = word(text)?;
    let level = level(name.as_bytes())?;
    let text = text.strip_prefix(b": ")?;
    Some(Header { pid: pid.strip_suffix(':')?.parse().ok()?, level, body: rest.len() - text.len(), ..Header::at(stamp) })
}
