//! The crates that are compiled into the window's program.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::{list::Package, texts};
use crate::{
    app::WINDOW,
    shell::{Tree, output},
};

/// The systems that the window is made for, by Rust's names, each with the kind of machine that stands for it.
const SYSTEMS: [(&str, &str); 3] =
    [("linux", "x86_64-unknown-linux-gnu"), ("macos", "aarch64-apple-darwin"), ("windows", "x86_64-pc-windows-msvc")];

/// The crates of all systems, with their texts.
///
/// # Errors
/// Where Cargo fails, or a crate is not where it says.
pub fn all(tree: &Tree) -> Result<Vec<Package>> {
    let mut found: BTreeMap<String, Package> = BTreeMap::new();
    for (system, _) in SYSTEMS {
        for package in on(tree, system)? {
            let known = found.entry(package.title()).or_insert_with(|| package.clone());
            known.systems.push(system.to_owned());
        }
    }
    let folders = folders(tree)?;
    let mut packages: Vec<_> = found.into_values().collect();
    for package in &mut packages {
        let folder = folders.get(&format!("{}-{}", package.name, package.version));
        let folder = folder.with_context(|| format!("the source of {} is not installed", package.title()))?;
        package.texts = texts::within(folder)?;
        if package.texts.is_empty() {
            package.authors = authors(&folder.join("Cargo.toml"))?;
        }
    }
    Ok(packages)
}

/// The crates of one system, without their texts.
///
/// # Errors
/// Where Cargo fails.
pub fn on(tree: &Tree, system: &str) -> Result<Vec<Package>> {
    let target = SYSTEMS.iter().find(|(name, _)| *name == system).map_or("all", |(_, target)| target);
    // What runs while the program is compiled is not in it.
    let edges = ["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}|{l}"];
    let args = [&["tree", "--locked", "--package", WINDOW, "--target", target], &edges[..]].concat();
    let mut packages: Vec<_> = output(&mut tree.cargo(&args))?.lines().filter_map(package).collect();
    packages.sort_by_key(Package::title);
    packages.dedup_by_key(|package| package.title());
    Ok(packages)
}

/// A line such as `serde v1.0.228|MIT OR Apache-2.0`; those of our own crates end their first part with a path.
fn package(line: &str) -> Option<Package> {
    let (name, licence) = line.trim_end_matches(" (*)").split_once('|')?;
    let (name, version) = name.split_once(" v")?;
    // Before there was a grammar for it, a slash stood for OR.
    let licence = licence.replace(" / ", "/").replace('/', " OR ");
    (!version.contains('(')).then(|| Package::new(true, name, version, &licence))
}

/// Where the sources of all crates are, by name and version.
fn folders(tree: &Tree) -> Result<BTreeMap<String, PathBuf>> {
    let metadata = output(&mut tree.cargo(&["metadata", "--locked", "--format-version", "1"]))?;
    let paths = metadata.split("\"manifest_path\":\"").skip(1).filter_map(|rest| rest.split_once('"'));
    let folder = |(path, _): (&str, &str)| {
        let folder = Path::new(&path.replace("\\\\", "\\")).parent()?.to_path_buf();
        Some((folder.file_name()?.to_string_lossy().into_owned(), folder))
    };
    Ok(paths.filter_map(folder).collect())
}

fn authors(manifest: &Path) -> Result<Vec<String>> {
    let text = fs::read_to_string(manifest).with_context(|| format!("{} cannot be read", manifest.display()))?;
    let list = text.split_once("\nauthors = [").and_then(|(_, rest)| rest.split_once(']')).map_or("", |(list, _)| list);
    Ok(list.split('"').skip(1).step_by(2).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_tree_is_a_package_unless_it_is_our_own() {
        let check = |line: &str, expected: Option<(&str, &str)>| {
            let found = package(line).map(|package| (package.title(), package.licence));
            assert_eq!(found, expected.map(|(title, licence)| (title.to_owned(), licence.to_owned())), "{line}");
        };
        check("serde v1.0.228|MIT OR Apache-2.0", Some(("serde 1.0.228", "MIT OR Apache-2.0")));
        check("glib v0.18.5|MIT/Apache-2.0 (*)", Some(("glib 0.18.5", "MIT OR Apache-2.0")));
        check("engine v0.1.0 (/src/crates/engine)|MIT", None);
        check("", None);
    }
}
