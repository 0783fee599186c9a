//! How much each event departs from normal: the LSTM's surprise and the normal rates. The only home of burn.

pub mod absence;
pub mod artifact;
pub mod calibration;
mod card;
pub mod checkpoint;
pub mod cut;
pub mod delays;
pub mod drift;
pub mod infer;
mod kernel;
pub mod learn;
pub mod network;
pub mod normal;
pub mod pauses;
pub mod profile;
mod runs;
pub mod train;
pub mod vocabulary;
pub mod windows;
pub mod words;

use rustc_hash::FxHashMap;

use crate::{
    Error, Model, Without,
    events::{self, Level},
    ingest::Ingested,
    progress::Observer,
    sequence::Sequences,
    template::{TemplateId, Templates},
};
use absence::Absence;
use calibration::Calibration;
use drift::Distance;
use infer::Scorer;
use normal::{Change, Departure, Extent};
use pauses::Pauses;

/// An event is among the most surprising where this share of normal ones is less so.
const SURPRISING: f32 = 0.95;

/// The importance that neither adds to the weight of a finding nor takes from it.
pub const NEUTRAL: f32 = 0.95;

/// How much each event and each template departs from normal.
#[derive(Debug, Clone)]
pub struct Scores {
    /// Per event, 0 to 1: the share of normal events that are less surprising.
    pub importance: Vec<f32>,
    /// Per template.
    pub departures: Vec<Departure>,
    /// How far the logs are from what the model learned; none without a model.
    pub distance: Option<Distance>,
    /// How much can be made of what the model says, 0 to 1; 0 without a model.
    pub trust: f64,
    /// What the LSTM expected in place of the most surprising events, where it expected anything more than all else together.
    pub instead: FxHashMap<u32, Instead>,
    /// What the LSTM expected in requests and never came; none without a model.
    pub absences: Vec<Absence>,
    /// How long normal work pauses; none without a model.
    pub pauses: Option<Pauses>,
}

/// What was expected in place of an event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Instead {
    /// The template that was expected.
    pub template: TemplateId,
    /// How probable that was, above 0.5.
    pub probability: f32,
    /// How surprising the event is, -ln p, in nats.
    pub surprise: f32,
}

impl Scores {
    /// The scores of templates that a user has merged and split: each departs as the one of those before it that departs most.
    #[must_use]
    pub fn follow(self, before: &[Vec<TemplateId>]) -> Self {
        let usual = Departure { change: Change::Usual, expected: None, degree: 0.0 };
        let most = |ids: &Vec<TemplateId>| {
            let all = ids.iter().map(|id| self.departures[*id as usize]);
            all.max_by(|a, b| a.degree.total_cmp(&b.degree)).unwrap_or(usual)
        };
        let departures = before.iter().map(most).collect();
        let after = |id: TemplateId| before.iter().position(|ids| ids.contains(&id)).map(|id| id as TemplateId);
        let follow = |absence: &Absence| Some(Absence { template: after(absence.template)?, ..*absence });
        let absences = self.absences.iter().filter_map(follow).collect();
        let instead = self.instead.iter().filter_map(|(e, i)| Some((*e, Instead { template: after(i.template)?, ..*i })));
        let pauses = self.pauses.as_ref().map(|pauses| pauses.follow(before));
        Self { departures, absences, instead: instead.collect(), pauses, ..self }
    }
}

/// Scores all events. Without a model, importance comes from level and rarity, and what comes late and in bursts departs; that
/// is so whatever is left out of what the model says.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn score(
    model: Option<&Model>,
    without: Without,
    read: &Ingested,
    templates: &Templates,
    of: &[TemplateId],
    sequences: &Sequences,
    observer: &dyn Observer,
) -> Result<Scores, Error> {
    let bursts = bursts(read, templates, of);
    let Some(model) = model else {
        return Ok(Scores {
            importance: by_rarity(read, templates, of),
            departures: unaided(&bursts),
            distance: None,
            trust: 0.0,
            instead: FxHashMap::default(),
            absences: Vec::new(),
            pauses: None,
        });
    };
    let heard = if without.lstm {
        Heard { importance: vec![NEUTRAL; of.len()], ..Heard::default() }
    } else {
        heard(model, read, templates, of, sequences, observer)?
    };
    let departures = if without.rates { unaided(&bursts) } else { departures(model, read, templates, &bursts) };
    let Heard { importance, distance, instead, absences } = heard;
    let (trust, pauses) = (trust(known_share(templates, of)), Some(model.facts.pauses.clone()));
    Ok(Scores { importance, departures, distance, trust, instead, absences, pauses })
}

