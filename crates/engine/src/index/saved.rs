//! The small part of an index: files, templates, what was skipped.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::{
    Logs,
    events::{Events, Symbols},
    ingest::{
        self, Ingested, LogFile, Skipped,
        clock::Clock,
        formats,
        layout::Place,
        source::{LogText, Stamp},
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
    skipped: Vec<Skipped>,
    bytes: u64,
    lines: u64,
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

/// The texts of the files, in their order.
#[derive(Debug)]
pub struct Known(Vec<LogText>);

impl Saved {
    /// What there is to keep of logs.
    pub fn of(key: &str, logs: &Logs) -> Self {
        let read = &logs.read;
        let file = |f: &LogFile| SavedFile { stamp: f.stamp(), headed: f.headed, place: f.place.clone(), clock: f.clock };
        Self {
            key: key.to_owned(),
            files: read.files.iter().map(file).collect(),
            others: read.others.clone(),
            skipped: read.skipped.clone(),
            bytes: read.bytes,
            lines: read.lines,
            templates: logs.templates.clone(),
        }
    }

    /// The texts of the files, where those that are there now are those that were there.
    pub fn compare(&self, texts: Vec<LogText>) -> Option<Known> {
        if texts.len() != self.files.len() + self.others.len() {
            return None;
        }
        let mut now: FxHashMap<Stamp, LogText> = texts.into_iter().map(|t| (t.stamp(), t)).collect();
        let files = self.files.iter().map(|f| now.remove(&f.stamp)).collect::<Option<Vec<_>>>()?;
        self.others.iter().all(|o| now.contains_key(o)).then_some(Known(files))
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
            bytes: self.bytes,
            lines: self.lines,
        }
    }
}
