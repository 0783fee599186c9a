//! What a file holds, told by its first bytes and never by its name.

use super::tar;

/// A file that holds other files, or one file in a packed form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// One stream, packed.
    Packed(Packing),
    /// A tar archive.
    Tar,
    /// A zip archive.
    Zip,
}

/// How one stream is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// RFC 1951, which has no mark of its own and stands in zip archives alone.
    Deflate,
    /// RFC 1952, with any number of members.
    Gzip,
    /// bzip2, with any number of streams.
    Bzip2,
    /// The .xz format, with any number of streams.
    Xz,
    /// RFC 8878, with any number of frames.
    Zstd,
}

/// Zip archives begin with a member, or with the end where they are empty, or with the mark of a split one.
const ZIP: [&[u8]; 3] = [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"];

/// Forms that are known and hold no log lines, each with its first bytes.
const OTHER: &[(&[u8], &str)] = &[
    (b"LPKSHHRH", "a binary file of journald: export it with journalctl -o json --file"),
    (b"\x7fELF", "a program or a core dump, not text"),
    (b"\x89PNG\r\n", "an image, not text"),
    (b"\xff\xd8\xff", "an image, not text"),
    (b"GIF8", "an image, not text"),
    (b"%PDF-", "a PDF document, not a log"),
    (b"SQLite format 3\0", "a database, not text"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive, which is not read: unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive, which is not read: unpack it first"),
    (b"\x04\x22\x4d\x18", "packed with lz4, which is not read: unpack it first"),
    (b"\x89LZO\0\r\n", "packed with lzop, which is not read: unpack it first"),
    (b"LZIP", "packed with lzip, which is not read: unpack it first"),
    (b"\x1f\x9d", "packed with compress, which is not read: unpack it first"),
    (b"\xed\xab\xee\xdb", "an RPM package, not a log"),
    (b"!<arch>\n", "a Debian package or a library, not a log"),
];

/// The container that these first bytes begin.
#[must_use]
pub fn container(sample: &[u8]) -> Option<Container> {
    let packed = |packing| Some(Container::Packed(packing));
    match sample {
        [0x1f, 0x8b, 8, ..] => packed(Packing::Gzip),
        // The digit is the size of a block; a block or the end of an empty stream follows.
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..]
        | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..] => packed(Packing::Bzip2),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => packed(Packing::Xz),
        // The second is a frame that zstd skips, as pzstd and seekable files begin.
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => packed(Packing::Zstd),
        _ if ZIP.iter().any(|mark| sample.starts_with(mark)) => Some(Container::Zip),
        _ if tar::begins(sample) => Some(Container::Tar),
        _ => None,
    }
}

/// What a file is that is known to hold no log lines.
#[must_use]
pub fn other(sample: &[u8]) -> Option<&'static str> {
    OTHER.iter().find(|(mark, _)| sample.starts_with(mark)).map(|(_, what)| *what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_begins_like_a_mark_is_no_container() {
        for text in [&b"BZh is how bzip2 begins"[..], b"PK is a name", b"7zip", b"", b"\x1f", b"P*M"] {
            assert_eq!(container(text), None, "{}", text.escape_ascii());
        }
    }

    #[test]
    fn known_forms_that_are_no_logs_are_named() {
        assert!(other(b"LPKSHHRH\0\0").is_some_and(|what| what.contains("journalctl")));
        assert_eq!(other(b"2026-01-01 00:00:00.000 1 INFO a [-] b"), None);
    }
}
