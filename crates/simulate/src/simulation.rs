//! The run: what happens when, one operation after another, and the records in the order of their time.
//!
//! Memory holds only what is under way: the records of operations that have begun, until their time has come.

use std::{cmp::Reverse, collections::BinaryHeap, rc::Rc};

use crate::{
    Chronic, Config, Error, Layout, Size, Truth,
    calendar::{self, Millis},
    catalog::{Catalog, FlowId, PoolId, TARGET},
    cloud::{Bag, Cloud, HostId},
    files::Files,
    flow::{Context, On, Origin, Span},
    incident::{Incident, Instead, State},
    operation::{Hosts, Operation, Stage},
    record::Record,
    rng::Rng,
    truth::FORMAT_VERSION,
};

/// How busy users are in each hour of the day, in percent.
const BUSY: [u64; 24] =
    [40, 35, 30, 30, 35, 45, 60, 85, 120, 150, 160, 150, 130, 145, 160, 155, 140, 120, 100, 85, 75, 65, 55, 45];

/// After so many lines the caller is asked whether to go on.
const LINES_BETWEEN_QUESTIONS: u64 = 8_192;

/// Something that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Task {
    /// A user asks for something.
    Traffic,
    /// A flow that repeats of itself, for the fault that it belongs to.
    Repeat { flow: FlowId, host: HostId, fault: Option<usize> },
}

/// A run.
pub(crate) struct Simulation<'a> {
    config: &'a Config,
    catalog: &'a Catalog,
    cloud: Cloud,
    rng: Rng,
    incidents: Vec<Incident>,
    agenda: BinaryHeap<Reverse<(Millis, u64, Task)>>,
    records: BinaryHeap<Record>,
    /// Counts tasks and records, to order what happens within a millisecond.
    order: u64,
    /// What users ask for, with the sum of the weights so far.
    traffic: Vec<(FlowId, u64)>,
    /// In how many percent of its usual times each flow comes; 0 for what this cloud does not have.
    rates: Vec<u64>,
    start: Millis,
    /// Times of the first and of the latest record.
    written: Option<(Millis, Millis)>,
}

impl<'a> Simulation<'a> {
    pub(crate) fn new(config: &'a Config, catalog: &'a Catalog) -> Result<Self, Error> {
        let mut rng = Rng::new(config.seed);
        let start = config.start * 1_000;
        let mut cloud = Cloud::new(catalog, config.computes, (&mut rng, Rng::new(!config.seed)));
        cloud.furnish(catalog, start, &mut rng);
        let incidents = config.faults.iter().map(|fault| Incident::new(*fault, catalog, &cloud, &mut rng));
        let incidents = incidents.collect::<Result<_, _>>()?;
        let (agenda, records, traffic) = (BinaryHeap::new(), BinaryHeap::new(), Vec::new());
        let (rates, order, written) = (rates(config, catalog), 0, None);
        let mut run = Self { config, catalog, cloud, rng, incidents, agenda, records, order, traffic, rates, start, written };
        run.schedule();
        Ok(run)
    }

    /// Runs until enough is written, and tells the truth about it.
    pub(crate) fn run(mut self, files: &mut Files, go_on: &mut dyn FnMut(u64) -> bool) -> Result<Truth, Error> {
        let mut asked = 0;
        while let Some(Reverse((due, _, task))) = self.agenda.pop() {
            if !self.write_until(due, files)? {
                break;
            }
            if files.lines() - asked >= LINES_BETWEEN_QUESTIONS {
                asked = files.lines();
                if !go_on(asked) {
                    return Err(Error::Cancelled);
                }
            }
            self.advance_incidents(files.lines(), due);
            self.perform(task, due);
        }
        go_on(files.lines());
        Ok(self.truth(files.lines()))
    }

    /// Writes the records up to a time; false once enough is written.
    fn write_until(&mut self, due: Millis, files: &mut Files) -> Result<bool, Error> {
        while self.records.peek().is_some_and(|record| record.time <= due) {
            let Some(record) = self.records.pop() else { break };
            if self.is_enough(files.lines(), record.time) {
                return Ok(false);
            }
            if self.incidents.iter().any(|incident| incident.silences(record.service, record.host)) {
                continue;
            }
            let skew: i64 = self.incidents.iter().map(|incident| incident.skew(record.host)).sum();
            let lines = files.write(&record, record.time.saturating_add_signed(skew), self.catalog, &self.cloud)?;
            self.written = Some((self.written.map_or(record.time, |(first, _)| first), record.time));
            if let Some(incident) = record.cause.and_then(|fault| self.incidents.get_mut(fault)) {
                incident.note_cause(&lines);
            }
        }
        Ok(!self.is_enough(files.lines(), due))
    }

    fn is_enough(&self, lines: u64, time: Millis) -> bool {
        match self.config.size {
            Size::Lines(enough) => lines >= enough,
            Size::Seconds(seconds) => time >= self.start + seconds * 1_000,
        }
    }

