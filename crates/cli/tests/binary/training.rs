//! Training that is interrupted, and training from several folders.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::Stdio,
};

use crate::run::{Home, names};

/// A small network that learns slowly enough to be interrupted.
const SMALL: [&str; 10] = ["--units", "8", "--embedding", "8", "--epochs", "60", "--patience", "60", "--learning-rate", "0.0005"];

#[test]
fn a_training_that_was_killed_goes_on_and_ends_as_if_it_had_not_been() {
    let home = Home::new();
    let logs = home.logs(None, 3000);
    let folder = |name: &str| home.path("models").join(name);
    let args = |name: &str| -> Vec<String> {
        let out = folder(name);
        let named = ["train", "--logs", logs.to_str().unwrap(), "--out", out.to_str().unwrap()];
        named.into_iter().chain(SMALL).map(str::to_owned).collect()
    };
    let mut killed = home.command().args(args("killed")).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(killed.stderr.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().starts_with("epoch   4 of 60")));
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert!(folder("killed.training").is_file() && !folder("killed").exists());

    let run = home.run(&args("killed")).succeeds();
    assert!(run.err.lines().any(|line| line.starts_with("resumed after epoch ")), "{run:?}");
    let whole = home.run(&args("whole")).succeeds();
    assert!(!whole.err.contains("resumed"), "{whole:?}");
    let weights = |name: &str| fs::read(folder(name).join("weights.bin")).unwrap();
    assert!(weights("killed") == weights("whole"));
    assert_eq!(names(&home.path("models")), ["killed", "whole"], "a training that is done leaves no checkpoint");
}

#[test]
fn a_foreign_checkpoint_is_told_and_a_fresh_start_does_not_look() {
    let home = Home::new();
    let logs = home.logs(None, 2000);
    home.write("models/mine.training", "something else");
    let out = home.path("models/mine");
    let train = |more: &[&str]| {
        let named = ["train", "--logs", logs.to_str().unwrap(), "--out", out.to_str().unwrap(), "--epochs", "1"];
        home.run(&[&named[..], more].concat()).succeeds()
    };
    let run = train(&[]);
    assert!(run.err.contains("damaged or of another version"), "{run:?}");
    home.write("models/mine.training", "something else");
    let fresh = train(&["--fresh"]);
    assert!(!fresh.err.contains("interrupted"), "{fresh:?}");
    assert_eq!(names(&home.path("models")), ["mine"]);
}
