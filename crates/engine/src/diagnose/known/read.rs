//! From TOML text to checked tables.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde::{Deserialize, de::DeserializeOwned};
use toml::Value;

use super::{CategoryFacts, Component, Kind, Signature};

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
    check_references(&tables.signatures)?;
    Ok(tables)
}

/// Reads the entries of one kind; an error names the file and the entry by the field `key`, or else by its place.
fn entries<T: DeserializeOwned>(file: &str, kind: &str, key: &str, values: Vec<Value>) -> Result<Vec<T>, String> {
    let read = |(index, value): (usize, Value)| {
        let entry = match value.get(key) {
            Some(Value::String(id)) => id.clone(),
            Some(Value::Array(names)) if !names.is_empty() => names[0].as_str().unwrap_or_default().to_owned(),
            _ => format!("number {}", index + 1),
        };
        value.try_into().map_err(|error: toml::de::Error| format!("{file}: {kind} {entry}: {}", error.message()))
    };
    values.into_iter().enumerate().map(read).collect()
}

/// Checks one signature on its own.
fn check(signature: &Signature) -> Result<(), String> {
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
    if signature.burst == Some(0) {
        return Err("burst is 0, and must be 1 or more".into());
    }
    if signature.kind == Kind::Symptom && signature.look_upstream.is_none() {
        return Err("a symptom must say where to look_upstream".into());
    }
    if signature.confirm.is_empty() || signature.remedy.is_empty() {
        return Err("confirm and remedy must not be empty".into());
    }
    Ok(())
}

/// Checks that every signature named as a usual cause is there, and is not the symptom itself.
fn check_references(signatures: &[Arc<Signature>]) -> Result<(), String> {
    let ids: FxHashSet<&str> = signatures.iter().map(|signature| signature.id.as_str()).collect();
    for signature in signatures {
        for cause in &signature.usual_causes {
            if !ids.contains(cause.as_str()) || *cause == signature.id {
                return Err(format!("signature {}: its usual cause {cause} is no other signature", signature.id));
            }
        }
    }
    Ok(())
}
