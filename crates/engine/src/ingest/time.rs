//! Reads the times that logs write, and writes them back.

use std::fmt::Write;

use chrono::DateTime;

use crate::events::{NO_TIME, NO_ZONE};

/// A time as a log wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Microseconds since 1970 on the log's own clock.
    pub micros: i64,
    /// Minutes east of UTC where the log says; [`NO_ZONE`].
    pub zone: i16,
}

/// Reads `2018-06-26 03:59:21.486`, with `T` or a space, a fraction after a dot or comma of any length, and an optional zone
/// (`Z`, `+00:00`, `+0000`). Gives the rest of the line behind it.
#[must_use]
#[inline]
pub fn iso(line: &[u8]) -> Option<(Stamp, &[u8])> {
    dashed(line, b'-')
}

/// Reads the same with another byte between year, month and day: Go and nginx write `2024/01/01 10:00:00`.
#[must_use]
#[inline]
pub fn dashed(line: &[u8], dash: u8) -> Option<(Stamp, &[u8])> {
    let date: &[u8; 11] = line.first_chunk()?;
    if date[4] != dash || date[7] != dash || !matches!(date[10], b' ' | b'T') {
        return None;
    }
    let year = two(date[0], date[1])? * 100 + two(date[2], date[3])?;
    let days = days_from_civil(i64::from(year), two(date[5], date[6])?, two(date[8], date[9])?)?;
    let (of_day, rest) = clock(&line[11..])?;
    let (micros, rest) = fraction(rest);
    let (zone, rest) = zone(rest);
    Some((Stamp { micros: at(days, of_day) + micros, zone }, rest))
}

/// Reads syslog's `Jun  8 10:48:13`, whose year is not said: it is counted in 1972, a leap year.
#[must_use]
pub fn syslog(line: &[u8]) -> Option<(Stamp, &[u8])> {
    let month = month(line)?;
    if *line.get(3)? != b' ' {
        return None;
    }
    let day = match line.get(4..6)? {
        [b' ', d] if d.is_ascii_digit() => u32::from(d - b'0'),
        two => number(two)?,
    };
    let (of_day, rest) = clock(line.get(7..)?)?;
    let days = days_from_civil(YEAR_UNSAID, month, day)?;
    // `journalctl -o short-precise` and Pacemaker write a fraction.
    let (micros, rest) = fraction(rest);
    // A leap second at the end of the year would be one of the next, which is no year at all.
    Some((Stamp { micros: at(days, of_day.min(86_399)) + micros, zone: NO_ZONE }, rest))
}

/// Whether a time came without a year.
#[must_use]
pub fn lacks_year(micros: i64) -> bool {
    const YEAR_1972: std::ops::Range<i64> = 730 * 86_400_000_000..1096 * 86_400_000_000;
    YEAR_1972.contains(&micros)
}

/// Moves a time without a year into a year.
#[must_use]
pub fn with_year(micros: i64, year: i32) -> i64 {
    use chrono::Datelike;
    DateTime::from_timestamp_micros(micros).and_then(|t| t.with_year(year)).map_or(NO_TIME, |t| t.timestamp_micros())
}

/// The year of a time.
#[must_use]
pub fn year(micros: i64) -> Option<i32> {
    use chrono::Datelike;
    DateTime::from_timestamp_micros(micros).map(|t| t.year())
}

/// ISO 8601 with milliseconds, and the zone where there is one; none where the time is not known.
#[must_use]
pub fn written(micros: i64, zone: i16) -> Option<String> {
    if micros == NO_TIME {
        return None;
    }
    let mut text = DateTime::from_timestamp_micros(micros)?.format("%Y-%m-%dT%H:%M:%S%.3f").to_string();
    match zone {
        NO_ZONE => {}
        0 => text.push('Z'),
        z => _ = write!(text, "{}{:02}:{:02}", if z < 0 { '-' } else { '+' }, z.abs() / 60, z.abs() % 60),
    }
    Some(text)
}

/// Microseconds since 1970 of a second of a day.
#[must_use]
pub fn at(days: i64, second: i64) -> i64 {
    (days * 86_400 + second) * 1_000_000
}

/// The month that an English short name at the start of a text names, from 1.
#[must_use]
pub fn month(text: &[u8]) -> Option<u32> {
    const MONTHS: [&[u8; 3]; 12] =
        [b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];
    let name = text.first_chunk::<3>()?;
    MONTHS.iter().position(|m| *m == name).map(|n| n as u32 + 1)
}

/// The number that up to nine digits spell; none where there is anything else.
#[must_use]
pub fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits.iter().try_fold(0, |n, d| d.is_ascii_digit().then(|| n * 10 + u32::from(d - b'0')))
}

/// The number that two digits spell.
#[inline]
fn two(tens: u8, ones: u8) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| u32::from(tens) * 10 + u32::from(ones))
}

