//! Reads tar archives as a stream: ustar, PAX and GNU, sparse files included.
//!
//! The crates at hand hold names and extended headers of any length in memory and give up at the first damaged header. This one
//! bounds both, and goes on at the next header that is whole.

mod extended;
mod header;

use std::io::{self, ErrorKind, Read};

use self::{extended::Extended, header::Header};

/// Bytes of a block, the unit of a tar archive.
const BLOCK: usize = 512;
/// The most bytes of an extended header or a long name that are read.
const LONGEST: u64 = 1 << 20;
/// The most parts that a sparse file may have.
const PARTS: usize = 1 << 16;

/// Whether these bytes begin a tar archive: a header with its mark and a right checksum.
#[must_use]
pub fn begins(sample: &[u8]) -> bool {
    sample.first_chunk::<BLOCK>().is_some_and(|block| Header(block).is_marked() && Header(block).is_whole())
}

/// What a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A link to another member or to any path.
    Link,
    /// A device, a pipe or what else holds no text.
    Other,
}

/// A member of an archive.
#[derive(Debug)]
pub struct Member {
    /// Its path, as it stands there.
    pub name: Vec<u8>,
    /// What it is.
    pub kind: Kind,
    /// When it was changed, in seconds since 1970; none where that is not said.
    pub modified: Option<i64>,
    /// Where the bytes that are stored belong, in order, and how many there are.
    parts: Vec<(u64, u64)>,
    /// Its length, its holes included.
    size: u64,
}

/// An archive that is read from front to back.
pub struct Archive<R> {
    source: R,
    /// Stored bytes of the member that were not read yet.
    left: u64,
    /// Bytes that fill the member's last block.
    padding: u64,
    /// Whether the mark of the end was seen.
    ended: bool,
    /// Places where the archive was damaged and its reading went on behind.
    pub damaged: u64,
}

impl<R: Read> Archive<R> {
    /// Around the bytes of an archive.
    pub fn new(source: R) -> Self {
        Self { source, left: 0, padding: 0, ended: false, damaged: 0 }
    }

    /// The next member; none at the end.
    ///
    /// # Errors
    /// Where the archive cannot be read, or ends before it should.
    pub fn next(&mut self) -> io::Result<Option<Member>> {
        let mut extended = Extended::default();
        loop {
            self.skip()?;
            let Some(block) = self.header()? else { return Ok(None) };
            let header = Header(&block);
            let size = extended.size.filter(|_| header.flag() != b'x').or(header.size()).unwrap_or_default();
            self.begin(if header.is_stored() { size } else { 0 });
            match header.flag() {
                b'L' => extended.name = Some(until_zero(self.text()?)),
                b'x' | b'X' => extended.read(&self.text()?),
                b'K' | b'g' | b'V' | b'N' => {}
                b'S' => {
                    let parts = unless_damaged(self.old_parts(header))?;
                    return Ok(Some(self.checked(member(header, extended, parts, header.real_size().unwrap_or_default()))));
                }
                _ if extended.is_mapped() => {
                    let parts = unless_damaged(self.mapped())?;
                    let size = extended.real_size.unwrap_or_default();
                    return Ok(Some(self.checked(member(header, extended, parts, size))));
                }
                _ => {
                    let parts = std::mem::take(&mut extended.parts);
                    let (parts, size) = match extended.real_size {
                        Some(real) if !parts.is_empty() => (parts, real),
                        _ => (vec![(0, self.left)], self.left),
                    };
                    return Ok(Some(self.checked(member(header, extended, parts, size))));
                }
            }
        }
    }

    /// A sparse member whose parts overlap or hold more than is stored is damage, and is read as if it were not sparse.
    fn checked(&mut self, mut member: Member) -> Member {
        if !is_sound(&member.parts, member.size, self.left) {
            self.damaged += 1;
            (member.parts, member.size) = (vec![(0, self.left)], self.left);
        }
        member
    }

    /// The text of a member that `next` gave, before the next one is asked for.
    pub fn data<'a>(&'a mut self, member: &'a Member) -> Data<'a, R> {
        // A hole in front is what a writer leaves that goes on behind the end after its log was cut: there is nothing to read.
        let at = member.parts.first().map_or(member.size, |part| part.0);
        Data { archive: self, member, part: 0, at, stored: 0, given: 0 }
    }

    /// The next header that is whole; damaged blocks before it are stepped over and counted.
    fn header(&mut self) -> io::Result<Option<[u8; BLOCK]>> {
        let mut lost = false;
        loop {
            let Some(block) = self.block()? else {
                return if lost { Err(ErrorKind::InvalidData.into()) } else { Ok(None) };
            };
            if block.iter().all(|byte| *byte == 0) {
                self.ended = true;
            } else if Header(&block).is_whole() {
                self.ended = false;
                self.damaged += u64::from(lost);
                return Ok(Some(block));
            } else if self.ended {
                // What follows the end is no archive: padding of a tape, or a signature.
                return Ok(None);
            } else {
                lost = true;
            }
        }
    }

