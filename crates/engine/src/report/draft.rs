//! A draft of a bug report on a cause, in the form that OpenStack's trackers ask for, without the secrets that logs hold.

use std::{fmt::Write, sync::LazyLock};

use regex::Regex;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    Cause, Evidence, Report, SourceLocation,
    marks::{Marked, MarkedPiece},
    redact::redact,
};
use crate::{diagnose::known::Known, logs::Logs};

/// Records that are quoted.
const RECORDS: usize = 4;
/// Lines of a record that are quoted: its beginning, and its end, where a traceback says what was raised.
const LINES: usize = 60;
/// Moments before the failure that are told.
const STEPS: usize = 8;
/// Versions that are listed.
const VERSIONS: usize = 12;

/// A bug report that its author still has to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Draft {
    /// The project that it is for: `nova`.
    pub project: String,
    /// What the project's tracker is called; none where it is not known.
    pub tracker: Option<String>,
    /// The address that opens a new report there.
    pub url: Option<String>,
    /// One line.
    pub title: String,
    /// Markdown.
    pub text: String,
    /// Secrets that were removed.
    pub removed: u32,
}

/// What a draft is written from, beside the report.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The tables that the report was made with.
    pub known: &'a Known,
    /// What the logs say of versions, as [`versions`] gives it.
    pub versions: &'a [String],
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Trackers {
    #[serde(rename = "tracker")]
    all: Vec<Tracker>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tracker {
    subsystems: Vec<String>,
    name: String,
    url: String,
}

static TRACKERS: LazyLock<Trackers> =
    LazyLock::new(|| toml::from_str(include_str!("../../knowledge/trackers.toml")).unwrap_or_default());

/// Writes a draft on the cause of that rank, or on the first one as the reader sees it; none where there is no such cause.
#[must_use]
pub fn write(report: &Report, marked: &Marked, rank: Option<u32>, facts: Facts) -> Option<Draft> {
    let mut causes = marked.causes(report).map(|(_, cause)| cause);
    let cause = match rank {
        None => causes.next()?,
        Some(rank) => report.causes.iter().find(|cause| cause.rank == rank)?,
    };
    let project = cause.subsystem.clone().or_else(|| cause.service.clone()).unwrap_or_else(|| "openstack".into());
    let tracker = TRACKERS.all.iter().find(|tracker| tracker.subsystems.contains(&project));
    let (title, removed) = redact(&cause.title);
    let (body, more) = redact(&body(report, marked, cause, facts));
    let removed = removed + more;
    let url = tracker.map(|tracker| tracker.url.replace("{subsystem}", &project));
    let text = format!("{}{body}", head(&project, tracker.zip(url.as_deref()), &title, removed));
    Some(Draft { project, tracker: tracker.map(|tracker| tracker.name.clone()), url, title, text, removed })
}

fn head(project: &str, tracker: Option<(&Tracker, &str)>, title: &str, removed: u32) -> String {
    let secrets = match removed {
        0 => "No secret was found in it".to_owned(),
        1 => "One secret was replaced".to_owned(),
        many => format!("{many} secrets were replaced"),
    };
    let to = tracker.map_or_else(
        || "the distribution or vendor that it came from".into(),
        |(tracker, url)| format!("{}, <{url}>", tracker.name),
    );
    format!(
        "> **Check this draft before you publish it.** {secrets}; names of hosts, addresses, users and projects are as the logs have \
         them. Remove this paragraph then.\n\n**Project:** {project} ({to})\n**Title:** {title}\n"
    )
}

fn body(report: &Report, marked: &Marked, cause: &Cause, facts: Facts) -> String {
    let evidence = chosen(report, marked, cause);
    let mut out = String::new();
    section("Summary", &summary(report, cause), &mut out);
    section("What happened", &happened(cause, &evidence), &mut out);
    section("Expected", "The operation ends without the error below.", &mut out);
    section("Steps to reproduce", &steps(report, cause), &mut out);
    section("Environment", &environment(report, &evidence, facts.versions), &mut out);
    section("Logs", &excerpts(&evidence), &mut out);
    section("Where in the code", &code(cause), &mut out);
    section("Known failure", &known(cause, facts.known), &mut out);
    out
}

fn section(title: &str, text: &str, out: &mut String) {
    if !text.trim().is_empty() {
        _ = write!(out, "\n## {title}\n\n{}\n", text.trim_end());
    }
}

/// The evidence of a cause as the reader has it, with what the reader pinned first.
fn chosen<'a>(report: &'a Report, marked: &'a Marked, cause: &Cause) -> Vec<(&'a MarkedPiece, &'a Evidence)> {
    marked.evidence(report).filter(|(_, piece)| cause.evidence.contains(&piece.id)).take(RECORDS).collect()
}

