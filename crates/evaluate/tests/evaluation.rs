//! Small cases written for the purpose: found on the disk, learned from, analyzed and summed up.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up shall fail")]

use std::{
    fmt::Write,
    fs,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use engine::{Config, Known, Model, Observer, Progress, Silent, config::LstmConfig, template::edits::Edits};
use evaluate::{Cases, Error, Evaluation, Kind, Setup, Share, evaluation::Outcome};
use tempfile::TempDir;

const CONTEXT: &str = "[None req-aaaaaaaa-0000-4000-8000-000000000000 u0 p0 - - default default]";
const TRACE: &str = "Failed to build: ValueError: bad";

/// A day's normal work of a compute service and its API.
fn normal(day: u32) -> (String, String) {
    let (mut api, mut compute) = (String::new(), String::new());
    for n in 0..120 {
        let at = |ms: u32| format!("2025-01-{day:02} 10:{:02}:{:02}.{ms:03}", n / 60, n % 60);
        let context = format!("[None req-{n:08x}-0000-4000-8000-000000000000 u{n:031x} p{n:031x} - - default default]");
        _ = writeln!(api, "{} 7 DEBUG nova.api.openstack.wsgi {context} Calling method 'create' of ServersController", at(1));
        _ = writeln!(compute, "{} 9 INFO nova.compute.claims {context} Claim successful on node compute01", at(20));
        _ = writeln!(api, "{} 7 INFO nova.api.requestlog {context} 10.0.0.1 \"POST /v2.1/servers\" status: 202 len: 5", at(500));
    }
    (api, compute)
}

/// The lines of a build that fails, from line 121 of the compute service's log on; its request is answered with an error.
fn failure(day: u32) -> (String, String) {
    let (mut api, mut compute) = normal(day);
    let frame = "  File \"/usr/lib/python3/dist-packages/nova/virt/libvirt/driver.py\", line 12, in spawn";
    for text in [&format!("{CONTEXT} {TRACE}"), "Traceback (most recent call last):", frame, "ValueError: bad"] {
        _ = writeln!(compute, "2025-01-{day:02} 10:02:10.000 9 ERROR nova.compute.manager {text}");
    }
    _ = writeln!(
        api,
        "2025-01-{day:02} 10:02:11.000 7 INFO nova.api.requestlog {CONTEXT} 10.0.0.1 \"POST /v2.1/servers\" status: 500 len: 5"
    );
    (api, compute)
}

fn write(case: &Path, (api, compute): &(String, String), truth: &str) {
    fs::create_dir_all(case.join("logs/nova")).unwrap();
    fs::write(case.join("logs/nova/nova-api.log"), api).unwrap();
    fs::write(case.join("logs/nova/nova-compute.log"), compute).unwrap();
    fs::write(case.join("truth.json"), truth).unwrap();
}

fn label(system: &str, file: &str, stratum: &str, more: &str) -> String {
    format!(
        r#"{{"kind": "failure", "system": "{system}", "component": "/{file}", "function": "spawn", "stratum": "{stratum}",
        "trigger_first": "2025-01-20 10:02:09.000", "report_time": "2025-01-20 10:03:00.000",
        "fail_req": ["req-aaaaaaaa-0000-4000-8000-000000000000"]{more}}}"#
    )
}

/// A case of which all is right, one of which all is wrong, a silent one, and runs in which nothing failed.
fn cases() -> TempDir {
    let root = TempDir::new().unwrap();
    let place = |name: &str| root.path().join(name);
    let lines = r#", "fault_loc_records": [["nova/nova-compute", 121, 124]]"#;
    let failing = failure(20);
    write(&place("failure/right"), &failing, &label("nova", "nova/virt/libvirt/driver.py", "traceback", lines));
    fs::write(place("failure/right/issue.txt"), "The command \"openstack server create\" returns an error.\n").unwrap();
    write(&place("failure/wrong"), &failing, &label("cinder", "cinder/volume/manager.py", "error", ""));
    write(&place("failure/still"), &normal(20), &label("nova", "nova/virt/libvirt/driver.py", "silent", ""));
    write(&place("harmless/quiet"), &normal(21), r#"{"kind": "harmless", "system": "nova"}"#);
    for day in 1..=4 {
        write(&place(&format!("fault_free/day{day}")), &normal(day), r#"{"kind": "fault_free"}"#);
    }
    root
}

fn config() -> Config {
    let lstm = LstmConfig { sequence_length: 20, embedding: 8, units: 8, epochs: 2, ..LstmConfig::default() };
    Config { lstm, ..Config::default() }
}

/// Learns from every second fault-free run and evaluates the rest.
fn evaluated(root: &Path, mask_levels: bool, ablate: bool) -> Evaluation {
    let (mut cases, config, edits) = (Cases::find(root).unwrap(), config(), Edits::default());
    let normal = cases.take_normal();
    let model = evaluate::train(&cases, &normal, mask_levels, (&config, "2025-02-01"), &Silent).unwrap();
    let setup = Setup { normal: &normal, mask_levels, ablate, jobs: 2, ..setup(&model, &config, &edits) };
    evaluate::evaluate(&cases, &setup, &|| (), &Silent).unwrap()
}

fn setup<'a>(model: &'a Model, config: &'a Config, edits: &'a Edits) -> Setup<'a> {
    Setup { model, known: Known::built_in(), config, edits, normal: &[], mask_levels: false, ablate: false, jobs: 1 }
}

