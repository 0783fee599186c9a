//! Rates and company.

use super::*;
use crate::evidence::findings::Signals;

const TABLES: &str = r#"
[[signature]]
id = "retried"
title = "Retries pile up"
kind = "cause"
category = "database"
subsystem = "mariadb"
any = ["will retry"]
confidence = 0.5
rate = { count = 3, minutes = 5 }
explanation = "x"
confirm = ["x"]
remedy = ["x"]
reference = "x"
positive = "will retry"
negative = "x"

[[signature]]
id = "lonely"
title = "It needs company"
kind = "cause"
category = "messaging"
subsystem = "rabbitmq"
any = ["queue lost"]
confidence = 0.5
with = { any = ["retried"], minutes = 10 }
explanation = "x"
confirm = ["x"]
remedy = ["x"]
reference = "x"
positive = "queue lost"
negative = "x"

[[signature]]
id = "surer"
title = "Company makes it surer"
kind = "cause"
category = "messaging"
subsystem = "rabbitmq"
any = ["reply lost"]
confidence = 0.4
with = { any = ["retried"], minutes = 10, confidence = 0.9 }
explanation = "x"
confirm = ["x"]
remedy = ["x"]
reference = "x"
positive = "reply lost"
negative = "x"

[[signature]]
id = "quoted"
title = "Others quote it"
kind = "cause"
category = "network_issues"
subsystem = "neutron"
services = ["nova-compute"]
any = ["port unbound"]
confidence = 0.5
explanation = "x"
confirm = ["x"]
remedy = ["x"]
reference = "x"
positive = "port unbound"
negative = "x"
"#;

const GRAVE: Signals =
    Signals { departure: 1.0, severity: 1.0, traceback: false, importance: 1.0, relevance: 0.0, failing: 0.0, status: None };

/// The known failures in kinds of records that came at these minutes: name, confidence, and what is beside it.
fn found(records: &[(&str, &[i64])]) -> Vec<Option<(String, f64, Option<String>)>> {
    let known = Known::parse(&[("tables.toml", TABLES)]).unwrap();
    let (mut times, mut of, mut findings) = (Vec::new(), Vec::new(), Vec::new());
    for (template, (_, minutes)) in records.iter().enumerate() {
        let (event, count) = (times.len() as u32, minutes.len() as u32);
        findings.push(Finding { template: template as u32, event, count, signals: GRAVE, weight: 1.0 });
        times.extend(minutes.iter().map(|m| if *m < 0 { NO_TIME } else { m * MINUTE }));
        of.extend(minutes.iter().map(|_| template as u32));
    }
    let messages: Vec<String> = records.iter().map(|(message, _)| (*message).to_owned()).collect();
    let tell = |s: Shown| (s.signature.id.clone(), s.signature.confidence, s.beside.map(|b| b.id.clone()));
    let writers = vec![None; findings.len()];
    shown(&findings, &messages, &writers, &times, &of, &known).into_iter().map(|s| s.map(tell)).collect()
}

fn names(records: &[(&str, &[i64])]) -> Vec<Option<String>> {
    found(records).into_iter().map(|f| f.map(|(id, ..)| id)).collect()
}

#[test]
fn enough_records_within_the_window_count_wherever_they_lie() {
    let retried = [Some("retried".to_owned())];
    assert_eq!(names(&[("will retry", &[0, 100, 203, 200, 205, 400])]), retried);
    assert_eq!(names(&[("will retry", &[10, 10, 10])]), retried);
}

#[test]
fn as_many_records_spread_thin_do_not_count() {
    assert_eq!(names(&[("will retry", &[0, 3, 6, 9, 12, 15, 18])]), [None]);
    assert_eq!(names(&[("will retry", &[0, 1])]), [None]);
}

#[test]
fn records_without_a_time_count_as_at_one_time() {
    assert_eq!(names(&[("will retry", &[-1, -1, -1])]), [Some("retried".to_owned())]);
    assert_eq!(names(&[("will retry", &[-1, -1, 5])]), [None]);
}

#[test]
fn what_needs_company_counts_in_company_only() {
    let lonely = |minutes: &[i64]| found(&[("queue lost", minutes), ("will retry", &[100, 101, 102])]).swap_remove(0);
    let beside = Some(("lonely".to_owned(), 0.5, Some("retried".to_owned())));
    assert_eq!(lonely(&[92]), beside);
    assert_eq!(lonely(&[0, 110]), beside);
    assert_eq!(lonely(&[0, 113]), None);
    assert_eq!(lonely(&[-1]), None);
    assert_eq!(names(&[("queue lost", &[92])]), [None]);
}

#[test]
fn company_that_does_not_count_itself_is_none() {
    assert_eq!(names(&[("queue lost", &[100]), ("will retry", &[100])]), [None, None]);
}

#[test]
fn company_makes_surer_what_also_counts_alone() {
    assert_eq!(found(&[("reply lost", &[1])]), [Some(("surer".to_owned(), 0.4, None))]);
    let beside = found(&[("reply lost", &[1]), ("will retry", &[1, 2, 3])]).swap_remove(0);
    assert_eq!(beside, Some(("surer".to_owned(), 0.9, Some("retried".to_owned()))));
}

#[test]
fn a_record_is_no_company_for_itself() {
    assert_eq!(names(&[("queue lost, will retry", &[1, 2, 3])]), [Some("retried".to_owned())]);
}

#[test]
fn what_warns_of_nothing_counts_from_its_known_tellers_only() {
    let known = Known::parse(&[("tables.toml", TABLES)]).unwrap();
    let counts = |severity: f64, writer: Option<&str>| {
        let signals = Signals { severity, ..GRAVE };
        let finding = Finding { template: 0, event: 0, count: 1, signals, weight: 1.0 };
        shown(&[finding], &["port unbound".to_owned()], &[writer], &[0], &[0], &known)[0].is_some()
    };
    assert!(counts(0.06, Some("nova-compute")) && counts(0.5, Some("neutron-dhcp-agent")) && counts(0.5, None));
    assert!(!counts(0.06, Some("neutron-dhcp-agent")) && !counts(0.06, None));
}
