//! What the LSTM expected in a request and never came, and whether that tells of an incident: failures that leave no error.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    access,
    calls::Call,
    requests::{Request, Requests},
    tfidf,
};
use crate::{
    events::{NO_TIME, Symbol},
    ingest::Ingested,
    score::{Scores, absence::Absence},
    template::{TemplateId, Templates},
};

/// What is less probable says too little to be told.
const PROBABLE: f32 = 0.8;
/// What always came and is at least so probable is told to a user who reports an incident, whatever it is about.
const SURE: f32 = 0.95;
/// How well a request must fit the issue for what it lacks to be an incident.
const FITS: f64 = 0.5;
/// So many requests that lack the same are an incident by themselves, where they are more than those that have it.
const SEVERAL: usize = 4;
/// Letters that words of one stem have in common: attached, attachment.
const STEM: usize = 6;
/// What comes later than usual can still come: so many microseconds are given at the least.
const PATIENCE: i64 = 30_000_000;

/// What a request lacks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Missing {
    /// What was expected, after which event.
    pub absence: Absence,
    /// How much it matters, 0 and more.
    pub weight: f64,
    /// Whether it is what the issue speaks of.
    pub named: bool,
    /// Whether it tells of an incident by itself: several requests lack the same, or the user reports one, and this is what it is about
    /// or is sure.
    pub telling: bool,
    /// The last event of those who write what is missing.
    pub until: u32,
}

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Logs<'a> {
    /// What was read.
    pub read: &'a Ingested,
    /// The templates.
    pub templates: &'a Templates,
    /// Each event's template.
    pub of: &'a [TemplateId],
}

/// Finds it, weightiest first, but for requests that were answered with an error, which are told as failing, and for what may still
/// come after the end of the logs. A model that hardly knows the cloud cannot say what is missing.
#[must_use]
pub fn find(logs: Logs, scores: &Scores, requests: &Requests, issue: Option<&str>, calls: &[Call]) -> Vec<Missing> {
    let likely: Vec<&Absence> = scores.absences.iter().filter(|a| a.probability >= PROBABLE && scores.trust >= 1.0).collect();
    if likely.is_empty() {
        return Vec::new();
    }
    let (asked, heard) = (Asked::new(issue, calls), Heard::of(logs, &likely));
    let mut lacking: FxHashMap<TemplateId, usize> = FxHashMap::default();
    for absence in &likely {
        *lacking.entry(absence.template).or_default() += 1;
    }
    let missing = |absence: &&Absence| {
        let request = requests.with_id(absence.request)?;
        let failed = request.answer.is_some_and(|(status, _)| status >= 400);
        let until = heard.until(absence, logs.read.events.time[absence.after as usize])?;
        let fits = asked.fit(logs, absence, request);
        let (all, came) = absence.habit;
        let reliable = f64::from(came) / (f64::from(all) + 1.0);
        let weight = f64::from(absence.probability) * reliable * (0.5 + fits);
        let (without, with) = (lacking[&absence.template], logs.templates.counts[absence.template as usize] as usize);
        let (named, several) = (fits >= FITS, without >= SEVERAL && without > with);
        let sure = issue.is_some() && absence.probability >= SURE && came == all;
        (!failed).then_some(Missing { absence: **absence, weight, named, telling: named || several || sure, until })
    };
    let mut found: Vec<Missing> = likely.iter().filter_map(missing).collect();
    let time = |m: &Missing| logs.read.events.time[m.absence.after as usize];
    let rank = |m: &Missing| (!m.telling, (-8.0 * m.weight).round() as i64, time(m), m.absence.after);
    found.sort_by_key(rank);
    // Of what is about as weighty the earlier comes first, since what is missing later can follow from it.
    found.iter_mut().enumerate().for_each(|(place, m)| m.weight *= f64::max(0.5, 1.0 - 0.08 * place as f64));
    found
}

/// When those who write what is missing wrote last.
struct Heard(FxHashMap<TemplateId, (i64, u32)>);

