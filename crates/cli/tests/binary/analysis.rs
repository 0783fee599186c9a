//! Analysis and training from end to end, on small simulated logs.

use std::fs;

use crate::run::{Home, Run, names};

fn analyze(home: &Home, logs: &std::path::Path, more: &[&str]) -> Run {
    home.run(&[&["analyze", "--logs", logs.to_str().unwrap()], more].concat())
}

#[test]
fn json_is_the_report_and_nothing_else() {
    let home = Home::new();
    let logs = home.logs(Some("disk_full"), 5_000);
    let run = analyze(&home, &logs, &["--format", "json", "--issue", " instances fail to start "]).succeeds();
    let report: engine::Report = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report.format_version, engine::report::FORMAT_VERSION);
    assert_eq!(report.issue.as_deref(), Some("instances fail to start"));
    assert_eq!(report.verdict, engine::report::Verdict::Incident);
    assert!(!report.causes.is_empty());
    let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert!(value["funnel"]["files"].as_u64().unwrap() > 0 && value.get("formatVersion").is_some());
}

#[test]
fn the_summary_names_cause_evidence_and_actions_without_colour() {
    let home = Home::new();
    let logs = home.logs(Some("disk_full"), 5_000);
    let run = analyze(&home, &logs, &[]).succeeds();
    for part in ["INCIDENT", "Cause", "Evidence", "What to do", "E1 ", ".log:"] {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    assert!(!run.out.contains('\x1b'));
}

#[test]
fn markdown_is_the_engines() {
    let home = Home::new();
    let logs = home.logs(Some("disk_full"), 5_000);
    let run = analyze(&home, &logs, &["--format", "markdown"]).succeeds();
    assert!(run.out.starts_with("# ") && run.out.contains("## Causes") && run.out.contains("**E1**"), "{}", run.out);
}

#[test]
fn a_report_is_written_whole_or_not_at_all() {
    let home = Home::new();
    let logs = home.logs(Some("disk_full"), 5_000);
    let output = home.write("out/report.json", "old");
    let run = analyze(&home, &logs, &["--format", "json", "--output", output.to_str().unwrap()]).succeeds();
    assert!(run.out.is_empty() && run.err.contains("report.json"), "{run:?}");
    let text = fs::read_to_string(&output).unwrap();
    assert!(serde_json::from_str::<engine::Report>(&text).is_ok());
    assert_eq!(names(output.parent().unwrap()), ["report.json"]);
    let below = output.join("below");
    analyze(&home, &logs, &["--output", below.to_str().unwrap()]).fails(2, &[below.to_str().unwrap()]);
    assert_eq!(fs::read_to_string(&output).unwrap(), text);
}

#[test]
fn what_is_no_folder_of_logs_is_told() {
    let home = Home::new();
    let missing = home.path("missing");
    analyze(&home, &missing, &["--format", "json"]).fails(1, &[missing.to_str().unwrap(), "does not exist", "check the path"]);
    let empty = home.path("empty");
    fs::create_dir(&empty).unwrap();
    analyze(&home, &empty, &[]).fails(1, &[empty.to_str().unwrap(), "is empty", "choose the folder"]);
    home.write("noise/picture.bin", "\0\u{1}\u{2}");
    let noise = home.path("noise");
    analyze(&home, &noise, &[]).fails(1, &[noise.to_str().unwrap(), "holds no logs", "choose the folder"]);
}

#[test]
fn a_model_that_does_not_load_is_a_warning() {
    let home = Home::new();
    let logs = home.logs(Some("disk_full"), 5_000);
    let weights = home.write("foreign/weights.bin", "not a model");
    for model in [weights.parent().unwrap().to_str().unwrap(), "nosuch", "../nosuch"] {
        let run = analyze(&home, &logs, &["--format", "json", "--model", model]).succeeds();
        assert!(run.err.starts_with("warning: ") && run.err.contains("goes on without a model"), "{model}: {}", run.err);
        assert!(run.err.contains("choose another model") || run.err.contains("check the path"), "{model}: {}", run.err);
        let report: engine::Report = serde_json::from_str(&run.out).unwrap();
        assert_eq!(report.model, None);
    }
}

#[test]
fn a_trained_model_scores_the_next_analysis() {
    let home = Home::new();
    let normal = home.logs(None, 6_000);
    let out = home.path("models/mine");
    let (normal, folder) = (normal.to_str().unwrap(), out.to_str().unwrap());
    let small =
        ["--epochs", "2", "--units", "8", "--embedding", "8", "--sequence-length", "10", "--max-windows", "200", "--seed", "5"];
    let run = home.run(&[&["train", "--logs", normal, "--out", folder][..], &small].concat()).succeeds();
    assert!(run.err.contains("epoch   1 of 2: loss ") && run.err.contains("validation loss"), "{run:?}");
    assert!(run.out.contains("The model mine is in"), "{run:?}");
    let logs = home.logs(Some("disk_full"), 5_000);
    let run = analyze(&home, &logs, &["--format", "json", "--model", folder]).succeeds();
    assert!(!run.err.contains("warning"), "{}", run.err);
    let report: engine::Report = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report.model.unwrap().name, "mine");
}

#[test]
fn a_question_is_answered_from_the_evidence() {
    let home = Home::new();
    let logs = home.logs(Some("disk_full"), 5_000);
    let ask = |question: &str| home.run(&["ask", "--logs", logs.to_str().unwrap(), question]);
    let run = ask("What is the root cause?").succeeds();
    assert!(run.out.contains("[E") && run.out.contains(".log:"), "{}", run.out);
    let run = ask("What is the capital of France?").succeeds();
    assert!(run.out.starts_with("The evidence in these logs does not answer that."), "{}", run.out);
    ask(" ").fails(1, &["the question is empty"]);
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_the_work_and_leaves_nothing() {
    let home = Home::new();
    let out = home.path("long");
    let mut child = home.command().args(["simulate", "--lines", "50000000", "--out"]).arg(&out).spawn().unwrap();
    while !out.join("logs").exists() {
        std::thread::yield_now();
    }
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(2));
    assert!(!out.join("logs").exists());
}

#[test]
fn logs_of_a_good_period_are_compared_with_in_place_of_a_model() {
    let home = Home::new();
    let (good, bad) = (home.logs(None, 3_000), home.logs(Some("disk_full"), 3_000));
    let baseline = ["--baseline", good.to_str().unwrap(), "--format", "json"];
    let first = analyze(&home, &bad, &baseline).succeeds();
    let report: engine::Report = serde_json::from_str(&first.out).unwrap();
    assert_eq!(report.verdict, engine::report::Verdict::Incident);
    let model = report.model.unwrap();
    assert!(model.baseline && model.name == good.to_str().unwrap(), "{model:?}");
    assert!(first.err.contains("epoch   1 of"), "{first:?}");
    // What the period tells is known the next time, for other logs too.
    let same = home.path("same");
    home.run(&["simulate", "--out", same.to_str().unwrap(), "--lines", "3000"]).succeeds();
    let clear = analyze(&home, &same.join("logs"), &["--baseline", good.to_str().unwrap()]).succeeds();
    assert!(clear.out.contains("CLEAR") && clear.out.contains("Compared with the good period in "), "{clear:?}");
    assert!(clear.err.contains("learned before") && !clear.err.contains("epoch"), "{clear:?}");
    analyze(&home, &good, &baseline).fails(1, &["holds the incident itself", "a time when all was well"]);
    let both = analyze(&home, &bad, &[&baseline[..], &["--model", "default"]].concat());
    assert!(both.status == Some(1) && both.err.contains("cannot be used with '--model"), "{both:?}");
}
