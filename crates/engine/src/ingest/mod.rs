//! Reads a folder of logs into events. A bad line is data, never a failure.

pub mod clock;
pub mod container;
pub mod encoding;
pub mod formats;
mod hosts;
pub mod layout;
mod parts;
pub mod records;
pub mod rotation;
pub mod source;
mod sources;
pub mod time;

use std::{borrow::Cow, fmt::Write, path::PathBuf};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use self::{
    clock::Clock,
    container::{Fact, Lease},
    formats::Dialect,
    layout::Place,
    source::{LogText, Source, Stamp, Text, Texts},
};
pub use hosts::corrected;
pub use sources::{Known, SourceRow, reference, sources};

use crate::{
    Error,
    events::{Events, Form, NO_TIME, NO_ZONE, Symbols},
    progress::Observer,
};

/// Bytes of a record that are searched and shown; what follows is a dump.
const LONGEST: usize = 256 << 10;
/// Bytes at a file's start that show whether it is a log.
pub const SAMPLE: usize = 64 << 10;
/// Zero bytes that even a short log can hold.
const ZEROS: usize = 8;
/// Lines at a file's start that show whose it is, where its path does not.
const LOOK: usize = 400;

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

/// What the user knows better than the path or the log.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Correction {
    /// A file or a folder, relative to what was given; the longest that fits counts.
    pub path: String,
    /// The process whose log it is.
    pub service: Option<String>,
    /// The host that it was written on.
    pub host: Option<String>,
    /// Microseconds to add to its times.
    pub shift: Option<i64>,
}

/// How logs are read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// What the user knows better.
    pub corrections: Vec<Correction>,
    /// The folder of the index, where what was read and found is kept for the next time; none: nothing is kept.
    pub index: Option<PathBuf>,
}

/// A log that was read.
#[derive(Debug)]
pub struct LogFile {
    /// Relative to what was given, with `/` between its parts.
    pub path: String,
    /// Its text.
    pub text: Text,
    /// Number of the stream: the files that one log was rotated into share it.
    pub stream: u32,
    /// The first byte that was read.
    pub start: usize,
    /// When it was last written, in microseconds since 1970; 0 where that is not known.
    pub modified: i64,
    /// What it is written in.
    pub dialect: Dialect,
    /// Whether its lines have headers.
    pub headed: bool,
    /// The process and host that its path names.
    pub place: Place,
    /// How its clock relates to the incident's.
    pub clock: Clock,
}

impl LogFile {
    /// By what the text is known again.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        let Self { path, text, stream, start, modified, .. } = self;
        Stamp { path: path.clone(), size: text.bytes().len() as u64, modified: *modified, stream: *stream, start: *start }
    }
}

/// What was read.
#[derive(Debug)]
pub struct Ingested {
    /// The events in the order of files and lines.
    pub events: Events,
    /// The strings of the events.
    pub symbols: Symbols,
    /// The files that events come from.
    pub files: Vec<LogFile>,
    /// The texts that are no logs.
    pub others: Vec<Stamp>,
    /// Small files beside the logs that tell of hosts and clocks, by their paths.
    pub facts: Vec<Fact>,
    /// What could not be read or parsed.
    pub skipped: Vec<Skipped>,
    /// How much of it was noted before any text was read.
    pub noted: usize,
    /// Bytes read.
    pub bytes: u64,
    /// Lines read.
    pub lines: u64,
    /// Minutes that the incident's clock is east of UTC; [`crate::events::NO_ZONE`] where no log names a zone.
    pub zone: i16,
    /// Keep what was unpacked; dropped after the files.
    pub leases: Vec<Lease>,
}

impl Ingested {
    /// The text of an event, its header included.
    #[must_use]
    pub fn text(&self, event: usize) -> &[u8] {
        let e = &self.events;
        let bytes = self.files[e.file(event) as usize].text.bytes();
        let start = usize::try_from(e.offset[event]).unwrap_or(usize::MAX).min(bytes.len());
        &bytes[start..(start + e.length[event] as usize).min(bytes.len())]
    }

    /// The last line of an event, from 1.
    #[must_use]
    pub fn end_line(&self, event: usize) -> u32 {
        let text = self.text(event);
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        self.events.line[event] + memchr::memchr_iter(b'\n', text).count() as u32
    }

    /// The time of an event as its log wrote it, in microseconds since 1970 on the log's own clock; [`NO_TIME`].
    #[must_use]
    pub fn logged(&self, event: usize) -> i64 {
        match self.events.time[event] {
            NO_TIME => NO_TIME,
            time => time.saturating_sub(self.shift(event)),
        }
    }

