//! Ceph: a daemon's `2024-01-01T10:00:00.123+0000 7f12ab34c700 -1 osd.0 12 text`, and the cluster's log,
//! `2024-01-01T10:00:00.123+0000 mon.a (mon.0) 123 : cluster [WRN] text` (`docs.ceph.com`, Logging and debugging).

use super::{
    Header,
    level::level,
    scan::{unspaced, word},
};
use crate::{events::Level, ingest::time::Stamp};

/// Reads what follows the time.
pub fn header(stamp: Stamp, rest: &[u8]) -> Option<Header<'_>> {
    let text = rest.strip_prefix(b" ")?;
    let (first, behind) = word(text)?;
    if is_thread(first) {
        return daemon(stamp, rest.len(), behind);
    }
    cluster(stamp, rest.len(), behind).filter(|_| first.contains('.'))
}

/// A thread is a pointer in hexadecimal digits.
fn is_thread(word: &str) -> bool {
    (8..=16).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_hexdigit()) && word.bytes().any(|b| b.is_ascii_alphabetic())
}

fn daemon(stamp: Stamp, whole: usize, text: &[u8]) -> Option<Header<'_>> {
    let (number, text) = word(unspaced(text))?;
    // What a daemon logs at -1 is an error; higher numbers say only how much detail was asked for.
    let level = match number.parse::<i32>().ok()? {
        -1 => Level::Error,
        0..=5 => Level::Info,
        _ => Level::Debug,
    };
    Some(Header { level, body: whole - text.len(), ..Header::at(stamp) })
}

fn cluster(stamp: Stamp, whole: usize, text: &[u8]) -> Option<Header<'_>> {
    let colon = memchr::memmem::find(&text[..text.len().min(200)], b" : ")?;
    let (logger, text) = word(&text[colon + 3..])?;
    let (name, text) = word(text)?;
    let level = match name {
        "[SEC]" => Level::Warning,
        _ => level(name.strip_prefix('[')?.as_bytes())?,
    };
    Some(Header { level, logger, body: whole - text.len(), ..Header::at(stamp) })
}
