//! oslo.log, in its three generations (`oslo_log/_options.py`):
//! `… 123 INFO nova.compute.manager [req-X user project - - -] [instance: U] text` until 2018, with five ids until Zed, and
//! `[<global|None> req-X user project domain scope user_domain project_domain]` since 4.8.0. The lines of a traceback repeat the
//! header without a context. Operators leave the process id out or put a host before it, and DevStack colours the parts and writes
//! the process id behind the message: `{{(pid=123) func path:line}}`.

use super::{
    Header,
    level::named,
    scan::{faded, number, token, uncoloured, words},
};
use crate::{events::Level, ingest::time::Stamp};

/// Reads what follows the time.
#[inline]
pub fn header(stamp: Stamp, rest: &[u8]) -> Option<Header<'_>> {
    let text = rest.strip_prefix(b" ")?;
    let (first, text) = token(text)?;
    let (pid, level, text) = match number(first) {
        Some(pid) => {
            let (name, text) = token(text)?;
            (pid, shouted(name)?, text)
        }
        None => unusual(first, text)?,
    };
    let mut header = Header { pid, level, ..Header::at(stamp) };
    behind_level(&mut header, rest.len(), text)?;
    Some(header)
}

/// The part without a time, as DevStack writes it to the journal: `INFO nova.compute.manager [None req-X demo demo] text`.
pub fn timeless(stamp: Stamp, text: &[u8]) -> Option<Header<'_>> {
    let (name, rest) = token(text)?;
    let mut header = Header { level: shouted(name)?, ..Header::at(stamp) };
    let named = behind_level(&mut header, text.len(), rest)?;
    // A context, or at least a logger with dots, tells it from a sentence that begins with a level.
    (header.context || named).then_some(header)
}

/// A header where operators have changed it: without a process id, or with a host or program before it.
fn unusual<'a>(first: &'a [u8], text: &'a [u8]) -> Option<(u32, Level, &'a [u8])> {
    if let Some(level) = shouted(first) {
        // MariaDB and others write `ERROR` and a sentence: only a context makes it oslo.log's.
        let (_, behind) = token(text)?;
        return uncoloured(behind).starts_with(b"[").then_some((0, level, text));
    }
    let (pid, text) = token(text)?;
    let (name, text) = token(text)?;
    Some((number(pid)?, shouted(name)?, text))
}

/// A level as oslo.log writes it, in capitals.
#[inline]
fn shouted(name: &[u8]) -> Option<Level> {
    match name {
        b"INFO" => Some(Level::Info),
        b"DEBUG" => Some(Level::Debug),
        b"WARNING" => Some(Level::Warning),
        b"ERROR" => Some(Level::Error),
        // Other forms write their levels in small letters, or in brackets.
        _ => named(name).filter(|_| name.len() > 3 && name[1].is_ascii_uppercase()),
    }
}

/// Reads logger, context and instance, and whether the logger has dots. `whole` is the length of the text that `text` ends.
#[inline]
fn behind_level<'a>(header: &mut Header<'a>, whole: usize, text: &'a [u8]) -> Option<bool> {
    let text = uncoloured(text);
    let end = memchr::memchr(b' ', text).unwrap_or(text.len());
    let logger = str::from_utf8(&text[..end]).ok()?;
    if logger.starts_with('[') || logger.ends_with(':') {
        return None;
    }
    header.logger = logger;
    let text = uncoloured(text.get(end + 1..).unwrap_or_default());
    let text = uncoloured(instance(uncoloured(context(text, header)), header));
    if header.pid == 0 {
        header.pid = debug_pid(text).unwrap_or_default();
    }
    header.body = whole - text.len();
    Some(logger.contains('.'))
}

/// Reads `[…]` where it is a context: `[-]`, or ids.
#[inline]
fn context<'a>(text: &'a [u8], header: &mut Header<'a>) -> &'a [u8] {
    let Some(inside) = text.strip_prefix(b"[") else { return text };
    let Some(end) = memchr::memchr(b']', inside) else { return text };
    let Some((first, second)) = ids(uncoloured(&inside[..end])) else { return text };
    match (first, second) {
        ("-", "") => {}
        (global, request) if request.starts_with("req-") => {
            header.global_request = if global == "None" || global == "-" { "" } else { global };
            header.request = request;
        }
        (request, _) if request.starts_with("req-") => header.request = request,
        ("None" | "-", _) => {}
        _ => return text,
    }
    header.context = true;
    let text = &inside[end + 1..];
    text.strip_prefix(b" ").unwrap_or(text)
}

/// The first two ids; the second is empty where there is one alone.
#[inline]
fn ids(text: &[u8]) -> Option<(&str, &str)> {
    let end = memchr::memchr(b' ', text).unwrap_or(text.len());
    let first = str::from_utf8(&text[..end]).ok()?;
    // DevStack colours the bracket behind a lone dash.
    let first = if first.starts_with('-') { faded(first) } else { first };
    let rest = text.get(end + 1..).unwrap_or_default();
    let end = memchr::memchr(b' ', rest).unwrap_or(rest.len());
    Some((first, str::from_utf8(&rest[..end]).ok()?))
}

/// Reads `[instance: UUID] `, which stands before the message and before each line of a traceback.
#[inline]
fn instance<'a>(text: &'a [u8], header: &mut Header<'a>) -> &'a [u8] {
    let Some(inside) = text.strip_prefix(b"[instance: ") else { return text };
    let Some(end) = memchr::memchr(b']', inside) else { return text };
    let Ok(uuid) = str::from_utf8(&inside[..end]) else { return text };
    header.instance = uuid;
    let text = &inside[end + 1..];
    text.strip_prefix(b" ").unwrap_or(text)
}

/// The process id in DevStack's suffix.
fn debug_pid(text: &[u8]) -> Option<u32> {
    let tail = &text[text.len().saturating_sub(512)..];
    let at = memchr::memmem::rfind(tail, b"{{(pid=")?;
    let digits = words(&tail[at + 7..]).next()?;
    number(digits.strip_suffix(b")")?)
}
