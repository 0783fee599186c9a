use std::{
    cell::RefCell,
    fs::{self, OpenOptions},
    io::Write,
    path::PathBuf,
};

use engine::{Folder, Logs, Reading, Silent, template::edits::Edit};

use super::*;
use crate::job::Jobs;

const LOG: &str = "nova-compute.log";
const QUICK: Duration = Duration::from_millis(5);

/// A folder of logs that was read, and grows.
struct Growing {
    folder: tempfile::TempDir,
    logs: Logs,
    jobs: Jobs,
}

impl Growing {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join(LOG), (0..9).map(|n| line(n, "INFO", "Claim successful")).collect::<Vec<_>>().concat())
            .expect("a file");
        let logs = engine::load(&Folder::new(folder.path()), &Reading::default(), &[], &Silent).expect("logs");
        Self { folder, logs, jobs: Jobs::default() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn append(&self, text: &str) {
        let file = OpenOptions::new().append(true).create(true).open(self.path(LOG));
        file.expect("a file").write_all(text.as_bytes()).expect("a line");
    }

    /// Follows, doing something at each look, until `act` gives false; what came, and how it ended.
    fn follow(&self, edits: &Edits, act: impl Fn(usize, &Job) -> bool) -> (Vec<Pulse>, Result<(), Failure>) {
        let job = self.jobs.start("live".into(), |_| ());
        let pulses = RefCell::new(Vec::new());
        let mut follower = Follower::since(self.folder.path(), Reading::default(), None, &self.logs).expect("a folder");
        let told = |pulse| {
            pulses.borrow_mut().push(pulse);
            act(pulses.borrow().len(), &job)
        };
        let ended = watch(&mut follower, &job, QUICK, &|| edits.clone(), &told);
        (pulses.into_inner(), ended)
    }
}

fn line(second: u32, level: &str, text: &str) -> String {
    format!("2025-01-01 10:00:{second:02}.000 7 {level} nova.compute.manager [-] {text}\n")
}

fn places(pulses: &[Pulse]) -> Vec<(&str, u32, u32)> {
    pulses.iter().flat_map(|p| &p.anomalies).map(|a| (a.message.as_str(), a.line, a.count)).collect()
}

#[test]
fn what_was_written_since_the_analysis_comes_and_the_same_again_is_counted() {
    let logs = Growing::new();
    logs.append(&line(10, "INFO", "Claim successful"));
    logs.append(&line(11, "ERROR", "No space left on device"));
    let (pulses, ended) = logs.follow(&Edits::default(), |look, _| {
        if look == 3 {
            logs.append(&line(12, "ERROR", "No space left on device"));
        }
        look < 6
    });
    assert_eq!(ended, Ok(()));
    let (infos, errors) = pulses.iter().fold((0, 0), |s, p| (s.0 + p.events.infos, s.1 + p.events.errors));
    assert_eq!((infos, errors), (1, 2));
    assert_eq!(places(&pulses), [("No space left on device", 11, 1)]);
    let again: Vec<_> = pulses.iter().flat_map(|p| &p.again).collect();
    assert_eq!((again.len(), again[0].count, again[0].line), (1, 1, 12));
    assert_eq!(again[0].kind, pulses.iter().find_map(|p| p.anomalies.first()).expect("an anomaly").kind);
}

#[test]
fn rotation_and_truncation_are_survived() {
    let logs = Growing::new();
    let (pulses, _) = logs.follow(&Edits::default(), |look, _| {
        match look {
            1 => fs::rename(logs.path(LOG), logs.path("nova-compute.log.1")).expect("a rotation"),
            2 => logs.append(&line(20, "ERROR", "The message bus is gone")),
            5 => fs::write(logs.path(LOG), "").expect("a truncation"),
            6 => logs.append(&line(30, "ERROR", "The database is gone")),
            _ => {}
        }
        look < 10
    });
    assert_eq!(places(&pulses), [("The message bus is gone", 1, 1), ("The database is gone", 1, 1)]);
    let cut: Vec<usize> = (0..pulses.len()).filter(|n| pulses[*n].cut).collect();
    assert_eq!(cut, [5], "a file that is renamed is whole, one that is emptied is not");
}

#[test]
fn logs_that_are_gone_end_it_with_their_path() {
    let logs = Growing::new();
    let (pulses, ended) = logs.follow(&Edits::default(), |look, _| {
        if look == 2 {
            fs::remove_dir_all(logs.folder.path()).expect("a folder");
        }
        true
    });
    let failure = ended.expect_err("the folder is gone");
    assert_eq!((failure.code.as_str(), pulses.len()), ("not_found", 2));
    assert!(failure.message.contains(&logs.folder.path().display().to_string()), "{}", failure.message);
}

#[test]
fn a_job_that_is_cancelled_ends_it_silently_and_one_that_pauses_loses_nothing() {
    let logs = Growing::new();
    let (pulses, ended) = logs.follow(&Edits::default(), |look, _| {
        if look == 1 {
            logs.jobs.pause("live", true);
            logs.append(&line(10, "ERROR", "Boom"));
            let jobs = logs.jobs.clone();
            thread::spawn(move || {
                thread::sleep(10 * QUICK);
                jobs.pause("live", false);
            });
        } else if look == 4 {
            logs.jobs.cancel("live");
        }
        true
    });
    assert_eq!(ended.expect_err("it was cancelled").code, "cancelled");
    assert_eq!((pulses.len(), places(&pulses).len()), (4, 1));
}

#[test]
fn what_is_muted_is_counted_and_not_told() {
    let logs = Growing::new();
    logs.append(&line(10, "ERROR", "Heartbeat missed"));
    let template = engine::template::Template { origin: "nova.compute.manager".into(), text: "Heartbeat missed".into() };
    let (pulses, _) = logs.follow(&Edits { list: vec![Edit::Mute { template, muted: true }] }, |look, _| look < 3);
    assert_eq!((places(&pulses).len(), pulses.iter().map(|p| p.events.errors).sum::<u32>()), (0, 1));
}

#[test]
fn a_single_file_is_followed_through_its_rotation() {
    let logs = Growing::new();
    let file = logs.path(LOG);
    let read = engine::load(&Folder::new(&file), &Reading::default(), &[], &Silent).expect("logs");
    logs.append(&line(10, "ERROR", "Boom"));
    let mut follower = Follower::since(&file, Reading::default(), None, &read).expect("a file");
    let mut looks = || (0..2).map(|_| follower.look(&Silent).expect("a look")).collect::<Vec<_>>();
    assert_eq!(places(&looks()), [("Boom", 10, 1)]);
    fs::rename(&file, logs.path("old")).expect("a rotation");
    logs.append(&line(20, "ERROR", "Bang"));
    assert_eq!(places(&looks()), [("Bang", 1, 1)]);
}

#[test]
fn an_archive_cannot_be_followed() {
    let logs = Growing::new();
    let archive = logs.path("logs.gz");
    fs::write(&archive, [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]).expect("a file");
    let error = Follower::since(&archive, Reading::default(), None, &logs.logs).expect_err("it is packed");
    assert_eq!(error.code(), "packed");
}
