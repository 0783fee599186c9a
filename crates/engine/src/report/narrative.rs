//! The offline narrative: what the report says, in sentences, each with its citation. It invents nothing.

use std::fmt::Write;

use super::{
    Cause, Narrative, NarrativeSource, Report, Verdict,
    markdown::{plain, quoted},
};

/// A first cause that is less sure is told as not conclusive.
const CONCLUSIVE: f64 = 0.5;

/// A narrative that says nothing yet.
#[must_use]
pub fn empty() -> Narrative {
    Narrative {
        source: NarrativeSource::Offline,
        model: None,
        text: String::new(),
        citations: Vec::new(),
        unverified_citations: 0,
    }
}

/// Writes the narrative of a report.
#[must_use]
pub fn offline(report: &Report) -> Narrative {
    let text = if report.verdict == Verdict::Clear { clear(report) } else { incident(report) };
    // What a log says is escaped, so each of these is a citation.
    let citations = report.evidence.iter().map(|e| e.id.clone()).filter(|id| text.contains(&format!("[{id}]"))).collect();
    Narrative { text, citations, ..empty() }
}

fn clear(report: &Report) -> String {
    let f = &report.funnel;
    let asked = if report.issue.is_some() {
        " The issue may lie outside of these logs: in another service, on another host, or at another time."
    } else {
        ""
    };
    format!(
        "Nothing in these {} events of {} {} departs from normal work.{asked}\n",
        f.events,
        f.files,
        if f.files == 1 { "file" } else { "files" }
    )
}

/// That the evidence does not settle the cause, and what would.
fn unsettled(report: &Report, cause: &Cause) -> String {
    let unaided = report.model.as_ref().is_none_or(|m| m.drift.is_some());
    let settle = if unaided {
        "a model trained on normal logs of this cloud would tell what is new from what is always there.".to_owned()
    } else if let Some(action) = cause.actions.first() {
        format!("what would settle it: {}", plain(action))
    } else {
        "logs of the services that failed, from before it began, would settle it.".to_owned()
    };
    format!("This is not conclusive ({:.0} % sure); {settle}", cause.confidence * 100.0)
}

/// The incidents where there are several, the worst first.
fn incidents(report: &Report) -> String {
    let mut out = String::new();
    if report.incidents.len() > 1 && report.incident.is_none() {
        _ = writeln!(out, "## {} incidents, worst first\n", report.incidents.len());
        for one in &report.incidents {
            let service = one.service.as_ref().map_or(String::new(), |s| format!(", {}", plain(s)));
            _ = writeln!(out, "{}. {}{service}: {}", one.number, one.when(), quoted(&one.title));
        }
        out.push('\n');
    }
    out
}

fn incident(report: &Report) -> String {
    let mut out = incidents(report);
    if let Some(cause) = report.causes.first() {
        let heading = if cause.confidence < CONCLUSIVE { "Most likely cause" } else { "Root cause" };
        _ = writeln!(out, "## {heading}\n\n{} {}\n", title(cause), cited(&cause.evidence));
        _ = writeln!(out, "{} {}\n", plain(&cause.explanation), cited(&cause.evidence[..1]));
        if cause.confidence < CONCLUSIVE {
            _ = writeln!(out, "{}\n", unsettled(report, cause));
        }
    }
    let chain: Vec<_> = report.timeline.iter().filter(|m| m.evidence_id.is_some()).take(8).collect();
    if !chain.is_empty() {
        out.push_str("## Sequence\n\n");
        for moment in chain {
            let service = moment.service.as_deref().unwrap_or("unknown");
            let id = moment.evidence_id.as_deref().unwrap_or_default();
            _ = writeln!(out, "- {} {service}: {} [{id}]", moment.timestamp, quoted(&moment.label));
        }
        out.push('\n');
    }
    let failed: Vec<_> = report.requests.iter().filter(|r| !r.evidence.is_empty()).take(3).collect();
    if !failed.is_empty() {
        out.push_str("## Requests\n\n");
        for request in failed {
            _ = writeln!(
                out,
                "- {} went through {}: {} {}",
                request.request_id,
                request.services.join(", "),
                request.outcome,
                cited(&request.evidence)
            );
        }
        out.push('\n');
    }
    if report.causes.len() > 1 {
        out.push_str("## Other suspects\n\n");
        for cause in &report.causes[1..report.causes.len().min(4)] {
            _ = writeln!(out, "- {} (confidence {:.0} %) {}", title(cause), cause.confidence * 100.0, cited(&cause.evidence));
        }
    }
    out
}

/// A cause's title: what comes from a log is quoted.
fn title(cause: &Cause) -> String {
    if cause.signature.is_some() { format!("**{}**", cause.title) } else { quoted(&cause.title) }
}

fn cited(ids: &[String]) -> String {
    ids.iter().map(|id| format!("[{id}]")).collect::<Vec<_>>().join(" ")
}
