//! The files that one log was rotated into.

use super::*;

fn paths(read: &Ingested) -> Vec<&str> {
    read.files.iter().map(|file| file.path.as_str()).collect()
}

#[test]
fn rotated_files_join_their_stream_oldest_first() {
    let text = |hour: usize| lines(hour * 3600, 4);
    let (dated, packed) = (text(1), gz(text(2).as_bytes()));
    let logs = Logs::of(&[
        ("nova/nova-api.log", text(6).as_bytes()),
        ("nova/nova-api.log.1", text(5).as_bytes()),
        ("nova/nova-api.log.2.gz", &gz(text(4).as_bytes())),
        ("nova/nova-api.log.10.gz", &gz(text(3).as_bytes())),
        ("nova/nova-api.log-20251231.gz", &packed),
        ("nova/nova-api.log.2025-12-30_13:53:08", dated.as_bytes()),
        ("nova/nova-compute.log", text(1).as_bytes()),
    ]);
    let read = logs.read();
    let expected = [
        "nova/nova-api.log.2025-12-30_13:53:08",
        "nova/nova-api.log-20251231.gz",
        "nova/nova-api.log.10.gz",
        "nova/nova-api.log.2.gz",
        "nova/nova-api.log.1",
        "nova/nova-api.log",
        "nova/nova-compute.log",
    ];
    assert_eq!((paths(&read), read.streams()), (expected.to_vec(), vec![0, 0, 0, 0, 0, 0, 1]));
}

#[test]
fn times_win_where_they_contradict_the_names() {
    let logs = Logs::of(&[
        ("a.log", lines(10_000, 4).as_bytes()),
        ("a.log.1", lines(100, 4).as_bytes()),
        ("a.log.2", lines(5000, 4).as_bytes()),
    ]);
    assert_eq!(paths(&logs.read()), ["a.log.1", "a.log.2", "a.log"]);
}

#[test]
fn lines_at_a_seam_are_read_once_and_keep_their_numbers() {
    let logs = Logs::of(&[("a.log.1", lines(0, 3000).as_bytes()), ("a.log", lines(2990, 100).as_bytes())]);
    let read = logs.read();
    assert_eq!(found(&read), [("a.log.1", 3000), ("a.log", 90)]);
    assert_eq!((read.message(3000).as_str(), read.events.line[3000]), ("step 3000", 11));
    let copied = Logs::of(&[
        ("a.log.1", lines(0, 30).as_bytes()),
        ("a.log.1.gz", &gz(lines(0, 30).as_bytes())),
        ("a.log", lines(30, 5).as_bytes()),
    ]);
    let read = copied.read();
    assert_eq!(read.events.len(), 35);
    assert_eq!(reasons(&read), [("a.log.1.gz", "a copy: all of its text stands in a.log.1 too, and is read there")]);
}

#[test]
fn zeros_in_front_are_stepped_over_in_files_and_archives() {
    let text = [vec![0; 200_000], lines(0, 10).into_bytes()].concat();
    for (name, bytes) in [("a.log", text.clone()), ("a.log.gz", gz(&text)), ("a.log", tar(&[("a.log", &text)]))] {
        let read = Logs::of(&[(name, &bytes)]).read();
        assert_eq!(read.events.len(), 10, "{name}");
        assert_eq!(reasons(&read)[0].1, "200000 NUL bytes in front, which copytruncate leaves, were stepped over");
    }
}
