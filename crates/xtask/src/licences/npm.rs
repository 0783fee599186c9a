//! The npm packages that are bundled into the page.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::{list::Package, texts};
use crate::shell::{Tree, run};

/// The bundled packages, with their texts: those that the page depends on, and those that the bundler took code from.
///
/// # Errors
/// Where the page does not build or a package is not installed.
pub fn all(tree: &Tree) -> Result<Vec<Package>> {
    let names = dependencies(tree)?.into_iter().chain(bundled(tree)?).collect::<BTreeSet<_>>();
    names.iter().map(|name| installed(tree, name)).collect()
}

/// Names and versions, as the lock file has them, of what the page depends on and what is listed.
///
/// # Errors
/// Where a file cannot be read.
pub fn locked(tree: &Tree, listed: &[Package]) -> Result<BTreeSet<String>> {
    let lock = read(&tree.root.join("ui/package-lock.json"))?;
    let listed = listed.iter().filter(|package| !package.is_crate).map(|package| package.name.clone());
    let names: BTreeSet<_> = dependencies(tree)?.into_iter().chain(listed).collect();
    let version =
        |name: &String| Some(format!("{name} {}", value(lock.split_once(&format!("\"node_modules/{name}\":"))?.1, "version")?));
    Ok(names.iter().filter_map(version).collect())
}

/// What the page's manifest says that it depends on.
fn dependencies(tree: &Tree) -> Result<Vec<String>> {
    let manifest = read(&tree.root.join("ui/package.json"))?;
    let block =
        manifest.split_once("\"dependencies\": {").and_then(|(_, rest)| rest.split_once('}')).map_or("", |(block, _)| block);
    Ok(block.lines().filter_map(|line| Some(line.trim().strip_prefix('"')?.split_once('"')?.0.to_owned())).collect())
}

/// What the bundler took code from, as its source maps tell.
fn bundled(tree: &Tree) -> Result<BTreeSet<String>> {
    let folder = tree.target.join("licences");
    let into = folder.to_string_lossy().into_owned();
    run(&mut tree.npm(&[
        "exec",
        "--",
        "vite",
        "build",
        "--sourcemap",
        "--logLevel",
        "warn",
        "--emptyOutDir",
        "--outDir",
        &into,
    ]))?;
    let mut names = BTreeSet::new();
    for path in files(&folder.join("assets"))?.iter().filter(|path| path.extension().is_some_and(|ending| ending == "map")) {
        names.extend(read(path)?.split("node_modules/").skip(1).filter_map(package_of));
    }
    Ok(names)
}

/// The package that a path below `node_modules` lies in.
fn package_of(path: &str) -> Option<String> {
    let parts = if path.starts_with('@') { 2 } else { 1 };
    let is_part = |c: char| c.is_ascii_alphanumeric() || "@._-".contains(c);
    let parts: Vec<_> = path.split('/').take(parts).collect();
    parts.iter().all(|part| !part.is_empty() && part.chars().all(is_part)).then(|| parts.join("/"))
}

fn installed(tree: &Tree, name: &str) -> Result<Package> {
    let folder = tree.root.join("ui/node_modules").join(name);
    let manifest = read(&folder.join("package.json"))?;
    let said = |key| value(&manifest, key).with_context(|| format!("{name} does not tell its {key}"));
    let mut package = Package::new(false, name, &said("version")?, &said("license")?);
    package.texts = texts::within(&folder)?;
    Ok(package)
}

/// The first text that a key has in JSON.
fn value(json: &str, key: &str) -> Option<String> {
    let rest = json.split_once(&format!("\"{key}\":"))?.1.trim_start();
    Some(rest.strip_prefix('"')?.split_once('"')?.0.to_owned())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    entries.map(|entry| Ok(entry?.path())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_tells_its_package() {
        assert_eq!(package_of("svelte/src/index.js\",\"").as_deref(), Some("svelte"));
        assert_eq!(package_of("@tauri-apps/api/core.js").as_deref(), Some("@tauri-apps/api"));
        assert_eq!(package_of("\"}").as_deref(), None);
    }
}
