//! What several failing services have in common, in words.

use super::compose::Parts;
use crate::diagnose::{
    causes::{Place, Suspect},
    shared::{Shared, What},
};

/// Where a cause is.
#[derive(Debug, Clone)]
pub struct Whereabouts {
    /// The process.
    pub service: Option<String>,
    /// The project.
    pub subsystem: Option<String>,
    /// The host.
    pub host: Option<String>,
}

/// Where a suspect is: where its lead points, or what the leads have in common.
#[must_use]
pub fn place(parts: &Parts, suspect: &Suspect) -> Whereabouts {
    if let Some(shared) = suspect.shared.as_ref().filter(|_| suspect.place == Place::Shared) {
        let host = (shared.what == What::Host).then(|| shared.name.clone());
        return Whereabouts { service: shared.service.clone(), subsystem: shared.subsystem.clone(), host };
    }
    let lead = &parts.diagnosis.leads[suspect.lead];
    let host = parts.read.symbols.said(parts.read.events.host(lead.finding.event as usize)).map(str::to_owned);
    Whereabouts { service: lead.service.clone(), subsystem: lead.subsystem.clone(), host }
}

/// One line.
#[must_use]
pub fn title(shared: &Shared) -> String {
    let count = shared.services.len();
    match (shared.what, &shared.service) {
        (What::Endpoint, Some(service)) => format!("{count} services fail on {service} at {}", shared.name),
        (What::Endpoint, None) => format!("{count} services fail on {}", shared.name),
        (What::Host, _) => format!("{count} services fail on {} and do well elsewhere", shared.name),
    }
}

/// Who fails, and what that says.
#[must_use]
pub fn why(shared: &Shared) -> String {
    let services = shared.services.join(", ");
    match shared.what {
        What::Endpoint => format!(
            "The errors of {services} all name {}, independently of each other: what they share is where to look, rather than in each of them.",
            shared.name
        ),
        What::Host => format!(
            "{services} report errors on {} only, while they do well on other hosts: what they share is the host.",
            shared.name
        ),
    }
}
