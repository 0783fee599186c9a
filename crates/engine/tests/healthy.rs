//! No known failure shows in the logs of healthy clouds, with the warnings and errors that every cloud has.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up shall fail")]

use std::path::Path;

use engine::{
    Folder, Known, Logs, Reading, Silent,
    diagnose::shown::shown,
    evidence::findings::{Finding, Signals},
    load,
};
use simulate::{Chronic, Config, Generation, Size};
use tempfile::TempDir;

/// What users do every day, and what a package update does once: a single record is all that an incident of it shows as well, so that
/// it is for the scores to tell which of the two it is.
const EVERYDAY: [&str; 4] = ["nova-quota", "neutron-quota", "cinder-quota", "ovs-restarted"];

/// The known failures that count in logs, each with the record that shows it.
fn known_failures(logs: &Logs) -> Vec<String> {
    let mut first: Vec<Option<u32>> = vec![None; logs.templates.list.len()];
    for (event, template) in logs.of.iter().enumerate() {
        first[*template as usize].get_or_insert(event as u32);
    }
    let signals =
        Signals { departure: 1.0, severity: 1.0, traceback: false, importance: 1.0, relevance: 0.0, failing: 0.0, status: None };
    let findings: Vec<Finding> = first
        .iter()
        .enumerate()
        .filter_map(|(template, event)| {
            let (event, count) = ((*event)?, logs.templates.counts[template]);
            Some(Finding { template: template as u32, event, count, signals, weight: 1.0 })
        })
        .collect();
    assert!(findings.len() > 50, "only {} templates", findings.len());
    let messages: Vec<String> = findings.iter().map(|f| logs.read.message(f.event as usize)).collect();
    let writers = vec![None; findings.len()];
    let found = shown(&findings, &messages, &writers, &logs.read.events.time, &logs.of, Known::built_in());
    found.into_iter().zip(messages).filter_map(|(s, message)| Some(format!("{}: {message}", s?.signature.id))).collect()
}

fn check(logs: &Path) {
    let logs = load(&Folder::new(logs), &Reading::default(), &[], &Silent).unwrap();
    let wrong: Vec<String> = known_failures(&logs)
        .into_iter()
        .filter(|found| !EVERYDAY.iter().any(|id| found.strip_prefix(id).is_some_and(|rest| rest.starts_with(':'))))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_known_failure_shows_in_a_healthy_day() {
    check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample_logs/healthy_day/logs"));
}

#[test]
fn no_known_failure_shows_in_what_every_simulated_cloud_has() {
    for (seed, generation) in (5..).zip(Generation::ALL) {
        let folder = TempDir::new().unwrap();
        let config = Config { seed, size: Size::Seconds(6 * 3600), generation, debug: true, ..Config::default() };
        assert!(config.chronic == Chronic::Usual && config.faults.is_empty());
        simulate::write(&config, folder.path(), &mut |_| true).unwrap();
        check(&folder.path().join("logs"));
    }
}
