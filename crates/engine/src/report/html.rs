//! The report as a page: one file that needs no script and nothing from elsewhere, light and dark as its reader's desktop, and ready for
//! paper. Text from logs never becomes markup: all of it passes through [`Plain`].

mod charts;
mod markup;
mod pieces;

use std::fmt::{Display, Write};

use self::{
    charts::grouped,
    markup::{Plain, blocks, spans},
};
use super::{Report, Verdict, marks::Marked};

const STYLE: &str = include_str!("html/style.css");

/// No script, nothing from elsewhere: should text from a log become markup all the same, it could do nothing.
pub const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Writes a report, as its reader marked it, as a page.
#[must_use]
pub fn write(report: &Report, marked: &Marked) -> String {
    let title = title(report, marked);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"{POLICY}\">\n<title>{} \u{2013} OpenStack RCA</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n",
        Plain(title)
    );
    head(report, marked, &mut out);
    section("What happened", &blocks(&report.narrative.text), &mut out);
    section("Likely causes", &pieces::causes(report, marked), &mut out);
    section("What to do next", &actions(report), &mut out);
    section("Activity", &charts::times(&report.patterns), &mut out);
    section("Evidence", &pieces::evidence(report, marked), &mut out);
    section("Timeline", &pieces::timeline(report), &mut out);
    section("Failing requests", &pieces::requests(report), &mut out);
    section("Services by errors", &charts::services(&report.patterns), &mut out);
    section("What changed against normal", &charts::templates(&report.patterns), &mut out);
    section("Dismissed by the reader", &pieces::dismissed(report, marked), &mut out);
    section("Not understood", &skipped(report), &mut out);
    section("How this report was made", &made(report), &mut out);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn section(title: &str, body: &str, out: &mut String) {
    if !body.is_empty() {
        let class = title.split_whitespace().next().unwrap_or_default().to_lowercase();
        _ = writeln!(out, "<section class=\"{class}\">\n<h2>{title}</h2>\n{body}\n</section>");
    }
}

/// The first cause as the reader sees it.
fn title<'a>(report: &'a Report, marked: &'a Marked) -> &'a str {
    match report.verdict {
        Verdict::Clear => "Nothing departs from normal work",
        Verdict::Incident => marked.causes(report).next().map_or(report.category.label.as_str(), |(_, cause)| &cause.title),
    }
}

fn head(report: &Report, marked: &Marked, out: &mut String) {
    let clear = report.verdict == Verdict::Clear;
    let word = if clear { "All clear" } else { "Incident" };
    _ = write!(
        out,
        "<header class=\"{}\">\n<p class=\"kind\">OpenStack RCA <b>{word}</b></p>\n",
        if clear { "clear" } else { "incident" }
    );
    _ = write!(out, "<h1>{}</h1>\n<p class=\"facts\">", Plain(title(report, marked)));
    if let Some((_, first)) = marked.causes(report).next().filter(|_| !clear) {
        _ = write!(out, "<span class=\"badge red\">{}</span>", Plain(&report.category.label));
        _ = write!(out, "{} {} confidence", meter(first.confidence), percent(first.confidence));
        let places = [first.service.as_deref().or(first.subsystem.as_deref()), first.host.as_deref()];
        for (word, place) in ["in", "on"].into_iter().zip(places).filter_map(|(word, place)| Some((word, place?))) {
            _ = write!(out, " <span>{word} <strong>{}</strong></span>", Plain(place));
        }
    }
    out.push_str("</p>\n");
    if let Some(issue) = &report.issue {
        _ = writeln!(out, "<blockquote>{}</blockquote>", Plain(issue));
    }
    _ = writeln!(out, "<p class=\"source\">{}</p>\n</header>", Plain(&sources(report).join(" \u{b7} ")));
    drift(report, out);
}