    /// Microseconds that were added to what the log of an event wrote.
    #[must_use]
    pub fn shift(&self, event: usize) -> i64 {
        let origin = self.events.origin_of(event);
        self.files[origin.file as usize].clock.shift_of(origin.zone, self.zone)
    }

    /// The time of an event as its log wrote it, in ISO 8601; none where the log names none.
    #[must_use]
    pub fn written(&self, event: usize) -> Option<String> {
        time::written(self.logged(event), self.events.origin_of(event).zone)
    }

    /// The stream of each file.
    #[must_use]
    pub fn streams(&self) -> Vec<u32> {
        self.files.iter().map(|f| f.stream).collect()
    }

    /// The first line of an event's message.
    #[must_use]
    pub fn headline(&self, event: usize) -> Cow<'_, [u8]> {
        let text = self.text(event);
        let text = &text[(self.events.body[event] as usize).min(text.len())..];
        formats::headline(self.events.origin_of(event).form, &text[..text.len().min(LONGEST)])
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
        let origin = self.events.origin_of(event);
        if origin.form != Form::Plain {
            return formats::message(origin.form, &text[..text.len().min(LONGEST)], self.events.body[event] as usize);
        }
        let dialect = &self.files[origin.file as usize].dialect;
        for (n, line) in text[..text.len().min(LONGEST)].split(|b| *b == b'\n').enumerate() {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let body = match n {
                0 => self.events.body[event] as usize,
                _ => dialect.header(line).map_or(0, |h| h.body),
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

/// Reads all logs of a source.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Empty`], [`Error::NoLogs`] or [`Error::Io`] where the source gives nothing to read, and [`Error::Cancelled`].
pub fn read(source: &dyn Source, reading: &Reading, observer: &dyn Observer) -> Result<Ingested, Error> {
    let mut skipped = Vec::new();
    let Texts { mut logs, facts, looked_at, leases } = source.texts(&mut skipped, observer)?;
    encoding::legible(&mut logs, &mut skipped);
    if looked_at == 0 {
        return Err(Error::Empty(source.name().into()));
    }
    let noted = skipped.len();
    let mut others = Vec::new();
    let machines = clock::machines(&facts);
    let files = logs_of(logs, &machines, &mut others, &mut skipped);
    if files.is_empty() {
        return Err(Error::NoLogs { path: source.name().into(), files: looked_at });
    }
    let bytes = files.iter().map(|f| (f.text.bytes().len() - f.start) as u64).sum();
    let parts::Read { events, symbols, lines } = parts::read(&files, bytes, &mut skipped, observer)?;
    let mut read = Ingested { events, symbols, files, others, facts, skipped, noted, bytes, lines, zone: NO_ZONE, leases };
    if read.events.is_empty() {
        return Err(Error::NoLogs { path: source.name().into(), files: looked_at });
    }
    hosts::settle(&mut read, &reading.corrections);
    clock::settle(&mut read, &machines, &reading.corrections);
    read.skipped.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(read)
}

/// The texts that are logs.
fn logs_of(
    found: Vec<LogText>,
    machines: &[clock::Machine],
    others: &mut Vec<Stamp>,
    skipped: &mut Vec<Skipped>,
) -> Vec<LogFile> {
    let mut logs = Vec::new();
    for found in found {
        let stamp = found.stamp();
        let LogText { path, text, stream, start, modified } = found;
        let bytes = text.bytes();
        let start = start.min(bytes.len());
        match kind(&path, &bytes[start..]) {
            Ok((dialect, headed)) => {
                let mut place = layout::place(&path);
                hosts::tell(&mut place, &path, machines);
                layout::look(&mut place, bytes[start..].split(|b| *b == b'\n').take(LOOK).filter_map(|l| dialect.header(l)));
                logs.push(LogFile { path, text, stream, start, modified, dialect, headed, place, clock: Clock::default() });
            }
            Err(reason) => {
                others.push(stamp);
                skipped.push(Skipped { path, line: None, reason: reason.into() });
            }
        }
    }
    logs
}

/// What a text is written in, and whether its lines have headers; why not where it is no log.
fn kind(path: &str, bytes: &[u8]) -> Result<(Dialect, bool), &'static str> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    match sample {
        [] => return Err("an empty file"),
        _ if container::is_container(sample) => return Err("compressed: unpack it first"),
        // Logs hold a zero byte here and there; what is no text is full of them.
        _ if memchr::memchr_iter(0, sample).count() > ZEROS + sample.len() / 64 => return Err("binary, not text"),
        _ => {}
    }
    let dialect = formats::detect(sample, path);
    let headed = sample.split(|b| *b == b'\n').any(|line| dialect.header(line).is_some());
    let named = path.rsplit('/').next().is_some_and(|name| name.contains("log"));
    if headed || named { Ok((dialect, headed)) } else { Err("no line begins with a time, so this is no log") }
}
