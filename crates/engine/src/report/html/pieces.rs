//! Causes, evidence, timeline and requests of the page.

use std::fmt::Write;

use super::{
    markup::{Plain, blocks, citation},
    meter, moment, percent,
};
use crate::report::{
    Cause, Evidence, Report, Role,
    marks::{Marked, MarkedPiece, Stance},
};

/// A record of at most so many lines stands open.
const LINES: usize = 24;
/// Lines at the beginning of a longer one that stand open.
const BEGIN: usize = 12;
/// Lines at its end that stand open.
const END: usize = 6;

/// The causes, those left out that the reader dismissed.
pub fn causes(report: &Report, marked: &Marked) -> String {
    let items: String = marked.causes(report).map(|(mark, cause)| one(cause, mark.stance, &mark.note)).collect();
    if items.is_empty() { items } else { format!("<ol class=\"cards\">{items}</ol>") }
}

fn one(cause: &Cause, stance: Stance, note: &str) -> String {
    let mut out = format!("<li class=\"card\"><div class=\"top\"><span class=\"rank\">{}</span>", cause.rank);
    _ = write!(out, "<h3>{}{}</h3>", Plain(&cause.title), pin(stance));
    for place in [cause.service.as_deref().or(cause.subsystem.as_deref()), cause.host.as_deref()].into_iter().flatten() {
        _ = write!(out, "<span class=\"badge grey\">{}</span>", Plain(place));
    }
    _ = write!(out, "{}<span class=\"share\">{}</span></div>", meter(cause.confidence), percent(cause.confidence));
    out.push_str(&blocks(&cause.explanation));
    out.push_str(&noted(note));
    out.push_str("<dl>");
    if let Some(source) = &cause.source {
        let line = source.line.map_or(String::new(), |line| format!(":{line}"));
        let function = source.function.as_deref().map_or(String::new(), |function| format!(" in {function}"));
        _ = write!(out, "<dt>Source</dt><dd class=\"mono\">{}</dd>", Plain(&format!("{}{line}{function}", source.file)));
    }
    if let Some(signature) = &cause.signature {
        _ = write!(out, "<dt>Known failure</dt><dd class=\"mono\">{}</dd>", Plain(signature));
    }
    let cited: String = cause.evidence.iter().map(|id| citation(id)).collect();
    _ = write!(out, "<dt>Evidence</dt><dd>{cited}</dd></dl></li>");
    out
}

fn pin(stance: Stance) -> &'static str {
    if stance == Stance::Pinned { " <span class=\"badge accent\">Pinned</span>" } else { "" }
}

fn noted(note: &str) -> String {
    if note.trim().is_empty() { String::new() } else { format!("<p class=\"note\">{}</p>", Plain(note)) }
}

/// The evidence, that left out which the reader dismissed.
pub fn evidence(report: &Report, marked: &Marked) -> String {
    marked.evidence(report).map(|(mark, piece)| record(mark, piece)).collect()
}

fn record(mark: &MarkedPiece, piece: &Evidence) -> String {
    let (class, role) = match piece.role {
        Role::Cause => ("red", "Cause"),
        Role::Symptom => ("amber", "Symptom"),
        Role::Context => ("grey", "Context"),
        Role::Absence => ("violet", "Missing"),
    };
    let id = Plain(&piece.id);
    let mut out =
        format!("<article class=\"piece\" id=\"{id}\"><div class=\"intro\"><div class=\"top\"><b class=\"id\">{id}</b>");
    let time = piece.timestamp.as_deref().unwrap_or("no time");
    _ = write!(out, "<time>{}</time>", Plain(&time.replacen('T', " ", 1)));
    if let Some(level) = &piece.level {
        _ = write!(out, "<span class=\"badge {}\">{}</span>", tone(level), Plain(level));
    }
    if let Some(service) = piece.service.as_deref().or(piece.subsystem.as_deref()) {
        let host = piece.host.as_deref().map_or(String::new(), |host| format!(" on {host}"));
        _ = write!(out, "<span><strong>{}</strong>{}</span>", Plain(service), Plain(&host));
    }
    _ = write!(out, "<span class=\"badge {class}\">{role}</span>{}", pin(mark.stance));
    _ = write!(out, "<span class=\"place mono\">{}:{}</span></div>", Plain(&piece.file), piece.line);
    let why = if piece.why.is_empty() { String::new() } else { format!("<p class=\"why\">{}</p>", Plain(&piece.why)) };
    _ = write!(out, "{why}</div>{}{}", lines(&piece.message), noted(&mark.note));
    out + "</article>"
}

