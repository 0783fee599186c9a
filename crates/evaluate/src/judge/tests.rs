use super::*;
use crate::truth::{Records, Stratum};

fn truth() -> Truth {
    Truth {
        kind: Kind::Failure,
        stratum: Some(Stratum::Traceback),
        faults: vec![Fault {
            subsystem: "nova".into(),
            file: Some("nova/virt/driver.py".into()),
            function: Some("spawn".into()),
            category: Some("hypervisor".into()),
            span: Some(("2025-01-01T10:00:00".into(), "2025-01-01T10:00:30".into())),
        }],
        records: vec![Records { file: "nova/nova-compute.log".into(), first: 10, last: 12 }],
        requests: vec!["req-a".into()],
        issue: None,
    }
}

fn place(subsystem: &str, file: &str, function: &str) -> Place {
    Place { subsystem: Some(subsystem.into()), file: Some(file.into()), function: Some(function.into()), confidence: Some(0.7) }
}

fn shown(first: u32, last: u32, time: &str, message: &str) -> Shown {
    let file = "compute01/nova/nova-compute.log".into();
    Shown { file, first, last, time: Some(time.into()), request: None, message: message.into() }
}

/// Names another file first, and shows a late record first.
fn answer() -> Answer {
    Answer {
        incident: true,
        causes: vec![place("nova", "nova/compute/manager.py", "spawn"), place("nova", "/nova/virt/driver.py", "Driver.spawn")],
        shown: vec![shown(20, 30, "2025-01-01T10:01:00.000", "late"), shown(12, 14, "2025-01-01T10:00:01.000", "req-a failed")],
        category: Some(("hypervisor".into(), 0.6)),
    }
}

fn check(answer: &Answer, truth: &Truth, expected: &[(&str, Option<bool>)]) {
    let marks = judge(answer, truth);
    for (figure, mark) in expected {
        assert_eq!(marks.of(figure), *mark, "{figure}: {marks:?}");
    }
}

#[test]
fn what_is_right_counts_from_its_rank_on() {
    let (yes, no) = (Some(true), Some(false));
    check(
        &answer(),
        &truth(),
        &[
            ("detected", yes),
            ("subsystem@1", yes),
            ("file@1", no),
            ("function@1", no),
            ("file@3", yes),
            ("function@3", yes),
            ("fault line@1", no),
            ("fault line@5", yes),
            ("failing request@1", no),
            ("failing request@5", yes),
            ("time@1", no),
            ("category", yes),
        ],
    );
}

#[test]
fn who_sees_nothing_is_wrong_about_all() {
    let marks = judge(&Answer { category: Some(("hypervisor".into(), 0.0)), ..Answer::default() }, &truth());
    assert!(marks.0.len() == 16 && marks.0.iter().all(|(_, mark)| *mark == Some(false)), "{marks:?}");
}

#[test]
fn what_the_truth_does_not_say_is_not_judged() {
    let fault = Fault { subsystem: "nova".into(), ..Fault::default() };
    let silent = Truth { faults: vec![fault], records: Vec::new(), requests: Vec::new(), ..truth() };
    let marks = judge(&answer(), &silent);
    let judged: Vec<_> = marks.0.iter().filter(|(_, mark)| mark.is_some()).map(|(figure, _)| *figure).collect();
    assert_eq!(judged, ["detected", "subsystem@1"]);
}

#[test]
fn where_nothing_failed_only_an_alarm_is_wrong() {
    let harmless = Truth { kind: Kind::Harmless, ..truth() };
    assert_eq!(judge(&answer(), &harmless), Marks(vec![(FALSE_ALARM, Some(true))]));
    assert_eq!(judge(&Answer::default(), &harmless), Marks(vec![(FALSE_ALARM, Some(false))]));
}

#[test]
fn a_cause_is_right_by_its_project_and_its_file() {
    let causes = answer().causes;
    assert!(!is_right(&causes[0], &truth()) && is_right(&causes[1], &truth()));
    assert!(!is_right(&place("cinder", "nova/virt/driver.py", "spawn"), &truth()));
    let no_file = Truth { faults: vec![Fault { subsystem: "nova".into(), ..Fault::default() }], ..truth() };
    assert!(is_right(&causes[0], &no_file));
}

#[test]
fn of_several_faults_each_will_do() {
    let mut both = truth();
    both.faults.push(Fault { subsystem: "cinder".into(), file: Some("cinder/api.py".into()), ..Fault::default() });
    let other = Answer { incident: true, causes: vec![place("cinder", "cinder/api.py", "x")], ..Answer::default() };
    check(&other, &both, &[("subsystem@1", Some(true)), ("file@1", Some(true)), ("function@1", Some(false))]);
}
