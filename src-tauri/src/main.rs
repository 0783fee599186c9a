//! The window of OpenStack RCA: a thin shell over the engine.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod dialog;
mod export;
mod failure;
mod folder;
mod job;
mod session;

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .manage(session::Session::new())
        .invoke_handler(tauri::generate_handler![
            commands::opening,
            commands::ingest,
            commands::analyze,
            commands::train,
            commands::cancel,
            commands::chat,
            commands::suggestions,
            commands::export_report,
            commands::sample_list,
            commands::sample_open,
            commands::model_list,
            commands::recent_list,
            commands::recent_remove,
            commands::settings_load,
            commands::settings_save,
            commands::choose_folder,
        ])
        .run(tauri::generate_context!())
}
