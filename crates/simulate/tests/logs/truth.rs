//! The truth: its lines point at the records that show the cause.

use std::collections::{BTreeMap, BTreeSet};

use simulate::{Chronic, Config, Fault, FaultTruth, Generation, Truth};

use super::{Written, fault, lines};

/// What a record of each fault's cause says, at least in one of its lines.
fn telling() -> BTreeMap<String, Vec<String>> {
    toml::from_str(include_str!("telling.toml")).unwrap()
}

fn of_fault(fault: Fault, generation: Generation) -> (Written, FaultTruth) {
    let written = Written::of(&Config { faults: vec![fault], generation, ..lines(9_000) });
    let [truth] = &written.truth.faults[..] else { panic!("{} has no truth", fault.name()) };
    let truth = truth.clone();
    (written, truth)
}

#[test]
fn the_lines_of_the_cause_show_it() {
    let telling = telling();
    for generation in Generation::ALL {
        for fault in Fault::all() {
            let (written, truth) = of_fault(*fault, generation);
            let files = written.files();
            let telling = &telling[fault.name()];
            assert!(truth.causes.len() >= 3, "{} has {} causes", fault.name(), truth.causes.len());
            for cause in &truth.causes {
                let text: Vec<&str> = files[&cause.file].lines().collect();
                assert!(1 <= cause.first && cause.first <= cause.last, "{cause:?}");
                let record = &text[cause.first as usize - 1..cause.last as usize];
                let shown = telling.iter().any(|part| record.iter().any(|line| line.contains(part)));
                assert!(shown, "{}: {cause:?} is {record:?}", fault.name());
                let begins = |line: &str| line.starts_with("2025-03-") || line.starts_with("Mar ");
                assert!(begins(record[0]), "{record:?}");
                // The next line begins another record: it has another message, or another time.
                if let Some(next) = text.get(cause.last as usize) {
                    assert!(begins(next), "{next}");
                }
            }
        }
    }
}

#[test]
fn the_truth_says_where_when_and_who() {
    for fault in Fault::all() {
        let (written, truth) = of_fault(*fault, Generation::Modern);
        assert_eq!(truth.name, fault.name());
        assert_eq!(written.truth.name, fault.name());
        assert!(truth.issue.len() > 20 && written.truth.issue == truth.issue);
        assert!(!truth.issue.contains('{'), "{}", truth.issue);
        assert!(written.truth.start < truth.start && truth.start < truth.end && truth.end <= written.truth.end);
        let files = written.files();
        // The hosts' own programs write to syslog.
        let of_subsystem = |name: &String| name.contains(&truth.subsystem) || name.ends_with("/syslog");
        assert!(files.keys().any(|name| name.starts_with(&truth.host) && of_subsystem(name)), "{truth:?}");
        let ids: BTreeSet<&String> = truth.requests.iter().collect();
        assert!(ids.len() >= 5, "{} failed {} requests", fault.name(), ids.len());
        let text = written.all_text();
        // The last ones may have begun when the logs end.
        let seen = ids.iter().filter(|id| text.contains(id.as_str())).count();
        assert!(seen * 10 >= ids.len() * 9, "{}: {seen} of {} requests are in the logs", fault.name(), ids.len());
    }
}

#[test]
fn a_source_is_named_where_a_traceback_of_the_cause_shows_it() {
    for fault in Fault::all() {
        let (written, truth) = of_fault(*fault, Generation::Modern);
        if truth.source_file.is_empty() {
            assert!(truth.source_function.is_empty());
            continue;
        }
        let frame = format!("/{}\", line ", truth.source_file);
        let function = format!(", in {}", truth.source_function);
        let files = written.files();
        let shown = truth.causes.iter().any(|cause| {
            let text = files[&cause.file].lines().skip(cause.first as usize - 1).take((cause.last - cause.first + 1) as usize);
            text.into_iter().any(|line| line.contains(&frame) && line.ends_with(&function))
        });
        assert!(shown, "{}: no traceback shows {} {}", fault.name(), truth.source_file, truth.source_function);
    }
}

#[test]
fn the_categories_are_all_those_of_the_report() {
    let known: BTreeSet<&str> = BTreeSet::from([
        "resource_shortage",
        "disk_space",
        "network_issues",
        "instance_lifecycle",
        "authentication",
        "database",
        "messaging",
        "storage",
        "image",
        "hypervisor",
        "scheduling",
        "api_unavailable",
        "quota",
        "configuration",
        "code_defect",
        "general",
    ]);
    let truth = |fault: &Fault| Written::of(&Config { faults: vec![*fault], ..lines(900) }).truth.faults[0].clone();
    let truths: Vec<_> = Fault::all().iter().map(truth).collect();
    let seen: BTreeSet<&str> = truths.iter().map(|truth| truth.category.as_str()).collect();
    assert_eq!(seen, known);
}

