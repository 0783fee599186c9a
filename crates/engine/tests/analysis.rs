//! Training and analysis of small logs written for the purpose.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up shall fail")]

use std::{fmt::Write, fs, path::Path};

use engine::{
    Config, Error, Folder, Joined, Known, Model, Observer, Progress, Reading, Report, Request, Silent, Training, Without,
    analyze,
    config::{AnalysisConfig, LstmConfig},
    ingest,
    report::{Change, PlaceKind, Role, Verdict},
    template::edits::Edits,
    train,
};
use tempfile::TempDir;

#[path = "analysis/shared.rs"]
mod shared;

#[path = "analysis/telling.rs"]
mod telling;

#[path = "analysis/absence.rs"]
mod absence;

/// A small network, since the tests are about what surrounds it.
fn config() -> Config {
    let lstm = LstmConfig { sequence_length: 20, embedding: 8, units: 8, epochs: 4, ..LstmConfig::default() };
    Config { lstm, ..Config::default() }
}

/// An API's and a compute service's normal work: so many requests, a second apart.
fn normal(requests: u32) -> (String, String) {
    let (mut api, mut compute) = (String::new(), String::new());
    for n in 0..requests {
        let at = |ms: u32| format!("2025-01-01 {:02}:{:02}:{:02}.{ms:03}", 10 + n / 3600, n / 60 % 60, n % 60);
        let context = format!("[None req-{n:08x}-0000-4000-8000-000000000000 u{n:031x} p{n:031x} - - default default]");
        _ = writeln!(api, "{} 7 DEBUG nova.api.openstack.wsgi {context} Calling method 'create' of ServersController", at(1));
        _ = writeln!(compute, "{} 9 INFO nova.compute.claims {context} Claim successful on node compute01", at(20));
        _ = writeln!(compute, "{} 9 INFO nova.compute.manager {context} Took {}.5 seconds to build instance.", at(400), n % 7);
        _ = writeln!(
            api,
            "{} 7 INFO nova.api.openstack.requestlog {context} 10.0.0.1 \"POST /v2.1/servers\" status: 202 len: 5 time: 0.1",
            at(500)
        );
        if n % 30 == 7 {
            _ = writeln!(compute, "{} 9 ERROR nova.service [-] The message bus did not answer, trying again", at(900));
        }
    }
    (api, compute)
}

fn write(folder: &Path, api: &str, compute: &str) {
    fs::create_dir_all(folder.join("nova")).unwrap();
    fs::write(folder.join("nova/nova-api.log"), api).unwrap();
    fs::write(folder.join("nova/nova-compute.log"), compute).unwrap();
}

fn trained() -> Model {
    trained_with(&config())
}

fn trained_with(config: &Config) -> Model {
    let folder = TempDir::new().unwrap();
    let (api, compute) = normal(300);
    // A model keeps the name of the folder that it learned from.
    let normal = folder.path().join("normal");
    write(&normal, &api, &compute);
    let (logs, reading) = (&Folder::new(&normal), &Reading::default());
    train(&Training { logs, reading, name: "small", date: "2025-01-02", config, checkpoint: None }, &Silent).unwrap()
}

fn with(model: Result<&Model, &Error>, api: &str, compute: &str, issue: Option<&str>, config: &Config) -> Report {
    let folder = TempDir::new().unwrap();
    write(folder.path(), api, compute);
    let (logs, reading) = (&Folder::new(folder.path()), &Reading::default());
    analyze(
        &Request {
            logs,
            reading,
            issue,
            model,
            known: Known::built_in(),
            config,
            edits: &Edits::default(),
            without: Without::default(),
        },
        &Silent,
    )
    .unwrap()
    .report
}

const CONTEXT: &str = "[None req-aaaaaaaa-0000-4000-8000-000000000000 u0 p0 - - default default]";

/// A build that fails in the image service's client code, told by a traceback, and the user's request with it.
fn failure() -> (String, String) {
    let (mut api, mut compute) = normal(300);
    let line = |pid: u32, logger: &str, text: &str| format!("2025-01-01 10:05:30.000 {pid} ERROR {logger} {text}\n");
    compute.push_str(&line(9, "nova.compute.manager", &format!("{CONTEXT} Failed to build: ValueError: bad")));
    compute.push_str(&line(9, "nova.compute.manager", "Traceback (most recent call last):"));
    for (file, function) in
        [("nova/compute/manager.py", "_build"), ("nova/virt/libvirt/driver.py", "spawn"), ("nova/utils.py", "wrapper")]
    {
        compute.push_str(&line(
            9,
            "nova.compute.manager",
            &format!("  File \"/usr/lib/python3/dist-packages/{file}\", line 12, in {function}"),
        ));
    }
    compute.push_str(&line(9, "nova.compute.manager", "ValueError: bad"));
    _ = writeln!(
        api,
        "2025-01-01 10:05:31.000 7 INFO nova.api.openstack.requestlog {CONTEXT} 10.0.0.1 \"POST /v2.1/servers\" status: 500 len: 5 time: 0.1"
    );
    (api, compute)
}

