//! A query resolved against the columns: names and templates become sets once, times become places in the order, so that asking an
//! event costs a few look-ups.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{
    Explorer,
    query::{Bound, Field, Pattern, Query, Span, Term, Test},
    text::Finder,
};
use crate::{
    Error,
    events::{Events, Origin, Symbol},
};

/// A query as it is asked of events.
#[derive(Debug)]
pub struct Filter {
    /// Places in the order of all events where those wanted can stand, ascending and apart.
    pub places: Vec<Range<usize>>,
    /// What their texts must hold, and whether it is what they must not.
    pub texts: Vec<(Finder, bool)>,
    levels: u8,
    origins: Option<Vec<bool>>,
    requests: Option<Vec<bool>>,
    instances: Option<Vec<bool>>,
    templates: Option<Vec<bool>>,
    pids: Vec<(Vec<u32>, bool)>,
    importances: Vec<(Bound, f32, bool)>,
}

impl Filter {
    /// Resolves a query.
    pub fn new(explorer: &Explorer, query: &Query) -> Result<Self, Error> {
        let mut filter = Self {
            places: std::iter::once(0..explorer.order.len()).collect(),
            texts: Vec::new(),
            levels: u8::MAX,
            origins: None,
            requests: None,
            instances: None,
            templates: None,
            pids: Vec::new(),
            importances: Vec::new(),
        };
        for term in &query.terms {
            filter.add(explorer, term)?;
        }
        // What must be there leaves fewer events to those that come after it.
        filter.texts.sort_by_key(|(finder, exclude)| (*exclude, !matches!(finder, Finder::Word(_))));
        Ok(filter)
    }

    /// Whether the places alone say which events are wanted.
    pub fn is_span(&self) -> bool {
        let columns = [&self.origins, &self.requests, &self.instances, &self.templates];
        self.texts.is_empty() && self.asks_no_column(columns) && self.places.len() <= 1
    }

    fn asks_no_column(&self, columns: [&Option<Vec<bool>>; 4]) -> bool {
        let lists = self.pids.is_empty() && self.importances.is_empty();
        self.levels == u8::MAX && lists && columns.iter().all(|column| column.is_none())
    }

    /// Whether the columns of an event are as wanted.
    pub fn passes(&self, explorer: &Explorer, event: u32) -> bool {
        let n = event as usize;
        let events = &explorer.logs.read.events;
        let is_in = |set: &Option<Vec<bool>>, value: u32| set.as_ref().is_none_or(|set| set[value as usize]);
        self.levels & (1 << events.level[n] as u8) != 0
            && is_in(&self.origins, events.origin[n])
            && is_in(&self.requests, events.request[n].0)
            && is_in(&self.instances, events.instance[n].0)
            && is_in(&self.templates, explorer.logs.of[n])
            && self.pids.iter().all(|(pids, exclude)| pids.contains(&events.pid[n]) != *exclude)
            && self.importances.iter().all(|(bound, value, exclude)| {
                explorer.logs.importance.get(n).is_some_and(|i| bound.holds(*i, *value)) != *exclude
            })
    }

    fn add(&mut self, explorer: &Explorer, term: &Term) -> Result<(), Error> {
        let exclude = term.exclude;
        let unfit = |error: regex::Error| Error::Query {
            position: 1,
            reason: format!("an expression that does not compile ({error})"),
            remedy: "make the expression smaller",
        };
        match &term.test {
            Test::Phrase(text) => self.texts.push((Finder::phrase(text, &explorer.rarity).map_err(unfit)?, exclude)),
            Test::Regex { pattern, case } => {
                self.texts.push((Finder::expression(pattern, *case).map_err(unfit)?, exclude));
            }
            Test::Level(mask) => self.levels &= if exclude { !mask } else { *mask },
            Test::Name(field, patterns) => self.add_names(explorer, *field, patterns, exclude),
            Test::Template(ids) => {
                let wanted = (0..explorer.logs.templates.list.len() as u32).map(|id| ids.contains(&id));
                narrow(&mut self.templates, wanted, exclude);
            }
            Test::Pid(pids) => self.pids.push((pids.clone(), exclude)),
            Test::Time(spans) => self.places = both(&self.places, &places(explorer, spans, exclude)),
            Test::Importance(bound, value) => self.importances.push((*bound, *value, exclude)),
        }
        Ok(())
    }