/// Reads `10:48:13` as a second of the day; hours of one digit are MariaDB's.
#[must_use]
#[inline]
pub fn clock(line: &[u8]) -> Option<(i64, &[u8])> {
    let line = line.strip_prefix(b" ").unwrap_or(line);
    if *line.get(1)? == b':' {
        let (of_hour, rest) = minutes(&line[1..])?;
        return Some((i64::from(two(b'0', line[0])?) * 3600 + of_hour, rest));
    }
    let hour = two(line[0], line[1])?;
    let (of_hour, rest) = minutes(&line[2..])?;
    (hour < 24).then(|| (i64::from(hour) * 3600 + of_hour, rest))
}

/// Reads `:48:13` as a second of the hour.
#[inline]
fn minutes(line: &[u8]) -> Option<(i64, &[u8])> {
    let [b':', a, b, b':', c, d, rest @ ..] = line else { return None };
    let (minute, second) = (two(*a, *b)?, two(*c, *d)?);
    (minute < 60 && second < 61).then(|| (i64::from(minute * 60 + second), rest))
}

/// Reads `.123456`, or with a comma, as microseconds; 0 where there is no fraction.
#[must_use]
#[inline]
pub fn fraction(line: &[u8]) -> (i64, &[u8]) {
    let [b'.' | b',', rest @ ..] = line else { return (0, line) };
    let digits = rest.iter().take_while(|d| d.is_ascii_digit()).count();
    let read = digits.min(6);
    let micros = rest[..read].iter().fold(0, |n, d| n * 10 + i64::from(d - b'0')) * 10_i64.pow(6 - read as u32);
    (micros, &rest[digits..])
}

/// Reads `Z`, `+00:00` or `+0000` as minutes east of UTC; [`NO_ZONE`] where there is none.
#[must_use]
#[inline]
pub fn zone(line: &[u8]) -> (i16, &[u8]) {
    match line {
        [b'Z', rest @ ..] => (0, rest),
        [sign @ (b'+' | b'-'), rest @ ..] => {
            let colon = usize::from(rest.get(2) == Some(&b':'));
            let hours = rest.get(..2).and_then(number).filter(|h| *h < 15);
            let minutes = rest.get(2 + colon..4 + colon).and_then(number).filter(|m| *m < 60);
            let (Some(hours), Some(minutes)) = (hours, minutes) else { return (NO_ZONE, line) };
            let offset = (hours * 60 + minutes) as i16;
            (if *sign == b'-' { -offset } else { offset }, &rest[4 + colon..])
        }
        _ => (NO_ZONE, line),
    }
}

/// The year in which times without one are counted: a leap year.
pub const YEAR_UNSAID: i64 = 1972;

/// Days since 1970 of a date in the Gregorian calendar (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"); none where there is
/// no such month or day, or where the year has more than four digits, which no clock says.
#[must_use]
pub fn days_from_civil(year: i64, month: u32, day: u32) -> Option<i64> {
    if !(0..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let (month, day) = (i64::from(month), i64::from(day));
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let of_era = y - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(text: &str) -> Option<(String, String)> {
        let (stamp, rest) = iso(text.as_bytes())?;
        Some((written(stamp.micros, stamp.zone)?, String::from_utf8_lossy(rest).into()))
    }

    #[test]
    fn reads_what_services_write() {
        for (text, time, rest) in [
            ("2018-06-26 03:59:21.486 123 INFO", "2018-06-26T03:59:21.486", " 123 INFO"),
            ("2024-01-01T10:00:00.123Z|00042|x", "2024-01-01T10:00:00.123Z", "|00042|x"),
            ("2024-02-29 10:00:00.123456+00:00 [error]", "2024-02-29T10:00:00.123Z", " [error]"),
            ("2024-12-31 23:59:59,5-0330 x", "2024-12-31T23:59:59.500-03:30", " x"),
            ("2024-01-01  1:02:03 7 [Note]", "2024-01-01T01:02:03.000", " 7 [Note]"),
            ("2024-01-01 00:00:00", "2024-01-01T00:00:00.000", ""),
        ] {
            assert_eq!(round(text), Some((time.into(), rest.into())), "{text}");
        }
    }

    #[test]
    fn leaves_alone_what_is_no_time() {
        assert_eq!(days_from_civil(10_000, 1, 1), None);
        for text in ["", "2018-06-26", "2018-13-26 03:59:21", "2018-06-26 24:00:00", "2018_06-26 03:59:21", "2018-06-26 03:59"] {
            assert_eq!(round(text), None, "{text}");
        }
    }

    #[test]
    fn syslog_gets_its_year_later() {
        let (stamp, rest) = syslog(b"Feb 29 10:48:13 host x").expect("a time");
        assert!(lacks_year(stamp.micros));
        assert_eq!(rest, b" host x");
        assert_eq!(written(with_year(stamp.micros, 2024), NO_ZONE).as_deref(), Some("2024-02-29T10:48:13.000"));
        assert_eq!(with_year(stamp.micros, 2023), NO_TIME);
        assert_eq!(year(with_year(stamp.micros, 2024)), Some(2024));
        assert!(syslog(b"Dec 31 23:59:60 h").is_some_and(|(stamp, _)| lacks_year(stamp.micros)));
        assert!(syslog(b"Jun  8 10:48:13 h").is_some() && syslog(b"June 8 10:48:13").is_none());
    }
}
