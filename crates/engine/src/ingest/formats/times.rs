//! The times that are not ISO 8601, as web servers, Dashboards and old daemons write them.

use super::scan::{number, unspaced};
use crate::{
    events::NO_ZONE,
    ingest::time::{self, Stamp},
};

/// Reads `01/Jan/2024:10:00:00.123 +0000`; eventlet puts a space before the clock.
pub fn slashed(text: &[u8]) -> Option<(Stamp, &[u8])> {
    let date = text.first_chunk::<12>()?;
    if date[2] != b'/' || date[6] != b'/' || !matches!(date[11], b':' | b' ') {
        return None;
    }
    let days = time::days_from_civil(i64::from(number(&date[7..11])?), time::month(&date[3..])?, number(&date[..2])?)?;
    let (of_day, rest) = time::clock(&text[12..])?;
    let (micros, rest) = time::fraction(rest);
    let (zone, rest) = spaced_zone(rest);
    Some((Stamp { micros: time::at(days, of_day) + micros, zone }, rest))
}

/// Reads `Mon Jan  1 10:00:00.123456 2024`, the form of C's `ctime`.
pub fn weekday(text: &[u8]) -> Option<(Stamp, &[u8])> {
    const DAYS: [&[u8]; 7] = [b"Mon ", b"Tue ", b"Wed ", b"Thu ", b"Fri ", b"Sat ", b"Sun "];
    if !DAYS.contains(&text.get(..4)?) {
        return None;
    }
    let month = time::month(&text[4..])?;
    let (day, rest) = digits(unspaced(text.get(7..)?))?;
    let (of_day, rest) = time::clock(rest.strip_prefix(b" ")?)?;
    let (micros, rest) = time::fraction(rest);
    let (year, rest) = digits(unspaced(rest)).filter(|(year, _)| *year > 1000)?;
    let days = time::days_from_civil(i64::from(year), month, day)?;
    Some((Stamp { micros: time::at(days, of_day) + micros, zone: NO_ZONE }, rest))
}

/// Reads `Jan 1, 2024 @ 10:00:00.123`, the form of OpenSearch Dashboards, and the same without its `@`.
pub fn dashboards(text: &[u8]) -> Option<(Stamp, &[u8])> {
    let month = time::month(text)?;
    let (day, rest) = digits(text.get(3..)?.strip_prefix(b" ")?)?;
    let (year, rest) = digits(rest.strip_prefix(b", ")?)?;
    let rest = unspaced(rest);
    let rest = unspaced(rest.strip_prefix(b"@").unwrap_or(rest));
    let (of_day, rest) = time::clock(rest)?;
    let (micros, rest) = time::fraction(rest);
    let days = time::days_from_civil(i64::from(year), month, day)?;
    Some((Stamp { micros: time::at(days, of_day) + micros, zone: NO_ZONE }, rest))
}

/// Reads a count since 1970: seconds with or without a fraction, or milli-, micro- or nanoseconds, told apart by their digits.
pub fn epoch(text: &[u8]) -> Option<(Stamp, &[u8])> {
    let count = text.iter().take_while(|b| b.is_ascii_digit()).count();
    let units = text[..count.min(19)].iter().fold(0_i64, |n, d| n.wrapping_mul(10).wrapping_add(i64::from(d - b'0')));
    let (micros, rest) = match count {
        10 => {
            let (micros, rest) = time::fraction(&text[10..]);
            (units * 1_000_000 + micros, rest)
        }
        13 => (units * 1_000, time::fraction(&text[13..]).1),
        16 => (units, &text[16..]),
        19 => (units / 1_000, &text[19..]),
        _ => return None,
    };
    Some((Stamp { micros, zone: 0 }, rest)).filter(|_| crate::events::is_plausible(micros))
}

/// Reads any of the times that name a year.
pub fn any(text: &[u8]) -> Option<(Stamp, &[u8])> {
    match text.first()? {
        b'0'..=b'9' => time::iso(text)
            .map(|(stamp, rest)| if stamp.zone == NO_ZONE { zoned(stamp, rest) } else { (stamp, rest) })
            .or_else(|| time::dashed(text, b'/'))
            .or_else(|| slashed(text))
            .or_else(|| epoch(text)),
        b'A'..=b'Z' => weekday(text).or_else(|| dashboards(text)),
        _ => None,
    }
}

/// A time whose zone stands behind a space.
fn zoned(stamp: Stamp, rest: &[u8]) -> (Stamp, &[u8]) {
    let (zone, rest) = spaced_zone(rest);
    (Stamp { zone, ..stamp }, rest)
}

fn spaced_zone(rest: &[u8]) -> (i16, &[u8]) {
    let (zone, behind) = time::zone(rest.strip_prefix(b" ").filter(|z| matches!(z, [b'+' | b'-', ..])).unwrap_or(rest));
    if zone == NO_ZONE { (zone, rest) } else { (zone, behind) }
}

/// Splits off the number at the start of a text.
fn digits(text: &[u8]) -> Option<(u32, &[u8])> {
    let count = text.iter().take_while(|b| b.is_ascii_digit()).count();
    Some((number(&text[..count])?, &text[count..]))
}
