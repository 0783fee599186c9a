use std::fs;

use engine::{
    Reading, Silent,
    template::{Template, edits::Edit},
};

use super::*;
use crate::job::Jobs;

const LINES: &str = "\
2025-01-01 10:00:00.000 7 INFO nova.compute.manager [-] Heartbeat sent\n\
2025-01-01 10:00:01.000 7 INFO nova.compute.manager [-] Heartbeat sent\n\
2025-01-01 10:00:02.000 7 ERROR nova.compute.manager [-] Disk is full\n";

/// Logs that are open, in a folder of their own.
fn opened() -> (tempfile::TempDir, Explored) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("nova-compute.log"), LINES).expect("a file");
    let logs = engine::load(&Folder::new(folder.path()), &Reading::default(), &[], &Silent).expect("logs");
    let explored = Explored::default();
    explored.set(folder.path(), Arc::new(logs));
    (folder, explored)
}

/// The templates, each with its name and whether it is muted; and of the first event whether it is, and its facet.
fn seen(explored: &Explored) -> (Vec<(String, bool)>, bool, bool) {
    let job = Jobs::default().start("search".into(), |_| ());
    explored.search("view", "", &job, |_| ()).expect("a search");
    let kinds = explored.templates().expect("templates").into_iter();
    let first = explored.rows("view", 0, 1).expect("rows").remove(0);
    let facets = explored.facets("view").expect("facets");
    let facet = facets.iter().find(|f| f.field == "template").expect("a facet");
    let named = kinds.map(|k| (k.name.unwrap_or(k.template.text), k.muted)).collect();
    (named, first.muted, facet.values[0].muted && facet.values[0].label == "Pulse")
}

#[test]
fn edits_of_templates_are_seen_at_once_and_taken_back() {
    let (_folder, explored) = opened();
    let plain = vec![("Heartbeat sent".to_owned(), false), ("Disk is full".to_owned(), false)];
    assert_eq!(seen(&explored), (plain.clone(), false, false));
    let template = Template { origin: "nova.compute.manager".into(), text: "Heartbeat sent".into() };
    let name = Edit::Name { template: template.clone(), name: "Pulse".into() };
    explored.edit(&Edits { list: vec![name, Edit::Mute { template, muted: true }] });
    assert_eq!(seen(&explored), (vec![("Pulse".to_owned(), true), plain[1].clone()], true, true));
    let row = explored.rows("view", 0, 1).expect("rows").remove(0);
    assert_eq!(explored.detail(row.event).expect("an event").template_name.as_deref(), Some("Pulse"));
    explored.edit(&Edits::default());
    assert_eq!(seen(&explored), (plain, false, false));
}

#[test]
fn a_file_is_shown_as_it_was_read_and_as_it_is_now() {
    let (folder, explored) = opened();
    fs::write(folder.path().join("nova-compute.log"), LINES.to_owned() + "more\n").expect("a file");
    assert_eq!(explored.around("nova-compute.log", 1, 0, 9).expect("lines").total, 3);
    let now = explored.around_now("nova-compute.log", 4, 0, 0).expect("lines");
    assert_eq!((now.total, now.lines[0].text.as_str()), (4, "more"));
}

#[test]
fn logs_that_were_let_go_are_not_touched_any_more() {
    let (folder, explored) = opened();
    explored.close();
    assert_eq!(explored.path(), folder.path());
    assert_eq!(explored.facets("view").expect_err("no logs are open").code, "no_logs_open");
    assert!(explored.around_now("nova-compute.log", 1, 0, 0).is_ok());
}
