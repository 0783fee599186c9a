use super::*;
use crate::shell::Tree;

#[test]
fn the_tree_is_tidy() {
    let tree = Tree::find().unwrap();
    if let Err(findings) = check(&tree.root) {
        panic!("{findings}");
    }
}

/// A rule's name begins so; files as path and text; the lines on which it must find something, none where all is well.
type Case = (&'static str, &'static [(&'static str, &'static str)], &'static [usize]);

const ENGINE: &str = "crates/engine/Cargo.toml";
const SCORE: &str = "crates/engine/src/score/model.rs";
const LIB: (&str, &str) =
    ("crates/engine/src/lib.rs", "pub mod score;\npub use score::artifact::{Model, Summary};\npub use evidence::Piece;");

const CASES: &[Case] = &[
    ("crates depend", &[(ENGINE, "name = \"engine\"\n[dependencies]\nserde.workspace = true\nchat.workspace = true")], &[4]),
    (
        "crates depend",
        &[(ENGINE, "name = \"engine\"\n[dependencies]\ntauri-build = \"2\"\nreqwest = { version = \"1\" }\ntokio = \"1\"")],
        &[3, 4, 5],
    ),
    ("crates depend", &[(ENGINE, "name = \"engine\"\n[target.'cfg(unix)'.dependencies.settings]\npath = \"x\"")], &[2]),
    (
        "crates depend",
        &[(ENGINE, "name = \"engine\"\n[dependencies]\nburn = \"1\"\n[dev-dependencies]\nsimulate.workspace = true")],
        &[],
    ),
    ("crates depend", &[(ENGINE, "name = \"engine\"\n[dev-dependencies]\ncli.workspace = true")], &[3]),
    (
        "crates depend",
        &[("crates/chat/Cargo.toml", "name = \"chat\"\n[dependencies]\nengine.workspace = true\nsettings.workspace = true")],
        &[4],
    ),
    ("crates depend", &[("crates/new/Cargo.toml", "name = \"new\"")], &[1]),
    ("every crate inherits", &[(ENGINE, "name = \"engine\"\n[dependencies]")], &[1]),
    ("every crate inherits", &[(ENGINE, "[lints]\nworkspace = true")], &[]),
    ("the engine prints", &[(SCORE, "fn f() {\n    println!(\"a\");\n    eprint !(\"b\");\n}")], &[2]),
    (
        "the engine prints",
        &[(
            SCORE,
            "/// println!(\"a\")\nfn f() { writeln!(out, \"println!\") }\n#[cfg(test)]\nmod tests { fn f() { println!() } }",
        )],
        &[],
    ),
    ("the engine prints", &[("crates/cli/src/main.rs", "println!()")], &[]),
    (
        "the engine has no clock",
        &[(SCORE, "use std::{\n    env,\n    time::{Duration, Instant},\n};\nstd::net::x()")],
        &[2, 3, 5],
    ),
    ("the engine has no clock", &[(SCORE, "use std::time;\nlet x = time::SystemTime::now();")], &[2]),
    ("the engine has no clock", &[(SCORE, "use std::{io, time::Duration};")], &[]),
    ("a step of the engine", &[(SCORE, "use crate::template::Id;\nuse crate::evidence::tfidf;")], &[2]),
    ("a step of the engine", &[(SCORE, "use crate::{Error, Model,\n    Piece};"), LIB], &[2]),
    (
        "a step of the engine",
        &[("crates/engine/src/sequence.rs", "use super::score::x;\nuse crate::pipeline::Request;")],
        &[1, 2],
    ),
    ("a step of the engine", &[("crates/engine/src/config.rs", "use crate::error::Error;\nuse crate::events::Level;")], &[2]),
    (
        "a step of the engine",
        &[("crates/engine/src/diagnose/mod.rs", "use crate::{evidence::x, report::Cause, score::y};\nuse super::config;")],
        &[],
    ),
    ("a step of the engine", &[("crates/engine/src/ingest/mod.rs", "use crate::report::{Skipped,\n    compose};")], &[2]),
    ("a step of the engine", &[("crates/engine/src/magic.rs", "")], &[1]),
    ("a step of the engine", &[("crates/engine/src/pipeline.rs", "use crate::{diagnose, report};")], &[]),
    (
        "burn is used",
        &[("crates/engine/src/evidence/mod.rs", "use burn::tensor::Tensor;\nburn_ndarray::x();"), (SCORE, "use burn::x;")],
        &[1, 2],
    ),
    (
        "lints are expected",
        &[("crates/cli/src/main.rs", "#![allow(a)]\n#[expect(b, reason = \"c\")]\nfn f() {}\n  #[allow(d)]")],
        &[1, 4],
    ),
    (
        "a command of the window",
        &[(
            "src-tauri/src/commands.rs",
            "#[tauri::command(async)]\npub fn long(\n    a: u8,\n) {\n1;\n2;\n3;\n4;\n5;\n6;\n7;\n8;\n9;\n10;\n11;\n}",
        )],
        &[2],
    ),
    (
        "a command of the window",
        &[("src-tauri/src/commands.rs", "#[tauri::command]\npub fn short() {\n1;\n2;\n3;\n4;\n5;\n6;\n7;\n8;\n9;\n10;\n}")],
        &[],
    ),
    ("only ui/src/lib/api.ts", &[("ui/src/views/A.svelte", "<script>\nimport {\n  x\n} from '@tauri-apps/api/core'")], &[4]),
    (
        "only ui/src/lib/api.ts",
        &[("ui/src/main.ts", "const x = await import(\"@tauri-apps/api\")\n// from \"@tauri-apps\"")],
        &[1],
    ),
    ("only ui/src/lib/api.ts", &[("ui/src/lib/api.ts", "import { x } from '@tauri-apps/api/core'")], &[]),
    (
        "components import",
        &[(
            "ui/src/components/A.svelte",
            "import a from '../state/a.svelte'\nimport b from '../lib/api'\nimport c from '$views/C.svelte'\nimport d from '../views/D.svelte'",
        )],
        &[1, 2, 4],
    ),
    ("components import", &[("ui/src/components/A.svelte", "import a from '../lib/format'\nimport B from './B.svelte'")], &[]),
    (
        "only tokens.css",
        &[("ui/src/views/A.svelte", "<a href=\"#cause-1\">\n<style>\na { color: #fff; }\nb { fill:rgb(1 2 3) }")],
        &[3, 4],
    ),
    ("only tokens.css", &[("ui/src/lib/chart.ts", "const a = \"#a0b1c2\";\nthis.#add = 1; // #fff\nnot_rgb(1)")], &[1]),
    (
        "only tokens.css",
        &[("ui/src/tokens.css", "a { color: #fff; }"), ("ui/src/app.css", "a { color: var(--text); }\n#bad { }")],
        &[2],
    ),
    ("no work is put off", &[("README.md", concat!("a\nTO", "DO: b")), ("a.rs", concat!("// FIX", "ME"))], &[1, 2]),
    ("no work is put off", &[("Cargo.toml", "todo = \"warn\""), ("a.rs", concat!("AUTO", "TO", "DOS"))], &[]),
    ("every sample", &[("sample_logs/a/nova.log", ""), ("sample_logs/b/truth.toml", ""), ("sample_logs/README.md", "")], &[1]),
    (
        "all manifests",
        &[
            ("Cargo.toml", "[workspace.package]\nversion = \"0.1.0\""),
            ("ui/package.json", "{\n  \"version\": \"0.2.0\","),
            ("src-tauri/tauri.conf.json", "{}"),
        ],
        &[2],
    ),
    (
        "all manifests",
        &[("Cargo.toml", "version = \"0.1.0\""), ("src-tauri/tauri.conf.json", "\"version\": \"../ui/package.json\"")],
        &[],
    ),
];

#[test]
fn every_rule_finds_what_it_forbids_and_nothing_else() {
    for (name, sources, lines) in CASES {
        let rule = rules().find(|rule| rule.name.starts_with(name)).unwrap_or_else(|| panic!("no rule {name}"));
        let files: Vec<_> = sources.iter().map(|(path, text)| File::new(*path, *text)).collect();
        let mut found: Vec<_> = (rule.find)(&files).into_iter().map(|finding| finding.line).collect();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, *lines, "{name} in {sources:?}");
    }
}

#[test]
fn long_files_are_found_but_for_those_listed() {
    let rule = rules().find(|rule| rule.name.contains("400 lines")).unwrap();
    let long = "x\n".repeat(401);
    let files = [File::new("a.rs", long.clone()), File::new("ui/src/lib/types.ts", long.clone()), File::new("a.log", long)];
    let found = (rule.find)(&files);
    assert_eq!((found.len(), found[0].path.as_str(), found[0].line), (1, "a.rs", 401));
}

#[test]
fn every_rule_has_a_case() {
    for rule in rules().filter(|rule| !rule.name.contains("400 lines")) {
        let bad = CASES.iter().any(|(name, _, lines)| rule.name.starts_with(name) && !lines.is_empty());
        assert!(bad, "no case breaks the rule: {}", rule.name);
    }
}

#[test]
fn a_finding_names_file_line_rule_and_reason() {
    let rule = rules().next().unwrap();
    let finding = Finding { path: "a.rs".into(), line: 7, what: "it is wrong".into() };
    assert_eq!(line(rule, &finding), format!("a.rs:7: it is wrong; the rule: {}, because {}", rule.name, rule.reason));
}
