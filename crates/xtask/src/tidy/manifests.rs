//! Rules of the crates' manifests: the direction of dependencies.

use super::{File, Finding, Rule};

/// The crates that each crate of the workspace may use.
const ALLOWED: &[(&str, &[&str])] = &[
    ("engine", &[]),
    ("engine-fuzz", &["engine"]),
    ("simulate", &[]),
    // A sample's truth is read by the crate that writes it.
    ("settings", &["engine", "simulate"]),
    ("chat", &["engine"]),
    ("evaluate", &["engine"]),
    ("cli", &["chat", "engine", "evaluate", "settings", "simulate"]),
    ("openstack-rca-desktop", &["chat", "engine", "settings", "simulate"]),
    ("xtask", &[]),
];

/// What one crate alone may use: the beginning of a dependency's name, and the crates that are its home.
const HOMES: &[(&str, &[&str])] = &[
    ("burn", &["engine"]),
    ("tauri", &["openstack-rca-desktop"]),
    ("reqwest", &["chat"]),
    ("tokio", &["chat", "openstack-rca-desktop"]),
];

/// The generator of logs may serve every crate's tests: it depends on none of them.
const FOR_TESTS: &str = "simulate";

pub const RULES: &[Rule] = &[
    Rule {
        name: "crates depend in one direction: engine <- settings, chat <- cli, window",
        reason: "the engine must work without a network, a window and a terminal",
        find: |files| files.iter().filter(|file| is_manifest(file)).flat_map(direction).collect(),
    },
    Rule {
        name: "every crate inherits the workspace's lints",
        reason: "the rules of the code hold everywhere",
        find: |files| files.iter().filter(|file| is_manifest(file) && !inherits(file)).map(no_lints).collect(),
    },
];

fn is_manifest(file: &File) -> bool {
    file.path.ends_with("/Cargo.toml")
}

/// The lines of a manifest: number, table and key.
fn keys(file: &File) -> impl Iterator<Item = (usize, &str, &str)> {
    let mut table = "";
    file.text.lines().enumerate().filter_map(move |(at, line)| {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[') {
            table = name.trim_end_matches(']');
            return Some((at + 1, table, ""));
        }
        let (key, _) = line.split_once('=')?;
        (!line.starts_with('#')).then(|| (at + 1, table, key.trim()))
    })
}

/// The dependency that a line names, and whether it is for tests alone.
fn dependency<'a>(table: &'a str, key: &'a str) -> Option<(&'a str, bool)> {
    let (kind, name) = match table.rsplit_once("dependencies.") {
        Some((kind, name)) => (kind, if key.is_empty() { name } else { return None }),
        None => (table.strip_suffix("dependencies")?, key.split('.').next()?),
    };
    (!name.is_empty()).then_some((name, kind.ends_with("dev-")))
}

fn direction(file: &File) -> Vec<Finding> {
    let name = file.text.lines().find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).unwrap_or_default();
    let Some((_, allowed)) = ALLOWED.iter().find(|(own, _)| *own == name) else {
        return vec![Finding::new(
            file,
            1,
            format!("the crate {name} has no place in the direction: give it one in {}", file!()),
        )];
    };
    let bad = |(line, table, key): (usize, &str, &str)| {
        let (used, for_tests) = dependency(table, key)?;
        let own = ALLOWED.iter().any(|(own, _)| *own == used);
        let away = HOMES.iter().any(|(begin, homes)| used.starts_with(begin) && !homes.contains(&name));
        let wrong = (own && !allowed.contains(&used) && !(for_tests && used == FOR_TESTS)) || away;
        wrong.then(|| Finding::new(file, line, format!("{name} depends on {used}")))
    };
    keys(file).filter_map(bad).collect()
}

fn inherits(file: &File) -> bool {
    keys(file).any(|(_, table, key)| (table == "lints" && key == "workspace") || key == "lints.workspace")
}

fn no_lints(file: &File) -> Finding {
    Finding::new(file, 1, "`[lints]` with `workspace = true` is missing")
}
