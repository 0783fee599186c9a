//! The menu bar of macOS, where the clipboard's shortcuts work only if a menu has them.
//!
//! Elsewhere the sidebar is enough.

use tauri::{
    AppHandle, Result, Wry,
    menu::{AboutMetadata, Menu, PredefinedMenuItem as Item, Submenu, WINDOW_SUBMENU_ID},
};

/// The menus of the program, of editing and of windows.
pub fn standard(app: &AppHandle) -> Result<Menu<Wry>> {
    Menu::with_items(app, &[&program(app)?, &edit(app)?, &window(app)?])
}

fn program(app: &AppHandle) -> Result<Submenu<Wry>> {
    let package = app.package_info();
    let about = AboutMetadata {
        name: Some(package.name.clone()),
        version: Some(package.version.to_string()),
        ..AboutMetadata::default()
    };
    let items = [
        Item::about(app, None, Some(about))?,
        Item::separator(app)?,
        Item::services(app, None)?,
        Item::separator(app)?,
        Item::hide(app, None)?,
        Item::hide_others(app, None)?,
        Item::show_all(app, None)?,
        Item::separator(app)?,
        Item::quit(app, None)?,
    ];
    filled(Submenu::new(app, &package.name, true)?, &items)
}

fn edit(app: &AppHandle) -> Result<Submenu<Wry>> {
    let items = [
        Item::undo(app, None)?,
        Item::redo(app, None)?,
        Item::separator(app)?,
        Item::cut(app, None)?,
        Item::copy(app, None)?,
        Item::paste(app, None)?,
        Item::select_all(app, None)?,
    ];
    filled(Submenu::new(app, "Edit", true)?, &items)
}

fn window(app: &AppHandle) -> Result<Submenu<Wry>> {
    let items = [
        Item::minimize(app, None)?,
        Item::maximize(app, None)?,
        Item::fullscreen(app, None)?,
        Item::separator(app)?,
        Item::close_window(app, None)?,
    ];
    filled(Submenu::with_id(app, WINDOW_SUBMENU_ID, "Window", true)?, &items)
}

fn filled(menu: Submenu<Wry>, items: &[Item<Wry>]) -> Result<Submenu<Wry>> {
    items.iter().try_for_each(|item| menu.append(item))?;
    Ok(menu)
}
