//! Stamps: what a step read when it last succeeded, so that it need not run again on the same.

use std::{
    cell::RefCell,
    collections::HashMap,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::files;

/// The contents of the tree, each file read once.
#[derive(Debug)]
pub struct Contents {
    root: PathBuf,
    files: Vec<String>,
    hashes: RefCell<HashMap<String, u64>>,
}

impl Contents {
    /// Lists the tree; reads nothing yet.
    #[must_use]
    pub fn of(root: &Path) -> Self {
        Self { root: root.into(), files: files::list(root), hashes: RefCell::default() }
    }

    /// One number for the names and bytes of all files within these paths, and for the words, such as versions of tools.
    #[must_use]
    pub fn hash(&self, paths: &[&str], words: &[&str]) -> String {
        let mut hasher = DefaultHasher::new();
        words.hash(&mut hasher);
        for file in self.files.iter().filter(|file| files::within(file, paths)) {
            file.hash(&mut hasher);
            self.file(file).hash(&mut hasher);
        }
        format!("{:016x}", hasher.finish())
    }

    fn file(&self, file: &str) -> u64 {
        if let Some(hash) = self.hashes.borrow().get(file) {
            return *hash;
        }
        let hash = hash_file(&self.root.join(file));
        self.hashes.borrow_mut().insert(file.to_owned(), hash);
        hash
    }
}

/// One number for a file's bytes; a file that cannot be read counts as empty.
#[must_use]
pub fn hash_file(path: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    fs::read(path).unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}

/// Whether the stamp holds this text.
#[must_use]
pub fn matches(stamp: &Path, text: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|held| held == text)
}

/// Writes the stamp, and its folder where it is missing.
///
/// # Errors
/// Where the file cannot be written.
pub fn write(stamp: &Path, text: &str) -> Result<()> {
    let folder = stamp.parent().context("a stamp lies in a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    fs::write(stamp, text).with_context(|| format!("{} cannot be written", stamp.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(name: &str) -> PathBuf {
        let root = std::env::temp_dir().join(format!("xtask-stamp-{name}-{}", std::process::id()));
        fs::create_dir_all(root.join("a")).unwrap();
        fs::create_dir_all(root.join("b")).unwrap();
        fs::write(root.join("a/one"), "1").unwrap();
        fs::write(root.join("b/two"), "2").unwrap();
        root
    }

    #[test]
    fn a_hash_follows_names_bytes_and_words_within_its_paths() {
        let root = tree("hash");
        let hash = || Contents::of(&root).hash(&["a"], &["rustc 1"]);
        let first = hash();
        fs::write(root.join("b/two"), "other").unwrap();
        assert_eq!(hash(), first);
        assert_ne!(Contents::of(&root).hash(&["a"], &["rustc 2"]), first);
        fs::write(root.join("a/one"), "11").unwrap();
        let changed = hash();
        assert_ne!(changed, first);
        fs::rename(root.join("a/one"), root.join("a/uno")).unwrap();
        assert_ne!(hash(), changed);
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_stamp_matches_only_its_own_text() {
        let root = tree("stamp");
        let stamp = root.join("new/step");
        assert!(!matches(&stamp, "x"));
        write(&stamp, "x").unwrap();
        assert!(matches(&stamp, "x"));
        assert!(!matches(&stamp, "y"));
        fs::remove_dir_all(root).unwrap();
    }
}
