//! The catalogue: which services there are, what they say, and in which flows they say it.
//!
//! All of it is data, under `crates/simulate/data`; this module reads them and refuses data that contradict themselves.

mod messages;
mod services;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

pub(crate) use self::{
    messages::{Message, Tables},
    services::{Format, Service},
};
use crate::{
    Chronic, Config, Error, Plugin,
    fault::FaultData,
    flow::{Flow, FlowData, Origin},
    text::{Names, Text, Var},
};

/// A service, by its place in [`Catalog::services`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ServiceId(pub(crate) u16);

/// A message, by its place in [`Catalog::messages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MessageId(pub(crate) u16);

/// A flow, by its place in [`Catalog::flows`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FlowId(pub(crate) u16);

/// A pool of things that outlive an operation, such as instances, by its place in [`Catalog::pools`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PoolId(pub(crate) u16);

/// What a pool keeps of each thing, and how many there are.
#[derive(Debug)]
pub(crate) struct Pool {
    /// The variables that belong to a thing.
    pub(crate) keeps: Vec<Var>,
    /// How many there are when the logs start.
    pub(crate) initial: usize,
    /// Below this nothing is taken away.
    pub(crate) least: usize,
    /// Above this nothing is added.
    pub(crate) most: usize,
}

/// How long the value that a variable got first is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// For the operation.
    Operation,
    /// For the record.
    Record,
    /// Not at all.
    Never,
}

/// A variable's value where nobody has set it.
#[derive(Debug)]
pub(crate) struct Definition {
    pub(crate) text: Text,
    pub(crate) kept: Kept,
}

/// Everything that is said, and by whom.
#[derive(Debug)]
pub(crate) struct Catalog {
    /// The pool of users and their projects.
    pub(crate) tenant: PoolId,
    pub(crate) names: Names,
    pub(crate) services: Vec<Service>,
    /// The variables that say which call of an API a message is about.
    pub(crate) call: Vec<Var>,
    pub(crate) messages: Vec<Message>,
    pub(crate) flows: Vec<Flow>,
    pub(crate) pools: Vec<Pool>,
    /// By variable; none for those that the simulation itself sets.
    pub(crate) definitions: Vec<Option<Definition>>,
    /// By the name of a flow.
    flow_ids: BTreeMap<String, FlowId>,
}

/// `vars.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VarsData {
    kept: BTreeMap<String, String>,
    record: BTreeMap<String, String>,
    fresh: BTreeMap<String, String>,
    pools: BTreeMap<String, PoolData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PoolData {
    keeps: Vec<String>,
    initial: usize,
    least: usize,
    most: usize,
}

/// A data file: its name and its text.
pub(crate) type DataFile = (&'static str, &'static str);

const VARS: DataFile = ("vars.toml", include_str!("../data/vars.toml"));
const FLOWS: [(Origin, DataFile); 6] = [
    (Origin::Normal, ("flows/parts.toml", include_str!("../data/flows/parts.toml"))),
    (Origin::Normal, ("flows/traffic_compute.toml", include_str!("../data/flows/traffic_compute.toml"))),
    (Origin::Normal, ("flows/traffic_other.toml", include_str!("../data/flows/traffic_other.toml"))),
    (Origin::Normal, ("flows/periodic.toml", include_str!("../data/flows/periodic.toml"))),
    (Origin::Chronic, ("flows/chronic_requests.toml", include_str!("../data/flows/chronic_requests.toml"))),
    (Origin::Chronic, ("flows/chronic_services.toml", include_str!("../data/flows/chronic_services.toml"))),
];

/// What is added where the troubles vary.
const VARIED: [(Origin, DataFile); 3] = [
    (Origin::Normal, ("flows/hosts.toml", include_str!("../data/flows/hosts.toml"))),
    (Origin::Chronic, ("flows/varied_requests.toml", include_str!("../data/flows/varied_requests.toml"))),
    (Origin::Chronic, ("flows/varied_services.toml", include_str!("../data/flows/varied_services.toml"))),
];

/// The flows of a plugin. Those of the same name take the places of others; without steps they take them away.
fn plugged(plugin: Plugin) -> DataFile {
    match plugin {
        Plugin::Ovn => ("flows/with_ovn.toml", include_str!("../data/flows/with_ovn.toml")),
        Plugin::Ceph => ("flows/with_ceph.toml", include_str!("../data/flows/with_ceph.toml")),
    }
}

/// Variables that the simulation sets itself.
pub(crate) const BUILT_IN: [&str; 11] =
    ["host", "now", "req", "target", "target_ip", "target_rp", "dest", "dest_ip", "dest_rp", "faulty", "clock"];
