//! Keeps what was unpacked, so that an archive is unpacked once: a folder per archive, filled aside and renamed when it is whole.
//!
//! Who uses an entry holds a shared lock on a file in it, and who fills one an exclusive lock, so that other processes leave both
//! alone; the system frees the locks of a process that was killed. A lock on the whole cache is held for moments only.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use tempfile::TempDir;

use super::index::{Index, Made};
use crate::Error;

/// The folder of all entries in the cache folder.
const FOLDER: &str = "unpacked";
/// The file of an entry that its users lock, and that of the cache.
const LOCK: &str = "lock";
/// The file of an entry that holds its size, and is written at each use so that its time tells the last one.
const USED: &str = "used";
/// How the names of entries begin that are being filled, or removed.
const ASIDE: &str = ".aside-";

/// Keeps what was unpacked from being removed while it is read.
#[derive(Debug)]
pub struct Lease {
    /// Holds the shared lock.
    _lock: Option<File>,
    /// Is removed with the lease.
    folder: Option<TempDir>,
}

impl Lease {
    /// The folder that is removed with it; none where the cache keeps what was unpacked.
    #[must_use]
    pub fn temporary(&self) -> Option<&Path> {
        self.folder.as_ref().map(TempDir::path)
    }
}

/// Where archives are unpacked to.
pub enum Cache {
    /// A folder that is kept.
    Kept {
        /// The folder of the entries.
        folder: PathBuf,
        /// Bytes that it may hold.
        most: u64,
    },
    /// Folders that are removed after use.
    Passing,
}

/// A folder that is being filled; removed where it does not become an entry.
pub struct Filling {
    folder: TempDir,
    lock: File,
}

impl Filling {
    /// Where members are stored.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Cache {
    /// Opens the cache in a folder, and removes what killed runs have left there; without a folder, nothing is kept.
    ///
    /// # Errors
    /// [`Error::Io`] where the folder cannot be made.
    pub fn open(folder: Option<&Path>, most: u64) -> Result<Self, Error> {
        let Some(folder) = folder.map(|folder| folder.join(FOLDER)) else { return Ok(Self::Passing) };
        fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
        let _whole = lock_whole(&folder).map_err(Error::io(&folder))?;
        remove_leftovers(&folder).map_err(Error::io(&folder))?;
        Ok(Self::Kept { folder, most })
    }

    /// The entry of an archive, where it is there and whole.
    pub fn find(&self, made: &Made) -> Option<(Index, PathBuf, Lease)> {
        let Self::Kept { folder, .. } = self else { return None };
        let entry = folder.join(made.key());
        let lock = File::open(entry.join(LOCK)).ok()?;
        lock.try_lock_shared().ok()?;
        let index = Index::read(&entry, made)?;
        // A cache that cannot be written to is still good to read.
        _ = fs::write(entry.join(USED), index.bytes().to_string());
        Some((index, entry, Lease { _lock: Some(lock), folder: None }))
    }

    /// A new folder to fill.
    ///
    /// # Errors
    /// [`Error::Io`] where it cannot be made.
    pub fn fill(&self) -> Result<Filling, Error> {
        let make = |parent: Option<&Path>| {
            let mut builder = tempfile::Builder::new();
            builder.prefix(ASIDE);
            let folder = parent.map_or_else(|| builder.tempdir(), |parent| builder.tempdir_in(parent))?;
            let lock = File::create(folder.path().join(LOCK))?;
            lock.lock()?;
            Ok(Filling { folder, lock })
        };
        match self {
            Self::Passing => make(None).map_err(Error::io("the temporary folder")),
            Self::Kept { folder, .. } => {
                let _whole = lock_whole(folder).map_err(Error::io(folder))?;
                make(Some(folder)).map_err(Error::io(folder))
            }
        }
    }

    /// Makes an entry of a folder that is filled; `keep` says whether it holds all that it should. Gives where it lies then.
    ///
    /// # Errors
    /// [`Error::Io`] where it cannot be written.
    pub fn keep(&self, filling: Filling, index: &Index, keep: bool) -> Result<(PathBuf, Lease), Error> {
        let Filling { folder: filled, lock } = filling;
        let (Self::Kept { folder, most }, Some(made), true) = (self, &index.made, keep) else {
            return Ok((filled.path().to_path_buf(), Lease { _lock: Some(lock), folder: Some(filled) }));
        };
        let at = filled.path().to_path_buf();
        index.write(&at).and_then(|()| fs::write(at.join(USED), index.bytes().to_string())).map_err(Error::io(&at))?;
        let _whole = lock_whole(folder).map_err(Error::io(folder))?;
        make_room(folder, most.saturating_sub(index.bytes())).map_err(Error::io(folder))?;
        let entry = folder.join(made.key());
        if entry.exists() && !remove(folder, &entry).map_err(Error::io(&entry))? {
            // Somebody reads an entry of this name that is damaged or of another archive: this one lives as long as its reader.
            return Ok((at, Lease { _lock: Some(lock), folder: Some(filled) }));
        }
        fs::rename(&at, &entry).map_err(Error::io(&entry))?;
        _ = filled.keep();
        lock.unlock().and_then(|()| lock.lock_shared()).map_err(Error::io(&entry))?;
        Ok((entry, Lease { _lock: Some(lock), folder: None }))
    }
}

fn lock_whole(folder: &Path) -> io::Result<File> {
    let lock = File::create(folder.join(LOCK))?;
    lock.lock()?;
    Ok(lock)
}

/// Removes folders that were being filled or removed when their process ended.
fn remove_leftovers(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)?.flatten() {
        if entry.file_name().to_string_lossy().starts_with(ASIDE) && !is_used(&entry.path()) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// Removes the entries that were used least recently, until all hold at most so many bytes or the rest is in use.
fn make_room(folder: &Path, most: u64) -> io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.flatten().filter_map(|entry| used(&entry.path())).collect();
    entries.sort();
    let mut all: u64 = entries.iter().map(|(_, size, _)| size).sum();
    for (_, size, entry) in entries {
        if all > most && remove(folder, &entry)? {
            all -= size;
        }
    }
    Ok(())
}

/// When an entry was last used, how many bytes it holds, and where it is; none where it is no entry.
fn used(entry: &Path) -> Option<(u128, u64, PathBuf)> {
    let is_aside = entry.file_name()?.to_string_lossy().starts_with(ASIDE);
    let used = entry.join(USED);
    let time = fs::metadata(&used).ok()?.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    let size = fs::read_to_string(&used).ok()?.parse().unwrap_or_default();
    (!is_aside).then(|| (time, size, entry.to_path_buf()))
}

/// Removes an entry that nobody uses; false where somebody does.
fn remove(folder: &Path, entry: &Path) -> io::Result<bool> {
    if is_used(entry) {
        return Ok(false);
    }
    // Renamed first, so that an entry is never there in part.
    let aside = tempfile::Builder::new().prefix(ASIDE).tempdir_in(folder)?;
    fs::rename(entry, aside.path().join("removed"))?;
    aside.close()?;
    Ok(true)
}

/// Whether somebody holds a lock in an entry; one without the file was never whole.
fn is_used(entry: &Path) -> bool {
    match File::open(entry.join(LOCK)).map(|lock| lock.try_lock()) {
        Ok(Err(TryLockError::WouldBlock | TryLockError::Error(_))) => true,
        Ok(Ok(())) | Err(_) => false,
    }
}
