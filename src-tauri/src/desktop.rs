//! What the window asks of the desktop around it.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands every argument over by value")]

use std::{
    path::{Path, PathBuf},
    thread,
};

use notify_rust::Notification;
use tauri::{AppHandle, Manager, WebviewWindow};

use crate::{
    commands::{Answer, aside},
    failure::Failure,
};

/// Tells what came of long work, unless the user is in front of the window and sees it there.
#[tauri::command]
pub fn notify(window: WebviewWindow, title: String, text: String) {
    if !window.is_focused().unwrap_or(true) {
        let app = window.app_handle().clone();
        // The desktop may take its time to answer, and one that has no place for notifications is as good.
        thread::spawn(move || tell(&app, &title, &text));
    }
}

/// Shows a file in the system's file manager.
#[tauri::command]
pub async fn reveal(path: PathBuf) -> Answer<()> {
    aside(move || tauri_plugin_opener::reveal_item_in_dir(&path).map_err(|cause| not_revealed(&path, &cause))).await
}

fn not_revealed(path: &Path, cause: &tauri_plugin_opener::Error) -> Failure {
    let message = format!("no file manager shows {}", path.display());
    let failure = Failure::new("reveal", &message, "open its folder yourself; the path can be copied");
    Failure { detail: Some(cause.to_string()), ..failure }
}

/// Without a place for notifications there is nobody to tell that.
fn tell(app: &AppHandle, title: &str, text: &str) {
    let mut notification = Notification::new();
    notification.appname(&app.package_info().name).summary(title).icon(env!("CARGO_PKG_NAME"));
    let _ = show(app, &mut notification, text);
}

/// Shows it for as long as the desktop does; a click on it brings the window to the front.
#[cfg(all(unix, not(target_os = "macos")))]
fn show(app: &AppHandle, notification: &mut Notification, text: &str) -> notify_rust::error::Result<()> {
    let marked = notify_rust::get_capabilities()?.iter().any(|one| one == "body-markup");
    let text = if marked { as_markup(text) } else { text.to_owned() };
    let shown = notification.body(&text).action("default", "Show").show()?;
    shown.wait_for_action(|action| {
        if action == "default" {
            crate::window::raise(app);
        }
    });
    Ok(())
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn show(app: &AppHandle, notification: &mut Notification, text: &str) -> notify_rust::error::Result<()> {
    #[cfg(windows)]
    notification.app_id(&app.config().identifier);
    #[cfg(target_os = "macos")]
    notify_rust::set_application(&app.config().identifier).unwrap_or_default();
    notification.body(text).show().map(drop)
}

/// What comes from logs is text, also where a desktop would read it as markup.
#[cfg(all(unix, not(target_os = "macos")))]
fn as_markup(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(all(test, unix, not(target_os = "macos")))]
mod tests {
    use super::*;

    #[test]
    fn what_comes_from_logs_is_no_markup() {
        assert_eq!(as_markup("<a href=\"x\">R&D</a>"), "&lt;a href=\"x\"&gt;R&amp;D&lt;/a&gt;");
    }

    #[test]
    fn a_file_that_is_gone_is_named() {
        let path = Path::new("/no/such/report.md");
        let cause = tauri_plugin_opener::reveal_item_in_dir(path).expect_err("it is not there");
        let failure = not_revealed(path, &cause);
        assert!(failure.message.contains("/no/such/report.md") && failure.detail.is_some(), "{failure:?}");
    }
}
