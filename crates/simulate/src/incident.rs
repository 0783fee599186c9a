//! A fault in this run: when it lasts, what happens in place of the usual, and what is known of it in the end.

use crate::{
    Error, Fault, FaultTruth,
    calendar::{self, Millis},
    catalog::{Catalog, FlowId, ServiceId},
    cloud::{CONTROLLER, Cloud, HostId},
    fault::FaultData,
    files::Lines,
    rng::Rng,
    truth::CauseLines,
};

/// So many failed requests and so many records of the cause are noted, however long the logs are.
const MOST: usize = 1_000;

/// How far a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Waiting,
    Lasting,
    Over,
}

/// A fault in this run.
pub(crate) struct Incident {
    pub(crate) state: State,
    pub(crate) host: HostId,
    /// From and to which percentage of the logs it lasts.
    window: (u64, u64),
    pub(crate) onset: FlowId,
    pub(crate) recovery: Option<FlowId>,
    pub(crate) repeats: Vec<FlowId>,
    replace: Vec<Replacement>,
    /// The services that write nothing on the host.
    silences: Vec<ServiceId>,
    /// Milliseconds that the clock of the host is wrong.
    skew: i64,
    truth: FaultTruth,
}

struct Replacement {
    flow: FlowId,
    with: Vec<FlowId>,
    share: u64,
    only_faulty: bool,
}

/// What runs in place of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Instead {
    TheSame,
    Nothing,
    Other(FlowId),
}

impl Incident {
    pub(crate) fn new(fault: Fault, catalog: &Catalog, cloud: &Cloud, rng: &mut Rng) -> Result<Self, Error> {
        let data = fault.data()?;
        let host = if data.on_compute || data.about_compute { cloud.any_compute(rng) } else { CONTROLLER };
        let flows = |names: &[String]| names.iter().map(|name| catalog.flow(name)).collect::<Result<Vec<_>, _>>();
        let mut replace = Vec::new();
        // What this cloud does not do needs no replacement.
        for (rule, flow) in data.replace.iter().filter_map(|rule| Some((rule, catalog.flow(&rule.flow).ok()?))) {
            let with = flows(&rule.with)?;
            replace.push(Replacement { flow, with, share: rule.share, only_faulty: rule.only_faulty });
        }
        Ok(Self {
            state: State::Waiting,
            host,
            window: data.window,
            onset: catalog.flow(&data.onset)?,
            recovery: data.recovery.as_ref().map(|name| catalog.flow(name)).transpose()?,
            repeats: flows(&data.repeats)?,
            replace,
            silences: data.silences.iter().map(|name| catalog.service(name)).collect::<Result<_, _>>()?,
            skew: data.skew,
            truth: unwritten(fault, data, cloud, host),
        })
    }

    /// Whether it is time for the next state, with `done` of `all` written.
    pub(crate) fn is_due(&self, done: u64, all: u64) -> bool {
        let passed = |percent: u64| u128::from(done) * 100 >= u128::from(all) * u128::from(percent);
        match self.state {
            State::Waiting => passed(self.window.0),
            State::Lasting => self.window.1 < 100 && passed(self.window.1),
            State::Over => false,
        }
    }

    /// Whether a service on a host writes nothing.
    pub(crate) fn silences(&self, service: ServiceId, host: HostId) -> bool {
        self.state == State::Lasting && host == self.host && self.silences.contains(&service)
    }

    /// How many milliseconds the clock of a host is wrong.
    pub(crate) fn skew(&self, host: HostId) -> i64 {
        if self.state == State::Lasting && host == self.host { self.skew } else { 0 }
    }

    /// Goes on to the next state.
    pub(crate) fn advance(&mut self, now: Millis) {
        self.state = match self.state {
            State::Waiting => {
                self.truth.start = calendar::iso(now);
                State::Lasting
            }
            State::Lasting | State::Over => {
                self.truth.end = calendar::iso(now);
                State::Over
            }
        };
    }

    /// What runs in place of `flow`; none where the fault has no say.
    pub(crate) fn instead(&self, flow: FlowId, target: HostId, rng: &mut Rng) -> Option<Instead> {
        let mut rules = self.replace.iter().filter(|rule| rule.flow == flow && (!rule.only_faulty || target == self.host));
        let rule = rules.next().filter(|_| self.state == State::Lasting)?;
        Some(match rule.with[..] {
            _ if !rng.chance(rule.share) => Instead::TheSame,
            [] => Instead::Nothing,
            _ => Instead::Other(rule.with[rng.below(rule.with.len())]),
        })
    }

    pub(crate) fn note_request(&mut self, request: &str) {
        if self.truth.requests.len() < MOST {
            self.truth.requests.push(request.to_owned());
        }
    }

    pub(crate) fn note_cause(&mut self, lines: &Lines) {
        if self.truth.causes.len() < MOST {
            self.truth.causes.push(CauseLines { file: lines.file.to_string(), first: lines.first, last: lines.last });
        }
    }

    /// What is known of it when the logs end.
    pub(crate) fn into_truth(mut self, end: Millis) -> FaultTruth {
        if self.truth.end.is_empty() {
            self.truth.end = calendar::iso(end);
        }
        self.truth
    }
}

fn unwritten(fault: Fault, data: FaultData, cloud: &Cloud, host: HostId) -> FaultTruth {
    let place = if data.about_compute { CONTROLLER } else { host };
    FaultTruth {
        name: fault.name().to_owned(),
        issue: data.issue.replace("{faulty}", &cloud.host(host).name),
        category: data.category,
        subsystem: data.subsystem,
        service: data.service,
        host: cloud.host(place).name.to_string(),
        source_file: data.source_file,
        source_function: data.source_function,
        silent: data.silent,
        start: String::new(),
        end: String::new(),
        requests: Vec::new(),
        causes: Vec::new(),
    }
}
