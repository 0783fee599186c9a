//! Rules of Rust code.

use super::{
    File, Finding, Rule, order,
    paths::{self, Named},
    source::{item, line_of, words},
};

/// The longest body of a command that the window calls, in lines.
const COMMAND_LINES: usize = 10;

/// The only home of burn.
const BURN: &str = "crates/engine/src/score";

pub const RULES: &[Rule] = &[
    Rule {
        name: "the engine prints nothing",
        reason: "it serves the window as well as the command line, and only those know where to speak",
        find: |files| each(files, is_engine, |file| macros(file, &["println", "print", "eprintln", "eprint", "dbg"])),
    },
    Rule {
        name: "the engine has no clock, environment or network",
        reason: "the same logs must give the same report: time and surroundings come in as arguments",
        find: |files| each(files, is_engine, |file| named(file, is_outside)),
    },
    Rule {
        name: "a step of the engine uses earlier steps only",
        reason: "each step is a function from earlier values to a new one",
        find: order::find,
    },
    Rule {
        name: "burn is used in the engine's score alone",
        reason: "the library of the neural network must be replaceable in one place",
        find: |files| {
            each(files, |file| file.ends(&["rs"]) && !file.is_in(BURN), |file| named(file, |n| n.parts[0].starts_with("burn")))
        },
    },
    Rule {
        name: "lints are expected with a reason, never allowed",
        reason: "an expectation fails when it is no longer needed, and tells the reader why it is there",
        find: |files| each(files, |file| file.ends(&["rs"]), allows),
    },
    Rule {
        name: "a command of the window has at most 10 lines",
        reason: "it unpacks, calls and returns: what is more belongs into a crate that can be tested without a window",
        find: |files| each(files, |file| file.ends(&["rs"]) && file.is_in("src-tauri/"), commands),
    },
];

fn is_engine(file: &File) -> bool {
    file.ends(&["rs"]) && file.is_in("crates/engine/src/")
}

fn each(files: &[File], of: impl Fn(&File) -> bool, find: impl Fn(&File) -> Vec<Finding>) -> Vec<Finding> {
    files.iter().filter(|file| of(file)).flat_map(find).collect()
}

fn named(file: &File, bad: impl Fn(&Named) -> bool) -> Vec<Finding> {
    let all = paths::named(&file.code).into_iter().filter(bad);
    all.map(|named| Finding::new(file, named.line, format!("`{}` is used", named.parts.join("::")))).collect()
}

fn is_outside(named: &Named) -> bool {
    let clock = named.parts.iter().any(|part| part == "Instant" || part == "SystemTime");
    clock || named.begins(&["std", "env"]) || named.begins(&["std", "net"]) || named.begins(&["std", "process"])
}

fn macros(file: &File, names: &[&str]) -> Vec<Finding> {
    let calls = |name: &&str| {
        let found = words(&file.code, name).filter(|at| file.code[at + name.len()..].starts_with('!'));
        found.map(|at| Finding::new(file, line_of(&file.code, at), format!("`{name}!` is called"))).collect::<Vec<_>>()
    };
    names.iter().flat_map(calls).collect()
}

fn allows(file: &File) -> Vec<Finding> {
    // Tests may not allow lints either, so this looks at the whole text, and at lines that begin so, which no string does.
    let bad = |line: &str| ["#[allow(", "#![allow("].iter().any(|mark| line.trim_start().starts_with(mark));
    let lines = file.text.lines().enumerate().filter(|(_, line)| bad(line));
    lines.map(|(at, line)| Finding::new(file, at + 1, format!("`{}` is written", line.trim()))).collect()
}

fn commands(file: &File) -> Vec<Finding> {
    let marks = ["#[tauri::command", "#[command"];
    let starts = marks.iter().flat_map(|mark| file.code.match_indices(mark));
    let long = starts.filter_map(|(at, _)| {
        // The attribute's own brackets end before the function does.
        let after = at + file.code[at..].find("fn ")?;
        let function = &file.code[after..after + item(&file.code[after..])];
        let body = &function[function.find('{')?..];
        let lines = body.matches('\n').count().saturating_sub(1);
        let name = function[3..].split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
        let what = format!("the command {name} has {lines} lines");
        (lines > COMMAND_LINES).then(|| Finding::new(file, line_of(&file.code, after), what))
    });
    long.collect()
}
