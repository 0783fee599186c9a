//! MariaDB: `2024-01-01 10:00:00 12 [Warning] text` (`mariadb.com/kb/en/error-log`).

use super::{Header, level, word};
use crate::ingest::time::Stamp;

/// Reads what follows the time.
pub fn header(stamp: Stamp, rest: &[u8]) -> Option<Header<'_>> {
    let (thread, text) = word(rest.strip_prefix(b" ")?)?;
    let pid = thread.parse().ok()?;
    let (name, text) = word(text)?;
    let level = level(name.strip_prefix('[')?.as_bytes())?;
    Some(Header { pid, level, body: rest.len() - text.len(), ..Header::at(stamp) })
}
