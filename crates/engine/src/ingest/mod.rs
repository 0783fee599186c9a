//! Reads a folder of logs into events. A bad line is data, never a failure.

pub mod formats;
pub mod layout;
pub mod records;
pub mod source;
pub mod time;

use std::{
    fmt::Write,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use self::{layout::Place, records::Part, source::Source};
use crate::{
    Error,
    events::{Events, Symbols},
    progress::{Observer, Progress, Stage, check},
};

/// Bytes that one thread reads at a time: large enough to be cheap, small enough to spread one big file over all cores.
const PART: usize = 4 << 20;
/// Bytes of a record that are searched and shown; what follows is a dump.
const LONGEST: usize = 256 << 10;
/// Bytes at a file's start that show whether it is a log.
const SAMPLE: usize = 64 << 10;

/// What could not be read or parsed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Skipped {
    /// The file, relative to the folder that was given.
    pub path: String,
    /// The first line concerned, from 1; none where it is the whole file.
    pub line: Option<u32>,
    /// Why, with a count where there are several.
    pub reason: String,
}

/// What was read.
#[derive(Debug)]
pub struct Ingested {
    /// The events in the order of files and lines.
    pub events: Events,
    /// The strings of the events.
    pub symbols: Symbols,
    /// The files that events come from.
    pub files: Vec<Source>,
    /// What could not be read or parsed.
    pub skipped: Vec<Skipped>,
    /// Bytes read.
    pub bytes: u64,
    /// Lines read.
    pub lines: u64,
}

impl Ingested {
    /// The text of an event, its header included.
    #[must_use]
    pub fn text(&self, event: usize) -> &[u8] {
        let e = &self.events;
        let bytes = self.files[e.file[event] as usize].text.bytes();
        let start = usize::try_from(e.offset[event]).unwrap_or(usize::MAX).min(bytes.len());
        &bytes[start..(start + e.length[event] as usize).min(bytes.len())]
    }

    /// The first line of an event's message.
    #[must_use]
    pub fn headline(&self, event: usize) -> &[u8] {
        let text = self.text(event);
        let text = &text[(self.events.body[event] as usize).min(text.len())..];
        let text = &text[..text.len().min(LONGEST)];
        let end = memchr::memchr(b'\n', text).unwrap_or(text.len());
        text[..end].strip_suffix(b"\r").unwrap_or(&text[..end])
    }

    /// What stands in the first brackets of an event's header: the ids of its context, where it has one.
    #[must_use]
    pub fn context(&self, event: usize) -> &[u8] {
        let text = self.text(event);
        let header = &text[..(self.events.body[event] as usize).min(text.len())];
        let open = memchr::memchr(b'[', header).map_or(header.len(), |n| n + 1);
        let inside = &header[open..];
        &inside[..memchr::memchr(b']', inside).unwrap_or(inside.len())]
    }

    /// An event's message with all its lines, the headers that a traceback repeats taken off.
    #[must_use]
    pub fn message(&self, event: usize) -> String {
        let mut out = String::new();
        let text = self.text(event);
        for (n, line) in text[..text.len().min(LONGEST)].split(|b| *b == b'\n').enumerate() {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let body = match n {
                0 => self.events.body[event] as usize,
                _ => formats::header(line).map_or(0, |h| h.body),
            };
            if n > 0 {
                out.push('\n');
            }
            out.push_str(&String::from_utf8_lossy(&line[body.min(line.len())..]));
        }
        out.truncate(out.trim_end().len());
        if text.len() > LONGEST {
            _ = write!(out, "\n\u{2026} and {} more bytes", text.len() - LONGEST);
        }
        out
    }
}

/// Reads all logs of a folder, or of one file.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Empty`], [`Error::NoLogs`] or [`Error::Io`] where the folder gives nothing to read, and [`Error::Cancelled`].
pub fn read(root: &Path, observer: &dyn Observer) -> Result<Ingested, Error> {
    let mut skipped = Vec::new();
    let found = source::find(root, &mut skipped)?;
    if found.is_empty() && skipped.is_empty() {
        return Err(Error::Empty(root.into()));
    }
    let looked_at = found.len() + skipped.len();
    let files = logs_of(found, &mut skipped);
    if files.is_empty() {
        return Err(Error::NoLogs { path: root.into(), files: looked_at });
    }
    let bytes = files.iter().map(|(s, _)| s.text.bytes().len() as u64).sum();
    let parts = read_parts(&files, bytes, observer)?;
    let mut read =
        Ingested { events: Events::default(), symbols: Symbols::default(), files: Vec::new(), skipped, bytes, lines: 0 };
    for (source, parts) in files.into_iter().map(|(s, _)| s).zip(parts) {
        let garbled = garbled(&source.path, &parts);
        read.skipped.extend(garbled);
        read.lines += u64::from(records::append(parts, &mut read.events, &mut read.symbols));
        read.files.push(source);
    }
    if read.events.is_empty() {
        return Err(Error::NoLogs { path: root.into(), files: looked_at });
    }
    records::fill_years(&mut read.events);
    read.skipped.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(read)
}

