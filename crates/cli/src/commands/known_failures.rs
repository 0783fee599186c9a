//! `known-failures`: lists what is known, checks the user's own, and says which ones a text shows.

use std::{fmt::Write, sync::Arc};

use engine::diagnose::known::{Kind, Loaded, Problem, Signature};
use serde_json::json;
use settings::known_failures;

use crate::{
    args::{KnownFailures, Written},
    failure::Failure,
    print, surroundings,
};

/// Runs the command. A check that finds something wrong makes it fail, so that scripts can ask too.
pub fn run(args: &KnownFailures) -> Result<(), Failure> {
    let loaded = match &args.check {
        Some(path) if !path.exists() => return Err(engine::Error::NotFound(path.clone()).into()),
        Some(path) => known_failures::read(path),
        None => known_failures::load(&surroundings::folders()?),
    };
    let rows = rows(&loaded, args);
    print::result(&match args.format {
        Written::Text => text(&rows, args),
        Written::Json => json(&rows, &loaded.problems)?,
    })?;
    for problem in &loaded.problems {
        print::note(format!("warning: {}; {}", print::harmless(&problem.to_string()), problem.remedy));
    }
    match (&args.check, loaded.problems.len()) {
        (None, _) | (_, 0) => Ok(()),
        (Some(path), 1) => Err(Failure::users(format!("{}: one thing is wrong", path.display()), "follow the remedy above")),
        (Some(path), n) => Err(Failure::users(format!("{}: {n} things are wrong", path.display()), "follow the remedies above")),
    }
}

/// What is asked for: those that a text shows, those of the files that are checked, or all.
fn rows<'a>(loaded: &'a Loaded, args: &KnownFailures) -> Vec<&'a Arc<Signature>> {
    let known = &loaded.known;
    match &args.text {
        Some(text) => known.matches(text).into_iter().filter_map(|id| known.signature(id)).collect(),
        None => known.signatures().iter().filter(|s| args.check.is_none() || s.file.is_some()).collect(),
    }
}

fn text(rows: &[&Arc<Signature>], args: &KnownFailures) -> String {
    let mut text = String::new();
    let width = rows.iter().map(|s| s.id.len()).max().unwrap_or_default();
    for s in rows {
        let from = s.file.as_ref().map_or(String::new(), |file| format!("  [{file}]"));
        // Writing into a string cannot fail.
        _ = writeln!(
            text,
            "{:width$}  {:7}  {:18}  {}{}",
            s.id,
            kind(s),
            category(s),
            print::harmless(&s.title),
            print::harmless(&from)
        );
    }
    let own = rows.iter().filter(|s| s.file.is_some()).count();
    _ = match (&args.text, rows.len()) {
        (Some(_), 0) => writeln!(text, "No known failure shows in this text."),
        (Some(_), _) => Ok(()),
        (None, all) => writeln!(text, "\n{all} known failures, {own} of them your own."),
    };
    text
}

fn kind(signature: &Signature) -> &'static str {
    if signature.kind == Kind::Cause { "cause" } else { "symptom" }
}

/// The category's name as reports write it.
fn category(signature: &Signature) -> String {
    let name = serde_json::to_value(signature.category).ok();
    name.as_ref().and_then(|name| name.as_str()).unwrap_or_default().to_owned()
}

fn json(rows: &[&Arc<Signature>], problems: &[Problem]) -> Result<String, Failure> {
    let row = |s: &&Arc<Signature>| {
        json!({
            "id": s.id,
            "title": s.title,
            "kind": kind(s),
            "category": category(s),
            "subsystem": s.subsystem,
            "confidence": s.confidence,
            "releases": s.releases,
            "source": if s.file.is_some() { "own" } else { "built-in" },
            "file": s.file,
        })
    };
    let list = json!({ "knownFailures": rows.iter().map(row).collect::<Vec<_>>(), "problems": problems });
    let text = serde_json::to_string_pretty(&list).map_err(|error| Failure::json(&error))?;
    Ok(text + "\n")
}
