//! The LSTM learns what is normal, and is surprised by what is not.

use std::sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering},
};

use engine::{
    Error, Observer, Progress, Silent, Stage,
    config::LstmConfig,
    score::{
        infer::Scorer,
        network::{Shape, Weights},
        train::{Trained, train},
        windows::{Bags, Windows},
    },
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

#[path = "lstm/resume.rs"]
mod resume;

const SHAPE: Shape = Shape { words: 24, embedding: 16, units: 24, gaps: 4 };

fn config() -> LstmConfig {
    LstmConfig { epochs: 12, dropout: 0.1, learning_rate: 0.02, batch: 16, ..LstmConfig::default() }
}

/// Eight templates of three words each: two of its own and one that all share.
fn bags() -> Bags {
    let mut bags = Bags::default();
    for template in 0..8 {
        bags.push(&[(2 * template, 1.0), (2 * template + 1, 1.0), (23, 0.5)]);
    }
    bags
}

/// 0 1 2 3 4 in a circle, from any start; after 2 comes, one time in four, 5 in place of 3.
fn cycles(count: usize, seed: u64) -> Windows {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut windows = Windows::default();
    for _ in 0..count {
        let start = random.random_range(0..5_u32);
        let length = random.random_range(5..40);
        let events: Vec<_> =
            (start..start + length).map(|place| if place % 5 == 3 && random.random_bool(0.25) { 5 } else { place % 5 }).collect();
        windows.push(&events, &vec![1; events.len()], 1);
    }
    windows
}

fn learned() -> Trained {
    train(SHAPE, &config(), &bags(), &cycles(300, 1), &cycles(60, 2), None, &Silent).expect("nobody cancels")
}

fn surprise_of_last(scorer: &Scorer, events: &[u32], gaps: &[u8]) -> f32 {
    let mut windows = Windows::default();
    windows.push(events, gaps, 0);
    *scorer.surprise(&windows, &Silent).expect("nobody cancels").last().expect("one for each event")
}

#[test]
fn a_grammar_is_learned_down_to_its_entropy_and_departures_are_surprising() {
    let trained = learned();
    // One event in five is a choice of 3 to 1; all others are certain once one event was seen.
    let entropy = -(0.25_f64 * 0.25_f64.ln() + 0.75 * 0.75_f64.ln()) / 5.0;
    let best = trained.epochs.iter().find(|epoch| epoch.best).unwrap();
    let least = trained.epochs.iter().map(|epoch| epoch.validation_loss).fold(f64::INFINITY, f64::min);
    assert!(least < entropy + 0.05, "{least} is far from {entropy}");
    assert!(best.loss > least, "dropout makes training harder than validation");

    let scorer = Scorer::new(&trained.weights, &bags(), 8);
    let gaps = [1; 6];
    let usual = surprise_of_last(&scorer, &[0, 1, 2, 3, 4, 0], &gaps);
    let rare = surprise_of_last(&scorer, &[4, 0, 1, 2, 5], &gaps[..5]);
    let wrong = surprise_of_last(&scorer, &[0, 1, 2, 3, 4, 2], &gaps);
    let never = surprise_of_last(&scorer, &[0, 1, 2, 3, 4, 7], &gaps);
    assert!(usual < 0.1 && (0.8..2.2).contains(&rare) && wrong > 3.0 && never > 3.0, "{usual} {rare} {wrong} {never}");

    let expected = scorer.expected(&[4, 0, 1, 2], &[1; 5], 2);
    assert_eq!(expected.iter().map(|alternative| alternative.0).collect::<Vec<_>>(), [3, 5]);
    assert!((expected[0].1 - 0.75).abs() < 0.15, "{expected:?}");
    let mut windows = Windows::default();
    windows.push(&[4, 0, 1, 2, 5], &[1; 5], 1);
    let judged = scorer.judge(&windows, &Silent).unwrap();
    assert_eq!(judged.iter().map(|j| j.expected.map(|e| e.0)).collect::<Vec<_>>(), [None, Some(0), Some(1), Some(2), Some(3)]);
    assert!((judged[4].expected.unwrap().1 - expected[0].1).abs() < 1e-3 && judged[4].surprise > 0.8, "{judged:?}");
    let all: f32 = scorer.expected(&[0], &[1, 1], 100).iter().map(|alternative| alternative.1).sum();
    assert!((all - 1.0).abs() < 1e-5);
}

#[test]
fn skipped_events_are_not_scored_and_the_others_do_not_notice() {
    let scorer = Scorer::new(&learned().weights, &bags(), 8);
    let mut windows = Windows::default();
    windows.push(&[0, 1, 2, 3], &[1; 4], 0);
    windows.push(&[3, 4], &[1; 2], 2);
    windows.push(&[0, 1, 2, 3], &[1; 4], 2);
    let surprises = scorer.surprise(&windows, &Silent).unwrap();
    assert_eq!(surprises.len(), 10);
    assert!(surprises[..4].iter().all(|&surprise| surprise > 0.0));
    assert_eq!(surprises[4..8], [0.0; 4]);
    assert_eq!(surprises[8..], surprises[2..4]);
}

#[test]
fn an_unseen_template_is_what_its_words_say() {
    let trained = learned();
    let mut more = bags();
    more.push(&[(6, 1.0), (7, 1.0), (23, 1.0)]); // 8: the words of template 3
    more.push(&[(14, 1.0), (15, 1.0), (23, 1.0)]); // 9: the words of template 7
    more.push(&[(1_000, 1.0)]); // 10: a word without a vector
    let scorer = Scorer::new(&trained.weights, &more, 8);
    let after = |event| surprise_of_last(&scorer, &[4, 0, 1, 2, event], &[1; 5]);
    assert!(after(8) + 2.0 < after(9), "{} {}", after(8), after(9));
    assert!(after(10).is_finite());
    // As an event before, it leads on as the template does whose words it has.
    let next = |event| scorer.expected(&[4, 0, 1, 2, event], &[1; 6], 1)[0].0;
    assert_eq!(next(8), next(3));
    // It is a candidate only where it is the event: the known templates' surprise stays as it was.
    let before = Scorer::new(&trained.weights, &bags(), 8);
    assert!((surprise_of_last(&scorer, &[0, 1], &[1, 1]) - surprise_of_last(&before, &[0, 1], &[1, 1])).abs() < 1e-6);
}

#[test]
fn the_time_gap_alone_can_tell_what_comes() {
    let mut random = ChaCha8Rng::seed_from_u64(5);
    let mut windows = Windows::default();
    for _ in 0..300 {
        let gaps: Vec<u8> = (0..20).map(|_| random.random_range(0..4)).collect();
        let events: Vec<_> = gaps.iter().map(|&gap| u32::from(gap == 2)).collect();
        windows.push(&events, &gaps, 0);
    }
    let trained = train(SHAPE, &config(), &bags(), &windows, &windows, None, &Silent).unwrap();
    let scorer = Scorer::new(&trained.weights, &bags(), 8);
    assert!(surprise_of_last(&scorer, &[0, 0, 1], &[0, 1, 2]) < 0.1);
    assert!(surprise_of_last(&scorer, &[0, 0, 1], &[0, 1, 1]) > 3.0);
}

#[test]
fn the_same_seed_gives_the_same_weights_on_any_number_of_threads() {
    let short = LstmConfig { epochs: 2, ..config() };
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| train(SHAPE, &short, &bags(), &cycles(100, 3), &cycles(20, 4), None, &Silent).unwrap().weights)
    };
    let one = on(1);
    assert_eq!(one, on(1));
    assert_eq!(one, on(4));
    let other = LstmConfig { seed: 43, ..short.clone() };
    assert_ne!(one, train(SHAPE, &other, &bags(), &cycles(100, 3), &cycles(20, 4), None, &Silent).unwrap().weights);
}

