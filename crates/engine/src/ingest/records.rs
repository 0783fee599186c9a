//! Joins lines into records: a traceback and whatever has no header of its own belongs to the record above it.

use rustc_hash::FxHashMap;

use super::{
    formats::{Dialect, Header, Wrap},
    layout::{self, Place},
};
use crate::events::{Event, Events, Form, Level, NO_TIME, NO_ZONE, Origin, Origins, Symbol, Symbols};

/// The records of a part of a file, with symbols and lines of its own.
#[derive(Debug, Default)]
pub struct Part {
    /// The records; lines count from 1 within the part.
    pub events: Events,
    /// The strings of the records.
    pub symbols: Symbols,
    /// Lines in the part.
    pub lines: u32,
    /// Whether the first record goes on with the last one of the part before, as far as this part can tell.
    pub continues: bool,
    /// Lines that are not UTF-8.
    pub garbled: u32,
    /// The first such line, from 1 within the part.
    pub first_garbled: u32,
}

/// Where a part stands and how it is read.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// Index of the file.
    pub file: u32,
    /// The part's first byte in the file.
    pub offset: u64,
    /// Whether the file's first line is in it.
    pub first: bool,
    /// What the path says.
    pub place: &'a Place,
    /// What the file is written in.
    pub dialect: &'a Dialect,
    /// Whether lines without a header are joined to the record above; not so in a file that has no headers at all.
    pub joined: bool,
}

/// Reads a part of a file, which begins at the start of a line.
#[must_use]
pub fn read<'a>(text: &'a [u8], plan: Plan<'a>) -> Part {
    let mut reader = Reader::new(plan, str::from_utf8(text).is_ok());
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text).map(|n| n + 1) {
        reader.line(&text[start..end], start);
        start = end;
    }
    if start < text.len() {
        reader.line(&text[start..], start);
    }
    reader.finish()
}

struct Reader<'a> {
    plan: Plan<'a>,
    part: Part,
    open: Option<Open>,
    path_service: Symbol,
    path_host: Symbol,
    services: FxHashMap<Symbol, Symbol>,
    /// Whether all of the part is UTF-8, so that no line need be looked at for it.
    clean: bool,
    origins: Recent<'a>,
    request: (&'a str, Symbol),
}

/// The origins met last, by what their headers say: a look at a few strings instead of four in a table.
struct Recent<'a>([(Named<'a>, u32); RECENT]);

/// Origins remembered: a power of two.
const RECENT: usize = 32;

/// What a header says of an origin.
#[derive(Debug, Clone, Copy)]
struct Named<'a> {
    logger: &'a str,
    program: &'a str,
    host: &'a str,
    zone: i16,
    form: Form,
}

impl<'a> Named<'a> {
    fn of(header: &Header<'a>) -> Self {
        let Header { logger, program, host, form, .. } = *header;
        Self { logger, program, host, zone: header.stamp.zone, form }
    }

    #[inline]
    fn is(&self, other: &Self) -> bool {
        let texts = [(self.logger, other.logger), (self.program, other.program), (self.host, other.host)];
        self.zone == other.zone && self.form == other.form && texts.into_iter().all(|(a, b)| same(a, b))
    }

    /// Where it is remembered: names differ in length and at their ends.
    fn slot(&self) -> usize {
        let end = |text: &str| text.bytes().next_back().map_or(0, usize::from);
        let middle = self.logger.as_bytes().get(self.logger.len() / 2).copied().map_or(0, usize::from);
        (self.logger.len() * 7 + end(self.logger) * 3 + middle + self.program.len() * 5 + end(self.program)) % RECENT
    }
}

/// Whether texts are the same. Most headers leave most fields empty, and glibc compares nothing with nothing by a masked load at an
/// address that is none, for which the processor takes as long as for hundreds of bytes.
#[inline]
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && (a.is_empty() || a == b)
}

/// The record that lines are still joined to.
struct Open {
    event: Event,
    /// Whether lines of a traceback have come.
    traceback: bool,
    /// Whether its line goes around another program's.
    wrap: Wrap,
    /// Whether its last line goes on in the next one.
    partial: bool,
}

impl<'a> Reader<'a> {
    fn new(plan: Plan<'a>, clean: bool) -> Self {
        let mut part = Part::default();
        let path_service = part.symbols.intern(&plan.place.service);
        let path_host = part.symbols.intern(plan.place.host.as_deref().unwrap_or_default());
        let none = Named { logger: "", program: "", host: "", zone: NO_ZONE, form: Form::Plain };
        Self {
            plan,
            part,
            open: None,
            path_service,
            path_host,
            services: FxHashMap::default(),
            clean,
            origins: Recent([(none, 0); RECENT]),
            request: ("", Symbol(0)),
        }
    }

