//! The report as Markdown.

use std::fmt::Write;

use super::{Evidence, Report, Verdict};

/// Lines of a record that are shown.
const LINES: usize = 12;

/// Writes a report as Markdown, for a ticket or a mail.
#[must_use]
pub fn write(report: &Report) -> String {
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
    causes(report, &mut out);
    if !report.actions.is_empty() {
        out.push_str("\n## Actions\n\n");
        for (n, action) in report.actions.iter().enumerate() {
            _ = writeln!(out, "{}. {action}", n + 1);
        }
    }
    if !report.evidence.is_empty() {
        out.push_str("\n## Evidence\n");
        report.evidence.iter().for_each(|e| evidence(e, &mut out));
    }
    footer(report, &mut out);
    out
}

fn causes(report: &Report, out: &mut String) {
    if report.causes.is_empty() {
        return;
    }
    out.push_str("\n## Causes\n\n| # | cause | confidence | service | source | evidence |\n|---|---|---|---|---|---|\n");
    for c in &report.causes {
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
}

fn evidence(e: &Evidence, out: &mut String) {
    let at = e.timestamp.as_deref().unwrap_or("no time");
    _ = writeln!(out, "\n**{}** `{}:{}` · {at} · {}\n", e.id, e.file, e.line, plain(&e.why));
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

    #[test]
    fn log_text_is_no_markup() {
        assert_eq!(plain("<class 'x'> [E1] *a*|b"), "\\<class 'x'\\> \\[E1\\] \\*a\\*\\|b");
        assert_eq!(quoted("a `b` [E2]"), "`a 'b' [ E2]`");
    }
}
