//! Tables that are wrong are refused with a sentence that names the file and the entry.

use super::Known;

const GOOD: &str = r#"
[[signature]]
id = "disk-gone"
title = "A disk is gone"
kind = "cause"
category = "storage"
subsystem = "host"
any = ["disk gone"]
confidence = 0.5
explanation = "It is gone."
confirm = ["lsblk"]
remedy = ["Bring it back."]
reference = "none"
positive = "disk gone"
negative = "disk there"
"#;

fn refusal(text: &str) -> String {
    Known::parse(&[("own.toml", text)]).map(|_| ()).unwrap_err()
}

#[test]
fn a_good_entry_is_read() {
    let known = Known::parse(&[("own.toml", GOOD)]).unwrap();
    assert_eq!(known.matches("the disk gone for good").len(), 1);
    assert!(known.matches("the disk is there").is_empty());
}

#[test]
fn text_that_is_no_toml_names_the_file_and_the_line() {
    let reason = refusal("[[signature]]\nid = \n");
    assert!(reason.starts_with("own.toml: ") && reason.contains("line 2"), "{reason}");
}

#[test]
fn a_missing_field_names_the_entry_and_the_field() {
    let reason = refusal(&GOOD.replace("title = \"A disk is gone\"\n", ""));
    assert_eq!(reason, "own.toml: signature disk-gone: missing field `title`");
}

#[test]
fn an_unknown_field_is_refused() {
    let reason = refusal(&format!("{GOOD}colour = \"red\"\n"));
    assert!(reason.starts_with("own.toml: signature disk-gone: unknown field `colour`"), "{reason}");
}

#[test]
fn an_entry_without_an_id_is_named_by_its_place() {
    let reason = refusal(&GOOD.replace("id = \"disk-gone\"\n", ""));
    assert!(reason.starts_with("own.toml: signature number 1: "), "{reason}");
}

#[test]
fn an_unknown_category_is_refused() {
    let reason = refusal(&GOOD.replace("\"storage\"", "\"weather\""));
    assert!(reason.starts_with("own.toml: signature disk-gone: ") && reason.contains("weather"), "{reason}");
}

#[test]
fn values_out_of_range_are_refused() {
    for (good, bad, words) in [
        ("confidence = 0.5", "confidence = 1.5", "between 0 and 1"),
        ("any = [\"disk gone\"]", "any = []", "any must hold a literal"),
        ("any = [\"disk gone\"]", "any = [\"disk\"]", "shorter than"),
        ("id = \"disk-gone\"", "id = \"Disk Gone\"", "kebab case"),
        ("kind = \"cause\"", "kind = \"symptom\"", "look_upstream"),
        ("confidence = 0.5", "confidence = 0.5\nrate = { count = 1, minutes = 5 }", "rate.count is 1"),
        ("confidence = 0.5", "confidence = 0.5\nrate = { count = 9, minutes = 0 }", "rate.minutes is 0"),
        ("confidence = 0.5", "confidence = 0.5\nwith = { any = [], minutes = 5 }", "with.any must name"),
        ("confidence = 0.5", "confidence = 0.5\nwith = { any = [\"nothing\"], minutes = 5 }", "with.any names nothing"),
        ("confidence = 0.5", "confidence = 0.5\nwith = { any = [\"disk-gone\"], minutes = 5 }", "with.any names disk-gone"),
        (
            "confidence = 0.5",
            "confidence = 0.5\nwith = { any = [\"x\"], minutes = 5, confidence = 0.4 }",
            "with.confidence is 0.4",
        ),
        ("confidence = 0.5", "confidence = 0.5\nreleases = \"Trainwreck\"", "is no release"),
        ("confidence = 0.5", "confidence = 0.5\npattern = \"(\"", "its pattern"),
        ("confidence = 0.5", "confidence = 0.5\nusual_causes = [\"nothing\"]", "usual_causes names nothing"),
        ("confirm = [\"lsblk\"]", "confirm = []", "must not be empty"),
        ("confirm = [\"lsblk\"]", "confirm = [\"rm -rf /dev/sdb\"]", "\"rm\" in \"rm -rf /dev/sdb\""),
    ] {
        let reason = refusal(&GOOD.replace(good, bad));
        assert!(reason.contains("signature ") && reason.contains(words), "{bad}: {reason}");
    }
}

#[test]
fn an_id_is_used_once() {
    let twice = refusal(&format!("{GOOD}{GOOD}"));
    assert_eq!(twice, "own.toml: signature disk-gone: this id is used twice");
    let across = Known::parse(&[("one.toml", GOOD), ("two.toml", GOOD)]).map(|_| ()).unwrap_err();
    assert_eq!(across, "two.toml: signature disk-gone: this id is used twice");
}

#[test]
fn all_and_not_and_pattern_narrow_a_match() {
    let text = GOOD.replace(
        "any = [\"disk gone\"]",
        "any = [\"disk gone\"]\nall = [\"device \"]\nnot = [\"on purpose\"]\npattern = 'sd[a-z]'",
    );
    let known = Known::parse(&[("own.toml", &text)]).unwrap();
    assert_eq!(known.matches("device sdb: disk gone").len(), 1);
    assert!(known.matches("sdb: disk gone").is_empty());
    assert!(known.matches("device sdb: disk gone on purpose").is_empty());
    assert!(known.matches("device nvme0: disk gone").is_empty());
}
