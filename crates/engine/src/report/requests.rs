//! The failing requests, each its way across services.

use super::{
    RequestPath,
    compose::Parts,
    exhibits::{self, Exhibit},
    hops,
};
use crate::events::{NO_TIME, Symbol};

/// The most requests.
const MOST: usize = 10;

/// The failing requests and the requests of the evidence.
#[must_use]
pub fn paths(parts: &Parts, exhibits: &[Exhibit]) -> Vec<RequestPath> {
    let mut ids: Vec<_> = parts.diagnosis.failing.iter().map(|f| f.id).collect();
    ids.extend(exhibits.iter().take(10).map(|e| parts.read.events.request[e.event as usize]).filter(|id| !id.is_none()));
    let mut seen = rustc_hash::FxHashSet::default();
    ids.retain(|id| seen.insert(*id));
    ids.into_iter().filter_map(|id| path(parts, id, exhibits)).take(MOST).collect()
}

fn path(parts: &Parts, id: Symbol, exhibits: &[Exhibit]) -> Option<RequestPath> {
    let (events, symbols) = (&parts.read.events, &parts.read.symbols);
    let request = parts.gathered.requests.with_id(id)?;
    let mut services: Vec<String> = Vec::new();
    for event in &request.events {
        let service = symbols.text(events.service(*event as usize));
        if !services.iter().any(|s| s == service) {
            services.push(service.to_owned());
        }
    }
    let times = || request.events.iter().map(|e| *e as usize).filter(|e| events.time[*e] != NO_TIME);
    let written = |event: usize| parts.read.written(event);
    let failing = parts.diagnosis.failing.iter().find(|f| f.id == id);
    let errors = request.events.iter().filter(|e| events.level[**e as usize].is_error()).count();
    let outcome = match (request.answer, failing) {
        (Some((status, _)), _) if status >= 400 => format!("answered with HTTP {status}"),
        (None, Some(_)) => "never answered".into(),
        // A request of one service alone, without an answer, is most often the endless loop of an agent.
        (None, None) if services.len() < 2 => return None,
        (answer, _) if errors > 0 => failed_later(errors, answer.map(|(status, _)| status)),
        // It did not fail, whatever evidence stands in it.
        _ => return None,
    };
    let text = symbols.text(id);
    Some(RequestPath {
        request_id: text.to_owned(),
        services,
        start: times().min_by_key(|e| events.time[*e]).and_then(written),
        end: times().max_by_key(|e| events.time[*e]).and_then(written),
        outcome,
        evidence: exhibits
            .iter()
            .enumerate()
            .filter(|(_, e)| request.events.contains(&e.event))
            .map(|(n, _)| exhibits::id(n))
            .collect(),
        hops: hops::hops(parts, request, exhibits),
        missing: hops::missing(parts, request),
    })
}

/// How a request ended whose errors came after its answer, or instead of one: APIs accept work with 202 before it is done.
fn failed_later(errors: usize, status: Option<u16>) -> String {
    let errors = format!("{errors} {}", if errors == 1 { "error" } else { "errors" });
    status.map_or_else(|| errors.clone(), |status| format!("{errors}, after it was accepted with HTTP {status}"))
}
