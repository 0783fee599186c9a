//! The known failures, and the user's own among them.

use std::fs;

use crate::run::Home;

const OWN: &str = ".local/share/openstack-rca/known_failures/own.toml";
const TEXT: &str = r#"
[[signature]]
id = "array-controller-lost"
title = "The storage array lost a controller"
kind = "cause"
category = "storage"
subsystem = "cinder"
any = ["acme array: controller lost"]
confidence = 0.9
releases = "2023.1-2024.2"
explanation = "One of the two controllers is gone."
confirm = ["acme-cli controller show"]
remedy = ["Call the vendor."]
reference = "our wiki"
positive = "acme array: controller lost, failing over"
negative = "acme array: controller found"
"#;

#[test]
fn own_known_failures_are_listed_beside_the_others() {
    let home = Home::new();
    let run = home.run(&["known-failures"]).succeeds();
    assert!(run.out.contains("db-too-many-connections") && run.out.ends_with("0 of them your own.\n"), "{}", run.out);
    home.write(OWN, TEXT);
    let run = home.run(&["known-failures", "--format", "json"]).succeeds();
    let list: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let rows = list["knownFailures"].as_array().unwrap();
    let own: Vec<_> = rows.iter().filter(|row| row["source"] == "own").collect();
    assert_eq!(own.len(), 1);
    assert_eq!((&own[0]["id"], &own[0]["releases"]), (&"array-controller-lost".into(), &"2023.1-2024.2".into()));
    assert!(own[0]["file"].as_str().unwrap().ends_with("own.toml") && rows.len() > 120);
}

#[test]
fn a_text_is_told_with_what_it_shows() {
    let home = Home::new();
    home.write(OWN, TEXT);
    let run = home.run(&["known-failures", "acme array: controller lost"]).succeeds();
    assert!(run.out.starts_with("array-controller-lost  cause    storage") && run.out.lines().count() == 1, "{}", run.out);
    let text = "Instance failed to spawn: OSError: [Errno 28] No space left on device";
    let run = home.run(&["known-failures", text]).succeeds();
    let ids: Vec<_> = run.out.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(ids, ["disk-full", "instance-spawn-failed"]);
    assert_eq!(home.run(&["known-failures", "all is well"]).succeeds().out, "No known failure shows in this text.\n");
}

#[test]
fn a_check_names_file_signature_and_remedy_and_fails() {
    let home = Home::new();
    let good = home.write("good.toml", TEXT);
    let bad = home.write("bad.toml", &TEXT.replace("controller show", "controller reset"));
    let check = |path: &std::path::Path| home.run(&["known-failures", "--check", path.to_str().unwrap()]);
    let run = check(&good).succeeds();
    assert!(run.out.contains("\n1 known failures, 1 of them your own.\n") && run.err.is_empty(), "{run:?}");
    let run = check(&bad);
    assert_eq!(run.status, Some(1), "{run:?}");
    for part in ["bad.toml: signature array-controller-lost: ", "\"reset\"", "correct this entry", "one thing is wrong"] {
        assert!(run.err.contains(part), "{part} is missing: {}", run.err);
    }
    check(&home.path("missing.toml")).fails(1, &["missing.toml", "check the path"]);
}

#[test]
fn an_own_known_failure_is_found_in_logs_and_a_broken_file_does_not_keep_it_from_that() {
    let home = Home::new();
    home.write(OWN, TEXT);
    home.write(&OWN.replace("own.toml", "zz.toml"), "[[signature]\n");
    let line = |n: u32, level: &str, text: &str| {
        format!("2025-03-10 08:{:02}:{:02}.000 7 {level} cinder.volume.manager [-] {text}\n", n / 60, n % 60)
    };
    let mut log: String = (0..600).map(|n| line(n, "INFO", "Volume stats were updated")).collect();
    log += &line(601, "ERROR", "acme array: controller lost, failing over");
    let logs = home.write("logs/cinder/cinder-volume.log", &log);
    let logs = logs.parent().unwrap().parent().unwrap();
    let run = home.run(&["analyze", "--format", "json", "--logs", logs.to_str().unwrap(), "--issue", "volumes fail"]).succeeds();
    assert!(run.err.contains("zz.toml: line 1: ") && run.err.contains("it is left out"), "{}", run.err);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let cause = &report["causes"][0];
    assert_eq!(cause["signature"], "array-controller-lost", "{cause}");
    let explanation = cause["explanation"].as_str().unwrap();
    assert!(explanation.contains("Known from releases 2023.1-2024.2.") && explanation.contains("your own"), "{explanation}");
}

#[test]
fn setup_makes_the_folder_and_doctor_tells_what_is_wrong_in_it() {
    let home = Home::new();
    home.run(&["setup"]).succeeds();
    let example = home.path(&OWN.replace("own.toml", "example.toml"));
    assert!(fs::read_to_string(&example).unwrap().contains("# [[signature]]"));
    let doctor = home.run(&["doctor"]).succeeds();
    assert!(doctor.out.contains("0 of them your own"), "{}", doctor.out);
    home.write(OWN, &format!("{TEXT}{}", TEXT.replace("array-controller-lost", "Array Lost")));
    let doctor = home.run(&["doctor"]).succeeds();
    assert!(doctor.out.contains("1 of them your own"), "{}", doctor.out);
    assert!(doctor.out.contains("lacks  known failures") && doctor.out.contains("signature Array Lost"), "{}", doctor.out);
}
