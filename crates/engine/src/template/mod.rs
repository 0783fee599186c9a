//! Mines templates: what a message says, without what varies.

pub mod accuracy;
pub mod edits;
pub mod mask;
pub mod merge;

use std::sync::LazyLock;

use memchr::memmem::Finder;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Error,
    events::{Level, Symbol},
    ingest::Ingested,
    progress::{Observer, Progress, Stage, check},
    traceback,
};
use merge::{Merged, Shape, merge};

/// Events that one thread takes at a time.
const BLOCK: usize = 16_384;
/// How a traceback begins.
static TRACEBACK: LazyLock<Finder> = LazyLock::new(|| Finder::new("Traceback (most"));
/// Between a message and the exception of its traceback.
pub const RAISED: &str = " ⇒ ";

/// Index of a template in [`Templates::list`].
pub type TemplateId = u32;

/// What many messages have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export, export_to = "types.ts")]
pub struct Template {
    /// The logger, or the process where the form has no loggers.
    pub origin: String,
    /// The message with its variables masked, and what a traceback raised.
    pub text: String,
}

impl Template {
    /// Whether there is a word in it.
    #[must_use]
    pub fn says_something(&self) -> bool {
        self.text.contains(char::is_alphabetic)
    }
}

/// The templates of a set of logs.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Templates {
    /// The known ones first, as they were given, then the new ones in the order of their first events.
    pub list: Vec<Template>,
    /// How many were known before.
    pub known: usize,
    /// The first event of each; none of a known one that these logs do not hold.
    pub firsts: Vec<Option<u32>>,
    /// Events of each.
    pub counts: Vec<u32>,
    /// What the user says of some of them.
    #[serde(skip)]
    pub notes: FxHashMap<TemplateId, edits::Note>,
}

impl Templates {
    /// Whether these logs are the first to show a template.
    #[must_use]
    pub fn is_new(&self, id: TemplateId) -> bool {
        id as usize >= self.known
    }

    /// The name that the user gave a template.
    #[must_use]
    pub fn name(&self, id: TemplateId) -> Option<&str> {
        self.notes.get(&id)?.name.as_deref()
    }

    /// Whether the user wants a template left out of findings.
    #[must_use]
    pub fn is_muted(&self, id: TemplateId) -> bool {
        self.notes.get(&id).is_some_and(|note| note.muted)
    }
}

/// Mines the templates of events, beside those that are known already. Gives each event's template.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn mine(read: &Ingested, known: &[Template], observer: &dyn Observer) -> Result<(Templates, Vec<TemplateId>), Error> {
    let (shapes, mut of) = shapes(read, observer)?;
    let origins: Vec<&str> = shapes.iter().map(|s| read.symbols.text(s.origin)).collect();
    let merged = merge(
        &known
            .iter()
            .map(|t| Shape { origin: &t.origin, text: &t.text })
            .chain(shapes.iter().zip(&origins).map(|(s, origin)| Shape { origin, text: &s.text }))
            .collect::<Vec<_>>(),
    );
    check(observer)?;
    let (list, ids) = templates(known, &shapes, &origins, &merged);
    let mut found = Templates {
        known: known.len(),
        firsts: vec![None; list.len()],
        counts: vec![0; list.len()],
        list,
        notes: FxHashMap::default(),
    };
    for (event, id) in of.iter_mut().enumerate() {
        *id = ids[*id as usize];
        found.counts[*id as usize] += 1;
        found.firsts[*id as usize].get_or_insert(event as u32);
    }
    Ok((found, of))
}