fn summary(report: &Report, cause: &Cause) -> String {
    let mut out = cause.title.trim_end_matches('.').to_owned();
    let places =
        [cause.service.as_deref().map(|service| format!("in {service}")), cause.host.as_deref().map(|host| format!("on {host}"))];
    let places: Vec<String> = places.into_iter().flatten().collect();
    if !places.is_empty() {
        _ = write!(out, ", {}", places.join(" "));
    }
    out.push('.');
    if let Some(issue) = &report.issue {
        _ = write!(out, "\n\nAs users see it: {issue}");
    }
    out
}

fn happened(cause: &Cause, evidence: &[(&MarkedPiece, &Evidence)]) -> String {
    let mut out = uncited(&cause.explanation);
    for note in evidence.iter().map(|(mark, _)| mark.note.trim()).filter(|note| !note.is_empty()) {
        _ = write!(out, "\n\n{note}");
    }
    out
}

/// Numbers of evidence mean nothing to those who do not have the report.
fn uncited(text: &str) -> String {
    static CITATION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r" ?\[[EU]\d+(?:,\s*[EU]\d+)*\]").ok());
    CITATION.as_ref().map_or_else(|| text.into(), |pattern| pattern.replace_all(text, "").into_owned())
}

fn steps(report: &Report, cause: &Cause) -> String {
    let mut out = String::from("Add what was done, with the commands and the configuration that matter.\n");
    let request = report.requests.iter().find(|request| request.evidence.iter().any(|id| cause.evidence.contains(id)));
    if let Some(request) = request {
        _ = write!(
            out,
            "\nThe request {} went through {}: {}.\n",
            request.request_id,
            request.services.join(", "),
            request.outcome
        );
    }
    let failed =
        report.timeline.iter().position(|moment| moment.evidence_id.as_ref().is_some_and(|id| cause.evidence.contains(id)));
    let moments = &report.timeline[failed.unwrap_or_default().saturating_sub(STEPS - 1)..];
    if let Some(failed) = failed {
        out.push_str("\nWhat the logs show before it:\n\n");
        for (n, moment) in moments.iter().take(failed.min(STEPS - 1) + 1).enumerate() {
            let service = moment.service.as_deref().unwrap_or("unknown");
            _ = writeln!(out, "{}. `{}` {service}: {}", n + 1, moment.timestamp, super::markdown::quoted(&moment.label));
        }
    }
    out
}

fn environment(report: &Report, evidence: &[(&MarkedPiece, &Evidence)], versions: &[String]) -> String {
    let mut out = String::new();
    for version in versions {
        _ = writeln!(out, "- {version}");
    }
    if let Some(python) = evidence.iter().find_map(|(_, piece)| python(&piece.message)) {
        _ = writeln!(out, "- Python {python}, by the paths in the traceback");
    }
    if versions.is_empty() {
        out.push_str("- The logs name no version: add the release of OpenStack and the package's version\n");
    }
    let (hosts, services) = (report.patterns.hosts.len(), report.patterns.services.len());
    _ = writeln!(out, "- {hosts} hosts and {services} services have logs in this report");
    out
}

