//! How much the program keeps where, and what of it can be made again.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Error, Folders};

/// Folders deeper than this are not counted: none of ours is.
const DEPTH: usize = 12;

/// Something that the program keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "types.ts")]
pub enum Keeping {
    /// The settings file.
    Settings,
    /// The models.
    Models,
    /// The user's own known failures.
    KnownFailures,
    /// The sample logs that were written.
    Samples,
    /// Indexes of logs, which make a folder open quickly again.
    Index,
    /// What good periods told.
    Baselines,
    /// Archives that were unpacked.
    Unpacked,
}

/// All that the program keeps.
const ALL: [Keeping; 7] = [
    Keeping::Settings,
    Keeping::Models,
    Keeping::KnownFailures,
    Keeping::Samples,
    Keeping::Index,
    Keeping::Baselines,
    Keeping::Unpacked,
];

/// How much of something is kept, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Kept {
    /// What.
    pub what: Keeping,
    /// Where.
    pub path: PathBuf,
    /// Whether it is there yet.
    pub exists: bool,
    /// Bytes of all files.
    pub bytes: u64,
    /// Whether it can be cleared: it is made again when it is needed, and nothing reads it meanwhile.
    pub clearable: bool,
}

impl Keeping {
    /// Where it is.
    #[must_use]
    pub fn path(self, folders: &Folders) -> PathBuf {
        match self {
            Self::Settings => folders.settings.clone(),
            Self::Models => folders.models.clone(),
            Self::KnownFailures => folders.known_failures(),
            Self::Samples => folders.samples(),
            Self::Index => folders.cache.join("index"),
            Self::Baselines => folders.cache.join("baselines"),
            Self::Unpacked => folders.cache.join("unpacked"),
        }
    }

    /// Whether it can be cleared. Logs that are open are read out of what was unpacked, so that is not.
    #[must_use]
    pub fn is_clearable(self) -> bool {
        matches!(self, Self::Index | Self::Baselines)
    }
}

/// How much is kept of everything.
#[must_use]
pub fn list(folders: &Folders) -> Vec<Kept> {
    let kept = |what: Keeping| {
        let path = what.path(folders);
        Kept { what, exists: path.exists(), bytes: size(&path), path, clearable: what.is_clearable() }
    };
    ALL.into_iter().map(kept).collect()
}

/// Clears what can be made again, and gives the bytes that this freed.
///
/// # Errors
/// [`Error::NotClearable`], or an I/O error naming the path.
pub fn clear(folders: &Folders, what: Keeping) -> Result<u64, Error> {
    let path = what.path(folders);
    if !what.is_clearable() {
        return Err(Error::NotClearable(path));
    }
    let bytes = size(&path);
    if path.exists() {
        fs::remove_dir_all(&path).map_err(Error::io(&path))?;
    }
    Ok(bytes)
}

/// Bytes of a file, or of all files in a folder and below; links are not followed.
#[must_use]
pub fn size(path: &Path) -> u64 {
    fn below(path: &Path, depth: usize) -> u64 {
        let Ok(meta) = fs::symlink_metadata(path) else { return 0 };
        if !meta.is_dir() || depth == 0 {
            return if meta.is_file() { meta.len() } else { 0 };
        }
        fs::read_dir(path).into_iter().flatten().flatten().map(|entry| below(&entry.path(), depth - 1)).sum()
    }
    below(path, DEPTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(folders: &Folders) {
        for (what, file, bytes) in
            [(Keeping::Index, "a/logs.index", 7), (Keeping::Unpacked, "b/log", 11), (Keeping::Models, "m/model.json", 13)]
        {
            let path = what.path(folders).join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, vec![0; bytes]).unwrap();
        }
    }

    #[test]
    fn each_is_told_with_its_size() {
        let (_keep, folders) = crate::folders::temporary();
        fill(&folders);
        let kept = list(&folders);
        let of = |what| kept.iter().find(|one| one.what == what).unwrap();
        assert_eq!([Keeping::Index, Keeping::Unpacked, Keeping::Models].map(|what| of(what).bytes), [7, 11, 13]);
        assert!(!of(Keeping::Baselines).exists && of(Keeping::Index).exists);
        assert_eq!(of(Keeping::Settings).path, folders.settings);
    }

    #[test]
    fn only_what_can_be_made_again_is_cleared() {
        let (_keep, folders) = crate::folders::temporary();
        fill(&folders);
        assert_eq!(clear(&folders, Keeping::Index).unwrap(), 7);
        assert_eq!(clear(&folders, Keeping::Baselines).unwrap(), 0);
        for what in [Keeping::Unpacked, Keeping::Models, Keeping::Settings, Keeping::KnownFailures, Keeping::Samples] {
            assert_eq!(clear(&folders, what).unwrap_err().code(), "not_clearable");
        }
        assert_eq!(list(&folders).iter().map(|one| one.bytes).sum::<u64>(), 24);
    }
}
