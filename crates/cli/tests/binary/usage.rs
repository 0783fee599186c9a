//! Arguments, help and the streams.

use std::process::Stdio;

use crate::run::{Home, finish};

#[test]
fn version_and_help_are_results() {
    let home = Home::new();
    let run = home.run(&["--version"]).succeeds();
    assert_eq!(run.out, format!("openstack-rca {}\n", env!("CARGO_PKG_VERSION")));
    let run = home.run(&["--help"]).succeeds();
    for word in ["analyze", "train", "simulate", "doctor", "DATA_DIR", "Exit status"] {
        assert!(run.out.contains(word), "{word}: {}", run.out);
    }
    assert!(run.err.is_empty());
}

#[test]
fn wrong_arguments_are_the_users_fault() {
    let home = Home::new();
    let cases: [&[&str]; 8] = [
        &[],
        &["analyse"],
        &["analyze"],
        &["analyze", "--logs", "x", "--format", "xml"],
        &["simulate", "--out", "x", "--fault", "flat_tyre"],
        &["simulate", "--cases", "x", "--out", "x"],
        &["simulate", "--out", "x", "--part", "choosing"],
        &["train", "--logs", "x", "--out", "y", "--epochs", "many"],
    ];
    for args in cases {
        let run = home.run(args);
        assert_eq!(run.status, Some(1), "{args:?}: {run:?}");
        assert!(run.out.is_empty() && !run.err.is_empty(), "{args:?}: {run:?}");
    }
    assert!(!home.path("x").exists());
}

#[test]
fn a_reader_that_went_away_is_no_failure() {
    let home = Home::new();
    let mut child = home.command().args(["simulate", "--list"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &[][..]));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_told() {
    let home = Home::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = home.command().args(["simulate", "--list"]).stdout(full).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.starts_with("error: standard output: No space left"), "{told}");
}

#[test]
fn simulated_logs_are_the_same_for_the_same_seed() {
    let home = Home::new();
    let write = |out: &str, seed: &str| {
        let run = home.run(&[
            "simulate",
            "--out",
            home.path(out).to_str().unwrap(),
            "--lines",
            "2000",
            "--fault",
            "disk_full",
            "--seed",
            seed,
        ]);
        assert!(run.succeeds().out.contains("disk_full"));
        std::fs::read_to_string(home.path(out).join("truth.toml")).unwrap()
    };
    let first = write("a", "3");
    assert_eq!(first, write("b", "3"));
    assert_ne!(first, write("c", "4"));
    let out = home.path("a");
    let again = home.run(&["simulate", "--out", out.to_str().unwrap()]).fails(1, &["is already there"]);
    assert!(again.err.contains(out.to_str().unwrap()));
    assert_eq!(std::fs::read_to_string(out.join("truth.toml")).unwrap(), first);
}

#[test]
fn faults_and_samples_are_listed() {
    let run = Home::new().run(&["simulate", "--list"]).succeeds();
    for fault in simulate::Fault::all() {
        assert!(run.out.contains(fault.name()), "{}", run.out);
    }
    assert!(finish(Home::new().command().args(["simulate", "--lines", "5"])).status == Some(1));
}

#[test]
fn cases_are_written_for_either_part() {
    let home = Home::new();
    let folder = home.path("cases");
    let folder = folder.to_str().unwrap();
    let run = home.run(&["simulate", "--cases", folder, "--part", "choosing", "--lines", "300"]).succeeds();
    assert!(run.out.contains(" cases: ") && run.out.contains(folder), "{}", run.out);
    let names = |below: &str| std::fs::read_dir(home.path("cases").join(below)).unwrap().count();
    assert!(names("failure") >= 30 && names("fault_free") >= 30);
    assert!(home.path("cases/failure/disk_full-1/logs").is_dir());
    assert!(home.path("cases/failure/disk_full-2/truth.toml").is_file());
    assert!(!home.path("cases/failure/clock_skewed-1").exists());
    home.run(&["simulate", "--cases", folder]).fails(1, &["is already there"]);
}
