//! A training that was interrupted, in a file: all that it takes to go on as if nothing had happened.

use std::{
    fs,
    hash::{Hash, Hasher},
    io::{ErrorKind, Write},
    path::Path,
};

use burn::optim::ModuleOptimizer;
use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};

use super::{
    network::{Shape, Weights, adam, checksum},
    windows::{Bags, Windows},
};
use crate::{CheckpointNote, Epoch, Error, Observer, Progress, config::LstmConfig};

/// Raised whenever what is written changes, or what training makes of the same windows.
const VERSION: u32 = 1;
const MAGIC: &[u8; 8] = b"rca-kept";
/// Magic, version, fingerprint and checksum.
const HEADER: usize = 8 + 4 + 8 + 8;

/// Where a training is kept while it goes on, and whether one that was kept there is taken up again.
#[derive(Debug, Clone, Copy)]
pub struct Checkpoint<'a> {
    /// The file; [`crate::Model::checkpoint`] tells the one of a model.
    pub path: &'a Path,
    /// Whether to begin anew in any case.
    pub fresh: bool,
}

/// A training between two batches.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct State {
    pub place: Place,
    /// The weights as they are now.
    pub network: Weights,
    /// The weights of the best epoch.
    pub best: Weights,
    /// What the optimizer keeps of each parameter, in burn's format.
    pub optimizer: Vec<u8>,
}

/// How far a training is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    /// The epochs that ended.
    pub epochs: Vec<Epoch>,
    /// Batches done in all epochs, that which did not end included.
    pub batches: u64,
    /// Where the random numbers of the epoch that did not end begin.
    pub begin: u64,
    /// The loss of its events so far, in nats.
    pub sum: f64,
}

/// Keeps a training in its file, and tells what becomes of that.
pub(super) struct Keeper<'a> {
    checkpoint: Option<&'a Checkpoint<'a>>,
    fingerprint: u64,
    observer: &'a dyn Observer,
    failed: bool,
}

impl<'a> Keeper<'a> {
    pub fn new(checkpoint: Option<&'a Checkpoint<'a>>, fingerprint: u64, observer: &'a dyn Observer) -> Self {
        Self { checkpoint, fingerprint, observer, failed: false }
    }

    /// The training that was interrupted, where it is this one.
    pub fn take(&self, shape: Shape) -> Option<(State, ModuleOptimizer)> {
        let checkpoint = self.checkpoint.filter(|checkpoint| !checkpoint.fresh)?;
        let bytes = match fs::read(checkpoint.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return None,
            bytes => bytes.unwrap_or_default(),
        };
        let kept = read(&bytes, self.fingerprint).and_then(|state| {
            let fits = [&state.network, &state.best].iter().all(|weights| weights.shape == shape);
            let optimizer = adam::resumed(&state.optimizer).filter(|_| fits).ok_or(CheckpointNote::Unreadable)?;
            Ok((state, optimizer))
        });
        match kept {
            Ok((state, optimizer)) => {
                state.place.epochs.iter().for_each(|epoch| self.observer.progress(Progress::Epoch(*epoch)));
                self.tell(CheckpointNote::Resumed, &state.place);
                Some((state, optimizer))
            }
            Err(note) => {
                self.tell(note, &Place::default());
                None
            }
        }
    }

    /// Keeps a training. Where that cannot be done, it is told once, and the training is as good without.
    pub fn keep(&mut self, state: &State) {
        let Some(checkpoint) = self.checkpoint.filter(|_| state.place.batches > 0) else { return };
        if write(checkpoint.path, self.fingerprint, state).is_err() && !self.failed {
            self.failed = true;
            self.tell(CheckpointNote::Unwritten, &state.place);
        }
    }

    fn tell(&self, note: CheckpointNote, place: &Place) {
        self.observer.progress(Progress::Checkpoint { note, epochs: place.epochs.len(), batches: place.batches });
    }
}

/// What a training learns from and how, as one number.
pub(super) fn fingerprint(config: &LstmConfig, bags: &Bags, windows: [&Windows; 2]) -> u64 {
    let mut hasher = FxHasher::default();
    // A configuration that is no JSON does not exist: it is plain numbers.
    serde_json::to_vec(config).unwrap_or_default().hash(&mut hasher);
    for template in 0..bags.len() {
        bags.row(template).for_each(|(word, weight)| (word, weight.to_bits()).hash(&mut hasher));
        hasher.write_u8(0xff);
    }
    for windows in windows {
        windows.len().hash(&mut hasher);
        for window in (0..windows.len()).map(|index| windows.window(index)) {
            (window.templates, window.gaps, window.skip).hash(&mut hasher);
        }
    }
    hasher.finish()
}

