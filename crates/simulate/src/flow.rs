//! Flows: which services say what, in which order, and how long they take about it.
//!
//! A flow's steps are lines of text:
//!
//! ```text
//! +20..60   nova-compute  claim_ok               20 to 60 ms after the step before
//! @1..2s    nova-api      access method=GET ?50  1 to 2 s after the flow's start, in half of the cases
//! +5..9     nova-compute@dest !no_space          on another host; the record shows the cause
//! > port_create size=3                           the steps of another flow, with a variable set for them
//! ```
//!
//! Behind a service may stand `@target` (the default), `@dest`, `@faulty` or `@each` for the compute node, `@controller` for a
//! service that runs there too, `#2` for a second request to the same project, and one of `~` (the request id that the process uses all its life), `%` (a request
//! id of its own, without a user), `&` (the same, with the user of the services) and `^` (none).

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    catalog::{FlowContext, FlowId, MessageId, PoolId, ServiceId},
    text::{Text, Var},
};

/// A flow as in the data.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct FlowData {
    /// How often users ask for it, relative to others; 0 for what users don't ask for.
    weight: u32,
    /// `60s`, `5..20m`: how often it repeats of itself.
    every: String,
    /// `controller`, `computes` (on each), `faulty` or `others`.
    on: String,
    /// The project that the request enters.
    project: String,
    /// `user`, `admin` or `process`.
    context: String,
    /// Pools to take something from; `tenant` gives the user.
    needs: Vec<String>,
    /// The pool that gets something new.
    makes: String,
    /// The pool that something is taken away from.
    ends: String,
    /// Whether the request fails for its user.
    fails: bool,
    /// Values for the whole flow.
    sets: BTreeMap<String, String>,
    /// The steps, one to a line.
    steps: String,
}

impl Default for FlowData {
    fn default() -> Self {
        Self {
            weight: 0,
            every: String::new(),
            on: "controller".into(),
            project: "nova".into(),
            context: "user".into(),
            needs: Vec::new(),
            makes: String::new(),
            ends: String::new(),
            fails: false,
            sets: BTreeMap::new(),
            steps: String::new(),
        }
    }
}

/// Which data a flow comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// What a cloud does all day.
    Normal,
    /// What fails in every healthy cloud.
    Chronic,
    /// What happens in a fault only.
    Fault,
}

/// A flow, ready to run.
#[derive(Debug)]
pub(crate) struct Flow {
    pub(crate) origin: Origin,
    pub(crate) weight: u32,
    /// None for what does not repeat of itself.
    pub(crate) every: Option<Span>,
    pub(crate) on: On,
    pub(crate) project: String,
    pub(crate) context: Context,
    pub(crate) needs: Vec<PoolId>,
    pub(crate) makes: Option<PoolId>,
    pub(crate) ends: Option<PoolId>,
    pub(crate) fails: bool,
    pub(crate) sets: Vec<(Var, Text)>,
    pub(crate) items: Vec<Item>,
}

/// A time from `low` to `high` milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) low: u64,
    pub(crate) high: u64,
}

/// Where a flow that repeats of itself runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum On {
    Controller,
    Computes,
    Faulty,
    /// On a compute node other than the faulty one, where there is one.
    Others,
}

/// Whose request it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Context {
    /// A user's.
    User,
    /// The service's own, with an id for this run.
    Admin,
    /// The service's own, with the id that the process uses all its life.
    Process,
    /// A service's that calls another: the id is new, the user is the one that services have for that.
    Service,
    /// None at all: `[-]`.
    Absent,
}

/// A line of a flow.
#[derive(Debug)]
pub(crate) enum Item {
    Step(Step),
    /// The steps of another flow, with variables set for them.
    Part {
        flow: FlowId,
        sets: Vec<(Var, Text)>,
        chance: u64,
    },
}

/// A service says something.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) delay: Span,
    /// Whether the delay counts from the flow's start, rather than from the step before.
    pub(crate) from_start: bool,
    /// In how many of 100 cases it happens.
    pub(crate) chance: u64,
    pub(crate) service: ServiceId,
    pub(crate) place: Place,
    /// Tells requests to the same project apart.
    pub(crate) hop: u8,
    /// None: the flow's own.
    pub(crate) context: Option<Context>,
    pub(crate) message: MessageId,
    pub(crate) sets: Vec<(Var, Text)>,
    /// Whether the record shows the cause of the fault.
    pub(crate) cause: bool,
}

/// Which compute node; services of the controller are always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Target,
    Dest,
    Faulty,
    Each,
    Controller,
}

impl Flow {
    pub(crate) fn read(origin: Origin, data: &FlowData, context: &mut FlowContext<'_>) -> Result<Self, String> {
        let pool = |pool: &str, context: &FlowContext<'_>| if pool.is_empty() { Ok(None) } else { context.pool(pool).map(Some) };
        let mut items = Vec::new();
        for line in data.steps.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            items.push(item(line, context).map_err(|reason| format!("{line:?}: {reason}"))?);
        }
        let sets = data.sets.iter().map(|(name, text)| Ok((context.names.var(name), Text::parse(text, context.names)?)));
        Ok(Self {
            origin,
            weight: data.weight,
            every: if data.every.is_empty() { None } else { Some(Span::read(&data.every)?) },
            on: On::read(&data.on)?,
            project: data.project.clone(),
            context: match data.context.as_str() {
                "user" => Context::User,
                "admin" => Context::Admin,
                "process" => Context::Process,
                other => return Err(format!("there is no context {other}")),
            },
            sets: sets.collect::<Result<_, String>>()?,
            needs: data.needs.iter().map(|name| context.pool(name)).collect::<Result<_, _>>()?,
            makes: pool(&data.makes, context)?,
            ends: pool(&data.ends, context)?,
            fails: data.fails,
            items,
        })
    }

    /// Adds the variables that the flow sets.
    #[cfg(test)]
    pub(crate) fn arguments(&self, vars: &mut std::collections::HashSet<Var>) {
        vars.extend(self.sets.iter().map(|(var, _)| *var));
        for item in &self.items {
            let (Item::Step(Step { sets, .. }) | Item::Part { sets, .. }) = item;
            vars.extend(sets.iter().map(|(var, _)| *var));
        }
    }
}

