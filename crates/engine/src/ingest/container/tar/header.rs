//! The block of 512 bytes in front of each member, in the forms of ustar and of GNU tar.

use super::{BLOCK, Kind};

/// A header block.
#[derive(Clone, Copy)]
pub struct Header<'a>(pub &'a [u8; BLOCK]);

impl Header<'_> {
    /// Whether it carries the mark of ustar or of GNU tar.
    pub fn is_marked(self) -> bool {
        self.0[257..262] == *b"ustar"
    }

    /// Whether the checksum is right, which some old programs built over signed bytes.
    pub fn is_whole(self) -> bool {
        let Some(told) = octal(&self.0[148..156]) else { return false };
        let bytes = || self.0.iter().enumerate().map(|(at, byte)| if (148..156).contains(&at) { b' ' } else { *byte });
        let unsigned: u64 = bytes().map(u64::from).sum();
        let signed: i64 = bytes().map(|byte| i64::from(byte.cast_signed())).sum();
        told == unsigned || i64::try_from(told) == Ok(signed)
    }

    /// The byte that tells what follows.
    pub fn flag(self) -> u8 {
        self.0[156]
    }

    /// Whether data follows at all: links, folders and devices may name a size and have none.
    pub fn is_stored(self) -> bool {
        !matches!(self.flag(), b'1'..=b'6')
    }

    /// What the member is. A name that ends with a slash is a folder in the oldest form, which has no mark for it.
    pub fn kind(self) -> Kind {
        match self.flag() {
            b'5' | b'D' => Kind::Folder,
            b'1' | b'2' => Kind::Link,
            b'3' | b'4' | b'6' => Kind::Other,
            0 | b'0' if self.name().ends_with(b"/") => Kind::Folder,
            _ => Kind::File,
        }
    }

    /// Bytes that are stored.
    pub fn size(self) -> Option<u64> {
        number(&self.0[124..136])
    }

    /// When the member was changed, in seconds since 1970.
    pub fn modified(self) -> Option<i64> {
        number(&self.0[136..148]).filter(|seconds| *seconds > 0).and_then(|seconds| i64::try_from(seconds).ok())
    }

    /// The path, its beginning taken from the field that ustar has for it.
    pub fn name(self) -> Vec<u8> {
        let name = field(&self.0[..100]);
        let prefix = field(&self.0[345..500]);
        let has_prefix = self.0[257..263] == *b"ustar\0" && !prefix.is_empty();
        if has_prefix { [prefix, b"/", name].concat() } else { name.to_vec() }
    }

    /// The first parts of a sparse file, as old GNU tar writes them.
    pub fn sparse_parts(self) -> Vec<(u64, u64)> {
        pairs(&self.0[386..482])
    }

    /// Whether blocks with more parts follow.
    pub fn is_continued(self) -> bool {
        self.0[482] != 0
    }

    /// The length of a sparse file with its holes.
    pub fn real_size(self) -> Option<u64> {
        number(&self.0[483..495])
    }
}

/// The parts that a block behind the header holds.
pub fn continued_parts(block: &[u8; BLOCK]) -> Vec<(u64, u64)> {
    pairs(&block[..504])
}

fn pairs(bytes: &[u8]) -> Vec<(u64, u64)> {
    let pair = |pair: &[u8]| Some((number(&pair[..12])?, number(&pair[12..24])?));
    bytes.chunks_exact(24).take_while(|bytes| bytes[0] != 0).filter_map(pair).collect()
}

fn field(bytes: &[u8]) -> &[u8] {
    &bytes[..memchr::memchr(0, bytes).unwrap_or(bytes.len())]
}

/// A number in octal digits, or in bytes where GNU tar had no room for the digits.
fn number(bytes: &[u8]) -> Option<u64> {
    match bytes.split_first()? {
        (0x80, rest) => {
            let (high, low) = rest.split_at(rest.len().saturating_sub(8));
            let low = low.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
            high.iter().all(|byte| *byte == 0).then_some(low)
        }
        (0x81..=0xff, _) => None,
        _ => octal(bytes),
    }
}

/// A number in octal digits between spaces and zeros.
fn octal(bytes: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(field(bytes)).ok()?.trim_matches(' ');
    if text.is_empty() { Some(0) } else { u64::from_str_radix(text, 8).ok() }
}
