//! Lines whose time stands in brackets: `dmesg -T`, Apache's error log, gunicorn and other Python servers.

use super::{
    Header, carry,
    level::{among, level},
    scan::{bracketed, number, unspaced},
    times,
};
use crate::events::Level;

/// Reads a line that begins with a bracket.
pub fn header(line: &[u8], depth: u8) -> Option<Header<'_>> {
    let (stamp, rest) = times::any(line.get(1..)?)?;
    let rest = rest.strip_prefix(b"]")?;
    let mut header = Header::at(stamp);
    let mut text = unspaced(rest);
    // Between the time and the text stand level, module and process, each in brackets.
    while let Some((inside, behind)) = text.strip_prefix(b"[").and_then(bracketed) {
        if !told(inside, &mut header) {
            break;
        }
        text = unspaced(behind);
    }
    if text.len() == unspaced(rest).len() && is_kernel(line) {
        header.program = "kernel";
    }
    let at = line.len() - text.len();
    if let Some(inner) = carry::read_inside(header, line, at, line.len(), depth) {
        return Some(inner);
    }
    let level = if header.level == Level::Unknown { among(text) } else { header.level };
    Some(Header { level, body: at, ..header })
}

/// Reads the level before the time as `dmesg -x` writes it: `kern  :err   : [Mon Jan  1 10:00:00 2024] text`.
pub fn facility(line: &[u8], depth: u8) -> Option<Header<'_>> {
    let rest = unspaced(line.strip_prefix(b"kern")?).strip_prefix(b":")?;
    let end = memchr::memchr(b':', &rest[..rest.len().min(10)])?;
    let level = level(rest[..end].trim_ascii())?;
    let rest = unspaced(&rest[end + 1..]);
    let header = header(rest, depth).filter(|_| rest.starts_with(b"["))?;
    Some(Header { level, body: header.body + line.len() - rest.len(), ..header })
}

/// Takes what a pair of brackets tells: `[12]`, `[INFO]`, `[wsgi:error]`, `[pid 12:tid 34]`; a client is passed over. Not so what
/// belongs to the message.
fn told<'a>(inside: &'a str, header: &mut Header<'a>) -> bool {
    if let Some(pid) = inside.strip_prefix("pid ") {
        header.pid = pid.split(':').next().and_then(|pid| number(pid.as_bytes())).unwrap_or_default();
    } else if let Some(pid) = number(inside.as_bytes()) {
        header.pid = pid;
    } else if let Some(level) = level(inside.as_bytes()).filter(|_| header.level == Level::Unknown) {
        header.level = level;
    } else if let Some((module, name)) = inside.split_once(':')
        && let Some(level) = level(name.as_bytes())
    {
        header.logger = module;
        header.level = level;
    } else {
        return inside.starts_with("client ") || inside.starts_with("remote ");
    }
    true
}

/// `dmesg -T` writes the time of `ctime` and no fraction.
fn is_kernel(line: &[u8]) -> bool {
    line.get(25) == Some(&b']') && line[1].is_ascii_uppercase()
}
