//! The tree, and commands run in it.

use std::{
    env,
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, anyhow, bail};

/// Where things are.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The repository's root.
    pub root: PathBuf,
    /// The folder that Cargo builds into.
    pub target: PathBuf,
}

impl Tree {
    /// Finds the tree that this program belongs to.
    ///
    /// # Errors
    /// Where the program was moved out of Cargo's target folder.
    pub fn find() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.ancestors().nth(2).context("xtask is not in the crates folder of a workspace")?.to_path_buf();
        let program = env::current_exe().context("the path of xtask itself is unknown")?;
        // `cargo run` puts the program into <target>/<profile>, the unit tests into <target>/<profile>/deps.
        let profile = program.ancestors().find(|dir| dir.ends_with("debug") || dir.ends_with("release"));
        let target =
            profile.and_then(Path::parent).context("xtask is not in Cargo's target folder: start it by `cargo xtask`")?;
        Ok(Self { root, target: target.to_path_buf() })
    }

    /// A program that the workspace builds.
    #[must_use]
    pub fn binary(&self, name: &str, release: bool) -> PathBuf {
        self.target.join(if release { "release" } else { "debug" }).join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// Cargo, in the root, without what Cargo told this program about xtask.
    #[must_use]
    pub fn cargo(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"].iter().any(|own| text.starts_with(own)) {
                command.env_remove(&name);
            }
        }
        command.args(args).current_dir(&self.root);
        command
    }

    /// npm, in the front end's folder.
    #[must_use]
    pub fn npm(&self, args: &[&str]) -> Command {
        let mut command = Command::new(npm());
        command.args(args).current_dir(self.root.join("ui"));
        command
    }
}

/// How npm is started here: on Windows it is a script with an ending of its own.
#[must_use]
pub fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

/// The command as a person would type it.
#[must_use]
pub fn typed(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or(command.get_program());
    let words: Vec<_> = std::iter::once(program).chain(command.get_args()).map(OsStr::to_string_lossy).collect();
    words.join(" ")
}

/// Runs it, its output shown as it comes.
///
/// # Errors
/// Where it cannot be started or does not succeed.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() {
        return Ok(());
    }
    match status.code() {
        Some(code) => bail!("`{}` ended with status {code}", typed(command)),
        None => bail!("`{}` was ended from outside ({status})", typed(command)),
    }
}

/// Runs it and gives what it wrote to its standard output.
///
/// # Errors
/// Where it cannot be started or does not succeed.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| not_started(command, &error))?;
    if !output.status.success() {
        bail!("`{}` failed ({})", typed(command), output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn not_started(command: &Command, error: &io::Error) -> anyhow::Error {
    match error.kind() {
        io::ErrorKind::NotFound => {
            anyhow!("`{}` is not installed, or its folder is missing", command.get_program().to_string_lossy())
        }
        _ => anyhow!("`{}` cannot be started: {error}", typed(command)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command() {
        let error = run(Command::new("cargo").arg("no-such-command").stderr(Stdio::null())).unwrap_err().to_string();
        assert!(error.starts_with("`cargo no-such-command` ended with status"), "{error}");
        let error = run(&mut Command::new("no-such-program")).unwrap_err().to_string();
        assert!(error.contains("`no-such-program` is not installed"), "{error}");
    }

    #[test]
    fn the_tree_is_found() {
        let tree = Tree::find().unwrap();
        assert!(tree.root.join("crates/xtask/Cargo.toml").is_file());
        assert!(tree.binary("xtask", false).starts_with(&tree.target));
    }
}
