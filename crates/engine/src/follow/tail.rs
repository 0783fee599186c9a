//! Reads what the files of a folder grow by: whole records, through rotation and truncation.

use std::{
    collections::BTreeMap,
    fs::{self, File, Metadata},
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use crate::{
    Error,
    ingest::{Ingested, LogFile, container, formats, source::Text},
};

/// Bytes read of one file at a time; what is left comes with the next look.
const MOST: u64 = 8 << 20;
/// Bytes of a record that is still being written, at most: what is longer is taken in parts.
const LONGEST: usize = 1 << 20;
/// Bytes before the place reached by which a file is known again.
const MARK: usize = 64;
/// Bytes by which is told what a file holds.
const SAMPLE: u64 = 512;

/// What a file has grown by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grown {
    /// The file, relative to the folder.
    pub path: String,
    /// Number of the first line, from 1.
    pub line: u32,
    /// Whole lines.
    pub bytes: Vec<u8>,
}

/// The files of a folder, and how far each has been read.
#[derive(Debug)]
pub struct Tails {
    root: PathBuf,
    files: BTreeMap<String, Tail>,
    /// Whether the files that are found now were there from the beginning.
    first: bool,
    /// Whether a file was cut short since [`Tails::take_cut`].
    cut: bool,
}

/// What tells a file from others whatever it is called: device and number; none where the system has none.
type Id = Option<(u64, u64)>;

#[derive(Debug, Default)]
struct Tail {
    id: Id,
    offset: u64,
    /// Lines before `held`.
    lines: u32,
    /// What was read and may go on: the last record, or a line without its end.
    held: Vec<u8>,
    mark: Vec<u8>,
}

struct Found {
    path: String,
    full: PathBuf,
    id: Id,
    size: u64,
}

impl Tails {
    /// Begins at the present ends of the files of a folder, or of the one file.
    ///
    /// # Errors
    /// [`Error::NotFound`] or [`Error::Io`] where the folder cannot be read.
    pub fn begin(root: &Path) -> Result<Self, Error> {
        let mut tails = Self { root: root.into(), files: BTreeMap::new(), first: true, cut: false };
        tails.look()?;
        tails.first = false;
        Ok(tails)
    }

    /// Begins where logs ended when they were read: what has been written since comes with the first look. What was written to a file
    /// between then and its rotation is lost.
    ///
    /// # Errors
    /// [`Error::NotFound`] or [`Error::Io`] where the folder cannot be read.
    pub fn since(root: &Path, read: &Ingested) -> Result<Self, Error> {
        let mut tails = Self { root: root.into(), files: BTreeMap::new(), first: false, cut: false };
        for file in tails.find()? {
            let known = read.files.iter().find(|f| f.path == file.path);
            // A file that is shorter now was cut or written anew: what is mapped of it must not be touched.
            let shrunk = known.is_some_and(|f| matches!(&f.text, Text::Mapped(map) if map.len() as u64 > file.size));
            tails.cut |= shrunk;
            let tail = Tail::since(&file, read, known.filter(|_| !shrunk));
            tails.files.insert(file.path, tail);
        }
        Ok(tails)
    }

    /// Whether a file was cut short since the last time that this was asked.
    pub fn take_cut(&mut self) -> bool {
        std::mem::take(&mut self.cut)
    }

    /// Files that are followed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// What has been written since the last look. The last record of a file that still grows is held back until it is whole: until
    /// another record begins, or the file rests from one look to the next.
    ///
    /// # Errors
    /// [`Error::NotFound`] or [`Error::Io`] where the folder cannot be read; a file that cannot be read is tried again at the next look.
    pub fn look(&mut self) -> Result<Vec<Grown>, Error> {
        let found = self.find()?;
        let mut before = std::mem::take(&mut self.files);
        let mut grown = Vec::new();
        for file in found {
            let mut tail = known(&mut before, &file).unwrap_or_else(|| Tail::new(&file, self.first));
            // A file that vanishes or cannot be read now is looked at again.
            self.cut |= tail.offset > file.size;
            tail.read(&file, &mut grown).unwrap_or_default();
            self.files.insert(file.path, tail);
        }
        // What was held of files that are gone is all that there will be of them.
        for (path, mut tail) in before {
            tail.give(path, tail.held.len(), &mut grown);
        }
        Ok(grown)
    }