    fn line(&mut self, line: &'a [u8], start: usize) {
        self.part.lines += 1;
        if !self.clean && str::from_utf8(line).is_err() {
            self.part.garbled += 1;
            if self.part.garbled == 1 {
                self.part.first_garbled = self.part.lines;
            }
        }
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        match self.plan.dialect.header(text) {
            Some(header) => self.headed(&header, text, line.len(), start),
            None => self.headless(text, line.len(), start),
        }
    }

    fn headed(&mut self, header: &Header<'a>, text: &[u8], length: usize, start: usize) {
        let event = self.event(header, length, start);
        let body = &text[header.body.min(text.len())..];
        if let Some(open) = &mut self.open
            && (goes_on(&open.event, &event, header, open.traceback, body)
                || carried_on(open, &event, header, &self.part.events.origins, body))
        {
            open.traceback = true;
            open.partial = header.partial;
            return extend(&mut open.event, start + length, self.plan.offset);
        }
        self.close();
        if self.part.lines == 1 {
            self.part.continues = !header.context && is_oslo(header) && (event.level.is_error() || event.level == Level::Trace);
        }
        let traceback = body.starts_with(b"Traceback");
        self.open = Some(Open { event, traceback, wrap: header.wrap, partial: header.partial });
    }

    fn headless(&mut self, text: &[u8], length: usize, start: usize) {
        if self.plan.joined
            && let Some(open) = &mut self.open
        {
            return extend(&mut open.event, start + length, self.plan.offset);
        }
        // An empty line says nothing on its own.
        let names = self.plan.first && self.part.lines == 1 && self.plan.dialect.has_names();
        if names || text.iter().all(u8::is_ascii_whitespace) && !(self.plan.joined && self.part.lines == 1 && !self.plan.first) {
            return;
        }
        self.close();
        self.part.continues |= self.plan.joined && self.part.lines == 1;
        let (service, host) = (self.path_service, self.path_host);
        let origin = Origin { file: self.plan.file, zone: NO_ZONE, service, host, ..Origin::default() };
        let event = Event {
            offset: self.plan.offset + start as u64,
            length: u32::try_from(length).unwrap_or(u32::MAX),
            line: self.part.lines,
            time: NO_TIME,
            origin: self.part.events.origins.intern(origin),
            ..Event::default()
        };
        self.open = Some(Open { event, traceback: false, wrap: Wrap::None, partial: false });
    }

    fn event(&mut self, header: &Header<'a>, length: usize, start: usize) -> Event {
        let origin = self.origin(header);
        let request = self.request(header);
        Event {
            offset: self.plan.offset + start as u64,
            length: u32::try_from(length).unwrap_or(u32::MAX),
            body: u32::try_from(header.body).unwrap_or(u32::MAX),
            line: self.part.lines,
            time: header.stamp.micros,
            level: header.level,
            pid: header.pid,
            origin,
            request,
            instance: self.part.symbols.intern(header.instance),
        }
    }

    fn request(&mut self, header: &Header<'a>) -> Symbol {
        if !same(header.request, self.request.0) {
            let symbol = request_id(header.request, |id| self.part.symbols.intern(id));
            self.request = (header.request, symbol);
        }
        let request = self.request.1;
        if !header.global_request.is_empty() && !request.is_none() && header.global_request != header.request {
            let caller = self.part.symbols.intern(header.global_request);
            self.part.events.callers.insert(request, caller);
        }
        request
    }

    fn origin(&mut self, header: &Header<'a>) -> u32 {
        let named = Named::of(header);
        let slot = named.slot();
        let (last, origin) = self.origins.0[slot];
        // Number 0 is what an unused place holds.
        if origin > 0 && last.is(&named) {
            // The text at hand is warm in the processor's cache when the next record is compared with it.
            self.origins.0[slot].0 = named;
            return origin;
        }
        let logger = self.part.symbols.intern(header.logger);
        let host = if header.host.is_empty() { self.path_host } else { self.part.symbols.intern(header.host) };
        let service = if header.program.is_empty() { self.service(logger) } else { self.part.symbols.intern(header.program) };
        let origin = Origin { file: self.plan.file, logger, service, host, zone: named.zone, form: named.form };
        let origin = self.part.events.origins.intern(origin);
        self.origins.0[slot] = (named, origin);
        origin
    }

    /// The path names the process, or else the logger does, or else it is the file's name.
    fn service(&mut self, logger: Symbol) -> Symbol {
        if self.plan.place.sure {
            return self.path_service;
        }
        let Self { services, part, path_service, .. } = self;
        *services
            .entry(logger)
            .or_insert_with(|| layout::by_logger(part.symbols.text(logger)).map_or(*path_service, |s| part.symbols.intern(&s)))
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.part.events.push(&open.event);
        }
    }

    fn finish(mut self) -> Part {
        self.close();
        self.part
    }
}

