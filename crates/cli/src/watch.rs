//! Watches long work: draws progress on standard error, obeys Ctrl-C, and holds the clock.

use std::{
    io::{self, IsTerminal},
    process,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use engine::{CheckpointNote, Epoch, Observer, Progress, Stage};
use indicatif::{ProgressBar, ProgressStyle};

use crate::print;

/// Whether the user asked for the work to stop.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Lets Ctrl-C ask the work to stop; a second one ends the program at once.
pub fn obey_interrupts() {
    let handler = || {
        if INTERRUPTED.swap(true, Ordering::Relaxed) {
            process::exit(130);
        }
    };
    if let Err(error) = ctrlc::set_handler(handler) {
        print::note(format!("warning: Ctrl-C will end the program at once, as its signal cannot be handled: {error}"));
    }
}

/// Whether the user asked for the work to stop.
pub fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}

/// Draws progress, where standard error is a terminal.
#[derive(Debug)]
pub struct Watch {
    began: Instant,
    drawn: Mutex<Drawn>,
}

#[derive(Debug)]
struct Drawn {
    stage: Option<Stage>,
    bar: ProgressBar,
}

impl Watch {
    /// Begins to watch.
    pub fn new() -> Self {
        Self { began: Instant::now(), drawn: Mutex::new(Drawn { stage: None, bar: ProgressBar::hidden() }) }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner).bar.finish_and_clear();
    }
}

impl Observer for Watch {
    fn progress(&self, progress: Progress) {
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        match progress {
            Progress::Step { stage, done, total } => {
                if drawn.stage != Some(stage) {
                    drawn.bar.finish_and_clear();
                    *drawn = Drawn { stage: Some(stage), bar: bar(words(stage), matches!(stage, Stage::Unpack | Stage::Read)) };
                }
                if total > 0 {
                    drawn.bar.set_length(total);
                }
                drawn.bar.set_position(done);
            }
            Progress::Epoch(epoch) => {
                let line = epoch_line(&epoch);
                drawn.bar.suspend(|| print::note(line));
            }
            Progress::Checkpoint { note, epochs, .. } => {
                let line = checkpoint_line(note, epochs);
                drawn.bar.suspend(|| print::note(line));
            }
            Progress::Learned { kept } => {
                drawn.bar.finish_and_clear();
                *drawn = Drawn { stage: None, bar: ProgressBar::hidden() };
                if kept {
                    print::note("the good period is as it was, and was learned before".to_owned());
                }
            }
        }
    }

    fn cancelled(&self) -> bool {
        interrupted()
    }

    fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }
}

/// A bar on standard error; invisible where that is no terminal.
pub fn bar(what: &'static str, bytes: bool) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = if bytes {
        "{msg:20} {wide_bar} {bytes:>10} of {total_bytes:10} {eta:>5} left"
    } else {
        "{msg:20} {wide_bar} {human_pos:>10} of {human_len:10} {eta:>5} left"
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(0).with_style(style).with_message(what);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn words(stage: Stage) -> &'static str {
    match stage {
        Stage::Unpack => "Unpacking",
        Stage::Read => "Reading",
        Stage::Mine => "Finding templates",
        Stage::Group => "Grouping",
        Stage::Train => "Training",
        Stage::Score => "Scoring",
        Stage::Diagnose => "Diagnosing",
    }
}

fn checkpoint_line(note: CheckpointNote, epochs: usize) -> String {
    match note {
        CheckpointNote::Resumed if epochs == 0 => "resumed within the first epoch".to_owned(),
        CheckpointNote::Resumed => format!("resumed after epoch {epochs}"),
        CheckpointNote::Foreign => {
            "note: the training that was interrupted here had other logs or parameters; this one begins anew".to_owned()
        }
        CheckpointNote::Unreadable => {
            "note: what was kept of an interrupted training is damaged or of another version; this one begins anew".to_owned()
        }
        CheckpointNote::Unwritten => {
            "warning: this training cannot be kept on the disk; if it is interrupted, it begins anew next time".to_owned()
        }
    }
}

fn epoch_line(epoch: &Epoch) -> String {
    let best = if epoch.best { ", the best so far" } else { "" };
    let Epoch { epoch: number, epochs, loss, validation_loss, .. } = epoch;
    format!("epoch {number:>3} of {epochs}: loss {loss:.4}, validation loss {validation_loss:.4}{best}")
}