#[test]
fn a_fault_is_found_with_its_lines_its_code_and_its_request() {
    let (api, compute) = failure();
    let report = with(Ok(&trained()), &api, &compute, Some("openstack server create fails"), &config());
    assert_eq!(report.verdict, Verdict::Incident);
    let source = report.causes[0].source.as_ref().unwrap();
    assert_eq!((source.file.as_str(), source.function.as_deref()), ("nova/virt/libvirt/driver.py", Some("spawn")));
    assert_eq!(
        (report.causes[0].service.as_deref(), report.causes[0].subsystem.as_deref()),
        (Some("nova-compute"), Some("nova"))
    );
    let first = &report.evidence[0];
    assert_eq!((first.file.as_str(), first.line, first.end_line), ("nova/nova-compute.log", 611, 616));
    assert_eq!((first.role, first.timestamp.as_deref()), (Role::Cause, Some("2025-01-01T10:05:30.000")));
    assert!(first.message.ends_with("ValueError: bad") && !first.message.contains("ERROR nova"), "{}", first.message);
    let request = report.requests.iter().find(|r| r.request_id.starts_with("req-aaaaaaaa")).unwrap();
    assert_eq!(
        (request.services.join(" ").as_str(), request.outcome.as_str()),
        ("nova-compute nova-api", "answered with HTTP 500")
    );
    assert_eq!(report.model.as_ref().unwrap().drift, None, "an incident of the same cloud is no drift");
    let new: Vec<_> = report.patterns.templates.iter().filter(|t| t.change == Change::New).collect();
    assert_eq!(new.len(), 2, "{new:#?}");
    assert!(report.timeline.iter().any(|m| m.evidence_id.as_deref() == Some("E1")));
}

#[test]
fn log_text_in_the_narrative_is_no_markup() {
    let (api, compute) = failure();
    let compute = compute.replace("ValueError: bad", "ValueError: <img src=x> [E9] `a`");
    let report = with(Ok(&trained()), &api, &compute, None, &config());
    let text = &report.narrative.text;
    assert!(!text.contains("[E9]") && text.contains("\\<img src=x\\> \\[E9\\]"), "{text}");
    assert!(report.narrative.citations.contains(&"E1".to_owned()) && !report.narrative.citations.contains(&"E9".to_owned()));
}

#[test]
fn normal_work_is_clear_whatever_is_asked() {
    let model = trained();
    let (api, compute) = normal(250);
    for issue in [None, Some("openstack server create returns an error")] {
        let report = with(Ok(&model), &api, &compute, issue, &config());
        assert_eq!(report.verdict, Verdict::Clear, "{:#?}", report.causes);
        assert!(report.causes.is_empty() && report.evidence.is_empty() && report.timeline.is_empty());
        assert!(report.narrative.text.contains("Nothing in these 1009 events"));
    }
}

#[test]
fn who_was_answered_with_an_error_is_no_cause_beside_who_met_it() {
    let (api, compute) = failure();
    // The compute service is the caller here, and hears of the error first; the API serves another request, and has the traceback.
    let served = "[None req-bbbbbbbb-0000-4000-8000-000000000000 u0 p0 - - default default]";
    let called = "Failed to notify nova on events: ClientException: Unexpected API Error (HTTP 500) (Request-ID: req-bbbbbbbb-0000-4000-8000-000000000000)";
    let failed = compute
        .replace("nova.compute.manager", "nova.compute.api")
        .replace(CONTEXT, served)
        .replace("compute/manager.py", "compute/api.py");
    let failed = failed.split_inclusive('\n').filter(|l| l.contains("10:05:30.000")).collect::<String>();
    let told = format!("2025-01-01 10:05:29.000 9 ERROR nova.compute.manager {CONTEXT} {called}\n");
    let (_, normal) = normal(300);
    let report = with(Ok(&trained()), &(api + &failed), &(normal + &told), None, &config());
    assert_eq!(report.evidence[0].message.lines().next(), Some("Failed to build: ValueError: bad"), "{:#?}", report.evidence);
    assert!(report.evidence.iter().any(|e| e.message == called), "what the caller heard is evidence still");
}

