//! A record in JSON, one on a line: oslo.log's JSON and fluentd formatters, Kolla's exports with or without OpenSearch's `_source`
//! around them, `journalctl -o json`, and Docker's json-file. Only the keys that [`super::fields`] knows are looked at, and nothing
//! is copied.

use super::{
    Header, carry,
    fields::{Found, field, is_traceback},
    level::among,
    scan::number,
};
use crate::events::{Form, Level};

/// Objects within objects that are looked into.
const DEPTH: u8 = 5;

/// Reads a line; a bracket or comma may stand before the object, as in an array that has its elements on lines of their own.
pub fn header(line: &[u8], depth: u8) -> Option<Header<'_>> {
    let start = line.iter().take_while(|b| matches!(**b, b' ' | b'\t' | b'[' | b',')).count();
    if *line.get(start)? != b'{' {
        return None;
    }
    let mut found = Found::none();
    object(line, start + 1, DEPTH, &mut |member| {
        if let Some(field) = field(member.key) {
            found.take(field, member.value, member.at);
        }
    });
    let header = found.header()?;
    Some(match found.message {
        Some((from, to)) => with_message(header, line, from, to, depth),
        // Without a message that is known the whole object is one.
        None => Header { body: start, ..header },
    })
}

fn with_message<'a>(header: Header<'a>, line: &'a [u8], from: usize, to: usize, depth: u8) -> Header<'a> {
    let header = Header { form: Form::Json, body: from, ..header };
    if is_bytes(&line[from..]) {
        let level = if header.level == Level::Unknown { level_of_bytes(&line[from..to]) } else { header.level };
        return Header { level, ..header };
    }
    if !header.logger.is_empty() {
        return header;
    }
    // Docker splits long lines, and ends all but the last part without a line's end.
    let partial = to - from > 16_000 && line[..from].ends_with(b"\"log\":\"") && !line[..to].ends_with(b"\\n");
    let end = memchr::memmem::find(&line[from..to], b"\\n").map_or(to, |n| from + n);
    let header = carry::read(Header { partial, ..header }, line, from, end, depth);
    Header { form: Form::Json, ..header }
}

/// A key of an object and its value.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// The key, without its quotes.
    key: &'a [u8],
    /// A string without its quotes, a number or a word; an array of numbers begins at the quote that ends its key.
    value: &'a [u8],
    /// The value's first byte in the line.
    at: usize,
}

/// Walks through an object whose brace stands before `at`, and through those inside that hold a record's fields. Gives the byte
/// behind it; none where the line ends first.
pub fn object<'a>(line: &'a [u8], mut at: usize, depth: u8, take: &mut impl FnMut(Member<'a>)) -> Option<usize> {
    loop {
        at = skip_space(line, at);
        match *line.get(at)? {
            b',' => at += 1,
            b'"' => at = member(line, at + 1, depth, take)?,
            b'}' => return Some(at + 1),
            _ => return None,
        }
    }
}

/// Reads a key, which begins at `at`, and its value.
fn member<'a>(line: &'a [u8], at: usize, depth: u8, take: &mut impl FnMut(Member<'a>)) -> Option<usize> {
    let end = string_end(line, at)?;
    let key = &line[at..end];
    let colon = skip_space(line, end + 1);
    if *line.get(colon)? != b':' {
        return None;
    }
    let start = skip_space(line, colon + 1);
    match *line.get(start)? {
        b'"' => {
            // A string that the end of the line cuts is taken as far as it goes.
            let close = string_end(line, start + 1);
            take(Member { key, value: &line[start + 1..close.unwrap_or(line.len())], at: start + 1 });
            close.map(|n| n + 1)
        }
        b'{' if depth > 0 && is_wrapper(key) => object(line, start + 1, depth - 1, take),
        b'[' if depth > 0 && key == b"hits" => hits(line, start + 1, depth, take),
        b'[' if is_numbers(&line[start + 1..]) => {
            let close = skip(line, start);
            take(Member { key, value: &line[end..close.unwrap_or(line.len())], at: end });
            close
        }
        b'{' | b'[' => skip(line, start),
        _ => {
            let rest = &line[start..];
            let close = start + rest.iter().position(|b| matches!(b, b',' | b'}' | b']' | b' ')).unwrap_or(rest.len());
            take(Member { key, value: &line[start..close], at: start });
            Some(close)
        }
    }
}

/// Objects whose members are the record's own.
fn is_wrapper(key: &[u8]) -> bool {
    matches!(key, b"_source" | b"context" | b"extra" | b"hits" | b"fields" | b"record")
}

/// Walks through the first element of the `hits` of a response.
fn hits<'a>(line: &'a [u8], at: usize, depth: u8, take: &mut impl FnMut(Member<'a>)) -> Option<usize> {
    let at = skip_space(line, at);
    if *line.get(at)? == b'{' { object(line, at + 1, depth - 1, take) } else { Some(at + 1) }
}

/// The byte of the quote that ends the string that begins at `at`.
pub fn string_end(line: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let found = at + memchr::memchr2(b'"', b'\\', line.get(at..)?)?;
        if line[found] == b'"' {
            return Some(found);
        }
        at = found + 2;
    }
}

/// The byte behind the object or array that begins at `at`.
pub fn skip(line: &[u8], mut at: usize) -> Option<usize> {
    let mut open = 0_usize;
    loop {
        match *line.get(at)? {
            b'"' => at = string_end(line, at + 1)?,
            b'{' | b'[' => open += 1,
            b'}' | b']' => open -= 1,
            _ => {}
        }
        at += 1;
        if open == 0 {
            return Some(at);
        }
    }
}

/// The first byte from `at` that is no white space.
pub fn skip_space(line: &[u8], at: usize) -> usize {
    at + line.get(at..).unwrap_or_default().iter().take_while(|b| b.is_ascii_whitespace()).count()
}

fn is_numbers(text: &[u8]) -> bool {
    text[skip_space(text, 0)..].first().is_some_and(u8::is_ascii_digit)
}

/// Whether a message is an array of bytes, as the journal writes what is not plain text. It begins with the quote that ends its key,
/// which no string's content does.
pub fn is_bytes(text: &[u8]) -> bool {
    let Some(rest) = text.strip_prefix(b"\"") else { return false };
    let colon = skip_space(rest, 0);
    rest.get(colon) == Some(&b':') && rest.get(skip_space(rest, colon + 1)) == Some(&b'[')
}

/// The bytes that such an array spells, up to a closing bracket or the end.
pub fn bytes(text: &[u8]) -> impl Iterator<Item = u8> {
    let open = memchr::memchr(b'[', text).map_or(text.len(), |n| n + 1);
    let close = memchr::memchr(b']', &text[open..]).map_or(text.len(), |n| open + n);
    text[open..close].split(|b| *b == b',').filter_map(|n| number(n.trim_ascii()).map(|n| n as u8))
}

fn level_of_bytes(text: &[u8]) -> Level {
    let mut start = [b' '; 128];
    start.iter_mut().zip(bytes(text)).for_each(|(place, byte)| *place = byte);
    among(super::scan::uncoloured(&start))
}

/// The tracebacks that stand under keys of their own in a record, still quoted.
pub fn tracebacks(record: &[u8]) -> Vec<&[u8]> {
    let start = memchr::memchr(b'{', record).map_or(record.len(), |n| n + 1);
    let mut found = Vec::new();
    object(record, start, DEPTH, &mut |Member { key, value, .. }| {
        if is_traceback(key) && !matches!(value, b"null" | b"") {
            found.push(value);
        }
    });
    found
}
