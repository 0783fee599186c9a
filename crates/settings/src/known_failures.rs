//! The user's own known failures: a folder of TOML files beside the tables that ship with the program.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use engine::{
    Known,
    diagnose::known::{Loaded, Problem},
};
use serde::Serialize;
use ts_rs::TS;

use crate::{Error, Folders, disk};

/// The file that shows how to write one; it is all comments until the user makes something of it.
const EXAMPLE: (&str, &str) = ("example.toml", include_str!("known_failures.toml"));

/// How many failures are known, and what is wrong with the user's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct KnownFailures {
    /// All of them.
    pub all: usize,
    /// The user's own among them.
    pub own: usize,
    /// The folder of the user's own.
    pub folder: String,
    /// What is wrong there; it was left out.
    pub problems: Vec<Problem>,
}

/// Counts the known failures, and says what is wrong with the user's own.
#[must_use]
pub fn summary(folders: &Folders) -> KnownFailures {
    let loaded = load(folders);
    let signatures = loaded.known.signatures();
    let own = signatures.iter().filter(|signature| signature.file.is_some()).count();
    let folder = folders.known_failures().display().to_string();
    KnownFailures { all: signatures.len(), own, folder, problems: loaded.problems }
}

/// Loads the known failures that ship with the program and those of the user's folder. A file that cannot be read is a problem
/// like one that is wrong: the rest counts.
#[must_use]
pub fn load(folders: &Folders) -> Loaded {
    read(&folders.known_failures())
}

/// Loads the known failures that ship with the program and those of one file, or of all `*.toml` files of a folder, by name. One
/// that is not there holds none.
#[must_use]
pub fn read(path: &Path) -> Loaded {
    let mut problems = Vec::new();
    let files = match files(path) {
        Ok(files) => files,
        Err(error) => {
            problems.push(unreadable(path, &error));
            Vec::new()
        }
    };
    let mut texts = Vec::new();
    for file in files {
        match fs::read_to_string(&file) {
            Ok(text) => texts.push((file.display().to_string(), text)),
            Err(error) => problems.push(unreadable(&file, &error)),
        }
    }
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut loaded = Known::with_own(&texts);
    problems.append(&mut loaded.problems);
    Loaded { problems, ..loaded }
}

/// Makes the folder, with a file in it that shows how to write a known failure. A folder that is there is left as it is.
///
/// # Errors
/// An I/O error naming the path.
pub fn make(folders: &Folders) -> Result<(), Error> {
    let folder = folders.known_failures();
    if folder.exists() {
        return Ok(());
    }
    fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
    disk::write(&folder.join(EXAMPLE.0), EXAMPLE.1.as_bytes())
}

fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    let mut files: Vec<PathBuf> =
        paths.into_iter().filter(|p| p.extension().is_some_and(|e| e == "toml") && !p.is_dir()).collect();
    files.sort();
    Ok(files)
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let remedy = match error.kind() {
        io::ErrorKind::InvalidData => "save the file as UTF-8",
        _ => "make it readable for your user, or move it away",
    };
    Problem { file: path.display().to_string(), signature: None, reason: error.to_string(), remedy: remedy.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folders::temporary as folders;

    /// The example as the user makes it count: without the signs before its lines.
    fn example() -> String {
        let entry = EXAMPLE.1.lines().skip_while(|line| *line != "# [[signature]]");
        entry.map(|line| line.trim_start_matches('#').trim_start().to_owned() + "\n").collect()
    }

    fn own(loaded: &Loaded) -> Vec<String> {
        loaded.known.signatures().iter().filter(|s| s.file.is_some()).map(|s| s.id.clone()).collect()
    }

    #[test]
    fn the_example_is_harmless_and_counts_once_its_signs_are_taken_away() {
        let (_keep, folders) = folders();
        make(&folders).unwrap();
        let loaded = load(&folders);
        assert_eq!((own(&loaded).len(), loaded.problems.len()), (0, 0));
        let file = folders.known_failures().join(EXAMPLE.0);
        fs::write(&file, example()).unwrap();
        let loaded = load(&folders);
        assert_eq!((own(&loaded).len(), loaded.problems), (1, Vec::new()));
        make(&folders).unwrap();
        assert_eq!(fs::read_to_string(file).unwrap(), example(), "a file of the user's was overwritten");
    }

    #[test]
    fn a_bad_file_is_named_and_the_others_count() {
        let (_keep, folders) = folders();
        let folder = folders.known_failures();
        fs::create_dir_all(folder.join("old.toml")).unwrap();
        fs::write(folder.join("a-broken.toml"), "[[signature]\n").unwrap();
        fs::write(folder.join("b-latin.toml"), b"# Stra\xdfe\n").unwrap();
        fs::write(folder.join("c-good.toml"), example()).unwrap();
        fs::write(folder.join("notes.txt"), "not a table").unwrap();
        let loaded = load(&folders);
        assert_eq!(own(&loaded).len(), 1);
        let mut named: Vec<_> = loaded.problems.iter().map(|p| Path::new(&p.file).file_name().unwrap()).collect();
        named.sort();
        assert_eq!(named, ["a-broken.toml", "b-latin.toml"]);
        assert!(loaded.problems.iter().any(|p| p.remedy.contains("UTF-8")));
    }

    #[test]
    fn a_single_file_can_be_looked_at() {
        let (keep, _) = folders();
        let file = keep.path().join("mine.toml");
        fs::write(&file, example()).unwrap();
        assert_eq!(own(&read(&file)).len(), 1);
        assert_eq!(own(&read(&keep.path().join("missing"))).len(), 0);
    }
}
