//! Logs that were read and mined: what is left of an analysis for those who want to look at the lines themselves.

use crate::{
    ingest::Ingested,
    template::{TemplateId, Templates},
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
