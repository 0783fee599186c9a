//! Says where logs are too different from what the model learned.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::score::drift::Distance;

/// Shares of events from which the model is doubted, and with which nothing that it says can be trusted: of those it does not know.
const UNKNOWN: [f64; 2] = [0.4, 0.8];
/// The same of those it knows and that surprise it.
const SURPRISE: [f64; 2] = [0.4, 0.8];

/// Logs that are too different from what the model learned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Drift {
    /// How different they are, above 0 and up to 1: at 1 nothing that the model says can be trusted.
    pub degree: f64,
    /// Share of the events whose templates the model does not know, 0 to 1: the lesser of the medians over slices of time and over
    /// loggers, so that an incident does not count.
    pub unknown_share: f64,
    /// Share of the events it knows that surprise it more than 95 percent of normal events did, 0 to 1, the same way: about 0.05 where
    /// the logs are those of the same cloud, and up to 0.3 where they are short.
    pub surprise: f64,
    /// What is different, in words.
    pub why: String,
    /// What to do, in words.
    pub remedy: String,
}

/// The drift, where there is any.
#[must_use]
pub fn drift(distance: Distance) -> Option<Drift> {
    let Distance { unknown, surprising } = distance;
    let degree =
        |share: f64, [from, to]: [f64; 2]| if share < from { 0.0 } else { (0.1 + 0.9 * (share - from) / (to - from)).min(1.0) };
    let (strange, wrong) = (degree(unknown, UNKNOWN), degree(surprising, SURPRISE));
    let why = match (strange > 0.0, wrong > 0.0) {
        (false, false) => return None,
        (true, false) => of_unknown(unknown),
        (false, true) => of_surprising(surprising),
        (true, true) => format!("{}, and {}", of_unknown(unknown), of_surprising(surprising)),
    };
    Some(Drift {
        degree: rounded(f64::max(strange, wrong)),
        unknown_share: rounded(unknown),
        surprise: rounded(surprising),
        why,
        remedy:
            "Train a model on normal logs of this cloud as it is now; until then little follows from what is new or unusual here"
                .to_owned(),
    })
}

fn of_unknown(share: f64) -> String {
    format!("it never saw the kinds of {:.0} percent of the events, at any time and of most loggers", share * 100.0)
}

fn of_surprising(share: f64) -> String {
    format!(
        "{:.0} percent of the events that it knows come where it did not expect them, against about 5 percent in normal work",
        share * 100.0
    )
}

fn rounded(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(unknown: f64, surprising: f64) -> Option<Drift> {
        drift(Distance { unknown, surprising })
    }

    #[test]
    fn a_model_that_fits_is_not_doubted() {
        assert_eq!(at(0.0, 0.05), None);
        assert_eq!(at(0.39, 0.39), None);
    }

    #[test]
    fn either_kind_of_difference_is_told_and_the_degree_grows_with_it() {
        let unknown = at(0.5, 0.0).unwrap();
        assert!(unknown.why.contains("50 percent of the events") && !unknown.why.contains("that it knows"), "{}", unknown.why);
        let surprising = at(0.0, 0.6).unwrap();
        assert!(surprising.why.starts_with("60 percent of the events that it knows"), "{}", surprising.why);
        let both = at(0.9, 0.6).unwrap();
        assert!(both.why.contains(", and 60 percent"), "{}", both.why);
        assert!(unknown.degree > 0.1 && unknown.degree < surprising.degree && (both.degree - 1.0).abs() < 1e-9);
    }
}
