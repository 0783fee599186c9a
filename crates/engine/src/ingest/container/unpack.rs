//! Walks through one archive and all that lie in it, and stores what reads as a log.

use std::{
    collections::HashSet,
    fs::{self, File},
    io::{self, ErrorKind, Read, Write},
    path::Path,
};

use super::{
    Fact, Test,
    decode::{Decoded, within_ratio},
    facts,
    index::Member,
    kind::{self, Container},
    limits::{Break, Budget, Counted},
    notes::Notes,
    stream::{Resumed, name},
    tar, zip,
};
use crate::Error;

/// Bytes that are copied at a time.
const COPY: usize = 256 << 10;
/// Members that are named one by one where they were not read for the same reason.
const NAMED: usize = 3;

/// What one archive is unpacked into.
pub struct Unpacker<'a> {
    /// The archive's own path, for messages and for what its name tells.
    archive: &'a str,
    /// Where members are stored, under numbered names.
    folder: &'a Path,
    budget: &'a Budget<'a>,
    test: &'a Test<'a>,
    /// What was stored.
    pub members: Vec<Member>,
    /// Facts that were found.
    pub facts: Vec<Fact>,
    /// What was not read.
    pub notes: Notes,
    paths: HashSet<String>,
    buffer: Vec<u8>,
}

impl<'a> Unpacker<'a> {
    /// Nothing unpacked yet.
    pub fn new(archive: &'a str, folder: &'a Path, budget: &'a Budget<'a>, test: &'a Test<'a>) -> Self {
        let (members, facts, notes) = (Vec::new(), Vec::new(), Notes::new(NAMED));
        Self { archive, folder, budget, test, members, facts, notes, paths: HashSet::new(), buffer: vec![0; COPY] }
    }

    /// Unpacks the archive, which lies in this file.
    ///
    /// # Errors
    /// [`Error::Io`] where the file cannot be opened or nothing can be stored, and [`Error::Cancelled`].
    pub fn file(&mut self, path: &Path) -> Result<(), Error> {
        let mut file = File::open(path).map_err(Error::io(path))?;
        let mut sample = [0; 4];
        let is_zip = file.read_exact(&mut sample).is_ok() && kind::container(&sample) == Some(Container::Zip);
        if is_zip {
            return self.zip("", path, 1, true);
        }
        let file = File::open(path).map_err(Error::io(path))?;
        self.take("", None, &mut Counted::outer(file, self.budget), 0, false)
    }

    /// Takes a stream of any kind. `depth` counts the archives around it; `bare` says that it came out of a packed stream, so that an
    /// archive in it is no new level.
    fn take(&mut self, at: &str, modified: Option<i64>, source: &mut dyn Read, depth: u32, bare: bool) -> Result<(), Error> {
        let mut source = Resumed::new(source);
        let found = kind::container(source.sample());
        let level = depth + u32::from(!(bare && found == Some(Container::Tar)));
        match found {
            Some(_) if level > self.budget.limits.depth => {
                let reason = format!("lies deeper than {} archives in each other: unpack it first", self.budget.limits.depth);
                self.note(at, reason);
                Ok(())
            }
            Some(Container::Packed(packing)) => match Decoded::new(packing, &mut source, self.budget) {
                Ok(mut decoded) => self.take(at, modified, &mut decoded, level, true),
                Err(e) => self.broken(at, &e),
            },
            Some(Container::Tar) => self.tar(at, &mut source, level),
            Some(Container::Zip) => self.spooled_zip(at, &mut source, level),
            None => self.text(at, modified, source),
        }
    }

    fn tar(&mut self, at: &str, source: &mut dyn Read, depth: u32) -> Result<(), Error> {
        let mut archive = tar::Archive::new(source);
        loop {
            let member = match archive.next() {
                Ok(Some(member)) => member,
                Ok(None) => break,
                Err(e) => {
                    self.broken(at, &e)?;
                    break;
                }
            };
            if !self.counts(at)? {
                break;
            }
            let path = name(at, &member.name);
            match member.kind {
                tar::Kind::File => {
                    let mut data = Bounded { data: archive.data(&member), budget: self.budget };
                    self.take(&path, member.modified, &mut data, depth, false)?;
                }
                tar::Kind::Link => self.note(&path, "a link: what it points to is read where it lies"),
                tar::Kind::Other => self.note(&path, "a device or a pipe, not a file"),
                tar::Kind::Folder => {}
            }
        }
        if archive.damaged > 0 {
            self.note(at, format!("damaged in {} places: what is whole between them is read", archive.damaged));
        }
        Ok(())
    }

    /// A zip archive in another one: its directory is at the end, so it is stored first.
    fn spooled_zip(&mut self, at: &str, source: &mut dyn Read, depth: u32) -> Result<(), Error> {
        let path = self.folder.join(format!("nested-{depth}"));
        let file = File::create(&path).map_err(Error::io(&path))?;
        if let Some(e) = self.copy(&path, file, source)? {
            self.broken(at, &e)?;
        }
        let read = self.zip(at, &path, depth, false);
        fs::remove_file(&path).map_err(Error::io(&path))?;
        read
    }

