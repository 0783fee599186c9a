//! The end-to-end test: the real window on a display of its own.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    app::WINDOW,
    shell::{Tree, typed},
    steps::Outcome,
};

/// A variable that everything started by the test inherits, so that what the test leaves behind can be told from all else.
const MARK: &str = "OPENSTACK_RCA_END_TO_END";

/// How long the whole test may take before it counts as hanging.
const LIMIT: Duration = Duration::from_mins(15);

/// Runs `ui/e2e` against the window's program; screenshots go to `screenshots` in Cargo's target folder.
///
/// # Errors
/// Where the display does not start or the test fails.
pub fn test(tree: &Tree) -> Result<Outcome> {
    if !cfg!(target_os = "linux") {
        return Ok(Outcome::Impossible("the driver of the real window is for Linux alone"));
    }
    let screenshots = tree.target.join("screenshots");
    fs::create_dir_all(&screenshots).with_context(|| format!("{} cannot be made", screenshots.display()))?;
    let display = Display::open()?;
    let mark = format!("{}-{}", std::process::id(), display.name);
    let mut command = tree.npm(&["run", "e2e"]);
    command
        .env("APP", tree.binary(WINDOW, false))
        .env("OUT", &screenshots)
        .env("DISPLAY", &display.name)
        .env("GDK_BACKEND", "x11")
        // Without a bus for accessibility GTK waits for one, then warns.
        .env("NO_AT_BRIDGE", "1")
        .env_remove("WAYLAND_DISPLAY")
        .env(MARK, &mark);
    let result = within(&mut command, LIMIT);
    for (id, name) in left_behind(Path::new("/proc"), &format!("{MARK}={mark}")) {
        println!("    ending {name} (process {id}), which the test left behind");
        end(id);
    }
    result.map(|()| Outcome::Passed)
}

/// A virtual display, ended when this value goes.
#[derive(Debug)]
pub struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Starts Xvfb, which chooses a free number and writes it once it listens.
    ///
    /// # Errors
    /// Where Xvfb is missing or does not listen.
    pub fn open() -> Result<Self> {
        let mut xvfb = Command::new("Xvfb");
        xvfb.args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]);
        let mut server =
            xvfb.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().context("Xvfb cannot be started")?;
        let mut line = String::new();
        let read = server.stdout.take().map(|out| BufReader::new(out).read_line(&mut line));
        let display = Self { server, name: format!(":{}", line.trim()) };
        match read {
            Some(Ok(_)) if display.name.len() > 1 => Ok(display),
            _ => bail!("Xvfb ended before it opened a display"),
        }
    }
}

impl Display {
    /// What `DISPLAY` has to be.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // It may have ended on its own, which is as good.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Runs a command for no longer than the limit.
fn within(command: &mut Command, limit: Duration) -> Result<()> {
    let mut child = command.spawn().with_context(|| format!("`{}` cannot be started", typed(command)))?;
    let start = Instant::now();
    loop {
        match child.try_wait()? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => bail!("`{}` failed ({status})", typed(command)),
            None if start.elapsed() > limit => {
                child.kill()?;
                child.wait()?;
                bail!("`{}` did not end within {} s", typed(command), limit.as_secs());
            }
            None => thread::sleep(Duration::from_millis(50)),
        }
    }
}

/// Processes whose environment holds the variable: id and name.
fn left_behind(processes: &Path, variable: &str) -> Vec<(u32, String)> {
    let mut found = Vec::new();
    for process in fs::read_dir(processes).into_iter().flatten().flatten() {
        let Ok(id) = process.file_name().to_string_lossy().parse() else { continue };
        // Those of other users cannot be read, and are not the test's.
        let environment = fs::read(process.path().join("environ")).unwrap_or_default();
        if environment.split(|byte| *byte == 0).any(|held| held == variable.as_bytes()) {
            let name = fs::read_to_string(process.path().join("comm")).unwrap_or_default();
            found.push((id, name.trim().to_owned()));
        }
    }
    found
}

fn end(id: u32) {
    // The shell has `kill` built in, where the program of that name may be missing.
    let _ = Command::new("sh").args(["-c", &format!("kill -KILL {id}")]).stderr(Stdio::null()).status();
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_behind_is_found_by_its_mark_and_ended() {
        let mark = format!("{MARK}=test-{}", std::process::id());
        let (name, value) = mark.split_once('=').unwrap();
        let mut child = Command::new("sleep").arg("60").env(name, value).spawn().unwrap();
        // Between fork and exec the child still has this program's environment.
        let found = (0..100).find_map(|_| {
            thread::sleep(Duration::from_millis(10));
            left_behind(Path::new("/proc"), &mark).pop()
        });
        assert_eq!(found, Some((child.id(), "sleep".to_owned())));
        end(child.id());
        assert!(!child.wait().unwrap().success());
        assert!(left_behind(Path::new("/proc"), &mark).is_empty());
    }

    #[test]
    fn a_command_that_hangs_is_ended() {
        let error = within(Command::new("sleep").arg("60"), Duration::from_millis(100)).unwrap_err().to_string();
        assert_eq!(error, "`sleep 60` did not end within 0 s");
        assert!(within(&mut Command::new("true"), Duration::from_mins(1)).is_ok());
        assert!(within(&mut Command::new("false"), Duration::from_mins(1)).is_err());
    }
}