    /// Puts on the agenda what a healthy cloud does.
    fn schedule(&mut self) {
        let mut sum = 0;
        for (index, flow) in self.catalog.flows.iter().enumerate() {
            let id = FlowId(index as u16);
            let rate = self.rates[index];
            if flow.origin == Origin::Fault || rate == 0 {
                continue;
            }
            if flow.weight > 0 {
                sum += (u64::from(flow.weight) * rate).div_ceil(100);
                self.traffic.push((id, sum));
            }
            if let Some(every) = flow.every {
                self.repeat(id, every, self.start, None);
            }
        }
        self.expect(self.start, Task::Traffic);
    }

    /// Puts a flow that repeats on the agenda, once for each host that it runs on.
    fn repeat(&mut self, flow: FlowId, every: Span, now: Millis, fault: Option<usize>) {
        let faulty = fault.map_or_else(|| self.cloud.any_compute(&mut self.rng), |fault| self.incidents[fault].host);
        let hosts: Vec<HostId> = match self.catalog.flows[usize::from(flow.0)].on {
            On::Controller => vec![self.cloud.any_compute(&mut self.rng)],
            On::Computes => self.cloud.computes().collect(),
            On::Faulty => vec![faulty],
            On::Others => vec![self.cloud.other_compute(faulty, &mut self.rng)],
        };
        for host in hosts {
            let first = now + self.rng.between(0, every.high);
            self.expect(first, Task::Repeat { flow, host, fault });
        }
    }

    fn expect(&mut self, due: Millis, task: Task) {
        self.order += 1;
        self.agenda.push(Reverse((due, self.order, task)));
    }

    fn advance_incidents(&mut self, lines: u64, now: Millis) {
        let (done, all) = match self.config.size {
            Size::Lines(all) => (lines, all),
            Size::Seconds(seconds) => (now - self.start, seconds * 1_000),
        };
        for fault in 0..self.incidents.len() {
            let incident = &mut self.incidents[fault];
            if !incident.is_due(done, all) {
                continue;
            }
            incident.advance(now);
            let (begins, host) = (incident.state == State::Lasting, incident.host);
            let flow = if begins { Some(incident.onset) } else { incident.recovery };
            if let Some(flow) = flow {
                let anywhere = self.catalog.flows[usize::from(flow.0)].on == On::Computes;
                let host = if anywhere { self.cloud.any_compute(&mut self.rng) } else { host };
                self.start_flow(flow, host, now, Some(fault));
            }
            if begins {
                for flow in self.incidents[fault].repeats.clone() {
                    let every = self.catalog.flows[usize::from(flow.0)].every.unwrap_or(Span { low: 60_000, high: 60_000 });
                    self.repeat(flow, every, now, Some(fault));
                }
            }
        }
    }

    fn perform(&mut self, task: Task, now: Millis) {
        match task {
            Task::Traffic => {
                let mean = 3_600_000 / u64::from(self.config.operations_per_hour);
                let busy = BUSY[(now / 3_600_000 % 24) as usize];
                let gap = self.rng.between(0, 2 * mean) * 100 / busy;
                self.expect(now + gap.max(1), Task::Traffic);
                if let Some(flow) = self.choose_traffic() {
                    let host = self.cloud.any_compute(&mut self.rng);
                    self.start_flow(flow, host, now, None);
                }
            }
            Task::Repeat { flow, host, fault } => {
                if fault.is_some_and(|fault| self.incidents[fault].state == State::Over) {
                    return;
                }
                let every = self.catalog.flows[usize::from(flow.0)].every.unwrap_or(Span { low: 60_000, high: 60_000 });
                let rate = self.rates[usize::from(flow.0)].max(1);
                let next = now + (self.rng.between(every.low, every.high) * 100 / rate).max(1);
                self.expect(next, Task::Repeat { flow, host, fault });
                self.start_flow(flow, host, now, fault);
            }
        }
    }

    /// What the next user asks for; none where the cloud is too full or too empty for the choice.
    fn choose_traffic(&mut self) -> Option<FlowId> {
        let sum = self.traffic.last()?.1;
        let at = self.rng.between(1, sum);
        let (flow, _) = *self.traffic.iter().find(|(_, upto)| at <= *upto)?;
        let chosen = &self.catalog.flows[usize::from(flow.0)];
        let pool = |id: PoolId| (&self.catalog.pools[usize::from(id.0)], self.cloud.count(id));
        let full = chosen.makes.map(pool).is_some_and(|(pool, count)| count >= pool.most);
        let empty = chosen.ends.map(pool).is_some_and(|(pool, count)| count <= pool.least);
        (!full && !empty).then_some(flow)
    }

