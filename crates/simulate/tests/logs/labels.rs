//! The labels: what wrote each record.

use std::{collections::BTreeSet, fs};

use simulate::{Config, Fault, Generation};
use tempfile::TempDir;

use crate::{Written, fault, lines};

/// File, line and template of each label, with the logs that they are about.
fn labelled(config: Config) -> (Written, Vec<(String, usize, String)>) {
    let folder = TempDir::new().unwrap();
    let labels = folder.path().join("labels.csv");
    let written = Written::of(&Config { labels: Some(labels.clone()), ..config });
    let text = fs::read_to_string(labels).unwrap();
    let mut rows = text.lines();
    assert_eq!(rows.next(), Some("file,line,template"));
    let row = |row: &str| {
        let (file, rest) = row.split_once(',').unwrap();
        let (line, template) = rest.split_once(',').unwrap();
        (file.to_owned(), line.parse().unwrap(), template.trim_matches('"').to_owned())
    };
    (written, rows.map(row).collect())
}

#[test]
fn each_record_has_the_label_of_what_it_says() {
    let (written, labels) = labelled(Config { faults: vec![fault("disk_full")], ..lines(8_000) });
    let files = written.files();
    let mut checked = BTreeSet::new();
    for (file, line, template) in &labels {
        let text = files[file].lines().nth(line - 1).unwrap();
        let words = match template.as_str() {
            "nova-compute.claim_ok" => "Claim successful on node",
            "nova-compute.spawn_no_space" => "Instance failed to spawn",
            "nova-api.access GET /v2.1/servers/detail?* 200" => "\"GET /v2.1/servers/detail?limit=100\" status: 200",
            "nova-api.access DELETE /v2.1/servers/* 204" => "\"DELETE /v2.1/servers/",
            "mariadb.aborted_timeout" => "Got timeout reading communication packets",
            _ => continue,
        };
        assert!(text.contains(words), "{template}: {text}");
        checked.insert(template.as_str());
    }
    assert_eq!(checked.len(), 5, "{checked:?}");
    let distinct: BTreeSet<_> = labels.iter().map(|(file, line, _)| (file, line)).collect();
    assert_eq!(distinct.len(), labels.len(), "a record has one label");
    let haproxy = files.iter().find(|(name, _)| name.ends_with("haproxy.log")).unwrap();
    let of_haproxy = labels.iter().filter(|(file, ..)| file == haproxy.0).count();
    assert_eq!(of_haproxy, haproxy.1.lines().count(), "every record has a label");
}

#[test]
fn labels_change_no_logs() {
    for generation in Generation::ALL {
        let config = Config { generation, debug: true, faults: Fault::all().to_vec(), ..lines(9_000) };
        let (labelled, labels) = labelled(config.clone());
        assert!(labels.len() > 4_000);
        assert!(labelled.files() == Written::of(&config).files(), "{generation:?}");
    }
}

#[test]
fn one_place_in_the_code_is_one_template() {
    let (_, labels) = labelled(Config { faults: vec![fault("keystone_token_rejected")], ..lines(20_000) });
    let names: BTreeSet<&str> = labels.iter().map(|(.., template)| template.as_str()).collect();
    assert!(names.contains("shared.outlasted") && !names.contains("shared.outlasted_long"), "{names:?}");
    assert!(names.iter().all(|name| !name.contains(['\u{1}', '\u{2}'])));
}
