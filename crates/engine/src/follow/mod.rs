//! Follows logs while they are written: what comes, how much of it, and what of it is out of the ordinary.
//!
//! Files that are followed are read and never mapped, so that nothing is lost or broken where they are cut short meanwhile.

mod context;
mod grown;
mod tail;
mod tails;

use std::{collections::BTreeMap, path::Path};

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Error, Logs, Model, Observer, Reading, Without,
    events::Level,
    explore::Bucket,
    ingest::Ingested,
    score::{self, Scores},
    sequence,
    template::{self, Template, TemplateId, Templates, edits::Edits},
};
use tail::Known;
use tails::Tails;

/// From this importance on an event of a known template is out of the ordinary.
const UNUSUAL: f32 = 0.999;
/// Templates remembered; far more than any cloud writes, so that what is hostile does not fill the memory.
const MOST_TEMPLATES: usize = 50_000;
/// Anomalies told at a time; there is a count of the rest.
const MOST_TOLD: usize = 50;
/// Kinds that are counted on after they were told.
const MOST_COUNTED: usize = 1000;
/// Bytes of a message that is told.
const LONGEST: usize = 500;

/// Why an event is out of the ordinary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub enum Reason {
    /// A warning or an error that the logs did not hold so far, and that the model does not know.
    New,
    /// The model did not expect it here.
    Unexpected,
}

/// An event that is out of the ordinary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Anomaly {
    /// When, as the log wrote it, in ISO 8601.
    pub timestamp: Option<String>,
    /// Level: `ERROR`.
    pub level: Option<String>,
    /// Process.
    pub service: Option<String>,
    /// Host.
    pub host: Option<String>,
    /// File, relative to the folder.
    pub file: String,
    /// First line, from 1.
    pub line: u32,
    /// First line of the message, shortened.
    pub message: String,
    /// What is out of the ordinary.
    pub reason: Reason,
    /// Importance, 0 to 1; none without a model.
    pub importance: Option<f32>,
    /// How many events at this look are alike.
    pub count: u32,
    /// Number of its kind, which stays the same as long as the logs are followed.
    pub kind: u32,
}

/// A new kind of event that was told before, and has come again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Again {
    /// Number of its kind.
    pub kind: u32,
    /// How many came at this look.
    pub count: u32,
    /// When the last one came, as the log wrote it.
    pub timestamp: Option<String>,
    /// Where the last one stands.
    pub file: String,
    /// Its first line, from 1.
    pub line: u32,
}

/// What came since the last look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Pulse {
    /// Events that came, by level.
    pub events: Bucket,
    /// Files that are followed.
    pub files: u32,
    /// What is out of the ordinary, the gravest first, alike ones once.
    pub anomalies: Vec<Anomaly>,
    /// How many more kinds of them there are.
    pub more: u32,
    /// New kinds that were told before and came again.
    pub again: Vec<Again>,
    /// Whether a file was cut short: what was read of it before is no longer there.
    pub cut: bool,
}

/// Follows a folder.
#[derive(Debug)]
pub struct Follower<'a> {
    tails: Tails,
    reading: Reading,
    model: Option<&'a Model>,
    known: Vec<Template>,
    /// How many of `known` are the model's.
    of_model: usize,
    /// New kinds that were told.
    told: FxHashSet<TemplateId>,
    edits: Edits,
}

impl<'a> Follower<'a> {
    /// Begins to follow a folder, from the present ends of its files on.
    ///
    /// # Errors
    /// [`Error::NotFound`] or [`Error::Io`] where the folder cannot be read.
    pub fn begin(root: &Path, reading: Reading, model: Option<&'a Model>) -> Result<Self, Error> {
        Ok(Self::from(Tails::begin(root)?, reading, model))
    }

    /// Takes note of what the user makes of templates: those that are muted are counted, and not told.
    pub fn heed(&mut self, edits: Edits) {
        self.edits = edits;
    }

    /// Begins where logs ended when they were read, knowing what they held: what was written since comes with the first look.
    ///
    /// # Errors
    /// As [`Follower::begin`].
    pub fn since(root: &Path, reading: Reading, model: Option<&'a Model>, logs: &Logs) -> Result<Self, Error> {
        let mut follower = Self::from(Tails::since(root, &logs.read)?, reading, model);
        follower.add(logs.templates.list.iter());
        Ok(follower)
    }

    fn from(tails: Tails, reading: Reading, model: Option<&'a Model>) -> Self {
        let known: Vec<Template> = model.map(|m| m.facts.templates.clone()).unwrap_or_default();
        let of_model = known.len();
        Self { tails, reading, model, known, of_model, told: FxHashSet::default(), edits: Edits::default() }
    }

    /// Takes note of what logs held already: it is not new when it comes again. What was written behind the places from which the files
    /// are followed will come, however late the logs were read: it is not known by them.
    pub fn know(&mut self, logs: &Logs) {
        let places: Vec<Known> = logs.read.files.iter().map(|file| self.tails.known(file)).collect();
        let events = &logs.read.events;
        let mut held = vec![false; logs.templates.list.len()];
        for (event, id) in logs.of.iter().enumerate() {
            let Known { lines, all } = places[events.file(event) as usize];
            let (start, length) = (events.offset[event] as usize, events.length[event] as usize);
            held[*id as usize] |= start < lines || start + length <= all;
        }
        self.add(logs.templates.list.iter().zip(held).filter_map(|(template, held)| held.then_some(template)));
    }

