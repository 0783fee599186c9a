//! The order of the engine's steps: a step uses earlier ones, never later ones.

use super::{File, Finding, paths};

const ENGINE: &str = "crates/engine/src/";

/// What belongs to no step, so that every step may use it.
const BASE: [&str; 3] = ["config", "error", "progress"];

/// The steps in order; those of one row may use each other.
const STEPS: [&[&str]; 9] = [
    &["events", "ingest", "traceback"],
    &["template"],
    &["logs", "explore", "index"],
    &["sequence"],
    &["score"],
    &["follow"],
    &["evidence"],
    &["diagnose"],
    &["report"],
];

/// The last step: its types are data that earlier steps fill, its functions are for the pipeline alone.
const LAST: &str = "report";

/// Those that know all steps.
const ABOVE: [&str; 2] = ["lib", "pipeline"];

/// Breaches of the order, and modules that have no place in it.
pub fn find(files: &[File]) -> Vec<Finding> {
    let exports = files.iter().find(|file| file.path == "crates/engine/src/lib.rs").map(exports).unwrap_or_default();
    files.iter().filter(|file| file.is_in(ENGINE) && file.ends(&["rs"])).flat_map(|file| breaches(file, &exports)).collect()
}

fn breaches(file: &File, exports: &[(String, String)]) -> Vec<Finding> {
    let module = module(&file.path);
    let own = module.first().map_or("lib", String::as_str);
    if ABOVE.contains(&own) {
        return Vec::new();
    }
    if rank(own).is_none() {
        return vec![Finding::new(file, 1, format!("the module {own} has no place in the order: give it one in {}", file!()))];
    }
    let uses = paths::named(&file.code).into_iter().filter_map(|named| {
        let used = used(&named.parts, &module, exports)?;
        let earlier = used == own || rank(&used).is_some_and(|rank| Some(rank) <= self::rank(own));
        let data = used == LAST && named.parts.iter().any(|part| part.starts_with(char::is_uppercase));
        let known = rank(&used).is_some() || ABOVE.contains(&used.as_str());
        (known && !earlier && !data).then(|| Finding::new(file, named.line, format!("{own} uses {used}, which comes later")))
    });
    uses.collect()
}

/// The place in the order, from 0 for what belongs to no step.
fn rank(module: &str) -> Option<usize> {
    if BASE.contains(&module) {
        return Some(0);
    }
    STEPS.iter().position(|row| row.contains(&module)).map(|at| at + 1)
}

/// The module of a file, from the root of the crate: `score/model.rs` is `[score, model]`.
fn module(path: &str) -> Vec<String> {
    let inner = path.trim_start_matches(ENGINE).trim_end_matches(".rs");
    let inner = inner.trim_end_matches("/mod");
    inner.split('/').filter(|part| *part != "lib").map(str::to_owned).collect()
}

/// The top module that a path leads to, where it leads into this crate.
fn used(parts: &[String], module: &[String], exports: &[(String, String)]) -> Option<String> {
    let ups = parts.iter().take_while(|part| *part == "super").count();
    let full: Vec<&String> = match parts.first()?.as_str() {
        "crate" => parts.iter().skip(1).collect(),
        "super" => module.iter().take(module.len().saturating_sub(ups)).chain(parts.iter().skip(ups)).collect(),
        _ => return None,
    };
    let top = full.first()?.as_str();
    let export = exports.iter().find(|(name, _)| name == top).map(|(_, module)| module.as_str());
    Some(export.unwrap_or(top).to_owned())
}

/// The names that the crate's root hands on, each with the module that it comes from.
fn exports(lib: &File) -> Vec<(String, String)> {
    let own = paths::named(&lib.code)
        .into_iter()
        .filter(|named| rank(&named.parts[0]).is_some() || ABOVE.contains(&named.parts[0].as_str()));
    own.filter_map(|named| Some((named.parts.last()?.clone(), named.parts.first()?.clone()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_top_modules() {
        let parts = |path: &str| path.split("::").map(str::to_owned).collect::<Vec<_>>();
        let exports = [("Model".to_owned(), "score".to_owned())];
        let module = module("crates/engine/src/score/model.rs");
        assert_eq!(module, ["score", "model"]);
        for (path, expected) in [
            ("crate::template::Id", Some("template")),
            ("crate::Model", Some("score")),
            ("super::train", Some("score")),
            ("super::super::evidence::Piece", Some("evidence")),
            ("std::env", None),
        ] {
            assert_eq!(used(&parts(path), &module, &exports).as_deref(), expected, "{path}");
        }
        assert_eq!(self::module("crates/engine/src/score/mod.rs"), ["score"]);
        assert_eq!(self::module("crates/engine/src/lib.rs"), Vec::<String>::new());
    }
}