#[test]
fn a_silent_fault_is_told_by_no_error() {
    let mut silent = 0;
    for fault in Fault::all() {
        let config = Config { faults: vec![*fault], chronic: Chronic::Absent, ..lines(8_000) };
        let written = Written::of(&config);
        let text = written.all_text();
        let errors = [" ERROR ", " CRITICAL ", "[error]", "[ERROR]", ": error : ", "|ERR|", "[ERR]", " -1 osd.", "Traceback"];
        let told = text.lines().find(|line| errors.iter().any(|error| line.contains(error)));
        if written.truth.faults[0].silent {
            assert_eq!(told, None, "{}", fault.name());
            silent += 1;
        }
    }
    assert!(silent >= 4, "{silent} faults are silent");
}

#[test]
fn a_service_that_hangs_writes_nothing_any_more() {
    for (name, file) in
        [("compute_silent", "nova/nova-compute.log"), ("metadata_agent_silent", "neutron/neutron-metadata-agent.log")]
    {
        let (written, truth) = of_fault(fault(name), Generation::Modern);
        let text = &written.files()[&format!("{}/{file}", truth.host)];
        let last = text.lines().rev().find(|line| line.starts_with("2025-")).unwrap();
        assert!(last[..23].replace(' ', "T") <= truth.start, "{name}: {last}");
    }
}

#[test]
fn the_clock_of_a_skewed_host_is_wrong_in_its_logs_alone() {
    let (written, truth) = of_fault(fault("clock_skewed"), Generation::Modern);
    let files = written.files();
    let last = |host: &str| {
        let text = &files[&format!("{host}/nova/nova-compute.log")];
        text.lines().rev().find(|line| line.starts_with("2025-")).unwrap()[..23].to_owned()
    };
    let other = if truth.host == "compute01" { "compute02" } else { "compute01" };
    assert!(last(other).replace(' ', "T") > truth.start);
    let times: Vec<String> = files[&format!("{}/nova/nova-compute.log", truth.host)]
        .lines()
        .filter(|line| line.starts_with("2025-"))
        .map(|line| line[..23].to_owned())
        .collect();
    assert!(!times.is_sorted(), "the clock never went back");
}

#[test]
fn users_go_on_with_what_does_not_fail() {
    for fault in Fault::all() {
        let (written, truth) = of_fault(*fault, Generation::Modern);
        let start = truth.start.replace('T', " ");
        let text = written.text_of("nova-api.log");
        let during = text.lines().filter(|line| line.get(..23).is_some_and(|time| time > start.as_str()));
        let served = during.filter(|line| line.contains("status: 200")).count();
        assert!(served > 5, "{}: {served} requests were served", fault.name());
    }
}

#[test]
fn a_healthy_cloud_has_no_cause_and_shows_none() {
    let written = Written::of(&lines(40_000));
    assert_eq!(written.truth.name, "healthy");
    assert_eq!(written.truth.issue, "");
    assert!(written.truth.faults.is_empty());
    let text = written.all_text();
    for part in [
        "No valid host was found",
        "No space left on device",
        "OVS is dead",
        "Too many connections",
        "memory resource limit alarm",
        "Could not recognize Fernet token",
        "Image storage media is full",
        "Connection to libvirt lost",
        "MessagingTimeout",
    ] {
        assert!(!text.contains(part), "a healthy cloud says {part:?}");
    }
}

#[test]
fn faults_can_happen_together() {
    let written = Written::of(&Config { faults: vec![fault("image_store_full"), fault("libvirt_lost")], ..lines(9_000) });
    assert_eq!(written.truth.name, "image_store_full+libvirt_lost");
    assert_eq!(written.truth.faults.len(), 2);
    assert!(written.truth.faults.iter().all(|fault| !fault.causes.is_empty()));
    assert_eq!(written.truth.causes().count(), written.truth.faults.iter().map(|fault| fault.causes.len()).sum::<usize>());
}

#[test]
fn the_truth_can_be_read_back() {
    let written = Written::of(&Config { faults: vec![fault("disk_full")], ..lines(4_000) });
    assert_eq!(Truth::load(written.folder.path()).unwrap(), written.truth);
    assert_eq!(Truth::load(&written.folder.path().join("truth.toml")).unwrap(), written.truth);
    let path = written.folder.path().join("other.toml");
    std::fs::write(&path, "format_version = 1\n").unwrap();
    let error = Truth::load(&path).unwrap_err();
    assert!(error.to_string().contains("other.toml"), "{error}");
    let missing = Truth::load(&written.folder.path().join("none.toml")).unwrap_err();
    assert!(missing.to_string().contains("none.toml"), "{missing}");
}