#[derive(Default)]
struct Impatient {
    patience: usize,
    asked: AtomicUsize,
    seen: Mutex<Vec<Progress>>,
}

impl Observer for Impatient {
    fn progress(&self, progress: Progress) {
        self.seen.lock().expect("no thread panicked").push(progress);
    }

    fn cancelled(&self) -> bool {
        self.asked.fetch_add(1, Ordering::SeqCst) >= self.patience
    }

    fn seconds(&self) -> f64 {
        0.0
    }
}

#[test]
fn training_and_scoring_stop_when_asked() {
    let observer = Impatient { patience: 3, ..Impatient::default() };
    let stopped = train(SHAPE, &config(), &bags(), &cycles(300, 1), &cycles(60, 2), None, &observer);
    assert!(matches!(stopped, Err(Error::Cancelled)));
    assert_eq!(observer.seen.lock().unwrap().len(), 3);
    let scorer = Scorer::new(&Weights::random(SHAPE, 1), &bags(), 8);
    assert!(matches!(scorer.surprise(&cycles(10, 1), &Impatient::default()), Err(Error::Cancelled)));
}

#[test]
fn progress_counts_batches_and_windows_up_to_the_total() {
    let observer = Impatient { patience: usize::MAX, ..Impatient::default() };
    let two = LstmConfig { epochs: 2, batch: 16, ..config() };
    let trained = train(SHAPE, &two, &bags(), &cycles(40, 1), &cycles(10, 2), None, &observer).unwrap();
    let seen = std::mem::take(&mut *observer.seen.lock().unwrap());
    let steps = seen.iter().filter(|step| matches!(step, Progress::Step { stage: Stage::Train, total: 6, .. })).count();
    let epochs: Vec<_> =
        seen.iter().filter_map(|step| if let Progress::Epoch(epoch) = step { Some(*epoch) } else { None }).collect();
    assert_eq!((steps, epochs.len()), (6, 2));
    assert_eq!(epochs, trained.epochs);
    Scorer::new(&trained.weights, &bags(), 8).surprise(&cycles(70, 1), &observer).unwrap();
    let most = observer
        .seen
        .lock()
        .unwrap()
        .iter()
        .map(|step| match step {
            Progress::Step { stage: Stage::Score, done, total: 70 } => *done,
            other => panic!("{other:?}"),
        })
        .max();
    assert_eq!(most, Some(70));
}