fn write(path: &Path, fingerprint: u64, state: &State) -> Result<(), Error> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(Error::io(folder))?;
    let mut fresh = tempfile::Builder::new().prefix(".training-").tempfile_in(folder).map_err(Error::io(folder))?;
    let bytes = to_bytes(fingerprint, state);
    fresh.write_all(&bytes).and_then(|()| fresh.as_file().sync_all()).map_err(Error::io(path))?;
    fresh.persist(path).map_err(|error| Error::io(path)(error.error))?;
    Ok(())
}

fn to_bytes(fingerprint: u64, state: &State) -> Vec<u8> {
    let place = serde_json::to_vec(&state.place).unwrap_or_default();
    let mut body = Vec::new();
    for part in [&place, &state.network.to_bytes(), &state.best.to_bytes(), &state.optimizer] {
        body.extend((part.len() as u64).to_le_bytes());
        body.extend(part);
    }
    let mut bytes = MAGIC.to_vec();
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend(fingerprint.to_le_bytes());
    let sum = checksum(&[&bytes, &body]);
    bytes.extend(sum.to_le_bytes());
    bytes.extend(body);
    bytes
}

/// Reads what [`to_bytes`] wrote; else tells why it is of no use.
fn read(bytes: &[u8], fingerprint: u64) -> Result<State, CheckpointNote> {
    let (header, body) = bytes.split_at_checked(HEADER).ok_or(CheckpointNote::Unreadable)?;
    let number = |at: usize| header[at..at + 8].iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte));
    let whole = header[..8] == *MAGIC && header[8..12] == VERSION.to_le_bytes() && checksum(&[&header[..20], body]) == number(20);
    if !whole {
        return Err(CheckpointNote::Unreadable);
    }
    if number(12) != fingerprint {
        return Err(CheckpointNote::Foreign);
    }
    divide(body).ok_or(CheckpointNote::Unreadable)
}

fn divide(mut body: &[u8]) -> Option<State> {
    let mut part = || {
        let (length, rest) = body.split_first_chunk::<8>()?;
        let (part, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        body = rest;
        Some(part)
    };
    Some(State {
        place: serde_json::from_slice(part()?).ok()?,
        network: Weights::from_bytes(part()?).ok()?,
        best: Weights::from_bytes(part()?).ok()?,
        optimizer: part()?.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> State {
        let weights = |seed| Weights::random(Shape { words: 5, embedding: 3, units: 2, gaps: 2 }, seed);
        let epoch = Epoch { epoch: 1, epochs: 9, loss: 0.1 + 0.2, validation_loss: 1.0 / 3.0, best: true };
        let place = Place { epochs: vec![epoch], batches: 7, begin: u64::MAX, sum: 2.0_f64.sqrt() };
        State { place, network: weights(1), best: weights(2), optimizer: vec![1, 2, 3] }
    }

    #[test]
    fn what_was_written_comes_back() {
        assert_eq!(read(&to_bytes(77, &state()), 77).unwrap(), state());
    }

    #[test]
    fn another_training_is_foreign_and_whatever_is_damaged_unreadable() {
        let whole = to_bytes(77, &state());
        assert_eq!(read(&whole, 78).unwrap_err(), CheckpointNote::Foreign);
        for length in 0..whole.len() {
            assert_eq!(read(&whole[..length], 77).unwrap_err(), CheckpointNote::Unreadable, "{length} bytes");
        }
        for place in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[place] ^= 0x20;
            assert_eq!(read(&damaged, 77).unwrap_err(), CheckpointNote::Unreadable, "byte {place}");
        }
    }

    #[test]
    fn a_fingerprint_tells_windows_vocabularies_and_parameters_apart() {
        let config = LstmConfig::default();
        let (mut bags, mut windows) = (Bags::default(), Windows::default());
        bags.push(&[(0, 1.0), (1, 1.0)]);
        windows.push(&[0, 0], &[0, 3], 0);
        let none = Windows::default();
        let same = fingerprint(&config, &bags, [&windows, &none]);
        assert_eq!(fingerprint(&config, &bags, [&windows, &none]), same);
        assert_ne!(fingerprint(&LstmConfig { epochs: 3, ..config.clone() }, &bags, [&windows, &none]), same);
        assert_ne!(fingerprint(&config, &bags, [&none, &windows]), same);
        let mut other = windows.clone();
        other.push(&[0], &[1], 0);
        assert_ne!(fingerprint(&config, &bags, [&other, &none]), same);
        let mut other = Bags::default();
        other.push(&[(0, 1.0), (1, 2.0)]);
        assert_ne!(fingerprint(&config, &other, [&windows, &none]), same);
    }
}