    fn find(&self) -> Result<Vec<Found>, Error> {
        let meta = fs::metadata(&self.root).map_err(Error::io(&self.root))?;
        if meta.is_file() {
            if self.files.is_empty() && is_packed(&self.root) {
                return Err(Error::Packed(self.root.clone()));
            }
            let path = self.root.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            return Ok(vec![Found { path, full: self.root.clone(), id: id(&meta), size: meta.len() }]);
        }
        let mut found = Vec::new();
        let mut folders = vec![(self.root.clone(), String::new())];
        while let Some((folder, prefix)) = folders.pop() {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(e) if prefix.is_empty() => return Err(Error::io(folder)(e)),
                // A folder below that cannot be read now may be so later.
                Err(_) => continue,
            };
            for entry in entries.flatten() {
                let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
                let linked = entry.file_type().is_ok_and(|t| t.is_symlink());
                match fs::metadata(entry.path()) {
                    Ok(meta) if meta.is_dir() && !linked => folders.push((entry.path(), format!("{path}/"))),
                    Ok(meta) if meta.is_file() => {
                        found.push(Found { path, full: entry.path(), id: id(&meta), size: meta.len() });
                    }
                    _ => {}
                }
            }
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }
}

/// The tail of a file: by what tells it from others, since rotation gives it another name; by its path where nothing does.
fn known(tails: &mut BTreeMap<String, Tail>, file: &Found) -> Option<Tail> {
    let path = match file.id {
        None => Some(file.path.clone()),
        id => {
            let same = tails.get(&file.path).is_some_and(|t| t.id == id).then(|| file.path.clone());
            same.or_else(|| tails.iter().find(|(_, t)| t.id == id).map(|(path, _)| path.clone()))
        }
    };
    path.and_then(|path| tails.remove(&path))
}

impl Tail {
    fn new(file: &Found, at_end: bool) -> Self {
        let mut tail = Self { id: file.id, ..Self::default() };
        if at_end {
            // Where the file cannot be read now, it is read from its start once it can be.
            tail.skip(file).unwrap_or_default();
        }
        tail
    }

    /// Begins where a file ended when it was read; at its start where it was not there, and at its end where it was and is another now,
    /// or is not read line by line.
    fn since(file: &Found, read: &Ingested, known: Option<&LogFile>) -> Self {
        if let Some(text) = known.map(|f| f.text.bytes()) {
            let offset = memchr::memrchr(b'\n', text).map_or(0, |n| n + 1);
            let (id, mark) = (file.id, text[offset.saturating_sub(MARK)..offset].to_vec());
            let tail = Self { id, offset: offset as u64, mark, ..Self::default() };
            if File::open(&file.full).and_then(|mut open| tail.is_where_it_was(&mut open)).unwrap_or_default() {
                return Self { lines: memchr::memchr_iter(b'\n', &text[..offset]).count() as u32, ..tail };
            }
        }
        let rotated = read.files.iter().any(|f| file.path.starts_with(&f.path) && file.path != f.path);
        let skipped = read.skipped.iter().any(|s| s.line.is_none() && s.path == file.path);
        let other = skipped || read.others.iter().any(|f| f.path == file.path);
        Self::new(file, known.is_some() || rotated || other || !is_lines(&file.full))
    }