#[test]
fn training_stops_early_and_keeps_the_best_weights() {
    // What is validated contradicts what is learned, so that the first epochs are the best.
    let mut backwards = Windows::default();
    backwards.push(&[4, 3, 2, 1, 0, 4, 3, 2, 1, 0], &[1; 10], 1);
    let patient = LstmConfig { patience: 2, epochs: 40, ..config() };
    let trained = train(SHAPE, &patient, &bags(), &cycles(200, 1), &backwards, None, &Silent).unwrap();
    assert!(trained.epochs.len() < 40);
    let least = trained.epochs.iter().map(|epoch| epoch.validation_loss).fold(f64::INFINITY, f64::min);
    let last_best = trained.epochs.iter().rfind(|epoch| epoch.best).unwrap();
    assert!((last_best.validation_loss - least).abs() < 1e-12);
    assert_eq!(trained.epochs.len(), last_best.epoch + 2);
    let surprises = Scorer::new(&trained.weights, &bags(), 8).surprise(&backwards, &Silent).unwrap();
    assert!((f64::from(surprises.iter().sum::<f32>()) / 9.0 - least).abs() < 1e-5);
}

#[test]
fn nothing_to_learn_is_no_panic() {
    let empty = Windows::default();
    let trained = train(SHAPE, &config(), &bags(), &empty, &empty, None, &Silent).unwrap();
    let scorer = Scorer::new(&trained.weights, &bags(), 8);
    assert!(scorer.surprise(&empty, &Silent).unwrap().is_empty());
    let mut none = Windows::default();
    none.push(&[], &[], 0);
    assert!(scorer.surprise(&none, &Silent).unwrap().is_empty());
    let surprises = Scorer::new(&trained.weights, &bags(), 0).surprise(&cycles(1, 1), &Silent).unwrap();
    assert!(surprises.iter().all(|surprise| surprise.abs() < 1e-9));
}
