//! Long work on behalf of the window: each job has an id, reports progress, and can be cancelled.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use engine::{Observer, Progress};

/// Least time between two messages to the window.
const INTERVAL: Duration = Duration::from_millis(50);

/// The jobs that run, by id.
#[derive(Debug, Clone, Default)]
pub struct Jobs(Arc<Mutex<HashMap<String, Arc<Shared>>>>);

impl Jobs {
    /// Begins a job. `send` gets what was reported since the last call, at most 20 times a second, and once more at the end.
    pub fn start(&self, id: String, send: impl Fn(Vec<Progress>) + Send + 'static) -> Job {
        let shared = Arc::new(Shared::default());
        lock(&self.0).insert(id.clone(), Arc::clone(&shared));
        let sender = Arc::clone(&shared);
        let ticker = thread::spawn(move || sender.tick(&send));
        Job { jobs: self.clone(), id, shared, ticker: Some(ticker), began: Instant::now() }
    }

    /// Asks a job to stop. One that has ended already is left in peace.
    pub fn cancel(&self, id: &str) {
        if let Some(job) = lock(&self.0).get(id) {
            job.cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// Has a job pause, or go on; one that never ends otherwise looks at that between its steps.
    pub fn pause(&self, id: &str, paused: bool) {
        if let Some(job) = lock(&self.0).get(id) {
            job.paused.store(paused, Ordering::Relaxed);
        }
    }
}

/// A job that runs; dropping it ends it.
#[derive(Debug)]
pub struct Job {
    jobs: Jobs,
    id: String,
    shared: Arc<Shared>,
    ticker: Option<thread::JoinHandle<()>>,
    began: Instant,
}

impl Job {
    /// Whether the user wants it to pause.
    pub fn paused(&self) -> bool {
        self.shared.paused.load(Ordering::Relaxed)
    }
}

impl Observer for Job {
    fn progress(&self, progress: Progress) {
        lock(&self.shared.waiting).add(progress);
    }

    fn cancelled(&self) -> bool {
        self.shared.cancelled.load(Ordering::Relaxed)
    }

    fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::Release);
        if let Some(ticker) = self.ticker.take() {
            ticker.thread().unpark();
            // A sender that panicked has nothing left to send; the job itself is done either way.
            let _ = ticker.join();
        }
        lock(&self.jobs.0).remove(&self.id);
    }
}

/// What a job and its sender share.
#[derive(Debug, Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    cancelled: AtomicBool,
    paused: AtomicBool,
    ended: AtomicBool,
}

impl Shared {
    fn tick(&self, send: &impl Fn(Vec<Progress>)) {
        loop {
            // Read before the messages are taken: what was reported before the end is then sure to be among them.
            let ended = self.ended.load(Ordering::Acquire);
            let messages = lock(&self.waiting).take();
            if !messages.is_empty() {
                send(messages);
            }
            if ended {
                return;
            }
            thread::park_timeout(INTERVAL);
        }
    }
}

/// Progress that the window was not told of yet: the last step of each stage, and every epoch.
#[derive(Debug, Default)]
struct Waiting(Vec<Progress>);

impl Waiting {
    fn add(&mut self, progress: Progress) {
        if let Progress::Step { stage, .. } = progress {
            self.0.retain(|p| !matches!(p, Progress::Step { stage: other, .. } if *other == stage));
        }
        self.0.push(progress);
    }

    fn take(&mut self) -> Vec<Progress> {
        std::mem::take(&mut self.0)
    }
}

/// A poisoned lock holds whole values here, as each change is a single call.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use engine::{Epoch, Stage};

    use super::*;

    fn step(done: u64) -> Progress {
        Progress::Step { stage: Stage::Read, done, total: 1000 }
    }

    fn epoch(epoch: usize) -> Progress {
        Progress::Epoch(Epoch { epoch, epochs: 9, loss: 1.0, validation_loss: 1.0, best: false })
    }

    #[test]
    fn many_steps_are_few_messages_and_the_last_is_always_sent() {
        let (sender, received) = mpsc::channel();
        let job = Jobs::default().start("a".into(), move |batch| sender.send(batch).expect("the test listens"));
        for done in 1..=1000 {
            job.progress(step(done));
        }
        let elapsed = job.began.elapsed();
        drop(job);
        let batches: Vec<_> = received.iter().collect();
        assert!(batches.len() <= 3 + (elapsed.as_millis() / INTERVAL.as_millis()) as usize, "{} messages", batches.len());
        assert_eq!(batches.last(), Some(&vec![step(1000)]));
    }

    #[test]
    fn no_epoch_is_lost() {
        let (sender, received) = mpsc::channel();
        let job = Jobs::default().start("a".into(), move |batch| sender.send(batch).expect("the test listens"));
        for number in 1..=5 {
            job.progress(epoch(number));
        }
        drop(job);
        let epochs: Vec<_> = received.iter().flatten().collect();
        assert_eq!(epochs, (1..=5).map(epoch).collect::<Vec<_>>());
    }

    #[test]
    fn cancelling_reaches_the_job_of_that_id_only() {
        let jobs = Jobs::default();
        let (first, second) = (jobs.start("a".into(), |_| ()), jobs.start("b".into(), |_| ()));
        jobs.cancel("b");
        assert!(!first.cancelled());
        assert!(second.cancelled());
    }

    #[test]
    fn a_job_pauses_and_goes_on() {
        let jobs = Jobs::default();
        let job = jobs.start("a".into(), |_| ());
        jobs.pause("b", true);
        assert!(!job.paused());
        jobs.pause("a", true);
        assert!(job.paused() && !job.cancelled());
        jobs.pause("a", false);
        assert!(!job.paused());
    }

    #[test]
    fn a_job_that_ended_is_forgotten() {
        let jobs = Jobs::default();
        drop(jobs.start("a".into(), |_| ()));
        assert!(lock(&jobs.0).is_empty());
        jobs.cancel("a");
    }
}