/// The known templates as they are, then a new one for each merged text that has no known one in it; and each shape's template.
fn templates(known: &[Template], shapes: &[Raw], origins: &[&str], merged: &Merged) -> (Vec<Template>, Vec<TemplateId>) {
    let mut list = known.to_vec();
    let mut ids: Vec<Option<TemplateId>> = vec![None; merged.texts.len()];
    // Where two known ones merge with each other, a new message goes to the first.
    for n in 0..known.len() {
        ids[merged.of[n] as usize].get_or_insert(n as TemplateId);
    }
    let exact: FxHashMap<(&str, &str), TemplateId> =
        known.iter().enumerate().map(|(n, t)| ((t.origin.as_str(), t.text.as_str()), n as TemplateId)).collect();
    let of = (0..shapes.len())
        .map(|n| {
            if let Some(id) = exact.get(&(origins[n], shapes[n].text.as_str())) {
                return *id;
            }
            let text = merged.of[known.len() + n] as usize;
            *ids[text].get_or_insert_with(|| {
                list.push(Template { origin: origins[n].to_owned(), text: merged.texts[text].clone() });
                list.len() as TemplateId - 1
            })
        })
        .collect();
    (list, of)
}

/// A masked message as it was found.
struct Raw {
    origin: Symbol,
    text: String,
}

/// All different masked messages in the order of their first events, and each event's.
fn shapes(read: &Ingested, observer: &dyn Observer) -> Result<(Vec<Raw>, Vec<u32>), Error> {
    let events = read.events.len();
    let done = std::sync::atomic::AtomicU64::new(0);
    let blocks: Vec<(Vec<Raw>, Vec<u32>)> = (0..events.div_ceil(BLOCK))
        .into_par_iter()
        .map(|block| {
            check(observer)?;
            let range = block * BLOCK..((block + 1) * BLOCK).min(events);
            let done = done.fetch_add(range.len() as u64, std::sync::atomic::Ordering::Relaxed) + range.len() as u64;
            let found = block_shapes(read, range);
            observer.progress(Progress::Step { stage: Stage::Mine, done, total: events as u64 });
            Ok(found)
        })
        .collect::<Result<_, Error>>()?;
    let mut ids: FxHashMap<(Symbol, String), u32> = FxHashMap::default();
    let mut all: Vec<Raw> = Vec::new();
    let mut of = Vec::with_capacity(events);
    for (raws, local) in blocks {
        let map: Vec<u32> = raws
            .into_iter()
            .map(|raw| {
                *ids.entry((raw.origin, raw.text)).or_insert_with_key(|(origin, text)| {
                    all.push(Raw { origin: *origin, text: text.clone() });
                    all.len() as u32 - 1
                })
            })
            .collect();
        of.extend(local.into_iter().map(|n| map[n as usize]));
    }
    Ok((all, of))
}

fn block_shapes(read: &Ingested, range: std::ops::Range<usize>) -> (Vec<Raw>, Vec<u32>) {
    let mut ids: FxHashMap<Symbol, FxHashMap<Vec<u8>, u32>> = FxHashMap::default();
    let mut raws = Vec::new();
    let mut of = Vec::with_capacity(range.len());
    let mut text = Vec::new();
    for event in range {
        let logger = read.events.logger(event);
        let origin = if logger.is_none() { read.events.service(event) } else { logger };
        text.clear();
        shape(read, event, &mut text);
        let ids = ids.entry(origin).or_default();
        let id = ids.get(&text).copied().unwrap_or_else(|| {
            raws.push(Raw { origin, text: String::from_utf8_lossy(&text).into_owned() });
            ids.insert(text.clone(), raws.len() as u32 - 1);
            raws.len() as u32 - 1
        });
        of.push(id);
    }
    (raws, of)
}

/// A message's first line masked, and what its traceback raised: the same message over another exception is another event.
fn shape(read: &Ingested, event: usize, out: &mut Vec<u8>) {
    mask::mask(&read.headline(event), out);
    if TRACEBACK.find(read.text(event)).is_none() {
        return;
    }
    let message = read.message(event);
    if let Some(trace) = traceback::read(&message).first() {
        let place = trace.frames.last().map_or_else(String::new, |frame| format!(" at {}:{}", frame.file, frame.function));
        out.extend([RAISED, trace.exception, &place].concat().into_bytes());
    }
}

/// The gravest level of each template's events.
#[must_use]
pub fn levels(read: &Ingested, of: &[TemplateId], templates: usize) -> Vec<Level> {
    let mut levels = vec![Level::Unknown; templates];
    for (event, id) in of.iter().enumerate() {
        let level = &mut levels[*id as usize];
        *level = (*level).max(read.events.level[event]);
    }
    levels
}
