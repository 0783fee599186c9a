//! A training that was interrupted ends as if it had not been.

use std::{fs, path::Path};

use engine::{Checkpoint, CheckpointNote};

use super::*;

fn short() -> LstmConfig {
    LstmConfig { epochs: 4, ..config() }
}

fn learn(config: &LstmConfig, file: &Path, observer: &dyn Observer) -> Result<Trained, Error> {
    let checkpoint = Checkpoint { path: file, fresh: false };
    train(SHAPE, config, &bags(), &cycles(100, 1), &cycles(30, 2), Some(&checkpoint), observer)
}

/// The notes and the numbers of the epochs that an observer was told.
fn told(observer: &Impatient) -> (Vec<(CheckpointNote, usize)>, Vec<usize>) {
    let seen = observer.seen.lock().expect("no thread panicked");
    let notes =
        seen.iter().filter_map(|p| if let Progress::Checkpoint { note, epochs, .. } = p { Some((*note, *epochs)) } else { None });
    let epochs = seen.iter().filter_map(|p| if let Progress::Epoch(epoch) = p { Some(epoch.epoch) } else { None });
    (notes.collect(), epochs.collect())
}

fn patient() -> Impatient {
    Impatient { patience: usize::MAX, ..Impatient::default() }
}

#[test]
fn interrupted_anywhere_it_ends_with_the_same_weights() {
    let folder = tempfile::tempdir().unwrap();
    let whole = train(SHAPE, &short(), &bags(), &cycles(100, 1), &cycles(30, 2), None, &Silent).unwrap();
    // Seven batches an epoch, and then its validation: stopped before the first batch, amid an epoch, at its end, and again and again.
    for patience in [0, 1, 4, 7, 8, 9, 11, 17] {
        let file = folder.path().join(patience.to_string());
        let stopped = |patience| learn(&short(), &file, &Impatient { patience, ..Impatient::default() }).unwrap_err().code();
        assert_eq!(stopped(patience), "cancelled");
        assert_eq!(file.exists(), patience > 0, "after {patience}");
        assert_eq!((stopped(3), stopped(5)), ("cancelled", "cancelled"));
        let resumed = learn(&short(), &file, &Silent).unwrap();
        assert_eq!(resumed.weights, whole.weights, "after {patience}");
        assert_eq!(resumed.epochs, whole.epochs, "after {patience}");
    }
}

#[test]
fn what_became_of_an_interruption_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sub/model.training");
    let first = patient();
    let whole = learn(&short(), &file, &first).unwrap();
    assert_eq!(told(&first), (vec![], vec![1, 2, 3, 4]));
    assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 1, "nothing is left but the checkpoint");

    // A training that is over is there at once: a model that could not be written costs no second training.
    let again = patient();
    assert_eq!(learn(&short(), &file, &again).unwrap().weights, whole.weights);
    assert_eq!(told(&again), (vec![(CheckpointNote::Resumed, 4)], vec![1, 2, 3, 4]));
    assert!(!again.seen.lock().unwrap().iter().any(|p| matches!(p, Progress::Step { .. })));

    let other = patient();
    learn(&LstmConfig { seed: 7, ..short() }, &file, &other).unwrap();
    assert_eq!(told(&other), (vec![(CheckpointNote::Foreign, 0)], vec![1, 2, 3, 4]));

    let mut bytes = fs::read(&file).unwrap();
    bytes.truncate(bytes.len() / 2);
    fs::write(&file, bytes).unwrap();
    let damaged = patient();
    assert_eq!(learn(&short(), &file, &damaged).unwrap().weights, whole.weights);
    assert_eq!(told(&damaged).0, [(CheckpointNote::Unreadable, 0)]);
}

#[test]
fn a_fresh_start_takes_nothing_up() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("model.training");
    learn(&short(), &file, &Impatient { patience: 12, ..Impatient::default() }).unwrap_err();
    let observer = patient();
    let fresh = Checkpoint { path: &file, fresh: true };
    train(SHAPE, &short(), &bags(), &cycles(100, 1), &cycles(30, 2), Some(&fresh), &observer).unwrap();
    let steps = observer.seen.lock().unwrap().iter().filter(|p| matches!(p, Progress::Step { .. })).count();
    assert_eq!((told(&observer).0, steps), (vec![], 28));
}

#[test]
fn a_training_that_cannot_be_kept_goes_on_and_says_so_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let observer = patient();
    let trained = learn(&short(), &folder.path().join("file/model.training"), &observer).unwrap();
    assert_eq!(trained.epochs.len(), 4);
    let (notes, _) = told(&observer);
    assert_eq!(notes.last(), Some(&(CheckpointNote::Unwritten, 1)));
    assert_eq!(notes.iter().filter(|note| note.0 == CheckpointNote::Unwritten).count(), 1);
}
