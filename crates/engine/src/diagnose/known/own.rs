//! The user's own signatures: checked as the shipped ones are by the tests, and loaded beside them.

use std::sync::Arc;

use regex::Regex;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use toml::Value;
use ts_rs::TS;

use super::{Known, Matcher, Signature, fingerprint, read};

/// What was loaded.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The tables, the user's own among them.
    pub known: Known,
    /// What is wrong with the user's files; it was left out.
    pub problems: Vec<Problem>,
}

/// What is wrong with a file of the user's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The name of the signature, or its place in the file; none where the whole file is concerned.
    pub signature: Option<String>,
    /// What is wrong.
    pub reason: String,
    /// What to do about it.
    pub remedy: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let signature = self.signature.as_ref().map_or(String::new(), |id| format!(": signature {id}"));
        write!(f, "{}{signature}: {}", self.file, self.reason)
    }
}

/// A file of the user's: signatures, and nothing else.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    signature: Vec<Value>,
}

/// Loads what is right of the user's files beside the shipped tables.
pub(super) fn load(shipped: &Known, texts: &[(&str, &str)]) -> Loaded {
    let mut problems = Vec::new();
    let mut own: Vec<Arc<Signature>> = Vec::new();
    for (file, text) in texts {
        for signature in entries(file, text, &mut problems) {
            match own.iter().find(|other| other.id == signature.id).and_then(|other| other.file.as_ref()) {
                Some(other) => problems.push(problem(
                    &signature,
                    format!("its id is used in {other} already"),
                    "give it another id, or remove one of the two",
                )),
                None => own.push(Arc::new(signature)),
            }
        }
    }
    // One that is left out can be what another one leans on, so that all are looked at again; each round leaves out one at least.
    let known = loop {
        let known = beside(shipped, &own, texts);
        let wrong: FxHashMap<String, Problem> =
            own.iter().filter_map(|s| examine(s, &known).map(|problem| (s.id.clone(), problem))).collect();
        if wrong.is_empty() {
            break known;
        }
        own.retain(|s| !wrong.contains_key(&s.id));
        problems.extend(wrong.into_values());
    };
    problems.sort_by(|a, b| (&a.file, &a.signature).cmp(&(&b.file, &b.signature)));
    Loaded { known, problems }
}

/// The entries of a file that are right when looked at alone.
fn entries(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<Signature> {
    let whole = |reason: String, remedy: &str| Problem { file: file.into(), signature: None, reason, remedy: remedy.into() };
    let parsed = match toml::from_str::<File>(text) {
        Ok(parsed) => parsed,
        Err(error) => {
            let remedy = "correct the file: it holds [[signature]] entries in TOML, and nothing else";
            problems.push(whole(told(&error, text), remedy));
            return Vec::new();
        }
    };
    let mut good = Vec::new();
    for (index, value) in parsed.signature.into_iter().enumerate() {
        let name = read::name(&value, "id", index);
        match entry(value) {
            Ok(signature) => good.push(Signature { file: Some(file.into()), ..signature }),
            Err(reason) => {
                problems
                    .push(Problem { signature: Some(name), ..whole(reason, "correct this entry; the others of the file count") });
            }
        }
    }
    good
}

/// What is wrong with a text that is no such file, in one line.
fn told(error: &toml::de::Error, text: &str) -> String {
    let line = error.span().and_then(|span| text.get(..span.start)).map(|before| before.matches('\n').count() + 1);
    let place = line.map_or(String::new(), |line| format!("line {line}: "));
    format!("{place}{}", error.message().trim().replace('\n', ", "))
}

fn entry(value: Value) -> Result<Signature, String> {
    let signature: Signature = value.try_into().map_err(|error: toml::de::Error| error.message().to_owned())?;
    read::check(&signature)?;
    if let Some(Err(error)) = signature.pattern.as_deref().map(Regex::new) {
        // The lines before the last one draw where it is.
        let reason = error.to_string();
        let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ");
        return Err(format!("its pattern is no regular expression: {reason}"));
    }
    Ok(signature)
}

/// The shipped tables with these signatures beside them, or in the place of those with the same id.
fn beside(shipped: &Known, own: &[Arc<Signature>], texts: &[(&str, &str)]) -> Known {
    if own.is_empty() {
        return shipped.clone();
    }
    let mut signatures = shipped.signatures.clone();
    for signature in own {
        match signatures.iter_mut().find(|other| other.id == signature.id) {
            Some(other) => *other = Arc::clone(signature),
            None => signatures.push(Arc::clone(signature)),
        }
    }
    // Every pattern was read before, so that only literals beyond all measure can fail; the shipped tables hold then.
    let Ok(matcher) = Matcher::new(&signatures) else { return shipped.clone() };
    let fingerprint = fingerprint(shipped.fingerprint, texts);
    Known { signatures, matcher: Arc::new(matcher), facts: Arc::clone(&shipped.facts), fingerprint }
}

/// What is wrong with a signature of the user's among all others.
fn examine(signature: &Signature, known: &Known) -> Option<Problem> {
    if let Err(reason) = read::check_references(signature, &read::ids(&known.signatures)) {
        return Some(problem(signature, reason, "name a signature that `openstack-rca known-failures` lists, or none"));
    }
    let shown = |text: &str| known.matches(text).into_iter().filter_map(|id| known.signature(id)).collect::<Vec<_>>();
    match shown(&signature.positive).first() {
        None => {
            return Some(problem(
                signature,
                "its positive example does not match it",
                "correct any, all, not, pattern or positive",
            ));
        }
        Some(first) if first.id != signature.id => {
            let reason = format!("its positive example matches {} first", first.id);
            return Some(problem(
                signature,
                reason,
                "make any, all or pattern hold more of the record, or use that id to replace it",
            ));
        }
        Some(_) => {}
    }
    let matches = shown(&signature.negative).iter().any(|other| other.id == signature.id);
    matches.then(|| problem(signature, "its negative example matches it", "make any, all, not or pattern tell the two apart"))
}

fn problem(signature: &Signature, reason: impl Into<String>, remedy: &str) -> Problem {
    Problem {
        file: signature.file.clone().unwrap_or_default(),
        signature: Some(signature.id.clone()),
        reason: reason.into(),
        remedy: remedy.into(),
    }
}
