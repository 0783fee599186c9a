//! Logs that were read and mined: what is left of an analysis for those who want to look at the lines themselves.

use std::sync::Arc;

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
    pub read: Arc<Ingested>,
    /// Their templates.
    pub templates: Templates,
    /// Each event's template.
    pub of: Vec<TemplateId>,
    /// Each event's importance, 0 to 1; empty where nothing was scored.
    pub importance: Vec<f32>,
    /// The templates as they were mined, where the user's edits have changed them since.
    pub mined: Option<Arc<Mined>>,
}

/// Templates as they were mined, and each event's.
pub type Mined = (Templates, Vec<TemplateId>);

impl Logs {
    /// The same logs with the user's edits of templates, in place of those that they have now.
    #[must_use]
    pub fn edited(&self, edits: &Edits) -> Self {
        let mined = self.mined.clone().unwrap_or_else(|| Arc::new((self.templates.clone(), self.of.clone())));
        let edited = edits::apply(edits, &self.read, mined.0.clone(), mined.1.clone());
        Self {
            read: Arc::clone(&self.read),
            templates: edited.templates,
            of: edited.of,
            importance: self.importance.clone(),
            mined: (!edits.list.is_empty()).then_some(mined),
        }
    }
}
