//! Logs of a good period, to compare with in place of a model. What was learned from them is kept, for such logs change seldom.

use std::{
    cmp::Reverse,
    fs::{self, File},
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use engine::{
    Config, Joined, Model, Observer, Progress, Reading, Training,
    ingest::source::{Source, Stamp},
};

use crate::{Error, Folders, disk};

/// The most good periods that are kept.
pub const MOST: usize = 5;
/// Raised whenever training makes something else of the same logs, and whenever the key changes.
const VERSION: u32 = 1;
/// The folder of all of them in the cache folder.
const FOLDER: &str = "baselines";
/// All that what was learned depends on; written anew whenever it is used, so that its time tells when.
const KEY: &str = "key.txt";
const MODEL: &str = "model";

/// A good period, and what is to be compared with it.
#[derive(Debug, Clone, Copy)]
pub struct GoodPeriod<'a> {
    /// Folders of its logs, each a run of its own.
    pub logs: &'a [PathBuf],
    /// The logs that are compared with it.
    pub incident: &'a Path,
    /// All parameters.
    pub config: &'a Config,
}

/// What a good period tells.
#[derive(Debug)]
pub struct Learned {
    /// What normal is.
    pub model: Model,
    /// Why it could not be kept for the next time; it is as good without.
    pub unkept: Option<Error>,
}

/// Learns what a good period tells, or takes it as it was kept where the logs are as they were. The observer hears of
/// [`Progress::Learned`] at the end.
///
/// # Errors
/// [`Error::SameLogs`] where the good period holds the incident; the engine's where there are no logs or too few, or the work was
/// cancelled.
pub fn learn(folders: &Folders, period: &GoodPeriod, observer: &dyn Observer) -> Result<Learned, Error> {
    apart(period)?;
    let logs = Joined::new(period.logs, &folders.cache);
    let (place, key) = (place(folders, period.logs), key(&logs, period, observer)?);
    if let Some(model) = kept(&place, &key) {
        observer.progress(Progress::Learned { kept: true });
        return Ok(Learned { model, unkept: None });
    }
    let (name, reading) = (logs.name().to_string_lossy(), &Reading::default());
    // Its day would be told on a card, which nobody reads here.
    let training = Training { logs: &logs, reading, name: &name, date: "", config: period.config, checkpoint: None };
    let model = engine::train(&training, observer)?.as_baseline();
    observer.progress(Progress::Learned { kept: false });
    let unkept = keep(&place, &key, &model).err();
    forget(&folders.cache.join(FOLDER));
    Ok(Learned { model, unkept })
}

/// An incident that is part of what is learned would be normal.
fn apart(period: &GoodPeriod) -> Result<(), Error> {
    let incident = whole(period.incident);
    match period.logs.iter().find(|good| incident.starts_with(whole(good))) {
        Some(good) => Err(Error::SameLogs(good.clone())),
        None => Ok(()),
    }
}

fn whole(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.into())
}

/// Where what these folders tell is kept: one place for them, whatever they hold at the time.
fn place(folders: &Folders, logs: &[PathBuf]) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    logs.iter().map(|path| whole(path)).for_each(|path| path.hash(&mut hasher));
    folders.cache.join(FOLDER).join(format!("{:016x}", hasher.finish()))
}

/// All that training depends on: the program and what its models hold, the parameters, the names of the folders, and each text by path, size and time.
fn key(logs: &Joined, period: &GoodPeriod, observer: &dyn Observer) -> Result<String, Error> {
    let texts = logs.texts(&mut Vec::new(), observer)?;
    let stamps: Vec<Stamp> = texts.logs.iter().map(engine::ingest::source::LogText::stamp).collect();
    let (program, model, lstm) = (env!("CARGO_PKG_VERSION"), engine::score::artifact::VERSION, &period.config.lstm);
    Ok(format!("{VERSION} {program} {model} {lstm:?}\n{}\n{stamps:#?}\n{:#?}\n", logs.name().display(), texts.facts))
}

/// What was kept under this key, if it is whole; it was used just now.
fn kept(place: &Path, key: &str) -> Option<Model> {
    let path = place.join(KEY);
    if fs::read_to_string(&path).ok()? != key {
        return None;
    }
    let model = Model::load(&place.join(MODEL)).ok()?;
    // One that cannot be marked as used is forgotten earlier, and that is all.
    let _ = File::options().write(true).open(path).and_then(|file| file.set_modified(SystemTime::now()));
    Some(model)
}

fn keep(place: &Path, key: &str, model: &Model) -> Result<(), Error> {
    disk::write_folder(place, |new| {
        disk::write(&new.join(KEY), key.as_bytes())?;
        Ok(model.save(&new.join(MODEL))?)
    })
}

/// Removes those that were not used for the longest time. What cannot be removed now is left for the next time.
fn forget(all: &Path) {
    let used =
        |path: &Path| -> io::Result<SystemTime> { fs::metadata(path.join(KEY)).or_else(|_| fs::metadata(path))?.modified() };
    let mut found: Vec<_> = (fs::read_dir(all).into_iter().flatten().flatten())
        .map(|entry| entry.path())
        .filter_map(|path| Some((Reverse(used(&path).ok()?), path)))
        .collect();
    found.sort_unstable();
    for (_, path) in found.into_iter().skip(MOST) {
        let _ = fs::remove_dir_all(path);
    }
}

#[cfg(test)]
mod tests;