#[test]
fn what_services_say_once_while_they_start_raises_no_alarm() {
    let model = trained();
    let (api, compute) = normal(250);
    let line = |minute: u32| {
        format!(
            "2025-01-01 10:{minute:02}:30.000 9 WARNING cinder.scheduler.host_manager [-] volume service is down. (host: a@lvm)\n"
        )
    };
    let report = |lines: &str| with(Ok(&model), &api, &(lines.to_owned() + &compute), None, &config());
    assert_eq!(report(&line(0)).verdict, Verdict::Clear);
    let again = report(&(0..4).map(line).collect::<String>());
    assert_eq!((again.verdict, again.causes[0].signature.as_deref()), (Verdict::Incident, Some("cinder-service-down")));
}

#[test]
fn what_departs_is_never_lost_to_a_percentage() {
    let (api, compute) = failure();
    let least = Config { analysis: AnalysisConfig { keep_percent: 1.0, ..AnalysisConfig::default() }, ..config() };
    let report = with(Ok(&trained()), &api, &compute, Some("an issue of words that no log has"), &least);
    assert_eq!(report.evidence[0].line, 611);
    // Events that surprise alike are kept or dropped together.
    assert!(report.funnel.important < 400 && report.funnel.events == 1212, "{:?}", report.funnel);
}

#[test]
fn a_surge_of_a_chronic_error_departs() {
    let (api, mut compute) = normal(300);
    for n in 0..300 {
        _ = writeln!(
            compute,
            "2025-01-01 10:06:{:02}.000 9 ERROR nova.service [-] The message bus did not answer, trying again",
            n % 60
        );
    }
    let report = with(Ok(&trained()), &api, &compute, None, &config());
    assert_eq!(report.patterns.templates[0].change, Change::Surging, "{:#?}", report.patterns.templates);
    assert_eq!(report.verdict, Verdict::Incident);
}

#[test]
fn a_request_without_an_answer_is_an_absence() {
    let (mut api, compute) = normal(300);
    api = api
        .lines()
        .filter(|l| !(l.contains("req-00000064") && l.contains("status")))
        .fold(String::new(), |all, l| all + l + "\n");
    let report = with(Ok(&trained()), &api, &compute, Some("`openstack server create` returns an error"), &config());
    let absence = report.evidence.iter().find(|e| e.role == Role::Absence).unwrap();
    assert!(absence.request_id.as_deref().unwrap().starts_with("req-00000064"));
    assert!(
        absence.why.contains("299 of 300 requests like it were answered, half of them within 0.50 seconds"),
        "{}",
        absence.why
    );
    assert!(
        report.requests.iter().any(|r| r.outcome == "never answered" && r.evidence == [absence.id.clone()]),
        "{:?}",
        report.requests
    );
}

#[test]
fn without_a_model_the_rest_answers_and_says_what_is_missing() {
    let (api, compute) = failure();
    let error = Error::NotFound("somewhere".into());
    let report = with(Err(&error), &api, &compute, None, &config());
    assert_eq!(report.evidence[0].line, 611);
    assert_eq!(report.model, None);
    assert!(
        report.skipped.iter().any(|s| s.path == "model" && s.reason.contains("somewhere does not exist")),
        "{:?}",
        report.skipped
    );
}

#[test]
fn a_foreign_cloud_is_told_from_a_new_fault() {
    let (api, compute) = normal(100);
    let foreign = |text: &str| {
        text.replace("nova.", "other.").replace("Claim", "Grip").replace("Took", "Needed").replace("Calling", "Doing")
    };
    let report = with(Ok(&trained()), &foreign(&api), &foreign(&compute), None, &config());
    let drift = report.model.as_ref().and_then(|model| model.drift.as_ref()).expect("the model does not fit");
    assert!(drift.unknown_share > 0.9 && drift.degree > 0.9, "{drift:?}");
    assert!(drift.remedy.starts_with("Train a model on normal logs of this cloud"), "{drift:?}");
    let markdown = engine::report::markdown::write(
        &report,
        &engine::report::marks::marked(&report, &engine::report::marks::Marks::default()),
    );
    assert!(markdown.contains("The model does not fit these logs") && markdown.contains(&drift.remedy), "{markdown}");
    assert_eq!(report.verdict, Verdict::Clear, "{:#?}", report.causes);
}

#[test]
fn the_same_seed_gives_the_same_model_and_another_name_for_the_folder_changes_nothing() {
    let (a, b) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    trained().save(&a.path().join("m")).unwrap();
    trained().save(&b.path().join("n")).unwrap();
    for file in ["weights.bin", "model.json", "CARD.md"] {
        let [a, b] = [a.path().join("m"), b.path().join("n")].map(|model| fs::read(model.join(file)).unwrap());
        assert!(a == b, "{file} differs");
    }
    let again = Model::load(&a.path().join("m")).unwrap();
    assert_eq!(again.summary(), trained().summary());
}

