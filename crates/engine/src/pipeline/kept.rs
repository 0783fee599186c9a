//! What a pipeline need not do again, since an index holds it.

use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

use rustc_hash::FxHasher;

use super::{Concluded, Laps, Request};
use crate::{
    Error, Logs, Model, Observer, Reading, index,
    ingest::{self, source::Source},
    template::{self, Template},
};

/// Fewer events than this are read again in less time than an index is worth.
const LEAST_EVENTS: usize = 50_000;

/// Logs read and mined, or taken from an index.
pub struct Mined {
    /// The logs.
    pub logs: Logs,
    /// Whether they come from an index.
    pub reopened: bool,
}

/// Reads and mines logs, or takes them from the index where they are as they were.
pub fn mine(
    source: &dyn Source,
    reading: &Reading,
    known: &[Template],
    laps: &mut Laps,
    observer: &dyn Observer,
) -> Result<Mined, Error> {
    if let Some(folder) = &reading.index
        && let Some(logs) = index::load(folder, &key(source, reading, known), source, observer)?
    {
        laps.end("reopen");
        return Ok(Mined { logs, reopened: true });
    }
    let read = ingest::read(source, reading, observer)?;
    laps.end("read");
    let (templates, of) = template::mine(&read, known, observer)?;
    laps.end("mine");
    Ok(Mined { logs: Logs { read: Arc::new(read), templates, of, importance: Vec::new(), mined: None }, reopened: false })
}

/// Keeps logs for the next time, where they are worth it.
///
/// # Errors
/// [`Error::Io`], naming the file.
pub fn keep(source: &dyn Source, reading: &Reading, known: &[Template], logs: &Logs) -> Result<(), Error> {
    match &reading.index {
        Some(folder) if logs.of.len() >= LEAST_EVENTS => index::save(folder, &key(source, reading, known), logs),
        _ => Ok(()),
    }
}

/// Keeps reports for the next time, where the logs are worth it and nothing is left out.
///
/// # Errors
/// [`Error::Io`], naming the file.
pub fn keep_reports(request: &Request, logs: &Logs, concluded: &Concluded) -> Result<(), Error> {
    match &request.reading.index {
        Some(folder) if logs.of.len() >= LEAST_EVENTS && request.without.is_nothing() => {
            index::save_reports(folder, &report_key(request, logs), concluded)
        }
        _ => Ok(()),
    }
}

/// The reports of the same request on the same logs, where they were kept; none where something is left out.
pub fn reports(request: &Request, logs: &Logs) -> Option<Concluded> {
    let folder = request.reading.index.as_deref().filter(|_| request.without.is_nothing())?;
    index::load_reports(folder, &report_key(request, logs))
}

/// All that reading and mining depend on, beside the texts.
fn key(source: &dyn Source, reading: &Reading, known: &[Template]) -> String {
    let mut hasher = FxHasher::default();
    for template in known {
        (&template.origin, &template.text).hash(&mut hasher);
    }
    let version = env!("CARGO_PKG_VERSION");
    format!("{version} {} {:?} {} {:x}", source.name().display(), reading.corrections, known.len(), hasher.finish())
}

/// All that reports depend on, beside reading and mining.
fn report_key(request: &Request, logs: &Logs) -> String {
    let model = |m: &Model| {
        let f = &m.facts;
        format!("{} {} {} {} {:?} {:?} {:?}", f.version, f.name, f.date, f.trained_on, f.windows, f.epochs, f.config)
    };
    let model = request.model.map_or_else(ToString::to_string, model);
    let stamps: Vec<_> = logs.read.files.iter().map(|f| (f.modified, f.text.bytes().len())).collect();
    let mut hasher = FxHasher::default();
    stamps.hash(&mut hasher);
    request.known.fingerprint().hash(&mut hasher);
    format!("{:?} {:?} {:?} {:x} {model}", request.issue, request.config, request.edits, hasher.finish())
}
