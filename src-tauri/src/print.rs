//! The report on paper: its page in a window of its own, which asks the system's print dialog for a printer or a PDF.
//!
//! The page comes from a scheme of its own and may run no script, so that nothing in it can call the program.

use std::sync::atomic::{AtomicU32, Ordering};

use engine::report::{html, marks::marked};
use tauri::{
    AppHandle, Manager, Runtime, Theme, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent,
    http::{Response, header},
    webview::PageLoadEvent,
};

use crate::{failure::Failure, session::Session};

/// The scheme of the page's address.
pub const SCHEME: &str = "report";
/// The main window's name, as the configuration has it.
const MAIN: &str = "main";
/// The beginning of the names of these windows.
const LABEL: &str = "print-";

/// The page that is shown: the report with its reader's marks, and without them where they cannot be read.
pub fn page<R: Runtime>(app: &AppHandle<R>) -> Response<Vec<u8>> {
    let session = app.state::<Session>();
    let page = session.report().map(|report| html::write(&report, &marked(&report, &session.marks().unwrap_or_default())));
    let answer = Response::builder()
        .header(header::CONTENT_TYPE, "text/html; charset=utf-8")
        .header(header::CONTENT_SECURITY_POLICY, html::POLICY)
        .header(header::CACHE_CONTROL, "no-store");
    // A window that was left open after its logs were closed has nothing to show.
    answer.body(page.unwrap_or_default().into_bytes()).unwrap_or_default()
}

/// Shows the page in a window, and opens the print dialog once it is drawn. An earlier window goes.
pub fn open<R: Runtime>(app: &AppHandle<R>) -> Result<(), Failure> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    close(app);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    if number == 0 {
        close_with_main(app);
    }
    let label = format!("{LABEL}{number}");
    let failed = |cause: &dyn std::error::Error| Failure::internal("the print view cannot be opened", cause);
    let address: Url = address().parse().map_err(|cause| failed(&cause))?;
    let window = WebviewWindowBuilder::new(app, label, WebviewUrl::CustomProtocol(address))
        .title("Print the report \u{2013} OpenStack RCA")
        .inner_size(900.0, 760.0)
        .theme(Some(Theme::Light))
        .on_navigation(|url| url.as_str().starts_with(address_of_window()))
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished {
                // Where there is no print dialog, the page is there to be read, and the menu still saves it.
                window.print().unwrap_or_default();
            }
        });
    window.build().map(drop).map_err(|cause| failed(&cause))
}

/// A window to print must not keep the program running once the main window is closed.
fn close_with_main<R: Runtime>(app: &AppHandle<R>) {
    let (Some(main), app) = (app.get_webview_window(MAIN), app.clone()) else { return };
    main.on_window_event(move |event| {
        if matches!(event, WindowEvent::Destroyed) {
            close(&app);
        }
    });
}

/// Closes the windows that were opened to print.
fn close<R: Runtime>(app: &AppHandle<R>) {
    for (_, window) in app.webview_windows().into_iter().filter(|(label, _)| label.starts_with(LABEL)) {
        window.destroy().unwrap_or_default();
    }
}

fn address() -> String {
    format!("{}/", address_of_window())
}

/// Where the page lies: systems differ in how they write an own scheme.
fn address_of_window() -> &'static str {
    if cfg!(any(windows, target_os = "android")) { "http://report.localhost" } else { "report://localhost" }
}
