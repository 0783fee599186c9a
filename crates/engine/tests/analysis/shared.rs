//! What many failing services share.

use super::*;

/// Normal work of so many services on a host, a line a second each.
fn healthy(service: &str, seconds: u32) -> String {
    let project = service.split('-').next().unwrap_or(service);
    (0..seconds).fold(String::new(), |mut text, n| {
        let at = format!("2025-01-01 10:{:02}:{:02}.100", n / 60, n % 60);
        _ = writeln!(text, "{at} 7 INFO {project}.service [-] Periodic task number {n} done");
        text
    })
}

/// The last seconds of the same, with errors.
fn failing(service: &str, says: &str) -> String {
    let project = service.split('-').next().unwrap_or(service);
    let mut text = healthy(service, 240);
    for second in 0..20 {
        let at = format!("2025-01-01 10:04:{:02}.{:03}", second + 10, service.len());
        _ = writeln!(text, "{at} 7 ERROR {project}.worker [-] {says}");
    }
    text
}

/// Writes the files into a folder.
fn folder(files: &[(&str, String)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// What is found in the files by a model that knows the normal work of the services that write them.
fn report(files: &[(&str, String)]) -> Report {
    let service = |path: &str| Path::new(path).file_stem().unwrap().to_str().unwrap().to_owned();
    let good: Vec<_> = files.iter().map(|(path, _)| (*path, healthy(&service(path), 600))).collect();
    let (good, bad, config) = (folder(&good), folder(files), &config());
    let reading = &Reading::default();
    let training =
        Training { logs: &Folder::new(good.path()), reading, name: "small", date: "2025-01-02", config, checkpoint: None };
    let model = train(&training, &Silent).unwrap();
    let (known, without, edits) = (Known::built_in(), Without::default(), &Edits::default());
    let logs = &Folder::new(bad.path());
    analyze(&Request { logs, reading, issue: None, model: Ok(&model), known, config, edits, without }, &Silent).unwrap().report
}

#[test]
fn services_that_name_one_endpoint_point_to_what_listens_there() {
    let report = report(&[
        ("heat/heat-engine.log", failing("heat-engine", "Giving up on backend 10.0.0.9:3306 after ten attempts")),
        ("cinder/cinder-api.log", failing("cinder-api", "The store at 10.0.0.9:3306 does not take part any more")),
        ("glance/glance-api.log", failing("glance-api", "Nothing comes from 10.0.0.9:3306, leaving the work undone")),
    ]);
    let first = &report.causes[0];
    assert_eq!(first.title, "3 services fail on mariadb at 10.0.0.9:3306", "{:#?}", report.causes);
    assert_eq!((first.service.as_deref(), first.subsystem.as_deref()), (Some("mariadb"), Some("mariadb")));
    assert!(first.explanation.contains("cinder-api, glance-api, heat-engine"), "{}", first.explanation);
    assert!(first.actions.contains(&"Check: `nc -vz 10.0.0.9 3306`".to_owned()), "{:?}", first.actions);
    assert!(first.evidence.len() >= 3, "each of them is shown");
}

#[test]
fn two_services_share_nothing_yet() {
    let report = report(&[
        ("heat/heat-engine.log", failing("heat-engine", "Giving up on backend 10.0.0.9:3306 after ten attempts")),
        ("cinder/cinder-api.log", failing("cinder-api", "The store at 10.0.0.9:3306 does not take part any more")),
        ("glance/glance-api.log", healthy("glance-api", 260)),
    ]);
    assert!(report.causes.iter().all(|c| !c.title.contains("services fail")), "{:#?}", report.causes);
}

#[test]
fn services_that_fail_on_one_host_alone_point_to_it() {
    let report = report(&[
        ("node01/nova/nova-compute.log", healthy("nova-compute", 260)),
        ("node01/neutron/neutron-openvswitch-agent.log", healthy("neutron-openvswitch-agent", 260)),
        ("node01/ceilometer/ceilometer-polling.log", healthy("ceilometer-polling", 260)),
        ("node02/nova/nova-compute.log", failing("nova-compute", "Work on the virtual disk ended without a result")),
        ("node02/neutron/neutron-openvswitch-agent.log", failing("neutron-openvswitch-agent", "The bridge was left half done")),
        ("node02/ceilometer/ceilometer-polling.log", failing("ceilometer-polling", "No sample could be put together")),
    ]);
    let host = report.causes.iter().find(|c| c.title == "3 services fail on node02 and do well elsewhere");
    let host = host.unwrap_or_else(|| panic!("{:#?}", report.causes));
    assert_eq!((host.host.as_deref(), host.subsystem.as_deref()), (Some("node02"), Some("host")));
}