/// What the LSTM says.
#[derive(Default)]
struct Heard {
    /// Of each event.
    importance: Vec<f32>,
    /// How far the logs are from those that it learned from.
    distance: Option<Distance>,
    /// What it expected in place of the most surprising events.
    instead: FxHashMap<u32, Instead>,
    /// What never came.
    absences: Vec<Absence>,
}

fn heard(
    model: &Model,
    read: &Ingested,
    templates: &Templates,
    of: &[TemplateId],
    sequences: &Sequences,
    observer: &dyn Observer,
) -> Result<Heard, Error> {
    let vocabulary = model.vocabulary();
    let cut = cut::cut(sequences, &read.events, of, vocabulary, model.facts.config.sequence_length);
    let scorer = Scorer::new(&model.weights, &model.bags(&templates.list), vocabulary.size());
    let judged = scorer.judge(&cut.windows, observer)?;
    let absences = absence::find(model, &absence::Seen { read, sequences, of, cut: &cut, judged: &judged, vocabulary });
    let surprises: Vec<f32> = judged.iter().map(|judged| judged.surprise).collect();
    let surprise = cut.spread(&surprises, sequences, read.events.len());
    let importance: Vec<f32> = surprise.iter().map(|s| model.facts.calibration.importance(*s)).collect();
    let distance = drift::distance(&read.events.time, templates, of, &importance);
    let instead = cut.rows(&judged, sequences).filter(|(_, event)| importance[*event as usize] >= SURPRISING);
    let instead = instead.filter_map(|(judged, event)| {
        let (row, probability) = judged.expected?;
        let template = vocabulary.template(row).filter(|template| *template != of[event as usize])?;
        Some((event, Instead { template, probability, surprise: judged.surprise }))
    });
    let instead = instead.collect();
    let importance = trusted(importance, &surprise, trust(known_share(templates, of)));
    Ok(Heard { importance, distance: Some(distance), instead, absences })
}

/// The importance of each event: the share of normal events that are less surprising, and as far as the model cannot be trusted, the
/// share of the events of these logs. In a cloud that it hardly knows all is more surprising than anything it was calibrated on.
fn trusted(of_normal: Vec<f32>, surprise: &[f32], trust: f64) -> Vec<f32> {
    if trust >= 1.0 {
        return of_normal;
    }
    let here = Calibration::learn(surprise.to_vec());
    let trust = trust as f32;
    of_normal.iter().zip(surprise).map(|(normal, s)| trust * normal + (1.0 - trust) * here.importance(*s)).collect()
}

/// The share of the events whose templates the model knows.
fn known_share(templates: &Templates, of: &[TemplateId]) -> f64 {
    let known = of.iter().filter(|id| !templates.is_new(**id)).count();
    known as f64 / of.len().max(1) as f64
}

/// How much can be made of what the model says, 0 to 1, where it knows this share of the events: an incident can fill half of the
/// logs with what was never seen, and another cloud nearly all.
fn trust(coverage: f64) -> f64 {
    (2.0 * coverage).min(1.0)
}

/// Compares each template with the model's normal rates. Where the model knows little of what a logger writes, it is the burst that tells.
fn departures(model: &Model, read: &Ingested, templates: &Templates, bursts: &[f64]) -> Vec<Departure> {
    let extent = Extent::of(read.events.time.iter().copied());
    let coverage = coverage(templates);
    (0..templates.list.len())
        .map(|id| {
            let of_origin = coverage.get(templates.list[id].origin.as_str()).copied().unwrap_or(1.0);
            let found = model.facts.normal.compare(id as u32, templates.counts[id], extent, of_origin);
            match found.change {
                Change::New => Departure { degree: found.degree + (1.0 - found.degree) * unaided_degree(bursts[id]), ..found },
                _ => found,
            }
        })
        .collect()
}