/// A record; of a long one the middle is folded, since the end of a traceback says what was raised.
fn lines(message: &str) -> String {
    let all: Vec<&str> = message.lines().collect();
    if all.len() <= LINES {
        return format!("<pre>{}</pre>", Plain(&all.join("\n")));
    }
    let [begin, end] = [BEGIN, all.len() - END];
    format!(
        "<pre>{}</pre><details><summary>{} more lines</summary><pre>{}</pre></details><pre>{}</pre>",
        Plain(&all[..begin].join("\n")),
        end - begin,
        Plain(&all[begin..end].join("\n")),
        Plain(&all[end..].join("\n"))
    )
}

/// How grave a level is, told by how its name begins.
fn tone(level: &str) -> &'static str {
    let name = level.to_uppercase();
    let grave = ["ERR", "CRIT", "FATAL", "TRACE", "EMER", "ALERT"].iter().any(|begin| name.starts_with(begin));
    if grave {
        "red"
    } else if name.starts_with("WARN") {
        "amber"
    } else {
        "grey"
    }
}

/// The events to tell, by time.
pub fn timeline(report: &Report) -> String {
    let mut day = "";
    let mut rows = String::new();
    for moment in &report.timeline {
        let (date, time) = moment.timestamp.split_once(['T', ' ']).unwrap_or(("", &moment.timestamp));
        if date != day {
            _ = write!(rows, "<tr class=\"day\"><td colspan=\"4\">{}</td></tr>", Plain(date));
            day = date;
        }
        let cited = moment.evidence_id.as_deref().map(citation).unwrap_or_default();
        _ = write!(
            rows,
            "<tr><td class=\"mono\">{}</td><td>{}</td><td class=\"mono\">{}</td><td>{cited}</td></tr>",
            Plain(time),
            Plain(moment.service.as_deref().unwrap_or("\u{2013}")),
            Plain(&moment.label)
        );
    }
    if rows.is_empty() { rows } else { format!("<table class=\"moments\"><tbody>{rows}</tbody></table>") }
}

/// Failing requests, each its way across services.
pub fn requests(report: &Report) -> String {
    let mut out = String::new();
    for request in &report.requests {
        let way: Vec<String> = request.services.iter().map(|service| Plain(service).to_string()).collect();
        let cited: String = request.evidence.iter().map(|id| citation(id)).collect();
        let start = request.start.as_deref().map(moment).unwrap_or_default();
        _ = write!(
            out,
            "<div class=\"request\"><p class=\"mono\">{}</p><p>{}</p><p>{} \u{b7} <strong>{}</strong> {cited}</p></div>",
            Plain(&request.request_id),
            way.join(" <span class=\"arrow\">\u{2192}</span> "),
            Plain(&start),
            Plain(&request.outcome)
        );
    }
    out
}

/// What the reader dismissed, in a line each.
pub fn dismissed(report: &Report, marked: &Marked) -> String {
    let mut items = String::new();
    for (mark, cause) in marked.dismissed_causes(report) {
        _ = write!(items, "<li>Cause {}: {}{}</li>", cause.rank, Plain(&cause.title), noted(&mark.note));
    }
    for (mark, piece) in marked.dismissed_evidence(report) {
        let first = Plain(piece.message.lines().next().unwrap_or_default());
        let id = Plain(&piece.id);
        _ = write!(items, "<li id=\"{id}\">{id} <span class=\"mono\">{first}</span>{}</li>", noted(&mark.note));
    }
    if items.is_empty() { items } else { format!("<ul>{items}</ul>") }
}
