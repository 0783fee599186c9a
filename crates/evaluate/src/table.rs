//! Figures summed up over groups of cases.

use serde::Serialize;

use crate::{
    Kind, Stratum,
    evaluation::{LEFT_OUT, Outcome},
    judge::{FALSE_ALARM, Marks},
};

/// How many were right of those that could be judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Those that were right; of false alarms, those that were raised.
    pub right: usize,
    /// Those that could be judged.
    pub of: usize,
}

impl Share {
    fn over<'a>(marks: impl Iterator<Item = &'a Marks>, figure: &str) -> Self {
        marks
            .filter_map(|marks| marks.of(figure))
            .fold(Self::default(), |sum, right| Self { right: sum.right + usize::from(right), of: sum.of + 1 })
    }

    /// The share, 0 to 1; none where nothing could be judged.
    #[must_use]
    pub fn ratio(self) -> Option<f64> {
        (self.of > 0).then(|| self.right as f64 / self.of as f64)
    }
}

/// Figures of a group of cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Which cases, or what it shows.
    pub title: String,
    /// How many cases.
    pub count: usize,
    /// What the rows are.
    pub head: &'static str,
    /// Whose figures, or which figures.
    pub columns: Vec<String>,
    /// The name of each row with its values, one for each column.
    pub rows: Vec<(String, Vec<Share>)>,
}

/// The program beside trivial answers: failing cases, all and by stratum, and those in which nothing failed. Groups and figures that no
/// case has are left out.
pub fn tables(outcomes: &[Outcome]) -> Vec<Table> {
    let of_kind = |kind: Kind| outcomes.iter().filter(move |outcome| outcome.kind == kind);
    let of_stratum = |stratum| of_kind(Kind::Failure).filter(move |outcome| outcome.stratum == Some(stratum)).collect::<Vec<_>>();
    let strata = Stratum::ALL.map(|stratum| (format!("Failing runs, {}", stratum.name()), of_stratum(stratum)));
    let others = [("Fault-free runs", Kind::FaultFree), ("Harmless runs (a fault was active, no user saw it)", Kind::Harmless)];
    std::iter::once(("Failing runs".to_owned(), of_kind(Kind::Failure).collect()))
        .chain(strata)
        .chain(others.map(|(title, kind)| (title.to_owned(), of_kind(kind).collect())))
        .filter_map(|(title, group): (String, Vec<&Outcome>)| beside(title, &group))
        .collect()
}

fn beside(title: String, group: &[&Outcome]) -> Option<Table> {
    let whole = |outcome: &&'_ Outcome| outcome.program.first().cloned().unwrap_or_default();
    let columns: [(&str, Vec<Marks>); 3] = [
        ("program", group.iter().map(whole).collect()),
        ("first ERROR", group.iter().map(|outcome| outcome.first_error.clone()).collect()),
        ("first new ERROR", group.iter().map(|outcome| outcome.first_new_error.clone()).collect()),
    ];
    let figures = columns[0].1.first()?.0.iter().map(|(figure, _)| *figure);
    let shares = |figure| columns.iter().map(|(_, marks)| Share::over(marks.iter(), figure)).collect::<Vec<_>>();
    let judged = |shares: &Vec<Share>| shares.iter().any(|share| share.of > 0);
    let rows = figures.map(|figure| (figure.to_owned(), shares(figure))).filter(|(_, shares)| judged(shares)).collect();
    let columns = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
    Some(Table { title, count: group.len(), head: "figure", columns, rows })
}

/// The main figures with each of the signals left out.
pub fn ablation(outcomes: &[Outcome]) -> Table {
    const FIGURES: [&str; 9] = [
        "detected",
        "subsystem@1",
        "file@1",
        "file@3",
        "function@1",
        "fault line@1",
        "failing request@1",
        "time@1",
        crate::judge::CATEGORY,
    ];
    let share = |n: usize, kind: Kind, figure: &str| {
        Share::over(outcomes.iter().filter(|outcome| outcome.kind == kind).filter_map(|outcome| outcome.program.get(n)), figure)
    };
    let failing = FIGURES.map(|figure| (figure.to_owned(), Kind::Failure, figure));
    let alarms = [("fault-free alarm", Kind::FaultFree), ("harmless alarm", Kind::Harmless)];
    let alarms = alarms.map(|(name, kind)| (name.to_owned(), kind, FALSE_ALARM));
    let judged = |(_, kind, figure): &(String, Kind, &str)| share(0, *kind, figure).of > 0;
    let columns: Vec<_> = failing.into_iter().chain(alarms).filter(judged).collect();
    let row = |(n, (name, _)): (usize, &(&str, _))| {
        ((*name).to_owned(), columns.iter().map(|(_, kind, figure)| share(n, *kind, figure)).collect())
    };
    Table {
        title: "What each signal is worth: the figures without it".to_owned(),
        count: outcomes.len(),
        head: "left out",
        rows: LEFT_OUT.iter().enumerate().map(row).collect(),
        columns: columns.into_iter().map(|(name, ..)| name).collect(),
    }
}
