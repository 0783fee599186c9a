//! `cargo xtask run`: from a fresh clone to the open window.

use std::{
    ffi::OsString,
    process::{Command, ExitCode},
};

use anyhow::{Context, Result};

use crate::{
    frontend,
    setup::{self, Host, Purpose},
    shell::{Tree, run as run_command},
    stamp::Contents,
};

/// The window's program.
pub const WINDOW: &str = "openstack-rca-desktop";

/// Sets up, builds, and opens the window; the arguments go to it.
///
/// # Errors
/// One sentence on what is missing, or the command that failed.
pub fn run(tree: &Tree, release: bool, arguments: &[OsString]) -> Result<ExitCode> {
    setup::display(&Host)?;
    setup::prepare(&Host, Purpose::Run)?;
    frontend::install(tree)?;
    frontend::build(tree, &Contents::of(&tree.root))?;
    build(tree, release)?;
    let program = tree.binary(WINDOW, release);
    let status = Command::new(&program).args(arguments).status();
    let status = status.with_context(|| format!("{} cannot be started", program.display()))?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Builds every program, but for this one, which is running and cannot be replaced on every system.
///
/// The whole workspace at once, because Cargo would build the dependencies of a single crate with other features again.
///
/// # Errors
/// Where the build fails.
pub fn build(tree: &Tree, release: bool) -> Result<()> {
    let profile: &[&str] = if release { &["--release"] } else { &[] };
    run_command(&mut tree.cargo(&[&["build", "--workspace", "--exclude", "xtask"], profile].concat()))
}
