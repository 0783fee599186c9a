use engine::{Folder, Known, Reading, Request, Silent, Without, template::edits::Edits};

use super::*;

/// Folders with models of these names, each the one that ships under another name.
fn with(names: &[&str]) -> (tempfile::TempDir, Folders) {
    let (keep, folders) = crate::folders::temporary();
    let model = models::open(&folders, DEFAULT).unwrap();
    for name in names {
        models::save(&folders, name, &model.clone().renamed(name)).unwrap();
    }
    (keep, folders)
}

fn names(folders: &Folders) -> Vec<String> {
    models::list(folders).unwrap().into_iter().map(|entry| entry.summary.name).collect()
}

fn use_model(folders: &Folders, name: &str) {
    make_default(folders, name).unwrap();
}

fn in_use(folders: &Folders) -> String {
    Settings::load(&folders.settings).unwrap().model
}

/// The importance of each event of a sample.
fn importance(model: &Model) -> Vec<f32> {
    let logs = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../sample_logs/disk_full/logs"));
    let request = Request {
        logs: &Folder::new(logs),
        reading: &Reading::default(),
        issue: None,
        model: Ok(model),
        known: Known::built_in(),
        config: &engine::Config::default(),
        edits: &Edits::default(),
        without: Without::default(),
    };
    engine::analyze(&request, &Silent).unwrap().logs.importance
}

#[test]
fn a_model_that_is_handed_on_scores_the_same() {
    let (keep, folders) = with(&["mine"]);
    let file = keep.path().join("mine.tar.gz");
    export(&folders, "mine", &file).unwrap();
    let (_other, elsewhere) = crate::folders::temporary();
    let imported = import(&elsewhere, &file, None).unwrap();
    assert_eq!(imported, Imported { name: "mine".into(), instead_of: None });
    let (before, after) = (models::open(&folders, "mine").unwrap(), models::open(&elsewhere, "mine").unwrap());
    assert_eq!(before.summary(), after.summary());
    let scores = importance(&before);
    assert!(scores.len() > 1000 && scores.iter().any(|score| *score > 0.9));
    assert!(scores == importance(&after));
    let card = |folders: &Folders| detail(folders, "mine").unwrap().card;
    assert_eq!(card(&folders), card(&elsewhere));
}

#[test]
fn a_name_that_is_taken_gets_a_number_and_one_that_was_asked_for_does_not() {
    let (keep, folders) = with(&["mine"]);
    let file = keep.path().join("x.tar.gz");
    export(&folders, "mine", &file).unwrap();
    let second = import(&folders, &file, None).unwrap();
    assert_eq!(second, Imported { name: "mine-2".into(), instead_of: Some("mine".into()) });
    assert_eq!(import(&folders, &file, None).unwrap().name, "mine-3");
    assert_eq!(models::open(&folders, "mine-2").unwrap().summary().name, "mine-2");
    assert!(detail(&folders, "mine-2").unwrap().card.unwrap().starts_with("# Model card: mine-2\n"));
    for (name, code) in [("mine", "model_exists"), (DEFAULT, "model_exists"), ("a/b", "model_name")] {
        assert_eq!(import(&folders, &file, Some(name)).unwrap_err().code(), code);
    }
    assert_eq!(import(&folders, &file, Some("chosen")).unwrap().name, "chosen");
    assert_eq!(names(&folders), ["chosen", "default", "mine", "mine-2", "mine-3"]);
}

#[test]
fn the_model_that_ships_can_be_handed_on_but_neither_renamed_nor_removed() {
    let (keep, folders) = with(&[]);
    let file = keep.path().join("default.tar.gz");
    export(&folders, DEFAULT, &file).unwrap();
    assert_eq!(import(&folders, &file, None).unwrap().name, "default-2");
    for error in [remove(&folders, DEFAULT).unwrap_err(), rename(&folders, DEFAULT, "other").unwrap_err()] {
        assert_eq!(error.code(), "model_shipped");
    }
    let told = detail(&folders, DEFAULT).unwrap();
    assert!(told.entry.built_in && told.entry.bytes > 1_000_000);
    assert!(told.reliability.iter().all(|table| !table.bins.is_empty()) && !told.reliability.is_empty());
    assert!(told.profile.unwrap().curve.len() > 3);
}