/// What was read, and which part of it the report is about.
fn sources(report: &Report) -> Vec<String> {
    let funnel = &report.funnel;
    let files = if funnel.files == 1 { "1 file".into() } else { format!("{} files", grouped(funnel.files)) };
    let mut facts = vec![files, format!("{} events", grouped(funnel.events))];
    let alone = report.incidents.iter().find(|one| Some(one.number) == report.incident);
    let times = &report.patterns.times;
    let logged = || times.first().zip(times.last()).map(|(first, last)| (first.start.clone(), last.start.clone()));
    let own = alone.and_then(|one| one.start.clone().zip(one.end.clone()));
    if let Some((start, end)) = own.or_else(logged) {
        facts.push(format!("{} to {}", moment(&start), moment(&end)));
    }
    if let Some(one) = alone.filter(|_| report.incidents.len() > 1) {
        facts.push(format!("incident {} of {} alone", one.number, report.incidents.len()));
    }
    facts
}

fn drift(report: &Report, out: &mut String) {
    if let Some((model, drift)) = report.model.as_ref().and_then(|model| Some((model, model.drift.as_ref()?))) {
        let noun = model.noun();
        _ = writeln!(
            out,
            "<p class=\"doubt\"><strong>The {noun} does not fit these logs:</strong> {}. {}.</p>",
            Plain(&drift.why),
            Plain(&drift.remedy)
        );
    }
}

fn actions(report: &Report) -> String {
    if report.actions.is_empty() {
        return String::new();
    }
    let mut out = String::from("<ol class=\"actions\">");
    for action in &report.actions {
        _ = write!(out, "<li>{}</li>", spans(action));
    }
    out + "</ol>"
}

fn skipped(report: &Report) -> String {
    let row = |skipped: &super::Skipped| {
        let line = skipped.line.map_or(String::new(), |line| format!(":{line}"));
        format!("<tr><td class=\"mono\">{}{line}</td><td>{}</td></tr>", Plain(&skipped.path), Plain(&skipped.reason))
    };
    let rows: String = report.skipped.iter().map(row).collect();
    if rows.is_empty() { rows } else { format!("<table><tbody>{rows}</tbody></table>") }
}

fn made(report: &Report) -> String {
    let f = &report.funnel;
    let took: f64 = report.seconds.values().sum();
    let model = report.model.as_ref().map_or_else(|| "Scored without a model.".into(), super::ModelRef::sentence);
    let mut out = String::from("<dl>");
    fact("Read", &format!("{} lines in {} files, {} bytes", grouped(f.lines), grouped(f.files), grouped(f.bytes)), &mut out);
    let kept = [f.events, f.important, f.relevant, f.evidence].map(grouped);
    fact(
        "Filtered",
        &format!("{} events, {} important, {} relevant, {} pieces of evidence", kept[0], kept[1], kept[2], kept[3]),
        &mut out,
    );
    fact("Model", &model, &mut out);
    let writer = report.narrative.model.as_deref();
    fact("Written", &writer.map_or_else(|| "offline, from the evidence alone".into(), |name| format!("by {name}")), &mut out);
    let version = env!("CARGO_PKG_VERSION");
    fact("Program", &format!("OpenStack RCA {version}, in {took:.1} s, on the reader\u{2019}s machine"), &mut out);
    out + "</dl>"
}

fn fact(name: &str, value: &str, out: &mut String) {
    _ = write!(out, "<dt>{name}</dt><dd>{}</dd>", Plain(value));
}

/// A share from 0 to 1 as a bar.
fn meter(share: f64) -> impl Display {
    let width = share.clamp(0.0, 1.0) * 60.0;
    format!(
        "<svg class=\"meter\" viewBox=\"0 0 60 6\" aria-hidden=\"true\"><rect class=\"ground\" width=\"60\" height=\"6\" rx=\"3\"/>\
         <rect class=\"value\" width=\"{width:.1}\" height=\"6\" rx=\"3\"/></svg>"
    )
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// A time as logged, to the second.
fn moment(iso: &str) -> String {
    iso.get(..19).unwrap_or(iso).replace('T', " ")
}

#[cfg(test)]
mod tests;
