//! Paths as deployments, collectors and people make them: the process and the host that each names.

use engine::ingest::layout;

/// Path, process, host; `-` for none.
const PATHS: &str = include_str!("layouts.txt");

#[test]
fn paths_name_process_and_host() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for line in PATHS.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [path, service, host] = words[..] else { panic!("three words: {line}") };
        let found = layout::place(path);
        let told = (found.service.as_str(), found.host.as_deref().unwrap_or("-"));
        if told != (service, host) {
            wrong.push(format!("{path}: {told:?} instead of {:?}", (service, host)));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 60, "{count} paths");
}

#[test]
fn a_file_of_many_processes_claims_none() {
    for path in
        ["var/log/syslog", "var/log/messages-20240101", "journal.txt", "export.json", "sos_commands/logs/journalctl_--no-pager"]
    {
        assert!(!layout::place(path).sure, "{path}");
    }
    for path in ["nova/api.log", "nova-api.log", "screen-n-cpu.txt", "rabbitmq/rabbit@c1.log"] {
        assert!(layout::place(path).sure, "{path}");
    }
}
