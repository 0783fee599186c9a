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

/// The messages of a text in memory.
fn messages(path: &str, text: &[u8]) -> Vec<String> {
    let source = crate::ingest::source::Memory { texts: vec![(path.into(), text.to_vec())] };
    let read = crate::ingest::read(&source, &crate::Reading::default(), &crate::Silent).expect("a log");
    (0..read.events.len()).map(|n| read.message(n)).collect()
}

#[test]
fn a_pods_traceback_joins_its_record() {
    let text = b"\
2024-01-01T10:00:00.223456789Z stderr F 2024-01-01 10:00:00.123 7 ERROR nova.x [-] Failed\n\
2024-01-01T10:00:00.223456790Z stderr F Traceback (most recent call last):\n\
2024-01-01T10:00:00.223456791Z stderr P   File \"/x.py\", li\n\
2024-01-01T10:00:00.223456791Z stderr F ne 1\n\
2024-01-01T10:00:01.223456789Z stderr F 2024-01-01 10:00:01.123 7 INFO nova.x [-] next\n";
    let first = "Failed\nTraceback (most recent call last):\n  File \"/x.py\", li\nne 1";
    assert_eq!(messages("pod.log", text), [first, "next"]);
}

#[test]
fn programs_that_share_a_log_are_kept_apart() {
    let text = b"\
Jan  1 10:00:00 h nova-compute[7]: 2024-01-01 10:00:00.123 7 ERROR nova.x [-] Failed\n\
Jan  1 10:00:00 h nova-compute[7]: ValueError: x\n\
Jan  1 10:00:00 h kernel: oom\n\
Jan  1 10:00:00 h kernel:  indented\n";
    assert_eq!(messages("syslog", text), ["Failed\nValueError: x", "oom", " indented"]);
}

#[test]
fn exports_are_read_with_their_quotes_undone() {
    let csv = b"Timestamp,Payload,log_level\n2024-01-01 10:00:00,\"a \"\"b\"\"\n  c, d\",INFO\n2024-01-01 10:00:01,e,INFO\n";
    assert_eq!(messages("x.csv", csv), ["a \"b\"\n  c, d", "e"]);
    let hits = b"{\"took\":1,\"hits\":{\"hits\":[{\"_source\":{\"@timestamp\":\"2024-01-01T10:00:00Z\",\"Payload\":\"one\"}},\
        {\"_source\":{\"@timestamp\":\"2024-01-01T10:00:01Z\",\"Payload\":\"two\\nlines\"}}]}}";
    assert_eq!(messages("x.json", hits), ["one", "two\nlines"]);
}

#[test]
fn a_request_without_its_mark_is_the_request_with_it() {
    let text = "\
{\"@timestamp\":\"2024-01-01T10:00:00Z\",\"Payload\":\"one\",\"request_id\":\"11111111-2222-3333-4444-555555555555\"}\n";
    let part = part(text, 0, true);
    assert_eq!(part.symbols.text(part.events.request[0]), "req-11111111-2222-3333-4444-555555555555");
}

#[test]
fn zeros_other_encodings_and_long_lines_are_survived() {
    let line = "2024-01-01 10:00:00.000 7 INFO a.b [-] one\n";
    assert_eq!(messages("x.log", &[&vec![0; 100_000], line.as_bytes()].concat()), ["one"]);
    assert_eq!(messages("x.log", &[line.as_bytes(), b"\0\0", line.as_bytes()].concat()), ["one", "one"]);
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(line.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(messages("x.log", &wide), ["one"]);
    let long = format!("{line}2024-01-01 10:00:01.000 7 INFO a.b [-] {}\n{line}", "x".repeat(10 << 20));
    let read = messages("x.log", long.as_bytes());
    assert_eq!(read.len(), 3);
    assert!(read[1].ends_with("more bytes"));
}
