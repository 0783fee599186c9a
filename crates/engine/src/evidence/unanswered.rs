//! Requests that got no answer in a process that answers nearly all: what failed so badly that no access line came of it.

use rustc_hash::FxHashMap;

use super::{
    access,
    calls::Call,
    failing::{Failing, Habit},
    requests::{Request, Requests},
    tfidf,
};
use crate::{
    events::{NO_TIME, Symbol},
    ingest::Ingested,
    template::{TemplateId, Templates},
};

/// The least share of requests of a kind that are answered for one without an answer to stand out by itself.
const ALWAYS: f64 = 0.97;
/// How well an issue's call must fit for one without an answer to stand out anyway.
const FITS: f64 = 0.5;

/// Finds them, in the order of the requests.
#[must_use]
pub fn find(read: &Ingested, templates: &Templates, of: &[TemplateId], requests: &Requests, calls: &[Call]) -> Vec<Failing> {
    let habits = habits(read, of, requests);
    let last_answers = last_answers(read, templates, of);
    let fits: Vec<f64> = templates.list.iter().map(|t| if calls.is_empty() { 0.0 } else { fit(&t.text, calls) }).collect();
    let failing = |request: &Request| {
        let (first, last) = (*request.events.first()?, *request.events.last()?);
        let time = read.events.time[last as usize];
        // A process that answers nothing later may still be at work on this one where the logs end.
        let went_on = last_answers.get(&process(read, first)).is_some_and(|t| *t > time);
        if time == NO_TIME || !went_on || !is_users(read.context(first as usize)) {
            return None;
        }
        let (habit, fits) = (habits[&opening(read, of, first)], fits[of[first as usize] as usize]);
        let share = (f64::from(habit.answered) + 0.5) / (f64::from(habit.all) + 1.0);
        let weight = 0.5 * share * (1.0 + 2.0 * fits);
        let found = Failing { id: request.id, event: first, status: None, weight, named: fits >= FITS, habit: Some(habit) };
        (share >= ALWAYS || found.named).then_some(found)
    };
    requests.iter().filter(|r| r.answer.is_none()).filter_map(failing).collect()
}

/// What requests are told apart by: the template that they begin with, and the process that wrote it.
fn opening(read: &Ingested, of: &[TemplateId], first: u32) -> (TemplateId, Symbol) {
    (of[first as usize], read.events.service(first as usize))
}

fn habits(read: &Ingested, of: &[TemplateId], requests: &Requests) -> FxHashMap<(TemplateId, Symbol), Habit> {
    let mut seen: FxHashMap<(TemplateId, Symbol), (u32, Vec<i64>)> = FxHashMap::default();
    for request in requests.iter() {
        let Some(first) = request.events.first() else { continue };
        let (all, answers) = seen.entry(opening(read, of, *first)).or_default();
        *all += 1;
        let time = |event: u32| read.events.time[event as usize];
        answers.extend(request.answer.map(|(_, answer)| time(answer).saturating_sub(time(*first))));
    }
    let habit = |(all, mut answers): (u32, Vec<i64>)| {
        answers.sort_unstable();
        Habit { answered: answers.len() as u32, all, median: answers.get(answers.len() / 2).copied().unwrap_or_default() }
    };
    seen.into_iter().map(|(key, value)| (key, habit(value))).collect()
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
    (read.events.file(event as usize), read.events.pid[event as usize])
}

/// Whether a context names a user: a request that a user made, and no periodic task.
fn is_users(context: &[u8]) -> bool {
    let mut words = context.split(|b| *b == b' ').filter(|w| !w.starts_with(b"req-") && !w.starts_with(b"None"));
    words.next().is_some_and(|w| w.len() > 1)
}

/// How well the text of an API's own record, such as `Action: 'create', calling method: …ServersController`, fits the calls.
fn fit(text: &str, calls: &[Call]) -> f64 {
    let words: Vec<String> = tfidf::words(text).collect();
    calls.iter().map(|c| c.fits_words(&words)).fold(0.0, f64::max)
}
