//! Simulated logs in every layout: what is read from each is what is read from the plainest.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up shall fail")]

use std::collections::BTreeMap;

use engine::{
    Folder, Reading, Silent,
    ingest::{self, Ingested},
};
use simulate::{Chronic, Config, Fault, Generation, Layout, Size};
use tempfile::TempDir;

/// What a record tells.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    logger: String,
    /// Time of day, in milliseconds; some layouts have no year.
    time: i64,
    service: String,
    host: String,
    level: Option<&'static str>,
    request: String,
    caller: String,
    instance: String,
    /// Without the instance in front.
    message: String,
    traceback: Vec<String>,
}

fn read(layout: Layout, generation: Generation) -> Ingested {
    let folder = TempDir::new().unwrap();
    let faults = ["instance_stuck_deleting", "ovn_southbound_down"].map(|name| Fault::from_name(name).unwrap()).to_vec();
    let (size, chronic) = (Size::Seconds(7_000), Chronic::Varied);
    let config =
        Config { seed: 3, size, chronic, faults, computes: 2, operations_per_hour: 500, layout, generation, ..Config::default() };
    simulate::write(&config, folder.path(), &mut |_| true).unwrap();
    ingest::read(&Folder::new(folder.path().join("logs")), &Reading::default(), &Silent).unwrap()
}

fn told(read: &Ingested, event: usize) -> Told {
    const DAY: i64 = 86_400_000;
    let (events, text) = (&read.events, |symbol| read.symbols.text(symbol).to_owned());
    let whole = read.message(event);
    let (message, trace) = whole.split_once("Traceback (most").map_or((whole.as_str(), ""), |parts| parts);
    let message = message.trim_start_matches("[instance: ");
    let message = if whole.starts_with("[instance: ") { message.split_once("] ").map_or("", |parts| parts.1) } else { message };
    Told {
        logger: text(events.logger(event)),
        time: (read.logged(event) / 1_000).rem_euclid(DAY),
        service: text(events.service(event)),
        host: text(events.host(event)),
        level: events.level[event].name(),
        request: text(events.request[event]),
        caller: text(events.caller(events.request[event])),
        instance: text(events.instance[event]),
        message: message.split('\n').next().unwrap_or_default().trim_end().to_owned(),
        traceback: trace.lines().skip(1).map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect(),
    }
}

/// The records of services with oslo.log, and those of all others.
fn parted(read: &Ingested) -> (Vec<Told>, Vec<Told>) {
    let all = (0..read.events.len()).map(|event| told(read, event));
    let (mut with, mut others): (Vec<_>, Vec<_>) = all.partition(|told| told.logger.contains('.') || told.logger == "os_vif");
    with.sort();
    others.sort();
    (with, others)
}

/// What a layout leaves out of a record, left out of the plainest as well.
fn left_out(layout: Layout, mut told: Told) -> Told {
    // In JSON the summary of the exception is a field of its own.
    if let (Layout::Json, Some(last)) = (layout, told.traceback.last()) {
        let end = format!(": {last}");
        told.message = told.message.strip_suffix(&end).unwrap_or(&told.message).to_owned();
    }
    told
}

#[test]
fn services_tell_the_same_in_every_layout() {
    for generation in Generation::ALL {
        let (plain, _) = parted(&read(Layout::HostFolders, generation));
        assert!(plain.len() > 6_000, "{} records", plain.len());
        assert!(plain.iter().filter(|told| !told.traceback.is_empty()).count() > 20);
        assert!(plain.iter().filter(|told| !told.request.is_empty() && !told.instance.is_empty()).count() > 300);
        for layout in Layout::ALL.into_iter().filter(|layout| *layout != Layout::Merged) {
            let (found, _) = parted(&read(layout, generation));
            let name = format!("{}, {}", layout.name(), generation.name());
            for (found, plain) in found.iter().zip(&plain) {
                assert_eq!(found, &left_out(layout, plain.clone()), "{name}");
            }
            assert_eq!(found.len(), plain.len(), "{name}");
        }
    }
}

#[test]
fn programs_below_have_their_place_in_every_layout() {
    let places = |read: &Ingested| {
        let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
        for told in parted(read).1 {
            *counts.entry((told.service, told.host)).or_default() += 1;
        }
        counts
    };
    let plain = places(&read(Layout::HostFolders, Generation::Modern));
    assert!(plain.len() > 20, "{plain:?}");
    for layout in Layout::ALL.into_iter().filter(|layout| *layout != Layout::Merged) {
        let mut found = places(&read(layout, Generation::Modern));
        // Where a log daemon collects it, the log of Keystone's web server is the web server's.
        if let Some(count) = found.remove(&("apache2".to_owned(), "controller".to_owned())) {
            found.insert(("keystone".to_owned(), "controller".to_owned()), count);
        }
        assert_eq!(found, plain, "{}", layout.name());
    }
}
