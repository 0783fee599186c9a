//! Which requests failed, those that the issue speaks of first.

use rustc_hash::FxHashMap;

use super::{
    access,
    calls::Call,
    findings::gravity,
    requests::{Request, Requests},
};
use crate::{
    events::{NO_TIME, Symbol},
    ingest::Ingested,
    score::Scores,
    template::{TemplateId, Templates},
};

/// The least share of requests of a kind that are answered for one without an answer to stand out by itself.
const ALWAYS: f64 = 0.97;

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
    found.extend(unanswered(read, templates, of, requests, calls));
    let time = |f: &Failing| read.events.time[f.event as usize];
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| time(a).cmp(&time(b))).then(a.event.cmp(&b.event)));
    found
}

fn answered(request: &Request, templates: &Templates, of: &[TemplateId], scores: &Scores, calls: &[Call]) -> Option<Failing> {
    let (status, line) = request.answer.filter(|(status, _)| *status >= 400)?;
    let id = of[line as usize] as usize;
    let fits = fit(templates, id, calls);
    let weight = gravity(status) * (0.05 + scores.departures[id].degree) * (1.0 + 2.0 * fits);
    Some(Failing { id: request.id, event: line, status: Some(status), weight, named: fits >= 0.6 })
}

/// How well a template's call fits the issue's.
fn fit(templates: &Templates, id: usize, calls: &[Call]) -> f64 {
    access::read(&templates.list[id]).map_or(0.0, |a| calls.iter().map(|c| c.fits(&a)).fold(0.0, f64::max))
}

/// Requests whose first process answers its requests with access lines, but not this one.
fn unanswered(read: &Ingested, templates: &Templates, of: &[TemplateId], requests: &Requests, calls: &[Call]) -> Vec<Failing> {
    // How often a request that begins with a template in a service is answered in that service.
    let mut habits: FxHashMap<(TemplateId, Symbol), (u32, u32)> = FxHashMap::default();
    let opening = |r: &Request| r.events.first().map(|e| (of[*e as usize], read.events.service[*e as usize]));
    for request in requests.iter() {
        if let Some(key) = opening(request) {
            let habit = habits.entry(key).or_default();
            habit.0 += u32::from(request.answer.is_some());
            habit.1 += 1;
        }
    }
    let answered = last_answers(read, templates, of);
    requests
        .iter()
        .filter(|r| r.answer.is_none())
        .filter_map(|r| {
            let (opened, service) = opening(r)?;
            let last = *r.events.last()?;
            let time = read.events.time[last as usize];
            let (answers, all) = habits[&(opened, service)];
            let habit = (f64::from(answers) + 0.5) / (f64::from(all) + 1.0);
            let user = is_users(read.context(r.events[0] as usize));
            let fits = calls_fit(&templates.list[opened as usize].text, calls);
            // A process that answers nothing later may still be at work on this one where the logs end.
            let went_on = answered.get(&process(read, r.events[0])).is_some_and(|t| *t > time);
            if time == NO_TIME || !went_on || !user || (habit < ALWAYS && fits < 0.5) {
                return None;
            }
            Some(Failing {
                id: r.id,
                event: r.events[0],
                status: None,
                weight: 0.5 * habit * (1.0 + 2.0 * fits),
                named: fits >= 0.5,
            })
        })
        .collect()
}

/// When each process that writes access lines wrote its last one.
fn last_answers(read: &Ingested, templates: &Templates, of: &[TemplateId]) -> FxHashMap<(u32, u32), i64> {
    let lines: Vec<bool> = templates.list.iter().map(|t| access::read(t).is_some()).collect();
    let mut last: FxHashMap<(u32, u32), i64> = FxHashMap::default();
    for event in (0..of.len()).filter(|e| lines[of[*e] as usize]) {
        let time = last.entry(process(read, event as u32)).or_insert(NO_TIME);
        *time = (*time).max(read.events.time[event]);
    }
    last
}

/// The process that wrote an event: its file and its id.
fn process(read: &Ingested, event: u32) -> (u32, u32) {
    (read.events.file[event as usize], read.events.pid[event as usize])
}

/// Whether a context names a user: a request that a user made, and no periodic task.
fn is_users(context: &[u8]) -> bool {
    let mut words = context.split(|b| *b == b' ').filter(|w| !w.starts_with(b"req-") && !w.starts_with(b"None"));
    words.next().is_some_and(|w| w.len() > 1)
}

/// How well the text of an API's own record, such as `Action: 'create', calling method: …ServersController`, fits the calls.
fn calls_fit(text: &str, calls: &[Call]) -> f64 {
    let words: Vec<String> = super::tfidf::words(text).collect();
    calls.iter().map(|c| c.fits_words(&words)).fold(0.0, f64::max)
}
