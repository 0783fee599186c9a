//! The rules of the tree, as a test: who may depend on whom, and what each part is free of.
//!
//! Every rule is an entry of a table, with its reason; a finding names file, line and rule.

mod front;
mod manifests;
mod order;
mod paths;
mod rust;
mod source;
mod tree;

use std::{fs, path::Path};

use anyhow::{Result, bail};

use crate::files;

/// Files longer than this many bytes are data, which no rule reads.
const LARGEST: u64 = 1 << 20;

/// A text file of the tree.
#[derive(Debug)]
pub struct File {
    /// Its path from the root, with `/` between the parts.
    pub path: String,
    /// All of it.
    pub text: String,
    /// The same, line by line, without comments; of Rust also without the contents of strings and without tests.
    pub code: String,
}

impl File {
    /// A file with this text.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let (path, text) = (path.into(), text.into());
        let code = source::code(&path, &text);
        Self { path, text, code }
    }

    /// Whether it has one of these endings, given without the dot.
    #[must_use]
    pub fn ends(&self, endings: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
    }

    /// Whether its path begins so.
    #[must_use]
    pub fn is_in(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }
}

/// A breach of a rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file, from the root.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: String,
}

impl Finding {
    /// A breach in this file.
    #[must_use]
    pub fn new(file: &File, line: usize, what: impl Into<String>) -> Self {
        Self { path: file.path.clone(), line, what: what.into() }
    }
}

/// A rule and why it is one.
#[derive(Debug)]
pub struct Rule {
    /// What must hold.
    pub name: &'static str,
    /// Why.
    pub reason: &'static str,
    /// Finds its breaches among all files.
    pub find: fn(&[File]) -> Vec<Finding>,
}

/// All rules.
fn rules() -> impl Iterator<Item = &'static Rule> {
    [manifests::RULES, rust::RULES, front::RULES, tree::RULES].into_iter().flatten()
}

/// Checks the tree against all rules.
///
/// # Errors
/// With all findings, a line each.
pub fn check(root: &Path) -> Result<()> {
    let files = read(root);
    let lines: Vec<_> = rules().flat_map(|rule| (rule.find)(&files).into_iter().map(|finding| line(rule, &finding))).collect();
    if lines.is_empty() {
        return Ok(());
    }
    bail!("the rules of the tree are broken in {} places\n{}", lines.len(), lines.join("\n"))
}

fn line(rule: &Rule, finding: &Finding) -> String {
    format!("{}:{}: {}; the rule: {}, because {}", finding.path, finding.line, finding.what, rule.name, rule.reason)
}

fn read(root: &Path) -> Vec<File> {
    let small = |path: &String| fs::metadata(root.join(path)).is_ok_and(|data| data.len() <= LARGEST);
    let file = |path: String| {
        // Of the samples only the names matter, and their logs may be in any encoding.
        let text = if path.starts_with("sample_logs/") { Ok(String::new()) } else { fs::read_to_string(root.join(&path)) };
        text.ok().map(|text| File::new(path, text))
    };
    files::list(root).into_iter().filter(small).filter_map(file).collect()
}

#[cfg(test)]
mod tests;
