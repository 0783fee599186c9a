//! Reads files part by part, in parallel, and puts the parts together while the next ones are read.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::{
    LogFile, Skipped,
    records::{self, Part, Plan, Whole},
};
use crate::{
    Error,
    events::{Events, Symbols},
    progress::{Observer, Progress, Stage, check},
};

/// Bytes that one thread reads at a time: large enough to be cheap, small enough to spread one big file over all cores.
const PART: usize = 2 << 20;
/// Parts read by each thread before they are put together: what is read and not yet put together is in memory twice.
const AHEAD: usize = 8;

/// What was read.
#[derive(Debug)]
pub struct Read {
    /// The events in the order of files and lines.
    pub events: Events,
    /// Their strings.
    pub symbols: Symbols,
    /// Lines read.
    pub lines: u64,
}

/// A part of a file.
#[derive(Debug, Clone, Copy)]
struct Cut {
    file: usize,
    start: usize,
    end: usize,
}

/// Reads all files; `bytes` is their size in all. Lines that are not UTF-8 are noted in `skipped`.
pub fn read(files: &[LogFile], bytes: u64, skipped: &mut Vec<Skipped>, observer: &dyn Observer) -> Result<Read, Error> {
    let cuts: Vec<Cut> = files.iter().enumerate().flat_map(|(n, f)| cuts(n, f.text.bytes(), f.start)).collect();
    let done = AtomicU64::new(0);
    let parse = |cut: &Cut| {
        check(observer)?;
        let part = parse(&files[cut.file], *cut);
        let length = (cut.end - cut.start) as u64;
        let done = done.fetch_add(length, Ordering::Relaxed) + length;
        observer.progress(Progress::Step { stage: Stage::Read, done, total: bytes });
        Ok::<_, Error>(part)
    };
    let mut joiner = Joiner { files, file: usize::MAX, whole: Whole::default(), lines: 0, garbled: Garbled::default(), skipped };
    let mut waiting: (&[Cut], Vec<Part>) = (&[], Vec::new());
    for wave in cuts.chunks(AHEAD * rayon::current_num_threads()) {
        let parts = std::mem::take(&mut waiting.1);
        let ((), read) =
            rayon::join(|| joiner.add(waiting.0, parts), || wave.par_iter().map(parse).collect::<Result<Vec<_>, _>>());
        waiting = (wave, read?);
    }
    joiner.add(waiting.0, waiting.1);
    Ok(joiner.finish())
}

fn parse(file: &LogFile, cut: Cut) -> Part {
    let plan = Plan {
        file: cut.file as u32,
        offset: cut.start as u64,
        first: cut.start == file.start,
        place: &file.place,
        dialect: &file.dialect,
        joined: file.headed,
    };
    records::read(&file.text.bytes()[cut.start..cut.end], plan)
}

/// Cuts a text into parts that begin at the start of a line.
fn cuts(file: usize, text: &[u8], mut start: usize) -> Vec<Cut> {
    let mut cuts = Vec::new();
    while start < text.len() {
        let least = (start + PART).min(text.len());
        let end = memchr::memchr(b'\n', &text[least..]).map_or(text.len(), |n| least + n + 1);
        cuts.push(Cut { file, start, end });
        start = end;
    }
    cuts
}

/// Puts parts together in their order.
struct Joiner<'a> {
    files: &'a [LogFile],
    /// The file at hand.
    file: usize,
    whole: Whole,
    /// Lines read of the files before.
    lines: u64,
    garbled: Garbled,
    skipped: &'a mut Vec<Skipped>,
}

/// Lines of a file that are not UTF-8, and the first of them.
#[derive(Debug, Default)]
struct Garbled {
    count: u32,
    first: u32,
}

impl Joiner<'_> {
    fn add(&mut self, cuts: &[Cut], parts: Vec<Part>) {
        for (cut, part) in cuts.iter().zip(parts) {
            if cut.file != self.file {
                self.end_file();
                self.file = cut.file;
                let file = &self.files[cut.file];
                self.whole.begin(memchr::memchr_iter(b'\n', &file.text.bytes()[..file.start]).count() as u32);
            }
            if part.garbled > 0 && self.garbled.count == 0 {
                self.garbled.first = self.whole.lines + part.first_garbled;
            }
            self.garbled.count += part.garbled;
            self.lines += u64::from(part.lines);
            self.whole.add(&part);
        }
    }

    fn end_file(&mut self) {
        let Garbled { count, first } = std::mem::take(&mut self.garbled);
        if count > 0 {
            let lines = if count == 1 { "line is" } else { "lines are" };
            let reason = format!("{count} {lines} not UTF-8; the bytes that are not are shown as \u{fffd}");
            self.skipped.push(Skipped { path: self.files[self.file].path.clone(), line: Some(first), reason });
        }
    }

    fn finish(mut self) -> Read {
        self.end_file();
        let Whole { mut events, symbols, .. } = self.whole;
        events.shrink();
        Read { events, symbols, lines: self.lines }
    }
}
