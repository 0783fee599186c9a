//! What is written, read back from the disk.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod content;
mod labels;
mod samples;
mod truth;
mod writing;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use simulate::{Config, Fault, Size, Truth};
use tempfile::TempDir;

/// Logs on the disk, and the truth about them.
struct Written {
    folder: TempDir,
    truth: Truth,
}

impl Written {
    fn of(config: &Config) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let truth = simulate::write(config, folder.path(), &mut |_| true).unwrap();
        Self { folder, truth }
    }

    fn logs(&self) -> PathBuf {
        self.folder.path().join("logs")
    }

    /// The text of each file, by its path below `logs`.
    fn files(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        collect(&self.logs(), &self.logs(), &mut files);
        files
    }

    /// All files whose path ends so, as one text.
    fn text_of(&self, ending: &str) -> String {
        self.files().into_iter().filter(|(name, _)| name.ends_with(ending)).map(|(_, text)| text).collect()
    }

    fn all_text(&self) -> String {
        self.files().into_values().collect()
    }
}

/// The text of each file below `folder`, by its path below `root`.
fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// The fault of that name.
fn fault(name: &str) -> Fault {
    Fault::from_name(name).unwrap()
}

/// A small cloud with so many lines.
fn lines(lines: u64) -> Config {
    Config { seed: 5, size: Size::Lines(lines), computes: 2, operations_per_hour: 400, ..Config::default() }
}
