//! Says where logs are too different from what the model learned.

use super::Drift;
use crate::score::drift::Distance;

/// Shares of events from which the model is doubted, and with which nothing that it says can be trusted: of those it does not know.
const UNKNOWN: [f64; 2] = [0.4, 0.8];
/// The same of those it knows and that surprise it. A quiet day of a cloud that it knows well, with long pauses, surprises it by half: what
/// it learned was busier. Clouds that it does not know surprise it by 0.85 and more.
const SURPRISE: [f64; 2] = [0.6, 0.9];

/// What to do where a model does not fit.
const TRAIN: &str =
    "Train a model on normal logs of this cloud as it is now; until then little follows from what is new or unusual here";
/// What to do where a good period does not fit.
const CHOOSE: &str = "Choose a good period of this cloud, with logs of the same services and not much older; until then little follows from \
                      what is new or unusual here";

/// The drift, where there is any; from a good period where it is a `baseline`, else from a model.
#[must_use]
pub fn drift(distance: Distance, baseline: bool) -> Option<Drift> {
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
        remedy: if baseline { CHOOSE } else { TRAIN }.to_owned(),
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
        drift(Distance { unknown, surprising }, false)
    }

    #[test]
    fn a_model_that_fits_is_not_doubted() {
        assert_eq!(at(0.0, 0.05), None);
        assert_eq!(at(0.39, 0.59), None);
    }

    #[test]
    fn what_to_do_depends_on_what_the_logs_are_compared_with() {
        let remedy = |baseline| drift(Distance { unknown: 0.9, surprising: 0.0 }, baseline).unwrap().remedy;
        assert!(remedy(false).starts_with("Train a model") && remedy(true).starts_with("Choose a good period"));
    }

    #[test]
    fn either_kind_of_difference_is_told_and_the_degree_grows_with_it() {
        let unknown = at(0.5, 0.0).unwrap();
        assert!(unknown.why.contains("50 percent of the events") && !unknown.why.contains("that it knows"), "{}", unknown.why);
        let surprising = at(0.0, 0.8).unwrap();
        assert!(surprising.why.starts_with("80 percent of the events that it knows"), "{}", surprising.why);
        let both = at(0.9, 0.8).unwrap();
        assert!(both.why.contains(", and 80 percent"), "{}", both.why);
        assert!(unknown.degree > 0.1 && unknown.degree < surprising.degree && (both.degree - 1.0).abs() < 1e-9);
    }
}
