//! One run of a flow: its steps become records, each with its time, its process and its request id.

use std::rc::Rc;

use crate::{
    Generation,
    calendar::Millis,
    catalog::{Catalog, DEST, FAULTY, Format, HOST, Message, REQUEST, TARGET},
    cloud::{Bag, Bindings, CONTROLLER, Cloud, HostId, Scope, request_id},
    flow::{Context, Flow, Item, Place, Step},
    record::{self, Identity, Record},
    rng::Rng,
    text::{MARKS, Text, Var, pattern, unmarked},
};

/// What all operations of a run share.
#[derive(Clone, Copy)]
pub(crate) struct Stage<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) cloud: &'a Cloud,
    pub(crate) generation: Generation,
    pub(crate) debug: bool,
    /// Whether records are labelled.
    pub(crate) labels: bool,
}

/// The hosts that an operation is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hosts {
    pub(crate) target: HostId,
    pub(crate) dest: HostId,
    pub(crate) faulty: HostId,
}

/// One run of a flow.
pub(crate) struct Operation<'a> {
    stage: Stage<'a>,
    flow: &'a Flow,
    hosts: Hosts,
    bag: Bag,
    /// Its request id; in other projects it is the global one.
    pub(crate) request: Rc<str>,
    /// The request ids in other projects.
    hops: Vec<(&'a str, u8, Rc<str>)>,
    start: Millis,
    /// The time of the latest step.
    pub(crate) cursor: Millis,
    /// Chooses the worker of each service that it runs in.
    salt: u64,
    /// The fault whose cause it shows.
    fault: Option<usize>,
    overlay: Bindings,
    pub(crate) records: Vec<Record>,
}

impl<'a> Operation<'a> {
    pub(crate) fn new(
        stage: Stage<'a>,
        flow: &'a Flow,
        (mut bag, hosts): (Bag, Hosts),
        (start, fault): (Millis, Option<usize>),
        rng: &mut Rng,
    ) -> Self {
        let request = request_id(rng);
        bag.set(REQUEST, Rc::clone(&request));
        for (vars, host) in [(TARGET, hosts.target), (DEST, hosts.dest)] {
            let host = stage.cloud.host(host);
            for (var, value) in vars.into_iter().zip([&host.name, &host.address, &host.provider]) {
                bag.set(var, Rc::clone(value));
            }
        }
        bag.set(FAULTY, Rc::clone(&stage.cloud.host(hosts.faulty).name));
        let salt = rng.bits();
        let (hops, overlay, records) = (Vec::new(), Vec::new(), Vec::new());
        Self { stage, flow, hosts, bag, request, hops, start, cursor: start, salt, fault, overlay, records }
    }

    /// Runs the flow; the records are in `records`.
    pub(crate) fn run(&mut self, rng: &mut Rng) {
        let flow = self.flow;
        for (var, text) in &flow.sets {
            let value = self.filled(text, rng);
            self.bag.set(*var, value);
        }
        self.steps(&flow.items, rng);
    }

    /// The values of these variables.
    pub(crate) fn values(&mut self, vars: &[Var], rng: &mut Rng) -> Bindings {
        vars.iter().map(|var| (*var, self.scope(rng).text_of(*var))).collect()
    }

    fn steps(&mut self, items: &'a [Item], rng: &mut Rng) {
        for item in items {
            let depth = self.overlay.len();
            match item {
                Item::Part { flow, sets, chance } => {
                    if rng.chance(*chance) {
                        self.set(sets, rng);
                        let catalog = self.stage.catalog;
                        self.steps(&catalog.flows[usize::from(flow.0)].items, rng);
                    }
                }
                Item::Step(step) => self.step(step, rng),
            }
            self.overlay.truncate(depth);
        }
    }

    fn step(&mut self, step: &'a Step, rng: &mut Rng) {
        let message = &self.stage.catalog.messages[usize::from(step.message.0)];
        let skipped = message.is_debug() && !self.stage.debug;
        if skipped || !rng.chance(step.chance) {
            return;
        }
        let from = if step.from_start { self.start } else { self.cursor };
        self.cursor = from + rng.between(step.delay.low, step.delay.high);
        self.set(&step.sets, rng);
        let on_computes = self.stage.catalog.services[usize::from(step.service.0)].on_computes;
        match step.place {
            _ if !on_computes => self.say(step, CONTROLLER, rng),
            Place::Controller => self.say(step, CONTROLLER, rng),
            Place::Target => self.say(step, self.hosts.target, rng),
            Place::Dest => self.say(step, self.hosts.dest, rng),
            Place::Faulty => self.say(step, self.hosts.faulty, rng),
            Place::Each => {
                for host in self.stage.cloud.computes() {
                    self.say(step, host, rng);
                    self.cursor += rng.between(0, 90);
                }
            }
        }
    }