    /// Goes to the end of what is there, counting its lines.
    fn skip(&mut self, file: &Found) -> std::io::Result<()> {
        let mut open = File::open(&file.full)?;
        let mut block = vec![0; 1 << 20];
        let (mut last, mut offset, mut lines) = (Vec::new(), 0, 0);
        while offset < file.size {
            let wanted = block.len().min((file.size - offset) as usize);
            let read = open.read(&mut block[..wanted])?;
            if read == 0 {
                break;
            }
            offset += read as u64;
            lines += memchr::memchr_iter(b'\n', &block[..read]).count() as u32;
            last.extend_from_slice(&block[..read][read.saturating_sub(MARK)..]);
            last.drain(..last.len().saturating_sub(MARK));
        }
        (self.offset, self.lines, self.mark) = (offset, lines, last);
        Ok(())
    }

    fn read(&mut self, file: &Found, grown: &mut Vec<Grown>) -> std::io::Result<()> {
        let mut open = File::open(&file.full)?;
        if file.size < self.offset || !self.is_where_it_was(&mut open)? {
            // Cut short, or written anew: what is there now was not read yet.
            self.give(file.path.clone(), self.held.len(), grown);
            *self = Self { id: file.id, ..Self::default() };
        }
        open.seek(SeekFrom::Start(self.offset))?;
        let from = self.held.len();
        open.take(MOST).read_to_end(&mut self.held)?;
        let new = self.held.len() - from;
        self.offset += new as u64;
        self.mark.extend_from_slice(&self.held[from..][new.saturating_sub(MARK)..]);
        self.mark.drain(..self.mark.len().saturating_sub(MARK));
        let whole = if new > 0 { self.whole() } else { memchr::memrchr(b'\n', &self.held).map_or(0, |n| n + 1) };
        self.give(file.path.clone(), whole, grown);
        Ok(())
    }

    /// Whether the bytes before the place reached are still those that were read there.
    fn is_where_it_was(&self, open: &mut File) -> std::io::Result<bool> {
        open.seek(SeekFrom::Start(self.offset - self.mark.len() as u64))?;
        let mut now = vec![0; self.mark.len()];
        match open.read_exact(&mut now) {
            Ok(()) => Ok(now == self.mark),
            Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => Ok(false),
            Err(e) => Err(e),
        }
    }

    /// Bytes of what is held that will not go on: all before the last record.
    fn whole(&self) -> usize {
        let lines = memchr::memrchr(b'\n', &self.held).map_or(0, |n| n + 1);
        let mut end = lines;
        while end > 0 {
            let start = memchr::memrchr(b'\n', &self.held[..end - 1]).map_or(0, |n| n + 1);
            if formats::header(&self.held[start..end - 1]).is_some() {
                return if self.held.len() - start > LONGEST { lines } else { start };
            }
            end = start;
        }
        if self.held.len() > LONGEST { lines } else { 0 }
    }

    /// Gives so many bytes of what is held.
    fn give(&mut self, path: String, length: usize, grown: &mut Vec<Grown>) {
        if length == 0 {
            return;
        }
        let bytes: Vec<u8> = self.held.drain(..length).collect();
        let line = self.lines + 1;
        self.lines += memchr::memchr_iter(b'\n', &bytes).count() as u32;
        grown.push(Grown { path, line, bytes });
    }
}

/// Whether a file begins as one does that is read line by line.
fn is_lines(path: &Path) -> bool {
    beginning(path)
        .is_ok_and(|begins| !container::is_container(&begins) && container::foreign(&begins).is_none() && !begins.contains(&0))
}

fn is_packed(path: &Path) -> bool {
    beginning(path).is_ok_and(|begins| container::is_container(&begins))
}

fn beginning(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut begins = Vec::new();
    File::open(path)?.take(SAMPLE).read_to_end(&mut begins)?;
    Ok(begins)
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have none")]
fn id(meta: &Metadata) -> Id {
    use std::os::unix::fs::MetadataExt;
    Some((meta.dev(), meta.ino()))
}

#[cfg(not(unix))]
fn id(_: &Metadata) -> Id {
    None
}

#[cfg(test)]
#[path = "tail_tests.rs"]
mod tests;
