//! Which process and host events are of, once all is read: what the user knows counts most, then what the logs say, then what
//! a machine's own files tell, then the path.

use rustc_hash::FxHashMap;

use super::{Correction, Ingested, clock::Machine, layout::Place};
use crate::events::Symbol;

/// What the user said about a file: of each field what the longest path says.
#[must_use]
pub fn corrected(corrections: &[Correction], path: &str) -> Correction {
    let above = |c: &&Correction| match path.strip_prefix(c.path.trim_end_matches('/')) {
        Some(rest) => rest.is_empty() || rest.starts_with('/') || c.path.is_empty(),
        None => false,
    };
    let mut fitting: Vec<&Correction> = corrections.iter().filter(above).collect();
    fitting.sort_by_key(|c| std::cmp::Reverse(c.path.len()));
    Correction {
        path: path.to_owned(),
        service: fitting.iter().find_map(|c| c.service.clone()),
        host: fitting.iter().find_map(|c| c.host.clone()),
        shift: fitting.iter().find_map(|c| c.shift),
    }
}

/// Puts the host that a machine's own files tell in the place of one guessed from the path.
pub fn tell(place: &mut Place, path: &str, machines: &[Machine]) {
    if let Some(host) = machines.iter().filter(|m| path.starts_with(&m.root)).find_map(|m| m.host.clone()) {
        place.host = Some(host);
    }
}

/// Settles process and host of all events.
pub fn settle(read: &mut Ingested, corrections: &[Correction]) {
    let short = short(read);
    let Ingested { events, symbols, files, .. } = read;
    let mut given: Vec<(Option<Symbol>, Option<Symbol>)> = Vec::with_capacity(files.len());
    let mut paths: Vec<Symbol> = Vec::with_capacity(files.len());
    for file in files.iter() {
        let correction = corrected(corrections, &file.path);
        given.push((correction.service.map(|s| symbols.intern(&s)), correction.host.map(|h| symbols.intern(&h))));
        paths.push(file.place.host.as_deref().map_or(Symbol(0), |h| symbols.intern(h)));
    }
    let local: Vec<Symbol> = ["localhost", "localhost.localdomain"].iter().filter_map(|h| symbols.find(h)).collect();
    events.origins.change(|mut origin| {
        let Some((service, host)) = given.get(origin.file as usize) else { return origin };
        if local.contains(&origin.host) {
            origin.host = paths[origin.file as usize];
        }
        origin.host = host.unwrap_or_else(|| *short.get(&origin.host).unwrap_or(&origin.host));
        origin.service = service.unwrap_or(origin.service);
        origin
    });
}

/// Hosts that some logs call by their whole name and others by its first part: the first part of each, where no two of them have it
/// in common.
fn short(read: &Ingested) -> FxHashMap<Symbol, Symbol> {
    let mut hosts: Vec<Symbol> = read.events.origins.list().iter().map(|o| o.host).filter(|h| !h.is_none()).collect();
    hosts.sort_unstable();
    hosts.dedup();
    let mut whole: FxHashMap<&str, Vec<Symbol>> = FxHashMap::default();
    for host in &hosts {
        let text = read.symbols.text(*host);
        if let Some((first, _)) = text.split_once('.').filter(|(first, _)| first.bytes().any(|b| b.is_ascii_alphabetic())) {
            whole.entry(first).or_default().push(*host);
        }
    }
    let one = |(first, whole): (&str, Vec<Symbol>)| match whole[..] {
        [long] => read.symbols.find(first).filter(|s| hosts.contains(s)).map(|short| (long, short)),
        _ => None,
    };
    whole.into_iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_path_counts_for_each_field() {
        let say = |path: &str, service: Option<&str>, host: Option<&str>| Correction {
            path: path.into(),
            service: service.map(str::to_owned),
            host: host.map(str::to_owned),
            shift: None,
        };
        let all = [say("a", None, Some("h1")), say("a/nova/x.log", Some("nova-x"), None), say("a/nova/", None, Some("h2"))];
        let found = corrected(&all, "a/nova/x.log");
        assert_eq!((found.service.as_deref(), found.host.as_deref()), (Some("nova-x"), Some("h2")));
        assert_eq!(corrected(&all, "ab/x.log").host, None);
        assert_eq!(corrected(&all, "a/y.log").host.as_deref(), Some("h1"));
    }
}
