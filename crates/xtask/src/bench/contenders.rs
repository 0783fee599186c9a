//! The programs that are compared, and how each is called.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::{PROGRAM, measure::Measured};
use crate::shell::{Tree, run};

/// A regex that counts the lines of errors: one that real searches use, and that ripgrep finds by a literal in it.
const REGEX: &str = r" (ERROR|CRITICAL) [a-z_.]+ \[";

/// A program, and what it is compared by.
pub struct Contender {
    /// Its name.
    pub name: &'static str,
    /// What it does with the logs.
    pub does: &'static str,
    /// How many times its time ours may take, at most.
    pub aim: Option<f64>,
    /// How it is called.
    pub command: Box<dyn Fn() -> Command>,
    /// Whether it prints its own time, because its start and its reading do not count.
    own_time: bool,
}

impl Contender {
    /// Whether it is our own program.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.name == PROGRAM
    }

    /// The time of a run that counts.
    #[must_use]
    pub fn seconds(&self, run: &Measured) -> f64 {
        run.said("seconds").filter(|_| self.own_time).unwrap_or(run.seconds)
    }

    /// The shorter of two runs, with the most memory of both.
    #[must_use]
    pub fn better(&self, a: Measured, b: Measured) -> Measured {
        let memory = a.memory.or_higher(b.memory);
        let best = if self.seconds(&b) < self.seconds(&a) { b } else { a };
        Measured { memory, ..best }
    }
}

/// All of them, for the logs in a folder.
///
/// # Errors
/// Where Drain3 cannot be installed.
pub fn all(tree: &Tree, scratch: &Path, logs: &Path) -> Result<Vec<Contender>> {
    let (ours, python) = (tree.binary(PROGRAM, true), drain3(scratch)?);
    let script = script(tree);
    // None of the programs is shown the user's own settings, nor may it write beside them.
    let call = |program: PathBuf, before: &[&str], after: &[&str]| -> Box<dyn Fn() -> Command> {
        let (home, logs) = (scratch.join("home"), logs.to_path_buf());
        let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let (before, after) = (own(before), own(after));
        Box::new(move || {
            let mut command = Command::new(&program);
            command.args(&before).arg(&logs).args(&after).env("HOME", &home);
            for name in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "DATA_DIR", "MODELS_DIR"] {
                command.env_remove(name);
            }
            command
        })
    };
    let script = script.to_str().context("the path of the repository is not Unicode")?;
    let count = ["-n", "-q", "-c", ";SELECT count(*) FROM all_logs", "-c", ":write-csv-to -", "-r"];
    Ok(vec![
        Contender {
            name: "rg",
            does: "counts the lines that match a regex",
            aim: Some(8.0),
            command: call("rg".into(), &["--no-config", "-uu", "-c", REGEX], &[]),
            own_time: false,
        },
        Contender {
            name: PROGRAM,
            does: "reads, parses and mines templates",
            aim: None,
            command: call(ours, &["templates", "--format", "count", "--logs"], &[]),
            own_time: false,
        },
        Contender {
            name: "lnav",
            does: "reads and parses: counts `all_logs`",
            aim: Some(1.0),
            command: call("lnav".into(), &count, &[]),
            own_time: false,
        },
        Contender {
            name: "Drain3",
            does: "mines templates; reading and parsing not counted",
            aim: Some(0.125),
            command: call(python, &[script], &[]),
            own_time: true,
        },
    ])
}

/// What mines with Drain3.
pub fn script(tree: &Tree) -> PathBuf {
    tree.root.join("crates/xtask/src/bench/mine_with_drain3.py")
}

/// Python with Drain3, in an environment of its own.
///
/// # Errors
/// Where it cannot be installed.
pub fn drain3(scratch: &Path) -> Result<PathBuf> {
    python(scratch, "python", "drain3", &["drain3==0.9.11"])
}

/// Python with some packages, in an environment of its own: a folder of `scratch`. `modules` are those that it must be able to import.
///
/// # Errors
/// Where they cannot be installed.
pub fn python(scratch: &Path, folder: &str, modules: &str, packages: &[&str]) -> Result<PathBuf> {
    let folder = scratch.join(folder);
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let mut here = Command::new(&python);
    if here.args(["-c", &format!("import {modules}")]).output().is_ok_and(|output| output.status.success()) {
        return Ok(python);
    }
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder))
        .with_context(|| format!("Python's module venv is needed for {modules}; on Debian it is in the package python3-venv"))?;
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(packages))?;
    Ok(python)
}
