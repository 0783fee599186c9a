//! What archives hold that were cut, damaged, or made to harm.

use engine::ingest::container::Limits;

use super::*;

#[test]
fn a_file_that_was_cut_gives_its_lines_up_to_there() {
    for pack in [gz, bz2, xz, zst] {
        // Long enough for several blocks, of which each form gives the whole ones.
        let text = noise(60_000);
        let whole = pack(text.as_bytes());
        let logs = Logs::of(&[("a.log", &whole[..whole.len() * 3 / 4])]);
        let read = logs.read();
        assert!(found(&read)[0].1 > 5_000, "{:?}", found(&read));
        assert_eq!(reasons(&read), [("a.log", "cut off: what is there up to that place is read")]);
    }
}

#[test]
fn damage_is_noted_and_what_is_whole_is_read() {
    let text = lines(0, 40);
    let mut bytes = gz(text.as_bytes());
    let at = bytes.len() - 6;
    bytes[at] ^= 1;
    let read = Logs::of(&[("a.log", &bytes)]).read();
    assert_eq!(found(&read), [("a.log", 40)]);
    assert!(reasons(&read)[0].1.starts_with("damaged"), "a wrong checksum is told: {:?}", reasons(&read));

    let mut bytes = tar(&[("a.log", text.as_bytes()), ("b.log", text.as_bytes()), ("c.log", text.as_bytes())]);
    let second = 512 + text.len().next_multiple_of(512);
    bytes[second + 10] ^= 1;
    let read = Logs::of(&[("x.tar", &bytes)]).read();
    assert_eq!(found(&read), [("x.tar/a.log", 40), ("x.tar/c.log", 40)]);
    assert_eq!(reasons(&read), [("x.tar", "damaged in 1 places: what is whole between them is read")]);
}

#[test]
fn an_archive_that_was_cut_gives_the_members_before() {
    let (one, two) = (lines(0, 100), lines(100, 4000));
    let members = [("a.log", one.as_bytes()), ("b.log", two.as_bytes())];
    let plain = tar(&members);
    let zipped = zip(&members);
    for bytes in [&plain[..plain.len() / 2], &gz(&plain)[..gz(&plain).len() / 2], &zipped[..zipped.len() / 2]] {
        let read = Logs::of(&[("x", bytes)]).read();
        let found = found(&read);
        assert_eq!(found[0], ("x/a.log", 100));
        assert!(found[1].0 == "x/b.log" && (100..4000).contains(&found[1].1), "{found:?}");
        assert!(reasons(&read).contains(&("x/b.log", "cut off: what is there up to that place is read")), "{:?}", read.skipped);
    }
}

#[test]
fn names_lead_nowhere() {
    let text = lines(0, 2);
    let file = tar::EntryType::Regular;
    let mut bytes = Vec::new();
    for name in [
        &b"/etc/absolute.log"[..],
        b"../../up.log",
        b"a/../../b.log",
        b"\xff\xfe.log",
        b"same.log",
        b"same.log",
        b"c\n\x1b[2J.log",
    ] {
        bytes.extend(raw_member(name, file, text.as_bytes()));
    }
    bytes.extend(raw_member(b"link.log", tar::EntryType::Symlink, b""));
    bytes.extend(raw_member(b"hard.log", tar::EntryType::Link, b""));
    bytes.extend(raw_member(b"dev.log", tar::EntryType::Char, b""));
    let long = format!("{}.log", "n".repeat(5000));
    bytes.extend(tar(&[(&long, text.as_bytes())]));
    let logs = Logs::of(&[("x.tar", &bytes)]);
    let read = logs.read();
    let paths: Vec<&str> = read.files.iter().map(|file| file.path.as_str()).filter(|path| path.len() < 100).collect();
    assert_eq!(
        paths,
        [
            "x.tar/a/b.log",
            "x.tar/c\u{fffd}\u{fffd}[2J.log",
            "x.tar/etc/absolute.log",
            "x.tar/same.log",
            "x.tar/same.log (2)",
            "x.tar/up.log",
            "x.tar/\u{fffd}\u{fffd}.log",
        ]
    );
    assert_eq!(read.files.len(), 8, "the one with the long name is read too");
    let skipped: Vec<&str> = read.skipped.iter().map(|note| note.path.as_str()).collect();
    assert_eq!(skipped, ["x.tar/dev.log", "x.tar/hard.log", "x.tar/link.log"]);
    let beside: Vec<_> = files_under(logs.logs.path());
    assert_eq!(beside, [logs.logs.path().join("x.tar")], "nothing is written beside the archive");
}

