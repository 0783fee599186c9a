//! An evaluation as Markdown.

use std::fmt::Write;

use crate::{
    Evaluation, Table,
    reliability::Reliability,
    text::{self, CONFIDENCE},
};

impl Evaluation {
    /// All tables as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        // Writing into a string cannot fail.
        let mut out = "# Evaluation\n\n".to_owned();
        self.tables.iter().chain(&self.ablation).for_each(|one| table(&mut out, one));
        self.reliability.iter().for_each(|one| reliability(&mut out, one));
        _ = writeln!(out, "Seconds a case: median {:.2}, longest {:.2}. {}.", self.seconds.0, self.seconds.1, self.counted());
        if !self.broken.is_empty() {
            out.push_str("\n## Not evaluated\n\n");
        }
        for broken in &self.broken {
            _ = writeln!(out, "- `{}`: {}; {}", broken.case, broken.reason, broken.remedy);
        }
        out
    }
}

fn row(out: &mut String, cells: impl Iterator<Item = String>) {
    _ = writeln!(out, "| {} |", cells.collect::<Vec<_>>().join(" | "));
}

fn head(out: &mut String, names: &[String]) {
    row(out, names.iter().cloned());
    row(out, names.iter().enumerate().map(|(n, _)| if n == 0 { "---" } else { "---:" }.to_owned()));
}

fn table(out: &mut String, table: &Table) {
    _ = writeln!(out, "## {} (n={})\n", table.title, table.count);
    let names: Vec<String> = std::iter::once(table.head.to_owned()).chain(table.columns.iter().cloned()).collect();
    head(out, &names);
    for (name, shares) in &table.rows {
        row(out, std::iter::once(name.clone()).chain(shares.iter().map(|share| text::told(*share))));
    }
    out.push('\n');
}

fn reliability(out: &mut String, reliability: &Reliability) {
    _ = writeln!(out, "## How sure {} was said to be, and how often it was right\n", reliability.of);
    head(out, &CONFIDENCE.map(str::to_owned));
    for bin in text::bins(reliability) {
        row(out, bin.into_iter());
    }
    _ = writeln!(out, "\n{}\n", text::error(reliability));
}
