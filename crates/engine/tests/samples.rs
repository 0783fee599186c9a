//! The incidents in `sample_logs`, with the model that ships: the true cause comes first, and a healthy day is left in peace.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up shall fail")]

use std::{collections::BTreeMap, fs, path::PathBuf};

use engine::{
    Config, Folder, Known, Model, Reading, Report, Request, Silent, Without, analyze,
    report::{CategoryId, Verdict},
    template::edits::Edits,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Truth {
    issue: String,
    #[serde(default)]
    fault: Vec<Fault>,
}

#[derive(Deserialize)]
struct Fault {
    category: CategoryId,
    subsystem: String,
    service: String,
    host: String,
    start: String,
    end: String,
    cause: Vec<Lines>,
}

#[derive(Deserialize)]
struct Lines {
    file: String,
    first: u32,
    last: u32,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn model() -> Model {
    Model::load(&root().join("models/default")).unwrap()
}

fn samples() -> BTreeMap<String, Truth> {
    let folders = fs::read_dir(root().join("sample_logs")).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir());
    folders
        .map(|folder| {
            let truth = fs::read_to_string(folder.join("truth.toml")).unwrap();
            (folder.file_name().unwrap().to_string_lossy().into_owned(), toml::from_str(&truth).unwrap())
        })
        .collect()
}

fn report(sample: &str, issue: Option<&str>, model: &Model) -> Report {
    let logs = root().join("sample_logs").join(sample).join("logs");
    let config = &Config::default();
    analyze(
        &Request {
            logs: &Folder::new(logs),
            reading: &Reading::default(),
            issue,
            model: Ok(model),
            known: Known::built_in(),
            config,
            edits: &Edits::default(),
            without: Without::default(),
        },
        &Silent,
    )
    .unwrap()
    .report
}

fn check_incident(sample: &str, truth: &Truth, issue: Option<&str>, model: &Model) {
    let (report, fault) = (report(sample, issue, model), &truth.fault[0]);
    assert_eq!(report.verdict, Verdict::Incident, "{sample}");
    assert_eq!(report.model.as_ref().and_then(|model| model.drift.clone()), None, "{sample}");
    let cause = &report.causes[0];
    assert_eq!(report.category.id, fault.category, "{sample}: {cause:?}");
    assert_eq!(cause.subsystem.as_deref(), Some(fault.subsystem.as_str()), "{sample}: {cause:?}");
    assert_eq!(cause.service.as_deref(), Some(fault.service.as_str()), "{sample}: {cause:?}");
    if fault.service != "controller" && !fault.host.is_empty() {
        assert_eq!(cause.host.as_deref(), Some(fault.host.as_str()), "{sample}: {cause:?}");
    }
    let shows =
        |e: &engine::report::Evidence| fault.cause.iter().any(|c| c.file == e.file && c.first <= e.end_line && c.last >= e.line);
    let first: Vec<_> = report.evidence.iter().take(3).collect();
    assert!(first.iter().any(|e| shows(e)), "{sample}: none of the first three lines shows the cause: {first:#?}");
    // Some services log whole seconds.
    let time = &report.evidence[0].timestamp.as_deref().unwrap()[..19];
    assert!(time >= &fault.start[..19] && time <= fault.end.as_str(), "{sample}: the first line is of {time}");
    assert!(!report.actions.is_empty() && !report.narrative.text.is_empty(), "{sample}");
}

#[test]
fn the_true_cause_comes_first() {
    let model = model();
    for (sample, truth) in samples().iter().filter(|(_, t)| !t.fault.is_empty()) {
        check_incident(sample, truth, Some(&truth.issue), &model);
        check_incident(sample, truth, None, &model);
    }
}

#[test]
fn a_healthy_day_is_clear() {
    let model = model();
    let healthy: Vec<String> = samples().into_iter().filter(|(_, t)| t.fault.is_empty()).map(|(name, _)| name).collect();
    assert!(!healthy.is_empty());
    for sample in healthy {
        for issue in [None, Some("Is the cloud well?")] {
            let report = report(&sample, issue, &model);
            assert_eq!(report.verdict, Verdict::Clear, "{sample}: {:#?}", report.causes);
            assert!(report.causes.is_empty() && report.evidence.is_empty() && report.actions.is_empty(), "{sample}");
            let drift = report.model.and_then(|model| model.drift);
            assert_eq!(drift, None, "{sample}: the model that ships knows this cloud");
        }
    }
}

#[test]
fn the_same_logs_give_the_same_report_on_any_number_of_threads() {
    let model = model();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        serde_json::to_string(&pool.install(|| report("disk_full", Some("disk"), &model))).unwrap()
    };
    assert_eq!(on(1), on(4));
}

/// The paths of all empty strings in a value.
fn empty_strings(value: &serde_json::Value, path: &str, found: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) if text.is_empty() => found.push(path.to_owned()),
        serde_json::Value::Array(list) => {
            for (n, value) in list.iter().enumerate() {
                empty_strings(value, &format!("{path}[{n}]"), found);
            }
        }
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                empty_strings(value, &format!("{path}.{name}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn absent_facts_are_null_and_requests_that_succeeded_are_not_failing() {
    let model = model();
    for sample in samples().keys() {
        let report = report(sample, None, &model);
        let mut empty = Vec::new();
        empty_strings(&serde_json::to_value(&report).unwrap(), "", &mut empty);
        assert_eq!(empty, Vec::<String>::new(), "{sample}");
        for request in &report.requests {
            assert!(!request.outcome.starts_with("answered with HTTP 2"), "{sample}: {request:?}");
        }
    }
}
