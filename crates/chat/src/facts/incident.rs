//! What went wrong in the logs: every fact cites evidence.

use std::collections::BTreeMap;

use engine::{
    Report,
    report::{Cause, Change, Evidence, RequestPath, ServiceCount, TemplateCount, Verdict},
};

use super::{Fact, Topic};
use crate::markdown::code;

pub(super) fn facts(report: &Report) -> Vec<Fact> {
    if report.verdict == Verdict::Clear {
        let events = report.funnel.events;
        let text = format!("Nothing in these {events} events departs from normal work.");
        return vec![Fact::new(Topic::Overall, text, &[])];
    }
    let mut facts: Vec<Fact> = overall(report).into_iter().collect();
    facts.extend(report.causes.iter().map(cause));
    facts.extend(report.causes.iter().filter_map(location));
    facts.extend(report.actions.iter().map(|action| self::action(report, action)));
    facts.extend(span(report));
    facts.extend(affected(report));
    facts.extend(report.requests.iter().filter(|request| !request.evidence.is_empty()).map(request));
    facts.extend(report.evidence.iter().map(evidence));
    facts.extend(report.patterns.services.iter().filter_map(|service| service_count(report, service)));
    facts.extend(report.patterns.templates.iter().filter_map(|template| template_count(report, template)));
    facts
}

fn overall(report: &Report) -> Option<Fact> {
    let first = report.causes.first()?;
    let text = format!("This is an incident of the kind “{}”: {}.", report.category.label, bare(&first.title));
    Some(Fact::new(Topic::Overall, text, &first.evidence))
}

fn cause(cause: &Cause) -> Fact {
    let rank = match cause.rank {
        1 => "The most likely root cause".to_owned(),
        rank => format!("Cause {rank} in order of likelihood"),
    };
    let confidence = (cause.confidence * 100.0).round();
    let place = place(cause.service.as_deref(), cause.host.as_deref());
    let text = format!("{rank}{place} ({confidence} % confidence): **{}**. {}", bare(&cause.title), cause.explanation.trim());
    let signature = cause.signature.clone().unwrap_or_default();
    Fact::new(Topic::Cause, text, &cause.evidence).found_by(signature)
}

fn location(cause: &Cause) -> Option<Fact> {
    let source = cause.source.as_ref()?;
    let line = source.line.map(|line| format!(":{line}")).unwrap_or_default();
    let function = source.function.as_ref().map(|function| format!(", in the function {}", code(function))).unwrap_or_default();
    let text = format!("The code that shows it is {}{function}.", code(&format!("{}{line}", source.file)));
    Some(Fact::new(Topic::Code, text, &cause.evidence))
}

/// An action cites the evidence of the cause that it is for.
fn action(report: &Report, action: &str) -> Fact {
    let cause = report.causes.iter().find(|cause| cause.actions.iter().any(|own| own == action));
    Fact::new(Topic::Action, action.to_owned(), cause.map(|cause| cause.evidence.as_slice()).unwrap_or_default())
}

fn span(report: &Report) -> Option<Fact> {
    let timed = || report.evidence.iter().filter(|evidence| evidence.timestamp.is_some());
    let first = timed().min_by(|a, b| a.timestamp.cmp(&b.timestamp))?;
    let last = timed().max_by(|a, b| a.timestamp.cmp(&b.timestamp))?;
    let time = |evidence: &Evidence| evidence.timestamp.clone().unwrap_or_default();
    let text = format!("The first evidence of it was logged at {}, the last at {}.", time(first), time(last));
    let mut citations = vec![first.id.clone(), last.id.clone()];
    citations.dedup();
    Some(Fact::new(Topic::Span, text, &citations))
}

