//! Which requests failed, those that the issue speaks of first.

use super::{
    access,
    calls::Call,
    findings::gravity,
    requests::{Request, Requests},
    unanswered,
};
use crate::{
    events::{self, Symbol},
    ingest::Ingested,
    score::Scores,
    template::{TemplateId, Templates},
};

/// A request that failed.
#[derive(Debug, Clone, PartialEq)]
pub struct Failing {
    /// Its id.
    pub id: Symbol,
    /// The event that shows it best: its answer, or the last one where no answer came.
    pub event: u32,
    /// The status code that it ended with; none where it was never answered.
    pub status: Option<u16>,
    /// How much it matters, 0 and more.
    pub weight: f64,
    /// Whether it is a call that the issue names.
    pub named: bool,
    /// How requests like it usually end, where it was never answered.
    pub habit: Option<Habit>,
}

/// How requests that begin alike end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habit {
    /// Those that were answered.
    pub answered: u32,
    /// All of them.
    pub all: u32,
    /// Half of the answers came within so many microseconds.
    pub median: i64,
}

/// The failing requests, weightiest first: those whose answers depart from normal by their status, and those that got no answer in a
/// process that answers nearly all.
#[must_use]
pub fn find(
    read: &Ingested,
    templates: &Templates,
    of: &[TemplateId],
    scores: &Scores,
    requests: &Requests,
    calls: &[Call],
) -> Vec<Failing> {
    let mut found: Vec<Failing> = requests.iter().filter_map(|r| answered(r, templates, of, scores, calls)).collect();
    found.extend(unanswered::find(read, templates, of, requests, calls));
    let time = |f: &Failing| events::in_order(read.events.time[f.event as usize]);
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| time(a).cmp(&time(b))).then(a.event.cmp(&b.event)));
    found
}

fn answered(request: &Request, templates: &Templates, of: &[TemplateId], scores: &Scores, calls: &[Call]) -> Option<Failing> {
    let (status, line) = request.answer.filter(|(status, _)| *status >= 400)?;
    let id = of[line as usize] as usize;
    let fits = fit(templates, id, calls);
    let weight = gravity(status) * (0.05 + scores.departures[id].degree) * (1.0 + 2.0 * fits);
    Some(Failing { id: request.id, event: line, status: Some(status), weight, named: fits >= 0.6, habit: None })
}

/// How well a template's call fits the issue's.
fn fit(templates: &Templates, id: usize, calls: &[Call]) -> f64 {
    access::read(&templates.list[id]).map_or(0.0, |a| calls.iter().map(|c| c.fits(&a)).fold(0.0, f64::max))
}
