//! One file that grows: how far it has been read, and what must stand before what comes so that it is read as in its place.

use std::{
    fs::{File, Metadata},
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use super::{
    context::{self, Context, lines_in},
    grown::Grown,
};
use crate::ingest::{SAMPLE, container, formats};

/// Bytes read of one file at a time; what is left comes with the next look.
const MOST: u64 = 8 << 20;
/// Zeros that are stepped over at a time.
const MOST_ZEROS: u64 = 1 << 30;
/// Bytes of a record that is still being written, at most: what is longer is taken in parts.
pub const LONGEST: usize = 1 << 20;
/// Bytes before the place reached by which a file is known again.
const MARK: usize = 128;
/// Bytes at its start by which it is.
pub const FIRST: usize = 512;
/// Fewer bytes than this are in common by chance.
pub const LEAST: u64 = 24;

/// What tells a file from others whatever it is called: device and number; none where the system has none.
pub type Id = Option<(u64, u64)>;

/// A file that is there.
#[derive(Debug)]
pub struct Found {
    /// Relative to the folder.
    pub path: String,
    /// Where it is opened.
    pub full: PathBuf,
    /// What tells it from others.
    pub id: Id,
    /// Its bytes.
    pub size: u64,
    /// When it was written, in microseconds since 1970; 0 where that is not known.
    pub modified: i64,
}

impl Found {
    /// A file of this path, which lies there.
    pub fn new(path: String, full: PathBuf, meta: &Metadata) -> Self {
        let since = meta.modified().ok().and_then(|m| m.duration_since(UNIX_EPOCH).ok());
        let modified = since.map_or(0, |d| d.as_micros() as i64);
        Self { path, full, id: id(meta), size: meta.len(), modified }
    }

    /// Opens it.
    ///
    /// # Errors
    /// Where it cannot be opened, or another file has its name by now.
    pub fn open(&self) -> io::Result<File> {
        let open = File::open(&self.full)?;
        if id(&open.metadata()?) == self.id { Ok(open) } else { Err(io::ErrorKind::NotFound.into()) }
    }
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

/// How a file can be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    /// Line by line.
    #[default]
    Lines,
    /// Line by line, but it is analyzed in another shape, as an array of records is.
    Reshaped,
    /// Not at all: it is packed, or in an encoding whose lines end differently.
    Opaque,
}

/// How far a file has been read.
#[derive(Debug, Default)]
pub struct Tail {
    /// What tells the file from others.
    pub id: Id,
    /// Whether it is not read yet, since it may become the copy of a file that is followed.
    pub waits: bool,
    kind: Kind,
    modified: i64,
    /// Zeros in front, which truncating a log in use leaves.
    start: u64,
    offset: u64,
    /// The first bytes behind the zeros.
    first: Vec<u8>,
    /// Bytes before `offset`.
    mark: Vec<u8>,
    /// Lines before `held`.
    lines: u32,
    /// What of them is kept.
    context: Context,
    /// What was read and may go on: the last record, or a line without its end.
    held: Vec<u8>,
    /// Whether any of what is held came after the beginning.
    fresh: bool,
}

impl Tail {
    /// Of a file that is read from its start.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn at_start(file: &Found) -> io::Result<Self> {
        let kind = kind(&mut file.open()?)?;
        let offset = if kind == Kind::Opaque { file.size } else { 0 };
        Ok(Self { id: file.id, kind, offset, ..Self::default() })
    }

    /// Of a file that is followed from its present end.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn at_end(file: &Found) -> io::Result<Self> {
        let mut tail = Self { modified: file.modified, ..Self::at_start(file)? };
        if tail.kind == Kind::Opaque {
            return Ok(tail);
        }
        tail.pass_over(&mut file.open()?, file.size)?;
        Ok(tail)
    }

    /// Of a file that had this text when it was read.
    pub fn of_text(mut text: &[u8], modified: i64) -> Self {
        let (mut tail, length) = (Self { modified, ..Self::default() }, text.len() as u64);
        // Bytes in memory can be read.
        tail.pass_over(&mut text, length).unwrap_or_default();
        tail
    }

    /// Goes from the start to an end.
    fn pass_over(&mut self, open: &mut impl Read, until: u64) -> io::Result<()> {
        let (mut block, mut end) = (vec![0; 1 << 20], Vec::new());
        // Blocks in which there is text.
        let mut texts = 0;
        while self.offset < until {
            let wanted = block.len().min(usize::try_from(until - self.offset).unwrap_or(usize::MAX));
            let read = open.read(&mut block[..wanted])?;
            if read == 0 {
                break;
            }
            let read = &block[..read];
            let text = &read[self.hole(read)..];
            self.offset += read.len() as u64;
            self.lines += memchr::memchr_iter(b'\n', text).count() as u32;
            keep_end(&mut end, read, context::LAST);
            texts += u32::from(!text.is_empty());
            keep_start(&mut self.first, text);
            self.context.begin(&text[..lines_in(text)], texts > 0 && self.offset < until);
        }
        keep_end(&mut self.mark, &end, MARK);
        // What stands behind the last line's end may be half a line: it is read when it is whole.
        self.held = end.split_off(lines_in(&end));
        self.context.end(end);
        Ok(())
    }

    /// Reads what the file has grown by; false where it is another one by now, or was cut short.
    ///
    /// # Errors
    /// Where it cannot be read; nothing is lost then.
    pub fn read(&mut self, file: &Found, grown: &mut Vec<Grown>) -> io::Result<bool> {
        if self.kind == Kind::Opaque && file.size == self.offset {
            return Ok(true);
        }
        let mut open = file.open()?;
        if self.kind == Kind::Opaque {
            self.offset = file.size;
            return Ok(kind(&mut open)? == Kind::Opaque);
        }
        let Some(new) = self.fill(&mut open)? else { return Ok(false) };
        self.modified = file.modified;
        let whole = if new { self.whole() } else { lines_in(&self.held) };
        self.fresh |= new;
        self.give(&file.path, whole, grown);
        Ok(true)
    }

    /// Holds what comes at the place reached, and says whether anything does; none where the file is another one by now.
    fn fill(&mut self, open: &mut File) -> io::Result<Option<bool>> {
        let until = self.offset + MOST_ZEROS;
        loop {
            let mut block = Vec::new();
            open.seek(SeekFrom::Start(self.offset))?;
            open.take(MOST).read_to_end(&mut block)?;
            // Looked at afterwards: it may be cut short and written anew at any moment.
            if !self.is_in(open)? {
                return Ok(None);
            }
            let hole = self.hole(&block);
            self.offset += block.len() as u64;
            keep_end(&mut self.mark, &block, MARK);
            keep_start(&mut self.first, &block[hole..]);
            self.held.extend_from_slice(&block[hole..]);
            if block.is_empty() || hole < block.len() || self.offset >= until {
                return Ok(Some(hole < block.len()));
            }
        }
    }

    /// Bytes of a block at the place reached that belong to the hole at the file's start.
    fn hole(&mut self, block: &[u8]) -> usize {
        let hole = if self.start == self.offset { zeros(block) } else { 0 };
        self.start += hole as u64;
        hole
    }

    /// Whether a file is the one that was read: what stands before the place reached, and at the start, is what stood there.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn is_in(&self, open: &mut File) -> io::Result<bool> {
        Ok(holds(open, self.start, &self.first)? && holds(open, self.offset - self.mark.len() as u64, &self.mark)?)
    }

    /// Whether a file of so many bytes begins as this one, and no more of it is there than was read of this one.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn is_begun_in(&self, open: &mut File, size: u64) -> io::Result<bool> {
        let common = size.saturating_sub(self.start).min(self.first.len() as u64);
        Ok(common >= LEAST && size <= self.offset && holds(open, self.start, &self.first[..common as usize])?)
    }

    /// Whether a file that begins with these bytes can be this one, or a copy.
    pub fn may_begin(&self, first: &[u8]) -> bool {
        let common = first.len().min(self.first.len());
        let alike = self.start > 0 || self.first[..common] == first[..common];
        self.first.len() as u64 >= LEAST && self.kind == Kind::Lines && alike
    }

    /// Takes what a packed file holds behind the place reached, where it holds this one's text.
    ///
    /// # Errors
    /// Where it cannot be read, or is not whole.
    pub fn take_rest(&mut self, packed: &Path) -> io::Result<()> {
        let rest = container::rest(packed, self.offset, &self.mark, MOST)?.unwrap_or_default();
        self.offset += rest.len() as u64;
        self.fresh |= !rest.is_empty();
        keep_end(&mut self.mark, &rest, MARK);
        self.held.extend_from_slice(&rest);
        Ok(())
    }

    /// Whether the file is packed.
    pub fn is_packed(&self) -> bool {
        self.kind == Kind::Opaque
    }

    /// Whether nothing of the file has been read.
    pub fn is_unread(&self) -> bool {
        self.offset == 0
    }

    /// Whether the file is read as it lies.
    pub fn is_plain(&self) -> bool {
        self.kind == Kind::Lines
    }

    /// The same in another file, which has the text by now.
    pub fn moved(self, file: &Found) -> Self {
        Self { id: file.id, waits: false, ..self }
    }

    /// Of a copy, which is followed from the same place; what is held is given here.
    pub fn copied(&self, file: &Found) -> Self {
        let Self { start, offset, lines, modified, .. } = *self;
        let (first, mark, context) = (self.first.clone(), self.mark.clone(), self.context.clone());
        Self { id: file.id, start, offset, lines, modified, first, mark, context, ..Self::default() }
    }

    /// Of what may become a copy.
    pub fn waiting(file: &Found) -> Self {
        Self { id: file.id, waits: true, ..Self::default() }
    }

    /// Bytes of a text that are known: all whole lines, and all. None where the text is not that of this file.
    pub fn known(&self, text: &[u8]) -> Option<Known> {
        if self.kind != Kind::Lines {
            return Some(Known { lines: text.len(), all: text.len() });
        }
        let (start, offset) = (usize::try_from(self.start).ok()?, usize::try_from(self.offset).ok()?);
        let rest = text.get(start..)?;
        let begins = rest.starts_with(&self.first[..self.first.len().min(rest.len())]);
        if text.len() < offset {
            // It was read before the place here was reached, or after it was cut short; only the former begins alike.
            let all = text.len();
            return (begins && !self.first.is_empty()).then_some(Known { lines: all, all });
        }
        let known = Known { lines: offset - self.held.len(), all: offset };
        (begins && text[..offset].ends_with(&self.mark)).then_some(known)
    }

    /// Gives all that is held, since no more will come; but nothing that was there from the beginning.
    pub fn give_rest(&mut self, path: &str, grown: &mut Vec<Grown>) {
        let all = if self.fresh { self.held.len() } else { 0 };
        self.give(path, all, grown);
        self.held.clear();
    }

    /// Bytes of what is held that will not go on: all before the last record.
    fn whole(&self) -> usize {
        let lines = lines_in(&self.held);
        let last = self.context.last_record(&self.held[..lines]);
        if self.held.len() - last.unwrap_or(0) > LONGEST { lines } else { last.unwrap_or(0) }
    }

    /// Gives so many bytes of what is held.
    fn give(&mut self, path: &str, length: usize, grown: &mut Vec<Grown>) {
        if length == 0 {
            return;
        }
        let mut bytes = self.context.bytes();
        let (told, line) = (bytes.len(), self.lines + 1);
        let piece: Vec<u8> = self.held.drain(..length).collect();
        bytes.extend_from_slice(&piece);
        grown.push(Grown { path: path.to_owned(), line, bytes, told, modified: self.modified });
        self.lines += memchr::memchr_iter(b'\n', &piece).count() as u32;
        self.context.go_on(&piece);
    }
}

