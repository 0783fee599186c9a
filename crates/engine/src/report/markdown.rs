//! The report as Markdown.

use std::fmt::Write;

use super::{
    Evidence, Report, Verdict,
    marks::{Marked, MarkedPiece, Stance},
};

/// Lines of a record that are shown.
const LINES: usize = 12;

/// Writes a report, as its reader marked it, as Markdown, for a ticket or a mail.
#[must_use]
pub fn write(report: &Report, marked: &Marked) -> String {
    let mut out = String::from("# OpenStack incident report\n\n");
    if let Some(issue) = &report.issue {
        _ = writeln!(out, "> {}\n", issue.replace('\n', "\n> "));
    }
    let verdict = if report.verdict == Verdict::Clear { "Nothing departs from normal" } else { "Incident" };
    if let Some(number) = report.incident.filter(|_| report.incidents.len() > 1) {
        _ = writeln!(out, "This report is about incident {number} of {} alone.\n", report.incidents.len());
    }
    let category = &report.category;
    _ = writeln!(out, "**{verdict}** · {} (confidence {:.0} %)\n", category.label, category.confidence * 100.0);
    out.push_str(&report.narrative.text);
    causes(report, marked, &mut out);
    if !report.actions.is_empty() {
        out.push_str("\n## Actions\n\n");
        for (n, action) in report.actions.iter().enumerate() {
            _ = writeln!(out, "{}. {action}", n + 1);
        }
    }
    if marked.evidence(report).next().is_some() {
        out.push_str("\n## Evidence\n");
        marked.evidence(report).for_each(|(mark, piece)| evidence(mark, piece, &mut out));
    }
    dismissed(report, marked, &mut out);
    footer(report, &mut out);
    out
}

fn causes(report: &Report, marked: &Marked, out: &mut String) {
    if marked.causes(report).next().is_none() {
        return;
    }
    out.push_str("\n## Causes\n\n| # | cause | confidence | service | source | evidence |\n|---|---|---|---|---|---|\n");
    for (_, c) in marked.causes(report) {
        let source = c
            .source
            .as_ref()
            .map_or(String::new(), |s| format!("`{}{}`", s.file, s.function.as_ref().map_or(String::new(), |f| format!(" {f}"))));
        let service = c.service.as_deref().unwrap_or_default();
        _ = writeln!(
            out,
            "| {} | {} | {:.0} % | {service} | {source} | {} |",
            c.rank,
            cell(&c.title),
            c.confidence * 100.0,
            c.evidence.join(", ")
        );
    }
    for (mark, c) in marked.causes(report) {
        note(&format!("Cause {}", c.rank), &mark.note, out);
    }
}

/// What the reader wrote, set apart as a quotation.
fn note(on: &str, text: &str, out: &mut String) {
    if !text.trim().is_empty() {
        _ = writeln!(out, "\n> **Note on {on}:** {}", plain(text.trim_end()).replace('\n', "\n> "));
    }
}

/// What the reader dismissed, in a line each.
fn dismissed(report: &Report, marked: &Marked, out: &mut String) {
    let causes = marked.dismissed_causes(report).map(|(mark, c)| (format!("cause {}", c.rank), plain(&c.title), &mark.note));
    let first = |e: &Evidence| quoted(e.message.lines().next().unwrap_or_default());
    let evidence = marked.dismissed_evidence(report).map(|(mark, e)| (e.id.clone(), first(e), &mark.note));
    let all: Vec<_> = causes.chain(evidence).collect();
    if !all.is_empty() {
        out.push_str("\n## Dismissed by the reader\n\n");
    }
    for (name, text, note) in all {
        let why = if note.trim().is_empty() { String::new() } else { format!(" ({})", cell(note.trim())) };
        _ = writeln!(out, "- {name}: {text}{why}");
    }
}

fn evidence(mark: &MarkedPiece, e: &Evidence, out: &mut String) {
    let at = e.timestamp.as_deref().unwrap_or("no time");
    let pinned = if mark.stance == Stance::Pinned { " · pinned" } else { "" };
    _ = writeln!(out, "\n**{}** `{}:{}` · {at}{pinned} · {}\n", e.id, e.file, e.line, plain(&e.why));
    // Four backticks: a log line may hold three.
    out.push_str("````text\n");
    let lines: Vec<&str> = e.message.lines().collect();
    for line in lines.iter().take(LINES) {
        _ = writeln!(out, "{}", line.replace("````", "'''"));
    }
    if lines.len() > LINES {
        _ = writeln!(out, "… {} more lines", lines.len() - LINES);
    }
    out.push_str("````\n");
    note(&e.id, &mark.note, out);
}

fn footer(report: &Report, out: &mut String) {
    let f = &report.funnel;
    _ = writeln!(
        out,
        "\n---\n{} files, {} lines, {} events; {} important, {} relevant, {} evidence.",
        f.files, f.lines, f.events, f.important, f.relevant, f.evidence
    );
    match &report.model {
        Some(model) => _ = writeln!(out, "{}", model.sentence()),
        None => out.push_str("Scored without a model.\n"),
    }
    if let Some((model, drift)) = report.model.as_ref().and_then(|model| Some((model, model.drift.as_ref()?))) {
        _ = writeln!(out, "\n**The {} does not fit these logs:** {}. {}.\n", model.noun(), drift.why, drift.remedy);
    }
    for s in &report.skipped {
        _ = writeln!(out, "Skipped {}: {}", s.path, s.reason);
    }
}

/// A text as a cell of a table.
fn cell(text: &str) -> String {
    plain(text).replace('\n', " ")
}

/// A text from a log as Markdown that shows it as it is: nothing in it is markup, a link or a citation.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A text from a log as code, with what would look like a citation taken apart.
#[must_use]
pub fn quoted(text: &str) -> String {
    format!("`{}`", text.replace('`', "'").replace("[E", "[ E"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{
        fixture::report,
        marks::{Mark, Marks, cause_keys, evidence_key, marked},
    };

    #[test]
    fn log_text_is_no_markup() {
        assert_eq!(plain("<class 'x'> [E1] *a*|b"), "\\<class 'x'\\> \\[E1\\] \\*a\\*\\|b");
        assert_eq!(quoted("a `b` [E2]"), "`a 'b' [ E2]`");
    }

    #[test]
    fn the_readers_marks_are_kept() {
        let report = report();
        let mark = |key: &str, stance, note: &str| Mark { key: key.into(), stance, note: note.into() };
        let keys: Vec<String> = report.evidence.iter().map(evidence_key).collect();
        let marks = Marks {
            evidence: vec![mark(&keys[2], Stance::Pinned, "two\nlines"), mark(&keys[0], Stance::Dismissed, "old")],
            causes: vec![mark(&cause_keys(&report)[0], Stance::Dismissed, "")],
            ..Marks::default()
        };
        let text = write(&report, &marked(&report, &marks));
        let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"));
        assert!(place("**E3** ") < place("> **Note on E3:** two\n> lines") && place("lines") < place("**E2** "));
        assert!(place("## Dismissed by the reader") < place("- cause 1: No compute host"));
        assert!(text.contains("- E1: `Filter RamFilter returned 0 hosts` (old)") && !text.contains("**E1** `"), "{text}");
        assert!(!write(&report, &marked(&report, &Marks::default())).contains("Dismissed"));
    }
}