/// The files that are logs, each with whether its lines have headers.
fn logs_of(found: Vec<Source>, skipped: &mut Vec<Skipped>) -> Vec<(Source, bool)> {
    let mut logs = Vec::new();
    for source in found {
        match kind(&source) {
            Ok(headed) => logs.push((source, headed)),
            Err(reason) => skipped.push(Skipped { path: source.path, line: None, reason: reason.into() }),
        }
    }
    logs
}

/// Whether a file's lines have headers; why not where it is no log.
fn kind(source: &Source) -> Result<bool, &'static str> {
    let bytes = source.text.bytes();
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    match sample {
        [] => return Err("an empty file"),
        [0x1f, 0x8b, ..]
        | [b'B', b'Z', b'h', ..]
        | [0x28, 0xb5, 0x2f, 0xfd, ..]
        | [0xfd, b'7', b'z', ..]
        | [b'P', b'K', 3, 4, ..] => {
            return Err("compressed: unpack it first");
        }
        _ if memchr::memchr(0, sample).is_some() => return Err("binary, not text"),
        _ => {}
    }
    let headed = sample.split(|b| *b == b'\n').any(|line| formats::header(line).is_some());
    let named = source.path.rsplit('/').next().is_some_and(|name| name.contains("log"));
    if headed || named { Ok(headed) } else { Err("no line begins with a time, so this is no log") }
}

/// Reads all files in parts, in parallel; gives each file's parts in order.
fn read_parts(files: &[(Source, bool)], bytes: u64, observer: &dyn Observer) -> Result<Vec<Vec<Part>>, Error> {
    let places: Vec<Place> = files.iter().map(|(s, _)| layout::place(&s.path)).collect();
    let cuts: Vec<(usize, usize, usize)> =
        files.iter().enumerate().flat_map(|(n, (s, _))| cuts(s.text.bytes()).into_iter().map(move |(a, z)| (n, a, z))).collect();
    let done = AtomicU64::new(0);
    let parts: Vec<(usize, Part)> = cuts
        .par_iter()
        .map(|&(n, start, end)| {
            check(observer)?;
            let plan = records::Plan { file: n as u32, offset: start as u64, place: &places[n], joined: files[n].1 };
            let part = records::read(&files[n].0.text.bytes()[start..end], plan);
            let done = done.fetch_add((end - start) as u64, Ordering::Relaxed) + (end - start) as u64;
            observer.progress(Progress::Step { stage: Stage::Read, done, total: bytes });
            Ok((n, part))
        })
        .collect::<Result<_, Error>>()?;
    let mut by_file: Vec<Vec<Part>> = files.iter().map(|_| Vec::new()).collect();
    for (n, part) in parts {
        by_file[n].push(part);
    }
    Ok(by_file)
}

/// Cuts a text into parts that begin at the start of a line.
fn cuts(text: &[u8]) -> Vec<(usize, usize)> {
    let mut cuts = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let least = (start + PART).min(text.len());
        let end = memchr::memchr(b'\n', &text[least..]).map_or(text.len(), |n| least + n + 1);
        cuts.push((start, end));
        start = end;
    }
    cuts
}

fn garbled(path: &str, parts: &[Part]) -> Option<Skipped> {
    let count: u32 = parts.iter().map(|p| p.garbled).sum();
    let mut before = 0;
    let first = parts.iter().find_map(|p| {
        let found = (p.garbled > 0).then_some(before + p.first_garbled);
        before += p.lines;
        found
    })?;
    let reason = format!(
        "{count} {} not UTF-8; the bytes that are not are shown as \u{fffd}",
        if count == 1 { "line is" } else { "lines are" }
    );
    Some(Skipped { path: path.into(), line: Some(first), reason })
}
