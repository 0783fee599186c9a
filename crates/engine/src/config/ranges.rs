//! The values that each parameter may have: what is checked, and what a front end tells while they are written.

use serde::Serialize;
use ts_rs::TS;

use crate::error::Error;

/// The values that a parameter may have.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Range {
    /// The parameter, as in the settings file: `lstm.units`.
    pub name: &'static str,
    /// The least value.
    pub least: f64,
    /// The greatest value.
    pub most: f64,
    /// Whether it is a whole number.
    pub whole: bool,
    /// Both ends in words.
    pub allowed: &'static str,
}

/// The range of every parameter that has one.
pub const RANGES: [Range; 15] = [
    whole("lstm.sequence_length", 2, 1000, "between 2 and 1000"),
    whole("lstm.embedding", 1, 1024, "between 1 and 1024"),
    whole("lstm.units", 1, 1024, "between 1 and 1024"),
    real("lstm.dropout", 0.0, 0.9, "between 0 and 0.9"),
    whole("lstm.batch", 1, 4096, "between 1 and 4096"),
    whole("lstm.epochs", 1, 1000, "between 1 and 1000"),
    whole("lstm.patience", 1, 1000, "between 1 and 1000"),
    real("lstm.validation_split", 0.05, 0.5, "between 0.05 and 0.5"),
    real("lstm.learning_rate", 0.00001, 1.0, "between 0.00001 and 1"),
    whole("tfidf.max_terms", 1, 100_000, "between 1 and 100000"),
    whole("tfidf.ngrams", 1, 3, "between 1 and 3"),
    real("tfidf.threshold", 0.0, 1.0, "between 0 and 1"),
    real("analysis.keep_percent", 1.0, 100.0, "between 1 and 100"),
    whole("analysis.max_evidence", 1, 50, "between 1 and 50"),
    whole("analysis.max_causes", 1, 10, "between 1 and 10"),
];

const fn whole(name: &'static str, least: u32, most: u32, allowed: &'static str) -> Range {
    Range { name, least: least as f64, most: most as f64, whole: true, allowed }
}

const fn real(name: &'static str, least: f64, most: f64, allowed: &'static str) -> Range {
    Range { name, least, most, whole: false, allowed }
}

/// Checks values by the names of their parameters.
///
/// # Errors
/// [`Error::Setting`] for the first one that is out of its range.
pub fn check(values: &[(&str, f64)]) -> Result<(), Error> {
    for &(name, value) in values {
        let range = RANGES.iter().find(|range| range.name == name);
        if let Some(range) = range.filter(|range| !(range.least..=range.most).contains(&value)) {
            return Err(Error::Setting { name: range.name, value: value.to_string(), allowed: range.allowed });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Config;

    #[test]
    fn each_end_is_allowed_and_what_is_beyond_is_not() {
        for range in RANGES {
            assert!(check(&[(range.name, range.least), (range.name, range.most)]).is_ok(), "{}", range.name);
            for beyond in [range.least - 0.1, range.most + 0.1, f64::NAN] {
                assert!(check(&[(range.name, beyond)]).unwrap_err().to_string().contains(range.name), "{} {beyond}", range.name);
            }
            let ends = [range.least, range.most].map(|end| end.to_string());
            assert!(ends.iter().all(|end| range.allowed.contains(end.as_str())), "{}: {}", range.name, range.allowed);
        }
    }

    #[test]
    fn every_range_belongs_to_a_parameter_that_is_checked() {
        for range in RANGES {
            let mut value = serde_json::to_value(Config::default()).unwrap();
            let (group, name) = range.name.split_once('.').unwrap();
            let beyond = range.most + 1.0;
            let number = if range.whole { serde_json::json!(beyond as u64) } else { serde_json::json!(beyond) };
            *value.get_mut(group).and_then(|group| group.get_mut(name)).unwrap() = number;
            let config: Config = serde_json::from_value(value).unwrap();
            assert!(config.check().unwrap_err().to_string().contains(range.name));
        }
    }
}
