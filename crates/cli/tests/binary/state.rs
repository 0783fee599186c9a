//! Folders, settings and models as the program finds them.

use std::fs;

use crate::run::{Home, finish, names};

const CONFIG: &str = ".config/openstack-rca/settings.toml";
const DATA: &str = ".local/share/openstack-rca";

#[test]
fn setup_makes_everything_and_keeps_the_users_settings() {
    let home = Home::new();
    let run = home.run(&["setup"]).succeeds();
    assert!(run.out.contains(CONFIG) && run.out.contains("sample incidents"), "{run:?}");
    let text = fs::read_to_string(home.path(CONFIG)).unwrap();
    assert!(text.contains("# Hidden units. 1 to 1024, default 64.\nunits = 64\n"), "{text}");
    assert!(names(&home.path(DATA).join("samples")).len() >= 2);
    home.write(CONFIG, "[lstm]\nunits = 32\n");
    home.run(&["setup"]).succeeds();
    assert_eq!(fs::read_to_string(home.path(CONFIG)).unwrap(), "[lstm]\nunits = 32\n");
}

#[cfg(target_os = "linux")]
#[test]
fn the_environment_overrides_where_files_are() {
    let home = Home::new();
    let (data, models) = (home.path("d"), home.path("m"));
    finish(home.command().arg("setup").env("DATA_DIR", &data).env("MODELS_DIR", &models)).succeeds();
    assert!(data.join("samples").is_dir() && models.is_dir());
    assert!(!home.path(DATA).exists());
    finish(home.command().arg("models").env_remove("HOME")).fails(1, &["no home folder", "DATA_DIR"]);
    let run = finish(home.command().arg("models").env_remove("HOME").env("DATA_DIR", &data)).succeeds();
    assert!(run.status == Some(0));
}

#[test]
fn a_settings_file_with_a_mistake_names_the_line_and_is_left_alone() {
    let home = Home::new();
    let wrong = "[lstm]\nunit = 3\n";
    home.write(CONFIG, wrong);
    let logs = home.path("logs");
    for args in [&["models"][..], &["analyze", "--logs", logs.to_str().unwrap()]] {
        home.run(args).fails(1, &["settings.toml:2", "unknown field `unit`", "correct the file"]);
    }
    let doctor = home.run(&["doctor"]);
    assert_eq!(doctor.status, Some(1), "{doctor:?}");
    assert!(doctor.out.contains("broken settings") && doctor.out.contains("settings.toml:2"), "{}", doctor.out);
    assert_eq!(fs::read_to_string(home.path(CONFIG)).unwrap(), wrong);
}

#[test]
fn doctor_changes_nothing_and_never_shows_the_key() {
    let home = Home::new();
    let run = finish(home.command().arg("doctor").env("ANTHROPIC_API_KEY", "sk-secret")).succeeds();
    assert!(run.out.contains("ANTHROPIC_API_KEY is set"), "{}", run.out);
    assert!(!run.out.contains("secret") && !run.err.contains("secret"));
    assert!(home.run(&["doctor"]).succeeds().out.contains("ANTHROPIC_API_KEY is not set"));
    assert!(names(&home.path("")).is_empty());
}

#[test]
fn doctor_tells_a_folder_that_cannot_be_one() {
    let home = Home::new();
    let file = home.write("file", "");
    let run = finish(home.command().arg("doctor").env("DATA_DIR", file.join("below")));
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.out.contains("broken data folder") && run.out.contains("DATA_DIR"), "{}", run.out);
    assert!(run.err.ends_with("follow the remedies above\n"), "{}", run.err);
}

#[test]
fn a_foreign_model_is_listed_with_its_problem() {
    let home = Home::new();
    home.write(&format!("{DATA}/models/foreign/weights.bin"), "not a model");
    let run = home.run(&["models"]).succeeds();
    assert!(run.out.contains("foreign") && run.out.contains("not a model that this version reads"), "{}", run.out);
}

#[test]
fn training_refuses_early_what_cannot_end_well() {
    let home = Home::new();
    let logs = home.path("logs");
    let mine = home.write("mine/letter.txt", "dear");
    let out = mine.parent().unwrap();
    let train = |out: &str, more: &[&str]| {
        let logs = logs.to_str().unwrap();
        home.run(&[&["train", "--logs", logs, "--out", out], more].concat())
    };
    let out = out.to_str().unwrap();
    train(out, &[]).fails(1, &[out, "holds more than a model"]);
    assert_eq!(fs::read_to_string(&mine).unwrap(), "dear");
    let new = home.path("new");
    let new = new.to_str().unwrap();
    train(new, &["--units", "0"]).fails(1, &["lstm.units is 0", "between 1 and 1024", "--units"]);
    train(new, &["--name", "a/b"]).fails(1, &["\"a/b\" cannot be a model's name"]);
    train(new, &[]).fails(1, &["logs does not exist", "check the path"]);
    assert!(!home.path("new").exists());
}
