//! A folder that was analysed is there at once when it is opened again, and only as long as nothing has changed.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up shall fail")]

use std::{fmt::Write, fs, path::Path};

use engine::{Analysis, Config, Error, Folder, Known, Reading, Request, Silent, Without, analyze, template::edits::Edits};
use tempfile::TempDir;

/// Enough lines for an index to be written.
fn logs(folder: &Path) {
    let mut text = String::new();
    for n in 0..60_000 {
        let (level, what) = if n == 59_000 { ("ERROR", "Failed to build") } else { ("INFO", "Took 3.5 seconds to build") };
        let (minute, second, ms) = (n / 6000, n / 100 % 60, n % 100 * 10);
        let request = format!("[None req-{:08x}-0000-4000-8000-000000000000 u p - - default default]", n / 5);
        _ = writeln!(
            text,
            "2025-01-01 10:{minute:02}:{second:02}.{ms:03} 7 {level} nova.compute.manager {request} {what} on c{}",
            n % 9
        );
    }
    fs::create_dir_all(folder.join("nova")).unwrap();
    fs::write(folder.join("nova/nova-compute.log"), text).unwrap();
    fs::write(folder.join("notes"), "remember the milk\n").unwrap();
}

fn open(root: &Path, issue: Option<&str>) -> Analysis {
    open_with(root, issue, Known::built_in(), Without::default())
}

fn open_with(root: &Path, issue: Option<&str>, known: &Known, without: Without) -> Analysis {
    let reading = Reading { index: Some(root.join("index")), ..Reading::default() };
    let missing = Error::NotFound("model".into());
    let logs = &Folder::new(root.join("logs"));
    let (config, edits) = (&Config::default(), &Edits::default());
    let request = Request { logs, reading: &reading, issue, model: Err(&missing), known, config, edits, without };
    let analysis = analyze(&request, &Silent).unwrap();
    assert!(analysis.unkept.is_none());
    analysis
}

fn reopened(analysis: &Analysis) -> bool {
    analysis.report.seconds.contains_key("reopen")
}

#[test]
fn what_was_analysed_is_reopened_as_it_was() {
    let root = TempDir::new().unwrap();
    logs(&root.path().join("logs"));
    let (first, second) = (open(root.path(), None), open(root.path(), None));
    assert!(!reopened(&first) && reopened(&second));
    let without = |a: &Analysis| engine::Report { seconds: std::collections::BTreeMap::new(), ..a.report.clone() };
    assert_eq!(without(&first), without(&second));
    let (a, b) = (&first.logs, &second.logs);
    assert_eq!((&a.of, &a.importance, &a.templates.list), (&b.of, &b.importance, &b.templates.list));
    for event in [0, 1, 30_000, 59_000, 59_999] {
        assert_eq!(a.read.message(event), b.read.message(event));
        assert_eq!(a.read.written(event), b.read.written(event));
        let said = |l: &engine::Logs| {
            let e = &l.read.events;
            [e.service(event), e.logger(event), e.request[event]].map(|s| l.read.symbols.text(s).to_owned())
        };
        assert_eq!(said(a), said(b));
    }
    let asked = open(root.path(), Some("no build succeeds"));
    assert!(reopened(&asked) && asked.report.seconds.contains_key("diagnose"), "another issue is another report");
}

#[test]
fn what_was_found_with_something_left_out_is_neither_kept_nor_taken_for_the_whole() {
    let root = TempDir::new().unwrap();
    logs(&root.path().join("logs"));
    let no_relevance = Without { relevance: true, ..Without::default() };
    let diagnosed = |a: &Analysis| a.report.seconds.contains_key("diagnose");
    open_with(root.path(), Some("builds fail"), Known::built_in(), no_relevance);
    let whole = open(root.path(), Some("builds fail"));
    assert!(!reopened(&whole), "nothing was kept");
    let rest = open_with(root.path(), Some("builds fail"), Known::built_in(), no_relevance);
    assert!(reopened(&rest) && diagnosed(&rest), "the logs are the same, the report is not");
    assert!(rest.report.evidence.iter().all(|e| e.relevance.is_none()));
    let again = open(root.path(), Some("builds fail"));
    assert!(
        !diagnosed(&again) && again.report.evidence == whole.report.evidence,
        "the whole report is still the one that is kept"
    );
}

#[test]
fn a_change_is_noticed() {
    let root = TempDir::new().unwrap();
    let folder = root.path().join("logs");
    logs(&folder);
    open(root.path(), None);
    let added = "2025-01-01 11:00:00.000 7 ERROR nova.api [-] one more\n";
    fs::write(folder.join("nova/nova-api.log"), added).unwrap();
    let analysis = open(root.path(), None);
    assert!(!reopened(&analysis) && analysis.logs.of.len() == 60_001, "a new file");
    assert!(reopened(&open(root.path(), None)));
    let path = folder.join("nova/nova-compute.log");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text + added).unwrap();
    assert!(!reopened(&open(root.path(), None)), "a file that grew");
    fs::remove_file(folder.join("notes")).unwrap();
    assert!(!reopened(&open(root.path(), None)), "a file that is gone");
}

#[test]
fn a_damaged_index_is_as_good_as_none() {
    let root = TempDir::new().unwrap();
    logs(&root.path().join("logs"));
    let whole = open(root.path(), None);
    let path = root.path().join("index/logs.index");
    let bytes = fs::read(&path).unwrap();
    for length in [0, 12, bytes.len() - 1] {
        fs::write(&path, &bytes[..length]).unwrap();
        assert!(!reopened(&open(root.path(), None)), "cut to {length} bytes");
    }
    for at in (0..bytes.len()).step_by(bytes.len() / 11) {
        let mut odd = bytes.clone();
        odd[at..(at + 4).min(bytes.len())].fill(0xff);
        fs::write(&path, &odd).unwrap();
        assert_eq!(open(root.path(), None).logs.of.len(), whole.logs.of.len(), "damaged at {at}");
    }
}

const OWN: &str = r#"
[[signature]]
id = "build-failed-at-ours"
title = "Our builder failed"
kind = "cause"
category = "instance_lifecycle"
subsystem = "nova"
any = ["Failed to build on c"]
confidence = 0.9
explanation = "It failed."
confirm = ["openstack server list"]
remedy = ["Look at the builder."]
reference = "our wiki"
positive = "Failed to build on c3"
negative = "Took 3.5 seconds to build on c3"
"#;

#[test]
fn a_report_is_made_anew_once_another_failure_is_known() {
    let root = TempDir::new().unwrap();
    logs(&root.path().join("logs"));
    open(root.path(), None);
    let own = Known::with_own(&[("own.toml", OWN)]);
    assert!(own.problems.is_empty(), "{:?}", own.problems);
    let analysis = open_with(root.path(), None, &own.known, Without::default());
    assert!(reopened(&analysis));
    assert_eq!(analysis.report.causes[0].signature.as_deref(), Some("build-failed-at-ours"));
    assert_ne!(open(root.path(), None).report.causes[0].signature.as_deref(), Some("build-failed-at-ours"));
}
