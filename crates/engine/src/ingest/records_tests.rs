use super::*;

const BOOT: &str = "\
2024-01-01 10:00:00.000 7 INFO a.b [req-1 u p - - -] one
2024-01-01 10:00:00.100 7 ERROR a.b [req-1 u p - - -] two
2024-01-01 10:00:00.100 7 ERROR a.b Traceback (most recent call last):
2024-01-01 10:00:00.100 7 ERROR a.b   File \"/x.py\", line 1, in f
2024-01-01 10:00:00.100 7 ERROR a.b Boom: no
2024-01-01 10:00:00.100 7 ERROR a.b \r
more of it, without a header

2024-01-01 10:00:00.200 7 WARNING a.c [req-1 u p - - -] three
2024-01-01 10:00:00.200 7 ERROR a.c Traceback (most recent call last):
2024-01-01 10:00:00.200 7 INFO a.c [req-2 u p - - -] four
";

fn spans(parts: &[Part]) -> Vec<(u32, u32)> {
    let Whole { events, .. } = joined(parts);
    (0..events.len()).map(|n| (events.line[n], events.length[n])).collect()
}

fn joined(parts: &[Part]) -> Whole {
    let mut whole = Whole::default();
    whole.begin(0);
    for part in parts {
        whole.add(part);
    }
    whole
}

fn part(text: &str, offset: usize, joined: bool) -> Part {
    read_part(text.as_bytes(), offset, joined)
}

fn read_part(text: &[u8], offset: usize, joined: bool) -> Part {
    let (place, dialect) = (layout::place("nova/api.log"), Dialect::default());
    read(text, Plan { file: 0, offset: offset as u64, first: offset == 0, place: &place, dialect: &dialect, joined })
}

fn whole() -> Vec<(u32, u32)> {
    let length = |from: usize, to: usize| BOOT.split_inclusive('\n').take(to).skip(from - 1).map(str::len).sum::<usize>() as u32;
    [(1, 1), (2, 8), (9, 10), (11, 11)].map(|(a, z)| (a, length(a as usize, z as usize))).into()
}

#[test]
fn tracebacks_and_headless_lines_join_their_record() {
    assert_eq!(spans(&[part(BOOT, 0, true)]), whole());
}

#[test]
fn a_cut_at_any_line_changes_nothing() {
    for (at, _) in BOOT.match_indices('\n') {
        let (a, z) = BOOT.split_at(at + 1);
        assert_eq!(spans(&[part(a, 0, true), part(z, at + 1, true)]), whole(), "cut at byte {at}");
    }
}

#[test]
fn a_file_without_headers_is_read_line_by_line() {
    let spans = spans(&[part("a\n\nb\n", 0, false)]);
    assert_eq!(spans, [(1, 2), (3, 2)]);
}

#[test]
fn equal_times_join_nothing_but_oslo_records() {
    let line = "2024-01-01 10:00:00 12 [ERROR] first\n2024-01-01 10:00:00 12 [ERROR] second\n";
    assert_eq!(spans(&[part(line, 0, true)]).len(), 2);
    let (a, b) = line.split_at(line.find('\n').unwrap_or_default() + 1);
    assert_eq!(spans(&[part(a, 0, true), part(b, a.len(), true)]).len(), 2);
}

#[test]
fn a_blank_first_line_is_no_event() {
    assert_eq!(spans(&[part("\n2024-01-01 10:00:00.000 7 INFO a.b [-] one\n", 0, true)]).len(), 1);
}

#[test]
fn counts_what_is_not_utf8() {
    let part = read_part(b"2024-01-01 10:00:00 ok\n2024-01-01 10:00:00 \xff\xfe\n", 0, true);
    assert_eq!((part.events.len(), part.garbled, part.first_garbled), (2, 1, 2));
}
