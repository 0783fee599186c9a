//! Good periods learned once, and again where something changed.

use std::{fmt::Write, sync::Mutex};

use engine::config::LstmConfig;

use super::*;
use crate::folders::temporary;

/// Keeps all progress, and stops where it is told to.
#[derive(Default)]
struct Seen {
    progress: Mutex<Vec<Progress>>,
    stop: bool,
}

impl Observer for Seen {
    fn progress(&self, progress: Progress) {
        self.progress.lock().unwrap().push(progress);
    }

    fn cancelled(&self) -> bool {
        self.stop
    }

    fn seconds(&self) -> f64 {
        0.0
    }
}

/// Folders of the program, and one for logs beside them.
struct Home {
    folders: Folders,
    keep: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        let (keep, folders) = temporary();
        Self { folders, keep }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.keep.path().join(name)
    }

    /// Logs of so many lines.
    fn logs(&self, name: &str, lines: usize) -> PathBuf {
        let folder = self.path(name);
        let mut text = String::new();
        for n in 0..lines {
            _ = writeln!(text, "2025-01-01 10:{:02}:{:02}.000 7 INFO nova.compute.claims [-] Claim successful", n / 60, n % 60);
        }
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("nova-compute.log"), text).unwrap();
        folder
    }

    fn learn(&self, logs: &[PathBuf], config: &Config) -> Result<Learned, Error> {
        learn(&self.folders, &GoodPeriod { logs, incident: &self.path("incident"), config }, &Seen::default())
    }

    /// Learns, and tells whether it trained.
    fn trains(&self, logs: &[PathBuf], config: &Config) -> bool {
        let seen = Seen::default();
        let learned = learn(&self.folders, &GoodPeriod { logs, incident: &self.path("incident"), config }, &seen).unwrap();
        assert!(learned.unkept.is_none(), "{learned:?}");
        let progress = seen.progress.into_inner().unwrap();
        let trained = progress.iter().any(|one| matches!(one, Progress::Epoch(_)));
        assert_eq!(progress.last(), Some(&Progress::Learned { kept: !trained }));
        trained
    }

    fn kept(&self) -> Vec<PathBuf> {
        fs::read_dir(self.folders.cache.join(FOLDER)).unwrap().map(|entry| entry.unwrap().path()).collect()
    }
}

fn small() -> Config {
    Config {
        lstm: LstmConfig { sequence_length: 10, embedding: 4, units: 4, epochs: 1, ..LstmConfig::default() },
        ..Config::default()
    }
}

#[test]
fn a_good_period_that_is_as_it_was_is_not_learned_again() {
    let home = Home::new();
    let (one, other) = (home.logs("good", 300), home.logs("other", 250));
    let learned = home.learn(std::slice::from_ref(&one), &small()).unwrap().model.summary();
    assert!(learned.name == one.to_str().unwrap() && learned.trained_on.starts_with("1 files, 300 lines"), "{learned:?}");
    assert!(!home.trains(std::slice::from_ref(&one), &small()));
    assert_eq!(home.learn(std::slice::from_ref(&one), &small()).unwrap().model.summary(), learned);
    assert!(home.trains(&[one.clone(), other], &small()), "with another folder it is another period");
    assert!(!home.trains(&[one], &small()));
}

#[test]
fn whatever_changes_is_learned_anew() {
    let home = Home::new();
    let logs = [home.logs("good", 300)];
    let file = logs[0].join("nova-compute.log");
    assert!(home.trains(&logs, &small()));
    home.logs("good", 301);
    assert!(home.trains(&logs, &small()), "another size");
    let later = fs::metadata(&file).unwrap().modified().unwrap() + std::time::Duration::from_secs(1);
    File::options().write(true).open(&file).unwrap().set_modified(later).unwrap();
    assert!(home.trains(&logs, &small()), "another time");
    fs::copy(&file, logs[0].join("nova-api.log")).unwrap();
    assert!(home.trains(&logs, &small()), "one more file");
    let config = Config { lstm: LstmConfig { seed: 7, ..small().lstm }, ..small() };
    assert!(home.trains(&logs, &config), "another parameter");
    assert!(!home.trains(&logs, &config));
    let [kept] = &home.kept()[..] else { panic!("one place for one period") };
    fs::write(kept.join(MODEL).join("weights.bin"), "damaged").unwrap();
    assert!(home.trains(&logs, &config), "what was kept is damaged");
}

#[test]
fn those_that_were_not_used_for_the_longest_time_are_forgotten() {
    let home = Home::new();
    let periods: Vec<PathBuf> = (0..=MOST).map(|n| home.logs(&format!("good{n}"), 220)).collect();
    for period in &periods[..MOST] {
        assert!(home.trains(std::slice::from_ref(period), &small()));
    }
    assert!(!home.trains(&periods[..1], &small()), "the first is used again");
    assert!(home.trains(&periods[MOST..], &small()));
    assert_eq!(home.kept().len(), MOST);
    assert!(!home.trains(&periods[..1], &small()));
    assert!(home.trains(&periods[1..2], &small()), "the second was not used for the longest time");
}

#[test]
fn what_cannot_be_compared_with_is_told_and_nothing_is_kept() {
    let home = Home::new();
    let (config, few) = (small(), home.logs("few", 20));
    let within = home.logs("incident/logs", 300);
    let code = |logs: &Path| {
        let error = home.learn(&[logs.to_path_buf()], &config).unwrap_err();
        assert!(error.is_users() && error.to_string().contains(logs.to_str().unwrap()), "{error}");
        error.code()
    };
    assert_eq!(code(&few), "too_few");
    assert_eq!(code(&home.path("missing")), "not_found");
    assert_eq!(code(&home.path("incident")), "same_logs");
    assert_eq!(code(home.keep.path()), "same_logs", "it holds the incident");
    assert!(home.trains(&[within], &small()), "an incident may hold its good period");
    let stopped = Seen { stop: true, ..Seen::default() };
    let period = GoodPeriod { logs: &[home.logs("good", 300)], incident: &few, config: &config };
    assert_eq!(learn(&home.folders, &period, &stopped).unwrap_err().code(), "cancelled");
    assert_eq!(home.kept().len(), 1);
}
