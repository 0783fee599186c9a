//! What a model says of itself, of another model, and of logs.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

use engine::{
    Checkpoint, Config, Folder, Model, Reading, Silent, Training, config::LstmConfig, coverage, ingest, template::Template, train,
};

/// Logs of two loggers, and of a third where `third` says so.
fn logs(third: bool) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let line = |n: usize| {
        let (time, part) = (format!("2025-01-01 10:{:02}:{:02}.000", n / 60, n % 60), if third { n % 3 } else { n % 2 });
        let says = ["Claim successful on node", "Image cached for later use", "Tunnel endpoint came up"][part];
        format!("{time} 7 INFO nova.part{part} [-] {says}\n")
    };
    std::fs::write(folder.path().join("nova.log"), (0..600).map(line).collect::<String>()).unwrap();
    folder
}

fn model(name: &str, folder: &tempfile::TempDir) -> Model {
    let config = Config { lstm: LstmConfig { epochs: 2, units: 4, embedding: 4, ..LstmConfig::default() }, ..Config::default() };
    let (logs, checkpoint) = (&Folder::new(folder.path()), None::<Checkpoint>);
    let training = Training { logs, reading: &Reading::default(), name, date: "2025-01-02", config: &config, checkpoint };
    train(&training, &Silent).unwrap()
}

#[test]
fn a_model_knows_the_logs_it_learned_from_and_tells_what_it_does_not_know() {
    let (few, more) = (logs(false), logs(true));
    let model = model("few", &few);
    let read = |folder: &tempfile::TempDir| ingest::read(&Folder::new(folder.path()), &Reading::default(), &Silent).unwrap();
    let own = coverage(&model, &read(&few), &Silent).unwrap();
    assert_eq!((own.events, own.known_events, own.templates, own.known_templates), (600, 600, 2, 2));
    assert!(own.unknown.is_empty() && own.drift.is_none(), "{own:?}");
    let other = coverage(&model, &read(&more), &Silent).unwrap();
    assert_eq!((other.events, other.known_events, other.templates, other.known_templates), (600, 400, 3, 2));
    let [unknown] = &other.unknown[..] else { panic!("one is unknown: {other:?}") };
    assert_eq!((unknown.template.origin.as_str(), unknown.events), ("nova.part2", 200));
}

#[test]
fn two_models_tell_what_each_of_them_alone_knows() {
    let (few, more) = (model("few", &logs(false)), model("more", &logs(true)));
    assert_eq!(few.only(&more).count, 0);
    let only = more.only(&few);
    let tunnel = Template { origin: "nova.part2".into(), text: "Tunnel endpoint came up".into() };
    assert_eq!((only.count, only.examples), (1, vec![tunnel]));
}

#[test]
fn a_model_tells_how_it_was_made() {
    let folder = logs(false);
    let profile = model("few", &folder).profile();
    let name = folder.path().file_name().unwrap().to_string_lossy().into_owned();
    assert_eq!((profile.folders.as_slice(), profile.runs, profile.knows_ends), (&[name][..], 1, true));
    assert_eq!((profile.config.units, profile.curve.len()), (4, 2));
    assert_eq!(profile.surprise.len(), 101);
    assert!(profile.surprise.is_sorted() && profile.surprise[0] >= 0.0, "{:?}", profile.surprise);
    let renamed = model("few", &folder).renamed("other");
    assert_eq!(renamed.summary().name, "other");
    assert!(renamed.card().starts_with("# Model card: other\n"));
}
