//! Following logs while something writes them.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::Path,
    process::Stdio,
    thread,
    time::Duration,
};

use crate::run::{Home, Run};

const LINE: &str = "2025-01-01 10:00:00.000 7 INFO nova.compute.manager [-] Claim successful on node c1\n";
const ERROR: &str = "2025-01-01 10:00:05.000 7 ERROR nova.compute.manager [-] Instance failed to spawn\n";

/// Watches a log for four looks, while a line is added.
fn watch(home: &Home, more: &[&str]) -> Run {
    watch_while(home, more, |log| append(log, ERROR))
}

/// Watches a log for four looks, while something happens to it.
fn watch_while(home: &Home, more: &[&str], happen: impl Fn(&Path)) -> Run {
    let log = home.write("logs/nova/nova-compute.log", LINE);
    let mut command = home.command();
    command.args(["watch", "--interval", "1", "--looks", "4", "--logs"]).arg(home.path("logs")).args(more);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    thread::sleep(Duration::from_millis(1500));
    happen(log.as_ref());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }.succeeds()
}

fn append(log: &Path, text: &str) {
    OpenOptions::new().append(true).open(log).unwrap().write_all(text.as_bytes()).unwrap();
}

#[test]
fn what_is_out_of_the_ordinary_is_told_with_its_place() {
    let run = watch(&Home::new(), &[]);
    assert!(run.out.contains("ERROR") && run.out.contains("Instance failed to spawn"), "{run:?}");
    assert!(run.out.contains("nova/nova-compute.log:2"), "{run:?}");
    assert!(run.err.contains("1 event came, errors among them: 1, out of the ordinary: 1."), "{run:?}");
}

#[test]
fn programs_get_a_line_of_json_for_each_look() {
    let run = watch(&Home::new(), &["--format", "jsonl"]);
    let lines: Vec<serde_json::Value> = run.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 1, "{run:?}");
    assert_eq!((&lines[0]["events"]["errors"], &lines[0]["anomalies"][0]["reason"]), (&1.into(), &"new".into()));
}

#[test]
fn a_folder_that_is_not_there_is_a_clear_error() {
    let home = Home::new();
    home.run(&["watch", "--logs", "/no/such/folder"]).fails(1, &["/no/such/folder", "does not exist"]);
}

#[test]
fn a_log_that_is_copied_and_cut_short_is_followed_on_both_sides() {
    let run = watch_while(&Home::new(), &["--format", "jsonl"], |log| {
        append(log, ERROR);
        fs::copy(log, log.with_extension("log.1")).unwrap();
        fs::write(log, "").unwrap();
        append(log, &ERROR.replace("Instance failed to spawn", "The bus did not answer"));
    });
    assert!(run.out.contains("Instance failed to spawn") && run.out.contains("The bus did not answer"), "{run:?}");
    assert!(run.err.contains("2 events came, errors among them: 2, out of the ordinary: 2."), "{run:?}");
}
