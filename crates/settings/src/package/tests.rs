use std::io::Cursor;

use super::*;

/// The files of the model that ships.
fn shipped() -> Files {
    crate::models::shipped_files()
}

/// An archive of members, each a path, a kind and its bytes; headers as `change` leaves them.
fn archive(members: &[(&str, EntryType, &[u8])], change: impl Fn(&mut Header)) -> Vec<u8> {
    let mut archive = Vec::new();
    for (path, kind, bytes) in members {
        let mut header = Header::new_gnu();
        // The builder refuses the paths that an attacker writes.
        header.as_gnu_mut().unwrap().name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_entry_type(*kind);
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        change(&mut header);
        header.set_cksum();
        archive.extend(header.as_bytes());
        archive.extend(*bytes);
        archive.resize(archive.len().next_multiple_of(512), 0);
    }
    archive.resize(archive.len() + 1024, 0);
    archive
}

fn plain(members: &[(&str, EntryType, &[u8])]) -> Vec<u8> {
    archive(members, |_| ())
}

/// Why an archive with these bytes is refused.
fn refused(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.tar.gz");
    fs::write(&path, bytes).unwrap();
    let error = read(&path).unwrap_err();
    assert_eq!(error.code(), "model_file", "{error}");
    assert!(error.to_string().contains("model.tar.gz"), "{error}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is unpacked");
    error.to_string()
}

fn packed() -> Vec<u8> {
    let files = shipped();
    let files = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let mut out = Vec::new();
    write("mine", &files, &mut out).unwrap();
    out
}

#[test]
fn what_is_written_is_read_back_and_other_programs_read_it_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.tar.gz");
    fs::write(&path, packed()).unwrap();
    let read = read(&path).unwrap();
    assert_eq!(read.model.summary().name, "default");
    assert_eq!(read.card.as_deref().map(str::as_bytes), shipped().get(CARD).map(Vec::as_slice));
    let mut archive = Archive::new(GzDecoder::new(Cursor::new(packed())));
    let names: Vec<_> = archive.entries().unwrap().map(|e| e.unwrap().path().unwrap().display().to_string()).collect();
    assert_eq!(names, ["mine/CARD.md", "mine/model.json", "mine/weights.bin"]);
}

#[test]
fn an_archive_that_is_cut_off_anywhere_is_damaged() {
    let whole = packed();
    for length in [0, 1, 5, 100, whole.len() / 2, whole.len() - 9, whole.len() - 1] {
        refused(&whole[..length]);
    }
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 0x40;
    refused(&flipped);
    let mut sum = whole.clone();
    let last = whole.len() - 5;
    sum[last] ^= 1;
    assert!(refused(&sum).contains("damaged"));
}

#[test]
fn a_member_cannot_lie_outside_of_the_archive() {
    let files = shipped();
    for path in ["../model.json", "a/../../model.json", "/etc/model.json", "mine/../model.json"] {
        assert!(refused(&plain(&[(path, EntryType::Regular, &files[MODEL])])).contains("lies outside of it"), "{path}");
    }
}

#[test]
fn links_and_devices_are_no_model() {
    for kind in [EntryType::Symlink, EntryType::Link, EntryType::Char, EntryType::Fifo] {
        assert!(refused(&plain(&[("mine/weights.bin", kind, b"")])).contains("no file"), "{kind:?}");
    }
}

#[test]
fn a_huge_size_is_refused_before_anything_is_read() {
    for size in [MOST_BYTES + 1, 1 << 60, u64::MAX >> 1] {
        let huge = archive(&[("mine/weights.bin", EntryType::Regular, b"few")], |header| header.set_size(size));
        assert!(refused(&huge).contains("are the most"), "{size}");
    }
    let card = archive(&[("mine/CARD.md", EntryType::Regular, b"few")], |header| header.set_size(MOST_CARD + 1));
    assert!(refused(&card).contains("CARD.md has"));
    let claimed = archive(&[("mine/weights.bin", EntryType::Regular, b"few")], |header| header.set_size(1 << 20));
    assert!(refused(&claimed).contains("cut off"));
}

#[test]
fn what_is_no_model_is_told_as_such() {
    let files = shipped();
    let whole = |model: &[u8], weights: &[u8]| {
        plain(&[("mine/model.json", EntryType::Regular, model), ("mine/weights.bin", EntryType::Regular, weights)])
    };
    assert!(refused(b"PK\x03\x04 a zip file, or a letter").contains("no archive of a model"));
    assert!(refused(&whole(b"{}", &files[WEIGHTS])).contains("model.json is not understood"));
    assert!(refused(&whole(&files[MODEL], &files[WEIGHTS][..1000])).contains("weights.bin is not understood"));
    assert!(refused(&plain(&[("mine/model.json", EntryType::Regular, &files[MODEL])])).contains("it has no weights.bin"));
    assert!(refused(&plain(&[("mine/run.sh", EntryType::Regular, b"")])).contains("run.sh, which is no part"));
    assert!(refused(&plain(&[("a/b/model.json", EntryType::Regular, b"")])).contains("no part of a model"));
    let twice = [("a/CARD.md", EntryType::Regular, &b"x"[..]), ("b/CARD.md", EntryType::Regular, b"y")];
    assert!(refused(&plain(&twice)).contains("two files named CARD.md"));
    let many = vec![("d", EntryType::Directory, &b""[..]); MOST_MEMBERS + 1];
    assert!(refused(&plain(&many)).contains("more than a model"));
}

#[test]
fn a_folder_is_read_and_an_empty_one_is_no_model() {
    let folder = tempfile::tempdir().unwrap();
    assert!(read(folder.path()).unwrap_err().to_string().contains("neither a model.json"));
    for (name, bytes) in shipped() {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    assert_eq!(read(folder.path()).unwrap().model.summary().name, "default");
    assert_eq!(read(&folder.path().join("gone")).unwrap_err().code(), "not_found");
}