/// What a record of an API call says of the call. The words in it tell calls apart, what varies in it does not.
const CALL: [&str; 5] = ["method", "uri", "path", "status", "be"];
/// The host that a record is written on.
pub(crate) const HOST: Var = Var(0);
/// The time of a record.
pub(crate) const NOW: Var = Var(1);
/// The id of the request that an operation is.
pub(crate) const REQUEST: Var = Var(2);
/// The compute node that an operation is about, its address and its resource provider.
pub(crate) const TARGET: [Var; 3] = [Var(3), Var(4), Var(5)];
/// Another compute node.
pub(crate) const DEST: [Var; 3] = [Var(6), Var(7), Var(8)];
/// The host with the fault.
pub(crate) const FAULTY: Var = Var(9);
/// The time of a record as `10/Mar/2025 08:00:00`.
pub(crate) const CLOCK: Var = Var(10);

impl Catalog {
    /// The catalogue as a generation of services speaks, with the flows of the faults and plugins.
    pub(crate) fn load(config: &Config) -> Result<Self, Error> {
        let mut names = Names::default();
        for name in BUILT_IN {
            names.var(name);
        }
        let call = CALL.iter().map(|name| names.var(name)).collect();
        let services = services::load()?;
        let faults = config.faults.iter().map(|fault| Ok((fault.file(), fault.data()?)));
        let mut faults = faults.collect::<Result<Vec<_>, Error>>()?;
        let brought = faults.iter_mut().map(|(file, data)| (file.clone(), std::mem::take(&mut data.messages))).collect();
        let messages = messages::Book::load(config.generation, &services, brought, &mut names)?;
        let vars: VarsData = read(&VARS)?;
        let (pool_ids, pools) = pools(&vars, &mut names);
        let sources = sources(config, faults)?;
        let flow_ids: BTreeMap<_, _> =
            sources.iter().enumerate().map(|(index, source)| (source.name.clone(), FlowId(index as u16))).collect();
        let mut context =
            FlowContext { names: &mut names, services: &services, book: &messages, flow_ids: &flow_ids, pools: &pool_ids };
        let flows = sources
            .iter()
            .map(|Source { origin, file, name, data }| {
                Flow::read(*origin, data, &mut context).map_err(|reason| Error::data(file, format!("{name}: {reason}")))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let definitions = definitions(&vars, &mut names)?;
        let tenant = *pool_ids.get("tenant").ok_or_else(|| Error::data(VARS.0, "there is no pool of tenants"))?;
        Ok(Self { tenant, names, services, call, messages: messages.into_messages(), flows, pools, definitions, flow_ids })
    }

    /// The service of that name.
    pub(crate) fn service(&self, name: &str) -> Result<ServiceId, Error> {
        let at = self.services.iter().position(|service| service.name == name);
        at.map(|at| ServiceId(at as u16)).ok_or_else(|| Error::data("services.toml", format!("there is no service {name}")))
    }

    /// The flow of that name.
    pub(crate) fn flow(&self, name: &str) -> Result<FlowId, Error> {
        self.flow_ids.get(name).copied().ok_or_else(|| Error::data("flows", format!("there is no flow {name}")))
    }
}

/// What a flow's names are looked up in.
pub(crate) struct FlowContext<'a> {
    pub(crate) names: &'a mut Names,
    services: &'a [Service],
    book: &'a messages::Book,
    flow_ids: &'a BTreeMap<String, FlowId>,
    pools: &'a BTreeMap<String, PoolId>,
}

impl FlowContext<'_> {
    pub(crate) fn service(&self, name: &str) -> Result<ServiceId, String> {
        let at = self.services.iter().position(|service| service.name == name);
        at.map(|at| ServiceId(at as u16)).ok_or_else(|| format!("there is no service {name}"))
    }

    pub(crate) fn message(&self, service: ServiceId, key: &str) -> Result<MessageId, String> {
        let name = &self.services[usize::from(service.0)].name;
        self.book.message(name, key).ok_or_else(|| format!("{name} has no message {key}"))
    }

    pub(crate) fn flow(&self, name: &str) -> Result<FlowId, String> {
        self.flow_ids.get(name).copied().ok_or_else(|| format!("there is no flow {name}"))
    }

    pub(crate) fn pool(&self, name: &str) -> Result<PoolId, String> {
        self.pools.get(name).copied().ok_or_else(|| format!("there is no pool {name}"))
    }
}

/// A flow as in the data, and where it stands there.
struct Source {
    origin: Origin,
    file: String,
    name: String,
    data: FlowData,
}

