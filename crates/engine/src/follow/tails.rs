//! The files of a folder while they are written: through rotation, truncation and copies.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use rustc_hash::FxHashSet;

use super::{
    grown::Grown,
    tail::{FIRST, Found, Known, LEAST, Tail},
};
use crate::{
    Error,
    ingest::{Ingested, LogFile, container, rotation::name},
};

/// Looks for which a file that is gone, or was cut short, is known again elsewhere.
const LOOKS: u32 = 20;
/// Files that are known again at most.
const MOST_LEFT: usize = 1000;

/// The files of a folder, and how far each has been read.
#[derive(Debug)]
pub struct Tails {
    root: PathBuf,
    files: BTreeMap<String, Tail>,
    /// What was read of files that are no more where they were.
    left: Vec<Left>,
    /// Whether the files that are found now were there from the beginning.
    first: bool,
    /// Files that were read before they are followed.
    seen: FxHashSet<String>,
    /// Files that were looked at then, and are no logs.
    others: FxHashSet<String>,
    /// Whether a file was cut short or written anew since [`Tails::take_cut`].
    cut: bool,
}

/// A file that is no more where it was: removed, replaced or cut short. Its text may stand in another one by now.
#[derive(Debug)]
struct Left {
    path: String,
    tail: Tail,
    looks: u32,
}

impl Tails {
    /// Begins at the present ends of the files of a folder, or of the one file.
    ///
    /// # Errors
    /// [`Error::NotFound`] or [`Error::Io`] where the folder cannot be read.
    pub fn begin(root: &Path) -> Result<Self, Error> {
        let mut tails = Self { first: true, ..Self::of(root) };
        tails.look()?;
        tails.first = false;
        Ok(tails)
    }

    /// Begins where logs ended when they were read, wherever their texts are by now: what has been written since comes with the first
    /// look.
    ///
    /// # Errors
    /// [`Error::NotFound`] or [`Error::Io`] where the folder cannot be read.
    pub fn since(root: &Path, read: &Ingested) -> Result<Self, Error> {
        let mut tails = Self::of(root);
        tails.find()?;
        for file in &read.files {
            tails.left.push(Left { path: file.path.clone(), tail: Tail::of_text(file.text.bytes(), file.modified), looks: 0 });
            // An archive stands in a path as a folder.
            let ends = memchr::memchr_iter(b'/', file.path.as_bytes()).chain([file.path.len()]);
            tails.seen.extend(ends.map(|end| file.path[..end].to_owned()));
        }
        let skipped = read.skipped.iter().filter(|s| s.line.is_none()).map(|s| &s.path);
        tails.others = skipped.chain(read.others.iter().map(|other| &other.path)).cloned().collect();
        Ok(tails)
    }

    fn of(root: &Path) -> Self {
        let (seen, others) = (FxHashSet::default(), FxHashSet::default());
        Self { root: root.into(), files: BTreeMap::new(), left: Vec::new(), first: false, seen, others, cut: false }
    }

    /// Whether a file was cut short or written anew since the last time that this was asked.
    pub fn take_cut(&mut self) -> bool {
        std::mem::take(&mut self.cut)
    }

    /// Files that are followed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// How much of a file's text stands before the place from which it is followed.
    #[must_use]
    pub fn known(&self, file: &LogFile) -> Known {
        let text = file.text.bytes();
        let within = |path: &str| file.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        let own = self.files.get(&file.path).and_then(|tail| tail.known(text));
        // It may have got another name in the meantime; and what an archive holds is known with it.
        let others = || self.files.iter().filter(|(path, tail)| tail.may_begin(text) || within(path));
        let other = || others().find_map(|(_, tail)| tail.known(text));
        own.or_else(other).unwrap_or_default()
    }

    /// What has been written since the last look. The last record of a file that still grows is held back until it is whole: until
    /// another record begins, or the file rests from one look to the next.
    ///
    /// # Errors
    /// [`Error::NotFound`] or [`Error::Io`] where the folder cannot be read; a file that cannot be read is tried again at the next look.
    pub fn look(&mut self) -> Result<Vec<Grown>, Error> {
        let found = self.find()?;
        let mut before = std::mem::take(&mut self.files);
        let (mut grown, mut strangers) = (Vec::new(), Vec::new());
        for file in found {
            match known(&mut before, &file) {
                Some((path, tail)) => self.go_on(file, path, tail, &mut strangers, &mut grown),
                None => strangers.push(file),
            }
        }
        self.left.extend(before.into_iter().map(|(path, tail)| Left { path, tail, looks: 0 }));
        for file in strangers {
            // A file that vanishes or cannot be read now is looked at again.
            if let Ok(tail) = self.meet(&file, &mut grown) {
                self.files.insert(file.path, tail);
            }
        }
        self.leave(&mut grown);
        self.seen = FxHashSet::default();
        self.others = FxHashSet::default();
        Ok(grown)
    }

    /// Reads on in a file; one that has become another is a stranger.
    fn go_on(&mut self, file: Found, path: String, mut tail: Tail, strangers: &mut Vec<Found>, grown: &mut Vec<Grown>) {
        if tail.waits {
            return strangers.push(file);
        }
        match tail.read(&file, grown) {
            Ok(false) => {
                self.cut = true;
                self.left.push(Left { path, tail, looks: 0 });
                strangers.push(file);
            }
            Ok(true) | Err(_) => _ = self.files.insert(file.path, tail),
        }
    }