/// The version of Python that a traceback's paths name.
fn python(text: &str) -> Option<&str> {
    static PATH: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"/python(\d\.\d+)/").ok());
    PATH.as_ref()?.captures(text)?.get(1).map(|version| version.as_str())
}

fn excerpts(evidence: &[(&MarkedPiece, &Evidence)]) -> String {
    let mut out = String::new();
    for (_, piece) in evidence {
        let words = [&piece.timestamp, &piece.level, &piece.logger].into_iter().flatten().map(String::as_str);
        let header: Vec<&str> = words.collect();
        let request = piece.request_id.as_deref().map_or(String::new(), |id| format!(" [{id}]"));
        _ = write!(out, "`{}`, line {}:\n\n````text\n{}{request} ", piece.file, piece.line, header.join(" "));
        out.push_str(&clipped(&piece.message).replace("````", "'''"));
        out.push_str("\n````\n\n");
    }
    out
}

/// The beginning and the end of a record.
fn clipped(message: &str) -> String {
    let lines: Vec<&str> = message.lines().collect();
    if lines.len() <= LINES {
        return lines.join("\n");
    }
    let half = LINES / 2;
    let left_out = format!("[{} lines left out]", lines.len() - 2 * half);
    [&lines[..half], &[left_out.as_str()], &lines[lines.len() - half..]].concat().join("\n")
}

fn code(cause: &Cause) -> String {
    let Some(SourceLocation { file, line, function }) = &cause.source else { return String::new() };
    let line = line.map_or(String::new(), |line| format!(":{line}"));
    let function = function.as_deref().map_or(String::new(), |function| format!(" in `{function}`"));
    format!("`{file}{line}`{function}")
}

fn known(cause: &Cause, known: &Known) -> String {
    let Some(id) = &cause.signature else { return String::new() };
    let found = known.named(id).and_then(|id| known.signature(id));
    let Some(signature) = found else { return format!("`{id}`") };
    let releases = signature.releases.as_deref().map_or(String::new(), |releases| format!(" Known from {releases}."));
    format!("{} (`{id}`).{releases}\n\nReference: {}", signature.title.trim_end_matches('.'), signature.reference)
}

/// The forms in which programs tell their version when they start: which program, and which version.
static VERSIONS_TOLD: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"(?i)\bstarting (?P<program>[a-z][\w-]*) node \(version (?P<version>[0-9][\w.+~-]*)\)",
        r"(?i)\b(?P<program>libvirt|qemu|rabbitmq|mariadb|mysqld|haproxy|ovs-vswitchd|ovn-controller|ceph)(?: version:?| \(version)? v?(?P<version>[0-9]+\.[0-9][\w.+~-]*)",
        r"(?i)\b(?P<program>[a-z][a-z0-9]+(?:-[a-z0-9]+)*) version (?P<version>[0-9]+\.[0-9]+\.[0-9][\w.+~-]*)",
    ]
    .iter()
    .filter_map(|form| Regex::new(form).ok())
    .collect()
});

/// What the logs say of versions, a program each. Only the first record of each template is looked at.
#[must_use]
pub fn versions(logs: &Logs) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let firsts = logs.templates.firsts.iter().flatten().map(|event| *event as usize);
    for event in firsts.filter(|event| *event < logs.of.len()) {
        let text = String::from_utf8_lossy(&logs.read.headline(event)).into_owned();
        found.extend(version(&text));
    }
    found.sort();
    found.dedup();
    found.truncate(VERSIONS);
    found
}

/// The program and the version that a record tells.
fn version(text: &str) -> Option<String> {
    let told = VERSIONS_TOLD.iter().find_map(|form| form.captures(text))?;
    let program = told.name("program")?.as_str();
    let version = told.name("version")?.as_str().trim_end_matches('.');
    Some(format!("{program} {version}"))
}

#[cfg(test)]
mod tests;
