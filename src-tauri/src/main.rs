//! The window of OpenStack RCA: a thin shell over the engine.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod dialog;
mod explorer;
mod export;
mod failure;
mod folder;
mod job;
mod live;
mod marks;
mod print;
mod session;

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .manage(session::Session::new())
        .register_uri_scheme_protocol(print::SCHEME, |context, _| print::page(context.app_handle()))
        .invoke_handler(tauri::generate_handler![
            commands::opening,
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
            marks::marks_load,
            marks::marks_save,
            marks::marks_piece,
            marks::bug_draft,
            marks::text_save,
            marks::print_report,
        ])
        .run(tauri::generate_context!())
}
