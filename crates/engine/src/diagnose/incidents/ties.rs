//! What ties records to each other: requests and resources, hosts, projects, known failures.

use std::{
    collections::BTreeMap,
    hash::{Hash, Hasher},
    sync::LazyLock,
};

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

/// Something that records can have to do with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// How they have to do with it.
    pub kind: Kind,
    /// What it is.
    pub value: u64,
}

/// How records have to do with something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// They name one thing, such as a request or a port.
    Thing,
    /// They come from it, or are of that kind: a project, a host, a known failure.
    Own,
    /// They come from what works with it.
    Uses,
}

/// What each project works with, from `knowledge/uses.toml`.
static USES: LazyLock<BTreeMap<String, Vec<String>>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../knowledge/uses.toml")).unwrap_or_default());

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
        keys.extend(lead.signature.iter().map(|s| key(Kind::Own, ("known", s.id.as_str()))));
        keys.extend(lead.subsystem.iter().map(|s| project(s, basis, lead.finding.event, Kind::Own)));
    }
    let step = burst.events.len().div_ceil(SAMPLES).max(1);
    for event in burst.events.iter().step_by(step) {
        keys.extend(of_event(basis, *event));
        keys.extend(used(basis, *event));
        keys.extend(hosts_of(basis, *event, hosts));
    }
    keys
}

/// What an event has by itself: its project, its request and the one that called it, and the ids that it names.
pub fn of_event(basis: &Basis, event: u32) -> Keys {
    let (read, n) = (basis.read, event as usize);
    let text = read.text(n);
    let caller = Some(read.events.caller(read.events.request[n])).filter(|c| !c.is_none());
    let mut keys: Keys = ids(&text[..text.len().min(LONGEST)]).map(|id| key(Kind::Thing, id)).collect();
    keys.extend(own(basis, event).map(|own| project(own, basis, event, Kind::Own)));
    keys.extend(caller.into_iter().flat_map(|c| ids(read.symbols.text(c).as_bytes())).map(|id| key(Kind::Thing, id)));
    keys
}

/// The hosts that an event comes from or names.
fn hosts_of<'a>(basis: &Basis<'a>, event: u32, hosts: &'a Hosts<'a>) -> impl Iterator<Item = Key> + 'a {
    let read = basis.read;
    let own = hosts.named(read.symbols.text(read.events.host(event as usize)).as_bytes());
    let text = read.text(event as usize);
    let text = &text[(read.events.body[event as usize] as usize).min(text.len())..];
    let words = text[..text.len().min(LONGEST)].split(|b| !(b.is_ascii_alphanumeric() || b"-._".contains(b)));
    own.into_iter().chain(words.filter_map(|word| hosts.named(word))).map(|host| key(Kind::Own, ("host", host)))
}

/// What the project of an event works with, and what lies below it.
fn used(basis: &Basis, event: u32) -> impl Iterator<Item = Key> {
    let of = |name: &str| USES.get(name).into_iter().flatten();
    let own = own(basis, event);
    let all = own.into_iter().flat_map(of).chain(of("*")).map(String::as_str).chain(["host"]);
    all.map(move |name| project(name, basis, event, Kind::Uses))
}

/// The project that wrote an event; the process where that is not known.
fn own<'a>(basis: &Basis<'a>, event: u32) -> Option<&'a str> {
    let service = basis.read.symbols.said(basis.read.events.service(event as usize))?;
    Some(basis.asked.known.subsystem_of(service).and_then(|c| c.subsystem.as_deref()).unwrap_or(service))
}

/// A project; what lies below all of them, on a host, is another thing on each.
fn project(name: &str, basis: &Basis, event: u32, kind: Kind) -> Key {
    let host = (name == "host").then(|| basis.read.events.host(event as usize));
    key(kind, ("project", name, host))
}

fn key(kind: Kind, value: impl Hash) -> Key {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    Key { kind, value: hasher.finish() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::Known;

    #[test]
    fn what_projects_work_with_is_known() {
        let known: BTreeSet<_> = Known::built_in().components().iter().filter_map(|c| c.subsystem.as_deref()).collect();
        assert!(USES.len() > 10);
        for name in USES.iter().flat_map(|(name, uses)| uses.iter().chain([name])).filter(|name| *name != "*") {
            assert!(known.contains(name.as_str()), "{name}");
        }
    }
}