impl Heard {
    fn of(logs: Logs, absences: &[&Absence]) -> Self {
        let mut of_service: FxHashMap<Symbol, (i64, u32)> = FxHashMap::default();
        let mut writers: FxHashSet<(TemplateId, Symbol)> = FxHashSet::default();
        for (event, id) in logs.of.iter().enumerate() {
            let (service, time) = (logs.read.events.service(event), logs.read.events.time[event]);
            let last = of_service.entry(service).or_insert((NO_TIME, event as u32));
            *last = (time, event as u32).max(*last);
            writers.insert((*id, service));
        }
        let absent: FxHashSet<TemplateId> = absences.iter().map(|absence| absence.template).collect();
        Self(absent.into_iter().filter_map(|id| Some((id, last(logs, id, &writers, &of_service)?))).collect())
    }

    /// The last event of those who write it, where that is long after what is missing was due.
    fn until(&self, absence: &Absence, from: i64) -> Option<u32> {
        let (last, event) = *self.0.get(&absence.template)?;
        let usual = absence.delay.map_or(0, |(_, longest)| (f64::from(longest) * 2e6) as i64);
        (last > from.saturating_add(usual.max(PATIENCE))).then_some(event)
    }
}

/// The last event of the processes that write a template, as far as these logs tell: those whose loggers are nearest to its own.
fn last(
    logs: Logs,
    id: TemplateId,
    writers: &FxHashSet<(TemplateId, Symbol)>,
    of_service: &FxHashMap<Symbol, (i64, u32)>,
) -> Option<(i64, u32)> {
    let near = |other: TemplateId| {
        let [a, b] = [id, other].map(|id| logs.templates.list[id as usize].origin.split('.'));
        a.zip(b).take_while(|(a, b)| a == b).count()
    };
    let most = writers.iter().map(|(other, _)| near(*other)).max().filter(|parts| *parts > 0)?;
    writers.iter().filter(|(other, _)| near(*other) == most).map(|(_, service)| of_service[service]).max()
}

/// What the issue asks.
struct Asked<'a> {
    words: Vec<String>,
    calls: &'a [Call],
}

impl<'a> Asked<'a> {
    fn new(issue: Option<&str>, calls: &'a [Call]) -> Self {
        Self { words: issue.map(|issue| tfidf::words(issue).collect()).unwrap_or_default(), calls }
    }

    /// How well what is missing fits the issue, 0 to 1: the request its commands, else what is missing and the request its words.
    fn fit(&self, logs: Logs, absence: &Absence, request: &Request) -> f64 {
        if self.words.is_empty() {
            return 0.0;
        }
        let template = |event: u32| &logs.templates.list[logs.of[event as usize] as usize];
        let line = request.answer.and_then(|(_, line)| access::read(template(line)));
        let command = line.map_or(0.0, |line| self.calls.iter().map(|c| c.fits(&line)).fold(0.0, f64::max));
        let own = [&logs.templates.list[absence.template as usize].text, &template(absence.after).text].map(|t| tfidf::words(t));
        let words: Vec<String> = own.into_iter().flatten().chain(line.into_iter().flat_map(|l| tfidf::words(l.route))).collect();
        let mut met: Vec<&str> = self.words.iter().filter(|i| words.iter().any(|w| alike(i, w))).map(|w| stem(w)).collect();
        met.sort_unstable();
        met.dedup();
        f64::max(if command >= 1.0 { 1.0 } else { 0.0 }, if met.len() >= 2 { 0.7 } else { 0.0 })
    }
}

/// Whether two words are of one stem.
fn alike(a: &str, b: &str) -> bool {
    a.len() >= 4 && (a == b || (a.len() >= STEM && b.len() >= STEM && stem(a) == stem(b)))
}

fn stem(word: &str) -> &str {
    word.get(..STEM).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_stem_are_alike() {
        for (a, b, expected) in [
            ("attached", "attachment", true),
            ("volume", "volume", true),
            ("instance", "installed", false),
            ("not", "not", false),
            ("server", "service", false),
        ] {
            assert_eq!(alike(a, b), expected, "{a} {b}");
        }
    }
}
