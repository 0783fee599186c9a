//! Files as they are on the disk now, whatever was read of them before: what is written lies behind what an explorer knows.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::{Component, Path, PathBuf},
};

use super::{Around, RawLine, raw::MOST, rows::shortened};
use crate::Error;

/// Bytes of a line that are kept to be shown.
const LONGEST: usize = 8000;
/// Characters of a line that are shown.
const SHOWN: usize = 2000;
/// Bytes read at a time.
const BLOCK: usize = 1 << 18;

/// The lines of a file around one of them as they are now; none where the file has fewer.
///
/// # Errors
/// [`Error::NotFound`] or [`Error::Io`] where the file cannot be read.
pub fn around(root: &Path, file: &str, line: u32, before: u32, after: u32) -> Result<Around, Error> {
    let path = place(root, file).ok_or_else(|| Error::NotFound(file.into()))?;
    let (first, last) = (line.saturating_sub(before.min(MOST)).max(1), line.saturating_add(after.min(MOST)));
    let mut reader = BufReader::with_capacity(BLOCK, File::open(&path).map_err(Error::io(&path))?);
    let (mut total, mut lines, mut text) = (0, Vec::new(), Vec::new());
    loop {
        let wanted = (first..=last).contains(&(total + 1));
        if !next(&mut reader, wanted.then_some(&mut text)).map_err(Error::io(&path))? {
            return Ok(Around { file: file.to_owned(), total, lines });
        }
        total += 1;
        if wanted {
            let bare = text.strip_suffix(b"\r").unwrap_or(&text);
            lines.push(RawLine { line: total, text: shortened(bare, SHOWN), event: None });
            text.clear();
        }
    }
}

/// Passes over a line, keeping it where it is wanted. Gives whether there was one.
fn next(reader: &mut impl BufRead, mut wanted: Option<&mut Vec<u8>>) -> std::io::Result<bool> {
    let mut begun = false;
    loop {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            return Ok(begun);
        }
        begun = true;
        let end = memchr::memchr(b'\n', bytes);
        let taken = end.unwrap_or(bytes.len());
        if let Some(text) = &mut wanted {
            text.extend_from_slice(&bytes[..taken.min(LONGEST.saturating_sub(text.len()))]);
        }
        reader.consume(end.map_or(taken, |n| n + 1));
        if end.is_some() {
            return Ok(true);
        }
    }
}

/// Where a file lies that was read: below the folder, or the one file itself. None where the path leads elsewhere.
fn place(root: &Path, file: &str) -> Option<PathBuf> {
    let below = Path::new(file).components().all(|part| matches!(part, Component::Normal(_)));
    let path = if root.is_file() { root.to_owned() } else { root.join(file) };
    below.then_some(path)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn lines_are_those_that_the_file_has_now() {
        let folder = tempfile::tempdir().unwrap();
        let text = (1..=20_000).map(|n| format!("line {n}\r\n")).collect::<Vec<_>>().concat();
        fs::write(folder.path().join("a.log"), text + "half").unwrap();
        let found = around(folder.path(), "a.log", 20_000, 1, 9).unwrap();
        let lines: Vec<_> = found.lines.iter().map(|l| (l.line, l.text.as_str())).collect();
        assert_eq!((found.total, lines), (20_001, vec![(19_999, "line 19999"), (20_000, "line 20000"), (20_001, "half")]));
        let one = around(&folder.path().join("a.log"), "a.log", 1, 0, 0).unwrap();
        assert_eq!((one.total, one.lines.len(), one.lines[0].text.as_str()), (20_001, 1, "line 1"));
        assert!(around(folder.path(), "a.log", 30_000, 5, 5).unwrap().lines.is_empty());
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        for path in ["../a.log", "/etc/passwd", "no.log"] {
            assert_eq!(around(folder.path(), path, 1, 0, 0).unwrap_err().code(), "not_found");
        }
    }
}
