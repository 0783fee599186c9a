//! Shows folders of ours in the platform's file manager.

use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// Shows a folder, or the folder of a file. One that is not there yet is shown by the folder that it would be in.
pub fn folder(path: &Path) -> Result<(), Failure> {
    let shown = nearest(path).ok_or_else(|| engine::Error::NotFound(path.into()))?;
    tauri_plugin_opener::open_path(&shown, None::<&str>).map_err(|cause| Failure {
        detail: Some(cause.to_string()),
        ..Failure::new(
            "no_file_manager",
            &format!("no file manager was found to show {}", shown.display()),
            "open the folder yourself",
        )
    })
}

/// The folder at a path, or the nearest one above.
fn nearest(path: &Path) -> Option<PathBuf> {
    path.ancestors().find(|path| path.is_dir()).map(Path::to_path_buf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_shown_by_the_folder_around_it() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let file = home.path().join("settings.toml");
        std::fs::write(&file, "").expect("a file");
        assert_eq!(nearest(&file).as_deref(), Some(home.path()));
        assert_eq!(nearest(&home.path().join("models/mine")).as_deref(), Some(home.path()));
        assert_eq!(nearest(home.path()).as_deref(), Some(home.path()));
    }
}
