//! What the benchmark is asked to do.

use std::{
    ffi::{OsStr, OsString},
    path::PathBuf,
    str::FromStr,
};

use anyhow::{Result, anyhow, bail};

/// What the benchmark is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Megabytes of simulated logs.
    pub size: u64,
    /// Lines of simulated logs, in place of a size; then only our own program runs, unless others are named.
    pub lines: Option<u64>,
    /// Logs to read in place of simulated ones.
    pub logs: Option<PathBuf>,
    /// How often each program runs; the best run counts.
    pub rounds: usize,
    /// The programs to run; all where it is empty.
    pub only: Vec<String>,
    /// Whether the table goes into `docs/bench.md` too.
    pub write: bool,
}

impl Options {
    /// Reads the words after `bench`.
    ///
    /// # Errors
    /// Where a word is unknown or lacks its value.
    pub fn read(words: &[OsString]) -> Result<Self> {
        let mut options = Self { size: 1_000, lines: None, logs: None, rounds: 3, only: Vec::new(), write: false };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let name = word.to_string_lossy();
            if name == "--write" {
                options.write = true;
                continue;
            }
            let mut value = || words.next().ok_or_else(|| anyhow!("`{name}` needs a value"));
            match name.as_ref() {
                "--size" => options.size = number(value()?)?,
                "--lines" => options.lines = Some(number(value()?)?),
                "--rounds" => options.rounds = number(value()?)?,
                "--logs" => options.logs = Some(value()?.into()),
                "--only" => options.only = value()?.to_string_lossy().split(',').map(str::to_owned).collect(),
                _ => bail!("`{name}` is not an option of this command"),
            }
        }
        if options.lines.is_some() && options.only.is_empty() {
            options.only.push(super::PROGRAM.to_owned());
        }
        Ok(options)
    }

    /// Whether a program is to run.
    #[must_use]
    pub fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| name.eq_ignore_ascii_case(only))
    }
}

fn number<T: FromStr + Default + PartialEq>(word: &OsStr) -> Result<T> {
    let text = word.to_string_lossy();
    let number = text.parse().ok().filter(|number| *number != T::default());
    number.ok_or_else(|| anyhow!("`{text}` is no number above 0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Options> {
        Options::read(&line.split_whitespace().map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_read_and_mistakes_named() {
        let options = read("--size 200 --only lnav,rg --write --rounds 2").unwrap();
        assert_eq!((options.size, options.rounds, options.write), (200, 2, true));
        assert!(options.wants("lnav") && options.wants("rg") && !options.wants("Drain3"));
        for (line, named) in [("--size", "`--size`"), ("--size x", "`x`"), ("--rounds 0", "`0`"), ("--fast", "`--fast`")] {
            let error = read(line).unwrap_err().to_string();
            assert!(error.contains(named), "{line}: {error}");
        }
    }

    #[test]
    fn a_run_of_many_lines_is_ours_alone_unless_others_are_named() {
        assert!(read("").unwrap().wants("rg"));
        assert!(!read("--lines 10000000").unwrap().wants("rg"));
        assert!(read("--lines 10000000 --only rg").unwrap().wants("rg"));
    }
}
