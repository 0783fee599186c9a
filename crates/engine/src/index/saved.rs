//! The small part of an index: files, templates, what was skipped.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::{
    Logs,
    events::{Events, Symbols},
    ingest::{
        self, Ingested, LogFile, Skipped,
        clock::Clock,
        container::{Fact, Lease},
        formats,
        layout::Place,
        source::{LogText, Stamp, Texts},
    },
    template::Templates,
};

/// The small part of an index.
#[derive(Debug, Serialize, Deserialize)]
pub struct Saved {
    /// All that the logs depend on beside the texts.
    pub key: String,
    files: Vec<SavedFile>,
    /// The texts that were no logs.
    others: Vec<Stamp>,
    facts: Vec<Fact>,
    skipped: Vec<Skipped>,
    noted: usize,
    bytes: u64,
    lines: u64,
    zone: i16,
    /// The templates.
    pub templates: Templates,
}

#[derive(Debug, Serialize, Deserialize)]
struct SavedFile {
    stamp: Stamp,
    headed: bool,
    place: Place,
    clock: Clock,
}

/// The texts of the files, in their order, and what keeps them where they are.
#[derive(Debug)]
pub struct Known(Vec<LogText>, Vec<Lease>);

impl Saved {
    /// What there is to keep of logs.
    pub fn of(key: &str, logs: &Logs) -> Self {
        let read = &logs.read;
        let file = |f: &LogFile| SavedFile { stamp: f.stamp(), headed: f.headed, place: f.place.clone(), clock: f.clock };
        Self {
            key: key.to_owned(),
            files: read.files.iter().map(file).collect(),
            others: read.others.clone(),
            facts: read.facts.clone(),
            skipped: read.skipped.clone(),
            noted: read.noted,
            bytes: read.bytes,
            lines: read.lines,
            zone: read.zone,
            templates: logs.templates.clone(),
        }
    }

    /// The texts of the files, where those that are there now are those that were there, and so is what could not be read.
    pub fn compare(&self, Texts { logs: texts, facts, leases, .. }: Texts, noted: &[Skipped]) -> Option<Known> {
        if texts.len() != self.files.len() + self.others.len() || facts != self.facts {
            return None;
        }
        if noted.len() != self.noted || noted.iter().any(|note| !self.skipped.contains(note)) {
            return None;
        }
        let mut now: FxHashMap<Stamp, LogText> = texts.into_iter().map(|t| (t.stamp(), t)).collect();
        let files = self.files.iter().map(|f| now.remove(&f.stamp)).collect::<Option<Vec<_>>>()?;
        self.others.iter().all(|o| now.contains_key(o)).then_some(Known(files, leases))
    }

    /// What was read, with its columns.
    pub fn read(&self, known: Known, events: Events, symbols: Symbols) -> Ingested {
        let file = |(text, saved): (LogText, &SavedFile)| {
            let bytes = &text.text.bytes()[text.start.min(text.text.bytes().len())..];
            let dialect = formats::detect(&bytes[..bytes.len().min(ingest::SAMPLE)], &text.path);
            let LogText { path, text, stream, start, modified } = text;
            let SavedFile { headed, place, clock, .. } = saved;
            LogFile { path, text, stream, start, modified, dialect, headed: *headed, place: place.clone(), clock: *clock }
        };
        Ingested {
            events,
            symbols,
            files: known.0.into_iter().zip(&self.files).map(file).collect(),
            others: self.others.clone(),
            skipped: self.skipped.clone(),
            noted: self.noted,
            bytes: self.bytes,
            lines: self.lines,
            facts: self.facts.clone(),
            leases: known.1,
            zone: self.zone,
        }
    }
}