fn case<'a>(found: &'a Evaluation, name: &str) -> &'a Outcome {
    found.cases.iter().find(|outcome| outcome.case == name).unwrap()
}

fn share(found: &Evaluation, title: &str, figure: &str, column: usize) -> Share {
    let table = found.tables.iter().find(|table| table.title.starts_with(title)).unwrap();
    table.rows.iter().find(|(name, _)| name == figure).unwrap().1[column]
}

#[test]
fn figures_of_cases_that_are_right_wrong_and_silent() {
    let root = cases();
    let found = evaluated(root.path(), false, false);
    assert_eq!((found.cases.len(), found.broken.len(), found.ablation.is_none()), (6, 0, true));
    let marks = |name: &str| &case(&found, name).program[0];
    let right = marks("failure/right");
    assert!(right.0.iter().all(|(figure, mark)| *mark == Some(true) || *figure == "category"), "{right:?}");
    let wrong = marks("failure/wrong");
    for (figure, mark) in [("detected", true), ("subsystem@1", false), ("file@5", false), ("function@5", false), ("time@1", true)]
    {
        assert_eq!(wrong.of(figure), Some(mark), "{figure}");
    }
    assert_eq!((wrong.of("fault line@1"), wrong.of("category")), (None, None));
    assert_eq!(marks("failure/still").of("detected"), Some(false));
    assert_eq!(share(&found, "Failing runs", "detected", 0), Share { right: 2, of: 3 });
    assert_eq!(share(&found, "Failing runs", "fault line@1", 0), Share { right: 1, of: 1 });
    assert_eq!(share(&found, "Failing runs, silent", "detected", 0), Share { right: 0, of: 1 });
    assert_eq!(share(&found, "Fault-free", "false alarm", 0), Share { right: 0, of: 2 });
    assert_eq!(share(&found, "Harmless", "false alarm", 0), Share { right: 0, of: 1 });
    let causes = &found.reliability[0];
    assert_eq!((causes.of, causes.bins.iter().map(|bin| bin.count).sum::<usize>()), ("the first cause", 2));
    let stated = case(&found, "failure/right").cause.unwrap();
    assert!(stated.right && stated.confidence > 0.0 && !case(&found, "failure/wrong").cause.unwrap().right);
}

#[test]
fn the_first_error_answers_beside_and_has_no_level_to_go_by_once_it_is_hidden() {
    let root = cases();
    let seen = evaluated(root.path(), false, false);
    assert_eq!(share(&seen, "Failing runs", "file@1", 1), Share { right: 1, of: 3 });
    let masked = evaluated(root.path(), true, false);
    assert_eq!(share(&masked, "Failing runs", "detected", 1), Share { right: 0, of: 3 });
    assert_eq!(case(&masked, "failure/right").program[0].of("file@1"), Some(true), "the traceback is there still");
    let log = fs::read_to_string(root.path().join("failure/right/logs/nova/nova-compute.log")).unwrap();
    assert!(log.contains(" ERROR "), "nothing on the disk changes");
}