    /// The next block; none where the archive ends before it.
    fn block(&mut self) -> io::Result<Option<[u8; BLOCK]>> {
        let mut block = [0; BLOCK];
        let mut filled = 0;
        while filled < BLOCK {
            match self.source.read(&mut block[filled..]) {
                Ok(0) if filled == 0 => return Ok(None),
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(count) => filled += count,
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(Some(block))
    }

    fn begin(&mut self, size: u64) {
        self.left = size;
        self.padding = (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64;
    }

    /// Steps over what is left of a member.
    fn skip(&mut self) -> io::Result<()> {
        let left = self.left.saturating_add(self.padding);
        (self.left, self.padding) = (0, 0);
        let skipped = io::copy(&mut (&mut self.source).take(left), &mut io::sink())?;
        if skipped < left { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    /// The text of a header that goes on in its data, cut where it is too long.
    fn text(&mut self) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        let wanted = self.left.min(LONGEST);
        let count = (&mut self.source).take(wanted).read_to_end(&mut text)? as u64;
        self.left -= count;
        if count < wanted { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(text) }
    }

    /// The parts of a sparse file as old GNU tar writes them: in the header, and in blocks behind it.
    fn old_parts(&mut self, header: Header) -> io::Result<Vec<(u64, u64)>> {
        let mut parts = header.sparse_parts();
        let mut more = header.is_continued();
        while more {
            let block = self.block()?.ok_or(ErrorKind::UnexpectedEof)?;
            parts.extend(header::continued_parts(&block));
            more = block[504] != 0;
            if parts.len() > PARTS {
                return Err(ErrorKind::InvalidData.into());
            }
        }
        Ok(parts)
    }

    /// The parts of a sparse file as PAX 1.0 writes them: decimal numbers in front of the data, in whole blocks.
    fn mapped(&mut self) -> io::Result<Vec<(u64, u64)>> {
        let mut numbers = Vec::new();
        let mut number = 0_u64;
        loop {
            if self.left < BLOCK as u64 {
                return Err(ErrorKind::InvalidData.into());
            }
            let block = self.block()?.ok_or(ErrorKind::UnexpectedEof)?;
            self.left -= BLOCK as u64;
            for byte in block {
                match byte {
                    b'0'..=b'9' => number = number.saturating_mul(10).saturating_add(u64::from(byte - b'0')),
                    b'\n' => numbers.push(std::mem::take(&mut number)),
                    _ => break,
                }
            }
            match numbers.split_first() {
                Some((count, _)) if *count > PARTS as u64 => return Err(ErrorKind::InvalidData.into()),
                Some((count, rest)) if rest.len() as u64 >= count * 2 => {
                    return Ok(rest.chunks_exact(2).take(*count as usize).map(|pair| (pair[0], pair[1])).collect());
                }
                _ => {}
            }
        }
    }
}

/// Whether the parts of a sparse file stand in order, within its length, and hold no more than is stored.
fn is_sound(parts: &[(u64, u64)], size: u64, stored: u64) -> bool {
    let mut end = 0;
    let in_order = parts.iter().all(|(at, length)| {
        let sound = *at >= end && at.checked_add(*length).is_some_and(|next| next <= size);
        end = at.saturating_add(*length);
        sound
    });
    in_order && parts.iter().map(|part| part.1).fold(0, u64::saturating_add) <= stored
}

/// Parts that cannot be true, in place of those that could not be read, so that the member is read as it is stored.
fn unless_damaged(parts: io::Result<Vec<(u64, u64)>>) -> io::Result<Vec<(u64, u64)>> {
    match parts {
        Err(e) if e.kind() == ErrorKind::InvalidData => Ok(vec![(u64::MAX, u64::MAX)]),
        parts => parts,
    }
}

fn member(header: Header, extended: Extended, parts: Vec<(u64, u64)>, size: u64) -> Member {
    let name = extended.name.unwrap_or_else(|| header.name());
    let modified = extended.modified.or_else(|| header.modified());
    Member { name, kind: header.kind(), modified, parts, size }
}

fn until_zero(mut name: Vec<u8>) -> Vec<u8> {
    name.truncate(memchr::memchr(0, &name).unwrap_or(name.len()));
    name
}

/// The bytes of a member, zeros where a sparse file has holes.
pub struct Data<'a, R> {
    archive: &'a mut Archive<R>,
    member: &'a Member,
    /// The part that is read, and the place in the file.
    part: usize,
    at: u64,
    /// Bytes that were stored, of those given.
    pub stored: u64,
    /// Bytes given.
    pub given: u64,
}

impl<R: Read> Read for Data<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = buffer.len() as u64;
        while let Some((start, length)) = self.member.parts.get(self.part) {
            if self.at < *start {
                return Ok(self.hole(&mut buffer[..room.min(start - self.at) as usize]));
            }
            let left = (start + length).saturating_sub(self.at);
            if left > 0 {
                let count = self.archive.source.read(&mut buffer[..room.min(left) as usize])?;
                if count == 0 && room > 0 {
                    return Err(ErrorKind::UnexpectedEof.into());
                }
                self.archive.left = self.archive.left.saturating_sub(count as u64);
                self.stored += count as u64;
                self.given += count as u64;
                self.at += count as u64;
                return Ok(count);
            }
            self.part += 1;
        }
        Ok(self.hole(&mut buffer[..room.min(self.member.size.saturating_sub(self.at)) as usize]))
    }
}

impl<R> Data<'_, R> {
    fn hole(&mut self, buffer: &mut [u8]) -> usize {
        buffer.fill(0);
        self.at += buffer.len() as u64;
        self.given += buffer.len() as u64;
        buffer.len()
    }
}
