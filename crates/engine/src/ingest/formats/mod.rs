//! The forms that log lines have, one file each. A form reads one line's header and leaves the message alone.

mod access;
mod array;
mod brackets;
mod carry;
mod ceph;
mod cri;
mod csv;
mod dialect;
mod fields;
mod generic;
mod json;
mod level;
mod libvirt;
mod mariadb;
mod oslo;
mod ovs;
mod pacemaker;
mod quoted;
mod rabbitmq;
mod scan;
mod syslog;
mod times;

pub use self::{
    array::one_on_a_line,
    dialect::{Dialect, detect},
    quoted::{headline, message},
};
use crate::{
    events::{Form, Level, NO_ZONE},
    ingest::time::{self, Stamp},
};

/// Headers within headers that are read: a service manager's behind a container runtime's, say, and oslo.log's behind both.
const DEPTH: u8 = 3;

/// Whether a line is one that a log daemon or a container runtime wrote around another program's line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wrap {
    /// It is not.
    #[default]
    None,
    /// It is, and what the program wrote has no header of its own: it may go on with the program's line above.
    Bare,
    /// It is, and the program wrote a header too.
    Headed,
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
    /// Whether the line goes around another program's.
    pub wrap: Wrap,
    /// Whether the line goes on in the next one, as where a container runtime splits a long line.
    pub partial: bool,
    /// How the message stands in the line.
    pub form: Form,
    /// Bytes of the line before the message; for [`Form::Json`] and [`Form::Csv`] the quote that opens it included.
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
            wrap: Wrap::None,
            partial: false,
            form: Form::Plain,
            body: 0,
        }
    }
}

/// Reads the header of a line, whatever its form; none where it has no time in front.
#[must_use]
pub fn header(line: &[u8]) -> Option<Header<'_>> {
    within(line, DEPTH)
}

/// Reads a header within `depth` others at most.
fn within(line: &[u8], depth: u8) -> Option<Header<'_>> {
    match line.first()? {
        b'0'..=b'9' => iso_header(line, depth).or_else(|| numbered(line, depth)),
        b'A'..=b'Z' => syslog::header(line, depth)
            .or_else(|| generic::lettered(line))
            .or_else(|| generic::klog(line))
            .or_else(|| generic::prefixed(line)),
        b'a'..=b'z' => lower(line, depth),
        b'{' | b',' | b' ' | b'\t' => json::header(line, depth),
        b'[' => bracketed(line, depth),
        b'<' => syslog::prioritized(line, depth),
        b'=' => rabbitmq::report(line),
        b'-' | b':' | b'"' => access::combined(line),
        // DevStack colours the whole line; a log that was truncated while a process wrote to it goes on behind a hole of zeros; and
        // editors put a mark at the start.
        0x1b | 0 | 0xef => bared(line, depth),
        _ => None,
    }
}

/// Reads a line behind colours, zeros and marks.
fn bared(line: &[u8], depth: u8) -> Option<Header<'_>> {
    let text = scan::uncoloured(line);
    let text = &text[text.iter().take_while(|b| **b == 0).count()..];
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    if text.len() == line.len() {
        return None;
    }
    let header = within(text, depth.checked_sub(1)?)?;
    Some(Header { body: header.body + line.len() - text.len(), ..header })
}

/// The forms that begin with an ISO time, told apart by what follows it.
#[inline]
fn iso_header(line: &[u8], depth: u8) -> Option<Header<'_>> {
    let (stamp, rest) = time::iso(line)?;
    let header = match rest {
        [b'|', ..] => ovs::header(stamp, rest),
        [b':', ..] => libvirt::header(stamp, rest),
        [b' ', b'[', ..] => rabbitmq::header(stamp, rest),
        _ => oslo::header(stamp, rest).or_else(|| mariadb::header(stamp, rest)),
    };
    if let Some(header) = header {
        return Some(Header { body: header.body + line.len() - rest.len(), ..header });
    }
    Some(dated(stamp, line, line.len() - rest.len(), depth))
}

/// The rarer forms that begin with an ISO time; any line with a time is an event whose message begins behind it.
fn dated(stamp: Stamp, line: &[u8], at: usize, depth: u8) -> Header<'_> {
    let outer = cri::header(stamp, line, at, depth).or_else(|| syslog::dated(stamp, line, at, depth));
    if let Some(header) = outer {
        return header;
    }
    let rest = &line[at..];
    let header = libvirt::qemu(stamp, rest).or_else(|| ceph::header(stamp, rest));
    if let Some(header) = header {
        return Header { body: header.body + at, ..header };
    }
    let known = (stamp.zone != NO_ZONE && rest.len() > 1)
        .then(|| carry::read_inside(Header::at(stamp), line, at + 1, line.len(), depth))
        .flatten();
    known.unwrap_or_else(|| {
        let header = generic::header(stamp, rest);
        Header { body: header.body + at, ..header }
    })
}

/// The forms that begin with a digit, and with no ISO time.
fn numbered(line: &[u8], depth: u8) -> Option<Header<'_>> {
    let whole = depth == DEPTH;
    access::combined(line).or_else(|| mariadb::old(line)).or_else(|| if whole { generic::numbered(line) } else { None })
}

/// The forms that begin with a small letter.
fn lower(line: &[u8], depth: u8) -> Option<Header<'_>> {
    generic::loghub(line, depth)
        .or_else(|| generic::logfmt(line))
        .or_else(|| brackets::facility(line, depth))
        .or_else(|| generic::prefixed(line))
        .or_else(|| access::combined(line))
}

/// The forms that begin with a bracket.
fn bracketed(line: &[u8], depth: u8) -> Option<Header<'_>> {
    brackets::header(line, depth)
        .or_else(|| access::uwsgi(line))
        .or_else(|| json::header(line, depth))
        .or_else(|| generic::prefixed(line))
}

#[cfg(test)]
mod examples;
#[cfg(test)]
mod tests;
