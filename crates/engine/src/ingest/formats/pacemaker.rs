//! Pacemaker's own file, `Jan 01 10:00:00 node pacemaker-controld  [12] (do_state_transition) notice: text`, and corosync's,
//! `Jan 01 10:00:00 [12] node corosync warning [TOTEM ] text` (`clusterlabs.org`, Pacemaker Administration).

use super::{
    Header,
    level::level,
    scan::{bracketed, is_name, number, unspaced, word},
};
use crate::ingest::time::Stamp;

/// Reads what follows the time.
pub fn header(stamp: Stamp, rest: &[u8]) -> Option<Header<'_>> {
    let text = rest.strip_prefix(b" ")?;
    if let Some(inside) = text.strip_prefix(b"[") {
        return corosync(stamp, rest.len(), inside);
    }
    let (host, text) = word(text)?;
    let (program, text) = word(text)?;
    let (pid, text) = bracketed(unspaced(text).strip_prefix(b"[")?)?;
    let pid = number(pid.trim_ascii().as_bytes())?;
    let text = unspaced(text);
    let (logger, text) = match text.strip_prefix(b"(").and_then(|t| Some((memchr::memchr(b')', t)?, t))) {
        Some((end, inside)) => (str::from_utf8(&inside[..end]).ok()?, unspaced(&inside[end + 1..])),
        None => ("", text),
    };
    let (name, text) = word(text)?;
    let level = level(name.strip_suffix(':')?.as_bytes())?;
    let logger = logger.split('@').next().unwrap_or(logger);
    Some(Header { pid, level, program, host, logger, body: rest.len() - unspaced(text).len(), ..Header::at(stamp) })
}

fn corosync(stamp: Stamp, whole: usize, text: &[u8]) -> Option<Header<'_>> {
    let (pid, text) = bracketed(text)?;
    let (host, text) = word(text.strip_prefix(b" ")?)?;
    let (program, text) = word(text)?;
    let (name, text) = word(text)?;
    let level = level(name.as_bytes())?;
    let (logger, text) = bracketed(unspaced(text).strip_prefix(b"[")?)?;
    let is_right = is_name(host) && is_name(program);
    let header = Header { pid: number(pid.as_bytes())?, level, program, host, logger: logger.trim(), ..Header::at(stamp) };
    is_right.then(|| Header { body: whole - unspaced(text).len(), ..header })
}
