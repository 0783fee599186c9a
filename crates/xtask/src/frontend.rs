//! The front end: its packages installed and its pages built, each only when what they come from has changed.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

use anyhow::{Context, Result};

use crate::{
    shell::{Tree, run},
    stamp::{self, Contents},
};

/// What the pages are built from: all of `ui` but for its end-to-end test.
const SOURCES: [&str; 8] = [
    "ui/index.html",
    "ui/package-lock.json",
    "ui/package.json",
    "ui/public",
    "ui/src",
    "ui/svelte.config.js",
    "ui/tsconfig.json",
    "ui/vite.config.ts",
];

/// Installs the packages of `package-lock.json`, where they are not those installed already.
///
/// # Errors
/// Where npm fails.
pub fn install(tree: &Tree) -> Result<()> {
    let lock = stamp::hash_file(&tree.root.join("ui/package-lock.json"));
    let wanted = format!("{lock:016x}");
    let stamp = tree.root.join("ui/node_modules/.lock-hash");
    if stamp::matches(&stamp, &wanted) {
        return Ok(());
    }
    println!("Installing the npm packages of ui/package-lock.json, which build and test the window's content.");
    run(&mut tree.npm(&["ci", "--no-audit", "--no-fund"]))
        .context("the npm packages could not be installed: is the registry within reach?")?;
    stamp::write(&stamp, &wanted)
}

/// Builds the pages into `ui/dist`, which the window's program holds in itself. False: they were up to date.
///
/// # Errors
/// Where the build fails.
pub fn build(tree: &Tree, contents: &Contents) -> Result<bool> {
    let dist = tree.root.join("ui/dist");
    let sources = contents.hash(&SOURCES, &[]);
    let stamp = tree.target.join("xtask/frontend");
    // The pages themselves are part of the stamp, since a build by hand may have changed them.
    if dist.join("index.html").is_file() && stamp::matches(&stamp, &format!("{sources} {}", folder(&dist))) {
        return Ok(false);
    }
    run(&mut tree.npm(&["run", "build"]))?;
    stamp::write(&stamp, &format!("{sources} {}", folder(&dist)))?;
    Ok(true)
}

/// One number for the names and bytes of all files in a folder.
fn folder(path: &Path) -> String {
    let mut files = Vec::new();
    let mut folders = vec![path.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort_unstable();
    let mut hasher = DefaultHasher::new();
    for file in files {
        stamp::hash_file(&file).hash(&mut hasher);
        file.strip_prefix(path).unwrap_or(&file).hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_its_names_and_bytes() {
        let root = std::env::temp_dir().join(format!("xtask-dist-{}", std::process::id()));
        fs::create_dir_all(root.join("assets")).unwrap();
        fs::write(root.join("assets/a.js"), "1").unwrap();
        let first = folder(&root);
        assert_eq!(folder(&root), first);
        fs::write(root.join("assets/a.js"), "2").unwrap();
        assert_ne!(folder(&root), first);
        fs::write(root.join("assets/a.js"), "1").unwrap();
        fs::rename(root.join("assets/a.js"), root.join("assets/b.js")).unwrap();
        assert_ne!(folder(&root), first);
        fs::remove_dir_all(root).unwrap();
    }
}
