use std::fs;

use super::*;

fn load(name: &str, text: &str, kind: Option<Kind>) -> Result<Truth, Error> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), text).unwrap();
    Truth::load(folder.path(), kind)
}

fn refused(name: &str, text: &str, kind: Option<Kind>, parts: &[&str]) {
    let error = load(name, text, kind).unwrap_err();
    let told = error.to_string();
    assert!(told.contains(name) && parts.iter().all(|part| told.contains(part)), "{told}");
    assert!(error.is_users() && !error.hint().is_empty());
}

const JSON: &str = r#"{"kind": "failure", "id": "Cinder/1", "system": "cinder", "component": "/cinder/volume/manager.py",
    "function": "create", "trigger_first": "2025-01-01 10:05:30.570", "report_time": "2025-01-01 10:06:31.239",
    "fail_req": ["req-a"], "fault_loc_records": [["cinder/volume", 22, 35, "2025-01-01 10:05:30.570", "ERROR", "cinder.volume"]],
    "stratum": "traceback"}"#;

#[test]
fn labels_of_an_incident() {
    let truth = load("truth.json", JSON, Some(Kind::Harmless)).unwrap();
    assert_eq!((truth.kind, truth.stratum), (Kind::Failure, Some(Stratum::Traceback)), "the truth counts more than the folder");
    let fault = Fault {
        subsystem: "cinder".into(),
        file: Some("cinder/volume/manager.py".into()),
        function: Some("create".into()),
        category: None,
        span: Some(("2025-01-01T10:05:30".into(), "2025-01-01T10:06:31".into())),
    };
    assert_eq!(truth.faults, [fault]);
    assert_eq!(truth.records, [Records { file: "cinder/volume.log".into(), first: 22, last: 35 }]);
    assert_eq!((truth.requests, truth.issue), (vec!["req-a".to_owned()], None));
}

#[test]
fn labels_of_a_run_in_which_nothing_failed() {
    let truth = load("truth.json", r#"{"kind": "harmless", "id": "Nova/1", "system": "nova"}"#, None).unwrap();
    assert_eq!((truth.kind, truth.faults.len()), (Kind::Harmless, 0));
}

#[test]
fn labels_that_are_not_understood_are_told() {
    refused("truth.json", "{", None, &["EOF"]);
    refused("truth.json", "{}", None, &["kind"]);
    refused("truth.json", r#"{"kind": "failure"}"#, None, &["system"]);
    refused("truth.json", r#"{"kind": "failed"}"#, None, &["failed"]);
    refused(
        "truth.json",
        r#"{"kind": "failure", "system": "nova", "fault_loc_records": [["a", "b"]]}"#,
        None,
        &["[\"a\",\"b\"]"],
    );
}

const TOML: &str = r#"
format_version = 1
name = "disk_full"
issue = "Builds fail"
something_new = 3

[[fault]]
name = "disk_full"
category = "disk_space"
subsystem = "nova"
source_file = ""
source_function = ""
start = "2025-03-14T11:11:40.848"
end = "2025-03-14T11:24:46.383"
requests = ["req-a", "req-b"]

[[fault.cause]]
file = "compute01/nova/nova-compute.log"
first = 7
last = 9
"#;

#[test]
fn what_the_simulator_says() {
    let truth = load("truth.toml", TOML, None).unwrap();
    assert_eq!((truth.kind, truth.stratum), (Kind::Failure, Some(Stratum::Error)));
    assert_eq!(truth.issue.as_deref(), Some("Builds fail"));
    let fault = Fault {
        subsystem: "nova".into(),
        category: Some("disk_space".into()),
        span: Some(("2025-03-14T11:11:40".into(), "2025-03-14T11:24:46".into())),
        ..Fault::default()
    };
    assert_eq!(truth.faults, [fault]);
    assert_eq!(truth.records, [Records { file: "compute01/nova/nova-compute.log".into(), first: 7, last: 9 }]);
    assert_eq!(truth.requests, ["req-a", "req-b"]);
}

#[test]
fn the_simulator_says_how_loud_a_fault_is() {
    let stratum = |from: &str, to: &str| load("truth.toml", &TOML.replace(from, to), None).unwrap().stratum;
    assert_eq!(stratum("source_file = \"\"", "source_file = \"nova/a.py\""), Some(Stratum::Traceback));
    assert_eq!(stratum("category =", "silent = true\ncategory ="), Some(Stratum::Silent));
}

#[test]
fn a_healthy_cloud_is_fault_free() {
    let healthy = "format_version = 1\nname = \"healthy\"\nissue = \"\"\n";
    let truth = load("truth.toml", healthy, None).unwrap();
    assert_eq!((truth.kind, truth.stratum, truth.issue), (Kind::FaultFree, None, None));
    refused("truth.toml", healthy, Some(Kind::Failure), &["no fault"]);
    refused("truth.toml", "[[fault]]\nname = \"x\"\n", None, &["subsystem"]);
}

#[test]
fn a_truth_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let error = Truth::load(folder.path(), None).unwrap_err();
    assert!(error.to_string().ends_with("truth.json does not exist"), "{error}");
}
