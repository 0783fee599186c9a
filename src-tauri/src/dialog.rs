//! The platform's own dialogs.

use std::{
    env,
    path::{Path, PathBuf},
};

use rfd::AsyncFileDialog;

/// Lets the user choose a folder; none where the dialog was closed.
pub async fn choose_folder(title: &str, start: Option<&Path>) -> Option<PathBuf> {
    let dialog = AsyncFileDialog::new().set_title(title).set_directory(beginning(start));
    dialog.pick_folder().await.map(PathBuf::from)
}

/// Lets the user choose folders; none where the dialog was closed.
pub async fn choose_folders(title: &str, start: Option<&Path>) -> Vec<PathBuf> {
    let dialog = AsyncFileDialog::new().set_title(title).set_directory(beginning(start));
    dialog.pick_folders().await.into_iter().flatten().map(PathBuf::from).collect()
}

/// Lets the user choose where a file is written, `name` without its extension proposed; none where the dialog was closed.
pub async fn choose_file(title: &str, name: &str, extension: &str, start: Option<&Path>) -> Option<PathBuf> {
    let dialog = AsyncFileDialog::new().set_title(title).set_directory(beginning(start));
    let named = dialog.set_file_name(format!("{name}.{extension}")).add_filter(extension, &[extension]);
    named.save_file().await.map(PathBuf::from)
}

/// Lets the user choose a file that is there, of these extensions; none where the dialog was closed.
pub async fn open_file(title: &str, kind: &str, extensions: &[&str]) -> Option<PathBuf> {
    let dialog = AsyncFileDialog::new().set_title(title).set_directory(beginning(None));
    dialog.add_filter(kind, extensions).pick_file().await.map(PathBuf::from)
}

/// Without a folder to start in, GTK opens its list of recent files, where nothing can be chosen.
fn beginning(start: Option<&Path>) -> PathBuf {
    let given = start.filter(|path| path.is_dir()).map(PathBuf::from);
    given.or_else(env::home_dir).unwrap_or_else(|| "/".into())
}
