//! How much archives may unpack to, so that a hostile one fills neither memory nor disk.

use std::{
    io::{self, Read},
    sync::atomic::{AtomicU64, Ordering},
};

use crate::{
    Error,
    progress::{Observer, Progress, Stage},
};

/// Bytes after which the observer is asked again.
const STEP: u64 = 4 << 20;

/// How much archives may unpack to. What lies beyond is noted among what was skipped, and the rest is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How deep archives may lie in each other; a compressed archive counts once. Default: 5.
    pub depth: u32,
    /// How many times its packed size a file may unpack to, once it is past `free`. Default: 1000.
    pub ratio: u64,
    /// Bytes that any file may unpack to, whatever its packed size. Default: 64 MiB.
    pub free: u64,
    /// Bytes that all archives of one reading may unpack to. Default: 64 GiB.
    pub bytes: u64,
    /// Files that all archives of one reading may hold. Default: 500,000.
    pub members: u64,
    /// Bytes that the cache folder may hold; what is in use is kept even beyond. Default: 20 GiB.
    pub cache: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 5, ratio: 1000, free: 64 << 20, bytes: 64 << 30, members: 500_000, cache: 20 << 30 }
    }
}

/// Why bytes end before the file does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Break {
    /// The user asked for the work to stop.
    #[error("cancelled")]
    Cancelled,
    /// The file unpacks to too many times its packed size.
    #[error(
        "unpacks to more than {0} times its packed size, as archives do that are made to fill a disk: unpack it yourself if you trust it"
    )]
    Ratio(u64),
    /// All archives together unpack to too much.
    #[error("left out from here on: the archives unpack to more than {} GiB in all; give fewer at a time, or unpack them yourself", .0 >> 30)]
    Bytes(u64),
}

impl Break {
    /// The break that an error of reading stands for; none where the reading itself failed.
    #[must_use]
    pub fn of(error: &io::Error) -> Option<Self> {
        error.get_ref().and_then(|inner| inner.downcast_ref()).copied()
    }
}

/// What all archives of one reading share: the limits, what is used of them, and who watches.
pub struct Budget<'a> {
    /// The limits.
    pub limits: &'a Limits,
    observer: &'a dyn Observer,
    /// Packed bytes read, and in all.
    done: AtomicU64,
    total: u64,
    bytes: AtomicU64,
    members: AtomicU64,
}

impl<'a> Budget<'a> {
    /// Nothing used yet; `total` is the packed size of all archives, in bytes.
    #[must_use]
    pub fn new(limits: &'a Limits, total: u64, observer: &'a dyn Observer) -> Self {
        let zero = || AtomicU64::new(0);
        Self { limits, observer, done: zero(), total, bytes: zero(), members: zero() }
    }

    /// Counts one more file; false where there are too many.
    pub fn member(&self) -> bool {
        self.members.fetch_add(1, Ordering::Relaxed) < self.limits.members
    }

    /// Counts bytes that were unpacked.
    ///
    /// # Errors
    /// [`Break::Bytes`] where there are too many.
    pub fn unpacked(&self, bytes: u64) -> io::Result<()> {
        let all = self.bytes.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
        if all > self.limits.bytes { Err(io::Error::other(Break::Bytes(self.limits.bytes))) } else { Ok(()) }
    }

    /// Whether something was left out because all archives together are too large.
    pub fn is_spent(&self) -> bool {
        self.bytes.load(Ordering::Relaxed) > self.limits.bytes || self.members.load(Ordering::Relaxed) > self.limits.members
    }

    /// Counts an archive that the cache held: what it unpacks to, and its own size.
    pub fn reused(&self, bytes: u64, packed: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.read(packed);
    }

    /// Counts packed bytes that were read, and tells the observer.
    pub fn read(&self, bytes: u64) {
        let done = self.done.fetch_add(bytes, Ordering::Relaxed) + bytes;
        self.observer.progress(Progress::Step { stage: Stage::Unpack, done: done.min(self.total), total: self.total });
    }

    /// Whether the user asked for the work to stop.
    ///
    /// # Errors
    /// [`Break::Cancelled`], and no other.
    pub fn ask(&self) -> io::Result<()> {
        if self.observer.cancelled() { Err(io::Error::other(Break::Cancelled)) } else { Ok(()) }
    }

    /// Fails where the user asked for the work to stop.
    ///
    /// # Errors
    /// [`Error::Cancelled`], and no other.
    pub fn check(&self) -> Result<(), Error> {
        crate::progress::check(self.observer)
    }
}

/// A reader that asks the observer every few megabytes, and counts what it gave.
pub struct Counted<'a, R> {
    source: R,
    budget: &'a Budget<'a>,
    /// Whether the bytes are those of the outermost file, whose progress is shown.
    outer: bool,
    /// Bytes given.
    pub given: u64,
    pending: u64,
}

impl<'a, R: Read> Counted<'a, R> {
    /// Around the outermost file, where progress is counted.
    pub fn outer(source: R, budget: &'a Budget<'a>) -> Self {
        Self { source, budget, outer: true, given: 0, pending: 0 }
    }

    /// Around a file in another.
    pub fn inner(source: R, budget: &'a Budget<'a>) -> Self {
        Self { source, budget, outer: false, given: 0, pending: 0 }
    }
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.given += count as u64;
        self.pending += count as u64;
        if self.pending >= STEP {
            if self.outer {
                self.budget.read(self.pending);
            }
            self.pending = 0;
            self.budget.ask()?;
        }
        Ok(count)
    }
}

impl<R> Drop for Counted<'_, R> {
    fn drop(&mut self) {
        if self.outer {
            self.budget.read(self.pending);
        }
    }
}
