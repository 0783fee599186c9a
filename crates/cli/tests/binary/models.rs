//! Models that are handed on, renamed, chosen and removed.

use std::fs;

use crate::run::Home;

#[test]
fn a_model_is_handed_on_chosen_renamed_and_removed() {
    let home = Home::new();
    let models = |args: &[&str]| home.run(&[&["models"], args].concat());
    let (file, folder) = (home.path("handed.tar.gz"), home.path("."));
    let (file, folder) = (file.to_str().unwrap(), folder.to_str().unwrap());
    assert!(models(&["export", "default", "--output", file]).succeeds().out.contains(file));
    let imported = models(&["import", file]).succeeds().out;
    assert!(imported.contains("named default-2, and not default"), "{imported}");
    assert!(models(&["import", file, "--name", "mine"]).succeeds().out.contains("named mine, and not default"));
    models(&["default", "mine"]).succeeds();
    models(&["rename", "mine", "cloud-7"]).succeeds();
    assert!(models(&[]).succeeds().out.contains("* cloud-7 "), "the one in use stays so under its new name");
    let list: serde_json::Value = serde_json::from_str(&models(&["list", "--format", "json"]).succeeds().out).unwrap();
    let names: Vec<_> = list.as_array().unwrap().iter().map(|entry| entry["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["cloud-7", "default", "default-2"]);
    let removed = models(&["remove", "cloud-7"]).succeeds().out;
    assert!(removed.contains("is removed. It was in use: analyses use the model default"), "{removed}");
    assert!(models(&["list"]).succeeds().out.contains("* default "));
    models(&["import", folder]).fails(1, &["cannot be taken in as a model", "neither a model.json"]);
}

#[test]
fn what_is_wrong_with_a_model_is_one_sentence() {
    let home = Home::new();
    let models = |args: &[&str]| home.run(&[&["models"], args].concat());
    let letter = home.write("letter.tar.gz", "dear");
    models(&["import", letter.to_str().unwrap()]).fails(1, &["letter.tar.gz cannot be taken in", "copy the whole file"]);
    models(&["remove", "default"]).fails(1, &["part of the program", "train or import"]);
    models(&["rename", "gone", "other"]).fails(1, &["no model named \"gone\""]);
    models(&["show", "gone"]).fails(1, &["no model named \"gone\""]);
    models(&["default", "gone"]).fails(1, &["no model named \"gone\""]);
}

#[test]
fn a_model_is_shown_with_its_card() {
    let home = Home::new();
    let text = home.run(&["models", "show", "default"]).succeeds().out;
    assert!(text.starts_with("default\npart of the program, ") && text.contains("# Model card: default"), "{text}");
    let json = home.run(&["models", "show", "default", "--format", "json"]).succeeds().out;
    let shown: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(shown["entry"]["builtIn"], true);
    assert_eq!(shown["profile"]["surprise"].as_array().unwrap().len(), 101);
    assert!(shown["reliability"][0]["bins"].as_array().is_some_and(|bins| !bins.is_empty()));
    assert!(fs::read_dir(home.path("")).unwrap().next().is_none(), "looking writes nothing");
}
