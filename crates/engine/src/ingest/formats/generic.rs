//! Any other line with a time: Python's default, Go's and nginx's, logfmt, klog, epochs, and lines with a name before the time.

use super::{
    Header, iso_header,
    level::{among, level},
    oslo,
    scan::{is_name, number, unspaced, word},
    times,
};
use crate::{
    events::{Level, NO_ZONE},
    ingest::time::{self, Stamp},
};

/// Bytes in which a time behind a prefix must begin.
const REACH: usize = 80;

/// A time, and text that no form knows.
pub fn header(stamp: Stamp, rest: &[u8]) -> Header<'_> {
    let text = unspaced(rest);
    python(stamp, rest).unwrap_or_else(|| Header { level: among(text), body: rest.len() - text.len(), ..Header::at(stamp) })
}

/// Python's usual form, `2024-01-01 10:00:00,123 - nova.compute - INFO - text`.
fn python(stamp: Stamp, rest: &[u8]) -> Option<Header<'_>> {
    let mut text = rest.strip_prefix(b" - ")?;
    let mut logger = "";
    for _ in 0..3 {
        let end = memchr::memmem::find(&text[..text.len().min(128)], b" - ")?;
        let part = text[..end].trim_ascii();
        text = &text[end + 3..];
        if let Some(level) = level(part) {
            return Some(Header { level, logger, body: rest.len() - text.len(), ..Header::at(stamp) });
        }
        logger = str::from_utf8(part).ok().filter(|l| is_name(l))?;
    }
    None
}

/// A line that begins with a time in digits that is not ISO.
pub fn numbered(line: &[u8]) -> Option<Header<'_>> {
    let (stamp, rest) = times::any(line)?;
    if !matches!(rest.first(), None | Some(b' ' | b':' | b'\t' | b',')) {
        return None;
    }
    let rest = rest.strip_prefix(b":").unwrap_or(rest);
    let header = header(stamp, rest);
    Some(Header { body: header.body + line.len() - rest.len(), ..header })
}

/// A line that begins with the name of a month or day, and with a year: Dashboards' and `ctime`'s.
pub fn lettered(line: &[u8]) -> Option<Header<'_>> {
    let (stamp, rest) = times::any(line)?;
    let rest = rest.strip_prefix(b":").unwrap_or(rest);
    let header = header(stamp, rest);
    Some(Header { body: header.body + line.len() - rest.len(), ..header })
}

/// Kubernetes' own form, `I0101 10:00:00.123456       1 file.go:12] text` (`klog`), which names no year.
pub fn klog(line: &[u8]) -> Option<Header<'_>> {
    let level = match line.first()? {
        b'I' => Level::Info,
        b'W' => Level::Warning,
        b'E' => Level::Error,
        b'F' => Level::Critical,
        _ => return None,
    };
    let (month, day) = (number(line.get(1..3)?)?, number(line.get(3..5)?)?);
    let (of_day, rest) = time::clock(line.get(5..)?.strip_prefix(b" ")?)?;
    let (micros, rest) = time::fraction(rest);
    let (pid, rest) = word(unspaced(rest))?;
    let end = memchr::memmem::find(rest, b"] ")?;
    let logger = str::from_utf8(&rest[..end]).ok()?.split(':').next().filter(|l| is_name(l))?;
    let days = time::days_from_civil(time::YEAR_UNSAID, month, day)?;
    let stamp = Stamp { micros: time::at(days, of_day) + micros, zone: NO_ZONE };
    Some(Header { level, pid: pid.parse().ok()?, logger, body: line.len() - rest.len() + end + 2, ..Header::at(stamp) })
}

/// logfmt, which containerd, podman and etcd write: `time="2024-01-01T10:00:00Z" level=info msg="text"`.
pub fn logfmt(line: &[u8]) -> Option<Header<'_>> {
    let text = line.strip_prefix(b"time=").or_else(|| line.strip_prefix(b"ts="))?;
    let (stamp, rest) = times::any(text.strip_prefix(b"\"").unwrap_or(text))?;
    let text = unspaced(rest.strip_prefix(b"\"").unwrap_or(rest));
    let text = &text[memchr::memmem::find(&text[..text.len().min(REACH)], b"level=").unwrap_or(0)..];
    let level = word(text).and_then(|(name, _)| level(name.as_bytes())).unwrap_or_default();
    let message = memchr::memmem::find(text, b"msg=").map_or(0, |at| at + 4);
    let text = &text[message..];
    let text = text.strip_prefix(b"\"").unwrap_or(text);
    Some(Header { level, body: line.len() - text.len(), ..Header::at(stamp) })
}

/// A line of oslo.log behind a prefix, such as the name that `docker compose logs` or `kubectl logs --prefix` writes before it. Only
/// a record with a context is taken: text that mentions a time is none.
pub fn prefixed(line: &[u8]) -> Option<Header<'_>> {
    // A date has its first dash behind four digits.
    for dash in memchr::memchr_iter(b'-', &line[..line.len().min(REACH)]) {
        let Some(at) = dash.checked_sub(4).filter(|at| *at > 0 && line[at - 1] == b' ') else { continue };
        if let Some((stamp, rest)) = time::iso(&line[at..]) {
            let header = oslo::header(stamp, rest).filter(|h| h.context)?;
            return Some(Header { program: prefix(&line[..at]), body: header.body + line.len() - rest.len(), ..header });
        }
    }
    None
}

/// The name in `nova-api  | ` and `[pod/nova-api-0/nova-api] `; a prefix of several words names nothing.
fn prefix(text: &[u8]) -> &str {
    let name = str::from_utf8(text).unwrap_or_default().trim_end_matches([' ', '|', ':', ']']).trim_start_matches('[');
    let name = name.rsplit('/').next().unwrap_or_default();
    let name = name.strip_prefix("wsgi-").unwrap_or(name);
    if is_name(name) { name } else { "" }
}

/// The LogHub data set puts the file's name before each line: `nova-api.log.1.2017-05-16_13:53:08 2017-05-16 00:00:00.008 …`.
pub fn loghub(line: &[u8], depth: u8) -> Option<Header<'_>> {
    let (name, text) = word(line)?;
    let (program, _) = name.split_once(".log")?;
    let header = iso_header(text, depth)?;
    Some(Header { program, body: header.body + line.len() - text.len(), ..header })
}
