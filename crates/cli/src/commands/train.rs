//! `train`: learns from logs what normal work looks like.

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use engine::{Checkpoint, Config, Error, Joined, LstmSummary, Model, Reading, Training};

use crate::{args::Train, failure::Failure, print, surroundings::Surroundings, watch::Watch};

/// Runs the command.
pub fn run(args: &Train) -> Result<(), Failure> {
    let Surroundings { settings, folders } = Surroundings::find()?;
    let config = Config { lstm: args.lstm.over(&settings.lstm), ..settings.config() };
    config.check().map_err(named_by_option)?;
    let name = name(args)?;
    check_folder(&args.out)?;
    let date = DateTime::<Utc>::from(std::time::SystemTime::now()).format("%Y-%m-%d").to_string();
    let (logs, reading) = (&Joined::new(&args.logs, &folders.cache), &Reading::default());
    let kept = Model::checkpoint(&args.out);
    let checkpoint = Some(Checkpoint { path: &kept, fresh: args.fresh });
    let training = Training { logs, reading, name: &name, date: &date, config: &config, checkpoint };
    let model = engine::train(&training, &Watch::new()).inspect_err(|error| tell_kept(error, &kept))?;
    model.save(&args.out)?;
    print::result(&told(&model.summary(), &args.out))
}

/// Tells where an interrupted training waits.
fn tell_kept(error: &Error, kept: &Path) {
    if matches!(error, Error::Cancelled) && kept.exists() {
        let path = kept.display();
        print::note(format!("the training is kept in {path}: the same command goes on where it was, and --fresh begins anew"));
    }
}

/// The engine names a parameter by its place in the settings file; here it may have come from an option.
fn named_by_option(error: Error) -> Failure {
    match error {
        Error::Setting { name, .. } => {
            let option = name.trim_start_matches("lstm.").replace('_', "-");
            Failure::users(error.to_string(), format!("correct --{option}, or the settings file if it stands there"))
        }
        error => error.into(),
    }
}

fn name(args: &Train) -> Result<String, Failure> {
    let folder = || Some(std::path::absolute(&args.out).ok()?.file_name()?.to_string_lossy().into_owned());
    let name = args.name.clone().or_else(folder).unwrap_or_default();
    settings::models::check_name(&name)?;
    Ok(name)
}

/// Finds out before the training, which takes long, whether the model can be written after it.
fn check_folder(out: &Path) -> Result<(), Failure> {
    let out = std::path::absolute(out).map_err(Error::io(out))?;
    if !Model::fits_into(&out) {
        return Err(Failure::users(
            format!("{} is there already, and holds more than a model", out.display()),
            "choose a new folder, or one that holds nothing but a model to be replaced",
        ));
    }
    let parent = out.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    fs::create_dir_all(&parent).map_err(Error::io(&parent))?;
    tempfile::tempfile_in(&parent).map_err(Error::io(&parent))?;
    Ok(())
}

fn told(summary: &LstmSummary, out: &Path) -> String {
    let LstmSummary { name, templates, events, epochs, validation_loss, .. } = summary;
    format!(
        "The model {name} is in {}: {templates} templates from {events} events, {epochs} epochs, validation loss {validation_loss:.4}.\n",
        out.display()
    )
}
