//! libvirt: `2024-01-01 10:00:00.123+0000: 1234: error : virNetSocketReadWire:1791 : text` (`libvirt.org/logging.html`), and the
//! files that it keeps for each machine: `2024-01-01 10:00:00.123+0000: starting up libvirt version: 8.0.0`, and QEMU's own lines
//! there, `2024-01-01T10:00:00.123456Z qemu-system-x86_64: text`.

use super::{
    Header,
    level::{among, level},
    scan::word,
};
use crate::ingest::time::Stamp;

/// Reads what follows the time, from its colon.
pub fn header(stamp: Stamp, rest: &[u8]) -> Option<Header<'_>> {
    let text = rest.strip_prefix(b": ")?;
    let plain = Header { level: among(text), body: 2, ..Header::at(stamp) };
    Some(logged(stamp, rest.len(), text).unwrap_or(plain))
}

fn logged(stamp: Stamp, whole: usize, text: &[u8]) -> Option<Header<'_>> {
    let (pid, text) = word(text)?;
    let (name, text) = word(text)?;
    let level = level(name.as_bytes())?;
    let text = text.strip_prefix(b": ")?;
    Some(Header { pid: pid.strip_suffix(':')?.parse().ok()?, level, body: whole - text.len(), ..Header::at(stamp) })
}

/// Reads QEMU's line behind the time.
pub fn qemu(stamp: Stamp, rest: &[u8]) -> Option<Header<'_>> {
    let (tag, text) = word(rest.strip_prefix(b" ")?)?;
    let program = tag.strip_suffix(':').filter(|p| p.starts_with("qemu"))?;
    Some(Header { level: among(text), program, body: rest.len() - text.len(), ..Header::at(stamp) })
}
