//! What ties records to each other: requests and resources, hosts, projects, known failures.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::{Basis, bursts::Burst};
use crate::{
    diagnose::lead::Lead,
    events::Symbol,
    ingest::{Ingested, clock::ids},
};

/// So many events of a burst are read for what they name.
const SAMPLES: usize = 64;
/// So much of a record is.
const LONGEST: usize = 4096;

/// Something that two records can share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// Whether it is one thing, such as a request or a port, rather than a kind of things.
    pub one_thing: bool,
    value: u64,
}

/// What some records have.
pub type Keys = FxHashSet<Key>;

/// Hosts that tell records apart: not those on which most services run.
#[derive(Debug)]
pub struct Hosts<'a> {
    names: FxHashMap<&'a str, Symbol>,
}

impl<'a> Hosts<'a> {
    /// The hosts of what was read.
    pub fn of(read: &'a Ingested) -> Self {
        let mut services: FxHashMap<Symbol, FxHashSet<Symbol>> = FxHashMap::default();
        for origin in read.events.origins.list().iter().filter(|o| !o.host.is_none() && !o.service.is_none()) {
            services.entry(origin.host).or_default().insert(origin.service);
        }
        let all = services.values().flatten().collect::<FxHashSet<_>>().len();
        let telling = services.iter().filter(|(_, own)| 2 * own.len() <= all);
        Self { names: telling.map(|(host, _)| (read.symbols.text(*host), *host)).collect() }
    }

    /// The one with a name.
    fn named(&self, name: &[u8]) -> Option<Symbol> {
        self.names.get(str::from_utf8(name).ok()?).copied()
    }
}

/// What a burst has: what its leads point to, and what its events name.
pub fn of_burst(basis: &Basis, burst: &Burst, leads: &[Lead], hosts: &Hosts) -> Keys {
    let mut keys = Keys::default();
    for lead in burst.leads.iter().map(|n| &leads[*n]) {
        keys.extend(lead.signature.iter().map(|s| key(false, ("known", s.id.as_str()))));
        keys.extend(lead.subsystem.iter().map(|s| project(s, basis, lead.finding.event)));
    }
    let step = burst.events.len().div_ceil(SAMPLES).max(1);
    for event in burst.events.iter().step_by(step) {
        keys.extend(of_event(basis, *event));
        keys.extend(hosts_of(basis, *event, hosts));
    }
    keys
}

/// What an event has by itself: its project, its request and the one that called it, and the ids that it names.
pub fn of_event(basis: &Basis, event: u32) -> Keys {
    let (read, n) = (basis.read, event as usize);
    let service = read.symbols.said(read.events.service(n));
    let own = service.map(|s| basis.asked.known.subsystem_of(s).and_then(|c| c.subsystem.as_deref()).unwrap_or(s));
    let text = read.text(n);
    let caller = Some(read.events.caller(read.events.request[n])).filter(|c| !c.is_none());
    let mut keys: Keys = ids(&text[..text.len().min(LONGEST)]).map(|id| key(true, id)).collect();
    keys.extend(own.map(|own| project(own, basis, event)));
    keys.extend(caller.into_iter().flat_map(|c| ids(read.symbols.text(c).as_bytes())).map(|id| key(true, id)));
    keys
}

/// The hosts that an event comes from or names.
fn hosts_of<'a>(basis: &Basis<'a>, event: u32, hosts: &'a Hosts<'a>) -> impl Iterator<Item = Key> + 'a {
    let read = basis.read;
    let own = hosts.named(read.symbols.text(read.events.host(event as usize)).as_bytes());
    let text = read.text(event as usize);
    let text = &text[(read.events.body[event as usize] as usize).min(text.len())..];
    let words = text[..text.len().min(LONGEST)].split(|b| !(b.is_ascii_alphanumeric() || b"-._".contains(b)));
    own.into_iter().chain(words.filter_map(|word| hosts.named(word))).map(|host| key(false, ("host", host)))
}

/// A project; what lies below all of them, on a host, is another thing on each.
fn project(name: &str, basis: &Basis, event: u32) -> Key {
    let host = (name == "host").then(|| basis.read.events.host(event as usize));
    key(false, ("project", name, host))
}

fn key(one_thing: bool, value: impl Hash) -> Key {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    Key { one_thing, value: hasher.finish() }
}