fn sources(config: &Config, faults: Vec<(String, FaultData)>) -> Result<Vec<Source>, Error> {
    let mut sources: Vec<Source> = Vec::new();
    let varied = VARIED.iter().filter(|_| config.chronic == Chronic::Varied);
    for (origin, file) in FLOWS.iter().chain(varied) {
        let flows: BTreeMap<String, FlowData> = read(file)?;
        let source = |(name, data)| Source { origin: *origin, file: file.0.to_owned(), name, data };
        sources.extend(flows.into_iter().map(source));
    }
    let needed = faults.iter().flat_map(|(_, data)| data.needs.iter().copied());
    let plugins: BTreeSet<Plugin> = config.plugins.iter().copied().chain(needed).collect();
    for plugin in plugins {
        let file = plugged(plugin);
        for (name, data) in read::<BTreeMap<String, FlowData>>(&file)? {
            match sources.iter_mut().find(|source| source.name == name) {
                Some(source) => (source.file, source.data) = (file.0.to_owned(), data),
                None => sources.push(Source { origin: Origin::Normal, file: file.0.to_owned(), name, data }),
            }
        }
    }
    for (file, data) in faults {
        let source = |(name, data)| Source { origin: Origin::Fault, file: file.clone(), name, data };
        sources.extend(data.flows.into_iter().map(source));
    }
    Ok(sources)
}

/// Reads a data file.
pub(crate) fn read<T: for<'de> Deserialize<'de>>((name, text): &DataFile) -> Result<T, Error> {
    toml::from_str(text).map_err(|reason| Error::data(name, reason.to_string()))
}

fn pools(vars: &VarsData, names: &mut Names) -> (BTreeMap<String, PoolId>, Vec<Pool>) {
    let ids = vars.pools.keys().enumerate().map(|(index, name)| (name.clone(), PoolId(index as u16))).collect();
    let pools = vars.pools.values().map(|pool| Pool {
        keeps: pool.keeps.iter().map(|name| names.var(name)).collect(),
        initial: pool.initial,
        least: pool.least,
        most: pool.most,
    });
    (ids, pools.collect())
}

fn definitions(vars: &VarsData, names: &mut Names) -> Result<Vec<Option<Definition>>, Error> {
    let mut definitions = Vec::new();
    for (table, kept) in [(&vars.kept, Kept::Operation), (&vars.record, Kept::Record), (&vars.fresh, Kept::Never)] {
        for (name, source) in table {
            let text = Text::parse(source, names).map_err(|reason| Error::data(VARS.0, reason))?;
            definitions.push((names.var(name), Definition { text, kept }));
        }
    }
    let mut by_var: Vec<Option<Definition>> = (0..names.len()).map(|_| None).collect();
    for (var, definition) in definitions {
        by_var[usize::from(var.0)] = Some(definition);
    }
    Ok(by_var)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::{Fault, Generation};

    #[test]
    fn every_variable_gets_its_value_somewhere() {
        for generation in Generation::ALL {
            let (faults, chronic, plugins) = (Fault::all().to_vec(), Chronic::Varied, Plugin::ALL.to_vec());
            let catalog = Catalog::load(&Config { generation, faults, chronic, plugins, ..Config::default() }).unwrap();
            let mut set: HashSet<Var> = HashSet::new();
            for flow in &catalog.flows {
                flow.arguments(&mut set);
            }
            for index in 0..catalog.names.len() {
                let var = Var(index as u16);
                let name = catalog.names.name(var);
                let has_value = catalog.definitions.get(index).is_some_and(Option::is_some);
                assert!(has_value || set.contains(&var) || BUILT_IN.contains(&name), "{name} has no value");
            }
        }
    }

    #[test]
    fn faults_replace_flows_that_some_cloud_has() {
        let catalog = Catalog::load(&Config { chronic: Chronic::Varied, ..Config::default() }).unwrap();
        for fault in Fault::all() {
            let data = fault.data().unwrap();
            let own = Catalog::load(&Config { faults: vec![*fault], ..Config::default() }).unwrap();
            for rule in &data.replace {
                let known = catalog.flow(&rule.flow).is_ok() || own.flow(&rule.flow).is_ok();
                assert!(known, "{}: there is no flow {}", fault.name(), rule.flow);
            }
        }
    }

    #[test]
    fn the_catalogue_is_rich() {
        let catalog = Catalog::load(&Config::default()).unwrap();
        assert!(catalog.messages.len() >= 250, "{} messages", catalog.messages.len());
    }
}
