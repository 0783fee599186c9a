//! How well messages are grouped into templates, on simulated logs in which it is known what wrote each record.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up shall fail")]
#![expect(clippy::print_stdout, reason = "shows what was grouped wrongly")]

use std::{collections::HashMap, fmt::Write, fs, path::Path};

use engine::{
    Config as Parameters, Error, Folder, Known, Logs, Reading, Report, Request, Silent, Without, analyze, load,
    template::{
        Template,
        accuracy::{Accuracy, compare, wrong},
        edits::{Edit, Edits},
    },
};
use simulate::{Config, Fault, Generation, Size};
use tempfile::TempDir;

/// Logs with every fault, and what wrote each of their records.
struct Labelled {
    logs: Logs,
    /// The names of the true groups.
    names: Vec<String>,
    /// The events that have a label.
    events: Vec<usize>,
    /// The true group of each of them.
    truth: Vec<u32>,
}

impl Labelled {
    fn of(generation: Generation, lines: u64) -> Self {
        let folder = TempDir::new().unwrap();
        let labels = folder.path().join("labels.csv");
        let config = Config {
            seed: 11,
            size: Size::Lines(lines),
            generation,
            faults: Fault::all().to_vec(),
            debug: true,
            labels: Some(labels.clone()),
            ..Config::default()
        };
        simulate::write(&config, folder.path(), &mut |_| true).unwrap();
        let logs = load(&Folder::new(folder.path().join("logs")), &Reading::default(), &[], &Silent).unwrap();
        let labels = read(&labels);
        let mut ids: HashMap<String, u32> = HashMap::new();
        let mut labelled = Self { logs, names: Vec::new(), events: Vec::new(), truth: Vec::new() };
        for event in 0..labelled.logs.read.events.len() {
            let events = &labelled.logs.read.events;
            let file = &labelled.logs.read.files[events.file(event) as usize].path;
            let Some(label) = labels.get(&(file.clone(), events.line[event])) else { continue };
            let id = *ids.entry(label.clone()).or_insert_with(|| {
                labelled.names.push(label.clone());
                labelled.names.len() as u32 - 1
            });
            labelled.events.push(event);
            labelled.truth.push(id);
        }
        assert_eq!(labelled.events.len(), labels.len(), "{}: each record is an event", generation.name());
        labelled
    }

    /// The template of each labelled event.
    fn found(&self) -> Vec<u32> {
        self.events.iter().map(|event| self.logs.of[*event]).collect()
    }

    /// Prints what was grouped wrongly, and gives the figures.
    fn judge(&self, what: &str) -> Accuracy {
        let found = self.found();
        let accuracy = compare(&self.truth, &found);
        let mut text = format!("{what}: GA {:.4}, FGA {:.4}, {accuracy:?}\n", accuracy.ga(), accuracy.fga());
        for group in wrong(&self.truth, &found) {
            _ = writeln!(text, "  {}", self.names[group.truth as usize]);
            for (template, messages) in group.found.iter().take(8) {
                let template = &self.logs.templates.list[*template as usize];
                _ = writeln!(text, "    {messages:6} {}: {:.160}", template.origin, template.text);
            }
        }
        println!("{text}");
        accuracy
    }
}

/// The labels by file and line.
fn read(path: &Path) -> HashMap<(String, u32), String> {
    let text = fs::read_to_string(path).unwrap();
    let row = |row: &str| {
        let (file, rest) = row.split_once(',').unwrap();
        let (line, template) = rest.split_once(',').unwrap();
        ((file.to_owned(), line.parse().unwrap()), template.to_owned())
    };
    text.lines().skip(1).map(row).collect()
}

#[test]
fn templates_are_those_of_the_programs_in_every_release() {
    for generation in Generation::ALL {
        let labelled = Labelled::of(generation, 120_000);
        let accuracy = labelled.judge(generation.name());
        assert!(accuracy.truth >= 300, "{}: only {} templates", generation.name(), accuracy.truth);
        assert!(accuracy.fga() > 0.95, "{}: FGA {}", generation.name(), accuracy.fga());
        assert!(accuracy.ga() > 0.95, "{}: GA {}", generation.name(), accuracy.ga());
    }
}

/// A report on the logs of a disk that is full.
fn report(logs: &Path, edits: Vec<Edit>) -> Report {
    let (reading, config, missing) = (&Reading::default(), &Parameters::default(), Error::NotFound("model".into()));
    let logs = &Folder::new(logs);
    let (model, known) = (Err(&missing), Known::built_in());
    let request =
        Request { logs, reading, issue: None, model, known, config, edits: &Edits { list: edits }, without: Without::default() };
    analyze(&request, &Silent).unwrap().report
}

#[test]
fn a_muted_template_is_no_evidence_and_is_counted() {
    let folder = TempDir::new().unwrap();
    let config =
        Config { size: Size::Lines(9_000), faults: Fault::from_name("disk_full").into_iter().collect(), ..Config::default() };
    simulate::write(&config, folder.path(), &mut |_| true).unwrap();
    let logs = folder.path().join("logs");
    let before = report(&logs, Vec::new());
    let first = &before.evidence[0];
    let template = Template { origin: first.logger.clone().unwrap(), text: first.template.clone() };
    let after = report(&logs, vec![Edit::Mute { template, muted: true }]);
    let cited = |report: &Report| report.evidence.iter().any(|e| e.logger == first.logger && e.template == first.template);
    assert!(cited(&before) && !cited(&after));
    assert!(!after.evidence.is_empty());
    assert_eq!(after.funnel.events, before.funnel.events);
}
