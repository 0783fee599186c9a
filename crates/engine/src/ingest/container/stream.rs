//! A stream whose first bytes are looked at before it is read, and the names of what streams hold.

use std::io::{self, ErrorKind, Read};

use crate::ingest::SAMPLE;

/// Bytes of a path that are kept; a longer one keeps its beginning and its end.
const LONGEST: usize = 1024;

/// A stream that gives again what was looked at.
pub struct Resumed<'a> {
    source: &'a mut dyn Read,
    sample: Vec<u8>,
    /// Bytes of the sample that were given.
    given: usize,
    /// What ended the source early.
    failed: Option<io::Error>,
}

impl<'a> Resumed<'a> {
    /// Reads the first bytes.
    pub fn new(source: &'a mut dyn Read) -> Self {
        let mut stream = Self { source, sample: Vec::new(), given: 0, failed: None };
        stream.fill();
        stream
    }

    /// The first bytes, fewer than 64 KiB only where there are no more.
    pub fn sample(&self) -> &[u8] {
        &self.sample
    }

    /// The error that ended the stream within the sample.
    pub fn failed(&self) -> Option<io::Error> {
        self.failed.as_ref().map(again)
    }

    /// Steps over zeros in front, and gives how many there are.
    pub fn skip_zeros(&mut self) -> u64 {
        let mut zeros = 0;
        loop {
            let here = self.sample.iter().take_while(|byte| **byte == 0).count();
            self.sample.drain(..here);
            zeros += here as u64;
            if here == 0 {
                return zeros;
            }
            self.fill();
        }
    }

    fn fill(&mut self) {
        if self.failed.is_some() {
            return;
        }
        let wanted = (SAMPLE - self.sample.len()) as u64;
        self.failed = (&mut self.source).take(wanted).read_to_end(&mut self.sample).err();
    }
}

impl Read for Resumed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = &self.sample[self.given..];
        if rest.is_empty() {
            return match &self.failed {
                Some(e) => Err(again(e)),
                None => self.source.read(buffer).inspect_err(|e| {
                    if e.kind() != ErrorKind::Interrupted {
                        self.failed = Some(again(e));
                    }
                }),
            };
        }
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.given += count;
        Ok(count)
    }
}

/// The same error once more: a stream that failed fails at every further read.
fn again(error: &io::Error) -> io::Error {
    match super::limits::Break::of(error) {
        Some(reason) => io::Error::other(reason),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}

/// The path of a member: what its archive says, made harmless. It is shown and never opened.
pub fn name(archive: &str, member: &[u8]) -> String {
    let member = String::from_utf8_lossy(member);
    let parts = member.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    let mut path = archive.to_owned();
    for part in parts {
        if !path.is_empty() {
            path.push('/');
        }
        path.extend(part.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }));
    }
    shortened(path)
}

fn shortened(path: String) -> String {
    if path.len() <= LONGEST {
        return path;
    }
    let begin = path.floor_char_boundary(LONGEST / 2);
    let end = path.ceil_char_boundary(path.len() - LONGEST / 2);
    format!("{}\u{2026}{}", &path[..begin], &path[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_below_their_archive() {
        for (member, expected) in [
            (&b"var/log/a.log"[..], "x.tar/var/log/a.log"),
            (b"/etc/passwd", "x.tar/etc/passwd"),
            (b"../../a/./b", "x.tar/a/b"),
            (b"..\\..\\a", "x.tar/a"),
            (b"a\nb", "x.tar/a\u{fffd}b"),
            (b"\xff.log", "x.tar/\u{fffd}.log"),
            (b"", "x.tar"),
        ] {
            assert_eq!(name("x.tar", member), expected);
        }
    }

    #[test]
    fn a_long_name_keeps_its_beginning_and_its_end() {
        let long = format!("{}/nova.log", "ü".repeat(5000));
        let kept = name("x.tar", long.as_bytes());
        assert!(kept.len() <= LONGEST + 3 && kept.starts_with("x.tar/ü") && kept.ends_with("/nova.log"), "{kept}");
    }

    #[test]
    fn zeros_in_front_are_stepped_over_and_counted() {
        let text = [vec![0; 3 * SAMPLE + 5], b"line\n".to_vec()].concat();
        let mut source = &text[..];
        let mut stream = Resumed::new(&mut source);
        assert_eq!(stream.skip_zeros(), 3 * SAMPLE as u64 + 5);
        let mut rest = String::new();
        stream.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "line\n");
    }
}
