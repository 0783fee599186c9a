use super::*;

/// Checks the header's level, pid, logger, request ids and instance, and the message behind it.
fn check(line: &str, level: Level, pid: u32, logger: &str, ids: [&str; 3], message: &str) {
    let header = header(line.as_bytes()).unwrap_or_else(|| panic!("no header: {line}"));
    assert_eq!((header.level, header.pid, header.logger), (level, pid, logger), "{line}");
    assert_eq!([header.global_request, header.request, header.instance], ids, "{line}");
    assert_eq!(&line[header.body..], message, "{line}");
}

#[test]
fn oslo_in_three_generations() {
    let none = ["", "", ""];
    check(
        "2017-05-16 00:00:04.500 2931 INFO nova.compute.manager [req-3ea 113d 54f - - -] [instance: b9] VM Started",
        Level::Info,
        2931,
        "nova.compute.manager",
        ["", "req-3ea", "b9"],
        "VM Started",
    );
    check("2021-05-16 00:00:04.500 7 WARNING a.b [req-1 u p - d d] text", Level::Warning, 7, "a.b", ["", "req-1", ""], "text");
    check("2024-05-16 00:00:04.500 7 ERROR a.b [None req-1 u p - - d d] text", Level::Error, 7, "a.b", ["", "req-1", ""], "text");
    check(
        "2024-05-16 00:00:04.500 7 INFO a.b [req-0 req-1 u p - - d d] text",
        Level::Info,
        7,
        "a.b",
        ["req-0", "req-1", ""],
        "text",
    );
    check("2024-05-16 00:00:04.500 7 INFO a.b [-] text", Level::Info, 7, "a.b", none, "text");
    check("2024-05-16 00:00:04.500 7 INFO a.b [None -] text", Level::Info, 7, "a.b", none, "text");
    check("2024-05-16 00:00:04.500 7 ERROR a.b   File \"x.py\", line 1", Level::Error, 7, "a.b", none, "  File \"x.py\", line 1");
    check("2024-05-16 00:00:04.500 7 ERROR a.b", Level::Error, 7, "a.b", none, "");
    check("2024-05-16 00:00:04.500 7 INFO a.b [drop] text", Level::Info, 7, "a.b", none, "[drop] text");
}

#[test]
fn a_context_tells_records_from_traceback_lines() {
    let context = |line: &str| header(line.as_bytes()).map(|h| h.context);
    assert_eq!(context("2024-05-16 00:00:04.500 7 ERROR a.b [-] text"), Some(true));
    assert_eq!(context("2024-05-16 00:00:04.500 7 ERROR a.b [instance: u] Traceback"), Some(false));
}

#[test]
fn loghub_and_colours() {
    let line = "nova-api.log.1.2017-05-16_13:53:08 2017-05-16 00:00:00.008 25746 INFO nova.wsgi [req-9 u p - - -] GET";
    check(line, Level::Info, 25746, "nova.wsgi", ["", "req-9", ""], "GET");
    assert_eq!(header(line.as_bytes()).map(|h| h.program), Some("nova-api"));
    check("\u{1b}[00;36m2017-05-16 00:00:00.008 5 INFO a.b [-] x", Level::Info, 5, "a.b", ["", "", ""], "x");
}

#[test]
fn any_number_of_colours_is_survived() {
    let line = "\u{1b}[m".repeat(200_000) + "2017-05-16 00:00:00.008 5 INFO a.b [-] x";
    check(&line, Level::Info, 5, "a.b", ["", "", ""], "x");
    assert_eq!(header("\u{1b}[m".repeat(200_000).as_bytes()), None);
}

#[test]
fn infrastructure() {
    let none = ["", "", ""];
    check("2024-01-01T10:00:00.123Z|00042|bridge|WARN|no port", Level::Warning, 0, "bridge", none, "no port");
    check("2024-01-01T10:00:00.123Z|00042|timeval(revalidator5)|INFO|x|y", Level::Info, 0, "timeval", none, "x|y");
    check("2024-01-01 10:00:00.123+0000: 12: error : f:17 : gone", Level::Error, 12, "", none, "f:17 : gone");
    check("2024-01-01 10:00:00.123456+00:00 [error] <0.1.0> closed", Level::Error, 0, "", none, "closed");
    check("2024-01-01 10:00:00 12 [Warning] Aborted", Level::Warning, 12, "", none, "Aborted");
    check("2024-01-01  1:00:00 0 [Note] ready", Level::Info, 0, "", none, "ready");
    check("Jun  8 10:48:13 ctl haproxy[29]: Server down", Level::Unknown, 29, "", none, "Server down");
    let syslog = header(b"Jun  8 10:48:13 ctl kernel: Out of memory").map(|h| (h.host, h.program));
    assert_eq!(syslog, Some(("ctl", "kernel")));
}

#[test]
fn anything_with_a_time_is_an_event() {
    check(
        "2024-01-01 10:00:00 some daemon says: ERROR here",
        Level::Unknown,
        0,
        "",
        ["", "", ""],
        "some daemon says: ERROR here",
    );
    check("2024-01-01T10:00:00Z WARN x", Level::Warning, 0, "", ["", "", ""], "WARN x");
    assert_eq!(header(b"  File \"x.py\", line 1"), None);
    assert_eq!(header(b"Traceback (most recent call last):"), None);
    assert_eq!(header(b""), None);
}
