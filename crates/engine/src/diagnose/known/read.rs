//! From TOML text to checked tables.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde::{Deserialize, de::DeserializeOwned};
use toml::Value;

use super::{CategoryFacts, Component, Kind, Signature, commands, releases};

/// The longest window of time that a signature may ask for: a day, in minutes.
const LONGEST_WINDOW: u32 = 24 * 60;

/// The shortest literal that may find a signature: shorter ones turn up in unrelated words.
const SHORTEST_LITERAL: usize = 5;

/// The entries of all files, in the order of the files.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub signatures: Vec<Arc<Signature>>,
    pub categories: Vec<CategoryFacts>,
    pub components: Vec<Component>,
}

/// A file before its entries are looked at, so that an error can name the entry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct File {
    signature: Vec<Value>,
    category: Vec<Value>,
    component: Vec<Value>,
}

/// Reads and checks all files.
pub(super) fn tables(texts: &[(&str, &str)]) -> Result<Tables, String> {
    let mut tables = Tables::default();
    for (name, text) in texts {
        let file: File = toml::from_str(text).map_err(|error| format!("{name}: {}", error.to_string().trim_end()))?;
        let signatures: Vec<Signature> = entries(name, "signature", "id", file.signature)?;
        for signature in &signatures {
            check(signature).map_err(|reason| format!("{name}: signature {}: {reason}", signature.id))?;
            if tables.signatures.iter().map(|s| &**s).chain(&signatures).filter(|other| other.id == signature.id).count() > 1 {
                return Err(format!("{name}: signature {}: this id is used twice", signature.id));
            }
        }
        tables.signatures.extend(signatures.into_iter().map(Arc::new));
        for facts in entries::<CategoryFacts>(name, "category", "id", file.category)? {
            if tables.categories.iter().any(|other| other.id == facts.id) {
                return Err(format!("{name}: category {}: it is described twice", facts.label));
            }
            tables.categories.push(facts);
        }
        tables.components.extend(entries::<Component>(name, "component", "names", file.component)?);
    }
    let ids = ids(&tables.signatures);
    for signature in &tables.signatures {
        check_references(signature, &ids).map_err(|reason| format!("signature {}: {reason}", signature.id))?;
    }
    Ok(tables)
}

/// Reads the entries of one kind; the first error names the file and the entry by the field `key`, or else by its place.
fn entries<T: DeserializeOwned>(file: &str, kind: &str, key: &str, values: Vec<Value>) -> Result<Vec<T>, String> {
    let read = |(index, value): (usize, Value)| {
        let name = name(&value, key, index);
        value.try_into().map_err(|error: toml::de::Error| format!("{file}: {kind} {name}: {}", error.message()))
    };
    values.into_iter().enumerate().map(read).collect()
}

/// What an entry is called: by its field `key`, or else by its place.
pub(super) fn name(value: &Value, key: &str, index: usize) -> String {
    match value.get(key) {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Array(names)) if !names.is_empty() => names[0].as_str().unwrap_or_default().to_owned(),
        _ => format!("number {}", index + 1),
    }
}

/// Checks one signature on its own.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check(signature: &Signature) -> Result<(), String> {
    let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if signature.id.is_empty() || !signature.id.chars().all(kebab) {
        return Err("the id must be in kebab case".into());
    }
    if signature.any.is_empty() {
        return Err("any must hold a literal".into());
    }
    if let Some(literal) = signature.any.iter().find(|literal| literal.trim().len() < SHORTEST_LITERAL) {
        return Err(format!("the literal {literal:?} is shorter than {SHORTEST_LITERAL} characters"));
    }
    if signature.all.iter().chain(&signature.not).any(String::is_empty) {
        return Err("all and not must hold no empty literal".into());
    }
    if !(0.0..=1.0).contains(&signature.confidence) {
        return Err(format!("confidence is {}, and must be between 0 and 1", signature.confidence));
    }
    if signature.kind == Kind::Symptom && signature.look_upstream.is_none() {
        return Err("a symptom must say where to look_upstream".into());
    }
    if signature.confirm.is_empty() || signature.remedy.is_empty() {
        return Err("confirm and remedy must not be empty".into());
    }
    let found = signature.confirm.iter().find_map(|command| Some((command, commands::changing(command)?)));
    if let Some((command, word)) = found {
        return Err(format!("confirm must change nothing, and {word:?} in {command:?} may"));
    }
    signature.releases.as_deref().map_or(Ok(()), releases::check)?;
    check_windows(signature)
}

/// Checks what must come together within a time.
fn check_windows(signature: &Signature) -> Result<(), String> {
    let window = |name: &str, minutes: u32| match minutes {
        1..=LONGEST_WINDOW => Ok(()),
        _ => Err(format!("{name}.minutes is {minutes}, and must be between 1 and {LONGEST_WINDOW}")),
    };
    if let Some(rate) = &signature.rate {
        window("rate", rate.minutes)?;
        if rate.count < 2 {
            return Err(format!("rate.count is {}, and must be 2 or more", rate.count));
        }
    }
    let Some(with) = &signature.with else { return Ok(()) };
    window("with", with.minutes)?;
    if with.any.is_empty() {
        return Err("with.any must name a signature".into());
    }
    match with.confidence {
        Some(sure) if !(signature.confidence..=1.0).contains(&sure) => {
            Err(format!("with.confidence is {sure}, and must be between confidence and 1"))
        }
        _ => Ok(()),
    }
}

/// The names of all signatures.
pub(super) fn ids(signatures: &[Arc<Signature>]) -> FxHashSet<&str> {
    signatures.iter().map(|signature| signature.id.as_str()).collect()
}

/// Checks that every signature that another one names is there, and is not that one itself.
///
/// # Errors
/// The name that is none.
pub(super) fn check_references(signature: &Signature, ids: &FxHashSet<&str>) -> Result<(), String> {
    let beside = signature.with.iter().flat_map(|with| &with.any).map(|id| ("with.any", id));
    let mut named = signature.usual_causes.iter().map(|id| ("usual_causes", id)).chain(beside);
    match named.find(|(_, id)| !ids.contains(id.as_str()) || **id == signature.id) {
        Some((field, id)) => Err(format!("{field} names {id}, which is no other signature")),
        None => Ok(()),
    }
}
