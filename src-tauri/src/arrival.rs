//! What the program is asked to open from outside: by its command line, by a second launch, by the system's file manager.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands every argument over by value")]

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use tauri::{AppHandle, Emitter, Manager, State, Url};

use crate::window;

/// The event that tells the page of something to open.
const ARRIVED: &str = "arrived";

/// What the page has not opened yet. Only the last counts: one incident is open at a time.
#[derive(Debug, Default)]
pub struct Arrivals(Mutex<Option<PathBuf>>);

impl Arrivals {
    /// What this program's own command line names.
    pub fn of_launch() -> Self {
        let folder = std::env::current_dir().unwrap_or_default();
        Self(Mutex::new(named(std::env::args_os().skip(1), &folder)))
    }

    fn put(&self, path: PathBuf) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(path);
    }

    fn take(&self) -> Option<PathBuf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// What the program was asked to open, if the page has not asked for it before.
#[tauri::command]
pub fn opening(arrivals: State<'_, Arrivals>) -> Option<String> {
    arrivals.take().map(|path| path.to_string_lossy().into_owned())
}

/// Hands what a second launch names to the first one's window, and brings that to the front.
pub fn second_launch(app: &AppHandle, words: Vec<String>, folder: &str) {
    if let Some(path) = named(words.into_iter().skip(1).map(OsString::from), Path::new(folder)) {
        arrive(app, path);
    }
    window::raise(app);
}

/// Hands over what the system's file manager asks to open.
#[cfg(target_os = "macos")]
pub fn opened(app: &AppHandle, event: tauri::RunEvent) {
    let tauri::RunEvent::Opened { urls } = event else { return };
    if let Some(path) = urls.iter().find_map(|url| url.to_file_path().ok()) {
        arrive(app, path);
        window::raise(app);
    }
}

/// A page that does not listen yet asks by itself once it does.
fn arrive(app: &AppHandle, path: PathBuf) {
    app.state::<Arrivals>().put(path);
    let _ = app.emit(ARRIVED, ());
}

/// What the words behind a program's name ask to open: the first that is no option, as seen from the folder they were typed in.
fn named(words: impl IntoIterator<Item = OsString>, folder: &Path) -> Option<PathBuf> {
    let mut options = true;
    let word = words.into_iter().find(|word| {
        let is_option = options && word.as_encoded_bytes().starts_with(b"-");
        options &= word != "--";
        !is_option && !word.is_empty()
    })?;
    let url = word.to_str().filter(|text| text.starts_with("file://")).and_then(|text| Url::parse(text).ok());
    let path = url.and_then(|url| url.to_file_path().ok()).unwrap_or_else(|| word.into());
    let path = folder.join(path);
    Some(std::path::absolute(&path).unwrap_or(path))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn check(words: &[&str], expected: Option<&str>) {
        let found = named(words.iter().map(OsString::from), Path::new("/home/op/incident"));
        assert_eq!(found.as_deref(), expected.map(Path::new), "{words:?}");
    }

    #[test]
    fn a_path_is_seen_from_the_folder_it_was_typed_in() {
        check(&["logs"], Some("/home/op/incident/logs"));
        check(&["./a b"], Some("/home/op/incident/a b"));
        check(&["."], Some("/home/op/incident"));
        check(&["/var/log/kolla", "more"], Some("/var/log/kolla"));
    }

    #[test]
    fn options_are_no_paths_and_nothing_opens_nothing() {
        check(&[], None);
        check(&["", "--verbose"], None);
        check(&["--verbose", "logs"], Some("/home/op/incident/logs"));
        check(&["--", "-logs"], Some("/home/op/incident/-logs"));
    }

    #[test]
    fn a_file_manager_may_give_an_address() {
        check(&["file:///srv/logs%20of%20today.tar.gz"], Some("/srv/logs of today.tar.gz"));
        check(&["file:logs"], Some("/home/op/incident/file:logs"));
    }

    #[test]
    fn the_page_gets_the_last_arrival_once() {
        let arrivals = Arrivals::default();
        arrivals.put("/first".into());
        arrivals.put("/second".into());
        assert_eq!(arrivals.take(), Some("/second".into()));
        assert_eq!(arrivals.take(), None);
    }
}
