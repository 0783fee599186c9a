//! What an analysis says with one of its parts left out: a sample with the model that ships, and small logs written for the purpose.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up shall fail")]

use std::path::PathBuf;

use engine::{
    Analysis, Config, Error, Folder, Known, Model, Reading, Report, Request, Silent, Without, analyze, compare,
    ingest::source::Memory, report::Change, template::edits::Edits,
};

const ISSUE: &str = "All OpenStack commands fail with 500 Internal Server Error or hang, dashboard unusable";

/// Asks for a sample whose database refuses connections.
fn ask<T>(without: Without, of: impl Fn(&Request) -> Result<T, Error>) -> T {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let model = Model::load(&root.join("models/default")).unwrap();
    let request = Request {
        logs: &Folder::new(root.join("sample_logs/database_connections/logs")),
        reading: &Reading::default(),
        issue: Some(ISSUE),
        model: Ok(&model),
        known: Known::built_in(),
        config: &Config::default(),
        edits: &Edits::default(),
        without,
    };
    of(&request).unwrap()
}

fn analysis(without: Without) -> Analysis {
    ask(without, |request| analyze(request, &Silent))
}

fn changed(analysis: &Analysis) -> usize {
    analysis.report.patterns.templates.iter().filter(|t| t.change != Change::Usual).count()
}

#[test]
fn without_the_lstm_every_event_is_as_important_and_rates_still_tell() {
    let (whole, rest) = (analysis(Without::default()), analysis(Without { lstm: true, ..Without::default() }));
    let importance = &rest.logs.importance;
    assert!(importance.len() == rest.logs.of.len() && importance.iter().all(|i| i.to_bits() == importance[0].to_bits()));
    assert!(whole.logs.importance.iter().any(|i| i.to_bits() != whole.logs.importance[0].to_bits()));
    assert!(changed(&rest) > 0 && changed(&rest) == changed(&whole));
}

#[test]
fn without_rates_nothing_is_new_and_the_lstm_still_scores() {
    let (whole, rest) = (analysis(Without::default()), analysis(Without { rates: true, ..Without::default() }));
    assert!(changed(&whole) > 0 && changed(&rest) == 0);
    assert_eq!(rest.logs.importance, whole.logs.importance);
}

#[test]
fn without_relevance_nothing_is_compared_with_the_issue() {
    let (whole, rest) = (analysis(Without::default()), analysis(Without { relevance: true, ..Without::default() }));
    assert!(whole.report.evidence.iter().all(|e| e.relevance.is_some()));
    assert!(!rest.report.evidence.is_empty() && rest.report.evidence.iter().all(|e| e.relevance.is_none()));
    assert_eq!(rest.report.issue.as_deref(), Some(ISSUE));
}

#[test]
fn without_signatures_no_cause_is_a_known_failure() {
    let (whole, rest) = (analysis(Without::default()), analysis(Without { signatures: true, ..Without::default() }));
    assert!(whole.report.causes[0].signature.is_some());
    assert!(!rest.report.causes.is_empty() && rest.report.causes.iter().all(|c| c.signature.is_none()));
    assert!(rest.report.causes[0].subsystem.is_some(), "which project a program belongs to is still known");
}

#[test]
fn comparing_finds_what_each_analysis_finds() {
    let none = Without::default();
    let all = [
        none,
        Without { lstm: true, ..none },
        Without { rates: true, ..none },
        Without { relevance: true, signatures: true, ..none },
        Without { requests: true, lstm: true, rates: true, ..none },
    ];
    let found = ask(none, |request| compare(request, &all, &Silent));
    assert_eq!(found.logs.of, analysis(none).logs.of);
    for (without, report) in all.into_iter().zip(found.reports) {
        let alone = analysis(without).report;
        assert_eq!(Report { seconds: alone.seconds.clone(), ..report }, alone, "{without:?}");
    }
}

#[test]
fn without_requests_none_has_failed() {
    let (whole, rest) = (analysis(Without::default()), analysis(Without { requests: true, ..Without::default() }));
    assert!(!whole.report.requests.is_empty());
    assert!(rest.report.requests.is_empty() && !rest.report.evidence.is_empty());
}

#[test]
fn without_requests_who_passes_a_failure_on_counts_as_much_as_who_failed() {
    let context = |id: &str| format!("[None req-{id}-0000-4000-8000-000000000000 u0 p0 - - default default]");
    let called = "The call came to nothing (Request-ID: req-bbbbbbbb-0000-4000-8000-000000000000)";
    // Both begin late, as faults do.
    let before = "2025-01-01 09:00:00.000 7 INFO nova.compute.api [-] Started\n";
    let passed_on = format!("2025-01-01 10:00:01.000 9 ERROR neutron.notifiers.nova {} {called}\n", context("aaaaaaaa"));
    let served = format!("{before}2025-01-01 10:00:02.000 7 ERROR nova.compute.api {} Instance is gone\n", context("bbbbbbbb"));
    let texts = [("neutron/neutron-server.log", passed_on), ("nova/nova-api.log", served)];
    let logs = Memory { texts: texts.map(|(path, text)| (path.to_owned(), text.into_bytes())).into() };
    let missing = Error::NotFound("model".into());
    let (reading, config, edits) = (&Reading::default(), &Config::default(), &Edits::default());
    let known = Known::built_in();
    let first = |without| {
        let request = Request { logs: &logs, reading, issue: None, model: Err(&missing), known, config, edits, without };
        analyze(&request, &Silent).unwrap().report.evidence[0].message.clone()
    };
    assert_eq!(first(Without::default()), "Instance is gone");
    assert_eq!(first(Without { requests: true, ..Without::default() }), called);
}
