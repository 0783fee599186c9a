//! How logs are written: deterministic, of the size asked for, as a stream.

use std::{collections::BTreeMap, fs};

use simulate::{Cases, Chronic, Config, Error, Layout, Part, Size, Truth};

use super::{Written, collect, fault, lines};

#[test]
fn a_seed_gives_the_same_bytes() {
    let config = Config { faults: vec![fault("disk_full")], ..lines(4_000) };
    let (first, second) = (Written::of(&config), Written::of(&config));
    assert_eq!(first.files(), second.files());
    assert_eq!(first.truth, second.truth);
    let other = Written::of(&Config { seed: 6, ..config });
    assert_ne!(first.files(), other.files());
}

#[test]
fn the_size_in_lines_is_kept() {
    for size in [1, 500, 5_000] {
        let written = Written::of(&lines(size));
        let counted = written.all_text().lines().count() as u64;
        assert_eq!(counted, written.truth.lines);
        // The last record is whole, and a traceback has some dozens of lines at most.
        assert!((size..size + 60).contains(&counted), "{size} asked, {counted} written");
    }
}

#[test]
fn the_size_in_seconds_is_kept() {
    let written = Written::of(&Config { size: Size::Seconds(900), ..lines(1) });
    assert!(written.truth.start.as_str() >= "2025-03-10T08:00:00.000", "{}", written.truth.start);
    assert!(written.truth.end.as_str() < "2025-03-10T08:15:00.000", "{}", written.truth.end);
    assert!(written.truth.end.as_str() > "2025-03-10T08:14:00.000", "{}", written.truth.end);
}

#[test]
fn lines_reach_the_disk_while_others_are_still_made() {
    let folder = tempfile::tempdir().unwrap();
    let (mut calls, mut halfway) = (Vec::new(), 0);
    let config = Config { computes: 1, ..lines(60_000) };
    simulate::write(&config, folder.path(), &mut |written| {
        calls.push(written);
        if (30_000..40_000).contains(&written) {
            let mut files = BTreeMap::new();
            collect(folder.path(), folder.path(), &mut files);
            halfway = files.values().map(|text| text.lines().count()).sum::<usize>();
        }
        true
    })
    .unwrap();
    assert!(calls.windows(2).all(|pair| pair[0] <= pair[1]), "{calls:?}");
    assert!(halfway > 20_000, "only {halfway} lines were on the disk when more than 30000 were made");
}

#[test]
fn cancelling_removes_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let result = simulate::write(&lines(100_000), folder.path(), &mut |written| written < 20_000);
    assert!(matches!(result, Err(Error::Cancelled)));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn logs_that_are_there_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("logs")).unwrap();
    fs::write(folder.path().join("logs/mine.log"), "mine").unwrap();
    let error = simulate::write(&lines(100), folder.path(), &mut |_| true).unwrap_err();
    assert!(matches!(error, Error::AlreadyThere(_)));
    assert!(error.to_string().contains("logs"), "{error}");
    assert!(!error.hint().is_empty());
    assert_eq!(fs::read_to_string(folder.path().join("logs/mine.log")).unwrap(), "mine");
}

#[test]
fn what_no_cloud_could_be_is_refused() {
    let sensible = lines(100);
    for (config, name) in [
        (Config { size: Size::Lines(0), ..sensible.clone() }, "size"),
        (Config { computes: 0, ..sensible.clone() }, "computes"),
        (Config { computes: 100, ..sensible.clone() }, "computes"),
        (Config { operations_per_hour: 0, ..sensible.clone() }, "operations_per_hour"),
        (Config { start: u64::MAX, ..sensible.clone() }, "start"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let error = simulate::write(&config, folder.path(), &mut |_| true).unwrap_err();
        assert!(error.to_string().starts_with(name), "{error}");
    }
}

#[test]
fn hosts_have_folders_or_share_their_files() {
    let files = Written::of(&lines(3_000)).files();
    assert!(files.contains_key("controller/nova/nova-api.log"), "{:?}", files.keys());
    assert!(files.contains_key("compute02/nova/nova-compute.log"));
    let merged = Written::of(&Config { layout: Layout::Merged, ..lines(3_000) }).files();
    let text = &merged["nova/nova-compute.log"];
    assert!(text.contains("on node compute01") && text.contains("on node compute02"));
    assert!(merged.keys().all(|name| !name.starts_with("compute")));
}

#[test]
fn every_layout_holds_the_same_records() {
    let faults = vec![fault("disk_full"), fault("galera_non_primary"), fault("guest_oom_killed")];
    let plain = Config { faults, chronic: Chronic::Varied, size: Size::Seconds(4_000), ..lines(1) };
    let (expected, faults) = (Written::of(&plain), plain.faults.len());
    for layout in Layout::ALL {
        let written = Written::of(&Config { layout, ..plain.clone() });
        assert_eq!(written.truth.faults.len(), faults, "{}", layout.name());
        assert_eq!(written.truth.layout, if layout == Layout::HostFolders { "" } else { layout.name() });
        let files = written.files();
        for (fault, plain) in written.truth.faults.iter().zip(&expected.truth.faults) {
            assert_eq!((&fault.requests, fault.causes.len()), (&plain.requests, plain.causes.len()), "{}", layout.name());
            for cause in &fault.causes {
                let record =
                    files[&cause.file].lines().skip(cause.first as usize - 1).take((cause.last - cause.first + 1) as usize);
                let telling = ["No space left", "WSREP", "oom", "Out of memory"];
                let shows = record.into_iter().any(|line| telling.iter().any(|part| line.contains(part)));
                assert!(shows, "{}: {cause:?}", layout.name());
            }
        }
    }
}

#[test]
fn cases_are_written_with_their_truth() {
    let folder = tempfile::tempdir().unwrap();
    let asked = Cases { part: Some(Part::Reporting), lines: 600, seed: 4 };
    let truths = simulate::write_cases(&asked, folder.path(), &mut |_| true).unwrap();
    let load = |path: &str| Truth::load(&folder.path().join(path)).unwrap();
    assert_eq!(load("failure/clock_skewed-5").name, "clock_skewed");
    assert_eq!(load("fault_free/healthy-01").name, "healthy");
    assert!(folder.path().join("failure/clock_skewed-4/logs").is_dir());
    assert!(!folder.path().join("failure/disk_full-4").exists(), "it is of the other part");
    assert!(truths.iter().all(|truth| (600..800).contains(&truth.lines)));
    let error = simulate::write_cases(&asked, folder.path(), &mut |_| true).unwrap_err();
    assert!(matches!(error, Error::AlreadyThere(_)));
}
