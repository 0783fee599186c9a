//! `cargo xtask test`: everything that must hold before a change is good.

use std::{
    env,
    process::{Command, ExitCode},
};

use anyhow::Result;

use crate::{
    app, frontend, licences,
    setup::{self, Host, Purpose},
    shell::{Tree, run},
    stamp::Contents,
    steps::{self, Outcome, Plan, Step},
    tidy, types, window,
};

/// What Rust code is compiled from.
const RUST: &[&str] = &[".cargo", "Cargo.lock", "Cargo.toml", "crates", "icons", "rustfmt.toml", "src-tauri"];

/// That, and the file compared with it.
const TYPES: &[&str] = &[".cargo", "Cargo.lock", "Cargo.toml", "crates", "src-tauri", "ui/src/lib/types.ts"];

/// That, and what Rust's tests read.
const TESTED: &[&str] = &[".cargo", "Cargo.lock", "Cargo.toml", "crates", "icons", "models", "sample_logs", "src-tauri"];

/// What tells the crates and packages that are shipped, and the list of their licences.
const SHIPPED: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "crates",
    "src-tauri/Cargo.toml",
    "ui/package-lock.json",
    "ui/package.json",
    "ui/src/lib/licences.json",
];

/// The front end.
const FRONT: &[&str] = &["ui"];

/// What the window is made of, and what its test reads.
const WINDOW: &[&str] = &[".cargo", "Cargo.lock", "Cargo.toml", "crates", "icons", "models", "sample_logs", "src-tauri", "ui"];

/// Runs all steps, tells of each, and gives whether all are good. `CI` in the environment has them all run, as `all` does.
pub fn test(tree: &Tree, all: bool, keep_going: bool) -> ExitCode {
    let contents = Contents::of(&tree.root);
    let (rust, node) = (version(&["rustc", "-vV"]), version(&["node", "--version"]));
    let plan = Plan {
        contents: &contents,
        tools: &[&rust, &node],
        stamps: tree.target.join("xtask"),
        all: all || env::var_os("CI").is_some_and(|ci| !ci.is_empty() && ci != "false"),
        keep_going,
    };
    let summary = steps::run(&plan_steps(tree, &contents), &plan);
    println!("{}", summary.text());
    if summary.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The steps, the quick ones first.
///
/// The front end is built before any Cargo step, since the window's program holds it in itself; the test programs are built
/// before the programs, which then need no more than linking.
fn plan_steps<'a>(tree: &'a Tree, contents: &'a Contents) -> Vec<Step<'a>> {
    let npm = |script: &'static str| move || done(run(tree.npm(&["run", script]).env("CI", "true")));
    let cargo = |args: &'static [&'static str]| move || done(run(&mut tree.cargo(args)));
    vec![
        step("set-up", &[], || done(setup::prepare(&Host, Purpose::Test).and_then(|()| frontend::install(tree)))),
        step("tidy", &[], || done(tidy::check(&tree.root))),
        step("licences", SHIPPED, || done(licences::check(tree))),
        step("rustfmt", RUST, cargo(&["fmt", "--all", "--check"])),
        step("ui check", FRONT, npm("check")),
        step("ui lint", FRONT, npm("lint")),
        step("ui test", FRONT, npm("test")),
        step("ui build", &[], || Ok(if frontend::build(tree, contents)? { Outcome::Passed } else { Outcome::Unchanged })),
        step("clippy", RUST, cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])),
        step("types", TYPES, || done(types::check(tree))),
        step("cargo test", TESTED, cargo(&["test", "--workspace", "--no-fail-fast"])),
        step("build", &[], || done(app::build(tree, false))),
        step("end to end", WINDOW, || window::test(tree)),
    ]
}

fn step<'a>(name: &'static str, inputs: &'a [&'a str], act: impl Fn() -> Result<Outcome> + 'a) -> Step<'a> {
    Step { name, inputs, act: Box::new(act) }
}

fn done(result: Result<()>) -> Result<Outcome> {
    result.map(|()| Outcome::Passed)
}

/// What a tool says of its version; nothing where it is missing, which the set-up then tells.
fn version(line: &[&str]) -> String {
    let output = Command::new(line[0]).args(&line[1..]).output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default()
}
