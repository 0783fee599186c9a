//! Undoes the quoting of messages that stand in JSON or CSV.

use std::borrow::Cow;

use super::{csv, header, json};
use crate::events::Form;

/// The first line of a message that begins where `text` does.
#[must_use]
pub fn headline(form: Form, text: &[u8]) -> Cow<'_, [u8]> {
    match form {
        Form::Plain => Cow::Borrowed(first_line(text)),
        Form::Json if json::is_bytes(text) => Cow::Owned(json::bytes(text).take_while(|b| *b != b'\n').collect()),
        Form::Json => {
            let text = &text[..json::string_end(text, 0).unwrap_or(text.len()).min(text.len())];
            let end = line_end(text);
            unescaped(&text[..end])
        }
        Form::Csv => {
            let text = &text[..csv::end(text)];
            undoubled(first_line(text))
        }
    }
}

/// The whole message of a record that is quoted, and whose message begins at `body`, with the traceback that stands under a key of its
/// own.
#[must_use]
pub fn message(form: Form, record: &[u8], body: usize) -> String {
    let text = &record[body.min(record.len())..];
    let whole = match form {
        Form::Plain => Cow::Borrowed(text),
        Form::Json if json::is_bytes(text) => Cow::Owned(json::bytes(text).collect()),
        Form::Json => unescaped(&text[..json::string_end(text, 0).unwrap_or(text.len()).min(text.len())]),
        Form::Csv => undoubled(&text[..csv::end(text)]),
    };
    let mut out = bare(&String::from_utf8_lossy(&whole));
    if form == Form::Json {
        for traceback in json::tracebacks(record) {
            out.push('\n');
            out.push_str(&bare(&String::from_utf8_lossy(&unescaped(traceback))));
        }
        for more in record.split(|b| *b == b'\n').skip(1) {
            let from = header(more).filter(|h| h.form == Form::Json).map_or(0, |h| h.body);
            let text = &more[from..];
            out.push('\n');
            out.push_str(&String::from_utf8_lossy(&if from > 0 { headline(form, text) } else { Cow::Borrowed(text) }));
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A message without the headers that the lines behind its first one repeat.
fn bare(text: &str) -> String {
    let mut lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let body = header(line.as_bytes()).filter(|h| h.form == Form::Plain).map_or(0, |h| h.body);
        out.push('\n');
        out.push_str(line.get(body..).unwrap_or(line));
    }
    out
}

fn first_line(text: &[u8]) -> &[u8] {
    let end = memchr::memchr(b'\n', text).unwrap_or(text.len());
    text[..end].strip_suffix(b"\r").unwrap_or(&text[..end])
}

/// The byte at which an escaped line's end stands.
fn line_end(text: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| memchr::memchr2(b'\\', b'\n', rest)) {
        at += found;
        if text[at] == b'\n' || matches!(text.get(at + 1), Some(b'n')) {
            return at;
        }
        at += 2;
    }
    text.len()
}

/// Undoes the escapes of a JSON string; what is no escape stays as it is.
fn unescaped(text: &[u8]) -> Cow<'_, [u8]> {
    let Some(first) = memchr::memchr(b'\\', text) else { return Cow::Borrowed(text) };
    let mut out = text[..first].to_vec();
    let mut rest = &text[first..];
    while let [head, tail @ ..] = rest {
        rest = tail;
        if *head != b'\\' {
            out.push(*head);
            continue;
        }
        match tail {
            [b'u', tail @ ..] => rest = unicode(tail, &mut out),
            [escape, tail @ ..] => {
                out.push(single(*escape));
                rest = tail;
            }
            [] => out.push(b'\\'),
        }
    }
    Cow::Owned(out)
}

/// The byte that an escape of one letter stands for.
fn single(escape: u8) -> u8 {
    match escape {
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'b' => 8,
        b'f' => 12,
        other => other,
    }
}

/// Reads the four digits behind `\u`, and those of a second half where there is one.
fn unicode<'a>(text: &'a [u8], out: &mut Vec<u8>) -> &'a [u8] {
    let Some(unit) = unit(text) else {
        out.extend_from_slice(b"\\u");
        return text;
    };
    let second = text.get(4..).and_then(|rest| rest.strip_prefix(b"\\u")).and_then(self::unit);
    let (units, used) = match second {
        Some(low) if (0xd800..0xdc00).contains(&unit) => ([unit, low], 10),
        _ => ([unit, 0], 4),
    };
    let count = if used == 10 { 2 } else { 1 };
    for c in char::decode_utf16(units[..count].iter().copied()) {
        out.extend_from_slice(c.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]).as_bytes());
    }
    &text[used..]
}

fn unit(text: &[u8]) -> Option<u16> {
    text.get(..4)?.iter().try_fold(0_u16, |n, d| Some(n * 16 + char::from(*d).to_digit(16)? as u16))
}

/// Undoes the doubling of quotes.
fn undoubled(text: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memmem::find(text, b"\"\"").is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(quote) = memchr::memmem::find(rest, b"\"\"") {
        out.extend_from_slice(&rest[..=quote]);
        rest = &rest[quote + 2..];
    }
    out.extend_from_slice(rest);
    Cow::Owned(out)
}
