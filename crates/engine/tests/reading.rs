//! Reading folders as operators have them: what is no log is named with its reason, and the rest goes on.

use std::{fmt::Write, fs, path::Path};

use engine::{
    Error, Folder, Reading, Silent,
    ingest::{self, Ingested},
};
use tempfile::TempDir;

const LINE: &str = "2025-01-01 10:00:00.000 7 INFO nova.compute.manager [-] one\n";

fn read_folder(path: &Path) -> Result<Ingested, Error> {
    ingest::read(&Folder::new(path), &Reading::default(), &Silent)
}

fn reasons(read: &Ingested) -> Vec<(&str, Option<u32>, &str)> {
    read.skipped.iter().map(|s| (s.path.as_str(), s.line, s.reason.as_str())).collect()
}

#[test]
fn what_is_no_log_is_skipped_with_its_reason() {
    let folder = TempDir::new().unwrap();
    let file = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    file("nova-compute.log", LINE.as_bytes());
    file("bad.log", &[LINE.as_bytes(), b"2025-01-01 10:00:01.000 7 INFO a.b [-] \xff\xfe\n"].concat());
    file("old.log.gz", b"\x1f\x8b\x08rest");
    file("core", b"\x7fELF\0\0\0");
    file("empty.log", b"");
    file("notes.txt", b"remember the milk\n");
    let read = read_folder(folder.path()).unwrap();
    assert_eq!(
        reasons(&read),
        [
            ("bad.log", Some(2), "1 line is not UTF-8; the bytes that are not are shown as \u{fffd}"),
            ("core", None, "a program or a core dump, not text"),
            ("empty.log", None, "an empty file"),
            ("notes.txt", None, "no line begins with a time, so this is no log"),
            ("old.log.gz", None, "cut off: what is there up to that place is read"),
        ]
    );
    assert_eq!((read.events.len(), read.files.len(), read.lines), (3, 2, 3));
    assert_eq!(read.message(1), "\u{fffd}\u{fffd}");
}

#[cfg(unix)]
#[test]
fn links_and_sockets_are_named_and_not_followed() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("nova-api.log"), LINE).unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("broken")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
    let read = read_folder(folder.path()).unwrap();
    let found = reasons(&read);
    assert_eq!(found[1..], [("loop", None, "a link to a folder, which is not followed"), ("socket", None, "not a regular file")]);
    assert!(found[0].0 == "broken" && found[0].2.contains("No such file"), "{found:?}");
    assert_eq!(read.events.len(), 1);
}

#[test]
fn a_single_file_and_the_loghub_form_are_read() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("OpenStack_2k.log");
    let line = |program: &str, logger: &str| {
        format!(
            "{program}.log.1.2017-05-16_13:53:08 2017-05-16 00:00:00.008 2931 INFO {logger} [req-1 u p - - -] [instance: b9] text\n"
        )
    };
    fs::write(&path, line("nova-api", "nova.osapi_compute.wsgi.server") + &line("nova-compute", "nova.compute.manager")).unwrap();
    let read = read_folder(&path).unwrap();
    let said = |n: usize| [read.events.service(n), read.events.request[n], read.events.instance[n]].map(|s| read.symbols.text(s));
    assert_eq!((said(0), said(1)), (["nova-api", "req-1", "b9"], ["nova-compute", "req-1", "b9"]));
    assert_eq!(read.files[0].path, "OpenStack_2k.log");
    assert_eq!(read.message(1), "text");
}

#[test]
fn a_file_larger_than_a_part_reads_as_a_whole() {
    let mut text = String::new();
    for n in 0..40_000 {
        _ = writeln!(text, "2025-01-01 10:00:{:02}.{:03} 7 ERROR nova.x [-] number {n}", n / 1000 % 60, n % 1000);
        _ = writeln!(
            text,
            "2025-01-01 10:00:{:02}.{:03} 7 ERROR nova.x Traceback (most recent call last):",
            n / 1000 % 60,
            n % 1000
        );
        text.push_str("  a line without a header\n");
    }
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("nova-x.log"), &text).unwrap();
    let read = read_folder(folder.path()).unwrap();
    assert!(text.len() > 5 << 20);
    assert_eq!((read.events.len(), read.lines), (40_000, 120_000));
    let whole = |n: usize| read.events.line[n] as usize == 3 * n + 1 && read.end_line(n) as usize == 3 * n + 3;
    assert_eq!((0..40_000).find(|n| !whole(*n)), None);
    assert_eq!(read.message(39_999), "number 39999\nTraceback (most recent call last):\n  a line without a header");
}

#[test]
fn what_does_not_exist_is_a_clear_error() {
    let folder = TempDir::new().unwrap();
    let missing = read_folder(&folder.path().join("gone")).unwrap_err();
    assert_eq!(missing.code(), "not_found");
    assert!(missing.to_string().ends_with("gone does not exist"));
    assert_eq!(read_folder(folder.path()).unwrap_err().code(), "empty");
}
