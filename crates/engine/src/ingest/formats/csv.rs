//! An export of OpenSearch Dashboards or of a spreadsheet: a row of names, then a record a row, whose quoted fields can hold lines.

use super::{
    Header,
    fields::{Field, Found, field},
};
use crate::events::Form;

/// Columns of a file that are looked at.
const MOST: usize = 64;

/// What the columns of a file tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    of: [Option<(Field, u8)>; MOST],
}

/// Reads the row of names; none where it names no time or no message.
pub fn columns(line: &[u8]) -> Option<Columns> {
    let mut of = [None; MOST];
    for (place, (from, to)) in of.iter_mut().zip(cells(line)) {
        let name = &line[from..to];
        *place = field(name.strip_prefix(b"_source.").unwrap_or(name));
    }
    let has = |wanted| of.iter().flatten().any(|(field, _)| *field == wanted);
    (has(Field::Time) && has(Field::Message)).then_some(Columns { of })
}

impl Columns {
    /// Reads a row; none for a line that goes on with a field of the row above.
    pub fn header<'a>(&self, line: &'a [u8]) -> Option<Header<'a>> {
        let mut found = Found::none();
        for (field, (from, to)) in self.of.iter().zip(cells(line)) {
            if let Some(field) = field {
                found.take(*field, &line[from..to], from);
            }
        }
        let header = found.header()?;
        let (body, _) = found.message?;
        Some(Header { form: Form::Csv, body, ..header })
    }
}

/// The first and last byte of each field, without its quotes.
fn cells(line: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let at = next?;
        let quoted = line.get(at) == Some(&b'"');
        let from = at + usize::from(quoted);
        let to = if quoted {
            quoted_end(line, from)
        } else {
            line[at..].iter().position(|b| *b == b',').map_or(line.len(), |n| at + n)
        };
        let comma = (to + usize::from(quoted)).min(line.len());
        next = (line.get(comma) == Some(&b',')).then_some(comma + 1);
        Some((from, to))
    })
}

/// The byte of the quote that ends a field, or the end of the text; doubled quotes are part of the field.
pub fn quoted_end(text: &[u8], mut at: usize) -> usize {
    while let Some(found) = text.get(at..).and_then(|rest| memchr::memchr(b'"', rest)) {
        at += found;
        if text.get(at + 1) != Some(&b'"') {
            return at;
        }
        at += 2;
    }
    text.len()
}

/// The end of a message that begins where `text` does, which can be in quotes or not: only what is in quotes holds the quote that ends
/// it before any that opens another field.
pub fn end(text: &[u8]) -> usize {
    let comma = text.iter().position(|b| matches!(b, b',' | b'\n')).unwrap_or(text.len());
    let close = quoted_end(text, 0);
    let closes = close < text.len() && matches!(text.get(close + 1), None | Some(b',' | b'\n' | b'\r'));
    if closes && !text[..close].ends_with(b",") || !closes && comma == text.len() { close } else { comma }
}