    fn add_names(&mut self, explorer: &Explorer, field: Field, patterns: &[Pattern], exclude: bool) {
        let read = &explorer.logs.read;
        let mut named: Vec<bool> = read.symbols.texts().map(|t| patterns.iter().any(|p| p.matches(t))).collect();
        let origins = |is: &dyn Fn(&Origin) -> bool| read.events.origins.list().iter().map(is).collect::<Vec<bool>>();
        let by_origin = match field {
            Field::Request => {
                follow(&read.events, &mut named);
                return narrow(&mut self.requests, named.into_iter(), exclude);
            }
            Field::Instance => return narrow(&mut self.instances, named.into_iter(), exclude),
            Field::Service => origins(&|o| named[o.service.0 as usize]),
            Field::Host => origins(&|o| named[o.host.0 as usize]),
            Field::Logger => origins(&|o| named[o.logger.0 as usize]),
            Field::File => {
                let files = files(explorer, patterns);
                origins(&|o| files.get(o.file as usize).copied().unwrap_or_default())
            }
        };
        narrow(&mut self.origins, by_origin.into_iter(), exclude);
    }
}

/// Leaves in a set what is wanted, or what is not.
fn narrow(set: &mut Option<Vec<bool>>, wanted: impl Iterator<Item = bool>, exclude: bool) {
    let wanted = wanted.map(|w| w != exclude);
    *set = Some(match set.take() {
        None => wanted.collect(),
        Some(before) => before.into_iter().zip(wanted).map(|(a, b)| a && b).collect(),
    });
}

/// The files that are meant: by the whole path, or by the end of it behind a `/` where no whole path is like that.
fn files(explorer: &Explorer, patterns: &[Pattern]) -> Vec<bool> {
    let paths: Vec<&str> = explorer.logs.read.files.iter().map(|f| f.path.as_str()).collect();
    let mut wanted = vec![false; paths.len()];
    for pattern in patterns {
        let whole = paths.iter().any(|path| pattern.matches(path));
        for (wanted, path) in wanted.iter_mut().zip(&paths) {
            let ends = || path.match_indices('/').any(|(at, _)| pattern.matches(&path[at + 1..]));
            *wanted |= if whole { pattern.matches(path) } else { ends() };
        }
    }
    wanted
}

/// Adds to requests all those that they called or were called by, over any number of steps: those with the same first caller.
fn follow(events: &Events, named: &mut [bool]) {
    if events.callers.is_empty() {
        return;
    }
    let mut of: FxHashMap<Symbol, Symbol> = FxHashMap::default();
    for request in events.callers.keys() {
        of.insert(*request, first_caller(events, *request));
    }
    let is_named = |symbol: Symbol| named.get(symbol.0 as usize).copied().unwrap_or_default();
    let mut firsts: Vec<Symbol> = of.iter().filter(|(request, _)| is_named(**request)).map(|(_, first)| *first).collect();
    firsts.extend(of.values().copied().filter(|first| is_named(*first)));
    firsts.sort_unstable();
    for (request, first) in &of {
        if firsts.binary_search(first).is_ok() {
            named[request.0 as usize] = true;
            named[first.0 as usize] = true;
        }
    }
}

/// The request at the top of those that called each other.
fn first_caller(events: &Events, request: Symbol) -> Symbol {
    // Calls nest a few levels deep; what goes on longer runs in a circle.
    const DEEPEST: usize = 16;
    let callers = std::iter::successors(Some(request), |r| Some(events.caller(*r)).filter(|c| !c.is_none()));
    let chain: Vec<Symbol> = callers.take(DEEPEST).collect();
    let circle = chain.len() == DEEPEST;
    // All of a circle must agree on one of them.
    if circle { chain.iter().copied().min().unwrap_or(request) } else { chain.last().copied().unwrap_or(request) }
}

/// The places of spans of time, or of all else.
fn places(explorer: &Explorer, spans: &[Span], exclude: bool) -> Vec<Range<usize>> {
    let place = |moment: Option<i64>, open: i64| explorer.before(moment.unwrap_or(open));
    let mut places: Vec<Range<usize>> =
        spans.iter().map(|s| place(s.from, i64::MIN)..place(s.to, i64::MAX)).filter(|r| r.start < r.end).collect();
    places.sort_by_key(|r| (r.start, r.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in places {
        match apart.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => apart.push(range),
        }
    }
    if exclude { others(&apart, explorer.order.len()) } else { apart }
}

fn others(places: &[Range<usize>], end: usize) -> Vec<Range<usize>> {
    let starts = std::iter::once(0).chain(places.iter().map(|r| r.end));
    let ends = places.iter().map(|r| r.start).chain(std::iter::once(end));
    starts.zip(ends).map(|(a, z)| a..z).filter(|r| r.start < r.end).collect()
}

fn both(a: &[Range<usize>], b: &[Range<usize>]) -> Vec<Range<usize>> {
    let pairs = a.iter().flat_map(|x| b.iter().map(move |y| x.start.max(y.start)..x.end.min(y.end)));
    pairs.filter(|r| r.start < r.end).collect()
}
