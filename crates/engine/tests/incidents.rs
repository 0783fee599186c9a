//! Several incidents in one folder: told apart by time and by what they have to do with each other, each with its own report.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up shall fail")]

use std::{
    collections::BTreeSet,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use engine::{
    Analysis, Config, Error, Folder, Known, Model, Reading, Report, Request, Silent, Without, analyze, report::Verdict,
    template::edits::Edits,
};
use simulate::{Chronic, Fault, Size};
use tempfile::TempDir;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn analyzed(logs: &Path, model: Result<&Model, &Error>, issue: Option<&str>) -> Analysis {
    let (logs, reading, config) = (&Folder::new(logs), &Reading::default(), &Config::default());
    let (known, edits, without) = (Known::built_in(), &Edits::default(), Without::default());
    analyze(&Request { logs, reading, issue, model, known, config, edits, without }, &Silent).unwrap()
}

fn default_model() -> Model {
    Model::load(&root().join("models/default")).unwrap()
}

/// Logs of two hours, written below `out/logs`.
fn simulated(fault: Option<&str>, hours_later: u64, out: &Path) -> PathBuf {
    let faults = fault.map(|name| Fault::from_name(name).unwrap()).into_iter().collect();
    let start = 1_741_593_600 + hours_later * 3_600;
    // Another seed for each: the ids of one cloud do not come again hours later.
    let config =
        simulate::Config { seed: 7 + hours_later, size: Size::Seconds(7_200), start, faults, ..simulate::Config::default() };
    simulate::write(&config, out, &mut |_| true).unwrap();
    out.join("logs")
}

/// Appends each file of one folder to the file of its name in another.
fn append(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            append(&entry.path(), &to);
        } else {
            let before = fs::read(&to).unwrap_or_default();
            fs::write(&to, [before, fs::read(entry.path()).unwrap()].concat()).unwrap();
        }
    }
}

/// What each report says by itself: that it is one of the incidents, and rests on records of its own time alone.
fn check(analysis: &Analysis) {
    let report = &analysis.report;
    assert_eq!(report.incident, None);
    assert_eq!(analysis.incidents.len(), report.incidents.len());
    let mut shown = BTreeSet::new();
    for (own, one) in analysis.incidents.iter().zip(&report.incidents) {
        assert_eq!((own.incident, own.verdict), (Some(one.number), Verdict::Incident));
        assert_eq!(own.incidents, report.incidents);
        assert_eq!(own.causes[0].title, one.title);
        assert_eq!(own.patterns, report.patterns);
        for evidence in &own.evidence {
            assert!(shown.insert((evidence.file.clone(), evidence.line)), "{evidence:?} is shown by two incidents");
        }
    }
}

fn hour(report: &Report, place: usize) -> &str {
    &report.incidents[place].start.as_ref().unwrap()[11..13]
}

#[test]
fn two_faults_hours_apart_are_two_incidents() {
    let folder = TempDir::new().unwrap();
    let logs = folder.path().join("both");
    for (n, fault) in ["disk_full", "dhcp_unavailable"].into_iter().enumerate() {
        append(&simulated(Some(fault), n as u64 * 9, &folder.path().join(fault)), &logs);
    }
    let model = default_model();
    let analysis = analyzed(&logs, Ok(&model), None);
    let report = &analysis.report;
    assert_eq!(report.incidents.len(), 2, "{:#?}", report.incidents);
    check(&analysis);
    let (disk, dhcp) = if hour(report, 0) < "12" { (0, 1) } else { (1, 0) };
    assert_eq!(report.incidents[disk].category.id, engine::report::CategoryId::DiskSpace, "{:?}", report.incidents);
    assert_eq!(report.incidents[dhcp].subsystem.as_deref(), Some("neutron"), "{:?}", report.incidents);
    for (place, until) in [(disk, "2025-03-10T12"), (dhcp, "2025-03-10T23")] {
        let own = &analysis.incidents[place];
        let times: Vec<_> = own.timeline.iter().map(|moment| moment.timestamp.as_str()).collect();
        let from = if place == disk { "2025-03-10T08" } else { "2025-03-10T16" };
        assert!(!times.is_empty() && times.iter().all(|time| *time >= from && *time < until), "{times:?}");
        assert!(!own.narrative.text.contains("2 incidents"));
    }
    assert!(report.narrative.text.contains("2 incidents, worst first"), "{}", report.narrative.text);
}

#[test]
fn a_single_fault_is_one_incident() {
    let model = default_model();
    for fault in ["disk_full", "rabbitmq_unreachable", "libvirt_lost", "database_connections", "no_valid_host_memory"] {
        let folder = TempDir::new().unwrap();
        let analysis = analyzed(&simulated(Some(fault), 0, folder.path()), Ok(&model), None);
        assert_eq!(analysis.report.incidents.len(), 1, "{fault}: {:#?}", analysis.report.incidents);
        let (one, report) = (&analysis.report.incidents[0], &analysis.report);
        assert_eq!((&one.title, one.confidence), (&report.causes[0].title, report.causes[0].confidence), "{fault}");
        assert_eq!(Report { incident: None, ..analysis.incidents[0].clone() }, *report, "{fault}");
    }
}

#[test]
fn a_healthy_day_and_what_every_cloud_has_are_no_incident() {
    let model = default_model();
    let day = analyzed(&root().join("sample_logs/healthy_day/logs"), Ok(&model), None);
    let folder = TempDir::new().unwrap();
    let config = simulate::Config { seed: 11, size: Size::Seconds(6 * 3_600), ..simulate::Config::default() };
    assert!(config.chronic == Chronic::Usual);
    simulate::write(&config, folder.path(), &mut |_| true).unwrap();
    for analysis in [day, analyzed(&folder.path().join("logs"), Ok(&model), None)] {
        assert_eq!(analysis.report.verdict, Verdict::Clear);
        assert!(analysis.report.incidents.is_empty() && analysis.incidents.is_empty());
    }
}

