//! The shipped tables keep their own promises.

use std::collections::BTreeSet;

use crate::report::CategoryId;

use super::{Kind, Known, Rate, Signature, commands, files};

mod broken;
mod components;
mod own;
mod words;

/// Typical records of healthy services, one per line.
const HEALTHY: &str = include_str!("healthy.txt");

fn ids(known: &Known, text: &str) -> Vec<String> {
    known.matches(text).into_iter().filter_map(|id| known.signature(id)).map(|s| s.id.clone()).collect()
}

fn failing(problem: impl Fn(&Known, &Signature) -> Option<String>) -> Vec<String> {
    let known = Known::built_in();
    known.signatures().iter().filter_map(|s| problem(known, s).map(|reason| format!("{}: {reason}", s.id))).collect()
}

#[test]
fn the_built_in_tables_parse() {
    assert_eq!(Known::parse(files::BUILT_IN).map(|known| known.signatures().len() >= 280), Ok(true));
    assert!(!Known::built_in().signatures().is_empty());
}

#[test]
fn every_positive_lists_its_own_signature_first() {
    let wrong = failing(|known, s| {
        let found = ids(known, &s.positive);
        (found.first() != Some(&s.id)).then(|| format!("{found:?}"))
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_negative_matches_its_signature() {
    let wrong = failing(|known, s| ids(known, &s.negative).contains(&s.id).then(|| s.negative.clone()));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_signature_fires_on_healthy_records() {
    let known = Known::built_in();
    assert!(HEALTHY.lines().count() >= 150);
    let wrong: Vec<String> = HEALTHY
        .lines()
        .flat_map(|line| known.matches(line).into_iter().map(move |id| (line, id)))
        .filter_map(|(line, id)| known.signature(id).map(|signature| (line, signature)))
        .filter(|(_, signature)| signature.rate.is_none())
        .map(|(line, signature)| format!("{} on {line}", signature.id))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn one_deadlock_that_is_retried_waits_for_more() {
    let known = Known::built_in();
    let line = HEALTHY.lines().find(|line| line.contains("Deadlock")).unwrap();
    let found = known.matches(line);
    let rates: Vec<_> = found.iter().filter_map(|id| known.signature(*id)).map(|s| (s.id.as_str(), s.rate)).collect();
    assert_eq!(rates, [("db-deadlock", Some(Rate { count: 20, minutes: 10 }))]);
}

#[test]
fn every_category_has_signatures_and_facts() {
    let known = Known::built_in();
    assert_eq!(known.facts.categories.len(), 16);
    for id in known.facts.categories.keys().copied() {
        let signatures = known.signatures().iter().filter(|s| s.category == id).count();
        assert!(signatures >= 3, "{id:?}: only {signatures} known failures");
        let facts = known.category(id).unwrap();
        assert!(facts.checks.len() >= 3 && facts.remedies.len() >= 2, "{id:?}");
    }
}

#[test]
fn commands_that_confirm_change_nothing() {
    let known = Known::built_in();
    let commands =
        known.signatures().iter().flat_map(|s| &s.confirm).chain(known.facts.categories.values().flat_map(|c| &c.checks));
    let wrong: Vec<&String> = commands.filter(|command| commands::changing(command).is_some()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn signatures_name_known_subsystems_and_services() {
    let known = Known::built_in();
    let subsystems: BTreeSet<&str> = known.components().iter().filter_map(|c| c.subsystem.as_deref()).collect();
    let wrong = failing(|_, s| {
        let named = s.usual_subsystems.iter().map(String::as_str).chain([s.subsystem.as_str()]);
        let strangers: Vec<&str> = named.filter(|name| !subsystems.contains(name)).collect();
        let services: Vec<&String> =
            s.services.iter().filter(|name| known.subsystem_of(name).is_none_or(|c| c.service.is_none())).collect();
        let culprit =
            s.culprit.as_ref().filter(|name| known.subsystem_of(name).is_none_or(|c| c.service.as_ref() != Some(*name)));
        let known = strangers.is_empty() && services.is_empty() && culprit.is_none();
        (!known).then(|| format!("{strangers:?} {services:?} {culprit:?}"))
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_cause_comes_before_the_symptom_that_quotes_it() {
    let text = "Live Migration failure: Cannot recv data: Host key verification failed.: libvirt.libvirtError";
    let known = Known::built_in();
    let kinds: Vec<Kind> = known.matches(text).into_iter().filter_map(|id| known.signature(id)).map(|s| s.kind).collect();
    assert_eq!(ids(known, text), ["migration-host-key", "live-migration-failed"]);
    assert_eq!(kinds, [Kind::Cause, Kind::Symptom]);
}

#[test]
fn a_cause_deep_in_a_long_traceback_is_found() {
    let frame = "  File \"/usr/lib/python3/dist-packages/nova/compute/manager.py\", line 2694, in _build_resources\n    yield resources\n";
    let text = format!(
        "Instance failed to spawn\nTraceback (most recent call last):\n{}OSError: [Errno 28] No space left on device\n",
        frame.repeat(2_000)
    );
    assert_eq!(ids(Known::built_in(), &text), ["disk-full", "instance-spawn-failed"]);
}

#[test]
fn names_find_their_signature() {
    let known = Known::built_in();
    let id = known.named("db-too-many-connections").unwrap();
    assert_eq!(known.signature(id).map(|s| s.category), Some(CategoryId::Database));
    assert_eq!(known.named("no-such-signature"), None);
}
