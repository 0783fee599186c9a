//! The forms that log lines have, one file each. A form reads one line's header and leaves the message alone.

mod libvirt;
mod mariadb;
mod oslo;
mod ovs;
mod rabbitmq;
mod syslog;

use std::borrow::Cow;

use crate::{
    events::{Form, Level},
    ingest::time::Stamp,
};

/// What a file is written in.
#[derive(Debug, Clone, Default)]
pub struct Dialect {}

impl Dialect {
    /// Reads the header of a line; none where it has no time in front.
    #[must_use]
    pub fn header<'a>(&self, line: &'a [u8]) -> Option<Header<'a>> {
        header(line)
    }
}

/// Tells from a file's first lines and its path what it is written in.
#[must_use]
pub fn detect(_sample: &[u8], _path: &str) -> Dialect {
    Dialect {}
}

/// The first line of a message that begins where `text` does.
#[must_use]
pub fn headline(_form: Form, text: &[u8]) -> Cow<'_, [u8]> {
    let end = memchr::memchr(b'\n', text).unwrap_or(text.len());
    Cow::Borrowed(text[..end].strip_suffix(b"\r").unwrap_or(&text[..end]))
}

/// The whole message of a record that is quoted, and whose message begins at `body`.
#[must_use]
pub fn message(_form: Form, record: &[u8], body: usize) -> String {
    String::from_utf8_lossy(&record[body.min(record.len())..]).into_owned()
}

/// What the header of a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    /// When.
    pub stamp: Stamp,
    /// Process id; 0 where the line names none.
    pub pid: u32,
    /// Level.
    pub level: Level,
    /// Logger; empty where the line names none.
    pub logger: &'a str,
    /// The process where the line itself names it, as syslog does; else empty.
    pub program: &'a str,
    /// The host where the line itself names it; else empty.
    pub host: &'a str,
    /// Request id; else empty.
    pub request: &'a str,
    /// The request id that the caller gave; else empty.
    pub global_request: &'a str,
    /// Instance UUID; else empty.
    pub instance: &'a str,
    /// Whether a context in brackets is there, if an empty one: what tells an oslo.log record from the lines of its traceback.
    pub context: bool,
    /// How the message stands in the line.
    pub form: Form,
    /// Bytes of the line before the message.
    pub body: usize,
}

impl Header<'_> {
    fn at(stamp: Stamp) -> Self {
        Self {
            stamp,
            pid: 0,
            level: Level::Unknown,
            logger: "",
            program: "",
            host: "",
            request: "",
            global_request: "",
            instance: "",
            context: false,
            form: Form::Plain,
            body: 0,
        }
    }
}

/// Reads the header of a line, whatever its form; none where it has no time in front.
#[must_use]
pub fn header(line: &[u8]) -> Option<Header<'_>> {
    match line.first()? {
        b'0'..=b'9' => iso_header(line),
        b'A'..=b'Z' => syslog::header(line),
        b'a'..=b'z' => loghub(line),
        // DevStack and ANSI handlers colour the whole line.
        0x1b => {
            let start = coloured(line)?;
            let header = header(&line[start..])?;
            Some(Header { body: header.body + start, ..header })
        }
        _ => None,
    }
}

/// Where the text behind the colour codes at the start begins.
fn coloured(line: &[u8]) -> Option<usize> {
    let mut start = 0;
    while line.get(start) == Some(&0x1b) {
        start += memchr::memchr(b'm', &line[start..])? + 1;
    }
    Some(start)
}

/// The forms that begin with an ISO time, told apart by what follows it.
fn iso_header(line: &[u8]) -> Option<Header<'_>> {
    let (stamp, rest) = crate::ingest::time::iso(line)?;
    let header = match rest {
        [b'|', ..] => ovs::header(stamp, rest),
        [b':', ..] => libvirt::header(stamp, rest),
        [b' ', b'[', ..] => rabbitmq::header(stamp, rest),
        _ => oslo::header(stamp, rest).or_else(|| mariadb::header(stamp, rest)),
    };
    // Any other line with a time is an event whose message begins behind it.
    let mut header = header.unwrap_or_else(|| generic(stamp, rest));
    header.body += line.len() - rest.len();
    Some(header)
}

/// A time, and text that no form knows.
fn generic(stamp: Stamp, rest: &[u8]) -> Header<'_> {
    let space = rest.iter().take_while(|b| **b == b' ').count();
    let level = words(&rest[space..]).take(3).find_map(level);
    Header { level: level.unwrap_or_default(), body: space, ..Header::at(stamp) }
}

/// The LogHub data set puts the file's name before each line: `nova-api.log.1.2017-05-16_13:53:08 2017-05-16 00:00:00.008 …`.
fn loghub(line: &[u8]) -> Option<Header<'_>> {
    let space = memchr::memchr(b' ', line)?;
    let name = str::from_utf8(&line[..space]).ok()?;
    let (program, _) = name.split_once(".log")?;
    let header = iso_header(&line[space + 1..])?;
    Some(Header { program, body: header.body + space + 1, ..header })
}

/// The level that a word names, in any form's spelling.
fn level(word: &[u8]) -> Option<Level> {
    let word = word.strip_prefix(b"[").unwrap_or(word);
    let word = word.strip_suffix(b":").unwrap_or(word);
    let word = word.strip_suffix(b"]").unwrap_or(word);
    Some(match word {
        b"INFO" | b"info" | b"Note" | b"notice" | b"NOTICE" | b"Info" | b"System" => Level::Info,
        b"DEBUG" | b"debug" | b"DBG" => Level::Debug,
        b"WARNING" | b"warning" | b"WARN" | b"warn" | b"Warning" => Level::Warning,
        b"ERROR" | b"error" | b"ERR" | b"err" | b"Error" => Level::Error,
        b"CRITICAL" | b"critical" | b"EMER" | b"emerg" | b"alert" | b"crit" | b"FATAL" | b"fatal" => Level::Critical,
        b"TRACE" | b"trace" => Level::Trace,
        b"AUDIT" => Level::Audit,
        _ => return None,
    })
}

fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|b| *b == b' ').filter(|w| !w.is_empty())
}

/// Splits off the word before the next space; the rest begins behind it.
fn word(text: &[u8]) -> Option<(&str, &[u8])> {
    let end = memchr::memchr(b' ', text)?;
    Some((str::from_utf8(&text[..end]).ok()?, &text[end + 1..]))
}

#[cfg(test)]
mod tests;
