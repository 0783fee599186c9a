//! Whether folders can be written to, and how much space is left.

use std::path::Path;

use super::Finding;

/// Below this, samples and caches may not fit.
#[cfg(unix)]
const LITTLE_SPACE: u64 = 500_000_000;

/// Whether a folder, or the one in which it would be made, can be written to. Nothing is left behind.
pub(super) fn writable(subject: &'static str, folder: &Path) -> Finding {
    let Some(there) = folder.ancestors().find(|ancestor| ancestor.exists()) else {
        return Finding::broken(subject, format!("{} has no folder to be made in", folder.display()), "choose another folder");
    };
    let text = folder.display();
    match tempfile::tempfile_in(there).map_err(engine::Error::io(there)) {
        Err(error) => {
            Finding::broken(subject, error.to_string(), "make it writable for your user, or set DATA_DIR or MODELS_DIR")
        }
        Ok(_) if there == folder => Finding::works(subject, format!("{text} can be written to")),
        Ok(_) => Finding::works(subject, format!("{text} is not there yet and can be made")),
    }
}

/// How much space is left on the folder's disk, where the system tells.
#[cfg(unix)]
pub(super) fn space(folder: &Path) -> Option<Finding> {
    let there = folder.ancestors().find(|ancestor| ancestor.exists())?;
    let disk = rustix::fs::statvfs(there).ok()?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let text = format!("{:.1} GB are free for {}", free as f64 / 1e9, folder.display());
    Some(match free {
        0..LITTLE_SPACE => Finding::lacks("disk space", text, "free some space, or set DATA_DIR to a folder on another disk"),
        _ => Finding::works("disk space", text),
    })
}

/// How much space is left on the folder's disk, where the system tells.
#[cfg(not(unix))]
pub(super) fn space(_folder: &Path) -> Option<Finding> {
    None
}
