//! A report as a summary for the terminal.

mod layout;

use engine::{
    Report,
    report::{Cause, Evidence, Funnel, Verdict},
};

pub use layout::Look;
use layout::Page;

/// The most causes that are told.
const MOST_CAUSES: usize = 3;
/// The most incidents that are told.
const MOST_INCIDENTS: usize = 5;
/// The most pieces of evidence that are told.
const MOST_EVIDENCE: usize = 12;
/// The most files that are named as not read.
const MOST_SKIPPED: usize = 5;

/// The summary, a line for each thing to know.
pub fn write(report: &Report, look: Look) -> String {
    let mut page = Page::new(look);
    verdict(&mut page, report);
    incidents(&mut page, report);
    if !report.causes.is_empty() {
        page.heading(if report.causes.len() == 1 { "Cause" } else { "Causes" });
        report.causes.iter().take(MOST_CAUSES).for_each(|one| cause(&mut page, one));
        more(&mut page, report.causes.len(), MOST_CAUSES);
    }
    if !report.evidence.is_empty() {
        page.heading("Evidence");
        report.evidence.iter().take(MOST_EVIDENCE).for_each(|one| evidence(&mut page, one));
        more(&mut page, report.evidence.len(), MOST_EVIDENCE);
    }
    if !report.actions.is_empty() {
        page.heading("What to do");
        report.actions.iter().enumerate().for_each(|(index, action)| page.item(&format!("{}.", index + 1), action));
    }
    skipped(&mut page, report);
    page.finish()
}

fn verdict(page: &mut Page, report: &Report) {
    match report.verdict {
        Verdict::Incident => {
            let confidence = percent(report.category.confidence);
            page.title("INCIDENT", true, &format!("{} ({confidence} confidence)", report.category.label));
        }
        Verdict::Clear => page.title("CLEAR", false, "these logs show nothing that departs from normal work"),
    }
    if let Some(number) = report.incident.filter(|_| report.incidents.len() > 1) {
        page.paragraph(&format!("Incident {number} of {} alone.", report.incidents.len()));
    }
    if let Some(issue) = &report.issue {
        page.paragraph(&format!("Issue: {issue}"));
    }
    page.dim(&funnel(&report.funnel));
    page.dim(&report.model.as_ref().map_or_else(|| "Scored without a model.".to_owned(), engine::report::ModelRef::sentence));
    if let Some((model, drift)) = report.model.as_ref().and_then(|model| Some((model, model.drift.as_ref()?))) {
        page.paragraph(&format!("The {} does not fit these logs: {}. {}.", model.noun(), drift.why, drift.remedy));
    }
}

/// The incidents to choose from, where there are several.
fn incidents(page: &mut Page, report: &Report) {
    if report.incidents.len() < 2 || report.incident.is_some() {
        return;
    }
    page.heading(&format!("{} incidents, worst first", report.incidents.len()));
    for one in report.incidents.iter().take(MOST_INCIDENTS) {
        page.strong(&format!("{}.", one.number), &format!("{} ({})", one.title, percent(one.confidence)));
        let place = [one.service.clone(), (!one.hosts.is_empty()).then(|| format!("on {}", one.hosts.join(", ")))];
        let place: Vec<String> = [Some(one.when())].into_iter().chain(place).flatten().collect();
        page.item("", &place.join("  "));
    }
    more(page, report.incidents.len(), MOST_INCIDENTS);
    page.dim("What follows is over all of them; --incident 2 shows the second alone.");
}

fn funnel(funnel: &Funnel) -> String {
    let Funnel { files, lines, events, important, relevant, evidence, .. } = funnel;
    format!("{events} events in {lines} lines of {files} files: {important} important, {relevant} relevant, {evidence} evidence.")
}

fn cause(page: &mut Page, cause: &Cause) {
    page.strong(&format!("{}.", cause.rank), &format!("{} ({})", cause.title, percent(cause.confidence)));
    let place = [cause.service.as_deref(), cause.host.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" on ");
    let source = cause.source.as_ref().map(|source| {
        let line = source.line.map(|line| format!(":{line}")).unwrap_or_default();
        let function = source.function.as_ref().map(|function| format!(" in {function}")).unwrap_or_default();
        format!("{}{line}{function}", source.file)
    });
    let place = [Some(place).filter(|place| !place.is_empty()), source].into_iter().flatten().collect::<Vec<_>>().join(", ");
    page.item("", &place);
    page.item("", &cause.explanation);
    page.item("", &cause.evidence.iter().map(|id| format!("[{id}]")).collect::<Vec<_>>().join(" "));
}

fn evidence(page: &mut Page, evidence: &Evidence) {
    let lines = if evidence.end_line > evidence.line { format!("-{}", evidence.end_line) } else { String::new() };
    let place = format!("{}:{}{lines}", evidence.file, evidence.line);
    let parts = [evidence.timestamp.as_deref(), evidence.level.as_deref(), evidence.service.as_deref(), Some(&place)];
    page.strong(&evidence.id, &parts.into_iter().flatten().collect::<Vec<_>>().join("  "));
    page.item("", evidence.message.lines().next().unwrap_or_default());
    page.item("", &evidence.why);
}

fn skipped(page: &mut Page, report: &Report) {
    if report.skipped.is_empty() {
        return;
    }
    page.heading("Not read");
    for skipped in report.skipped.iter().take(MOST_SKIPPED) {
        let line = skipped.line.map(|line| format!(":{line}")).unwrap_or_default();
        page.item("-", &format!("{}{line}: {}", skipped.path, skipped.reason));
    }
    more(page, report.skipped.len(), MOST_SKIPPED);
}

fn more(page: &mut Page, all: usize, told: usize) {
    if all > told {
        page.dim(&format!("    and {} more, with --format markdown or json", all - told));
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
