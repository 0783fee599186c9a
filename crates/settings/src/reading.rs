//! How the logs of a folder are read, as the user's files say.

use std::path::Path;

use engine::{Reading, index};

use crate::{Error, Folders, corrections};

/// Bytes that the indexes of all folders may take.
const MOST_INDEXES: u64 = 8 << 30;

/// How the logs of a folder are read: with what the user corrected, and with the index that was kept of them.
///
/// # Errors
/// Where a file of the user's is not understood.
pub fn reading(folders: &Folders, logs: &Path) -> Result<Reading, Error> {
    index::clean(&folders.cache, MOST_INDEXES);
    Ok(Reading { corrections: corrections::load(folders, logs)?, index: Some(index::place(&folders.cache, logs)) })
}
