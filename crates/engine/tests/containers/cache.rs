//! What is kept between readings, and for how long.

use std::{
    os::unix::fs::MetadataExt,
    sync::atomic::{AtomicU32, Ordering},
    time::SystemTime,
};

use engine::{Observer, Progress, ingest::container::Limits, progress::Stage};

use super::*;

/// Lets the work go on for so many questions.
struct Patience(AtomicU32);

impl Observer for Patience {
    fn progress(&self, progress: Progress) {
        assert!(matches!(progress, Progress::Step { stage: Stage::Unpack | Stage::Read, done, total } if done <= total));
    }

    fn cancelled(&self) -> bool {
        self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_err()
    }

    fn seconds(&self) -> f64 {
        0.0
    }
}

fn archive(from: usize) -> Vec<u8> {
    gz(&tar(&[("a.log", lines(from, 2000).as_bytes())]))
}

/// The stored members: which file each is, and when it was written.
fn stored(logs: &Logs) -> Vec<(u64, i64, u64)> {
    let files = files_under(logs.cache.path()).into_iter().filter(|path| path.ends_with("000000"));
    files.map(|path| fs::metadata(path).unwrap()).map(|meta| (meta.ino(), meta.mtime_nsec(), meta.size())).collect()
}

#[test]
fn an_archive_is_unpacked_once_and_again_when_it_changes() {
    let logs = Logs::of(&[("x.tgz", &archive(0))]);
    let first = logs.read();
    let once = stored(&logs);
    let second = logs.read();
    assert_eq!((once.len(), stored(&logs)), (1, once.clone()));
    assert_eq!((found(&first), &first.skipped), (found(&second), &second.skipped));
    logs.write("x.tgz", &archive(3));
    assert_eq!(logs.read().message(0), "step 3");
    assert_ne!(stored(&logs), once);
}

#[test]
fn a_damaged_entry_is_made_anew() {
    let logs = Logs::of(&[("x.tgz", &archive(0))]);
    drop(logs.read());
    let entry = logs.entries().remove(0);
    fs::write(entry.join("000000"), "cut").unwrap();
    assert_eq!(logs.read().events.len(), 2000);
    for index in ["", "{", "[1]", "null"] {
        fs::write(logs.entries()[0].join("index.json"), index).unwrap();
        assert_eq!(logs.read().events.len(), 2000, "{index}");
    }
    assert_eq!(logs.entries(), [entry]);
}

#[test]
fn the_least_recently_used_entry_gives_room_unless_it_is_in_use() {
    let logs = Logs::of(&[("a.tgz", &archive(0)), ("b.tgz", &archive(10)), ("c.tgz", &archive(20))]);
    let size = lines(0, 2000).len() as u64;
    let limits = Limits { cache: size * 5 / 2, ..Limits::default() };
    let one = |name: &str| read(&Folder::new(logs.logs.path().join(name)).cached(logs.cache.path()).limited(limits)).unwrap();
    drop(one("a.tgz"));
    let a = logs.entries();
    let kept = one("b.tgz");
    // Used again, so that the other one is older; and older by far, whatever the disk's clock tells apart.
    let used = |entry: &Path, seconds: u64| {
        let time = SystemTime::now() - std::time::Duration::from_secs(seconds);
        fs::File::options().write(true).open(entry.join("used")).unwrap().set_modified(time).unwrap();
    };
    let b: Vec<_> = logs.entries().into_iter().filter(|entry| !a.contains(entry)).collect();
    used(&b[0], 100);
    used(&a[0], 50);
    drop(one("c.tgz"));
    assert!(b[0].exists() && !a[0].exists(), "b is older, but in use");
    drop(kept);
    drop(one("a.tgz"));
    assert!(!b[0].exists() && a[0].exists() && logs.entries().len() == 2);
}

#[test]
fn a_reading_that_was_cancelled_leaves_nothing() {
    let noise = noise(150_000);
    let logs = Logs::of(&[("x.tgz", &gz(&tar(&[("a.log", noise.as_bytes()), ("b.log", noise.as_bytes())])))]);
    for patience in 0..7 {
        let observer = Patience(AtomicU32::new(patience));
        let result = ingest::read(&logs.folder(), &Reading::default(), &observer);
        assert!(matches!(result, Err(Error::Cancelled)), "{patience}");
        let left = files_under(logs.cache.path());
        assert!(left.iter().all(|path| path.ends_with("unpacked/lock")), "{left:?}");
    }
    assert_eq!(logs.read().events.len(), 300_000);
}

#[test]
fn leftovers_of_killed_runs_are_removed() {
    let logs = Logs::of(&[("x.tgz", &archive(0))]);
    let left = logs.cache.path().join("unpacked/.aside-left");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("000000"), "half").unwrap();
    fs::write(left.join("lock"), "").unwrap();
    let busy = logs.cache.path().join("unpacked/.aside-busy");
    fs::create_dir_all(&busy).unwrap();
    let lock = fs::File::create(busy.join("lock")).unwrap();
    lock.lock().unwrap();
    drop(logs.read());
    assert!(!left.exists() && busy.exists(), "what another run fills is left alone");
}

#[test]
fn without_a_cache_what_was_unpacked_goes_with_the_reading() {
    let logs = Logs::of(&[("x.tgz", &archive(0))]);
    let read = read(&Folder::new(logs.logs.path())).unwrap();
    assert_eq!((read.events.len(), read.leases.len()), (2000, 1));
    let folder = read.leases[0].temporary().unwrap().to_path_buf();
    assert!(folder.join("000000").exists());
    drop(read);
    assert!(!folder.exists());
}