    fn add<'b>(&mut self, templates: impl Iterator<Item = &'b Template>) {
        let known: FxHashSet<&Template> = self.known.iter().collect();
        let more: Vec<Template> = templates.filter(|template| !known.contains(template)).cloned().collect();
        self.known.extend(more);
    }

    /// Reads what has been written since the last look.
    ///
    /// # Errors
    /// [`Error::NotFound`] or [`Error::Io`] where the folder cannot be read any more, and [`Error::Cancelled`].
    pub fn look(&mut self, observer: &dyn Observer) -> Result<Pulse, Error> {
        let grown = self.tails.look()?;
        let mut pulse = Pulse {
            events: Bucket::default(),
            files: self.tails.len() as u32,
            anomalies: Vec::new(),
            more: 0,
            again: Vec::new(),
            cut: self.tails.take_cut(),
        };
        let Some(read) = grown::read(&grown, &self.reading, observer)? else { return Ok(pulse) };
        let (templates, of) = template::mine(&read, &self.known, observer)?;
        let sequences = sequence::group(&read.events, &read.streams());
        let scores = score::score(self.model, Without::default(), &read, &templates, &of, &sequences, observer)?;
        for event in 0..of.len() {
            count(&mut pulse.events, read.events.level[event]);
        }
        pulse.again = self.again(&read, &templates, &of);
        let found = self.anomalies(&read, &templates, &of, &scores);
        pulse.events.unusual = found.iter().map(|a| a.count).sum();
        pulse.more = found.len().saturating_sub(MOST_TOLD) as u32;
        pulse.anomalies = found.into_iter().take(MOST_TOLD).collect();
        let room = MOST_TEMPLATES.saturating_sub(self.known.len());
        let news = pulse.anomalies.iter().filter(|a| a.reason == Reason::New && (a.kind as usize) < self.known.len() + room);
        self.told.extend(news.map(|a| a.kind).take(MOST_COUNTED.saturating_sub(self.told.len())));
        self.known.extend(templates.list.into_iter().skip(templates.known).take(room));
        Ok(pulse)
    }

    /// The new kinds that were told before and have come again.
    fn again(&self, read: &Ingested, templates: &Templates, of: &[TemplateId]) -> Vec<Again> {
        let mut found: BTreeMap<TemplateId, (u32, usize)> = BTreeMap::new();
        for (event, kind) in of.iter().enumerate().filter(|(_, kind)| self.told.contains(kind)) {
            let (count, last) = found.entry(*kind).or_default();
            (*count, *last) = (*count + 1, event);
        }
        let heard = found.into_iter().filter(|(kind, _)| !self.edits.is_muted(&templates.list[*kind as usize]));
        let again = heard.map(|(kind, (count, last))| Again {
            kind,
            count,
            timestamp: read.written(last),
            file: read.files[read.events.file(last) as usize].path.clone(),
            line: read.events.line[last],
        });
        again.collect()
    }

    fn anomalies(&self, read: &Ingested, templates: &Templates, of: &[TemplateId], scores: &Scores) -> Vec<Anomaly> {
        let mut first: Vec<Option<usize>> = vec![None; templates.list.len()];
        let mut found: Vec<(Level, Anomaly)> = Vec::new();
        for (event, id) in of.iter().enumerate() {
            let Some(reason) = self.reason(read, *id, event, scores) else { continue };
            if self.edits.is_muted(&templates.list[*id as usize]) {
                continue;
            }
            if let Some(place) = first[*id as usize] {
                found[place].1.count += 1;
                continue;
            }
            first[*id as usize] = Some(found.len());
            found.push((read.events.level[event], self.tell(read, event, (*id, reason), scores)));
        }
        found.sort_by_key(|(level, _)| std::cmp::Reverse(*level));
        found.into_iter().map(|(_, anomaly)| anomaly).collect()
    }

    fn reason(&self, read: &Ingested, id: TemplateId, event: usize, scores: &Scores) -> Option<Reason> {
        let level = read.events.level[event];
        if id as usize >= self.known.len() {
            return (level >= Level::Warning).then_some(Reason::New);
        }
        let judged = self.model.is_some() && (id as usize) < self.of_model;
        (judged && level >= Level::Warning && scores.importance[event] >= UNUSUAL).then_some(Reason::Unexpected)
    }

    fn tell(&self, read: &Ingested, event: usize, (kind, reason): (TemplateId, Reason), scores: &Scores) -> Anomaly {
        let e = &read.events;
        let said = |symbol| read.symbols.said(symbol).map(str::to_owned);
        let headline = read.headline(event);
        Anomaly {
            timestamp: read.written(event),
            level: e.level[event].name().map(str::to_owned),
            service: said(e.service(event)),
            host: said(e.host(event)),
            file: read.files[e.file(event) as usize].path.clone(),
            line: e.line[event],
            message: String::from_utf8_lossy(&headline[..headline.len().min(LONGEST)]).into_owned(),
            reason,
            importance: self.model.map(|_| scores.importance[event]),
            count: 1,
            kind,
        }
    }
}

fn count(bucket: &mut Bucket, level: Level) {
    match level {
        Level::Error | Level::Critical => bucket.errors += 1,
        Level::Warning => bucket.warnings += 1,
        Level::Info | Level::Audit => bucket.infos += 1,
        Level::Unknown | Level::Trace | Level::Debug => bucket.others += 1,
    }
}
