//! `events`: what is found, how it is written, and how it is refused.

use std::process::Stdio;

use crate::run::{Home, Run};

const LOGS: &str = "\
2025-01-01 10:00:00.000 7 INFO nova.compute.manager [req-1 - - - - -] Starting instance
2025-01-01 10:00:01.000 7 ERROR nova.compute.manager [req-1 - - - - -] Disk \"sda\", full
Traceback (most recent call last):
  File \"/nova/compute/manager.py\", line 3, in build
OSError: no space
2025-01-01 10:00:03.000 7 WARNING nova.virt [-] slow \x1b[31mdisk
";

fn home() -> Home {
    let home = Home::new();
    home.write("logs/nova/nova-compute.log", LOGS);
    home.write("logs/neutron/neutron-server.log", "2025-01-01 10:00:02.000 9 INFO neutron.wsgi [-] GET /v2.0/ports 200\n");
    home
}

fn events(home: &Home, more: &[&str]) -> Run {
    home.run(&[&["events", "--logs", home.path("logs").to_str().unwrap()], more].concat())
}

#[test]
fn events_of_all_files_are_listed_by_time() {
    let home = home();
    let run = events(&home, &[]).succeeds();
    let times: Vec<&str> = run.out.lines().map(|line| &line[17..19]).collect();
    assert_eq!(times, ["00", "01", "02", "03"], "{}", run.out);
    let error = run.out.lines().nth(1).unwrap();
    for part in ["2025-01-01T10:00:01.000", "ERROR", "nova-compute", "Disk \"sda\", full", "nova/nova-compute.log:2 (+3 lines)"] {
        assert!(error.contains(part), "{part}: {error}");
    }
    assert!(!run.out.contains('\x1b') && run.err.is_empty(), "{run:?}");
}

#[test]
fn queries_choose_count_and_limit() {
    let home = home();
    for (query, count) in [
        ("", "4"),
        ("disk", "2"),
        ("disk -slow", "1"),
        ("level:>=warning", "2"),
        ("service:neutron*", "1"),
        ("-service:neutron*", "3"),
        ("-level:info \"no space\"", "1"),
        ("time:2025-01-01T10:00:01..2025-01-01T10:00:03", "2"),
    ] {
        assert_eq!(events(&home, &["--where", query, "--count"]).succeeds().out.trim(), count, "{query}");
    }
    let run = events(&home, &["--limit", "1"]).succeeds();
    assert_eq!((run.out.lines().count(), run.err.trim()), (1, "and 3 more, without --limit"));
}

#[test]
fn tables_and_json_hold_whole_messages() {
    let home = home();
    let run = events(&home, &["--where", "sda", "--format", "csv"]).succeeds();
    assert!(
        run.out.starts_with("time,timestamp,level,") && run.out.contains("\"Disk \"\"sda\"\", full\nTraceback"),
        "{}",
        run.out
    );
    let run = events(&home, &["--where", "sda", "--format", "jsonl"]).succeeds();
    let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((value["line"].as_u64(), value["request"].as_str()), (Some(2), Some("req-1")));
    assert!(value["message"].as_str().unwrap().ends_with("OSError: no space"), "{value}");
}

#[test]
fn context_is_of_the_same_file_and_written_once() {
    let home = home();
    let run = events(&home, &["--where", "starting", "--context", "1"]).succeeds();
    assert_eq!(run.out.lines().count(), 2, "{}", run.out);
    let run = events(&home, &["--where", "starting,GET /v2/ports/", "--context", "1", "--count"]);
    assert_eq!(run.status, Some(1), "a count has no context: {run:?}");
    let run = events(&home, &["--context", "1"]).succeeds();
    assert_eq!(run.out.lines().filter(|line| *line != "--").count(), 4, "{}", run.out);
}

#[test]
fn facets_say_how_often() {
    let home = home();
    let run = events(&home, &["--facets"]).succeeds();
    let has = |parts: [&str; 3]| {
        run.out.lines().any(|line| line.split_whitespace().take(4).eq([parts[0], parts[1], "service:", parts[2]]))
    };
    assert!(has(["3", "1", "nova-compute"]) && has(["1", "0", "neutron-server"]), "{}", run.out);
}

#[test]
fn a_bad_query_is_told_before_anything_is_read() {
    let home = Home::new();
    let run = home.run(&["events", "--logs", "/no/such/folder", "--where", "level:loud"]);
    run.fails(1, &["an unknown level loud at 7 of the query", "levels are"]);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_ends_it_in_silence() {
    let home = Home::new();
    let logs = home.logs(None, 5_000);
    let mut command = home.command();
    let child = command.args(["events", "--logs"]).arg(&logs).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = child.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}
