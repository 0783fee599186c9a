//! What comes again and again in normal work, and paused far longer here: a process that fell silent, a periodic task that no longer ran.

use super::missing::Logs;
use crate::{
    ingest::Ingested,
    score::pauses::{Pause, Pauses, Times, process, times},
    template::TemplateId,
};

/// A pause is so many times as long as the longest one of normal work.
const LONGER: f64 = 3.0;
/// A pause lasts so many usual ones at the least.
const BEATS: f64 = 10.0;
/// A pause lasts so many seconds at the least.
const SHORTEST: f64 = 60.0;
/// A process goes on where it writes so many records meanwhile.
const LEAST: usize = 10;
/// What comes more often than once in so many seconds is no periodic task.
const PERIOD: f32 = 0.9;

/// A process that usually says nothing for so many seconds can be silent as well.
const TALKATIVE: f32 = 120.0;
/// The longest pause of a periodic task is at most so many usual ones: what comes with the traffic comes as it pleases.
const REGULAR: f32 = 3.0;

/// What paused.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stopped {
    /// The task; none where the whole process fell silent.
    pub task: Option<TemplateId>,
    /// The last event before the pause.
    pub last: u32,
    /// The pauses of normal work.
    pub normal: Pause,
    /// How long it paused, in seconds.
    pub silent: f64,
    /// Whether it came again.
    pub came_again: bool,
    /// An event of those that went on, at the end of the pause or after it.
    pub until: u32,
}

/// Finds them: processes that were silent while most others went on, and periodic tasks that paused while their process went on.
#[must_use]
pub fn find(logs: Logs, pauses: &Pauses) -> Vec<Stopped> {
    let read = logs.read;
    let processes = times(read, |event| Some(process(read, event)));
    let Some(end) = processes.values().filter_map(|times| times.last()).max().copied() else { return Vec::new() };
    let mut found = Vec::new();
    for ((service, _), own) in &processes {
        let normal = read.symbols.said(*service).and_then(|name| pauses.of_process(name)).filter(|n| n.usual <= TALKATIVE);
        let stopped = normal.and_then(|normal| longest(own, end, normal, None));
        found.extend(stopped.filter(|stopped| {
            let went_on = |times: &&Times| stopped.meanwhile(times, read) > 0;
            // Where most were silent, it is the logs that have a hole.
            2 * processes.values().filter(went_on).count() > processes.len() - 1
        }));
    }
    let tasks = times(read, |event| {
        pauses.of_template(logs.of[event]).filter(|pause| pause.usual >= PERIOD && pause.longest <= REGULAR * pause.usual)?;
        Some((process(read, event), logs.of[event]))
    });
    for ((process, id), times) in &tasks {
        let own = &processes[process];
        let stopped = pauses.of_template(*id).and_then(|normal| longest(times, *own.last()?, normal, Some(*id)));
        found.extend(stopped.filter(|stopped| {
            let is_silent = |s: &Stopped| s.task.is_none() && self::process(read, s.last as usize) == *process;
            !found.iter().any(is_silent) && stopped.meanwhile(own, read) >= LEAST
        }));
    }
    found.sort_by(|a, b| b.beats().total_cmp(&a.beats()).then(a.last.cmp(&b.last)));
    found
}

impl Stopped {
    /// How much it matters, 0 to 1: a process that fell silent for good is as telling as an error.
    #[must_use]
    pub fn weight(&self) -> f64 {
        match (self.task, self.came_again) {
            (None, false) => 0.9,
            (None, true) => 0.6,
            (Some(_), _) => 0.35,
        }
    }

    /// How long it may pause, in seconds.
    fn allowed(normal: Pause) -> f64 {
        (LONGER * f64::from(normal.longest)).max(BEATS * f64::from(normal.usual)).max(SHORTEST)
    }

    /// How many of others came while it paused, after it should have come again.
    fn meanwhile(&self, times: &Times, read: &Ingested) -> usize {
        let from = read.events.time[self.last as usize];
        let [due, end] = [Self::allowed(self.normal), self.silent].map(|seconds| from + (seconds * 1e6) as i64);
        times.partition_point(|time| time.0 < end) - times.partition_point(|time| time.0 <= due)
    }

    /// How many times as long as the longest normal pause.
    #[must_use]
    pub fn beats(&self) -> f64 {
        self.silent / f64::from(self.normal.longest).max(1.0)
    }
}

/// The longest pause, where it is far longer than in normal work. `end` is the last event of those that went on.
fn longest(times: &Times, end: (i64, u32), normal: Pause, task: Option<TemplateId>) -> Option<Stopped> {
    let pauses = times.iter().zip(times.iter().skip(1).chain([&end]));
    let (from, to) = pauses.max_by_key(|(from, to)| (to.0 - from.0, from.0))?;
    let silent = (to.0 - from.0) as f64 / 1e6;
    let came_again = Some(from) != times.last();
    (silent > Stopped::allowed(normal)).then_some(Stopped { task, last: from.1, normal, silent, came_again, until: to.1 })
}