/// Which share of each origin's events the model knows. One event less of an origin says little, so that a few unknown ones of an
/// origin that hardly writes do not make the origin unknown: the share over all origins counts as ten events more.
fn coverage(templates: &Templates) -> FxHashMap<&str, f64> {
    let mut sums: FxHashMap<&str, (f64, f64)> = FxHashMap::default();
    let (mut known, mut all) = (0.0, 0.0);
    for (id, template) in templates.list.iter().enumerate() {
        let count = f64::from(templates.counts[id]);
        let is_known = f64::from(u8::from(!templates.is_new(id as u32)));
        let sum = sums.entry(&template.origin).or_default();
        sum.0 += count * is_known;
        sum.1 += count;
        known += count * is_known;
        all += count;
    }
    let overall = known / f64::max(all, 1.0);
    // Of a cloud that the model hardly knows it cannot say what is new, even where it happens to know a logger.
    let share = |(known, all): (f64, f64)| {
        let own = ((known + 10.0 * overall) / (all + 10.0)).max(overall);
        trust(overall) * (overall + trust(overall).powi(4) * (own - overall))
    };
    sums.into_iter().map(|(origin, sum)| (origin, share(sum))).collect()
}

/// How much each template looks like something that began to happen, 0 to 1, by these logs alone: it begins late for how often it
/// comes (were its events spread evenly, a share `f` of the time before the first of `k` would be empty with a chance of `(1 - f)^k`),
/// or many of its events come together.
fn bursts(read: &Ingested, templates: &Templates, of: &[TemplateId]) -> Vec<f64> {
    const PARTS: i64 = 50;
    let Some((first, last)) = events::span(read.events.time.iter().copied()) else { return vec![0.5; templates.list.len()] };
    let width = ((last - first) / PARTS).max(1);
    let mut seen = vec![0_u64; templates.list.len()];
    for (event, id) in of.iter().enumerate().filter(|(n, _)| events::is_plausible(read.events.time[*n])) {
        seen[*id as usize] |= 1 << ((read.events.time[event] - first) / width).min(PARTS - 1);
    }
    let burst = |parts: u64, count: u32| {
        let (k, n) = (f64::from(parts.count_ones()), f64::from(count).clamp(1.0, PARTS as f64));
        let late = f64::from(parts.trailing_zeros()) / PARTS as f64;
        f64::max(1.0 - (1.0 - late).powf(k), 1.0 - k / n)
    };
    seen.iter().zip(&templates.counts).map(|(parts, count)| if *parts == 0 { 0.5 } else { burst(*parts, *count) }).collect()
}

fn unaided(bursts: &[f64]) -> Vec<Departure> {
    bursts.iter().map(|burst| Departure { change: Change::Usual, expected: None, degree: unaided_degree(*burst) }).collect()
}

/// How much a template departs as far as these logs alone tell.
fn unaided_degree(burst: f64) -> f64 {
    0.4 + 0.3 * burst
}

/// The fallback's importance: graver and rarer is more important.
fn by_rarity(read: &Ingested, templates: &Templates, of: &[TemplateId]) -> Vec<f32> {
    let events = f64::from(u32::try_from(of.len()).unwrap_or(u32::MAX)).max(2.0);
    of.iter()
        .enumerate()
        .map(|(event, id)| {
            let level = match read.events.level[event] {
                Level::Error | Level::Critical => 0.6,
                Level::Warning => 0.4,
                Level::Debug | Level::Trace => 0.0,
                _ => 0.2,
            };
            let rarity = 1.0 - f64::from(templates.counts[*id as usize]).ln() / events.ln();
            (level + 0.4 * rarity) as f32
        })
        .collect()
}
