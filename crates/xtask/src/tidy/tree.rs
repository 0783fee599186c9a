//! Rules of the tree as a whole.

use std::collections::BTreeMap;

use super::{File, Finding, Rule, source::words};

/// The most lines of a source file.
const LINES: usize = 400;

/// Longer files that are right as they are, each with the reason.
const LONG: &[(&str, &str)] = &[("ui/src/lib/types.ts", "it is generated")];

/// Words for work put off; in two parts, so that this line is not found itself.
const PUT_OFF: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

pub const RULES: &[Rule] = &[
    Rule {
        name: "no source file has more than 400 lines",
        reason: "a file is read as a whole",
        find: |files| files.iter().filter_map(length).collect(),
    },
    Rule {
        name: "no work is put off in a comment",
        reason: "what is left to do is an issue, where it is seen",
        find: |files| files.iter().filter(|file| is_source(file)).flat_map(put_off).collect(),
    },
    Rule {
        name: "every sample has its truth.toml",
        reason: "a sample is a test as well, and the truth is what it is measured by",
        find: no_truth,
    },
    Rule {
        name: "all manifests have one version",
        reason: "the window, its pages and the command line are one program",
        find: versions,
    },
];

fn length(file: &File) -> Option<Finding> {
    let lines = file.text.lines().count();
    let listed = LONG.iter().any(|(path, _)| file.path == *path);
    (file.ends(&["rs", "ts", "svelte"]) && lines > LINES && !listed)
        .then(|| Finding::new(file, LINES + 1, format!("there are {lines} lines: split the file by what it is about")))
}

fn is_source(file: &File) -> bool {
    file.ends(&["rs", "ts", "js", "svelte", "css", "html", "toml", "md", "yml"])
        && !file.is_in("sample_logs/")
        && !file.is_in("models/")
}

fn put_off(file: &File) -> Vec<Finding> {
    let lines = file.text.lines().enumerate();
    let bad =
        lines.filter_map(|(at, line)| PUT_OFF.iter().find(|word| words(line, word).next().is_some()).map(|word| (at, word)));
    bad.map(|(at, word)| Finding::new(file, at + 1, format!("`{word}` is written"))).collect()
}

fn no_truth(files: &[File]) -> Vec<Finding> {
    let mut cases: BTreeMap<&str, bool> = BTreeMap::new();
    for file in files {
        if let Some((case, rest)) = file.path.strip_prefix("sample_logs/").and_then(|path| path.split_once('/')) {
            *cases.entry(case).or_default() |= rest == "truth.toml";
        }
    }
    let without = cases.into_iter().filter(|(_, told)| !told);
    without
        .map(|(case, _)| Finding { path: format!("sample_logs/{case}"), line: 1, what: "truth.toml is missing".to_owned() })
        .collect()
}

fn versions(files: &[File]) -> Vec<Finding> {
    let file = |path: &str| files.iter().find(|file| file.path == path);
    let find = |path: &str, key: &str| {
        let lines = file(path)?.text.lines().enumerate();
        let mut found =
            lines.filter_map(|(at, line)| Some((at + 1, line.trim().strip_prefix(key)?.trim_end_matches(',').trim_matches('"'))));
        found.next()
    };
    let Some((_, wanted)) = find("Cargo.toml", "version = ") else { return Vec::new() };
    let differs = |path: &str| {
        // Tauri takes Cargo's version where its own is left out, and can take that of the package.json.
        let (line, held) = find(path, "\"version\": ")?;
        let what = format!("the version is {held}, and {wanted} in Cargo.toml");
        (held != wanted && !held.ends_with("package.json")).then(|| Finding { path: path.to_owned(), line, what })
    };
    ["ui/package.json", "src-tauri/tauri.conf.json"].into_iter().filter_map(differs).collect()
}
