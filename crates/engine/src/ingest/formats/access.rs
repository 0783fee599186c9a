//! Access lines: uwsgi's `[pid: 12|app: 0|req: 1/2] 10.0.0.1 () {40 vars in 500 bytes} [Tue Jan  3 05:01:31 2012] GET /x => …`, and
//! the combined form of Apache, `10.0.0.1 - - [01/Jan/2024:10:00:00 +0000] "GET /v3 HTTP/1.1" 200 …`, which eventlet writes with a space
//! before the time. They name no level.

use super::{
    Header,
    scan::{number, unspaced},
    times,
};

/// Bytes in which a line's time must begin: what stands before it are addresses and users.
const REACH: usize = 256;

/// Reads uwsgi's line.
pub fn uwsgi(line: &[u8]) -> Option<Header<'_>> {
    let digits = line.strip_prefix(b"[pid: ")?;
    let end = digits.iter().position(|b| !b.is_ascii_digit())?;
    let pid = number(&digits[..end])?;
    let open = memchr::memmem::find(&line[..line.len().min(4 * REACH)], b"} [")? + 3;
    let (stamp, rest) = times::weekday(&line[open..])?;
    let rest = unspaced(rest.strip_prefix(b"]")?);
    Some(Header { pid, body: line.len() - rest.len(), ..Header::at(stamp) })
}

/// Reads the combined form and those like it: an address, two words, and the time in brackets.
pub fn combined(line: &[u8]) -> Option<Header<'_>> {
    let open = memchr::memchr(b'[', &line[..line.len().min(REACH)])?;
    let client = line[..open].strip_suffix(b" ")?;
    // HAProxy's line, whose client has a port and no user, is told apart by that.
    if memchr::memchr_iter(b' ', client).count() < 2 {
        return None;
    }
    let (stamp, rest) = times::slashed(&line[open + 1..])?;
    let rest = unspaced(rest.strip_prefix(b"]")?);
    Some(Header { body: line.len() - rest.len(), ..Header::at(stamp) })
}
