//! An evaluation as text for a terminal.

use std::fmt::Write;

use crate::{Evaluation, Share, Table, reliability::Reliability};

impl Evaluation {
    /// All tables as plain text.
    #[must_use]
    pub fn text(&self) -> String {
        // Writing into a string cannot fail.
        let mut out = String::new();
        self.tables.iter().chain(&self.ablation).for_each(|one| table(&mut out, one));
        self.reliability.iter().for_each(|one| reliability(&mut out, one));
        _ = writeln!(out, "Seconds a case: median {:.2}, longest {:.2}", self.seconds.0, self.seconds.1);
        for broken in &self.broken {
            _ = writeln!(out, "Not evaluated: {}: {}; {}", broken.case, broken.reason, broken.remedy);
        }
        _ = writeln!(out, "{}", self.counted());
        out
    }

    /// How many cases there were.
    pub(crate) fn counted(&self) -> String {
        format!("{} cases evaluated, {} not", self.cases.len(), self.broken.len())
    }
}

/// A share with its counts: `48/79 0.608`.
pub fn told(share: Share) -> String {
    share.ratio().map_or_else(|| "-".to_owned(), |ratio| format!("{}/{} {ratio:.3}", share.right, share.of))
}

/// What the rows of a reliability table hold.
pub const CONFIDENCE: [&str; 4] = ["confidence", "number", "stated", "right"];

/// The rows of a reliability table in words.
pub fn bins(reliability: &Reliability) -> Vec<[String; 4]> {
    let bin = |b: &crate::reliability::Bin| {
        [format!("{:.1} to {:.1}", b.from, b.to), b.count.to_string(), format!("{:.3}", b.stated), format!("{:.3}", b.right)]
    };
    reliability.bins.iter().map(bin).collect()
}

/// How far stated and right are apart, in a sentence.
pub fn error(reliability: &Reliability) -> String {
    format!("Expected calibration error {:.3}.", reliability.error)
}

fn table(out: &mut String, table: &Table) {
    _ = writeln!(out, "{} (n={})", table.title, table.count);
    let cells: Vec<Vec<String>> =
        table.rows.iter().map(|(_, shares)| shares.iter().map(|share| told(*share)).collect()).collect();
    let first = table.rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0).max(table.head.len());
    let widest = |n: usize| cells.iter().map(|row| row[n].len()).max().unwrap_or(0).max(table.columns[n].len());
    let widths: Vec<usize> = (0..table.columns.len()).map(widest).collect();
    let mut line = |name: &str, cells: &[String]| {
        _ = write!(out, "  {name:first$}");
        for (cell, width) in cells.iter().zip(&widths) {
            _ = write!(out, "  {cell:>width$}");
        }
        out.push('\n');
    };
    line(table.head, &table.columns);
    for ((name, _), cells) in table.rows.iter().zip(&cells) {
        line(name, cells);
    }
    out.push('\n');
}

fn reliability(out: &mut String, reliability: &Reliability) {
    _ = writeln!(out, "How sure {} was said to be, and how often it was right", reliability.of);
    for [confidence, number, stated, right] in std::iter::once(CONFIDENCE.map(str::to_owned)).chain(bins(reliability)) {
        _ = writeln!(out, "  {confidence:12}{number:>8}{stated:>8}{right:>8}");
    }
    _ = writeln!(out, "  {}\n", error(reliability));
}
