//! `known-failures`: lists what is known, checks the user's own, and says which ones a text shows.

use std::{fmt::Write, sync::Arc};

use engine::diagnose::known::{Kind, Loaded, Problem, Signature};
use serde::Serialize;
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
        let row = Row::of(s);
        let from = s.file.as_ref().map_or(String::new(), |file| format!("  [{file}]"));
        // Writing into a string cannot fail.
        _ = writeln!(
            text,
            "{:width$}  {:7}  {:18}  {}{}",
            s.id,
            row.kind,
            row.category,
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

/// A known failure as programs read it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    kind: &'static str,
    category: String,
    subsystem: &'a str,
    confidence: f64,
    releases: Option<&'a str>,
    /// `built-in` or `own`.
    source: &'static str,
    file: Option<&'a str>,
}

impl<'a> Row<'a> {
    fn of(signature: &'a Signature) -> Self {
        let category = serde_json::to_value(signature.category).ok().and_then(|value| value.as_str().map(str::to_owned));
        Self {
            id: &signature.id,
            title: &signature.title,
            kind: if signature.kind == Kind::Cause { "cause" } else { "symptom" },
            category: category.unwrap_or_default(),
            subsystem: &signature.subsystem,
            confidence: signature.confidence,
            releases: signature.releases.as_deref(),
            source: if signature.file.is_some() { "own" } else { "built-in" },
            file: signature.file.as_deref(),
        }
    }
}

/// What programs read.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct List<'a> {
    known_failures: Vec<Row<'a>>,
    problems: &'a [Problem],
}

fn json(rows: &[&Arc<Signature>], problems: &[Problem]) -> Result<String, Failure> {
    let list = List { known_failures: rows.iter().map(|s| Row::of(s)).collect(), problems };
    let text = serde_json::to_string_pretty(&list).map_err(|error| Failure::json(&error))?;
    Ok(text + "\n")
}
