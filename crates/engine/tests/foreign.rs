//! Logs of a cloud that the model knows nothing of: what they say themselves must do.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up shall fail")]

use std::fmt::Write;

use engine::{
    Config, Known, Model, Reading, Report, Request, Silent, Training, Without, analyze, config::LstmConfig,
    ingest::source::Memory, report::Verdict, template::edits::Edits, train,
};

fn logs((api, compute): (String, String)) -> Memory {
    let texts = [("c/api.log", api), ("c/volume.log", compute)];
    Memory { texts: texts.map(|(path, text)| (path.to_owned(), text.into_bytes())).into() }
}

/// A model of a cloud whose services write other things.
fn trained() -> Model {
    let lstm = LstmConfig { sequence_length: 20, embedding: 8, units: 8, epochs: 2, ..LstmConfig::default() };
    let (config, mut text) = (Config { lstm, ..Config::default() }, String::new());
    for n in 0..300 {
        _ = writeln!(text, "2025-01-01 10:{:02}:{:02}.000 7 INFO nova.compute.claims [-] Claim successful", n / 60, n % 60);
    }
    let (logs, reading) = (&logs((text.clone(), text)), &Reading::default());
    train(&Training { logs, reading, name: "other", date: "2025-01-02", config: &config, checkpoint: None }, &Silent).unwrap()
}

fn report(model: &Model, texts: (String, String), issue: Option<&str>) -> Report {
    let (logs, reading, known) = (&logs(texts), &Reading::default(), Known::built_in());
    let (config, edits, without) = (&Config::default(), &Edits::default(), Without::default());
    analyze(&Request { logs, reading, issue, model: Ok(model), known, config, edits, without }, &Silent).unwrap().report
}

/// Logs of a cloud that writes nothing as the model's cloud does: warnings that are always there, and late an error with a traceback.
fn foreign(fails: bool) -> (String, String) {
    let (mut api, mut compute) = (String::new(), String::new());
    for n in 0..300 {
        let at = format!("2025-01-01 {:02}:{:02}:{:02}.000", 10 + n / 3600, n / 60 % 60, n % 60);
        _ = writeln!(api, "{at} 7 INFO cinder.api.middleware.fault [-] Volume service accepted work item {n}");
        _ = writeln!(compute, "{at} 9 INFO cinder.volume.flows.manager [-] Logical volume carved on backend");
        if n % 9 == 0 {
            _ = writeln!(
                api,
                "{at} 7 WARNING keystonemiddleware.auth_token [-] Configuring www_authenticate_uri to point to public"
            );
        }
        if fails && n == 120 {
            let told = format!("{at} 9 ERROR cinder.volume.manager [-]");
            _ = writeln!(compute, "{told} Carving went wrong: RuntimeError: no room\n{told} Traceback (most recent call last):");
            _ = writeln!(compute, "{told}   File \"/usr/lib/python3/dist-packages/cinder/volume/manager.py\", line 5, in carve");
            _ = writeln!(compute, "{told} RuntimeError: no room");
        }
    }
    (api, compute)
}

#[test]
fn in_a_cloud_that_the_model_does_not_know_an_error_outweighs_what_is_always_there() {
    let model = trained();
    let report = report(&model, foreign(true), Some("volumes cannot be made"));
    assert_eq!(report.verdict, Verdict::Incident);
    assert_eq!(report.causes[0].source.as_ref().map(|s| s.file.as_str()), Some("cinder/volume/manager.py"));
    assert!(report.model.as_ref().unwrap().drift.is_some());
    assert!(report.causes[0].confidence < 0.5, "{}", report.causes[0].confidence);
    assert!(report.narrative.text.contains("not conclusive") && !report.narrative.text.contains("Root cause"));
}

#[test]
fn what_is_always_there_is_no_incident_in_a_cloud_that_the_model_does_not_know() {
    assert_eq!(report(&trained(), foreign(false), None).verdict, Verdict::Clear);
}
