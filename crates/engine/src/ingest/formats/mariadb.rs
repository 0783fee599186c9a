//! MariaDB with Galera, and MySQL: `2024-01-01 10:00:00 12 [Warning] text` (`mariadb.com/kb/en/error-log`), and the form of old
//! servers and of `mysqld_safe`, `240101 10:00:00 [Note] text`.

use super::{
    Header,
    level::level,
    scan::{number, unspaced, word},
};
use crate::{
    events::NO_ZONE,
    ingest::time::{self, Stamp},
};

/// Reads what follows the time.
pub fn header(stamp: Stamp, rest: &[u8]) -> Option<Header<'_>> {
    let (thread, text) = word(rest.strip_prefix(b" ")?)?;
    let pid = thread.parse().ok()?;
    let (name, text) = word(text)?;
    let level = level(name.strip_prefix('[')?.as_bytes())?;
    Some(Header { pid, level, body: rest.len() - text.len(), ..Header::at(stamp) })
}

/// Reads a line of the old form.
pub fn old(line: &[u8]) -> Option<Header<'_>> {
    let date = line.first_chunk::<6>()?;
    let (year, month, day) = (number(&date[..2])?, number(&date[2..4])?, number(&date[4..])?);
    let (of_day, rest) = time::clock(line[6..].strip_prefix(b" ")?)?;
    let days = time::days_from_civil(2000 + i64::from(year), month, day)?;
    let text = unspaced(rest);
    if text.len() == rest.len() {
        return None;
    }
    let named = word(text).and_then(|(name, behind)| Some((level(name.strip_prefix('[')?.as_bytes())?, behind)));
    let (level, text) = named.unwrap_or((super::level::among(text), text));
    let stamp = Stamp { micros: time::at(days, of_day), zone: NO_ZONE };
    Some(Header { level, body: line.len() - text.len(), ..Header::at(stamp) })
}
