//! `setup`: makes folders, a settings file and sample logs, and checks the installation.

use settings::{Folders, Settings, known_failures, samples};

use super::doctor;
use crate::{failure::Failure, print, surroundings, watch};

/// Runs the command.
pub fn run() -> Result<(), Failure> {
    let folders = surroundings::folders()?;
    folders.make()?;
    if !folders.settings.exists() {
        Settings::default().save(&folders.settings)?;
    }
    known_failures::make(&folders)?;
    write_samples(&folders)?;
    let text = format!(
        "Settings: {}\nData:     {}\nModels:   {}\nKnown:    {}\nSamples:  {}\n\n",
        folders.settings.display(),
        folders.data.display(),
        folders.models.display(),
        folders.known_failures().display(),
        folders.samples().display()
    );
    print::result(&text)?;
    doctor::run()
}

fn write_samples(folders: &Folders) -> Result<(), Failure> {
    let samples = samples::list();
    let bar = watch::bar("Writing samples", false);
    bar.set_length(samples.len() as u64);
    for sample in &samples {
        if watch::interrupted() {
            return Err(Failure::Cancelled);
        }
        samples::open(folders, &sample.id)?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}
