//! The user's own tables beside those that ship with the program.

use super::{Known, ids};
use crate::diagnose::known::{Loaded, Problem};

const OWN: &str = r#"
[[signature]]
id = "array-controller-lost"
title = "The storage array lost a controller"
kind = "cause"
category = "storage"
subsystem = "cinder"
any = ["acme array: controller lost"]
confidence = 0.9
explanation = "One of the two controllers is gone."
confirm = ["acme-cli controller show"]
remedy = ["Call the vendor."]
reference = "our wiki"
positive = "acme array: controller lost, failing over"
negative = "acme array: controller found"
"#;

fn load(texts: &[(&str, &str)]) -> Loaded {
    Known::with_own(texts)
}

/// The only problem that there is with a file, and that all else counts.
fn problem(text: &str) -> Problem {
    let mut loaded = load(&[("bad.toml", text), ("good.toml", OWN)]);
    assert_eq!(ids(&loaded.known, "acme array: controller lost"), ["array-controller-lost"]);
    assert_eq!(loaded.known.signatures().len(), Known::built_in().signatures().len() + 1);
    assert_eq!(loaded.problems.len(), 1, "{:?}", loaded.problems);
    loaded.problems.remove(0)
}

/// Another signature, with something else in it.
fn other(good: &str, bad: &str) -> String {
    let text = OWN.replace("array-controller-lost", "fan-broken").replace("acme array: controller", "acme fan: blade");
    assert!(text.contains(good));
    text.replace(good, bad)
}

#[test]
fn an_own_signature_counts_beside_the_shipped_ones() {
    let loaded = load(&[("own.toml", OWN)]);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let known = &loaded.known;
    assert_eq!(ids(known, "acme array: controller lost"), ["array-controller-lost"]);
    assert_eq!(ids(known, "(1040, 'Too many connections')"), ["db-too-many-connections"]);
    let file = |name: &str| known.named(name).and_then(|id| known.signature(id)).and_then(|s| s.file.clone());
    assert_eq!((file("array-controller-lost").as_deref(), file("db-too-many-connections")), (Some("own.toml"), None));
    assert!(known.subsystem_of("nova-compute").is_some());
    assert_ne!(known.fingerprint(), Known::built_in().fingerprint());
}

#[test]
fn without_own_files_the_shipped_tables_are_as_they_are() {
    let loaded = load(&[("example.toml", "# nothing yet\n")]);
    assert!(loaded.problems.is_empty());
    assert_eq!(loaded.known.fingerprint(), Known::built_in().fingerprint());
}

#[test]
fn an_own_signature_takes_the_place_of_a_shipped_one_with_its_id() {
    let text = OWN.replace("array-controller-lost", "db-too-many-connections");
    let loaded = load(&[("own.toml", &text)]);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    assert_eq!(loaded.known.signatures().len(), Known::built_in().signatures().len());
    assert_eq!(ids(&loaded.known, "acme array: controller lost"), ["db-too-many-connections"]);
    assert!(ids(&loaded.known, "(1040, 'Too many connections')").is_empty());
}

#[test]
fn a_file_that_is_no_toml_is_named_with_the_line() {
    let found = problem("[[signature]]\nid = \n");
    assert_eq!((found.file.as_str(), found.signature), ("bad.toml", None));
    assert!(found.reason.contains("line 2") && found.remedy.contains("[[signature]]"), "{}", found.reason);
}

#[test]
fn what_own_files_may_not_hold_is_named() {
    let found = problem("[[category]]\nid = \"storage\"\n");
    assert!(found.reason.contains("unknown field `category`"), "{}", found.reason);
}

#[test]
fn an_entry_that_breaks_a_rule_is_named_with_a_remedy() {
    for (good, bad, words) in [
        ("title = \"The storage array lost a controller\"\n", "", "missing field `title`"),
        ("confidence = 0.9", "confidence = 0.9\npattern = '('", "no regular expression"),
        ("confidence = 0.9", "confidence = 0.9\nusual_causes = ['nothing']", "usual_causes names nothing"),
        ("acme-cli controller show", "acme-cli fan reset", "\"reset\" in \"acme-cli fan reset\""),
        ("positive = \"acme fan: blade lost", "positive = \"acme fan: blade gone", "positive example does not match it"),
        ("negative = \"acme fan: blade found", "negative = \"acme fan: blade lost", "negative example matches it"),
        (
            "positive = \"acme fan: blade lost",
            "positive = \"acme fan: blade lost, (1040, 'Too many connections')",
            "positive example matches",
        ),
    ] {
        let bad = if words == "positive example matches" {
            other(good, bad).replace("kind = \"cause\"", "kind = \"symptom\"\nlook_upstream = \"The database.\"")
        } else {
            other(good, bad)
        };
        let found = problem(&bad);
        assert_eq!((found.file.as_str(), found.signature.as_deref()), ("bad.toml", Some("fan-broken")), "{words}");
        assert!(found.reason.contains(words) && !found.remedy.is_empty(), "{words}: {}", found.reason);
    }
}

#[test]
fn the_other_entries_of_a_file_count() {
    let text = format!("{}{OWN}", other("confidence = 0.9", "confidence = 9.0"));
    let loaded = load(&[("own.toml", &text)]);
    assert_eq!(loaded.problems.len(), 1);
    assert_eq!(loaded.problems[0].to_string(), "own.toml: signature fan-broken: confidence is 9, and must be between 0 and 1");
    assert_eq!(ids(&loaded.known, "acme array: controller lost"), ["array-controller-lost"]);
}

#[test]
fn an_id_is_used_once_in_all_own_files() {
    let loaded = load(&[("a.toml", OWN), ("b.toml", OWN)]);
    assert_eq!(loaded.problems.len(), 1);
    assert!(loaded.problems[0].to_string().starts_with("b.toml: signature array-controller-lost: "), "{:?}", loaded.problems);
    assert!(loaded.problems[0].reason.contains("a.toml"));
}

#[test]
fn one_that_leans_on_one_that_is_left_out_is_left_out_too() {
    let broken = other("negative = \"acme fan: blade found", "negative = \"acme fan: blade lost");
    let leaning = OWN.replace("confidence = 0.9", "confidence = 0.9\nusual_causes = [\"fan-broken\"]");
    let loaded = load(&[("own.toml", &format!("{broken}{leaning}"))]);
    let ids: Vec<_> = loaded.problems.iter().filter_map(|p| p.signature.as_deref()).collect();
    assert_eq!(ids, ["array-controller-lost", "fan-broken"]);
    assert_eq!(loaded.known.signatures().len(), Known::built_in().signatures().len());
}
