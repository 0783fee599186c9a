//! Archives and packed files as operators have them, and as attackers make them; and the files that one log was rotated into.

#![expect(clippy::unwrap_used, reason = "what prepares a test may fail by panicking, as the test may")]

#[path = "containers/attacks.rs"]
mod attacks;
#[path = "containers/cache.rs"]
mod cache;
#[path = "containers/forms.rs"]
mod forms;
#[path = "containers/mutations.rs"]
mod mutations;
#[path = "containers/rotation.rs"]
mod rotation;

use std::{
    fmt::Write as _,
    fs,
    io::{Cursor, Write},
    path::{Path, PathBuf},
};

use engine::{
    Error, Folder, Reading, Silent,
    ingest::{self, Ingested},
};
use tempfile::TempDir;

/// So many lines that hardly repeat, so that packing makes them little smaller.
fn noise(count: u64) -> String {
    (0..count).fold(String::new(), |mut text, n| {
        _ = writeln!(text, "2026-01-01 00:00:00.{:03} 7 INFO a.b [-] {:x}", n % 1000, n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        text
    })
}

/// So many lines of a log, the seconds counted from `from`.
fn lines(from: usize, count: usize) -> String {
    (from..from + count).fold(String::new(), |mut text, n| {
        let (hour, minute, second) = (n / 3600 % 24, n / 60 % 60, n % 60);
        _ = writeln!(text, "2026-01-01 {hour:02}:{minute:02}:{second:02}.000 7 INFO nova.compute.manager [-] step {n}");
        text
    })
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn bz2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 1);
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(1_767_225_600);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

/// A member whose name is written as it is, however hostile.
fn raw_member(name: &[u8], kind: tar::EntryType, bytes: &[u8]) -> Vec<u8> {
    let mut header = tar::Header::new_ustar();
    header.as_old_mut().name[..name.len()].copy_from_slice(name);
    header.set_entry_type(kind);
    header.set_size(bytes.len() as u64);
    header.set_cksum();
    let padding = vec![0; bytes.len().next_multiple_of(512) - bytes.len()];
    [header.as_bytes(), bytes, &padding].concat()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let stored = name.contains("stored");
        let method = if stored { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        writer.start_file(*name, zip::write::SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A folder of files, and one beside it for the cache.
struct Logs {
    logs: TempDir,
    cache: TempDir,
}

impl Logs {
    fn of(files: &[(&str, &[u8])]) -> Self {
        let logs = Self { logs: TempDir::new().unwrap(), cache: TempDir::new().unwrap() };
        for (name, bytes) in files {
            logs.write(name, bytes);
        }
        logs
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.logs.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn folder(&self) -> Folder {
        Folder::new(self.logs.path()).cached(self.cache.path())
    }

    fn read(&self) -> Ingested {
        read(&self.folder()).unwrap()
    }

    /// The folders of the cache's entries, without those that are filled or live as long as a reading.
    fn entries(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.cache.path().join("unpacked")) else { return Vec::new() };
        let mut entries: Vec<_> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
        entries.retain(|path| !path.file_name().unwrap().to_string_lossy().starts_with('.'));
        entries.sort();
        entries
    }
}

fn read(folder: &Folder) -> Result<Ingested, Error> {
    ingest::read(folder, &Reading::default(), &Silent)
}

/// The paths of what was read, each with its events.
fn found(read: &Ingested) -> Vec<(&str, usize)> {
    let events = |file: usize| (0..read.events.len()).filter(|n| read.events.file(*n) as usize == file).count();
    read.files.iter().enumerate().map(|(n, file)| (file.path.as_str(), events(n))).collect()
}

fn reasons(read: &Ingested) -> Vec<(&str, &str)> {
    read.skipped.iter().map(|note| (note.path.as_str(), note.reason.as_str())).collect()
}

/// All files under a folder.
fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_under(&path)) } else { files.push(path) }
    }
    files
}
