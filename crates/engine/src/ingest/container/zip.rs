//! Reads zip archives, with zip64, by the directory at their end; where that is missing, by what stands in front of each member.
//!
//! The crate at hand keeps the whole directory in memory, one member of each name, and reads nothing of an archive that was cut.

use std::{
    fs::File,
    io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use super::{
    decode::Decoded,
    kind::Packing,
    limits::{Budget, Counted},
};

/// Bytes at the end in which the directory's end must begin: its own 22, and the longest comment.
const TAIL: u64 = 22 + 0xffff;
/// Bytes that are searched at a time for the next member.
const WINDOW: usize = 64 << 10;

/// A member of an archive.
#[derive(Debug, Default)]
pub struct Member {
    /// Its path, as it stands there.
    pub name: Vec<u8>,
    /// Whether it cannot be read without a password.
    pub encrypted: bool,
    /// Whether it is a link.
    pub link: bool,
    /// When it was changed, in seconds since 1970; none where that is not said, or said without a zone.
    pub modified: Option<i64>,
    /// Bytes that are stored; none where only their end tells.
    pub packed: Option<u64>,
    method: u16,
    checksum: Option<u32>,
    /// Where its own header begins.
    offset: u64,
}

/// An archive on disk.
pub struct Archive {
    path: PathBuf,
    size: u64,
    walk: Walk,
    /// Stored bytes of the members so far: more than there are is what a bomb claims.
    claimed: u64,
}

enum Walk {
    /// Through the directory.
    Directory(io::Take<BufReader<File>>),
    /// From header to header; the directory is missing.
    Headers(BufReader<File>, u64),
}

impl Archive {
    /// Finds the directory.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let size = file.metadata()?.len();
        let walk = match directory(&mut file, size)? {
            Some((start, length)) => {
                file.seek(SeekFrom::Start(start))?;
                Walk::Directory(BufReader::new(file).take(length))
            }
            None => Walk::Headers(BufReader::with_capacity(WINDOW, file), 0),
        };
        Ok(Self { path: path.to_path_buf(), size, walk, claimed: 0 })
    }

    /// Whether the directory is there: without it the archive was cut.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        matches!(self.walk, Walk::Directory(_))
    }

    /// The next member; none at the end.
    ///
    /// # Errors
    /// Where the directory is damaged, or members share their bytes, as they do in bombs.
    pub fn next(&mut self) -> io::Result<Option<Member>> {
        let member = match &mut self.walk {
            Walk::Directory(entries) => entry(entries)?,
            Walk::Headers(file, at) => headed(file, at)?,
        };
        self.claimed = self.claimed.saturating_add(member.as_ref().and_then(|m| m.packed).unwrap_or_default());
        if self.is_whole() && self.claimed > self.size {
            return Err(io::Error::new(ErrorKind::InvalidData, "its members overlap"));
        }
        Ok(member)
    }

    /// The text of a member.
    ///
    /// # Errors
    /// Where its header is damaged, or its method is one that is not read.
    pub fn data<'a>(&self, member: &Member, budget: &'a Budget<'a>) -> io::Result<Box<dyn Read + 'a>> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(member.offset))?;
        let header: [u8; 30] = array(&mut file)?;
        if !header.starts_with(b"PK\x03\x04") {
            return Err(ErrorKind::InvalidData.into());
        }
        file.seek_relative(i64::from(u16_at(&header, 26)) + i64::from(u16_at(&header, 28)))?;
        let stored = file.take(member.packed.unwrap_or(u64::MAX));
        let cut = member.offset.saturating_add(member.packed.unwrap_or_default()) > self.size;
        let packing = match member.method {
            0 => return Ok(Box::new(Checked::new(Counted::inner(stored, budget), member.checksum, cut))),
            8 => Packing::Deflate,
            12 => Packing::Bzip2,
            93 => Packing::Zstd,
            95 => Packing::Xz,
            _ => return Err(io::Error::new(ErrorKind::Unsupported, "packed with a method that is not read: unpack it first")),
        };
        Ok(Box::new(Checked::new(Decoded::new(packing, stored, budget)?, member.checksum, cut)))
    }
}

/// Where the directory begins and how long it is.
fn directory(file: &mut File, size: u64) -> io::Result<Option<(u64, u64)>> {
    let start = size.saturating_sub(TAIL);
    file.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail)?;
    let Some(at) = memchr::memmem::rfind(&tail, b"PK\x05\x06").filter(|at| tail.len() - at >= 22) else { return Ok(None) };
    let end = &tail[at..];
    let (mut length, mut offset) = (u64::from(u32_at(end, 12)), u64::from(u32_at(end, 16)));
    // The larger form of the end stands elsewhere, and a locator of 20 bytes in front of the end tells where.
    if let Some(locator) = at.checked_sub(20).map(|from| &tail[from..at]).filter(|l| l.starts_with(b"PK\x06\x07")) {
        file.seek(SeekFrom::Start(u64_at(locator, 8)))?;
        let large: [u8; 56] = array(file)?;
        if large.starts_with(b"PK\x06\x06") {
            (length, offset) = (u64_at(&large, 40), u64_at(&large, 48));
        }
    }
    Ok(Some((offset, length)).filter(|(offset, length)| offset.saturating_add(*length) <= size))
}

