//! Writes the logs of a small OpenStack cloud, with faults put in by name and the truth beside them.
//!
//! ```no_run
//! use simulate::{Config, Fault, Size};
//!
//! let faults = Fault::from_name("disk_full").into_iter().collect();
//! let config = Config { seed: 7, size: Size::Lines(1_000_000), faults, ..Config::default() };
//! let truth = simulate::write(&config, "incident".as_ref(), &mut |_lines| true)?;
//! println!("{}: {}", truth.name, truth.issue);
//! # Ok::<(), simulate::Error>(())
//! ```
//!
//! # What is written
//! `<out>/logs` holds a folder for each host, one controller and the compute nodes, and below it `<service>/<program>.log`
//! as under `/var/log/kolla`: this is what an operator has who collects that folder from each host. Other [`Layout`]s lay the
//! same records out as Kolla, packages, journals, log daemons and container runtimes do. `<out>/truth.toml` holds a [`Truth`];
//! its fields are documented there. [`write_cases`] writes a folder of cases for measuring.
//!
//! The same [`Config`] gives the same bytes, on every platform. Records are written as they come, so the size of the
//! logs is bounded by the disk alone.
//!
//! # Where things are
//! What the services say, in which flows, and what each fault changes is data under `crates/simulate/data`:
//! `services.toml` and `services_below.toml` (programs, files, formats), `messages/` (the texts), `vars.toml` (what the variables
//! in them become), `flows/` (who says what, in which order, and how long it takes; `with_*` for each [`Plugin`], `varied_*` and
//! `hosts` for [`Chronic::Varied`]), `faults/` (a file each, with its own messages and flows), `samples.toml`. The languages of
//! these files are documented in `src/text.rs`, `src/catalog/messages.rs`, `src/flow.rs` and `src/fault.rs`. A new fault is a
//! file in `faults/` and its name in `src/fault.rs`.

mod calendar;
mod cases;
mod catalog;
mod cloud;
mod config;
mod envelope;
mod error;
mod fault;
mod files;
mod flow;
mod incident;
mod layout;
mod operation;
mod record;
mod rng;
mod samples;
mod simulation;
mod text;
mod truth;

use std::{fs, path::Path};

pub use crate::{
    cases::{Case, Cases, cases, write_cases},
    config::{Chronic, Config, Generation, Plugin, Size},
    error::Error,
    fault::{Fault, Part},
    layout::Layout,
    samples::{Sample, samples, write_sample},
    truth::{CauseLines, FORMAT_VERSION, FaultTruth, Truth},
};
use crate::{catalog::Catalog, files::Files, simulation::Simulation};

/// Writes logs and truth into the folder `out`, which is made where it is not there.
///
/// `progress` gets the number of lines written so far, every few thousand lines and at the end, and says whether to go on.
///
/// # Errors
/// [`Error::Config`] for a configuration that no cloud could have, [`Error::AlreadyThere`] where `out/logs` exists,
/// [`Error::Cancelled`] where `progress` said no, [`Error::Io`] where the disk refuses. Whatever was written of the logs
/// is removed again, except where they were there before.
pub fn write(config: &Config, out: &Path, progress: &mut dyn FnMut(u64) -> bool) -> Result<Truth, Error> {
    config.check()?;
    let catalog = Catalog::load(config)?;
    let simulation = Simulation::new(config, &catalog)?;
    let logs = out.join("logs");
    let mut files = Files::create(logs.clone(), config)?;
    let written = simulation.run(&mut files, progress).and_then(|truth| {
        files.finish()?;
        truth.save(out)?;
        Ok(truth)
    });
    if written.is_err() {
        // The first error is the one to report; what cannot be removed after it stays.
        let _ = fs::remove_dir_all(&logs);
    }
    written
}
