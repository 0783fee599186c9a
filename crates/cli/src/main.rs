//! The command line over the engine. Results go to standard output, everything else to standard error.

mod args;
mod commands;
mod failure;
mod print;
mod surroundings;
mod text;
mod watch;

use std::process::ExitCode;

use clap::Parser;

use crate::{
    args::{Cli, Command},
    failure::Failure,
};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    watch::obey_interrupts();
    let done = match &cli.command {
        Command::Setup => commands::setup::run(),
        Command::Analyze(args) => commands::analyze::run(args),
        Command::Ask(args) => commands::ask::run(args),
        Command::Train(args) => commands::train::run(args),
        Command::Simulate(args) => commands::simulate::run(args),
        Command::Evaluate(args) => commands::evaluate::run(args),
        Command::Events(args) => commands::events::run(args),
        Command::Watch(args) => commands::watch::run(args),
        Command::Templates(args) => commands::templates::run(args),
        Command::Sources(args) => commands::sources::run(args),
        Command::KnownFailures(args) => commands::known_failures::run(args),
        Command::Models(args) => commands::models::run(args),
        Command::Doctor => commands::doctor::run(),
    };
    match done {
        Ok(()) | Err(Failure::OutputClosed) => ExitCode::SUCCESS,
        Err(failure) => {
            print::note(&failure);
            failure.status()
        }
    }
}

/// Help and version are asked for, wrong arguments are the user's fault; a terminal that is gone needs no telling.
fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(1) } else { ExitCode::SUCCESS }
}