impl Span {
    /// Reads `20`, `20..60`, `2..5s`, `1..2m` or `3h`; milliseconds where no unit is given.
    pub(crate) fn read(source: &str) -> Result<Self, String> {
        let (digits, unit) = match source.as_bytes().last() {
            Some(b's') => (&source[..source.len() - 1], 1_000),
            Some(b'm') => (&source[..source.len() - 1], 60_000),
            Some(b'h') => (&source[..source.len() - 1], 3_600_000),
            _ => (source, 1),
        };
        let (low, high) = digits.split_once("..").unwrap_or((digits, digits));
        let number = |text: &str| text.parse::<u64>().map_err(|_| format!("not a time: {source:?}"));
        let span = Self { low: number(low)? * unit, high: number(high)? * unit };
        if span.high < span.low { Err(format!("not a time: {source:?}")) } else { Ok(span) }
    }
}

impl On {
    pub(crate) fn read(source: &str) -> Result<Self, String> {
        match source {
            "controller" => Ok(Self::Controller),
            "computes" => Ok(Self::Computes),
            "faulty" => Ok(Self::Faulty),
            "others" => Ok(Self::Others),
            other => Err(format!("there is no place {other}")),
        }
    }
}

/// What may stand behind a step: `name=text` and `?percent`.
struct Options {
    sets: Vec<(Var, Text)>,
    chance: u64,
}

fn options<'a>(words: impl Iterator<Item = &'a str>, context: &mut FlowContext<'_>) -> Result<Options, String> {
    let mut options = Options { sets: Vec::new(), chance: 100 };
    for word in words {
        if let Some(percent) = word.strip_prefix('?') {
            options.chance = percent.parse().map_err(|_| format!("not a percentage: {word}"))?;
        } else if let Some((name, text)) = word.split_once('=') {
            options.sets.push((context.names.var(name), Text::parse(text, context.names)?));
        } else {
            return Err(format!("{word:?} is not understood"));
        }
    }
    Ok(options)
}

fn item(line: &str, context: &mut FlowContext<'_>) -> Result<Item, String> {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default();
    if first == ">" {
        let flow = context.flow(words.next().unwrap_or_default())?;
        let Options { sets, chance } = options(words, context)?;
        return Ok(Item::Part { flow, sets, chance });
    }
    let delay = first.strip_prefix(['+', '@']).ok_or("a step begins with a delay, + or @")?;
    let (service, place, hop, step_context) = address(words.next().unwrap_or_default())?;
    let service = context.service(service)?;
    let key = words.next().unwrap_or_default();
    let message = context.message(service, key.trim_start_matches('!'))?;
    let Options { sets, chance } = options(words, context)?;
    Ok(Item::Step(Step {
        delay: Span::read(delay)?,
        from_start: first.starts_with('@'),
        chance,
        service,
        place,
        hop,
        context: step_context,
        message,
        sets,
        cause: key.starts_with('!'),
    }))
}

type Address<'a> = (&'a str, Place, u8, Option<Context>);

fn address(source: &str) -> Result<Address<'_>, String> {
    let context = match source.as_bytes().last() {
        Some(b'~') => Some(Context::Process),
        Some(b'%') => Some(Context::Admin),
        Some(b'&') => Some(Context::Service),
        Some(b'^') => Some(Context::Absent),
        _ => None,
    };
    let source = source.trim_end_matches(['~', '%', '&', '^']);
    let (source, hop) = match source.split_once('#') {
        Some((source, hop)) => (source, hop.parse().map_err(|_| format!("not a number: {hop}"))?),
        None => (source, 0),
    };
    let (service, place) = source.split_once('@').unwrap_or((source, "target"));
    let place = match place {
        "target" => Place::Target,
        "dest" => Place::Dest,
        "faulty" => Place::Faulty,
        "each" => Place::Each,
        "controller" => Place::Controller,
        other => return Err(format!("there is no place {other}")),
    };
    Ok((service, place, hop, context))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_have_units() {
        assert_eq!(Span::read("20..60"), Ok(Span { low: 20, high: 60 }));
        assert_eq!(Span::read("2..5s"), Ok(Span { low: 2_000, high: 5_000 }));
        assert_eq!(Span::read("3h"), Ok(Span { low: 10_800_000, high: 10_800_000 }));
        assert!(Span::read("5..2").is_err());
        assert!(Span::read("soon").is_err());
    }

    #[test]
    fn an_address_names_service_place_request_and_context() {
        assert_eq!(address("nova-api"), Ok(("nova-api", Place::Target, 0, None)));
        assert_eq!(address("libvirtd@faulty"), Ok(("libvirtd", Place::Faulty, 0, None)));
        assert_eq!(address("neutron-server#2%"), Ok(("neutron-server", Place::Target, 2, Some(Context::Admin))));
        assert!(address("nova-compute@moon").is_err());
    }
}
