//! The cloud: its hosts and processes, and the things that outlive an operation.

use std::{collections::HashMap, iter, rc::Rc};

use crate::{
    calendar::{Date, Millis},
    catalog::{CLOCK, Catalog, Format, Kept, NOW, PoolId, ServiceId, TARGET},
    rng::Rng,
    text::{Values, Var},
};

/// A host, by its place in [`Cloud::hosts`]; the controller is 0, compute nodes follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct HostId(pub(crate) u16);

pub(crate) const CONTROLLER: HostId = HostId(0);

/// A machine of the cloud.
#[derive(Debug)]
pub(crate) struct Host {
    pub(crate) name: Rc<str>,
    pub(crate) address: Rc<str>,
    /// Its resource provider's UUID.
    pub(crate) provider: Rc<str>,
}

/// Values of variables.
pub(crate) type Bindings = Vec<(Var, Rc<str>)>;

/// A thing in a pool.
#[derive(Debug)]
struct Thing {
    values: Bindings,
    /// From when on it can be used.
    ready: Millis,
}

/// The cloud.
#[derive(Debug)]
pub(crate) struct Cloud {
    pub(crate) hosts: Vec<Host>,
    /// By service and host: process ids, and the request id that the process uses all its life.
    processes: HashMap<(ServiceId, HostId), (Vec<u32>, Rc<str>)>,
    pools: Vec<Vec<Thing>>,
    /// The ids of the user and of the project that services have for calling each other.
    service_user: (Rc<str>, Rc<str>),
}

impl Cloud {
    pub(crate) fn new(catalog: &Catalog, computes: u32, (rng, mut apart): (&mut Rng, Rng)) -> Self {
        let mut hosts = Vec::new();
        for index in 0..=computes {
            let mut provider = String::new();
            rng.uuid(&mut provider);
            let (name, address) =
                if index == 0 { ("controller".to_owned(), 11) } else { (format!("compute{index:02}"), 20 + index) };
            hosts.push(Host { name: name.into(), address: format!("10.20.0.{address}").into(), provider: provider.into() });
        }
        let mut id = || {
            let mut id = String::new();
            rng.hex(32, &mut id);
            Rc::from(id)
        };
        let service_user = (id(), id());
        let mut cloud =
            Self { service_user, hosts, processes: HashMap::new(), pools: catalog.pools.iter().map(|_| Vec::new()).collect() };
        for (index, service) in catalog.services.iter().enumerate() {
            let rng = if service.apart { &mut apart } else { &mut *rng };
            let places = match (service.everywhere, service.on_computes) {
                (true, _) => 0..cloud.hosts.len(),
                (false, true) => 1..cloud.hosts.len(),
                (false, false) => 0..1,
            };
            for host in places {
                // Services in containers have small process ids; programs of the host do not.
                let first = match service.format {
                    _ if service.pid > 0 => service.pid,
                    Format::Syslog => rng.between(600, 4_000) as u32,
                    _ => rng.between(7, 29) as u32,
                };
                let pids = (0..service.workers).map(|worker| first + worker + u32::from(worker > 0) * 12).collect();
                cloud.processes.insert((ServiceId(index as u16), HostId(host as u16)), (pids, request_id(rng)));
            }
        }
        cloud
    }

    /// Fills the pools with what the cloud has had since before the logs start.
    pub(crate) fn furnish(&mut self, catalog: &Catalog, now: Millis, rng: &mut Rng) {
        let others = (0..catalog.pools.len()).map(|index| PoolId(index as u16)).filter(|pool| *pool != catalog.tenant);
        for id in iter::once(catalog.tenant).chain(others) {
            let pool = &catalog.pools[usize::from(id.0)];
            for _ in 0..pool.initial {
                let mut bag = Bag::new(catalog);
                if id != catalog.tenant {
                    bag.offer(&self.choose(catalog.tenant, now, rng).unwrap_or_default());
                }
                bag.set(TARGET[0], Rc::clone(&self.host(self.any_compute(rng)).name));
                let mut scope = Scope { catalog, rng: &mut *rng, bag: &mut bag, overlay: &mut Vec::new(), now, marks: false };
                let values = pool.keeps.iter().map(|var| (*var, scope.text_of(*var))).collect();
                self.add(id, values, now);
            }
        }
    }

    pub(crate) fn host(&self, host: HostId) -> &Host {
        &self.hosts[usize::from(host.0)]
    }

    /// The compute nodes.
    pub(crate) fn computes(&self) -> impl Iterator<Item = HostId> + use<> {
        (1..self.hosts.len()).map(|host| HostId(host as u16))
    }

    /// Any compute node.
    pub(crate) fn any_compute(&self, rng: &mut Rng) -> HostId {
        HostId(rng.between(1, self.hosts.len() as u64 - 1) as u16)
    }

    /// A compute node other than `host`, where there is one.
    pub(crate) fn other_compute(&self, host: HostId, rng: &mut Rng) -> HostId {
        let nodes = self.hosts.len() as u64 - 1;
        if nodes < 2 || host == CONTROLLER {
            return self.any_compute(rng);
        }
        let step = rng.between(1, nodes - 1);
        HostId(((u64::from(host.0) - 1 + step) % nodes + 1) as u16)
    }

    /// The host of that name.
    pub(crate) fn by_name(&self, name: &str) -> Option<HostId> {
        self.hosts.iter().position(|host| &*host.name == name).map(|at| HostId(at as u16))
    }

