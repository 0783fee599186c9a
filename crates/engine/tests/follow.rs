//! A folder that is watched: what comes is counted, and what is out of the ordinary is told while it happens.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up shall fail")]

#[path = "follow/begin.rs"]
mod begin;
#[path = "follow/exports.rs"]
mod exports;
#[path = "follow/rotation.rs"]
mod rotation;

use std::{
    fs,
    fs::OpenOptions,
    io::Write,
    path::{Path, PathBuf},
};

use engine::{
    Folder, Logs, Reading, Silent,
    follow::{Anomaly, Follower, Pulse, Reason},
    load,
    template::{
        Template,
        edits::{Edit, Edits},
    },
};
use tempfile::TempDir;

fn append(path: &Path, text: &str) {
    OpenOptions::new().append(true).create(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
}

fn line(second: u32, level: &str, text: &str) -> String {
    format!("2025-01-01 10:{:02}:{:02}.000 7 {level} nova.compute.manager [-] {text}\n", second / 60, second % 60)
}

/// A folder of logs.
struct Followed(TempDir);

impl Followed {
    fn of(files: &[(&str, &str)]) -> Self {
        let logs = Self(TempDir::new().unwrap());
        for (name, text) in files {
            logs.append(name, text);
        }
        logs
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn append(&self, name: &str, text: &str) {
        append(&self.path(name), text);
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).unwrap();
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    /// As logrotate does with `copytruncate`.
    fn copy_and_cut(&self, from: &str, to: &str) {
        fs::copy(self.path(from), self.path(to)).unwrap();
        OpenOptions::new().write(true).truncate(true).open(self.path(from)).unwrap();
    }

    fn write_packed(&self, name: &str, text: &[u8]) {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text).unwrap();
        fs::write(self.path(name), encoder.finish().unwrap()).unwrap();
    }

    fn load(&self) -> Logs {
        load(&Folder::new(self.0.path()), &Reading::default(), &[], &Silent).unwrap()
    }

    fn begin(&self) -> Follower<'static> {
        Follower::begin(self.0.path(), Reading::default(), None).unwrap()
    }

    /// Follows the logs, and knows what they hold, where they hold anything.
    fn follow(&self) -> Follower<'static> {
        let mut follower = self.begin();
        if let Ok(logs) = load(&Folder::new(self.0.path()), &Reading::default(), &[], &Silent) {
            follower.know(&logs);
        }
        follower
    }
}

/// Errors and infos.
fn events(pulses: &[Pulse]) -> (u32, u32) {
    pulses.iter().fold((0, 0), |s, p| (s.0 + p.events.errors, s.1 + p.events.infos))
}

/// What two looks tell, which find so many errors and infos.
fn told(follower: &mut Follower, errors: u32, infos: u32) -> Vec<Anomaly> {
    let pulses = looks(follower);
    assert_eq!(events(&pulses), (errors, infos), "{pulses:?}");
    pulses.into_iter().flat_map(|p| p.anomalies).collect()
}

/// Two looks: the first reads, the second sees that the last record is whole.
fn looks(follower: &mut Follower) -> Vec<Pulse> {
    (0..2).map(|_| follower.look(&Silent).unwrap()).collect()
}

#[test]
fn an_error_that_was_never_seen_is_told_once_with_its_place() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("nova-compute.log");
    append(&path, &line(0, "ERROR", "The message bus did not answer"));
    append(&path, &line(1, "INFO", "Claim successful on node c1"));
    let seen = load(&Folder::new(folder.path()), &Reading::default(), &[], &Silent).unwrap();
    let mut follower = Follower::begin(folder.path(), Reading::default(), None).unwrap();
    follower.know(&seen);
    append(&path, &line(2, "ERROR", "The message bus did not answer"));
    append(&path, &line(3, "INFO", "Something new that harms nobody"));
    for second in 4..7 {
        append(&path, &line(second, "ERROR", "Instance failed to spawn: disk full"));
    }
    let pulses = looks(&mut follower);
    let (errors, infos): (u32, u32) = pulses.iter().fold((0, 0), |s, p| (s.0 + p.events.errors, s.1 + p.events.infos));
    assert_eq!((errors, infos), (4, 1));
    let told: Vec<_> = pulses.iter().flat_map(|p| &p.anomalies).collect();
    assert_eq!(told[0].reason, Reason::New);
    assert_eq!((told[0].message.as_str(), told[0].line, told[0].count), ("Instance failed to spawn: disk full", 5, 2));
    assert_eq!((told[0].service.as_deref(), told[0].level.as_deref()), (Some("nova-compute"), Some("ERROR")));
    assert_eq!(told.len(), 1, "what was seen once is known: {told:?}");
    append(&path, &line(9, "ERROR", "Instance failed to spawn: disk full"));
    assert!(looks(&mut follower).iter().all(|p| p.anomalies.is_empty()));
}

#[test]
fn what_comes_again_is_told_until_it_is_muted() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("nova-compute.log");
    append(&path, &line(0, "INFO", "Claim successful on node c1"));
    let mut follower = Follower::begin(folder.path(), Reading::default(), None).unwrap();
    let mut comes = |second, edits: &Edits| {
        follower.heed(edits.clone());
        append(&path, &line(second, "ERROR", "Disk is full"));
        let pulses = looks(&mut follower);
        let count = |of: fn(&Pulse) -> usize| pulses.iter().map(of).sum::<usize>();
        (count(|p| p.anomalies.len()), count(|p| p.again.len()), count(|p| p.events.errors as usize))
    };
    assert_eq!(comes(1, &Edits::default()), (1, 0, 1));
    assert_eq!(comes(2, &Edits::default()), (0, 1, 1));
    let template = Template { origin: "nova.compute.manager".into(), text: "Disk is full".into() };
    assert_eq!(comes(3, &Edits { list: vec![Edit::Mute { template, muted: true }] }), (0, 0, 1));
}

#[test]
fn hours_of_traffic_do_not_fill_the_memory_and_nothing_is_lost() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("nova-api.log");
    fs::write(&path, "").unwrap();
    let mut follower = Follower::begin(folder.path(), Reading::default(), None).unwrap();
    let (mut written, mut read) = (0, 0);
    for round in 0..40 {
        for n in 0..500 {
            append(&path, &line(round * 60 + n / 10, "INFO", &format!("Took {n}.5 seconds")));
            written += 1;
        }
        if round % 10 == 9 {
            read += looks(&mut follower).iter().map(|p| p.events.infos).sum::<u32>();
            fs::rename(&path, folder.path().join("nova-api.log.1")).unwrap();
        }
        read += follower.look(&Silent).unwrap().events.infos;
    }
    read += looks(&mut follower).iter().map(|p| p.events.infos).sum::<u32>();
    assert_eq!(read, written);
}
