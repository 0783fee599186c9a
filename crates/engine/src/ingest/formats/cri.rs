//! What a container runtime puts before a line (Kubernetes, CRI): `2024-01-01T10:00:00.123456789Z stdout F text`, with `P` where the
//! line goes on; and `kubectl logs --timestamps`, which writes the time alone.

use super::{Header, carry};
use crate::ingest::time::Stamp;

/// Reads a line behind its time, which ends at `at`.
pub fn header(stamp: Stamp, line: &[u8], at: usize, depth: u8) -> Option<Header<'_>> {
    let rest = line.get(at..)?;
    let outer = Header::at(stamp);
    let stream = rest.strip_prefix(b" stdout ").or_else(|| rest.strip_prefix(b" stderr "));
    let (text, partial) = match stream {
        Some([b'F', b' ', text @ ..]) => (text, false),
        Some([b'P', b' ', text @ ..]) => (text, true),
        Some([b'F']) => (&rest[rest.len()..], false),
        _ if is_exact(line, at) => (rest.strip_prefix(b" ").unwrap_or(rest), false),
        _ => return None,
    };
    Some(carry::read(Header { partial, ..outer }, line, line.len() - text.len(), line.len(), depth))
}

/// Whether a time has nanoseconds and a zone, as only container runtimes write it.
fn is_exact(line: &[u8], at: usize) -> bool {
    line.get(19) == Some(&b'.') && (at == 30 && line[29] == b'Z' || at == 35 && matches!(line[29], b'+' | b'-'))
}
