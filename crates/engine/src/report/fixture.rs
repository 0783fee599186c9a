//! A small report for tests: read from JSON, as other programs read one.

use super::Report;

/// Three causes and three pieces of evidence.
pub fn report() -> Report {
    serde_json::from_str(include_str!("fixture.json")).unwrap()
}
