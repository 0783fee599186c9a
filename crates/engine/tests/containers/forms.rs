//! Every form, alone and in others.

use super::*;

#[test]
fn a_packed_file_is_read_whatever_its_name() {
    let text = lines(0, 50);
    let packed = [gz(text.as_bytes()), bz2(text.as_bytes()), xz(text.as_bytes()), zst(text.as_bytes())];
    for bytes in &packed {
        let logs = Logs::of(&[("nova/nova-compute.log", bytes)]);
        let read = logs.read();
        assert_eq!((found(&read), reasons(&read)), (vec![("nova/nova-compute.log", 50)], vec![]));
        assert_eq!(read.message(49), "step 49");
    }
}

#[test]
fn streams_behind_each_other_are_one_text() {
    let (one, two) = (lines(0, 20), lines(20, 20));
    for pack in [gz, bz2, xz, zst] {
        let bytes = [pack(one.as_bytes()), pack(two.as_bytes())].concat();
        let read = Logs::of(&[("a.log", &bytes)]).read();
        assert_eq!((found(&read), reasons(&read)), (vec![("a.log", 40)], vec![]));
    }
}

#[test]
fn an_archive_is_read_packed_in_any_way() {
    let (nova, neutron) = (lines(0, 30), lines(5, 10));
    let members = [("var/log/nova/nova-api.log", nova.as_bytes()), ("var/log/neutron/server.log", neutron.as_bytes())];
    let plain = tar(&members);
    for bytes in [plain.clone(), gz(&plain), bz2(&plain), xz(&plain), zst(&plain), zip(&members)] {
        let read = Logs::of(&[("logs", &bytes)]).read();
        assert_eq!(found(&read), [("logs/var/log/neutron/server.log", 10), ("logs/var/log/nova/nova-api.log", 30)]);
        assert_eq!(reasons(&read), []);
    }
}

#[test]
fn a_file_may_be_given_itself_and_needs_no_cache() {
    let logs = Logs::of(&[("logs.tgz", &gz(&tar(&[("a/a.log", lines(0, 5).as_bytes())])))]);
    let read = read(&Folder::new(logs.logs.path().join("logs.tgz"))).unwrap();
    assert_eq!(found(&read), [("logs.tgz/a/a.log", 5)]);
    assert_eq!(logs.entries(), Vec::<PathBuf>::new());
}

#[test]
fn archives_in_archives_are_read() {
    let text = lines(0, 12);
    let rotated = gz(text.as_bytes());
    let live = lines(12, 3);
    let sos = xz(&tar(&[("sos-c1/var/log/nova/n.log.1.gz", &rotated), ("sos-c1/var/log/nova/n.log", live.as_bytes())]));
    let inner = zip(&[("x.stored.log", text.as_bytes())]);
    let outer = gz(&tar(&[("must-gather/sos-c1.tar.xz", &sos), ("must-gather/more.zip", &inner)]));
    let read = Logs::of(&[("must-gather.tar.gz", &outer)]).read();
    let sos = "must-gather.tar.gz/must-gather/sos-c1.tar.xz/sos-c1/var/log/nova";
    let (old, new) = (format!("{sos}/n.log.1.gz"), format!("{sos}/n.log"));
    let more = "must-gather.tar.gz/must-gather/more.zip/x.stored.log";
    assert_eq!(found(&read), [(more, 12), (old.as_str(), 12), (new.as_str(), 3)]);
    assert_eq!((reasons(&read), read.streams()), (vec![], vec![0, 1, 1]));
}

#[test]
fn facts_are_kept_and_other_files_left_out_with_a_reason() {
    let text = lines(0, 3);
    let outputs: Vec<(String, Vec<u8>)> = (0..9).map(|n| (format!("sos_commands/x/{n}"), b"some output\n".to_vec())).collect();
    let mut members = vec![
        ("sos_commands/host/hostname", &b"compute-1\n"[..]),
        ("var/log/nova.log", text.as_bytes()),
        ("var/log/journal/system.journal", b"LPKSHHRH\0\0\0\0"),
        ("var/crash/core.1", b"\x7fELF\x02"),
    ];
    members.extend(outputs.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    let check = |read: &Ingested, root: &str| {
        let facts: Vec<_> = read.facts.iter().map(|fact| (fact.path.clone(), fact.text.as_str())).collect();
        assert_eq!(facts, [(format!("{root}sos_commands/host/hostname"), "compute-1\n")]);
        assert_eq!(found(read), [(format!("{root}var/log/nova.log").as_str(), 3)]);
        let reasons = reasons(read);
        assert!(reasons.iter().any(|(path, why)| path.ends_with("core.1") && why.contains("core dump")), "{reasons:?}");
        assert!(reasons.iter().any(|(_, why)| why.contains("journalctl")), "{reasons:?}");
    };
    let packed = Logs::of(&[("sos.tar", &tar(&members))]);
    let read = packed.read();
    check(&read, "sos.tar/");
    assert!(
        reasons(&read).iter().any(|(path, why)| *path == "sos.tar" && why.starts_with("9 files in it")),
        "{:?}",
        read.skipped
    );
    assert_eq!(
        files_under(packed.cache.path()).iter().filter(|file| file.ends_with("000001")).count(),
        0,
        "only logs are stored"
    );
    check(&Logs::of(&members).read(), "");
}

#[test]
fn long_and_sparse_members_are_read_by_their_own_name() {
    let long = format!("{}/nova-api.log", "d".repeat(300));
    let text = lines(0, 7);
    let read = Logs::of(&[("a.tar", &tar(&[(&long, text.as_bytes())]))]).read();
    assert_eq!(found(&read), [(format!("a.tar/{long}").as_str(), 7)]);

    // As a log is that a writer went on with behind its old end: a hole, and text behind it.
    let body = text.as_bytes();
    let map = format!("1\n{}\n{}\n", 1 << 30, body.len());
    let data = [map.as_bytes(), &vec![0; 512 - map.len()], body].concat();
    let record = |key: &str, value: &str| {
        let rest = format!(" {key}={value}\n");
        let length = (rest.len()..rest.len() + 9).find(|n| n.to_string().len() + rest.len() == *n).unwrap();
        format!("{length}{rest}")
    };
    let size = ((1 << 30) + body.len()).to_string();
    let pax = [
        record("GNU.sparse.major", "1"),
        record("GNU.sparse.minor", "0"),
        record("GNU.sparse.name", "var/nova.log"),
        record("GNU.sparse.realsize", &size),
    ];
    let extended = raw_member(b"PaxHeaders/nova.log", tar::EntryType::XHeader, pax.concat().as_bytes());
    let sparse = raw_member(b"GNUSparseFile.0/nova.log", tar::EntryType::Regular, &data);
    let read = Logs::of(&[("s.tar", &[extended, sparse, vec![0; 1024]].concat())]).read();
    assert_eq!((found(&read), reasons(&read)), (vec![("s.tar/var/nova.log", 7)], vec![]));
}
