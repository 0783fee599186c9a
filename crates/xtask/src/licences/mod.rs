//! The licences of everything that is shipped: a list for the window to show, made from what Cargo and npm have installed.

mod crates;
mod list;
mod npm;
mod texts;

use std::{collections::BTreeSet, fs};

use anyhow::{Context, Result, bail};

use crate::shell::Tree;
use list::Package;

/// The generated file.
const FILE: &str = "ui/src/lib/licences.json";

/// Writes the list anew.
///
/// # Errors
/// Where something is not installed, or a package that is shipped has no text that it is under.
pub fn write(tree: &Tree) -> Result<()> {
    let packages = crates::all(tree)?.into_iter().chain(npm::all(tree)?).collect();
    let text = list::written(packages)?;
    let path = tree.root.join(FILE);
    fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))
}

/// Checks that the list has what the lock files have, by name and version. It does so for the system at hand, since what others
/// need is not installed here.
///
/// # Errors
/// Naming what is too much and what is missing.
pub fn check(tree: &Tree) -> Result<()> {
    let held = fs::read_to_string(tree.root.join(FILE)).with_context(|| format!("{FILE} cannot be read"))?;
    let listed = list::read(&held);
    let here = std::env::consts::OS;
    let on_list = listed.iter().filter(|package| package.is_crate && package.systems.iter().any(|one| one == here));
    compare("Cargo.lock", &named(on_list), &named(&crates::on(tree, here)?))?;
    let on_list = listed.iter().filter(|package| !package.is_crate);
    compare("ui/package-lock.json", &named(on_list), &npm::locked(tree, &listed)?)
}

fn named<'a>(packages: impl IntoIterator<Item = &'a Package>) -> BTreeSet<String> {
    packages.into_iter().map(Package::title).collect()
}

fn compare(lock: &str, listed: &BTreeSet<String>, locked: &BTreeSet<String>) -> Result<()> {
    let first = |ours: &BTreeSet<String>, theirs: &BTreeSet<String>| ours.difference(theirs).next().cloned();
    let remedy = "run `cargo xtask licences` and commit the file";
    if let Some(name) = first(locked, listed) {
        bail!("{FILE} lacks {name}, which is shipped by {lock}: {remedy}");
    }
    if let Some(name) = first(listed, locked) {
        bail!("{FILE} has {name}, which is not shipped by {lock}: {remedy}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_list_that_is_not_up_to_date_names_what_differs() {
        assert!(compare("lock", &set(&["a 1"]), &set(&["a 1"])).is_ok());
        let missing = compare("lock", &set(&["a 1"]), &set(&["a 1", "b 2"])).unwrap_err().to_string();
        assert!(missing.contains("lacks b 2") && missing.contains("cargo xtask licences"), "{missing}");
        let extra = compare("lock", &set(&["a 1", "b 2"]), &set(&["a 1"])).unwrap_err().to_string();
        assert!(extra.contains("has b 2"), "{extra}");
    }
}
