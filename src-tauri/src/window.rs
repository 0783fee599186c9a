//! The window on the desktop: it comes back where it stood, and is seen only once there is something to see.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands every argument over by value")]

mod fit;

use std::{
    sync::{
        Mutex, MutexGuard, Once, PoisonError,
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::Duration,
};

use settings::window::{self as kept, Place};
use tauri::{AppHandle, Manager, Monitor, PhysicalPosition, PhysicalSize, WebviewWindow, Window, WindowEvent};

use crate::session::Session;
use fit::Screen;

/// The only window, by the name that the configuration gives it.
const MAIN: &str = "main";

/// How long a page may take to say that it is drawn; a page that fails must be seen as well.
const PATIENCE: Duration = Duration::from_secs(4);

/// How long a window must stand still before its place is kept: while it is dragged, it moves many times a second.
const STILL: Duration = Duration::from_millis(400);

/// Keeps the window's place when it has changed.
#[derive(Debug)]
pub struct Keeper {
    changed: Sender<()>,
    /// The place while it is not maximized.
    place: Mutex<Option<Place>>,
    /// Whether it was shown: by the page, or because that took too long.
    shown: Once,
}

impl Keeper {
    fn place(&self) -> MutexGuard<'_, Option<Place>> {
        self.place.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Puts the window where it stood, follows it from now on, and sees to it that it is shown.
pub fn begin(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    // A place that cannot be read is no reason not to start.
    let place = app.state::<Session>().folders().ok().and_then(|folders| kept::load(folders).ok()).flatten();
    restore(&window, place.as_ref());
    let (changed, heard) = mpsc::channel();
    app.manage(Keeper { changed, place: Mutex::new(place), shown: Once::new() });
    let handle = app.clone();
    thread::spawn(move || follow(&handle, &heard));
    thread::spawn(move || {
        thread::sleep(PATIENCE);
        show(&window);
    });
}

/// The page is drawn: the window can be seen.
#[tauri::command]
pub fn drawn(window: WebviewWindow) {
    show(&window);
}

/// Brings the window to the front.
pub fn raise(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        // A window that cannot come to the front on this desktop stays where it is.
        let _ = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
    }
}

/// Takes note of what happens to the window.
pub fn happened(window: &Window, event: &WindowEvent) {
    let Some(keeper) = window.try_state::<Keeper>() else { return };
    match event {
        WindowEvent::Moved(_) | WindowEvent::Resized(_) => keeper.changed.send(()).unwrap_or_default(),
        WindowEvent::CloseRequested { .. } => keep(window.app_handle()),
        _ => {}
    }
}

/// Shows the window once: the user may have minimized it since.
fn show(window: &WebviewWindow) {
    let show = || drop(window.show());
    window.try_state::<Keeper>().map_or_else(show, |keeper| keeper.shown.call_once(show));
}

/// Errors of the desktop leave the window as it was configured.
fn restore(window: &WebviewWindow, place: Option<&Place>) {
    let first = window.primary_monitor().ok().flatten();
    let all = window.available_monitors().unwrap_or_default();
    let screens: Vec<_> = first.iter().chain(&all).map(screen).collect();
    if let Some(fitted) = fit::fit(place, &screens) {
        let _ = window.set_size(PhysicalSize::new(fitted.width, fitted.height));
        let _ = window.set_position(PhysicalPosition::new(fitted.x, fitted.y));
    }
    if place.is_some_and(|place| place.maximized) {
        let _ = window.maximize();
    }
}

fn screen(monitor: &Monitor) -> Screen {
    let area = monitor.work_area();
    Screen {
        x: area.position.x,
        y: area.position.y,
        width: area.size.width,
        height: area.size.height,
        scale: monitor.scale_factor(),
    }
}

/// Keeps the place each time that the window stands still again, until the program ends.
fn follow(app: &AppHandle, changed: &Receiver<()>) {
    while changed.recv().is_ok() {
        while changed.recv_timeout(STILL).is_ok() {}
        keep(app);
    }
}

fn keep(app: &AppHandle) {
    let (keeper, session) = (app.state::<Keeper>(), app.state::<Session>());
    let Some(window) = app.get_webview_window(MAIN) else { return };
    let before = *keeper.place();
    // The window answers from the main thread, which may be waiting for the place: it is not held meanwhile.
    let Ok(Some(now)) = standing(&window, before) else { return };
    if before != Some(now) {
        *keeper.place() = Some(now);
        // Where it cannot be kept, the window comes back elsewhere.
        let _ = session.folders().map(|folders| kept::save(folders, now));
    }
}

/// Where the window stands; none where it cannot be seen now. A maximized one keeps the place that it had before.
fn standing(window: &WebviewWindow, before: Option<Place>) -> tauri::Result<Option<Place>> {
    if !window.is_visible()? || window.is_minimized()? || window.is_fullscreen()? {
        return Ok(None);
    }
    if let (true, Some(before)) = (window.is_maximized()?, before) {
        return Ok(Some(Place { maximized: true, ..before }));
    }
    let position = window.outer_position()?;
    let size = window.inner_size()?.to_logical(window.scale_factor()?);
    let maximized = window.is_maximized()?;
    Ok(Some(Place { x: position.x, y: position.y, width: size.width, height: size.height, maximized }))
}