    /// The id that a record shows for its process: one worker for the length of an operation, or a connection's number.
    pub(crate) fn pid(&self, service: ServiceId, host: HostId, format: Format, salt: u64) -> u32 {
        match format {
            Format::Rabbitmq => 1_000 + (salt % 58_000) as u32,
            Format::Mariadb => 20_000 + (salt % 70_000) as u32,
            _ => self.processes.get(&(service, host)).map_or(7, |(pids, _)| pids[(salt % pids.len().max(1) as u64) as usize]),
        }
    }

    /// The request id that the process uses all its life.
    pub(crate) fn process_request(&self, service: ServiceId, host: HostId) -> Rc<str> {
        self.processes.get(&(service, host)).map_or_else(|| "req-".into(), |(_, request)| Rc::clone(request))
    }

    /// The ids of the user and of the project that services have for calling each other.
    pub(crate) fn service_user(&self) -> (Rc<str>, Rc<str>) {
        self.service_user.clone()
    }

    pub(crate) fn count(&self, pool: PoolId) -> usize {
        self.pools[usize::from(pool.0)].len()
    }

    /// The values of something that can be used at `now`.
    pub(crate) fn choose(&self, pool: PoolId, now: Millis, rng: &mut Rng) -> Option<Bindings> {
        self.choose_on(pool, now, |_| true, rng)
    }

    /// The same of something that lives on such a host, or on none at all; of anything where there is no such thing.
    pub(crate) fn choose_on(
        &self,
        pool: PoolId,
        now: Millis,
        is_wanted: impl Fn(&str) -> bool,
        rng: &mut Rng,
    ) -> Option<Bindings> {
        let things = &self.pools[usize::from(pool.0)];
        let start = rng.below(things.len());
        let order = (0..things.len()).map(|step| &things[(start + step) % things.len()]);
        let mut usable = order.filter(|thing| thing.ready <= now);
        let lives = |thing: &&Thing| thing.values.iter().all(|(var, host)| *var != TARGET[0] || is_wanted(host));
        let chosen = usable.clone().find(lives).or_else(|| usable.next());
        chosen.map(|thing| thing.values.clone())
    }

    pub(crate) fn add(&mut self, pool: PoolId, values: Bindings, ready: Millis) {
        self.pools[usize::from(pool.0)].push(Thing { values, ready });
    }

    /// Takes away the thing whose first value is `id`.
    pub(crate) fn remove(&mut self, pool: PoolId, id: &str) {
        let things = &mut self.pools[usize::from(pool.0)];
        if let Some(at) = things.iter().position(|thing| thing.values.first().is_some_and(|(_, value)| &**value == id)) {
            things.swap_remove(at);
        }
    }
}

/// A new request id.
pub(crate) fn request_id(rng: &mut Rng) -> Rc<str> {
    let mut out = String::from("req-");
    rng.uuid(&mut out);
    out.into()
}

/// The values of one operation: set where it starts, or made where they are first asked for.
#[derive(Debug)]
pub(crate) struct Bag(Vec<Option<Rc<str>>>);

impl Bag {
    pub(crate) fn new(catalog: &Catalog) -> Self {
        Self(vec![None; catalog.names.len()])
    }

    pub(crate) fn of(&self, var: Var) -> Option<&Rc<str>> {
        self.0[usize::from(var.0)].as_ref()
    }

    pub(crate) fn set(&mut self, var: Var, value: Rc<str>) {
        self.0[usize::from(var.0)] = Some(value);
    }

    /// Sets what has no value yet.
    pub(crate) fn offer(&mut self, values: &[(Var, Rc<str>)]) {
        for (var, value) in values {
            if self.of(*var).is_none() {
                self.set(*var, Rc::clone(value));
            }
        }
    }
}

/// What texts are filled in from.
pub(crate) struct Scope<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) rng: &'a mut Rng,
    pub(crate) bag: &'a mut Bag,
    /// Set for the steps that are being written; the last one counts.
    pub(crate) overlay: &'a mut Bindings,
    pub(crate) now: Millis,
    /// Whether what varies is marked.
    pub(crate) marks: bool,
}

impl Scope<'_> {
    /// The value of `var`.
    pub(crate) fn text_of(&mut self, var: Var) -> Rc<str> {
        let mut out = String::new();
        self.value(var, &mut out);
        out.into()
    }
}

impl Values for Scope<'_> {
    fn value(&mut self, var: Var, out: &mut String) {
        if let Some((_, value)) = self.overlay.iter().rev().find(|(set, _)| *set == var) {
            out.push_str(value);
            return;
        }
        if let Some(value) = self.bag.of(var) {
            out.push_str(value);
            return;
        }
        if var == NOW {
            Date::of(self.now).write('T', out);
            out.push('Z');
            return;
        }
        if var == CLOCK {
            Date::of(self.now).write_clock(out);
            return;
        }
        let catalog = self.catalog;
        let Some(definition) = catalog.definitions.get(usize::from(var.0)).and_then(Option::as_ref) else { return };
        let start = out.len();
        // A value is kept without marks, since other texts may cut it.
        let marks = std::mem::take(&mut self.marks);
        definition.text.fill(self, out);
        self.marks = marks;
        match definition.kept {
            Kept::Operation => self.bag.set(var, out[start..].into()),
            Kept::Record => self.overlay.push((var, out[start..].into())),
            Kept::Never => {}
        }
    }

    fn rng(&mut self) -> &mut Rng {
        self.rng
    }

    fn marks(&self, var: Option<Var>) -> bool {
        self.marks && var.is_none_or(|var| !self.catalog.call.contains(&var))
    }
}
