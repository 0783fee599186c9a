//! The machine as set-up sees it: a trait, so that its decisions can be tested without a machine that lacks something.

use std::{
    env, fs,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

use super::needs::Check;
use crate::shell;

/// The kinds of system that differ in set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// Any Linux, and other Unix systems with the same libraries.
    Linux,
    /// macOS.
    Mac,
    /// Windows.
    Windows,
}

/// What set-up asks of a machine and does to it.
pub trait Machine {
    /// What it runs.
    fn system(&self) -> System;
    /// Whether a need is met.
    fn has(&self, check: Check) -> bool;
    /// Whether packages can be installed without sudo.
    fn root(&self) -> bool;
    /// Whether apt has lists of packages.
    fn lists(&self) -> bool;
    /// Whether a window can be opened.
    fn display(&self) -> bool;
    /// What a command writes, where it is there and succeeds.
    fn says(&self, line: &[&str]) -> Option<String>;
    /// Runs a command, its output shown.
    ///
    /// # Errors
    /// Where it does not succeed.
    fn does(&self, line: &[&str]) -> Result<()>;
}

/// This machine.
#[derive(Debug)]
pub struct Host;

impl Machine for Host {
    fn system(&self) -> System {
        match env::consts::OS {
            "macos" => System::Mac,
            "windows" => System::Windows,
            _ => System::Linux,
        }
    }

    fn has(&self, check: Check) -> bool {
        match check {
            Check::Program(name) => {
                env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(name).is_file()))
            }
            Check::Library(name) => self.says(&["pkg-config", "--exists", name]).is_some(),
            Check::Font => ["/usr/share/fonts", "/usr/local/share/fonts"].iter().any(|folder| has_font(Path::new(folder))),
        }
    }

    fn root(&self) -> bool {
        self.says(&["id", "-u"]).is_some_and(|id| id.trim() == "0")
    }

    fn lists(&self) -> bool {
        let lists = fs::read_dir("/var/lib/apt/lists").into_iter().flatten().flatten();
        lists.into_iter().any(|list| list.file_name().to_string_lossy().contains("_Packages"))
    }

    fn display(&self) -> bool {
        ["WAYLAND_DISPLAY", "DISPLAY"].iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
    }

    fn says(&self, line: &[&str]) -> Option<String> {
        let (program, args) = line.split_first()?;
        let output = Command::new(program).args(args).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn does(&self, line: &[&str]) -> Result<()> {
        let (program, args) = line.split_first().context("an empty command")?;
        let mut command = Command::new(program);
        // Packages that ask questions while they are installed take their defaults.
        shell::run(command.args(args).env("DEBIAN_FRONTEND", "noninteractive"))
    }
}

fn has_font(folder: &Path) -> bool {
    let font = |path: &Path| path.extension().is_some_and(|ending| ["ttf", "otf", "ttc"].iter().any(|e| ending == *e));
    fs::read_dir(folder).into_iter().flatten().flatten().any(|entry| {
        let path = entry.path();
        font(&path) || (path.is_dir() && has_font(&path))
    })
}