/// Reads an entry of the directory.
fn entry(entries: &mut impl Read) -> io::Result<Option<Member>> {
    let mut fixed = [0; 46];
    if entries.read(&mut fixed[..1])? == 0 {
        return Ok(None);
    }
    entries.read_exact(&mut fixed[1..])?;
    if !fixed.starts_with(b"PK\x01\x02") {
        return Err(ErrorKind::InvalidData.into());
    }
    let name = bytes(entries, u16_at(&fixed, 28))?;
    let extra = bytes(entries, u16_at(&fixed, 30))?;
    bytes(entries, u16_at(&fixed, 32))?;
    let by_unix = fixed[5] == 3;
    let mode = u32_at(&fixed, 38) >> 16;
    let (size, packed, offset) = (u32_at(&fixed, 24), u32_at(&fixed, 20), u32_at(&fixed, 42));
    let mut large = field(&extra, 1).unwrap_or_default();
    // The larger field holds only what has no room, in this order.
    let mut wide = |value: u32| match large.split_at_checked(8) {
        Some((number, rest)) if value == u32::MAX => {
            large = rest;
            u64_at(number, 0)
        }
        _ => u64::from(value),
    };
    wide(size);
    let (packed, offset) = (wide(packed), wide(offset));
    Ok(Some(Member {
        name,
        encrypted: is_encrypted(u16_at(&fixed, 8), u16_at(&fixed, 10)),
        link: by_unix && mode & 0o17_0000 == 0o12_0000,
        modified: modified(&extra),
        packed: Some(packed),
        method: u16_at(&fixed, 10),
        checksum: Some(u32_at(&fixed, 16)),
        offset,
    }))
}

/// Reads the header of the next member at or behind `at`, and leaves in `at` where its data ends, or begins where no size is told.
fn headed(file: &mut BufReader<File>, at: &mut u64) -> io::Result<Option<Member>> {
    let Some(offset) = find(file, *at)? else { return Ok(None) };
    file.seek(SeekFrom::Start(offset))?;
    let Some(fixed) = array::<30>(file).map(Some).or_else(ended)? else { return Ok(None) };
    let Some(name) = bytes(file, u16_at(&fixed, 26)).map(Some).or_else(ended)? else { return Ok(None) };
    let Some(extra) = bytes(file, u16_at(&fixed, 28)).map(Some).or_else(ended)? else { return Ok(None) };
    let flags = u16_at(&fixed, 6);
    let told = flags & 8 == 0;
    let packed = match (u32_at(&fixed, 18), field(&extra, 1).and_then(|large| large.get(8..16))) {
        (u32::MAX, Some(large)) => u64_at(large, 0),
        (packed, _) => u64::from(packed),
    };
    *at = file.stream_position()?.saturating_add(if told { packed } else { 0 });
    Ok(Some(Member {
        name,
        encrypted: is_encrypted(flags, u16_at(&fixed, 8)),
        link: false,
        modified: modified(&extra),
        packed: told.then_some(packed),
        method: u16_at(&fixed, 8),
        checksum: told.then(|| u32_at(&fixed, 14)),
        offset,
    }))
}

/// The archive ends within a header: there are no more members.
fn ended<T>(error: io::Error) -> io::Result<Option<T>> {
    if error.kind() == ErrorKind::UnexpectedEof { Ok(None) } else { Err(error) }
}

/// Where the next member's header begins.
fn find(file: &mut BufReader<File>, mut from: u64) -> io::Result<Option<u64>> {
    let mut window = vec![0; WINDOW];
    loop {
        file.seek(SeekFrom::Start(from))?;
        let count = file.read(&mut window)?;
        if let Some(found) = memchr::memmem::find(&window[..count], b"PK\x03\x04") {
            return Ok(Some(from + found as u64));
        }
        if count < 4 {
            return Ok(None);
        }
        from += count as u64 - 3;
    }
}

fn is_encrypted(flags: u16, method: u16) -> bool {
    flags & 1 != 0 || method == 99
}

/// When the member was changed, from the field that Unix programs write.
fn modified(extra: &[u8]) -> Option<i64> {
    let times = field(extra, 0x5455)?;
    (times.len() >= 5 && times[0] & 1 != 0).then(|| i64::from(u32_at(times, 1).cast_signed()))
}

/// An extra field.
fn field(mut extra: &[u8], wanted: u16) -> Option<&[u8]> {
    while extra.len() >= 4 {
        let (id, length) = (u16_at(extra, 0), usize::from(u16_at(extra, 2)));
        let (value, rest) = extra[4..].split_at_checked(length)?;
        if id == wanted {
            return Some(value);
        }
        extra = rest;
    }
    None
}

fn bytes(source: &mut impl Read, length: u16) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::from(length)];
    source.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn array<const N: usize>(source: &mut impl Read) -> io::Result<[u8; N]> {
    let mut array = [0; N];
    source.read_exact(&mut array)?;
    Ok(array)
}

/// The numbers in zip archives have their lowest byte first. Bytes that are missing count as zeros.
fn number(bytes: &[u8], at: usize, length: usize) -> u64 {
    let bytes = bytes.iter().skip(at).take(length);
    bytes.rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    number(bytes, at, 2) as u16
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    number(bytes, at, 4) as u32
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    number(bytes, at, 8)
}

/// A reader that compares the checksum at the end.
struct Checked<R> {
    source: R,
    expected: Option<u32>,
    /// Whether the archive ends before the member does.
    cut: bool,
    sum: flate2::Crc,
}

impl<R> Checked<R> {
    fn new(source: R, expected: Option<u32>, cut: bool) -> Self {
        Self { source, expected, cut, sum: flate2::Crc::new() }
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.sum.update(&buffer[..count]);
        if count == 0 && !buffer.is_empty() && self.expected.take().is_some_and(|expected| expected != self.sum.sum()) {
            let kind = if self.cut { ErrorKind::UnexpectedEof } else { ErrorKind::InvalidData };
            return Err(io::Error::new(kind, "its checksum is wrong"));
        }
        Ok(count)
    }
}
