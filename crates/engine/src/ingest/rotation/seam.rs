//! Finds what two files of a stream both hold: lines that were copied, or a whole file that is there twice.

use memchr::memmem;

use crate::ingest::{Skipped, source::LogText};

/// Bytes at the end of the older file in which the newer one's beginning is looked for.
const TAIL: usize = 8 << 20;
/// Bytes of the newer file's first line that are looked for.
const NEEDLE: usize = 4 << 10;
/// Places that are compared before the search is given up, so that a file of equal lines costs no more than others.
const TRIES: usize = 256;
/// A shorter first line says too little: its repetition may be chance.
const LEAST: usize = 24;

/// The files of a stream, oldest first, without those that stand in another one; each begins behind what the one before it ends with.
pub fn without_repeats(files: Vec<LogText>, skipped: &mut Vec<Skipped>) -> Vec<LogText> {
    let mut kept: Vec<LogText> = Vec::with_capacity(files.len());
    for mut file in files {
        if let Some(other) = kept.iter().find(|other| holds(unread(other), unread(&file))) {
            skipped.push(copy(&file, other));
            continue;
        }
        // A copy that was made while the log grew is shorter than the log, and stands before it.
        while let Some(last) = kept.pop_if(|last| holds(unread(&file), unread(last))) {
            skipped.push(copy(&last, &file));
        }
        if let Some(last) = kept.last() {
            file.start += overlap(last.text.bytes(), unread(&file));
        }
        kept.push(file);
    }
    kept
}

fn unread(file: &LogText) -> &[u8] {
    &file.text.bytes()[file.start.min(file.text.bytes().len())..]
}

fn copy(file: &LogText, of: &LogText) -> Skipped {
    let reason = format!("a copy: all of its text stands in {} too, and is read there", of.path);
    Skipped { path: file.path.clone(), line: None, reason }
}

/// Whether a text begins or ends with all of another one.
fn holds(text: &[u8], part: &[u8]) -> bool {
    part.len() >= LEAST && (text.starts_with(part) || text.ends_with(part))
}

/// Bytes at the start of the newer text that the older one ends with, in whole lines.
fn overlap(older: &[u8], newer: &[u8]) -> usize {
    let tail = &older[older.len().saturating_sub(TAIL)..];
    let first = memchr::memchr(b'\n', newer).map_or(0, |end| end + 1);
    if first < LEAST {
        return 0;
    }
    let needle = &newer[..first.min(NEEDLE)];
    let at_line = |at: &usize| *at == 0 || tail[at - 1] == b'\n';
    let ends = |at: &usize| newer.starts_with(&tail[*at..]) && tail.ends_with(b"\n");
    memmem::find_iter(tail, needle).filter(at_line).take(TRIES).find(ends).map_or(0, |at| tail.len() - at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "2026-01-01 00:00:01.000 1 INFO a [-] one\n";
    const B: &str = "2026-01-01 00:00:02.000 1 INFO a [-] two\n";
    const C: &str = "2026-01-01 00:00:03.000 1 INFO a [-] three\n";

    #[test]
    fn an_overlap_must_match_to_the_end_of_the_older_text() {
        let check = |older: &[&str], newer: &[&str], expected: usize| {
            assert_eq!(overlap(older.concat().as_bytes(), newer.concat().as_bytes()), expected, "{older:?} {newer:?}");
        };
        check(&[A, B], &[B, C], B.len());
        check(&[A, B], &[A, B, C], A.len() + B.len());
        check(&[A, B, C], &[B], 0);
        check(&[A, B, C], &[B, A], 0);
        check(&[A, A], &[A, B], A.len() * 2 - A.len());
        check(&[A], &[B], 0);
        check(&["tick\n"], &["tick\n", A], 0);
        check(&[A, "half of a li"], &["half of a li", A], 0);
    }
}
