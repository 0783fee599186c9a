//! A file that the user drags from the window into another program.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::{self, Sender},
    time::Duration,
};

use tauri::WebviewWindow;

use crate::{
    commands::{Answer, aside},
    failure::Failure,
};

/// How long a file is dragged at most before its end counts as missed.
const LONGEST: Duration = Duration::from_mins(1);

/// Why a file cannot be dragged; nothing once the user has let go of it.
type Ended = Result<(), Failure>;

/// Lets the user drag a file out of the window, the button of the mouse being down already; done when it is up again.
#[tauri::command]
pub async fn drag_out(window: WebviewWindow, path: PathBuf) -> Answer<()> {
    let (told, heard) = mpsc::channel();
    let source = window.clone();
    let begin = move || begin(&source, &path, &told);
    window.run_on_main_thread(begin).map_err(|cause| Failure::internal("the file cannot be dragged", &cause))?;
    aside(move || heard.recv_timeout(LONGEST).unwrap_or(Ok(()))).await
}

/// GTK asks for the file's address when it is dropped, or sooner, so the address is there until the end.
#[cfg(target_os = "linux")]
fn begin(window: &WebviewWindow, path: &Path, told: &Sender<Ended>) {
    use std::{cell::Cell, rc::Rc};

    use gtk::{gdk, prelude::*};

    let (Ok(source), Some(address)) = (window.gtk_window(), address(path)) else { return refuse(path, told) };
    let targets = gtk::TargetList::new(&[]);
    targets.add_uri_targets(0);
    let given = source.connect_drag_data_get(move |_, _, data, _, _| {
        data.set_uris(&[&address]);
    });
    let handlers = Rc::new(Cell::new(None));
    let (ending, end) = (Rc::clone(&handlers), told.clone());
    let ended = source.connect_drag_end(move |source, _| {
        for handler in ending.take().into_iter().flatten() {
            source.disconnect(handler);
        }
        // A page that does not wait any more has no use for it.
        let _ = end.send(Ok(()));
    });
    handlers.set(Some([given, ended]));
    let button = gdk::ffi::GDK_BUTTON_PRIMARY;
    if let Some(drag) = source.drag_begin_with_coordinates(&targets, gdk::DragAction::COPY, button, None, -1, -1) {
        drag.drag_set_icon_name("text-x-generic", 0, 0);
    } else {
        handlers.take().into_iter().flatten().for_each(|handler| source.disconnect(handler));
        refuse(path, told);
    }
}

#[cfg(not(target_os = "linux"))]
fn begin(window: &WebviewWindow, path: &Path, told: &Sender<Ended>) {
    use drag::{DragItem, Image, Options, start_drag};

    let image = Image::Raw(include_bytes!("../../icons/32x32.png").to_vec());
    let end = told.clone();
    let ended = move |_, _| end.send(Ok(())).unwrap_or_default();
    if start_drag(window, DragItem::Files(vec![path.into()]), image, ended, Options::default()).is_err() {
        refuse(path, told);
    }
}

fn refuse(path: &Path, told: &Sender<Ended>) {
    let message = format!("{} cannot be dragged out of the window on this desktop", path.display());
    let _ = told.send(Err(Failure::new("drag", &message, "show it in its folder, and drag it from there")));
}

/// A file's address as other programs are given it.
#[cfg(target_os = "linux")]
fn address(path: &Path) -> Option<String> {
    tauri::Url::from_file_path(path).ok().map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn other_programs_are_given_an_address() {
        assert_eq!(address(Path::new("/home/op/a report #1.md")).as_deref(), Some("file:///home/op/a%20report%20%231.md"));
        assert_eq!(address(Path::new("report.md")), None);
    }

    #[test]
    fn a_file_that_cannot_be_dragged_is_named() {
        let (told, heard) = mpsc::channel();
        refuse(Path::new("/home/op/report.md"), &told);
        let failure = heard.recv().expect("it is told").expect_err("it is refused");
        assert!(failure.message.contains("/home/op/report.md"), "{failure:?}");
    }
}
