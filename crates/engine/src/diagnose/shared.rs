//! What many failing services share: the endpoint that their errors name, or the host that they run on.
//!
//! Each of them says that it cannot go on; none says why. What they have in common says where to look.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::{
    known::Known,
    lead::{GRAVE, Lead},
};
use crate::ingest::Ingested;

/// So many services must fail on the same; two may be a caller and the one it calls.
const MANY: usize = 3;
/// Leads below this share of the weightiest one are not asked.
const LEAST_SHARE: f64 = 0.2;
/// So much of a record is read.
const LONGEST: usize = 8192;
/// This share of what weighs must come from one host for it to be the host's.
const ONE_HOST: f64 = 0.8;

/// What services have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// What it is.
    pub what: What,
    /// As the records name it, where they do: `10.0.0.10:3306`, `compute03`.
    pub name: String,
    /// The process behind it, where that is known.
    pub service: Option<String>,
    /// The project behind it.
    pub subsystem: Option<String>,
    /// The services that fail, by name.
    pub services: Vec<String>,
    /// Their leads, weightiest first.
    pub leads: Vec<usize>,
}

/// What can be shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A place in the network that all of them name.
    Endpoint,
    /// The host that all of them run on, while the same services do well on others.
    Host,
}

impl Shared {
    /// What to look at, and how.
    #[must_use]
    pub fn checks(&self) -> Vec<String> {
        match self.what {
            What::Endpoint => {
                let behind = self.service.as_deref().unwrap_or("what listens there");
                let address = self.name.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
                let reach = address.map_or_else(
                    || format!("Check: `curl -sS http://{}`", self.name),
                    |(host, port)| format!("Check: `nc -vz {} {port}`", host.trim_matches(['[', ']'])),
                );
                vec![
                    format!("See whether {behind} at {} runs and answers, from one of the hosts that complain of it.", self.name),
                    reach,
                    format!(
                        "Read the log of {behind} from just before the first complaint; add it to these logs if it is not among them."
                    ),
                ]
            }
            What::Host => vec![
                format!("Look at {} itself: network, disks, memory, clock, and what was changed there last.", self.name),
                "Check: `ip -br address`".into(),
                "Check: `df -h`".into(),
                "Check: `journalctl -p err --since -1h`".into(),
            ],
        }
    }
}

/// Which part of a cloud listens where, from `knowledge/ports.toml`.
#[derive(Debug, Default, Deserialize)]
struct Places {
    ports: BTreeMap<String, String>,
    paths: BTreeMap<String, String>,
}

static PLACES: LazyLock<Places> =
    LazyLock::new(|| toml::from_str(include_str!("../../knowledge/ports.toml")).unwrap_or_default());

/// `10.0.0.10:3306`, `[fd00::1]:3306`, `db.example.org:3306`, `host='10.0.0.10', port=5000`, `http://controller/identity/v3`.
static ENDPOINT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let address = r"(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9A-Fa-f:]+\])";
    let name = r"[A-Za-z][A-Za-z0-9.-]*";
    let url = format!(r"https?://(?<site>{address}|{name})/(?<path>[a-z-]+)(?:/|\b)");
    let port = format!(r"(?:(?<address>{address})|(?<name>{name}))(?::|', port=|', )(?<port>\d{{2,5}})\b");
    Regex::new(&format!("{url}|{port}")).ok()
});

/// An endpoint in a text: as it stands there, and what listens at it where that is known.
fn endpoints(text: &str) -> impl Iterator<Item = (String, Option<&'static str>)> {
    ENDPOINT.iter().flat_map(move |form| form.captures_iter(text)).filter_map(|found| {
        let of = |name: &str| found.name(name).map(|m| m.as_str());
        if let (Some(site), Some(path)) = (of("site"), of("path")) {
            let behind = PLACES.paths.get(path)?;
            return Some((format!("{site}/{path}"), Some(behind.as_str())));
        }
        let port = of("port")?;
        let behind = PLACES.ports.get(port).map(String::as_str);
        // A word before a colon and a number is a host only where something known listens there.
        let host = of("address").or_else(|| of("name").filter(|_| behind.is_some()))?;
        Some((format!("{host}:{port}"), behind))
    })
}

/// What the leads' services share, that which weighs most first.
#[must_use]
pub fn shared(leads: &[Lead], read: &Ingested, known: &Known) -> Vec<Shared> {
    let least = LEAST_SHARE * leads.first().map_or(0.0, |l| l.weight);
    let grave = |l: &Lead| l.finding.signals.severity >= GRAVE && l.weight >= least && l.absent.is_none();
    let asked: Vec<usize> = (0..leads.len()).filter(|n| grave(&leads[*n])).collect();
    let mut all: Vec<Shared> = by_endpoint(&asked, leads, read, known);
    all.extend(by_host(&asked, leads, read));
    all.sort_by_key(|s| (s.leads.first().copied(), s.name.clone()));
    all
}

/// Whoever wrote a lead.
fn writer<'a>(lead: &Lead, read: &'a Ingested) -> Option<&'a str> {
    read.symbols.said(read.events.service(lead.finding.event as usize))
}