    fn say(&mut self, step: &'a Step, host: HostId, rng: &mut Rng) {
        let stage = self.stage;
        let message = &stage.catalog.messages[usize::from(step.message.0)];
        let format = stage.catalog.services[usize::from(step.service.0)].format;
        let context = match format {
            Format::Oslo => self.context(step, host, rng),
            _ => "".into(),
        };
        let depth = self.overlay.len();
        self.overlay.push((HOST, Rc::clone(&stage.cloud.host(host).name)));
        let mut text = String::with_capacity(160);
        let mut scope = self.scope(rng);
        message.text.fill(&mut scope, &mut text);
        let mut message_len = text.len();
        for line in &message.trace {
            text.push('\n');
            line.fill(&mut scope, &mut text);
        }
        if stage.labels {
            message_len -= MARKS.map(|mark| text[..message_len].matches(mark).count()).iter().sum::<usize>();
            text = unmarked(text);
        }
        let label = stage.labels.then(|| label(message, &mut scope));
        self.overlay.truncate(depth);
        self.records.push(Record {
            time: self.cursor,
            order: 0,
            service: step.service,
            host,
            message: step.message,
            pid: stage.cloud.pid(step.service, host, format, self.salt),
            context,
            text,
            message_len,
            label,
            cause: self.fault.filter(|_| step.cause),
        });
    }

    fn context(&mut self, step: &Step, host: HostId, rng: &mut Rng) -> Rc<str> {
        let own = step.context.unwrap_or(self.flow.context);
        if own == Context::Absent {
            return "-".into();
        }
        let generation = self.stage.generation;
        if own == Context::Process {
            let request = self.stage.cloud.process_request(step.service, host);
            return record::context(generation, Identity { global: None, request: &request, user: None }).into();
        }
        let (global, request) = self.requests(step, rng);
        let abroad = global.is_some();
        let user = match own {
            Context::User => self.user(rng),
            // A service that calls another one does so with the user that it has for that.
            Context::Service => Some(self.stage.cloud.service_user()),
            Context::Admin if abroad => Some(self.stage.cloud.service_user()),
            _ => None,
        };
        let user = user.as_ref().map(|(user, project)| (&**user, &**project, "default"));
        record::context(generation, Identity { global: global.as_deref(), request: &request, user }).into()
    }

    /// The global id, where the request came from another project, and the id within the project.
    fn requests(&mut self, step: &Step, rng: &mut Rng) -> (Option<Rc<str>>, Rc<str>) {
        let service = &self.stage.catalog.services[usize::from(step.service.0)];
        if matches!(step.context, Some(Context::Admin | Context::Service)) && self.flow.context == Context::User {
            return (None, self.hop(&service.name, step.hop, rng));
        }
        if service.project == self.flow.project && step.hop == 0 {
            return (None, Rc::clone(&self.request));
        }
        (Some(Rc::clone(&self.request)), self.hop(&service.project, step.hop, rng))
    }

    /// The id of a further request, to a project or of a service for itself.
    fn hop(&mut self, project: &'a str, hop: u8, rng: &mut Rng) -> Rc<str> {
        if let Some((_, _, request)) = self.hops.iter().find(|(of, number, _)| *of == project && *number == hop) {
            return Rc::clone(request);
        }
        let request = request_id(rng);
        self.hops.push((project, hop, Rc::clone(&request)));
        request
    }

    /// The ids of the user and of the project.
    fn user(&mut self, rng: &mut Rng) -> Option<(Rc<str>, Rc<str>)> {
        let tenant = &self.stage.catalog.pools[usize::from(self.stage.catalog.tenant.0)];
        let [user, project, ..] = tenant.keeps[..] else { return None };
        let mut plain = |var| unmarked(self.scope(rng).text_of(var).to_string()).into();
        Some((plain(user), plain(project)))
    }

    fn set(&mut self, sets: &[(Var, Text)], rng: &mut Rng) {
        for (var, text) in sets {
            let mut value = String::new();
            text.fill(&mut Scope { marks: self.stage.labels, ..self.scope(rng) }, &mut value);
            self.overlay.push((*var, value.into()));
        }
    }

    fn filled(&mut self, text: &Text, rng: &mut Rng) -> Rc<str> {
        let mut out = String::new();
        text.fill(&mut self.scope(rng), &mut out);
        out.into()
    }

    fn scope<'s>(&'s mut self, rng: &'s mut Rng) -> Scope<'s> {
        Scope { catalog: self.stage.catalog, rng, bag: &mut self.bag, overlay: &mut self.overlay, now: self.cursor, marks: false }
    }
}

/// The message's name, and behind it which call of an API it is about: `nova-api.access GET /v2.1/servers/* 200`.
fn label(message: &Message, scope: &mut Scope<'_>) -> Box<str> {
    let mut label = message.name.to_string();
    for var in &scope.catalog.call {
        if message.text.names(*var) {
            let value = pattern(&scope.text_of(*var));
            // The names in a query vary as well.
            let value = value.split_once('?').map_or(value.clone(), |(route, _)| format!("{route}?*"));
            label.push(' ');
            label.push_str(&value);
        }
    }
    label.into()
}
