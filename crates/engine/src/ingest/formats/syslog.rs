//! Syslog as it is written to files: `Jun  8 10:48:13 host program[123]: text` (RFC 3164), rsyslog's form with an RFC 3339 time, RFC
//! 5424, each with or without a priority in front, and `journalctl`'s short forms, which look like the first two. HAProxy,
//! keepalived, dnsmasq and the kernel write it. What a program wrote with a header of its own is read as well.

use super::{
    Header, carry,
    level::{level, severity},
    pacemaker,
    scan::{bracketed, is_name, number, unspaced, word},
};
use crate::{
    events::{Level, NO_ZONE},
    ingest::time::{self, Stamp},
};

/// Reads a line that begins with `<PRI>`.
pub fn prioritized(line: &[u8], depth: u8) -> Option<Header<'_>> {
    let end = memchr::memchr(b'>', &line[..line.len().min(6)])?;
    let level = severity(number(line.get(1..end)?)?);
    let rest = &line[end + 1..];
    let text = rest.strip_prefix(b"1 ").unwrap_or(rest);
    let (stamp, behind) = time::iso(text).or_else(|| time::syslog(text))?;
    let at = line.len() - behind.len();
    let header =
        if text.len() < rest.len() { modern(stamp, level, line, at, depth) } else { tagged(stamp, level, line, at, depth) };
    Some(header.unwrap_or_else(|| Header { level, body: at, ..Header::at(stamp) }))
}

/// Reads a line that begins with a month or, as `journalctl -o short-full` writes it, with a day of the week.
pub fn header(line: &[u8], depth: u8) -> Option<Header<'_>> {
    let (stamp, rest) = time::syslog(line).or_else(|| full(line))?;
    let at = line.len() - rest.len();
    tagged(stamp, Level::Unknown, line, at, depth).or_else(|| {
        let header = pacemaker::header(stamp, rest)?;
        Some(Header { body: header.body + at, ..header })
    })
}

/// Reads `Mon 2024-01-01 10:00:00 UTC`.
fn full(line: &[u8]) -> Option<(Stamp, &[u8])> {
    const DAYS: [&[u8]; 7] = [b"Mon ", b"Tue ", b"Wed ", b"Thu ", b"Fri ", b"Sat ", b"Sun "];
    if !DAYS.contains(&line.get(..4)?) {
        return None;
    }
    let (stamp, rest) = time::iso(&line[4..])?;
    let zone = rest.get(1..)?;
    let letters = zone.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    // The names of other zones are not unique.
    let known = if &zone[..letters] == b"UTC" { 0 } else { NO_ZONE };
    let rest = if (3..=5).contains(&letters) { &zone[letters..] } else { rest };
    Some((Stamp { zone: if stamp.zone == NO_ZONE { known } else { stamp.zone }, ..stamp }, rest))
}

/// Reads host and program at `at`, and what the program wrote behind them.
pub fn tagged(stamp: Stamp, level: Level, line: &[u8], at: usize, depth: u8) -> Option<Header<'_>> {
    let whole = line.get(at..)?.strip_prefix(b" ")?;
    let (host, text) = match word(whole)? {
        // dnsmasq names no host in a file of its own.
        (tag, _) if tag.ends_with(':') && time::lacks_year(stamp.micros) => ("", whole),
        split => split,
    };
    let (tag, text) = text.split_at(memchr::memmem::find(&text[..text.len().min(128)], b":")?);
    let (program, pid) = program(str::from_utf8(tag).ok()?)?;
    if !(is_name(host) || host.is_empty()) || host.ends_with(':') || super::level::level(host.as_bytes()).is_some() {
        return None;
    }
    // A colon inside a word, such as that of an address, ends no tag.
    let text = match &text[1..] {
        [b' ', text @ ..] => text,
        [] => &[],
        _ => return None,
    };
    let header = Header { pid, level, program, host, ..Header::at(stamp) };
    Some(carry::read(header, line, line.len() - text.len(), line.len(), depth))
}

/// Splits `haproxy[29]` and `devstack@n-cpu.service[29]`.
fn program(tag: &str) -> Option<(&str, u32)> {
    let (program, pid) = match tag.strip_suffix(']') {
        Some(tag) => {
            let (program, pid) = tag.split_once('[')?;
            (program.trim_end(), number(pid.as_bytes())?)
        }
        None => (tag, 0),
    };
    let name = program.strip_suffix(".service").unwrap_or(program);
    let name = name.strip_prefix("devstack@").unwrap_or(name);
    is_name(program).then_some((name, pid))
}

/// Reads RFC 5424 behind the time: host, program, process, kind of message, structured data.
fn modern(stamp: Stamp, level: Level, line: &[u8], at: usize, depth: u8) -> Option<Header<'_>> {
    let (host, text) = word(line.get(at..)?.strip_prefix(b" ")?)?;
    let (program, text) = word(text)?;
    let (pid, text) = word(text)?;
    let (_, mut text) = word(text)?;
    if let Some(rest) = text.strip_prefix(b"-") {
        text = rest;
    }
    while let Some(inside) = text.strip_prefix(b"[") {
        text = bracketed(inside)?.1;
    }
    let text = unspaced(text);
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    let said = |word| if word == "-" { "" } else { word };
    let pid = number(pid.as_bytes()).unwrap_or_default();
    let header = Header { pid, level, program: said(program), host: said(host), ..Header::at(stamp) };
    Some(carry::read(header, line, line.len() - text.len(), line.len(), depth))
}

/// Reads what follows an ISO time with a zone, where it names a host and a program.
pub fn dated(stamp: Stamp, line: &[u8], at: usize, depth: u8) -> Option<Header<'_>> {
    let by_daemon = stamp.zone != NO_ZONE && line.get(10) == Some(&b'T');
    let (first, _) = word(line.get(at + 1..)?)?;
    (by_daemon && level(first.as_bytes()).is_none()).then(|| tagged(stamp, Level::Unknown, line, at, depth))?
}