fn by_endpoint(asked: &[usize], leads: &[Lead], read: &Ingested, known: &Known) -> Vec<Shared> {
    let mut named: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for n in asked {
        let text = &leads[*n].message;
        let text = &text[..text.floor_char_boundary(LONGEST)];
        let mut seen = FxHashSet::default();
        for (name, behind) in endpoints(text) {
            let key = behind.map_or_else(|| name.clone(), str::to_owned);
            if seen.insert(key.clone()) {
                named.entry(key).or_default().push((*n, name));
            }
        }
    }
    let shared = named.into_iter().filter_map(|(key, found)| {
        let component = known.subsystem_of(&key);
        let (service, subsystem) = component.map_or((None, None), |c| (c.service.clone(), c.subsystem.clone()));
        let own = |n: usize| {
            let of = writer(&leads[n], read).and_then(|w| known.subsystem_of(w)).and_then(|c| c.subsystem.as_deref());
            of.is_some() && of == subsystem.as_deref()
        };
        // A process names its own address when it speaks of itself.
        let found: Vec<(usize, String)> = found.into_iter().filter(|(n, _)| !own(*n)).collect();
        let leads_of: Vec<usize> = found.iter().map(|(n, _)| *n).collect();
        let services = independent(&leads_of, leads, read);
        (services.len() >= MANY).then(|| Shared {
            what: What::Endpoint,
            name: most_frequent(found.into_iter().map(|(_, name)| name)),
            service: service.or_else(|| component.is_some().then_some(key)),
            subsystem,
            services,
            leads: leads_of,
        })
    });
    shared.collect()
}

/// The services of some leads, by name. Those that met it in one request count as one: each passes on what the next one said.
fn independent(of: &[usize], leads: &[Lead], read: &Ingested) -> Vec<String> {
    let request = |n: usize| read.events.request[leads[n].finding.event as usize];
    let services: FxHashSet<&str> = of.iter().filter_map(|n| writer(&leads[*n], read)).collect();
    let mut requests = FxHashSet::default();
    let apart = of.iter().filter(|n| request(**n).is_none() || requests.insert(request(**n)));
    let apart: FxHashSet<&str> = apart.filter_map(|n| writer(&leads[*n], read)).collect();
    let mut names: Vec<String> = services.iter().map(|s| (*s).to_owned()).collect();
    names.sort_unstable();
    names.truncate(if apart.len() >= MANY { names.len() } else { 0 });
    names
}

fn most_frequent(names: impl Iterator<Item = String>) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
    most.map(|(name, _)| name).unwrap_or_default()
}

/// The host where nearly all that failed failed, if the same services write elsewhere too and have no errors there.
fn by_host(asked: &[usize], leads: &[Lead], read: &Ingested) -> Option<Shared> {
    let host = |n: usize| read.symbols.said(read.events.host(leads[n].finding.event as usize));
    let mut weights: FxHashMap<&str, f64> = FxHashMap::default();
    for n in asked {
        // One that comes from nobody knows where may come from another host.
        *weights.entry(host(*n)?).or_default() += leads[*n].weight;
    }
    let all: f64 = weights.values().sum();
    let (name, most) = weights.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(a.0)))?;
    if most < ONE_HOST * all {
        return None;
    }
    let (here, elsewhere): (Vec<usize>, Vec<usize>) = asked.iter().partition(|n| host(**n) == Some(name));
    let ill: FxHashSet<&str> = elsewhere.iter().filter_map(|n| writer(&leads[*n], read)).collect();
    let well = |service: &&String| {
        let origins = read.events.origins.list().iter();
        let mut others = origins.filter(|o| read.symbols.said(o.host).is_some_and(|h| h != name));
        !ill.contains(service.as_str()) && others.any(|o| read.symbols.text(o.service) == service.as_str())
    };
    let services: Vec<String> = independent(&here, leads, read).into_iter().filter(|s| well(&s)).collect();
    (services.len() >= MANY).then(|| Shared {
        what: What::Host,
        name: name.to_owned(),
        service: None,
        subsystem: Some("host".into()),
        services,
        leads: here,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_found_in_whatever_form_services_write_them() {
        let found = |text: &str| endpoints(text).collect::<Vec<_>>();
        let one = |name: &str, behind: Option<&'static str>| vec![(name.to_owned(), behind)];
        assert_eq!(found("AMQP server on 10.0.0.10:5672 is unreachable: timed out"), one("10.0.0.10:5672", Some("rabbitmq")));
        assert_eq!(
            found("HTTPConnectionPool(host='10.0.0.9', port=5000): Max retries exceeded with url: /v3/auth/tokens"),
            one("10.0.0.9:5000", Some("keystone"))
        );
        assert_eq!(found("tcp:[fd00::1]:6642: connection attempt failed"), one("[fd00::1]:6642", Some("ovn")));
        assert_eq!(
            found("Unable to reach http://controller/placement/resource_providers"),
            one("controller/placement", Some("placement-api"))
        );
        assert_eq!(found("connect to 192.168.4.7:8443 refused"), one("192.168.4.7:8443", None));
        assert!(found("File \"manager.py\", line 123, at 12:34:56 port:99 sda1:42").is_empty());
    }

    #[test]
    fn all_that_listens_is_a_known_component() {
        let known = Known::built_in();
        assert!(PLACES.ports.len() > 20 && PLACES.paths.len() > 5);
        for name in PLACES.ports.values().chain(PLACES.paths.values()) {
            assert!(known.subsystem_of(name).is_some_and(|c| c.subsystem.is_some()), "{name}");
        }
        assert!(PLACES.ports.keys().all(|p| p.parse::<u16>().is_ok()));
    }
}