/// Whether a line with a header is part of the record above: oslo.log repeats the header, without a context, before each line of
/// a traceback, and at ERROR even where the record is a warning.
fn goes_on(open: &Event, next: &Event, header: &Header, traceback: bool, body: &[u8]) -> bool {
    let same = open.time == next.time && open.pid == next.pid && open.origin == next.origin && is_oslo(header);
    let looks = traceback || body.starts_with(b"Traceback") || body.first().is_none_or(u8::is_ascii_whitespace);
    !header.context && same && (looks || next.level.is_error() || next.level == Level::Trace)
}

/// Whether a line that a log daemon or container runtime wrote belongs to the record above: the program's line has no header of its
/// own, and that of the record has; or the runtime has split the line.
fn carried_on(open: &Open, next: &Event, header: &Header, origins: &Origins, body: &[u8]) -> bool {
    let by_same = || {
        let (a, b) = (&origins.list()[open.event.origin as usize], &origins.list()[next.origin as usize]);
        (a.host, a.form) == (b.host, b.form) && (a.service == b.service || header.program.is_empty())
    };
    // Programs that share a log are told apart by their names, which a container's log does without.
    let indented = header.program.is_empty() && body.first().is_some_and(|b| matches!(b, b' ' | b'\t'));
    let joins = open.partial || open.wrap == Wrap::Headed || indented && open.wrap == Wrap::Bare;
    header.wrap == Wrap::Bare && joins && by_same()
}

/// The symbol of a request id, which Kolla's exports write without its `req-`.
fn request_id(id: &str, mut intern: impl FnMut(&str) -> Symbol) -> Symbol {
    let mut whole = *b"req-00000000-0000-0000-0000-000000000000";
    let bytes = id.as_bytes();
    if bytes.len() != 36 || bytes[8] != b'-' || bytes[23] != b'-' {
        return intern(id);
    }
    whole[4..].copy_from_slice(bytes);
    intern(str::from_utf8(&whole).unwrap_or(id))
}

/// Whether a record names a process and a logger, as oslo.log's do. Other forms have no lines that repeat a header.
fn is_oslo(header: &Header) -> bool {
    header.pid != 0 && !header.logger.is_empty()
}

fn extend(event: &mut Event, end: usize, offset: u64) {
    event.length = u32::try_from(offset + end as u64 - event.offset).unwrap_or(u32::MAX);
}

/// All parts, one after the other.
#[derive(Debug, Default)]
pub struct Whole {
    /// The events of all parts so far.
    pub events: Events,
    /// Their strings.
    pub symbols: Symbols,
    /// Number of the first event of the file at hand.
    first: usize,
    /// Lines of the file at hand so far.
    pub lines: u32,
}

impl Whole {
    /// Begins a file, so many lines of which are passed over.
    pub fn begin(&mut self, lines: u32) {
        self.first = self.events.len();
        self.lines = lines;
    }

    /// Adds the next part of the file at hand; its symbols, origins and lines are counted on.
    pub fn add(&mut self, part: &Part) {
        let Self { events, symbols, .. } = self;
        let map: Vec<Symbol> = part.symbols.texts().map(|t| symbols.intern(t)).collect();
        let to = |s: Symbol| map[s.0 as usize];
        let origins: Vec<u32> = (part.events.origins.list().iter())
            .map(|o| Origin { logger: to(o.logger), service: to(o.service), host: to(o.host), ..*o })
            .map(|o| events.origins.intern(o))
            .collect();
        events.callers.extend(part.events.callers.iter().map(|(request, caller)| (to(*request), to(*caller))));
        let joined = part.continues && events.len() > self.first && !part.events.is_empty() && joins(events, part, &origins);
        if joined {
            let last = events.len() - 1;
            events.length[last] = events.length[last].saturating_add(part.events.length[0]);
        }
        let from = events.len();
        events.extend(&part.events, usize::from(joined));
        events.line[from..].iter_mut().for_each(|line| *line += self.lines);
        events.origin[from..].iter_mut().for_each(|origin| *origin = origins[*origin as usize]);
        events.request[from..].iter_mut().for_each(|request| *request = to(*request));
        events.instance[from..].iter_mut().for_each(|instance| *instance = to(*instance));
        self.lines += part.lines;
    }
}

/// Whether the part's first record belongs to the last event: it has no header, or repeats that one's.
fn joins(events: &Events, part: &Part, origins: &[u32]) -> bool {
    let (last, next) = (events.at(events.len() - 1), part.events.at(0));
    let repeats = next.time == last.time && next.pid == last.pid && origins[next.origin as usize] == last.origin;
    next.time == NO_TIME || repeats
}

#[cfg(test)]
#[path = "records_tests.rs"]
mod tests;
