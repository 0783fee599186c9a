//! What was expected in a request and never came.

use super::*;

/// A model that is sure of what comes next: there are few windows to learn from, so it takes many epochs.
fn learned() -> Model {
    let lstm = LstmConfig { units: 16, epochs: 100, patience: 100, dropout: 0.0, ..config().lstm };
    trained_with(&Config { lstm, ..config() })
}

/// A request that the API accepts and nobody takes up, so many seconds after ten.
fn not_passed_on(n: u32) -> String {
    let context = format!("[None req-cccccc{n:02}-0000-4000-8000-000000000000 u0 p0 - - default default]");
    format!(
        "2025-01-01 10:00:{n:02}.001 7 DEBUG nova.api.openstack.wsgi {context} Calling method 'create' of ServersController\n\
         2025-01-01 10:00:{n:02}.500 7 INFO nova.api.openstack.requestlog {context} 10.0.0.1 \"POST /v2.1/servers\" status: 202 len: 5 time: 0.1\n"
    )
}

#[test]
fn what_never_came_is_an_incident_where_the_user_reports_one() {
    let model = learned();
    let (api, compute) = normal(250);
    let api = api + &not_passed_on(30);
    let report = with(Ok(&model), &api, &compute, Some("openstack server create hangs"), &config());
    assert_eq!(report.verdict, Verdict::Incident);
    let (cause, shown) = (&report.causes[0], &report.evidence[0]);
    assert_eq!(cause.title, "Expected, and never came: \u{201c}Claim successful on node compute<n>\u{201d}");
    assert_eq!((cause.service.as_deref(), cause.subsystem.as_deref()), (Some("nova-api"), Some("nova")));
    assert_eq!((shown.role, shown.file.as_str(), shown.line), (Role::Absence, "nova/nova-api.log", 501));
    for said in ["of nova.compute.claims with 9", "it came in 300 of 300 such requests", "went on until 2025-01-01T10:04:09.400"]
    {
        assert!(shown.why.contains(said), "{said}: {}", shown.why);
    }
    assert!(shown.why.ends_with("The issue speaks of it."), "{}", shown.why);
    let lesser = with(Ok(&model), &api, &compute, Some("The floating address is not reached"), &config());
    assert!(lesser.causes[0].confidence < cause.confidence, "what the issue does not speak of is less sure");
    let unasked = with(Ok(&model), &api, &compute, None, &config());
    assert_eq!(unasked.verdict, Verdict::Clear, "one request that stops is no alarm: {:#?}", unasked.causes);
}

#[test]
fn many_requests_that_lack_the_same_are_an_incident_unasked() {
    let (api, compute) = normal(250);
    let taken_up = |line: &&str| !("2025-01-01 10:00:40".."2025-01-01 10:03:50").contains(line);
    let compute = compute.lines().filter(taken_up).fold(String::new(), |text, line| text + line + "\n");
    let report = with(Ok(&learned()), &api, &compute, None, &config());
    assert_eq!(report.verdict, Verdict::Incident);
    assert_eq!(report.evidence[0].role, Role::Absence, "{:#?}", report.evidence);
}

#[test]
fn what_may_still_come_after_the_end_of_the_logs_is_not_missing() {
    let (api, compute) = normal(32);
    let report = with(Ok(&learned()), &(api + &not_passed_on(30)), &compute, Some("openstack server create"), &config());
    assert_eq!(report.verdict, Verdict::Clear, "{:#?}", report.causes);
}

#[test]
fn what_strays_into_another_request_is_not_missing() {
    let (api, compute) = normal(250);
    let other = "[None req-dddddddd-0000-4000-8000-000000000000 u0 p0 - - default default]";
    let stray = format!("2025-01-01 10:00:30.020 9 INFO nova.compute.claims {other} Claim successful on node compute01\n");
    let report =
        with(Ok(&learned()), &(api + &not_passed_on(30)), &(compute + &stray), Some("openstack server create"), &config());
    assert!(report.evidence.iter().all(|e| e.role != Role::Absence), "{:#?}", report.evidence);
}

/// The normal work of two services, of which the second says nothing between two times.
fn silent_between(from: &str, until: &str) -> (String, String) {
    let (api, compute) = normal(250);
    let said = |line: &&str| !(from..until).contains(line);
    (api, compute.lines().filter(said).fold(String::new(), |text, line| text + line + "\n"))
}

#[test]
fn a_process_that_falls_silent_for_good_is_an_incident() {
    let (api, compute) = silent_between("2025-01-01 10:01:40", "2025-01-01 10:59");
    let report = with(Ok(&learned()), &api, &compute, None, &config());
    assert_eq!(report.verdict, Verdict::Incident);
    let shown = report.evidence.iter().find(|e| e.why.starts_with("After this nova-compute wrote nothing for 3 minutes"));
    let shown = shown.unwrap_or_else(|| panic!("{:#?}", report.evidence));
    assert_eq!((shown.role, shown.line), (Role::Absence, compute.lines().count() as u32));
    assert!(shown.why.contains("to the end of the logs. In normal work it usually writes every second"), "{}", shown.why);
    assert!(report.causes.iter().any(|c| c.title == "nova-compute fell silent for good"), "{:#?}", report.causes);
}

#[test]
fn what_pauses_no_longer_than_usual_is_not_silent_and_where_all_pause_the_logs_have_a_hole() {
    let (api, compute) = silent_between("2025-01-01 10:03:20", "2025-01-01 10:59");
    let api_too: String = api.lines().filter(|l| *l < "2025-01-01 10:01:40").fold(String::new(), |text, line| text + line + "\n");
    let (_, long) = silent_between("2025-01-01 10:01:40", "2025-01-01 10:59");
    for (api, compute) in [(&api, &compute), (&api_too, &long)] {
        let report = with(Ok(&learned()), api, compute, Some("openstack server list is slow"), &config());
        assert!(report.evidence.iter().all(|e| !e.why.contains("wrote nothing")), "{:#?}", report.evidence);
    }
}

#[test]
fn a_model_without_habits_misses_nothing() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("small");
    learned().save(&path).unwrap();
    let file = path.join("model.json");
    let mut facts: serde_json::Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    facts["version"] = 1.into();
    facts.as_object_mut().unwrap().retain(|name, _| name != "habits" && name != "delays" && name != "pauses");
    fs::write(&file, facts.to_string()).unwrap();
    let (api, compute) = normal(250);
    let model = Model::load(&path).unwrap();
    let report = with(Ok(&model), &(api + &not_passed_on(30)), &compute, Some("openstack server create hangs"), &config());
    assert!(report.evidence.iter().all(|e| e.role != Role::Absence), "{:#?}", report.evidence);
}

#[test]
fn evidence_says_what_was_expected_in_its_place() {
    let (api, compute) = normal(250);
    let line = compute.lines().find(|line| line.contains("10:00:30.020")).unwrap();
    let (before, message) = line.split_once("Claim").unwrap();
    let odd = format!("{}No room left for this", before.replace("INFO nova.compute.claims", "ERROR oslo_service.loopingcall"));
    let compute = compute.replace(&format!("{before}Claim{message}"), &odd);
    let report = with(Ok(&learned()), &api, &compute, None, &config());
    let why = &report.evidence[0].why;
    assert!(
        why.contains("At this place of the request the LSTM expected \u{201c}Claim successful on node compute<n>\u{201d} (9"),
        "{why}"
    );
    assert!(why.contains("; its surprise is "), "{why}");
}
