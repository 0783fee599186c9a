//! What must hold for any archive: the targets of `fuzz` and the tests of containers check the same.

use std::{fs, path::Path, sync::OnceLock};

use engine::{
    Silent,
    ingest::container::{self, Archive, Contents, Limits},
};
use tempfile::TempDir;

/// A check of one form, by its name.
pub type Check = fn(&[u8]);

/// All checks.
pub const ALL: [(&str, Check); 7] =
    [("tar", tar), ("zip", zip), ("gz", gz), ("bz2", bz2), ("xz", xz), ("zst", zst), ("cache", cache)];

/// A tar archive, whose checksums are made right where a header is marked, so that what is behind them is reached.
pub fn tar(data: &[u8]) {
    let mut bytes = data.to_vec();
    for block in bytes.chunks_exact_mut(512).filter(|block| block[257..262] == *b"ustar") {
        block[148..156].fill(b' ');
        let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
        block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    }
    check(&bytes);
}

/// A zip archive.
pub fn zip(data: &[u8]) {
    check(&begun(b"PK\x03\x04", data));
}

/// A stream of gzip.
pub fn gz(data: &[u8]) {
    check(&begun(b"\x1f\x8b\x08", data));
}

/// A stream of bzip2.
pub fn bz2(data: &[u8]) {
    check(&begun(b"BZh91AY&SY", data));
}

/// A stream of xz.
pub fn xz(data: &[u8]) {
    check(&begun(b"\xfd7zXZ\0", data));
}

/// A frame of zstd.
pub fn zst(data: &[u8]) {
    check(&begun(b"\x28\xb5\x2f\xfd", data));
}

/// The index of an entry that somebody else has written, as it is and with what it was made of in front: what is read is still what
/// the archive holds.
pub fn cache(data: &[u8]) {
    let folder = folder();
    let (file, cache) = (folder.join("tiny.log.gz"), folder.join("cache"));
    // One byte in a stored block.
    put(&file, b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x01\x01\0\xfe\xff1\xb7\xef\xdc\x83\x01\0\0\0");
    let index = || -> Vec<_> {
        let entries = fs::read_dir(cache.join("unpacked")).unwrap().map(|entry| entry.unwrap().path().join("index.json"));
        entries.filter(|path| path.exists()).collect()
    };
    unpack(&file, Some(&cache));
    for path in index() {
        let whole = fs::read(&path).unwrap();
        let end = whole.windows(9).position(|text| text == b"\"members\"").expect("an index lists its members");
        for written in [data.to_vec(), [&whole[..end], data].concat()] {
            put(&path, &written);
            let contents = unpack(&file, Some(&cache));
            assert!(contents.logs.iter().all(|log| log.file.starts_with(&cache)), "{contents:?}");
        }
    }
    fs::remove_dir_all(&cache).unwrap();
}

/// Writes a file that may be there. Some file systems wait for the disk where one is written over.
fn put(path: &Path, bytes: &[u8]) {
    _ = fs::remove_file(path);
    fs::write(path, bytes).unwrap();
}

/// The bytes, with the mark of a form in front where it is missing.
fn begun(mark: &[u8], data: &[u8]) -> Vec<u8> {
    if data.starts_with(mark) { data.to_vec() } else { [mark, data].concat() }
}

/// Unpacks an archive: nothing is written outside, and no limit is passed by more than what is copied at a time.
fn check(bytes: &[u8]) {
    let file = folder().join("archive");
    put(&file, bytes);
    let contents = unpack(&file, None);
    let stored: u64 = contents.logs.iter().map(|log| fs::metadata(&log.file).unwrap().len()).sum();
    assert!(stored <= LIMITS.bytes, "{stored} bytes were stored");
    assert!(contents.logs.len() as u64 <= LIMITS.members + 1);
    for log in &contents.logs {
        assert!(contents.leases.iter().filter_map(|lease| lease.temporary()).any(|folder| log.file.parent() == Some(folder)));
        assert!(log.path.starts_with("archive") && !log.path.split('/').any(|part| part == ".."), "{}", log.path);
    }
}

const LIMITS: Limits = Limits { depth: 3, ratio: 100, free: 1 << 20, bytes: 4 << 20, members: 64, cache: 1 << 30 };

fn unpack(file: &Path, cache: Option<&Path>) -> Contents {
    let path = file.file_name().unwrap().to_string_lossy().into_owned();
    let archives = [Archive { file: file.to_path_buf(), path }];
    container::unpack(&archives, cache, &LIMITS, &|_, _| Ok(()), &Silent).unwrap()
}

/// A folder of this process.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    FOLDER.get_or_init(|| TempDir::new().unwrap()).path()
}
