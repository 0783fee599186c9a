//! A line inside a line: what a program wrote, behind what a log daemon or a container runtime put before it.

use super::{
    Header, Wrap,
    level::among,
    oslo,
    scan::{is_name, uncoloured},
    within,
};
use crate::{
    events::{Level, NO_ZONE},
    ingest::time::{Stamp, lacks_year},
};

/// Reads the program's own header at `at`, in a line that ends at `end`. Its logger, level, request, process and time count; host
/// and program are those of the outer header.
pub fn read_inside<'a>(outer: Header<'a>, line: &'a [u8], at: usize, end: usize, depth: u8) -> Option<Header<'a>> {
    let text = line.get(at..end)?;
    let plain = uncoloured(text);
    let at = at + (text.len() - plain.len());
    let inner = inner(outer.stamp, plain, depth)?;
    let or = |inner: &'a str, outer: &'a str| if outer.is_empty() { inner } else { outer };
    Some(Header {
        stamp: same_moment(outer.stamp, inner.stamp),
        pid: if inner.pid == 0 { outer.pid } else { inner.pid },
        level: if inner.level == Level::Unknown { outer.level } else { inner.level },
        program: or(inner.program, outer.program),
        host: or(inner.host, outer.host),
        body: at + inner.body,
        wrap: Wrap::Headed,
        partial: outer.partial,
        ..inner
    })
}

/// Reads the same, and gives the outer header where the program wrote none.
pub fn read<'a>(outer: Header<'a>, line: &'a [u8], at: usize, end: usize, depth: u8) -> Header<'a> {
    read_inside(outer, line, at, end, depth).unwrap_or_else(|| {
        let level = if outer.level == Level::Unknown { among(&line[at..end]) } else { outer.level };
        Header { level, body: at, wrap: Wrap::Bare, ..outer }
    })
}

fn inner(stamp: Stamp, text: &[u8], depth: u8) -> Option<Header<'_>> {
    let depth = depth.checked_sub(1)?;
    match text.first()? {
        b'A'..=b'Z' => oslo::timeless(stamp, text).or_else(|| within(text, depth)),
        b'[' => within(text, depth).or_else(|| named(stamp, text, depth)),
        _ => within(text, depth),
    }
}

/// Reads the prefix that Sunbeam's service manager puts before a line: `[wsgi-nova-api] `.
fn named(stamp: Stamp, text: &[u8], depth: u8) -> Option<Header<'_>> {
    let end = memchr::memchr(b']', &text[..text.len().min(64)])?;
    let name = str::from_utf8(&text[1..end]).ok()?;
    let program = name.strip_prefix("wsgi-").unwrap_or(name);
    let is_program = is_name(program) && program.starts_with(|c: char| c.is_ascii_lowercase());
    let rest = text[end + 1..].strip_prefix(b" ")?;
    let outer = Header { program, ..Header::at(stamp) };
    is_program.then(|| read(outer, text, text.len() - rest.len(), text.len(), depth))
}

/// The time that tells more: the inner one where it is exact, with the zone of the outer one. The two are the same moment, so that
/// their difference is the zone, which is a multiple of a quarter of an hour.
fn same_moment(outer: Stamp, inner: Stamp) -> Stamp {
    const MINUTE: i64 = 60_000_000;
    if lacks_year(inner.micros) {
        return outer;
    }
    if inner.zone != NO_ZONE || outer.zone == NO_ZONE {
        return inner;
    }
    let east = inner.micros.saturating_sub(outer.micros).saturating_add(i64::from(outer.zone) * MINUTE);
    let zone = (east.saturating_add(7 * MINUTE + MINUTE / 2)).div_euclid(15 * MINUTE).saturating_mul(15);
    let late = east.saturating_sub(zone.saturating_mul(MINUTE)).saturating_abs();
    if zone.abs() <= 14 * 60 && late < 5 * MINUTE { Stamp { zone: zone as i16, ..inner } } else { outer }
}