    fn zip(&mut self, at: &str, path: &Path, depth: u32, outer: bool) -> Result<(), Error> {
        let mut archive = match zip::Archive::open(path) {
            Ok(archive) => archive,
            Err(e) => return self.broken(at, &e),
        };
        if !archive.is_whole() {
            self.note(at, "its list of contents is missing, so it was cut off: what is there is read");
        }
        loop {
            let member = match archive.next() {
                Ok(Some(member)) => member,
                Ok(None) => return Ok(()),
                Err(e) => return self.broken(at, &e),
            };
            if !self.counts(at)? {
                return Ok(());
            }
            self.zip_member(&name(at, &member.name), &archive, &member, depth)?;
            if outer {
                self.budget.read(member.packed.unwrap_or_default());
            }
        }
    }

    fn zip_member(&mut self, path: &str, archive: &zip::Archive, member: &zip::Member, depth: u32) -> Result<(), Error> {
        if member.name.ends_with(b"/") {
            return Ok(());
        }
        if member.encrypted {
            self.note(path, "encrypted: unpack it first, with its password");
            return Ok(());
        }
        if member.link {
            self.note(path, "a link: what it points to is read where it lies");
            return Ok(());
        }
        match archive.data(member, self.budget) {
            Ok(mut data) => self.take(path, member.modified, &mut data, depth, false),
            Err(e) => self.broken(path, &e),
        }
    }

    /// Counts a member; false where there are too many.
    fn counts(&mut self, at: &str) -> Result<bool, Error> {
        self.budget.check()?;
        let counts = self.budget.member();
        if !counts {
            let most = self.budget.limits.members;
            self.note(
                at,
                format!("left out from here on: the archives hold more than {most} files; unpack the part that matters"),
            );
        }
        Ok(counts)
    }

    /// Stores a text, if it is a log.
    fn text(&mut self, at: &str, modified: Option<i64>, mut source: Resumed) -> Result<(), Error> {
        let zeros = source.skip_zeros();
        if let Some(e) = source.failed().filter(|_| source.sample().is_empty()) {
            return self.broken(at, &e);
        }
        let path = self.path(at);
        if let Some(fact) = Fact::of(&path, source.sample()) {
            if self.facts.len() < facts::MOST {
                self.facts.push(Fact { path: at.to_owned(), ..fact });
            }
            return Ok(());
        }
        let sample = source.sample();
        if let Err(reason) = kind::other(sample).map_or_else(|| (self.test)(&path, sample), |what| Err(what.into())) {
            self.note(at, reason);
            return Ok(());
        }
        if zeros > 0 {
            self.note(at, format!("{zeros} NUL bytes in front, which copytruncate leaves, were stepped over"));
        }
        self.store(at, modified, source)
    }

    fn store(&mut self, at: &str, modified: Option<i64>, mut source: Resumed) -> Result<(), Error> {
        let file = self.members.len() as u64;
        let stored = self.folder.join(Member::stored(file));
        let out = File::create(&stored).map_err(Error::io(&stored))?;
        let broken = self.copy(&stored, out, &mut source)?;
        let size = fs::metadata(&stored).map_err(Error::io(&stored))?.len();
        let path = self.unique(at);
        self.members.push(Member { path, size, modified });
        broken.map_or(Ok(()), |e| self.broken(at, &e))
    }

    /// Copies all there is; gives the error that ended it early.
    fn copy(&mut self, path: &Path, mut out: File, source: &mut dyn Read) -> Result<Option<io::Error>, Error> {
        loop {
            let count = match source.read(&mut self.buffer) {
                Ok(0) => return Ok(None),
                Ok(count) => count,
                Err(e) if e.kind() == ErrorKind::Interrupted => continue,
                Err(e) => return Ok(Some(e)),
            };
            if let Err(e) = self.budget.unpacked(count as u64) {
                return Ok(Some(e));
            }
            out.write_all(&self.buffer[..count]).map_err(Error::io(path))?;
        }
    }

    /// Notes that a file ends before it should.
    fn broken(&mut self, at: &str, error: &io::Error) -> Result<(), Error> {
        let reason = match (Break::of(error), error.kind()) {
            (Some(Break::Cancelled), _) => return Err(Error::Cancelled),
            (Some(reason), _) => reason.to_string(),
            (None, ErrorKind::UnexpectedEof) => "cut off: what is there up to that place is read".to_owned(),
            (None, ErrorKind::Unsupported) => error.to_string(),
            (None, _) => format!("damaged ({error}): what is there up to that place is read"),
        };
        self.note(at, reason);
        Ok(())
    }

    fn note(&mut self, at: &str, reason: impl Into<String>) {
        self.notes.note(at, reason);
    }

    /// A path in the archive, with the archive's own in front.
    fn path(&self, at: &str) -> String {
        if at.is_empty() { self.archive.to_owned() } else { format!("{}/{at}", self.archive) }
    }

    /// The path, with a number behind where an earlier member has the same.
    fn unique(&mut self, at: &str) -> String {
        let mut path = at.to_owned();
        let mut number = 2;
        while !self.paths.insert(path.clone()) {
            path = format!("{at} ({number})");
            number += 1;
        }
        path
    }
}

/// A member of a tar archive, whose holes may not be endless.
struct Bounded<'a, R> {
    data: tar::Data<'a, R>,
    budget: &'a Budget<'a>,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        within_ratio(self.data.given, self.data.stored, self.budget)?;
        self.data.read(buffer)
    }
}
