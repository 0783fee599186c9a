//! What PAX writes in front of a member for what the header has no room for.

use super::PARTS;

/// The extended header of one member.
#[derive(Debug, Default)]
pub struct Extended {
    /// The path, where it is too long for the header or not in ASCII.
    pub name: Option<Vec<u8>>,
    /// Bytes that are stored.
    pub size: Option<u64>,
    /// When it was changed, in seconds since 1970.
    pub modified: Option<i64>,
    /// The length of a sparse file with its holes.
    pub real_size: Option<u64>,
    /// The parts of a sparse file, where they stand here: PAX 0.0 and 0.1.
    pub parts: Vec<(u64, u64)>,
    /// The major version of the sparse form.
    sparse: Option<u64>,
    /// A sparse file's own path wins over the one that older programs see.
    sparse_name: bool,
}

impl Extended {
    /// Reads records of the form `LENGTH KEY=VALUE\n`, up to the first that is damaged.
    pub fn read(&mut self, mut text: &[u8]) {
        while let Some((key, value, rest)) = record(text) {
            self.set(key, value);
            text = rest;
        }
    }

    /// Whether the parts of a sparse file stand in front of its data: PAX 1.0.
    pub fn is_mapped(&self) -> bool {
        self.sparse == Some(1)
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        let text = std::str::from_utf8(value).unwrap_or_default();
        let number = || text.parse().ok();
        match key {
            b"path" if !self.sparse_name => self.name = Some(value.to_vec()),
            b"GNU.sparse.name" => (self.name, self.sparse_name) = (Some(value.to_vec()), true),
            b"size" => self.size = number(),
            b"mtime" => self.modified = text.split('.').next().and_then(|seconds| seconds.parse().ok()),
            b"GNU.sparse.major" => self.sparse = number(),
            b"GNU.sparse.realsize" | b"GNU.sparse.size" => self.real_size = number(),
            b"GNU.sparse.map" => {
                let numbers: Vec<u64> = text.split(',').take(2 * PARTS).map_while(|n| n.parse().ok()).collect();
                self.parts = numbers.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
            }
            b"GNU.sparse.offset" if self.parts.len() < PARTS => self.parts.push((number().unwrap_or_default(), 0)),
            b"GNU.sparse.numbytes" => {
                if let (Some(last), Some(length)) = (self.parts.last_mut(), number()) {
                    last.1 = length;
                }
            }
            _ => {}
        }
    }
}

/// The first record: its key, its value and what follows.
fn record(text: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let space = memchr::memchr(b' ', &text[..text.len().min(20)])?;
    let length: usize = std::str::from_utf8(&text[..space]).ok()?.parse().ok()?;
    let body = text.get(space + 1..length)?.strip_suffix(b"\n")?;
    let equals = memchr::memchr(b'=', body)?;
    Some((&body[..equals], &body[equals + 1..], &text[length..]))
}
