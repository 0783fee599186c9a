//! What a reader marks in a report: pinned, dismissed, noted, put in order, and events added as evidence.
//!
//! Marks know causes and records by what stays the same from one analysis to the next, not by their place in a report. Where marks are
//! kept is for others to know.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Cause, Evidence, Report, Role};
use crate::{diagnose::known::Known, explore::Detail};

/// The longest record that is kept as a reader's own evidence, in characters.
const LONGEST: usize = 20_000;

/// What a reader marked in the reports of a folder of logs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[ts(export, export_to = "types.ts")]
pub struct Marks {
    /// The keys of causes in the reader's order; empty: the order of the report.
    pub order: Vec<String>,
    /// Marks on causes.
    pub causes: Vec<Mark>,
    /// Marks on evidence. What is pinned stands in this order.
    pub evidence: Vec<Mark>,
    /// Records that the reader added as evidence, oldest first. They are pinned unless a mark says otherwise.
    pub own: Vec<Evidence>,
}

/// A mark on a cause or on a piece of evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[ts(export, export_to = "types.ts")]
pub struct Mark {
    /// What it is on, as in [`Marked`].
    pub key: String,
    /// What the reader thinks of it.
    pub stance: Stance,
    /// What the reader wrote about it, as typed.
    pub note: String,
}

/// What a reader thinks of a cause or of a piece of evidence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "types.ts")]
pub enum Stance {
    /// It stands before all others.
    Pinned,
    /// Nothing was said of it.
    #[default]
    Kept,
    /// It is put aside.
    Dismissed,
}

/// A report as its reader marked it: what to show, in which order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Marked {
    /// All causes of the report: the pinned ones first, the dismissed ones last.
    pub causes: Vec<MarkedCause>,
    /// All evidence, that of the reader's own included: the pinned first, the dismissed last.
    pub evidence: Vec<MarkedPiece>,
    /// The reader's own evidence, with ids `U1`, `U2` …; what the report holds anyway is not among it.
    pub own: Vec<Evidence>,
}

/// A cause as its reader marked it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct MarkedCause {
    /// What it is known by in every report of the folder.
    pub key: String,
    /// The cause of the report.
    pub rank: u32,
    /// What the reader thinks of it.
    pub stance: Stance,
    /// What the reader wrote about it; empty for nothing.
    pub note: String,
}

/// A piece of evidence as its reader marked it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct MarkedPiece {
    /// What it is known by in every report of the folder.
    pub key: String,
    /// The piece's id: `E1` of the report, `U1` of the reader's own.
    pub id: String,
    /// What the reader thinks of it.
    pub stance: Stance,
    /// What the reader wrote about it; empty for nothing.
    pub note: String,
}

/// The report as its reader marked it.
#[must_use]
pub fn marked(report: &Report, marks: &Marks) -> Marked {
    let own = own_of(report, marks);
    Marked { causes: causes(report, marks), evidence: evidence(report, &own, marks), own }
}

impl Marked {
    /// Whether the reader marked anything in this report.
    #[must_use]
    pub fn is_marked(&self, report: &Report) -> bool {
        *self != marked(report, &Marks::default())
    }

    /// The causes in the reader's order, the dismissed ones left out.
    pub fn causes<'a>(&'a self, report: &'a Report) -> impl Iterator<Item = (&'a MarkedCause, &'a Cause)> {
        self.all_causes(report).filter(|(mark, _)| mark.stance != Stance::Dismissed)
    }

    /// The causes that the reader dismissed.
    pub fn dismissed_causes<'a>(&'a self, report: &'a Report) -> impl Iterator<Item = (&'a MarkedCause, &'a Cause)> {
        self.all_causes(report).filter(|(mark, _)| mark.stance == Stance::Dismissed)
    }

    /// The evidence in the reader's order, the dismissed left out.
    pub fn evidence<'a>(&'a self, report: &'a Report) -> impl Iterator<Item = (&'a MarkedPiece, &'a Evidence)> {
        self.all_evidence(report).filter(|(mark, _)| mark.stance != Stance::Dismissed)
    }

    /// The evidence that the reader dismissed.
    pub fn dismissed_evidence<'a>(&'a self, report: &'a Report) -> impl Iterator<Item = (&'a MarkedPiece, &'a Evidence)> {
        self.all_evidence(report).filter(|(mark, _)| mark.stance == Stance::Dismissed)
    }

    fn all_causes<'a>(&'a self, report: &'a Report) -> impl Iterator<Item = (&'a MarkedCause, &'a Cause)> {
        self.causes
            .iter()
            .filter_map(|mark| report.causes.iter().find(|cause| cause.rank == mark.rank).map(|cause| (mark, cause)))
    }

    fn all_evidence<'a>(&'a self, report: &'a Report) -> impl Iterator<Item = (&'a MarkedPiece, &'a Evidence)> {
        let find = |id: &str| report.evidence.iter().chain(&self.own).find(|piece| piece.id == id);
        self.evidence.iter().filter_map(move |mark| find(&mark.id).map(|piece| (mark, piece)))
    }
}

