//! Notes what was not read, and keeps many notes of one kind short.

use std::collections::BTreeMap;

use crate::ingest::Skipped;

/// What was not read, with the files of each reason.
#[derive(Debug)]
pub struct Notes {
    /// Files that are named one by one; more of one reason are told in one note.
    most: usize,
    reasons: BTreeMap<String, (u64, Vec<String>)>,
}

impl Notes {
    /// No notes yet; `most` files of a reason are named one by one.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { most, reasons: BTreeMap::new() }
    }

    /// Notes a file and why it was not read, or not as a whole.
    pub fn note(&mut self, path: &str, reason: impl Into<String>) {
        let (count, named) = self.reasons.entry(reason.into()).or_default();
        *count += 1;
        if named.len() < self.most {
            named.push(path.to_owned());
        }
    }

    /// A note per file, or one note about `whole` where many files share a reason.
    #[must_use]
    pub fn told(self, whole: &str) -> Vec<Skipped> {
        let told = self.reasons.into_iter().flat_map(|(reason, (count, named))| {
            if count <= self.most as u64 {
                return named.into_iter().map(|path| Skipped { path, line: None, reason: reason.clone() }).collect();
            }
            let reason = format!("{count} files in it, such as {}: {reason}", named[0]);
            vec![Skipped { path: whole.to_owned(), line: None, reason }]
        });
        told.collect()
    }
}
