//! How well a model knows logs that are read already: what one asks before choosing it for them.

use serde::Serialize;
use ts_rs::TS;

use super::step;
use crate::{
    Error, Model, Observer, Stage, Without,
    ingest::Ingested,
    report::{self, Drift},
    score, sequence,
    template::{self, Template},
};

/// Unknown templates that are told as examples.
const EXAMPLES: usize = 8;

/// How well a model knows some logs.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Coverage {
    /// Events of the logs.
    pub events: u64,
    /// Those whose templates the model knows.
    pub known_events: u64,
    /// Templates of the logs.
    pub templates: u64,
    /// Those that the model knows.
    pub known_templates: u64,
    /// Share of the events it knows that surprise it more than 95 percent of normal events did, throughout the logs: about 0.05 where
    /// they are those of the cloud it learned from.
    pub surprising: f64,
    /// What speaks against using it for these logs; none where it fits.
    pub drift: Option<Drift>,
    /// The templates it does not know that come most often.
    pub unknown: Vec<Unknown>,
}

/// A template that a model does not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Unknown {
    /// What it says.
    pub template: Template,
    /// Its events in the logs.
    pub events: u32,
}

/// Measures how well a model knows logs.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn coverage(model: &Model, read: &Ingested, observer: &dyn Observer) -> Result<Coverage, Error> {
    let (templates, of) = template::mine(read, model.templates(), observer)?;
    let events = read.events.len() as u64;
    step(observer, Stage::Group, 0, events)?;
    let sequences = sequence::group(&read.events, &read.streams());
    step(observer, Stage::Group, events, events)?;
    let scores = score::score(Some(model), Without::default(), read, &templates, &of, &sequences, observer)?;
    let distance = scores.distance.unwrap_or_default();
    let seen = templates.counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let (mut strange, known): (Vec<_>, Vec<_>) = seen.partition(|(id, _)| templates.is_new(*id as u32));
    strange.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let unknown = strange.iter().take(EXAMPLES);
    Ok(Coverage {
        events,
        known_events: known.iter().map(|(_, count)| u64::from(**count)).sum(),
        templates: (known.len() + strange.len()) as u64,
        known_templates: known.len() as u64,
        surprising: distance.surprising,
        drift: report::drift::drift(distance, false),
        unknown: unknown.map(|(id, events)| Unknown { template: templates.list[*id].clone(), events: **events }).collect(),
    })
}
