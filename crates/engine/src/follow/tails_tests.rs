use std::fs::OpenOptions;
use std::io::Write;

use tempfile::TempDir;

use super::*;
use crate::follow::tail::LONGEST;

struct Logs {
    folder: TempDir,
    tails: Tails,
}

impl Logs {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("a.log"), format!("{}{}", line(1), line(2))).unwrap();
        let tails = Tails::begin(folder.path()).unwrap();
        Self { folder, tails }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn append(&self, name: &str, text: &str) {
        let mut file = OpenOptions::new().append(true).create(true).open(self.path(name)).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }

    /// Looks until nothing comes any more; gives path, first line and text of each piece.
    fn rest(&mut self) -> Vec<(String, u32, String)> {
        let mut all = Vec::new();
        for _ in 0..3 {
            let grown = self.tails.look().unwrap();
            all.extend(grown.iter().map(|g| (g.path.clone(), g.line, String::from_utf8(g.new_bytes().to_vec()).unwrap())));
        }
        all
    }
}

fn line(second: u32) -> String {
    format!("2025-01-01 10:00:{second:02}.000 7 INFO nova.compute.manager [-] number {second}\n")
}

fn check(found: &[(String, u32, String)], expected: &[(&str, u32, String)]) {
    let found: Vec<_> = found.iter().map(|(p, n, t)| (p.as_str(), *n, t.clone())).collect();
    assert_eq!(found, expected);
}

#[test]
fn what_was_there_is_passed_over_and_what_comes_is_read() {
    let mut logs = Logs::new();
    assert!(logs.rest().is_empty());
    logs.append("a.log", &line(3));
    logs.append("b.log", &line(4));
    check(&logs.rest(), &[("a.log", 3, line(3)), ("b.log", 1, line(4))]);
    assert_eq!(logs.tails.len(), 2);
}

#[test]
fn a_record_is_given_when_it_is_whole() {
    let mut logs = Logs::new();
    logs.append("a.log", &line(3));
    logs.append("a.log", "Traceback (most recent call last):\n  File \"x.py\", li");
    assert!(logs.tails.look().unwrap().is_empty(), "it may go on");
    logs.append("a.log", "ne 1, in f\nBoom: no\n");
    logs.append("a.log", &line(4));
    let traceback = "Traceback (most recent call last):\n  File \"x.py\", line 1, in f\nBoom: no\n";
    check(&logs.rest(), &[("a.log", 3, line(3) + traceback), ("a.log", 7, line(4))]);
}

#[test]
fn half_a_line_waits_for_its_end() {
    let mut logs = Logs::new();
    let whole = line(3);
    logs.append("a.log", &whole[..30]);
    assert!(logs.rest().is_empty());
    logs.append("a.log", &whole[30..]);
    check(&logs.rest(), &[("a.log", 3, whole)]);
}

#[cfg(unix)]
#[test]
fn a_file_that_is_renamed_is_not_read_twice() {
    let mut logs = Logs::new();
    logs.append("a.log", &line(3));
    fs::rename(logs.path("a.log"), logs.path("a.log.1")).unwrap();
    logs.append("a.log", &line(4));
    check(&logs.rest(), &[("a.log", 1, line(4)), ("a.log.1", 3, line(3))].map(|x| x));
}

#[test]
fn a_file_that_is_cut_short_is_read_from_its_start() {
    let mut logs = Logs::new();
    fs::write(logs.path("a.log"), line(3)).unwrap();
    check(&logs.rest(), &[("a.log", 1, line(3))]);
    // Written anew, and longer than before: size alone does not tell.
    fs::write(logs.path("a.log"), format!("{}{}", line(4), line(5))).unwrap();
    let text: String = logs.rest().into_iter().map(|g| g.2).collect();
    assert_eq!(text, line(4) + &line(5));
}

#[test]
fn what_was_held_of_a_file_that_is_gone_is_given() {
    let mut logs = Logs::new();
    logs.append("a.log", &line(3));
    assert!(logs.tails.look().unwrap().is_empty());
    fs::remove_file(logs.path("a.log")).unwrap();
    check(&logs.rest(), &[("a.log", 3, line(3))]);
    assert!(logs.tails.len() == 0);
}

#[test]
fn an_endless_record_is_taken_in_parts() {
    let mut logs = Logs::new();
    let long = "x".repeat(999) + "\n";
    logs.append("a.log", &line(3));
    logs.append("a.log", &long.repeat(3000));
    let given: usize = logs.tails.look().unwrap().iter().map(|g| g.new_bytes().len()).sum();
    assert!(given > LONGEST, "{given}");
    assert!(Tails::begin(&logs.path("gone")).is_err());
}
