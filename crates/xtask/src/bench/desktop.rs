//! The window beside a bare one of Tauri: how long until it can be used and until the first chart, memory at rest, and scrolling.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

use super::{
    Options, inputs,
    measure::{Measured, measure},
    table,
};
use crate::{
    app, frontend,
    shell::{Tree, run},
    stamp::Contents,
    window::Display,
};

/// What `--only` calls it.
pub const NAME: &str = "Window";
/// By what the section is known among the others of the page.
pub const START: &str = "The window compared";
/// Megabytes of the folder whose first chart is awaited.
const FOLDER: u64 = 250;
/// Lines of the logs that are scrolled: ten million events.
const MANY: u64 = 10_000_000;

const BARE_CARGO: &str = r#"[package]
name = "bare-window"
version = "0.0.0"
edition = "2024"

[workspace]

[build-dependencies]
tauri-build = "=2.7.4"

[dependencies]
tauri = "=2.12.5"

[profile.release]
lto = "thin"
codegen-units = 1
strip = true
"#;
const BARE_MAIN: &str =
    "fn main() {\n    tauri::Builder::default().run(tauri::generate_context!()).expect(\"the window opens\");\n}\n";
const BARE_CONFIG: &str = r#"{
  "productName": "Bare",
  "identifier": "org.openstack-rca.bare",
  "build": { "frontendDist": "dist" },
  "app": { "windows": [{ "title": "Bare", "width": 1280, "height": 800 }] },
  "bundle": { "icon": ["icon.png"] }
}
"#;
const BARE_PAGE: &str = "<!doctype html><title>Bare</title><button>A window</button>\n";

/// Builds both, measures them in turns, and tells in Markdown.
///
/// # Errors
/// Where something cannot be built, the display does not start, or a program fails.
pub fn desktop(tree: &Tree, scratch: &Path, options: &Options) -> Result<String> {
    frontend::install(tree)?;
    frontend::build(tree, &Contents::of(&tree.root))?;
    let bare = bare(tree, &scratch.join("bare-window"))?;
    app::build(tree, true)?;
    let folder = inputs::prepare(tree, scratch, &Options { size: FOLDER, lines: None, ..options.clone() })?;
    let many = inputs::prepare(tree, scratch, &Options { lines: Some(options.lines.unwrap_or(MANY)), ..options.clone() })?;
    let display = Display::open()?;
    let program = tree.binary(app::WINDOW, true);
    let mut best: BTreeMap<String, f64> = BTreeMap::new();
    for round in 1..=options.rounds {
        let mut script = Command::new("node");
        script.arg(tree.root.join("ui/e2e/measure.js")).current_dir(tree.root.join("ui")).stderr(Stdio::inherit());
        script.env("APP", &program).env("BARE", &bare).env("FOLDER", &folder.folder);
        script.env("DISPLAY", display.name()).env("GDK_BACKEND", "x11").env("NO_AT_BRIDGE", "1").env_remove("WAYLAND_DISPLAY");
        // The many events take long to read: once is enough.
        if round == 1 {
            script.env("MANY", &many.folder);
        }
        take(&mut best, &measure(&mut script)?);
        println!("round {round} of {}: {best:.0?}", options.rounds);
    }
    let sizes = [&bare, &program].map(|path| fs::metadata(path).map_or(0.0, |file| file.len() as f64 / 1e6));
    Ok(told(&best, sizes, options))
}

/// A window with one button, of the same Tauri.
fn bare(tree: &Tree, folder: &Path) -> Result<PathBuf> {
    for (path, text) in [
        ("Cargo.toml", BARE_CARGO),
        ("src/main.rs", BARE_MAIN),
        ("build.rs", "fn main() {\n    tauri_build::build();\n}\n"),
        ("tauri.conf.json", BARE_CONFIG),
        ("dist/index.html", BARE_PAGE),
    ] {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder)).with_context(|| format!("{} cannot be made", path.display()))?;
        fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    // The versions of the dependencies are those of the product.
    for (from, to) in [("Cargo.lock", "Cargo.lock"), ("icons/icon.png", "icon.png")] {
        fs::copy(tree.root.join(from), folder.join(to)).with_context(|| format!("{from} cannot be copied"))?;
    }
    let target = folder.join("target");
    let mut cargo = tree.cargo(&["build", "--release", "--manifest-path"]);
    run(cargo.arg(folder.join("Cargo.toml")).arg("--target-dir").arg(&target))?;
    Ok(target.join("release/bare-window"))
}

/// The best of each figure.
fn take(best: &mut BTreeMap<String, f64>, run: &Measured) {
    for word in run.output.split_whitespace() {
        if let Some((name, value)) =
            word.split_once('=').and_then(|(name, value)| Some((name, value.parse().ok()?))).filter(|(name, _)| !name.is_empty())
        {
            best.entry(name.to_owned()).and_modify(|least| *least = f64::min(*least, value)).or_insert(value);
        }
    }
}

fn told(best: &BTreeMap<String, f64>, [bare_size, size]: [f64; 2], options: &Options) -> String {
    let of = |name: &str| best.get(name).copied().unwrap_or(f64::NAN);
    let row = |what: &str, unit: &str, bare: Option<f64>, ours: f64| {
        let ratio = bare.map_or_else(String::new, |bare| format!("{:.2} ×", ours / bare));
        vec![
            what.to_owned(),
            bare.map_or_else(String::new, |bare| format!("{bare:.0} {unit}")),
            format!("{ours:.0} {unit}"),
            ratio,
        ]
    };
    let rows = [
        row("from its start until it can be used", "ms", Some(of("bare")), of("window")),
        row(&format!("until the first chart of {FOLDER} MB"), "ms", Some(of("bare")), of("chart")),
        row("memory at rest, web process included", "MB", Some(of("bare-memory")), of("window-memory")),
        row("size of the program", "MB", Some(bare_size), size),
        row("until the report of the many events", "ms", None, of("many")),
        row("from frame to frame while they are scrolled, median", "ms", None, of("frame")),
        row("the same, the slowest of a hundred", "ms", None, of("frame-slow")),
        row("memory with them, mapped logs included", "MB", None, of("many-memory")),
    ];
    let lines = options.lines.unwrap_or(MANY);
    format!(
        "\n{START} with a bare one of the same Tauri, one button and nothing behind it, on a virtual display without a graphics processor; \
         times with those of the driver's session. The many events are {lines} simulated lines. Best of {} interleaved runs.\n\n{}",
        options.rounds,
        table::markdown(&["what", "bare", "ours", "ours takes"], &rows),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_of_each_figure_is_told_beside_the_bare_window() {
        let mut best = BTreeMap::new();
        for output in ["bare=900.0 window=1200.0\nchart=3000", "bare=1000.0 window=1100.0 word =5 x=y"] {
            take(&mut best, &Measured { output: output.into(), ..Measured::default() });
        }
        assert_eq!(best.len(), 3, "what is no figure is left out: {best:?}");
        let options = Options { size: 1, lines: None, logs: None, rounds: 2, only: Vec::new(), write: false };
        let text = told(&best, [5.0, 15.0], &options);
        for row in ["| 900 ms | 1100 ms | 1.22 × |", "| 900 ms | 3000 ms | 3.33 × |", "3.00 ×"] {
            assert!(
                text.split('\n').any(|line| line.split_whitespace().collect::<Vec<_>>().join(" ").contains(row)),
                "{row}: {text}"
            );
        }
    }
}