/// Logs of a day written for the purpose, without a model: each process' normal work, and what fails.
#[derive(Default)]
struct Day {
    files: std::collections::BTreeMap<String, Vec<(u32, String)>>,
}

impl Day {
    /// A quiet day of processes that write every minute.
    fn new() -> Self {
        let mut day = Self::default();
        for (host, service) in [("store1", "cinder-volume"), ("net1", "neutron-l3-agent"), ("ctl1", "glance-api")] {
            for minute in 0..1_440 {
                day.write(minute * 60, host, service, "INFO", "[-] Periodic task done");
            }
        }
        day
    }

    fn write(&mut self, second: u32, host: &str, service: &str, level: &str, text: &str) {
        let (project, at) = (service.split('-').next().unwrap(), second);
        let mut line = String::new();
        let logger = format!("{project}.{}", service.split_once('-').unwrap().1.replace('-', "."));
        let (h, m, s) = (at / 3_600, at / 60 % 60, at % 60);
        _ = writeln!(line, "2025-03-10 {h:02}:{m:02}:{s:02}.100 7 {level} {logger} {text}");
        self.files.entry(format!("{host}/{project}/{service}.log")).or_default().push((at, line));
    }

    /// So many errors with a traceback, so many seconds apart.
    fn fails(&mut self, (from, every, count): (u32, u32, u32), (host, service): (&str, &str), exception: &str) {
        let project = service.split('-').next().unwrap();
        for n in 0..count {
            let at = from + n * every;
            self.write(at, host, service, "ERROR", &format!("[-] It failed: {exception}: broken"));
            self.write(at, host, service, "ERROR", "Traceback (most recent call last):");
            let file = format!("/usr/lib/python3/dist-packages/{project}/manager.py");
            self.write(at, host, service, "ERROR", &format!("  File \"{file}\", line 12, in work"));
            self.write(at, host, service, "ERROR", &format!("{exception}: broken"));
        }
    }

    fn analyzed(mut self) -> Analysis {
        let folder = TempDir::new().unwrap();
        for (path, lines) in &mut self.files {
            lines.sort_by_key(|(at, _)| *at);
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, lines.iter().map(|(_, line)| line.as_str()).collect::<String>()).unwrap();
        }
        analyzed(folder.path(), Err(&Error::NotFound("model".into())), None)
    }
}

const STORE: (&str, &str) = ("store1", "cinder-volume");
const NET: (&str, &str) = ("net1", "neutron-l3-agent");
const HOUR: u32 = 3_600;

#[test]
fn what_is_not_connected_is_told_apart_at_the_same_time_too() {
    let mut day = Day::new();
    day.fails((14 * HOUR, 30, 120), STORE, "VolumeLost");
    day.fails((14 * HOUR + 1_200, 30, 120), NET, "RouterLost");
    let analysis = day.analyzed();
    assert_eq!(analysis.report.incidents.len(), 2, "{:#?}", analysis.report.incidents);
    check(&analysis);
    for (one, own) in analysis.report.incidents.iter().zip(&analysis.incidents) {
        let service = one.service.as_deref();
        assert!(own.evidence.iter().all(|e| e.service.as_deref() == service || e.level.as_deref() == Some("INFO")), "{own:#?}");
        assert_eq!((one.events, one.hosts.len()), (120, 1), "{one:?}");
    }
}

#[test]
fn what_begins_together_or_shares_a_port_is_one_incident() {
    let mut together = Day::new();
    together.fails((14 * HOUR, 30, 20), STORE, "VolumeLost");
    together.fails((14 * HOUR + 120, 30, 20), NET, "RouterLost");
    assert_eq!(together.analyzed().report.incidents.len(), 1);
    let mut sharing = Day::new();
    let port = "3f1c2b4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d";
    sharing.fails((14 * HOUR, 30, 60), STORE, &format!("VolumeLost at {port}"));
    sharing.fails((14 * HOUR + 1_200, 30, 60), NET, &format!("RouterLost with {port}"));
    assert_eq!(sharing.analyzed().report.incidents.len(), 1);
}

#[test]
fn errors_that_follow_for_hours_are_of_the_same_incident() {
    let mut day = Day::new();
    day.fails((12 * HOUR, 5, 60), STORE, "VolumeLost");
    day.fails((12 * HOUR + 300, 40 * 60, 12), STORE, "TaskFailed");
    let analysis = day.analyzed();
    assert_eq!(analysis.report.incidents.len(), 1, "{:#?}", analysis.report.incidents);
    assert!(analysis.report.incidents[0].end.as_ref().unwrap().as_str() > "2025-03-10T19", "{:#?}", analysis.report.incidents);
}

#[test]
fn what_fails_all_day_neither_joins_incidents_nor_is_one_each_time() {
    let mut day = Day::new();
    // Every two hours or so, at a time of its own.
    for n in 0..12 {
        day.fails((n * 2 * HOUR + n * 97 % 1_800, 3, 2), STORE, "AlwaysThere");
    }
    day.fails((9 * HOUR, 10, 40), NET, "RouterLost");
    day.fails((18 * HOUR, 10, 40), ("ctl1", "glance-api"), "StoreLost");
    let analysis = day.analyzed();
    let titles: Vec<_> = analysis.report.incidents.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles.len(), 2, "{titles:?}");
    assert!(titles.iter().all(|title| !title.contains("AlwaysThere")), "{titles:?}");
    check(&analysis);
}
