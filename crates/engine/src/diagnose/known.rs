//! What is known about failures of OpenStack clouds: data, not code.
//!
//! The tables are TOML files in `knowledge/`: signatures of known failures, facts about the report's categories, and which
//! service and subsystem a program, logger or Python package belongs to. A new failure is a new `[[signature]]` in the file
//! of its area; its `positive` and `negative` examples are checked by the tests, and those of the user's own files when they
//! are loaded.

mod categories;
mod commands;
mod files;
mod matcher;
mod own;
mod read;
mod releases;
mod signature;
mod subsystems;

#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    hash::Hasher,
    sync::{Arc, LazyLock},
};

use rustc_hash::FxHasher;

use crate::report::CategoryId;

use self::{categories::Words, matcher::Matcher, subsystems::Components};

pub use self::{
    categories::CategoryFacts,
    own::{Loaded, Problem},
    signature::{Company, Kind, Rate, Signature, SignatureId},
    subsystems::Component,
};

/// All tables, with the automata that search them. A copy shares them.
#[derive(Debug, Clone, Default)]
pub struct Known {
    signatures: Vec<Arc<Signature>>,
    matcher: Arc<Matcher>,
    facts: Arc<Facts>,
    fingerprint: u64,
}

/// What the tables say beside signatures. Only those that ship with the program do.
#[derive(Debug, Default)]
struct Facts {
    categories: BTreeMap<CategoryId, CategoryFacts>,
    words: Words,
    components: Components,
}

impl Known {
    /// The tables that ship with the program, parsed once.
    #[must_use]
    pub fn built_in() -> &'static Self {
        // The tests parse these very texts, so the empty tables are never reached; nothing here may panic, though.
        static BUILT_IN: LazyLock<Known> = LazyLock::new(|| Known::parse(files::BUILT_IN).unwrap_or_default());
        &BUILT_IN
    }

    /// Reads tables from pairs of a file's name and its text.
    ///
    /// # Errors
    /// One sentence that names the file and the entry, for text that is no TOML, an entry that lacks a field or has one too
    /// many, a value out of its range, an id that is used twice, and a reference to a signature that does not exist.
    pub fn parse(texts: &[(&str, &str)]) -> Result<Self, String> {
        let tables = read::tables(texts)?;
        let facts = Facts {
            words: Words::new(&tables.categories)?,
            components: Components::new(tables.components),
            categories: tables.categories.into_iter().map(|facts| (facts.id, facts)).collect(),
        };
        Ok(Self {
            matcher: Arc::new(Matcher::new(&tables.signatures)?),
            facts: Arc::new(facts),
            signatures: tables.signatures,
            fingerprint: fingerprint(0, texts),
        })
    }

    /// The tables that ship with the program, and the user's own beside them: pairs of a file's name and its text. A signature
    /// of the user's takes the place of a shipped one with its id. What is wrong is left out and told; the rest counts.
    #[must_use]
    pub fn with_own(texts: &[(&str, &str)]) -> Loaded {
        own::load(Self::built_in(), texts)
    }

    /// A number that is another one for other tables: what a report was made with is known again by it.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The known failures that a record's text shows, a traceback included.
    ///
    /// Pass a record's own text, not its template: a few signatures need the numbers that a template masks. Causes come before
    /// symptoms, then the most specific first. Linear in the length of the text, and fast where nothing matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> Vec<SignatureId> {
        self.matcher.matches(text)
    }

    /// A known failure; none for an id of other tables.
    #[must_use]
    pub fn signature(&self, id: SignatureId) -> Option<&Arc<Signature>> {
        self.signatures.get(id.index())
    }

    /// All known failures, in the order of their ids.
    #[must_use]
    pub fn signatures(&self) -> &[Arc<Signature>] {
        &self.signatures
    }

    /// The id of the known failure of that name, such as `db-too-many-connections`.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<SignatureId> {
        self.signatures.iter().position(|signature| signature.id == name).map(SignatureId::new)
    }

    /// The facts about a category; none where the tables say nothing of it.
    #[must_use]
    pub fn category(&self, id: CategoryId) -> Option<&CategoryFacts> {
        self.facts.categories.get(&id)
    }

    /// How strongly the words of a text speak for each category: the sum of the weights of the distinct words and phrases
    /// found, in any letter case. Categories for which nothing speaks are left out.
    #[must_use]
    pub fn category_scores(&self, text: &str) -> BTreeMap<CategoryId, f64> {
        self.facts.words.scores(text)
    }

    /// What a program (`nova-compute`, `devstack@n-cpu`), a logger (`nova.compute.manager`), a Python package (`oslo_db`) or
    /// a source file of a traceback (`nova/compute/manager.py`) belongs to; the longest known prefix decides.
    #[must_use]
    pub fn subsystem_of(&self, name: &str) -> Option<&Component> {
        self.facts.components.find(name)
    }

    /// All programs and libraries known.
    #[must_use]
    pub fn components(&self) -> &[Component] {
        self.facts.components.all()
    }
}

/// A number for these texts beside earlier ones.
fn fingerprint(earlier: u64, texts: &[(&str, &str)]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u64(earlier);
    for (name, text) in texts {
        hasher.write(name.as_bytes());
        hasher.write(text.as_bytes());
    }
    hasher.finish()
}
