//! Drafts on the causes of a small report.

use super::*;
use crate::report::{
    fixture::report,
    marks::{Mark, Marks, Stance, cause_keys, evidence_key, marked},
};

fn draft(report: &Report, marks: &Marks, rank: Option<u32>, versions: &[&str]) -> Option<Draft> {
    let versions: Vec<String> = versions.iter().map(|version| (*version).to_owned()).collect();
    write(report, &marked(report, marks), rank, Facts { known: Known::built_in(), versions: &versions })
}

#[test]
fn a_draft_has_the_parts_that_trackers_ask_for() {
    let draft = draft(&report(), &Marks::default(), None, &["nova-compute 27.1.0"]).unwrap();
    assert_eq!((draft.project.as_str(), draft.tracker.as_deref()), ("nova", Some("Launchpad")));
    assert_eq!(draft.url.as_deref(), Some("https://bugs.launchpad.net/nova/+filebug"));
    let parts = [
        "**Check this draft before you publish it.**",
        "**Title:** No compute host has enough free memory",
        "## Summary\n\nNo compute host has enough free memory, in nova-scheduler on ctl-1.",
        "As users see it: instances do not start",
        "## What happened\n\nThe scheduler found **no host**.",
        "## Expected",
        "## Steps to reproduce",
        "went through nova-api, nova-conductor, nova-scheduler: never answered",
        "1. `2026-03-02T09:36:02.000` nova-api: `POST /v2.1/servers`",
        "## Environment\n\n- nova-compute 27.1.0",
        "## Logs",
        "2026-03-02T09:41:02.120 ERROR nova.scheduler.utils [req-5b7c7a0e-1f0a-4c0c-9d0e-3f6a2f1f9a11] Setting instance to ERROR",
        "nova.exception.NoValidHost: No valid host was found.\n````",
        "## Where in the code\n\n`nova/scheduler/manager.py:204` in `select_destinations`",
        "## Known failure",
    ];
    let mut from = 0;
    for part in parts {
        let found = draft.text[from..].find(part);
        from += found.unwrap_or_else(|| panic!("{part} is missing, or not where it belongs: {}", draft.text));
    }
    assert!(!draft.text.contains("[E"), "{}", draft.text);
}

#[test]
fn secrets_are_left_out_of_every_part() {
    let mut report = report();
    report.issue = Some("password=hunter2 does not work".into());
    let draft = draft(&report, &Marks::default(), Some(3), &[]).unwrap();
    for secret in ["s3cret", "hunter2"] {
        assert!(!draft.text.contains(secret), "{}", draft.text);
    }
    assert!(draft.removed == 2 && draft.text.contains("2 secrets were replaced"), "{}", draft.text);
    assert!(draft.text.contains("used_ram=63488MB") && draft.text.contains("The logs name no version"));
}

#[test]
fn the_first_cause_is_the_readers_and_notes_are_told() {
    let report = report();
    let mark = |key: &str, stance, note: &str| Mark { key: key.into(), stance, note: note.into() };
    let marks = Marks {
        causes: vec![mark(&cause_keys(&report)[0], Stance::Dismissed, "")],
        evidence: vec![mark(&evidence_key(&report.evidence[1]), Stance::Kept, "since the upgrade")],
        ..Marks::default()
    };
    let first = draft(&report, &marks, None, &[]).unwrap();
    assert!(first.title == "nova-conductor cannot schedule" && first.text.contains("since the upgrade"));
    assert_eq!(draft(&report, &marks, Some(1), &[]).unwrap().title, report.causes[0].title);
    assert!(draft(&report, &marks, Some(9), &[]).is_none());
}

#[test]
fn each_subsystem_has_one_tracker_and_others_none() {
    let all: Vec<&String> = TRACKERS.all.iter().flat_map(|tracker| &tracker.subsystems).collect();
    assert!(all.len() > 20 && TRACKERS.all.iter().all(|tracker| tracker.url.starts_with("https://")));
    let known: Vec<&str> = Known::built_in().components().iter().filter_map(|c| c.subsystem.as_deref()).collect();
    for name in &all {
        assert_eq!(all.iter().filter(|other| other == &name).count(), 1, "{name}");
        assert!(known.contains(&name.as_str()), "{name} is no subsystem");
    }
    let mut report = report();
    report.causes[0].subsystem = Some("pacemaker".into());
    let draft = draft(&report, &Marks::default(), None, &[]).unwrap();
    assert!(draft.url.is_none() && draft.text.contains("the distribution or vendor"), "{}", draft.text);
}

#[test]
fn versions_are_read_from_what_programs_say_when_they_start() {
    for (text, expected) in [
        ("Starting compute node (version 27.1.0)", Some("compute 27.1.0")),
        ("libvirt version: 8.0.0, package: 1ubuntu7", Some("libvirt 8.0.0")),
        ("Starting RabbitMQ 3.12.14 on Erlang 25", Some("RabbitMQ 3.12.14")),
        ("neutron-server version 22.0.2", Some("neutron-server 22.0.2")),
        ("Object version 1.2 of node", None),
        ("RPC version 6.1 required", None),
    ] {
        assert_eq!(version(text).as_deref(), expected, "{text}");
    }
}

#[test]
fn long_records_keep_their_beginning_and_their_end() {
    let lines: Vec<String> = (0..200).map(|n| format!("line {n}")).collect();
    let clipped = clipped(&lines.join("\n"));
    assert!(clipped.starts_with("line 0\n") && clipped.ends_with("line 199") && clipped.contains("[140 lines left out]"));
}