#[test]
fn bombs_are_stopped_and_the_rest_is_read() {
    let text = lines(0, 5);
    let line = "2026-01-01 00:00:00.000 7 INFO a.b [-] the same\n";
    let bomb = line.repeat(40_000);
    let limits = Limits { ratio: 50, free: 100 << 10, ..Limits::default() };
    for (name, pack) in [("b.gz", gz as fn(&[u8]) -> Vec<u8>), ("b.bz2", bz2), ("b.xz", xz), ("b.zst", zst)] {
        let logs = Logs::of(&[("x.tar", &tar(&[(name, &pack(bomb.as_bytes())), ("z.log", text.as_bytes())]))]);
        let read = read(&logs.folder().limited(limits)).unwrap();
        let paths: Vec<&str> = read.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, [format!("x.tar/{name}").as_str(), "x.tar/z.log"]);
        assert!(read.bytes < bomb.len() as u64, "{name} gave {} bytes", read.bytes);
        assert!(reasons(&read)[0].1.contains("more than 50 times its packed size"), "{:?}", reasons(&read));
    }
}

#[test]
fn depth_members_and_size_have_limits() {
    let text = lines(0, 100);
    let mut nested = gz(text.as_bytes());
    for _ in 0..5 {
        nested = gz(&nested);
    }
    let read_limited = |bytes: &[u8], limits: Limits| {
        let logs = Logs::of(&[("live.log", text.as_bytes()), ("x", bytes)]);
        let read = read(&logs.folder().limited(limits)).unwrap();
        (read, logs.entries().len())
    };
    let (read, _) = read_limited(&nested, Limits::default());
    assert_eq!(reasons(&read), [("x", "lies deeper than 5 archives in each other: unpack it first")]);

    let many = tar(&[("a.log", text.as_bytes()), ("b.log", text.as_bytes()), ("c.log", text.as_bytes())]);
    let (read, kept) = read_limited(&many, Limits { members: 2, ..Limits::default() });
    assert_eq!(read.files.len(), 3);
    assert!(reasons(&read)[0].1.contains("more than 2 files"), "{:?}", reasons(&read));
    assert_eq!(kept, 0, "an entry that is not whole is not kept");

    let (read, kept) = read_limited(&many, Limits { bytes: 3 * text.len() as u64 / 2, ..Limits::default() });
    assert!(reasons(&read).iter().any(|(_, why)| why.starts_with("left out from here on")), "{:?}", reasons(&read));
    assert!(found(&read).contains(&("x/a.log", 100)) && kept == 0);
}

#[test]
fn what_is_encrypted_or_overlaps_in_a_zip_is_told() {
    let text = lines(0, 30);
    let mut bytes = zip(&[("a.log", text.as_bytes()), ("b.log", text.as_bytes())]);
    let at: Vec<usize> = memchr::memmem::find_iter(&bytes, b"PK\x01\x02").collect();
    bytes[at[0] + 8] |= 1;
    let read = Logs::of(&[("x.zip", &bytes)]).read();
    assert_eq!(found(&read), [("x.zip/b.log", 30)]);
    assert_eq!(reasons(&read), [("x.zip/a.log", "encrypted: unpack it first, with its password")]);

    bytes[at[0] + 8] &= !1;
    let huge = u32::try_from(bytes.len()).unwrap().to_le_bytes();
    bytes[at[1] + 20..at[1] + 24].copy_from_slice(&huge);
    let read = Logs::of(&[("x.zip", &bytes)]).read();
    assert_eq!(found(&read), [("x.zip/a.log", 30)]);
    assert!(reasons(&read)[0].1.contains("overlap"), "{:?}", reasons(&read));
}
