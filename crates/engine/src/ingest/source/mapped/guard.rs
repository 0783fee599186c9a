//! Puts zeros in the place of mapped pages that their files have lost.

#![expect(unsafe_code, reason = "signals and maps are the system's, and have no safe form")]

use std::{
    ptr,
    sync::{
        Mutex, Once, OnceLock, PoisonError,
        atomic::{AtomicPtr, AtomicUsize, Ordering::SeqCst},
    },
};

use libc::{c_int, c_void, sigaction, siginfo_t};

/// A map that is guarded for as long as this lives.
#[derive(Debug)]
pub struct Guarded(&'static Place);

/// Where a map lies. Places are made when they are needed and used again, never freed, so that the handler can go through them
/// without waiting for anyone.
#[derive(Debug)]
struct Place {
    /// The first byte; 0 where the place is free.
    start: AtomicUsize,
    end: AtomicUsize,
    next: *const Place,
}

// SAFETY: `next` is set before others see the place, and points to one that is never freed.
unsafe impl Sync for Place {}
unsafe impl Send for Place {}

/// The place made last.
static LAST: AtomicPtr<Place> = AtomicPtr::new(ptr::null_mut());
static FREE: Mutex<Vec<&'static Place>> = Mutex::new(Vec::new());
static INSTALLED: Once = Once::new();
/// What the handler stands in front of.
static BEFORE: OnceLock<sigaction> = OnceLock::new();
static PAGE: AtomicUsize = AtomicUsize::new(0);

impl Guarded {
    /// Guards the map of so many bytes at an address.
    pub fn new(start: usize, length: usize) -> Self {
        INSTALLED.call_once(install);
        let mut free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
        let place = free.pop().unwrap_or_else(|| {
            let (start, end) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let place = Box::leak(Box::new(Place { start, end, next: LAST.load(SeqCst) }));
            // The lock is held, so nobody else makes a place meanwhile.
            LAST.store(place, SeqCst);
            place
        });
        // The end first: a place counts from when it has a start.
        place.end.store(start + length, SeqCst);
        place.start.store(start, SeqCst);
        Self(place)
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        self.0.start.store(0, SeqCst);
        FREE.lock().unwrap_or_else(PoisonError::into_inner).push(self.0);
    }
}

fn install() {
    // SAFETY: plain questions to the system, with structures that are made for them; an all-zero `sigaction` is one without flags.
    unsafe {
        PAGE.store(usize::try_from(libc::sysconf(libc::_SC_PAGESIZE)).unwrap_or(4096), SeqCst);
        let mut before: sigaction = std::mem::zeroed();
        if sigaction(libc::SIGBUS, ptr::null(), &raw mut before) != 0 {
            return;
        }
        BEFORE.get_or_init(|| before);
        let mut action: sigaction = std::mem::zeroed();
        action.sa_sigaction = handle as *const () as usize;
        action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
        libc::sigemptyset(&raw mut action.sa_mask);
        sigaction(libc::SIGBUS, &raw const action, ptr::null_mut());
    }
}

/// Runs in the middle of whatever the thread was doing: it may take no lock and no memory.
extern "C" fn handle(signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
    // SAFETY: the system gives a handler with `SA_SIGINFO` what it needs.
    let address = unsafe { (*info).si_addr() as usize };
    if !fill(address) {
        pass_on(signal, info, context);
    }
}

/// Fills the map that an address is in with zeros, from its page on; false where it is in none.
fn fill(address: usize) -> bool {
    let Some(end) = end_of_map(address) else { return false };
    let size = PAGE.load(SeqCst);
    let page = address - address % size;
    let length = end.next_multiple_of(size) - page;
    let (access, kind) = (libc::PROT_READ, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_FIXED);
    // SAFETY: the pages are part of a map that is read-only and lives, since a thread reads it now; the new ones can be read as well.
    let made = unsafe { libc::mmap(page as *mut c_void, length, access, kind, -1, 0) };
    made != libc::MAP_FAILED
}

fn end_of_map(address: usize) -> Option<usize> {
    let mut place: *const Place = LAST.load(SeqCst);
    // SAFETY: places are never freed.
    while let Some(at) = unsafe { place.as_ref() } {
        let (start, end) = (at.start.load(SeqCst), at.end.load(SeqCst));
        // A place that got another map between the two says nothing; that of the map which is read now stays as it is.
        if start != 0 && (start..end).contains(&address) && at.start.load(SeqCst) == start {
            return Some(end);
        }
        place = at.next;
    }
    None
}

/// Leaves a signal that is none of ours to whom it was for.
fn pass_on(signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
    let Some(before) = BEFORE.get() else { return };
    // SAFETY: what was installed is called as its flags say; where that was the system's own way, it is put back, and what raised the
    // signal raises it again.
    unsafe {
        match before.sa_sigaction {
            libc::SIG_DFL | libc::SIG_IGN => _ = sigaction(signal, before, ptr::null_mut()),
            handler if before.sa_flags & libc::SA_SIGINFO != 0 => {
                let handler: extern "C" fn(c_int, *mut siginfo_t, *mut c_void) = std::mem::transmute(handler);
                handler(signal, info, context);
            }
            handler => {
                let handler: extern "C" fn(c_int) = std::mem::transmute(handler);
                handler(signal);
            }
        }
    }
}