    /// Runs a flow, or what a fault puts in its place.
    fn start_flow(&mut self, flow: FlowId, host: HostId, now: Millis, fault: Option<usize>) {
        let asked = &self.catalog.flows[usize::from(flow.0)];
        let mut bag = Bag::new(self.catalog);
        let user = (asked.context == Context::User).then_some(self.catalog.tenant);
        let faulty = fault.map_or(host, |fault| self.incidents[fault].host);
        let faulty = &self.cloud.host(faulty).name;
        let is_wanted = |host: &str| match asked.on {
            On::Faulty => *host == **faulty,
            On::Others => *host != **faulty,
            On::Controller | On::Computes => true,
        };
        for pool in asked.needs.iter().copied().chain(user) {
            match self.cloud.choose_on(pool, now, is_wanted, &mut self.rng) {
                Some(values) => bag.offer(&values),
                None => return,
            }
        }
        let target = bag.of(TARGET[0]).and_then(|name| self.cloud.by_name(name)).unwrap_or(host);
        let Some((flow, fault)) = self.decide(flow, target, fault) else { return };
        let dest = self.cloud.other_compute(target, &mut self.rng);
        let faulty = fault.map_or(target, |fault| self.incidents[fault].host);
        self.run_flow(flow, (bag, Hosts { target, dest, faulty }), now, fault);
    }

    /// The flow that runs, and the fault that it belongs to.
    fn decide(&mut self, flow: FlowId, target: HostId, fault: Option<usize>) -> Option<(FlowId, Option<usize>)> {
        for (index, incident) in self.incidents.iter().enumerate() {
            match incident.instead(flow, target, &mut self.rng) {
                Some(Instead::Other(other)) => return Some((other, Some(index))),
                Some(Instead::Nothing) => return None,
                Some(Instead::TheSame) | None => {}
            }
        }
        Some((flow, fault))
    }

    fn run_flow(&mut self, id: FlowId, about: (Bag, Hosts), now: Millis, fault: Option<usize>) {
        let flow = &self.catalog.flows[usize::from(id.0)];
        let stage = Stage {
            catalog: self.catalog,
            cloud: &self.cloud,
            generation: self.config.generation,
            debug: self.config.debug,
            labels: self.config.labels.is_some(),
        };
        let mut operation = Operation::new(stage, flow, about, (now, fault), &mut self.rng);
        operation.run(&mut self.rng);
        let values = |pool: PoolId, operation: &mut Operation<'_>, rng: &mut Rng| {
            operation.values(&self.catalog.pools[usize::from(pool.0)].keeps, rng)
        };
        let made = flow.makes.map(|pool| (pool, values(pool, &mut operation, &mut self.rng)));
        let ended = flow.ends.map(|pool| (pool, values(pool, &mut operation, &mut self.rng)));
        let (request, ready) = (Rc::clone(&operation.request), operation.cursor);
        let records = operation.records;
        // A request that a load balancer answered by itself got no id that any log shows.
        let shown = records.iter().any(|record| record.context.contains(&*request));
        if let Some((pool, values)) = made {
            self.cloud.add(pool, values, ready);
        }
        if let Some((pool, values)) = ended
            && let Some((_, id)) = values.first()
        {
            self.cloud.remove(pool, id);
        }
        for mut record in records {
            self.order += 1;
            record.order = self.order;
            self.records.push(record);
        }
        if let Some(incident) = fault.filter(|_| flow.fails && shown).and_then(|fault| self.incidents.get_mut(fault)) {
            incident.note_request(&request);
        }
    }

    fn truth(self, lines: u64) -> Truth {
        let (first, last) = self.written.unwrap_or((self.start, self.start));
        let begun = self.incidents.into_iter().filter(|incident| incident.state != State::Waiting);
        let faults: Vec<_> = begun.map(|incident| incident.into_truth(last)).collect();
        let names: Vec<&str> = self.config.faults.iter().map(|fault| fault.name()).collect();
        Truth {
            format_version: FORMAT_VERSION,
            name: if names.is_empty() { "healthy".to_owned() } else { names.join("+") },
            issue: faults.first().map(|fault| fault.issue.clone()).unwrap_or_default(),
            seed: self.config.seed,
            generation: self.config.generation.name().to_owned(),
            lines,
            layout: match self.config.layout {
                Layout::HostFolders => String::new(),
                other => other.name().to_owned(),
            },
            start: calendar::iso(first),
            end: calendar::iso(last),
            faults,
        }
    }
}

/// In how many percent of its usual times each flow comes. Where the troubles vary, each seed leaves out some and has others more or
/// less often.
fn rates(config: &Config, catalog: &Catalog) -> Vec<u64> {
    let mut rng = Rng::new(config.seed.rotate_left(32) ^ 0x6a09);
    let rate = |origin| match (origin, config.chronic) {
        (Origin::Chronic, Chronic::Absent) => 0,
        (Origin::Chronic, Chronic::Varied) => u64::from(rng.chance(70)) * rng.between(40, 180),
        _ => 100,
    };
    catalog.flows.iter().map(|flow| flow.origin).map(rate).collect()
}
