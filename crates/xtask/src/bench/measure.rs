//! Runs a command and measures it: time, processor time, and the most memory that it held.

use std::{
    fs,
    io::Read,
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::shell::typed;

/// How often memory is looked at.
const PERIOD: Duration = Duration::from_millis(4);

/// Ticks of a second in the figures of `/proc`, on every Linux that Rust runs on.
const TICKS: f64 = 100.0;

/// What a run took.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measured {
    /// From its start to its end.
    pub seconds: f64,
    /// Processor time of all its threads, in seconds; 0 where the system does not tell.
    pub processor: f64,
    /// The memory at its highest.
    pub memory: Memory,
    /// What it wrote to its standard output.
    pub output: String,
}

impl Measured {
    /// A figure that the program printed itself, as `name=value`.
    #[must_use]
    pub fn said(&self, name: &str) -> Option<f64> {
        self.output.split_whitespace().find_map(|word| word.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
    }
}

/// Memory in bytes; 0 where the system does not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Memory {
    /// Memory of its own: what it has allocated and touched, without the files that it maps.
    pub anonymous: u64,
    /// All that was resident, mapped files included.
    pub resident: u64,
}

impl Memory {
    /// Reads `RssAnon` and `VmHWM` from the text of `/proc/PID/status`.
    fn read(status: &str) -> Self {
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
            line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) * 1_024
        };
        Self { anonymous: field("RssAnon"), resident: field("VmHWM") }
    }

    /// The higher of each figure.
    #[must_use]
    pub fn or_higher(self, other: Self) -> Self {
        Self { anonymous: self.anonymous.max(other.anonymous), resident: self.resident.max(other.resident) }
    }
}

/// Runs a command to its end.
///
/// # Errors
/// Where it cannot be started or does not succeed.
pub fn measure(command: &mut Command) -> Result<Measured> {
    let line = typed(command);
    let before = processor();
    let start = Instant::now();
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("`{line}` cannot be started"))?;
    let status = format!("/proc/{}/status", child.id());
    let over = AtomicBool::new(false);
    let (mut output, mut code) = (Vec::new(), None);
    let memory = thread::scope(|scope| {
        let sampler = scope.spawn(|| sample(&status, &over));
        let read = child.stdout.take().map_or(Ok(0), |mut out| out.read_to_end(&mut output));
        code = Some(read.and_then(|_| child.wait()));
        over.store(true, Ordering::Relaxed);
        sampler.join().unwrap_or_default()
    });
    let seconds = start.elapsed().as_secs_f64();
    match code {
        Some(Ok(code)) if code.success() => {}
        Some(Ok(code)) => bail!("`{line}` failed ({code})"),
        Some(Err(error)) => return Err(error).with_context(|| format!("`{line}` was lost")),
        None => bail!("`{line}` was lost"),
    }
    let output = String::from_utf8_lossy(&output).into_owned();
    Ok(Measured { seconds, processor: processor() - before, memory, output })
}

/// The highest figures until the run is over.
fn sample(status: &str, over: &AtomicBool) -> Memory {
    let mut highest = Memory::default();
    while !over.load(Ordering::Relaxed) {
        if let Ok(text) = fs::read_to_string(status) {
            highest = highest.or_higher(Memory::read(&text));
        }
        thread::sleep(PERIOD);
    }
    highest
}

/// Processor time in seconds of all programs that this one has run to their end.
fn processor() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The program's name comes first, in brackets, and can hold anything; the children's two times are the 14th and 15th field after it.
    let fields = text.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace();
    fields.skip(13).take(2).filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / TICKS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_in_bytes() {
        let status = "Name:\tx\nVmHWM:\t    2048 kB\nRssAnon:\t      12 kB\nRssFile:\t    1 kB\n";
        assert_eq!(Memory::read(status), Memory { anonymous: 12 << 10, resident: 2 << 20 });
        assert_eq!(Memory::read(""), Memory::default());
    }

    #[test]
    fn figures_are_found_in_what_a_program_says() {
        let run = Measured { output: "events=12 seconds=0.5\ntemplates=3\n".to_owned(), ..Measured::default() };
        assert_eq!((run.said("events"), run.said("seconds"), run.said("templates")), (Some(12.0), Some(0.5), Some(3.0)));
        assert_eq!(run.said("event"), None);
    }

    #[test]
    fn a_run_is_measured_and_a_failure_named() {
        let run = measure(Command::new("cargo").arg("--version")).unwrap();
        assert!(run.output.starts_with("cargo "), "{}", run.output);
        assert!(run.seconds > 0.0);
        let error = measure(Command::new("cargo").arg("no-such-command").stderr(Stdio::null())).unwrap_err().to_string();
        assert!(error.starts_with("`cargo no-such-command` failed"), "{error}");
    }
}