fn affected(report: &Report) -> Vec<Fact> {
    let by = |kind: &str, name: fn(&Evidence) -> Option<&String>| {
        let mut counts: BTreeMap<&String, Vec<String>> = BTreeMap::new();
        for evidence in &report.evidence {
            if let Some(name) = name(evidence) {
                counts.entry(name).or_default().push(evidence.id.clone());
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, ids)| std::cmp::Reverse(ids.len()));
        let names: Vec<String> = counts.iter().map(|(name, ids)| format!("{} ({})", code(name), ids.len())).collect();
        let first: Vec<String> = counts.iter().filter_map(|(_, ids)| ids.first().cloned()).collect();
        let text = format!("The evidence comes from these {kind}, with the number of records: {}.", names.join(", "));
        (!names.is_empty()).then(|| Fact::new(Topic::Affected, text, &first))
    };
    [by("services", |evidence| evidence.service.as_ref()), by("hosts", |evidence| evidence.host.as_ref())]
        .into_iter()
        .flatten()
        .collect()
}

fn request(request: &RequestPath) -> Fact {
    let times = match (&request.start, &request.end) {
        (Some(start), Some(end)) => format!(" from {start} to {end}"),
        (Some(time), None) | (None, Some(time)) => format!(" at {time}"),
        (None, None) => String::new(),
    };
    let services: Vec<String> = request.services.iter().map(|service| code(service)).collect();
    let way = if services.is_empty() { String::new() } else { format!(", through {}", services.join(", ")) };
    let text = format!("Request {} ran{times}{way}: {}.", code(&request.request_id), bare(&request.outcome));
    Fact::new(Topic::Request, text, &request.evidence)
}

fn evidence(evidence: &Evidence) -> Fact {
    let time = evidence.timestamp.as_ref().map(|time| format!("At {time}, ")).unwrap_or_default();
    let who = evidence.service.as_deref().map_or("a service".to_owned(), code);
    let host = evidence.host.as_ref().map(|host| format!(" on {}", code(host))).unwrap_or_default();
    let level = evidence.level.as_ref().map(|level| format!(" {level}")).unwrap_or_default();
    let place = code(&format!("{}:{}", evidence.file, evidence.line));
    let why = if evidence.why.is_empty() { String::new() } else { format!(" {}.", bare(&evidence.why)) };
    let text = format!("{time}{who}{host} logged{level} {} ({place}).{why}", code(&evidence.message));
    let ids = [&evidence.request_id, &evidence.instance_id, &evidence.logger, &evidence.subsystem];
    let words: Vec<&str> = ids.into_iter().flatten().chain([&evidence.id]).map(String::as_str).collect();
    Fact::new(Topic::Evidence, text, std::slice::from_ref(&evidence.id)).found_by(words.join(" "))
}

fn service_count(report: &Report, count: &ServiceCount) -> Option<Fact> {
    let cited = ids(report, |evidence| evidence.service.as_deref() == Some(&count.service));
    let ServiceCount { service, events, errors, departing } = count;
    let text =
        format!("{} logged {events} events, {errors} of them errors and {departing} that depart from normal.", code(service));
    (*errors > 0 && !cited.is_empty()).then(|| Fact::new(Topic::Count, text, &cited))
}

fn template_count(report: &Report, count: &TemplateCount) -> Option<Fact> {
    let cited = ids(report, |evidence| evidence.template == count.template);
    let normal = match (count.change, count.expected) {
        (Change::New, _) => "which normal work never logs".to_owned(),
        (Change::Surging | Change::Vanished, Some(expected)) => format!("where about {expected:.1} would be normal"),
        _ => return None,
    };
    let text = format!("{} was logged {} times, {normal}.", code(&count.template), count.count);
    (!cited.is_empty()).then(|| Fact::new(Topic::Count, text, &cited))
}

fn ids(report: &Report, belongs: impl Fn(&Evidence) -> bool) -> Vec<String> {
    report.evidence.iter().filter(|evidence| belongs(evidence)).map(|evidence| evidence.id.clone()).collect()
}

fn place(service: Option<&str>, host: Option<&str>) -> String {
    let service = service.map(|service| format!(" in {}", code(service))).unwrap_or_default();
    let host = host.map(|host| format!(" on {}", code(host))).unwrap_or_default();
    format!("{service}{host}")
}

/// A text without the full stop at its end.
fn bare(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}
