//! The window of OpenStack RCA: a thin shell over the engine.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod about;
mod arrival;
mod commands;
mod desktop;
mod dialog;
mod explorer;
mod export;
mod failure;
mod folder;
mod job;
mod live;
mod marks;
mod menu;
mod models;
mod outgoing;
mod print;
mod reveal;
mod session;
mod window;

use tauri::AppHandle;

fn main() -> tauri::Result<()> {
    let mut builder = tauri::Builder::default();
    if cfg!(target_os = "macos") {
        builder = builder.menu(menu::standard);
    }
    let launched = |app: &AppHandle, words: Vec<String>, folder: String| arrival::second_launch(app, words, &folder);
    let app = builder
        // First of all: a second launch ends here.
        .plugin(tauri_plugin_single_instance::init(launched))
        .manage(session::Session::new())
        .manage(arrival::Arrivals::of_launch())
        .setup(|app| {
            window::begin(app.handle());
            Ok(())
        })
        .on_window_event(window::happened)
        .register_uri_scheme_protocol(print::SCHEME, |context, _| print::page(context.app_handle()))
        .invoke_handler(tauri::generate_handler![
            about::about,
            arrival::opening,
            desktop::notify,
            desktop::reveal,
            outgoing::drag_out,
            window::drawn,
            commands::ingest,
            commands::analyze,
            commands::choose_incident,
            commands::train,
            commands::interrupted,
            commands::cancel,
            commands::chat,
            commands::suggestions,
            commands::export_report,
            commands::sample_list,
            commands::sample_open,
            commands::model_list,
            commands::known_failures,
            commands::recent_list,
            commands::recent_remove,
            commands::settings_load,
            commands::settings_save,
            commands::choose_folder,
            commands::choose_folders,
            commands::source_list,
            commands::source_correct,
            commands::source_reset,
            commands::explore_preview,
            commands::explore_search,
            commands::explore_rows,
            commands::explore_facets,
            commands::explore_histogram,
            commands::explore_place,
            commands::explore_detail,
            commands::explore_around,
            commands::explore_now,
            commands::explore_export,
            commands::follow,
            commands::follow_pause,
            commands::template_list,
            commands::template_edits,
            commands::template_edit,
            commands::template_undo,
            models::model_detail,
            models::model_compare,
            models::model_coverage,
            models::model_rename,
            models::model_remove,
            models::model_import,
            models::model_export,
            models::choose_model,
            models::model_show,
            models::storage_list,
            models::storage_clear,
            models::storage_show,
            models::settings_limits,
            marks::marks_load,
            marks::marks_save,
            marks::marks_piece,
            marks::bug_draft,
            marks::text_save,
            marks::print_report,
        ])
        .build(tauri::generate_context!())?;
    #[cfg(target_os = "macos")]
    app.run(arrival::opened);
    #[cfg(not(target_os = "macos"))]
    app.run(|_, _| ());
    Ok(())
}
