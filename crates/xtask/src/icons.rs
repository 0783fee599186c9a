//! The icons of all systems, from one drawing.

use std::fs;

use anyhow::{Context, Result};

use crate::{
    frontend,
    shell::{Tree, run},
};

/// The icons that the configuration of the window names; Tauri's command makes more than these.
const NAMES: [&str; 6] = ["32x32.png", "128x128.png", "128x128@2x.png", "icon.png", "icon.icns", "icon.ico"];

/// Makes the icons in `icons` anew from `icons/icon.svg`.
///
/// # Errors
/// Where Tauri's command fails, or does not make one of them.
pub fn write(tree: &Tree) -> Result<()> {
    frontend::install(tree)?;
    let (icons, made) = (tree.root.join("icons"), tree.target.join("icons"));
    let drawing = icons.join("icon.svg");
    let mut command = tree.npm(&["exec", "--", "tauri", "icon", "--output"]);
    run(command.arg(&made).arg(&drawing))?;
    for name in NAMES {
        fs::copy(made.join(name), icons.join(name)).with_context(|| format!("{name} was not made"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_names_these_icons_and_they_are_there() {
        let root = Tree::find().unwrap().root;
        let configuration = fs::read_to_string(root.join("src-tauri/tauri.conf.json")).unwrap();
        for name in NAMES {
            assert!(configuration.contains(&format!("\"../icons/{name}\"")), "{name} is not used");
            assert!(root.join("icons").join(name).is_file(), "{name} is missing");
        }
        assert_eq!(configuration.matches("\"../icons/").count(), NAMES.len());
    }
}
