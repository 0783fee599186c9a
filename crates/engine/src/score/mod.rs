//! How much each event departs from normal: the LSTM's surprise and the normal rates. The only home of burn.

pub mod artifact;
pub mod calibration;
mod card;
pub mod checkpoint;
pub mod cut;
pub mod drift;
pub mod infer;
mod kernel;
pub mod learn;
pub mod network;
pub mod normal;
mod runs;
pub mod train;
pub mod windows;
pub mod words;

use rustc_hash::FxHashMap;

use crate::{
    Error, Model,
    events::{self, Level},
    ingest::Ingested,
    progress::Observer,
    sequence::Sequences,
    template::{TemplateId, Templates},
};
use drift::Distance;
use infer::Scorer;
use normal::{Change, Departure, Extent};

/// How much each event and each template departs from normal.
#[derive(Debug)]
pub struct Scores {
    /// Per event, 0 to 1: the share of normal events that are less surprising.
    pub importance: Vec<f32>,
    /// Per template.
    pub departures: Vec<Departure>,
    /// How far the logs are from what the model learned; none without a model.
    pub distance: Option<Distance>,
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
        Self { departures, ..self }
    }
}

/// Scores all events. Without a model, importance comes from level and rarity, and what comes late and in bursts departs.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn score(
    model: Option<&Model>,
    read: &Ingested,
    templates: &Templates,
    of: &[TemplateId],
    sequences: &Sequences,
    observer: &dyn Observer,
) -> Result<Scores, Error> {
    let bursts = bursts(read, templates, of);
    let Some(model) = model else {
        return Ok(Scores { importance: by_rarity(read, templates, of), departures: unaided(&bursts), distance: None });
    };
    let cut = cut::cut(sequences, &read.events, of, model.facts.config.sequence_length);
    let scorer = Scorer::new(&model.weights, &model.bags(&templates.list), templates.known);
    let surprise = cut.spread(&scorer.surprise(&cut.windows, observer)?, sequences, read.events.len());
    let importance: Vec<f32> = surprise.iter().map(|s| model.facts.calibration.importance(*s)).collect();
    let distance = drift::distance(&read.events.time, templates, of, &importance);
    Ok(Scores { importance, departures: departures(model, read, templates, &bursts), distance: Some(distance) })
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
                Change::New => Departure { degree: found.degree + (1.0 - found.degree) * bursts[id] * 0.7, ..found },
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
    sums.into_iter().map(|(origin, (known, all))| (origin, ((known + 10.0 * overall) / (all + 10.0)).max(overall))).collect()
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
    bursts.iter().map(|burst| Departure { change: Change::Usual, expected: None, degree: 0.7 * burst }).collect()
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