    /// The tail of a file that was not followed so far: it is new, or a text that was followed elsewhere.
    fn meet(&mut self, file: &Found, grown: &mut Vec<Grown>) -> io::Result<Tail> {
        if self.first || self.others.contains(&file.path) {
            return Tail::at_end(file);
        }
        let mut tail = match self.moved(file)?.map_or_else(|| self.copied(file), |tail| Ok(Some(tail)))? {
            Some(tail) => tail,
            None => Tail::at_start(file)?,
        };
        if !tail.is_plain() && self.seen.contains(&file.path) {
            return Tail::at_end(file);
        }
        self.cut |= tail.is_unread() && self.seen.contains(&file.path);
        if tail.is_packed() {
            self.unpack(file);
        }
        if !tail.waits {
            tail.read(file, grown)?;
        }
        Ok(tail)
    }

    /// Reads the end of a log that was packed as soon as it was rotated, by what its name says.
    fn unpack(&mut self, file: &Found) {
        let log = live(&file.path);
        for left in self.left.iter_mut().filter(|left| left.tail.may_begin(&[]) && live(&left.path) == log) {
            // A file that is not whole yet is still there as it was before it was packed.
            left.tail.take_rest(&file.full).unwrap_or_default();
        }
    }

    /// The tail of a file that was followed elsewhere, and is here now.
    fn moved(&mut self, file: &Found) -> io::Result<Option<Tail>> {
        let (mut open, first) = begun(file)?;
        let own = self.left.iter().position(|left| left.path == file.path);
        for place in own.into_iter().chain(0..self.left.len()) {
            let tail = &self.left[place].tail;
            if tail.may_begin(&first) && tail.is_in(&mut open)? {
                return Ok(Some(self.left.swap_remove(place).tail.moved(file)));
            }
        }
        Ok(None)
    }

    /// The tail of what may be a copy of a file that is followed. As long as no more than was read of that one is in it, it waits: when
    /// the other file is cut short, as logrotate's `copytruncate` does, it takes that one's place.
    fn copied(&self, file: &Found) -> io::Result<Option<Tail>> {
        if file.size < LEAST {
            return Ok(Some(Tail::waiting(file)));
        }
        let (mut open, first) = begun(file)?;
        for tail in self.files.values().filter(|tail| tail.may_begin(&first)) {
            if tail.is_begun_in(&mut open, file.size)? {
                return Ok(Some(Tail::waiting(file)));
            }
            if tail.is_in(&mut open)? {
                return Ok(Some(tail.copied(file)));
            }
        }
        Ok(None)
    }

    /// Gives what is held of files that are gone: it is all that there will be of them where they were.
    fn leave(&mut self, grown: &mut Vec<Grown>) {
        for left in &mut self.left {
            left.tail.give_rest(&left.path, grown);
            left.looks += 1;
        }
        self.left.retain(|left| left.looks <= LOOKS && left.tail.may_begin(&[]));
        let more = self.left.len().saturating_sub(MOST_LEFT);
        self.left.drain(..more);
    }

    fn find(&self) -> Result<Vec<Found>, Error> {
        let meta = fs::metadata(&self.root).map_err(Error::io(&self.root))?;
        if meta.is_file() {
            if self.files.is_empty() && is_packed(&self.root) {
                return Err(Error::Packed(self.root.clone()));
            }
            let path = self.root.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            return Ok(vec![Found::new(path, self.root.clone(), &meta)]);
        }
        let mut files = Vec::new();
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
                    Ok(meta) if meta.is_file() => files.push(Found::new(path, entry.path(), &meta)),
                    _ => {}
                }
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }
}

fn is_packed(path: &Path) -> bool {
    let mut first = Vec::new();
    let read = File::open(path).and_then(|open| open.take(FIRST as u64).read_to_end(&mut first));
    read.is_ok() && container::is_container(&first)
}

/// The name of the log that a file was rotated out of.
fn live(path: &str) -> String {
    name::read(path.rsplit('/').next().unwrap_or(path)).live
}

/// A file, open, and its first bytes.
fn begun(file: &Found) -> io::Result<(File, Vec<u8>)> {
    let mut open = file.open()?;
    let mut first = Vec::new();
    (&mut open).take(FIRST as u64).read_to_end(&mut first)?;
    Ok((open, first))
}

/// The tail of a file, and the path that it had: by what tells it from others, since rotation gives it another name; by its path where
/// nothing does.
fn known(tails: &mut BTreeMap<String, Tail>, file: &Found) -> Option<(String, Tail)> {
    let path = match file.id {
        None => Some(file.path.clone()),
        id => {
            let same = tails.get(&file.path).is_some_and(|t| t.id == id).then(|| file.path.clone());
            same.or_else(|| tails.iter().find(|(_, t)| t.id == id).map(|(path, _)| path.clone()))
        }
    };
    path.and_then(|path| tails.remove_entry(&path))
}

#[cfg(test)]
#[path = "tails_tests.rs"]
mod tests;
