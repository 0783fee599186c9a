//! Logs that were read and mined: what is left of an analysis for those who want to look at the lines themselves.

use crate::{
    ingest::Ingested,
    template::{
        TemplateId, Templates,
        edits::{self, Edits},
    },
};

/// Logs that were read and mined.
#[derive(Debug)]
pub struct Logs {
    /// The events and their texts.
    pub read: Ingested,
    /// Their templates.
    pub templates: Templates,
    /// Each event's template.
    pub of: Vec<TemplateId>,
    /// Each event's importance, 0 to 1; empty where nothing was scored.
    pub importance: Vec<f32>,
}

impl Logs {
    /// The same logs with the user's edits of templates.
    #[must_use]
    pub fn edited(self, edits: &Edits) -> Self {
        let edited = edits::apply(edits, &self.read, self.templates, self.of);
        Self { templates: edited.templates, of: edited.of, ..self }
    }
}
