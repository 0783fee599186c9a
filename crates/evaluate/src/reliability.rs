//! Whether what is stated as sure is as often right.

use serde::Serialize;

/// How sure something was, and whether it was right.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Stated {
    /// The confidence that was stated, 0 to 1.
    pub confidence: f64,
    /// Whether it was right.
    pub right: bool,
}

/// Stated confidence beside the share that was right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reliability {
    /// Whose confidence it is.
    pub of: &'static str,
    /// By confidence, a tenth each; those that hold nothing are left out.
    pub bins: Vec<Bin>,
    /// The expected calibration error, 0 to 1: how far the two are apart, as the mean over all that was stated.
    pub error: f64,
}

/// Statements about as sure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// The least confidence.
    pub from: f64,
    /// The confidence at which the next bin begins; the last holds 1 as well.
    pub to: f64,
    /// Statements.
    pub count: usize,
    /// Their mean confidence.
    pub stated: f64,
    /// The share of them that was right.
    pub right: f64,
}

/// How many bins there are.
const BINS: usize = 10;

impl Reliability {
    /// Sorts statements into bins.
    #[must_use]
    pub fn of(of: &'static str, stated: &[Stated]) -> Self {
        let place = |s: &Stated| ((s.confidence * BINS as f64 + 1e-9) as usize).min(BINS - 1);
        let bins: Vec<Bin> = (0..BINS).filter_map(|n| bin(n, stated.iter().filter(|s| place(s) == n))).collect();
        let apart = bins.iter().map(|bin| bin.count as f64 * (bin.stated - bin.right).abs()).sum::<f64>();
        Self { of, bins, error: apart / stated.len().max(1) as f64 }
    }
}

fn bin<'a>(n: usize, stated: impl Iterator<Item = &'a Stated>) -> Option<Bin> {
    let (mut count, mut sum, mut right) = (0_usize, 0.0, 0_usize);
    for one in stated {
        count += 1;
        sum += one.confidence;
        right += usize::from(one.right);
    }
    let of = |value: f64| value / count as f64;
    let edge = |n: usize| n as f64 / BINS as f64;
    (count > 0).then(|| Bin { from: edge(n), to: edge(n + 1), count, stated: of(sum), right: of(right as f64) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_hold_what_is_about_as_sure() {
        let stated = [(0.85, true), (0.89, false), (0.9, true), (1.0, true), (0.05, false)];
        let found = Reliability::of("all", &stated.map(|(confidence, right)| Stated { confidence, right }));
        let bins: Vec<_> = found.bins.iter().map(|b| (b.from, b.count, b.stated, b.right)).collect();
        let expected = [(0.0, 1, 0.05, 0.0), (0.8, 2, 0.87, 0.5), (0.9, 2, 0.95, 1.0)];
        assert_eq!(bins.len(), expected.len());
        for (found, expected) in bins.iter().zip(expected) {
            let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
            assert!(near(found.0, expected.0) && found.1 == expected.1, "{found:?}");
            assert!(near(found.2, expected.2) && near(found.3, expected.3), "{found:?}");
        }
        assert!((found.error - (0.05 + 2.0 * 0.37 + 2.0 * 0.05) / 5.0).abs() < 1e-9, "{}", found.error);
    }

    #[test]
    fn nothing_stated_is_no_error() {
        assert_eq!(Reliability::of("none", &[]), Reliability { of: "none", bins: Vec::new(), error: 0.0 });
    }
}
