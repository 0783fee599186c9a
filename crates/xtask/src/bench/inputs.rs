//! The logs that all programs read.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use super::{Options, PROGRAM};
use crate::shell::{Tree, run};

/// Bytes of a line of simulated logs, about: what turns a size into lines.
const BYTES_A_LINE: u64 = 232;

/// What breaks in the simulated logs, so that they hold errors and tracebacks as an incident's do.
const FAULTS: [&str; 2] = ["disk_full", "rabbitmq_unreachable"];

/// Logs to read.
#[derive(Debug)]
pub struct Logs {
    /// Where they are.
    pub folder: PathBuf,
    /// What they are, for people.
    pub what: String,
    /// Bytes in all files.
    pub bytes: u64,
    /// Files.
    pub files: usize,
}

/// Gives the logs that were asked for; simulated ones are written once, and kept for the next time.
///
/// # Errors
/// Where they cannot be written or read.
pub fn prepare(tree: &Tree, scratch: &Path, options: &Options) -> Result<Logs> {
    if let Some(folder) = &options.logs {
        return found(folder.clone(), format!("the logs in {}", folder.display()));
    }
    let lines = options.lines.unwrap_or(options.size * 1_000_000 / BYTES_A_LINE);
    let out = scratch.join(format!("{lines}-lines"));
    // The truth is written last: where it is missing, the logs are not whole.
    if !out.join("truth.toml").is_file() {
        if out.exists() {
            fs::remove_dir_all(&out).with_context(|| format!("{} cannot be removed", out.display()))?;
        }
        println!("Simulating {lines} lines into {}.", out.display());
        let mut program = Command::new(tree.binary(PROGRAM, true));
        program.args(["simulate", "--seed", "1", "--lines", &lines.to_string()]);
        for fault in FAULTS {
            program.args(["--fault", fault]);
        }
        run(program.arg("--out").arg(&out).env("HOME", scratch.join("home")))?;
    }
    found(out.join("logs"), format!("simulated logs of {lines} lines"))
}

fn found(folder: PathBuf, what: String) -> Result<Logs> {
    let (mut bytes, mut files) = (0, 0);
    let mut folders = vec![folder.clone()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?;
        for entry in entries.flatten() {
            let Ok(about) = entry.metadata() else { continue };
            if about.is_dir() {
                folders.push(entry.path());
            } else {
                bytes += about.len();
                files += 1;
            }
        }
    }
    if bytes == 0 {
        bail!("{} holds no logs", folder.display());
    }
    Ok(Logs { folder, what, bytes, files })
}
