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

#[test]
fn several_folders_train_one_model() {
    let home = Home::new();
    let (first, second) = (home.logs(None, 2000), home.logs(Some("disk_full"), 2000));
    let out = home.path("models/both");
    let (first, second, both) = (first.to_str().unwrap(), second.to_str().unwrap(), out.to_str().unwrap());
    let train = |folders: &[&str]| {
        let logs: Vec<&str> = folders.iter().flat_map(|folder| ["--logs", folder]).collect();
        let small = ["--epochs", "1", "--units", "8", "--embedding", "8"];
        home.run(&[&["train", "--out", both][..], &logs, &small].concat())
    };
    let events = |folders: &[&str]| -> u64 {
        let out = train(folders).succeeds().out;
        let (_, rest) = out.split_once(" templates from ").unwrap();
        rest.split_once(" events").unwrap().0.parse().unwrap()
    };
    let (one, other) = (events(&[first]), events(&[second]));
    assert_eq!(events(&[first, second]), one + other);
    assert_eq!(events(&[first, first]), one, "a folder that is named twice is one folder");
    train(&[first, "/no/such/folder"]).fails(1, &["/no/such/folder does not exist"]);
    let empty = home.path("empty");
    fs::create_dir(&empty).unwrap();
    train(&[first, empty.to_str().unwrap()]).fails(1, &[empty.to_str().unwrap(), "is empty"]);
}

#[test]
fn a_model_of_another_cloud_is_doubted() {
    let home = Home::new();
    let logs = home.logs(None, 3000);
    let out = home.path("models/mine");
    let (logs, out) = (logs.to_str().unwrap(), out.to_str().unwrap());
    home.run(&["train", "--logs", logs, "--out", out, "--epochs", "2", "--units", "8", "--embedding", "8"]).succeeds();
    let line = |n: usize| {
        let (minute, second) = (n / 60, n % 60);
        format!("2025-03-10 08:{minute:02}:{second:02}.000 7 INFO other.part{} [-] Something else happened here\n", n % 3)
    };
    let foreign = home.write("foreign/other.log", &(0..600).map(line).collect::<String>());
    let doubts = |logs: &str| home.run(&["analyze", "--model", out, "--logs", logs]).succeeds().out.contains("does not fit");
    assert!(doubts(foreign.parent().unwrap().to_str().unwrap()));
    assert!(!doubts(logs));
}