#[test]
fn each_signal_is_left_out_in_turn() {
    let found = evaluated(cases().path(), false, true);
    let table = found.ablation.as_ref().unwrap();
    let rows: Vec<_> = table.rows.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(rows, ["nothing", "the LSTM", "normal rates", "words of the issue", "known failures", "request paths"]);
    assert_eq!(&table.columns[..2], ["detected", "subsystem@1"]);
    assert_eq!(table.columns[table.columns.len() - 2..], ["fault-free alarm", "harmless alarm"]);
    assert!(table.rows.iter().all(|(_, shares)| shares.len() == table.columns.len()));
    assert_eq!(table.rows[0].1[0], Share { right: 2, of: 3 });
    let plain = evaluated(cases().path(), false, false);
    assert_eq!(found.tables, plain.tables, "what is measured beside changes nothing");
    let text = found.text();
    assert!(
        text.contains("What each signal is worth") && text.contains("  the LSTM ") && text.contains("6 cases evaluated, 0 not"),
        "{text}"
    );
    let markdown = found.markdown();
    assert!(
        markdown.contains("## Failing runs (n=3)\n\n| figure | program |") && markdown.contains("| nothing | 2/3 0.667 |"),
        "{markdown}"
    );
}

#[test]
fn a_broken_case_is_listed_and_the_rest_goes_on() {
    let root = cases();
    let place = |name: &str| root.path().join(name);
    fs::write(place("failure/wrong/truth.json"), "{").unwrap();
    fs::remove_dir_all(place("failure/still/logs")).unwrap();
    fs::remove_dir_all(place("harmless/quiet/logs/nova")).unwrap();
    let found = evaluated(root.path(), false, false);
    let broken: Vec<_> = found.broken.iter().map(|broken| broken.case.as_str()).collect();
    assert_eq!(broken, ["failure/still", "failure/wrong", "harmless/quiet"]);
    for (broken, part) in found.broken.iter().zip(["still/logs does not exist", "wrong/truth.json: ", "quiet/logs is empty"]) {
        assert!(broken.reason.contains(part) && !broken.remedy.is_empty(), "{broken:?}");
        assert!(found.text().contains(&broken.reason) && found.markdown().contains(&broken.reason));
    }
    assert_eq!(share(&found, "Failing runs", "detected", 0), Share { right: 1, of: 1 });
}

#[test]
fn cases_are_chosen_by_name() {
    let root = cases();
    let mut cases = Cases::find(root.path()).unwrap();
    let names = |cases: &Cases| cases.list.iter().map(|case| case.name.clone()).collect::<Vec<_>>();
    let normal: Vec<_> = cases.take_normal().iter().map(|case| case.name.clone()).collect();
    assert_eq!(normal, ["fault_free/day1", "fault_free/day3"]);
    cases.limit(1);
    assert_eq!(names(&cases), ["failure/right", "harmless/quiet", "fault_free/day2"]);
    let flat = Cases::find(&root.path().join("failure")).unwrap();
    assert_eq!(names(&flat), ["right", "still", "wrong"], "folders that are cases themselves");
    assert!(flat.list.iter().all(|case| case.truth.kind == Kind::Failure));
}

#[test]
fn folders_without_cases_or_normal_runs_are_errors() {
    let empty = TempDir::new().unwrap();
    assert!(matches!(Cases::find(empty.path()).unwrap_err(), Error::NoCases(_)));
    let error = Cases::find(&empty.path().join("nowhere")).unwrap_err();
    assert!(error.to_string().contains("nowhere does not exist"), "{error}");
    let error = evaluate::train(&Cases::default(), &[], false, (&config(), "2025-02-01"), &Silent).unwrap_err();
    assert!(matches!(error, Error::NoNormal(_)) && error.hint().contains("fault_free"));
}

/// Asks for the end after a case.
struct Stop(AtomicUsize);

impl Observer for Stop {
    fn progress(&self, _: Progress) {}

    fn cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }

    fn seconds(&self) -> f64 {
        0.0
    }
}

#[test]
fn it_stops_when_it_is_cancelled() {
    let root = cases();
    let (mut cases, config) = (Cases::find(root.path()).unwrap(), config());
    let normal = cases.take_normal();
    let model = evaluate::train(&cases, &normal, false, (&config, "2025-02-01"), &Silent).unwrap();
    let stop = Stop(0.into());
    let told = || _ = stop.0.fetch_add(1, Ordering::Relaxed);
    let error = evaluate::evaluate(&cases, &setup(&model, &config, &Edits::default()), &told, &stop).unwrap_err();
    assert!(matches!(error, Error::Engine(engine::Error::Cancelled)), "{error}");
}
