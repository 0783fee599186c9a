//! Follows the logs that are open while they are written.

use std::{
    thread,
    time::{Duration, Instant},
};

use engine::{
    Error, Observer,
    follow::{Follower, Pulse},
    template::edits::Edits,
};
use settings::templates;

use crate::{failure::Failure, job::Job, session::Session};

/// Time between two looks.
const INTERVAL: Duration = Duration::from_secs(1);
/// How often it is asked in between whether the user wants it to stop.
const PATIENCE: Duration = Duration::from_millis(50);
/// Looks in a row that must fail before the logs count as gone: while a log is rotated, or a network hesitates, one may.
const TRIES: u32 = 3;

/// Follows the logs that are open until the job is cancelled, the logs are gone, or nobody listens any more. `told` hears of each look.
pub fn follow(session: &Session, job: &Job, told: impl Fn(Pulse) -> bool) -> Result<(), Failure> {
    let (path, folders) = (session.explored.path(), session.folders()?);
    let model = session.normal()?;
    let reading = settings::reading(folders, &path)?;
    let model = model.as_deref();
    // Not kept any longer: whoever follows for days shall not hold logs in memory that were read again since.
    let mut follower = match session.explored.logs() {
        Ok(logs) => Follower::since(&path, reading, model, &logs)?,
        Err(_) => Follower::begin(&path, reading, model)?,
    };
    let edits = || templates::load(folders).unwrap_or_default();
    watch(&mut follower, job, INTERVAL, &edits, &|pulse| {
        if pulse.cut {
            // What is mapped of a file that was cut short must not be read any more.
            session.explored.close(&path);
        }
        told(pulse)
    })
}

/// Looks again and again, but while the job pauses: what is written meanwhile comes afterwards.
fn watch(
    follower: &mut Follower,
    job: &Job,
    interval: Duration,
    edits: &dyn Fn() -> Edits,
    told: &dyn Fn(Pulse) -> bool,
) -> Result<(), Failure> {
    let mut failed = 0;
    while failed < TRIES {
        if !job.paused() {
            follower.heed(edits());
            match follower.look(job).map(told) {
                Ok(false) => break,
                Ok(true) => failed = 0,
                Err(Error::Cancelled) => return Err(Error::Cancelled.into()),
                Err(error) if failed + 1 == TRIES => return Err(error.into()),
                Err(_) => failed += 1,
            }
        }
        rest(job, interval)?;
    }
    Ok(())
}

fn rest(job: &Job, time: Duration) -> Result<(), Failure> {
    let until = Instant::now() + time;
    while Instant::now() < until {
        if job.cancelled() {
            return Err(Error::Cancelled.into());
        }
        thread::sleep(PATIENCE.min(time));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
