//! Runs the program in a home of its own.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A home folder for one test.
pub struct Home {
    folder: tempfile::TempDir,
}

/// What a run left.
#[derive(Debug)]
pub struct Run {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Home {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A path in the home.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, and makes the folders on the way.
    pub fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// The program, with nothing of the caller's environment.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_openstack-rca"));
        command.env_clear().env("HOME", self.folder.path()).env("PATH", "/usr/bin:/bin").stdin(Stdio::null());
        command
    }

    pub fn run<S: AsRef<OsStr>>(&self, args: &[S]) -> Run {
        finish(self.command().args(args))
    }

    /// Small simulated logs with a fault, or without; the folder of the logs.
    pub fn logs(&self, fault: Option<&str>, lines: u32) -> PathBuf {
        let out = self.path(fault.unwrap_or("healthy"));
        let mut command = self.command();
        command.arg("simulate").arg("--out").arg(&out).arg("--lines").arg(lines.to_string());
        if let Some(fault) = fault {
            command.args(["--fault", fault]);
        }
        finish(&mut command).succeeds();
        out.join("logs")
    }
}

pub fn finish(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

impl Run {
    /// It did what it was asked.
    pub fn succeeds(self) -> Self {
        assert_eq!(self.status, Some(0), "{self:?}");
        self
    }

    /// It failed with this status, nothing on standard output, and one sentence that holds these parts.
    pub fn fails(self, status: i32, parts: &[&str]) -> Self {
        assert_eq!(self.status, Some(status), "{self:?}");
        assert!(self.out.is_empty(), "{self:?}");
        let last = self.err.lines().last().unwrap_or_default();
        assert!(last.starts_with("error: ") && last.contains("; "), "{self:?}");
        for part in parts {
            assert!(last.contains(part), "{part} is missing: {self:?}");
        }
        self
    }
}

/// The names in a folder.
pub fn names(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}