/// An event as evidence of the reader's own.
#[must_use]
pub fn piece(detail: &Detail, known: &Known) -> Evidence {
    let row = &detail.row;
    let component = row.service.as_deref().and_then(|service| known.subsystem_of(service));
    Evidence {
        id: String::new(),
        file: row.file.clone(),
        line: row.line,
        end_line: row.line + row.lines.saturating_sub(1),
        timestamp: row.timestamp.clone(),
        host: row.host.clone(),
        service: row.service.clone(),
        subsystem: component.and_then(|component| component.subsystem.clone()),
        level: row.level.clone(),
        logger: row.logger.clone(),
        request_id: row.request.clone(),
        instance_id: row.instance.clone(),
        message: detail.message.chars().take(LONGEST).collect(),
        template: detail.template_text.clone(),
        importance: row.importance.map_or(0.0, |importance| (f64::from(importance) * 1000.0).round() / 1000.0),
        relevance: None,
        role: Role::Context,
        why: "Added by the reader of this report.".into(),
    }
}

/// What a record is known by: where it stands, and what it says.
#[must_use]
pub fn evidence_key(piece: &Evidence) -> String {
    format!("{}:{} {:016x}", piece.file, piece.line, sum(&piece.message))
}

/// What each cause is known by: its known failure, else where in the code it is, else what its service says.
#[must_use]
pub fn cause_keys(report: &Report) -> Vec<String> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut key = |cause: &Cause| {
        let key = cause_key(report, cause);
        let before = seen.entry(key.clone()).or_default();
        *before += 1;
        if *before == 1 { key } else { format!("{key} ({before})") }
    };
    report.causes.iter().map(&mut key).collect()
}

fn cause_key(report: &Report, cause: &Cause) -> String {
    if let Some(signature) = &cause.signature {
        return format!("known failure {signature}");
    }
    if let Some(source) = &cause.source {
        return format!("source {} {}", source.file, source.function.as_deref().unwrap_or_default()).trim_end().to_owned();
    }
    let first = cause.evidence.iter().find_map(|id| report.evidence.iter().find(|piece| piece.id == *id));
    let says = first.map_or(cause.title.as_str(), |piece| &piece.template);
    format!("service {} says {says}", cause.service.as_deref().unwrap_or_default())
}

fn causes(report: &Report, marks: &Marks) -> Vec<MarkedCause> {
    let keys = cause_keys(report);
    let mut all: Vec<MarkedCause> = arranged(&keys, &marks.order)
        .into_iter()
        .map(|n| {
            let (stance, note) = said(&marks.causes, &keys[n], Stance::Kept);
            MarkedCause { key: keys[n].clone(), rank: report.causes[n].rank, stance, note }
        })
        .collect();
    all.sort_by_key(|cause| cause.stance);
    all
}

/// The places of keys in the reader's order. What the reader never put in order follows the one before it in the report.
fn arranged(keys: &[String], order: &[String]) -> Vec<usize> {
    let mut placed: Vec<usize> = Vec::with_capacity(keys.len());
    for place in order.iter().filter_map(|key| keys.iter().position(|one| one == key)) {
        if !placed.contains(&place) {
            placed.push(place);
        }
    }
    for n in 0..keys.len() {
        if !placed.contains(&n) {
            let before = n.checked_sub(1).and_then(|before| placed.iter().position(|place| *place == before));
            placed.insert(before.map_or(0, |before| before + 1), n);
        }
    }
    placed
}

fn evidence(report: &Report, own: &[Evidence], marks: &Marks) -> Vec<MarkedPiece> {
    let of = |piece: &Evidence, unsaid: Stance| {
        let key = evidence_key(piece);
        let (stance, note) = said(&marks.evidence, &key, unsaid);
        MarkedPiece { key, id: piece.id.clone(), stance, note }
    };
    let reported = report.evidence.iter().map(|piece| of(piece, unsaid(piece, marks)));
    let mut all: Vec<MarkedPiece> = reported.chain(own.iter().map(|piece| of(piece, Stance::Pinned))).collect();
    let place = |piece: &MarkedPiece| match piece.stance {
        Stance::Pinned => marks.evidence.iter().position(|mark| mark.key == piece.key).unwrap_or(usize::MAX),
        Stance::Kept | Stance::Dismissed => 0,
    };
    all.sort_by_key(|piece| (piece.stance, place(piece)));
    all
}

/// What to think of a reported piece that no mark is on: one that the reader added before it was reported stays pinned.
fn unsaid(piece: &Evidence, marks: &Marks) -> Stance {
    let added = marks.own.iter().any(|own| own.file == piece.file && own.line == piece.line && own.message == piece.message);
    if added { Stance::Pinned } else { Stance::Kept }
}

fn said(marks: &[Mark], key: &str, unsaid: Stance) -> (Stance, String) {
    marks.iter().find(|mark| mark.key == key).map_or((unsaid, String::new()), |mark| (mark.stance, mark.note.clone()))
}

/// The reader's own evidence that the report does not hold anyway.
fn own_of(report: &Report, marks: &Marks) -> Vec<Evidence> {
    let reported: Vec<String> = report.evidence.iter().map(evidence_key).collect();
    let others = marks.own.iter().filter(|piece| !reported.contains(&evidence_key(piece)));
    others.enumerate().map(|(n, piece)| Evidence { id: format!("U{}", n + 1), ..piece.clone() }).collect()
}

/// The 64-bit FNV-1a hash (G. Fowler, L. Noll, K.-P. Vo), which stays the same from one version of the program to the next.
fn sum(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests;
