//! What the README's commands call: set-up, run, test, and everything in the tree that is generated.
//!
//! This crate is compiled before anything else is installed, so it depends on next to nothing.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks through its output")]

mod app;
mod bench;
mod check;
mod files;
mod frontend;
mod generate;
mod icons;
mod licences;
mod setup;
mod shell;
mod stamp;
mod steps;
mod tidy;
mod types;
mod window;

use std::{env, ffi::OsString, process::ExitCode};

use anyhow::{Result, anyhow, bail};

const USAGE: &str = "\
cargo xtask run [--release] [-- FOLDER]   install what is missing, build, and open the window
cargo xtask test [--all] [--keep-going]   install what is missing, and check everything
                                          --all         also what has not changed since it passed
                                          --keep-going  run the later steps after a failed one
cargo xtask types                         write ui/src/lib/types.ts from the Rust types
cargo xtask samples                       write sample_logs again
cargo xtask model                         train models/default again
cargo xtask icons                         make the icons again from icons/icon.svg
cargo xtask licences                      list the licences of what is shipped in ui/src/lib/licences.json
cargo xtask bench [--size MB] [--write]   measure reading and mining beside ripgrep, lnav and Drain3
                                          --size N      megabytes of simulated logs, 1000 unless told
                                          --lines N     lines of them instead, and our own program alone
                                          --logs DIR    these logs instead
                                          --rounds N    how often each program runs, 3 unless told
                                          --only A,B    these programs alone: openstack-rca, rg, lnav, Drain3; or
                                                          Keras, Window: the LSTM, the window
                                          --write       write the table into docs/bench.md too";

fn main() -> ExitCode {
    match command(&env::args_os().skip(1).collect::<Vec<_>>()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(words: &[OsString]) -> Result<ExitCode> {
    let Some((command, words)) = words.split_first() else {
        bail!("no command given\n{USAGE}");
    };
    let (options, rest) = split(words);
    let only = |allowed: &[&str]| match options.iter().find(|option| !allowed.iter().any(|a| option == a)) {
        Some(unknown) => bail!("`{}` is not an option of this command\n{USAGE}", unknown.to_string_lossy()),
        None if !rest.is_empty() && command != "run" => bail!("this command takes nothing after `--`\n{USAGE}"),
        None => Ok(()),
    };
    let given = |name: &str| options.iter().any(|option| option == name);
    let tree = shell::Tree::find()?;
    match command.to_string_lossy().as_ref() {
        "run" => only(&["--release"]).and_then(|()| app::run(&tree, given("--release"), rest)),
        "test" => only(&["--all", "--keep-going"]).map(|()| check::test(&tree, given("--all"), given("--keep-going"))),
        "types" => only(&[]).and_then(|()| types::write(&tree)).map(|()| ExitCode::SUCCESS),
        "samples" => only(&[]).and_then(|()| generate::samples(&tree)).map(|()| ExitCode::SUCCESS),
        "model" => only(&[]).and_then(|()| generate::model(&tree)).map(|()| ExitCode::SUCCESS),
        "icons" => only(&[]).and_then(|()| icons::write(&tree)).map(|()| ExitCode::SUCCESS),
        "licences" => only(&[]).and_then(|()| licences::write(&tree)).map(|()| ExitCode::SUCCESS),
        "bench" if rest.is_empty() => bench::Options::read(options)
            .map_err(|error| anyhow!("{error}\n{USAGE}"))
            .and_then(|options| bench::bench(&tree, &options))
            .map(|()| ExitCode::SUCCESS),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        unknown => bail!("`{unknown}` is not a command\n{USAGE}"),
    }
}

/// The words before `--`, which are options of xtask, and those after it, which are the app's.
fn split(words: &[OsString]) -> (&[OsString], &[OsString]) {
    match words.iter().position(|word| word == "--") {
        Some(at) => (&words[..at], &words[at + 1..]),
        None => (words, &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split_whitespace().map(OsString::from).collect()
    }

    #[test]
    fn splits_at_the_first_pair_of_dashes() {
        assert_eq!(split(&words("--release -- /var/log -- x")), (&words("--release")[..], &words("/var/log -- x")[..]));
        assert_eq!(split(&[]), (&[][..], &[][..]));
    }

    #[test]
    fn refuses_what_it_does_not_know_and_names_it() {
        for (line, named) in [("", "no command"), ("fly", "`fly`"), ("test --al", "`--al`"), ("types -- x", "after `--`")] {
            let message = command(&words(line)).unwrap_err().to_string();
            assert!(message.contains(named), "{line}: {message}");
            assert!(message.contains("cargo xtask run"), "{line}: {message}");
        }
    }
}
