//! What a file is written in, told from its first lines, so that the right form is tried first.

use super::{Header, csv, header, json, oslo, times};
use crate::{events::Form, ingest::time};

/// What a file is written in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dialect {
    kind: Kind,
    /// Whether most records begin with a date. There a line that begins with a count since 1970 goes on with the record above: Neutron's
    /// DHCP agent shows leases so, of which each begins with the second it expires.
    dated: bool,
}

/// The forms that are worth trying first; the others are told apart by their first byte.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Mixed,
    Oslo,
    Json,
    Csv(Box<csv::Columns>),
}

/// Lines of a sample that are looked at.
const LINES: usize = 200;

impl Dialect {
    /// Reads the header of a line; none where it has no time in front. A line in another form than most is read as well.
    #[must_use]
    #[inline]
    pub fn header<'a>(&self, line: &'a [u8]) -> Option<Header<'a>> {
        let known = match &self.kind {
            Kind::Mixed => None,
            Kind::Oslo => oslo_line(line),
            Kind::Json => json::header(line, super::DEPTH),
            // A line behind quotes is part of a field, whatever it looks like.
            Kind::Csv(columns) => return columns.header(line),
        };
        known.or_else(|| header(line).filter(|_| !self.dated || times::epoch(line).is_none()))
    }

    /// Whether the file has a row of names, which is no record.
    #[must_use]
    pub fn has_names(&self) -> bool {
        matches!(self.kind, Kind::Csv(_))
    }
}

/// Reads a line of oslo.log as most services write it.
#[inline]
fn oslo_line(line: &[u8]) -> Option<Header<'_>> {
    let (stamp, rest) = time::iso(line)?;
    let header = oslo::header(stamp, rest)?;
    Some(Header { body: header.body + line.len() - rest.len(), ..header })
}

/// Tells from a file's first lines what it is written in.
#[must_use]
pub fn detect(sample: &[u8], _path: &str) -> Dialect {
    let sample = sample.strip_prefix(b"\xef\xbb\xbf").unwrap_or(sample);
    let mut lines = sample.split(|b| *b == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    if let Some(columns) = lines.next().and_then(csv::columns) {
        return Dialect { kind: Kind::Csv(Box::new(columns)), dated: false };
    }
    let (mut oslo, mut json, mut other, mut counted) = (0, 0, 0, 0);
    for line in sample.split(|b| *b == b'\n').take(LINES) {
        match header(line) {
            Some(h) if h.form == Form::Json => json += 1,
            Some(_) if oslo_line(line).is_some() => oslo += 1,
            Some(_) if times::epoch(line).is_some() => counted += 1,
            Some(_) => other += 1,
            None => {}
        }
    }
    let kind = if oslo > json.max(other) {
        Kind::Oslo
    } else if json > other {
        Kind::Json
    } else {
        Kind::Mixed
    };
    Dialect { kind, dated: oslo + json + other > counted }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_of_seconds_begins_a_record_only_where_most_records_begin_so() {
        let record =
            "2018-06-27 21:20:01.123 8416 DEBUG neutron.agent.linux.dhcp [req-1 - - - - -] Done building initial lease file\n";
        let lease = b"1530227892 fa:16:3e:65:56:a6 11.43.1.2 * *";
        assert_eq!(detect([record.as_bytes(), record.as_bytes(), lease].concat().as_slice(), "").header(lease), None);
        let counted = b"1530227892 something began\n1530227893 something ended";
        assert!(detect(counted, "").header(lease).is_some());
        assert!(detect(b"", "").header(lease).is_some());
    }
}
