//! Evaluating: figures of simulated cases, in every form, and what is wrong with cases.

use std::{fs, path::PathBuf};

use crate::run::{Home, Run};

/// A simulated failure and a simulated day without one.
fn cases(home: &Home) -> PathBuf {
    let cases = home.path("cases");
    for (place, fault) in [("failure/database", Some("database_connections")), ("fault_free/day", None)] {
        let logs = home.logs(fault, 4000);
        let to = cases.join(place);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(logs.parent().unwrap(), to).unwrap();
    }
    cases
}

fn evaluate(home: &Home, more: &[&str]) -> Run {
    let cases = home.path("cases");
    let args = [&["evaluate", cases.to_str().unwrap()], more].concat();
    home.run(&args)
}

#[test]
fn figures_come_in_every_form() {
    let home = Home::new();
    cases(&home);
    let text = evaluate(&home, &["--jobs", "2"]).succeeds().out;
    assert!(text.contains("Failing runs (n=1)") && text.contains("  detected") && text.contains("1/1 1.000"), "{text}");
    assert!(text.contains("Fault-free runs (n=1)") && text.contains("2 cases evaluated, 0 not"), "{text}");
    let markdown = evaluate(&home, &["--format", "markdown", "--ablate", "--limit", "1"]).succeeds().out;
    assert!(markdown.contains("| left out | detected |") && markdown.contains("| known failures | "), "{markdown}");
    let path = home.path("figures.json");
    let run = evaluate(&home, &["--format", "json", "--mask-levels", "--output", path.to_str().unwrap()]).succeeds();
    assert!(run.out.is_empty() && run.err.contains("figures.json"), "{run:?}");
    let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(json["cases"][0]["case"], "failure/database");
    assert_eq!(json["cases"][0]["firstError"]["detected"], serde_json::json!(json["tables"][0]["rows"][0][1][1]["right"] == 1));
}

#[test]
fn a_broken_case_is_told_beside_the_figures_of_the_rest() {
    let home = Home::new();
    fs::write(cases(&home).join("failure/database/truth.toml"), "fault = 3").unwrap();
    let run = evaluate(&home, &[]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.out.contains("Not evaluated: failure/database: ") && run.out.contains("Fault-free runs (n=1)"), "{run:?}");
    assert!(run.err.contains("truth.toml") && run.err.contains("correct the file"), "{run:?}");
}

#[test]
fn what_cannot_be_evaluated_is_one_sentence() {
    let home = Home::new();
    fs::create_dir(home.path("cases")).unwrap();
    evaluate(&home, &[]).fails(1, &["cases holds no cases", "failure/NAME"]);
    cases(&home);
    evaluate(&home, &["--model", "none"]).fails(1, &["none"]);
    fs::remove_dir_all(home.path("cases/fault_free")).unwrap();
    evaluate(&home, &["--train"]).fails(1, &["holds no fault-free runs", "fault_free"]);
}
