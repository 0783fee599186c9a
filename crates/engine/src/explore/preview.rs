//! A first look at logs while they are read: rows from the beginnings of the files.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use super::{Explorer, Row, Selection};
use crate::{
    Error, Logs, Reading, Silent,
    ingest::{self, source::Memory},
    template::{Template, Templates},
};

/// Bytes of a file that are read.
const HEAD: u64 = 64 << 10;
/// Files that are looked at, the newest first.
const MOST_FILES: usize = 200;
/// Entries of folders that are gone through: finding the newest among more would take too long.
const MOST_ENTRIES: usize = 20_000;
/// Folders deeper than this are not looked into.
const DEEPEST: usize = 12;

/// Rows from the beginnings of the newest files, in the order of time; nothing where nothing can be read so soon, as in an archive.
///
/// # Errors
/// [`Error::NotFound`] or [`Error::Io`] where the path cannot be read.
pub fn rows(path: &Path, most: usize) -> Result<Vec<Row>, Error> {
    let heads = Memory { texts: heads(path)? };
    let Ok(read) = ingest::read(&heads, &Reading::default(), &Silent) else { return Ok(Vec::new()) };
    let events = read.events.len();
    let none = Template { origin: String::new(), text: String::new() };
    let templates =
        Templates { list: vec![none], known: 0, firsts: vec![Some(0)], counts: vec![events as u32], ..Templates::default() };
    let (read, of, importance) = (Arc::new(read), vec![0; events], Vec::new());
    let explorer = Explorer::new(Arc::new(Logs { read, templates, of, importance, mined: None }));
    let all = Selection::default();
    all.set_span(0..explorer.order.len());
    Ok(explorer.rows(&all, 0, most))
}

/// Path and beginning of the newest files.
fn heads(root: &Path) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut found = Vec::new();
    if fs::metadata(root).map_err(Error::io(root))?.is_dir() {
        fs::read_dir(root).map_err(Error::io(root))?;
        walk(root, &mut found);
    } else {
        found.push((Duration::ZERO, root.to_path_buf()));
    }
    found.sort_by(|a, b| b.cmp(a));
    found.truncate(MOST_FILES);
    let mut heads: Vec<(String, Vec<u8>)> = found.iter().filter_map(|(_, path)| Some((name(root, path), head(path)?))).collect();
    heads.sort();
    Ok(heads)
}

fn walk(root: &Path, found: &mut Vec<(Duration, PathBuf)>) {
    let mut folders = vec![(root.to_path_buf(), 0)];
    let mut entries = 0;
    while let Some((folder, depth)) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            entries += 1;
            if entries > MOST_ENTRIES {
                return;
            }
            // Unlike `fs::metadata` this follows no links, which can lead in circles.
            let Ok(meta) = entry.metadata() else { continue };
            if meta.is_dir() && depth < DEEPEST {
                folders.push((entry.path(), depth + 1));
            } else if meta.is_file() {
                let modified = meta.modified().ok().and_then(|m| m.duration_since(UNIX_EPOCH).ok());
                found.push((modified.unwrap_or_default(), entry.path()));
            }
        }
    }
}

/// The path within the root, with `/` between its parts.
fn name(root: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(root).ok().filter(|inner| !inner.as_os_str().is_empty());
    let inner = inner.unwrap_or_else(|| path.file_name().map_or(path, Path::new));
    inner.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The whole lines at the beginning of a file; none where it cannot be read.
fn head(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(HEAD).read_to_end(&mut bytes).ok()?;
    if bytes.len() as u64 == HEAD {
        // The record that runs on behind the end would be shown cut.
        bytes.truncate(memchr::memrchr(b'\n', &bytes).map_or(0, |end| end + 1));
    }
    Some(bytes)
}