#[test]
fn what_cannot_be_taken_in_leaves_nothing_behind() {
    let (keep, folders) = with(&["mine"]);
    let file = keep.path().join("x.tar.gz");
    export(&folders, "mine", &file).unwrap();
    let whole = fs::read(&file).unwrap();
    fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(import(&folders, &file, None).unwrap_err().code(), "model_file");
    assert_eq!(import(&folders, &keep.path().join("gone"), None).unwrap_err().code(), "not_found");
    let left: Vec<_> = fs::read_dir(&folders.models).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["mine"]);
}

#[test]
fn the_model_in_use_that_is_removed_gives_way_to_the_one_that_ships() {
    let (_keep, folders) = with(&["mine", "other"]);
    use_model(&folders, "mine");
    let removed = |name: &str| remove(&folders, name).unwrap();
    assert_eq!(removed("other"), Removed { name: "other".into(), was_in_use: false, uncovers: false });
    assert_eq!(in_use(&folders), "mine");
    assert_eq!(removed("mine"), Removed { name: "mine".into(), was_in_use: true, uncovers: false });
    assert_eq!((in_use(&folders).as_str(), names(&folders)), (DEFAULT, vec![DEFAULT.to_owned()]));
    assert_eq!(remove(&folders, "mine").unwrap_err().code(), "no_model");
}

#[test]
fn files_that_are_no_model_s_are_not_removed_with_it() {
    let (_keep, folders) = with(&["mine"]);
    let letter = folders.models.join("mine/letter.txt");
    fs::write(&letter, "dear").unwrap();
    assert_eq!(remove(&folders, "mine").unwrap_err().code(), "model_mixed");
    assert_eq!(fs::read_to_string(letter).unwrap(), "dear");
}

#[test]
fn a_model_keeps_its_place_and_its_card_under_another_name() {
    let (_keep, folders) = with(&["mine", "other"]);
    let card = folders.models.join("mine").join(CARD);
    fs::write(&card, "# Model card: mine\n\nMeasured by hand.\n").unwrap();
    use_model(&folders, "mine");
    for (name, code) in [("other", "model_exists"), (DEFAULT, "model_exists"), ("..", "model_name")] {
        assert_eq!(rename(&folders, "mine", name).unwrap_err().code(), code);
    }
    rename(&folders, "mine", "mine").unwrap();
    rename(&folders, "mine", "cloud-7").unwrap();
    assert_eq!((in_use(&folders).as_str(), names(&folders)), ("cloud-7", vec!["cloud-7".into(), DEFAULT.into(), "other".into()]));
    let told = detail(&folders, "cloud-7").unwrap();
    assert_eq!(told.card.as_deref(), Some("# Model card: cloud-7\n\nMeasured by hand.\n"));
    assert_eq!(models::open(&folders, "cloud-7").unwrap().summary().name, "cloud-7");
}

#[test]
fn a_model_that_cannot_be_read_is_told_and_cannot_be_chosen() {
    let (_keep, folders) = with(&[]);
    fs::create_dir_all(folders.models.join("broken")).unwrap();
    fs::write(folders.models.join("broken").join(WEIGHTS), "x").unwrap();
    let told = detail(&folders, "broken").unwrap();
    assert!(told.profile.is_none() && told.entry.problem.is_some());
    assert_eq!(make_default(&folders, "broken").unwrap_err().code(), "model");
    assert_eq!(export(&folders, "broken", &folders.data.join("x")).unwrap_err().code(), "model");
    assert_eq!(make_default(&folders, "gone").unwrap_err().code(), "no_model");
    remove(&folders, "broken").unwrap();
}

#[test]
fn models_of_the_same_templates_are_not_apart() {
    let (_keep, folders) = with(&["mine"]);
    let apart = compare(&folders, "mine", DEFAULT).unwrap();
    assert_eq!((apart.first.count, apart.second.count), (0, 0));
    assert_eq!(compare(&folders, "mine", "gone").unwrap_err().code(), "not_found");
}