/// Bytes of a text that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known {
    /// Those of whole lines: what begins there is known even where it went on since.
    pub lines: usize,
    /// Those, and half a line behind them.
    pub all: usize,
}

fn kind(open: &mut File) -> io::Result<Kind> {
    let mut sample = Vec::new();
    open.seek(SeekFrom::Start(0))?;
    open.take(SAMPLE as u64).read_to_end(&mut sample)?;
    Ok(match &sample[..] {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Kind::Opaque,
        _ if container::is_container(&sample) => Kind::Opaque,
        _ if formats::one_on_a_line(&sample).is_some() => Kind::Reshaped,
        _ => Kind::Lines,
    })
}

/// Whether a file holds these bytes at a place.
fn holds(open: &mut File, at: u64, bytes: &[u8]) -> io::Result<bool> {
    open.seek(SeekFrom::Start(at))?;
    let mut now = vec![0; bytes.len()];
    match open.read_exact(&mut now) {
        Ok(()) => Ok(now == bytes),
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(e) => Err(e),
    }
}

/// Zeros in front.
fn zeros(text: &[u8]) -> usize {
    text.iter().take_while(|b| **b == 0).count()
}

/// Appends bytes as long as those at the start are too few.
fn keep_start(kept: &mut Vec<u8>, more: &[u8]) {
    let room = FIRST.saturating_sub(kept.len());
    kept.extend_from_slice(&more[..room.min(more.len())]);
}

/// Appends bytes, and keeps so many at the end.
fn keep_end(kept: &mut Vec<u8>, more: &[u8], most: usize) {
    kept.extend_from_slice(&more[more.len().saturating_sub(most)..]);
    kept.drain(..kept.len().saturating_sub(most));
}