#[test]
fn a_damaged_or_foreign_model_is_refused_and_left_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("m");
    trained().save(&path).unwrap();
    for (file, bytes) in [("model.json", &b"{}"[..]), ("weights.bin", b"short"), ("model.json", b"\xff\x00")] {
        let kept = fs::read(path.join(file)).unwrap();
        fs::write(path.join(file), bytes).unwrap();
        let error = Model::load(&path).unwrap_err();
        assert_eq!(error.code(), "model");
        assert!(error.to_string().contains(file), "{error}");
        fs::write(path.join(file), kept).unwrap();
    }
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("mine.txt"), "keep").unwrap();
    assert_eq!(trained().save(&other).unwrap_err().code(), "model");
    assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
    fs::write(path.join("NOTES.md"), "mine").unwrap();
    assert_eq!(trained().save(&path).unwrap_err().code(), "model");
    fs::remove_file(path.join("NOTES.md")).unwrap();
    trained().save(&path).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "something half-written was left behind");
}

#[test]
fn what_cannot_be_learned_from_is_a_clear_error() {
    let folder = TempDir::new().unwrap();
    let config = config();
    let (logs, reading) = (&Folder::new(folder.path()), &Reading::default());
    let training = Training { logs, reading, name: "x", date: "2025-01-02", config: &config, checkpoint: None };
    assert_eq!(train(&training, &Silent).unwrap_err().code(), "empty");
    fs::write(folder.path().join("notes.md"), "no log\n").unwrap();
    assert_eq!(train(&training, &Silent).unwrap_err().code(), "no_logs");
    write(folder.path(), &normal(3).0, "");
    let error = train(&training, &Silent).unwrap_err();
    assert_eq!(error.code(), "too_few");
    assert!(error.to_string().contains("6, and 200 are needed"), "{error}");
    let wrong = Config { lstm: LstmConfig { units: 0, ..LstmConfig::default() }, ..Config::default() };
    assert_eq!(train(&Training { config: &wrong, ..training }, &Silent).unwrap_err().code(), "setting");
}

#[test]
fn several_folders_are_read_as_one_with_distinct_paths_and_are_runs() {
    let folder = TempDir::new().unwrap();
    let (api, compute) = normal(100);
    let paths = ["a/logs", "b/logs", "c"].map(|name| folder.path().join(name));
    for path in &paths {
        write(path, &api, &compute);
    }
    let joined = Joined::new(&paths, &folder.path().join("cache"));
    let read = ingest::read(&joined, &Reading::default(), &Silent).unwrap();
    let files: Vec<_> = read.files.iter().map(|file| file.path.as_str()).collect();
    let named =
        ["logs", "logs-2", "c"].map(|part| [format!("{part}/nova/nova-api.log"), format!("{part}/nova/nova-compute.log")]);
    assert_eq!(files, named.concat());
    let streams: std::collections::BTreeSet<_> = read.streams().into_iter().collect();
    assert_eq!(streams.len(), 6, "no log goes on in another folder's");

    let path = folder.path().join("model");
    let (config, reading) = (config(), &Reading::default());
    let training = Training { logs: &joined, reading, name: "x", date: "2025-01-02", config: &config, checkpoint: None };
    train(&training, &Silent).unwrap().save(&path).unwrap();
    let facts: serde_json::Value = serde_json::from_slice(&fs::read(path.join("model.json")).unwrap()).unwrap();
    assert_eq!(facts["normal"]["runs"], 3, "each folder is a run, though all are of the same hour");
}

/// Stops at the first progress of a stage.
struct Stop(std::sync::atomic::AtomicBool);

impl Observer for Stop {
    fn progress(&self, _: Progress) {
        self.0.store(true, std::sync::atomic::Ordering::Relaxed);
    }

    fn cancelled(&self) -> bool {
        self.0.load(std::sync::atomic::Ordering::Relaxed)
    }

    fn seconds(&self) -> f64 {
        0.0
    }
}

#[test]
fn work_stops_when_it_is_cancelled() {
    let folder = TempDir::new().unwrap();
    let (api, compute) = normal(300);
    write(folder.path(), &api, &compute);
    let config = config();
    let stop = || Stop(false.into());
    let (logs, reading) = (&Folder::new(folder.path()), &Reading::default());
    let error = train(&Training { logs, reading, name: "x", date: "2025-01-02", config: &config, checkpoint: None }, &stop())
        .unwrap_err();
    assert_eq!(error.code(), "cancelled");
    let missing = Error::NotFound("m".into());
    let (model, known, edits) = (Err(&missing), Known::built_in(), &Edits::default());
    let request = Request { logs, reading, issue: None, model, known, config: &config, edits, without: Without::default() };
    assert_eq!(analyze(&request, &stop()).unwrap_err().code(), "cancelled");
}
