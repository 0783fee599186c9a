//! The names of `names.toml`, and what a name says: a process, a pod, or nothing.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// The table as it stands in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    projects: FxHashSet<String>,
    infrastructure: FxHashSet<String>,
    several: FxHashSet<String>,
    web: FxHashSet<String>,
    plain: FxHashSet<String>,
    endings: FxHashSet<String>,
    mixed: FxHashSet<String>,
    processes: FxHashMap<String, String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the table is part of the program, and a test reads it")]
    toml::from_str(include_str!("names.toml")).expect("names.toml is a table of names")
});

/// Whether a folder or the first word of a name is that of a project.
pub fn is_project(name: &str) -> bool {
    TABLE.projects.contains(name)
}

/// Whether a folder or the first word of a name is that of a program beneath OpenStack.
pub fn is_infrastructure(name: &str) -> bool {
    TABLE.infrastructure.contains(name)
}

/// Whether the files in a folder of infrastructure name processes of their own.
pub fn holds_several(folder: &str) -> bool {
    TABLE.several.contains(folder)
}

/// Whether a folder holds the logs of web servers, which are named after projects.
pub fn is_web(folder: &str) -> bool {
    TABLE.web.contains(folder)
}

/// Whether each line of a file of that name tells its own process.
pub fn is_mixed(stem: &str) -> bool {
    TABLE.mixed.contains(stem) || stem.starts_with("journalctl")
}

/// Whether a name begins with a project or a program that is known.
pub fn is_known(name: &str) -> bool {
    let first = name.split(['-', '@', '.']).next().unwrap_or_default();
    is_project(first) || is_infrastructure(first)
}

/// Whether a folder's name says nothing about a host: all its words are plain, numbers or sums of bytes.
pub fn is_plain(folder: &str) -> bool {
    let lower = folder.to_ascii_lowercase();
    if lower.starts_with("must-gather") || lower.contains("sha256") || lower.starts_with("sos_") {
        return true;
    }
    let is_sum = |word: &str| word.len() >= 12 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let words: Vec<&str> = lower.split(['-', '_', '.', ' ', '@', '~']).collect();
    if words.iter().any(|w| is_sum(w)) {
        return true;
    }
    words.iter().all(|w| TABLE.plain.contains(*w) || is_number(w) || is_project(w))
}

/// Whether a folder inside `var/log` is named as hosts are: with a number, a domain or a role.
pub fn is_hostlike(folder: &str) -> bool {
    const ROLES: [&str; 10] =
        ["controller", "compute", "network", "storage", "node", "undercloud", "hypervisor", "ctl", "cmp", "gateway"];
    folder.bytes().any(|b| b.is_ascii_digit() || b == b'.') || ROLES.iter().any(|role| folder.contains(role))
}

/// The process that a name stands for, whatever a release, a container, a pod or a web server calls it; none where no part of it is
/// known.
pub fn process(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase().replace('_', "-");
    let mut rest = name.as_str();
    loop {
        if let Some(process) = TABLE.processes.get(rest) {
            return Some(process.clone());
        }
        match rest.rsplit_once('-').filter(|(before, last)| adds_nothing(before, last)) {
            Some((before, _)) => rest = before,
            None => return is_known(rest).then(|| rest.to_owned()),
        }
    }
}

/// Whether the last word of a name is an addition: of a web server, a cell, a replica or a pod.
fn adds_nothing(before: &str, last: &str) -> bool {
    let numbered =
        |prefix: &str| last.strip_prefix(prefix).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    TABLE.endings.contains(last)
        || matches!(last, "podman" | "docker" | "replica" | "bundle" | "default")
        || (numbered("") && !before.ends_with("relay"))
        || numbered("cell")
        || is_suffix(before, last)
}

/// Whether a name ends as those of pods do that a deployment or a daemon set made: `-7f9c5d6b8-x2k4p`, `-x2k4p`.
pub fn is_pod(name: &str) -> bool {
    name.rsplit_once('-').is_some_and(|(before, last)| last.len() == 5 && is_suffix(before, last))
}

/// Kubernetes makes random words without vowels, so that they spell nothing.
fn is_suffix(before: &str, last: &str) -> bool {
    let random = |word: &str| word.bytes().all(|b| b"bcdfghjklmnpqrstvwxz0123456789".contains(&b));
    let digit = |word: &str| word.bytes().any(|b| b.is_ascii_digit());
    let set = |word: &str| (8..=10).contains(&word.len()) && digit(word) && word.bytes().all(|b| b.is_ascii_alphanumeric());
    let behind_set = before.rsplit_once('-').is_some_and(|(_, word)| set(word));
    (last.len() == 5 && random(last) && (digit(last) || behind_set)) || (set(last) && random(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_processes() {
        for (name, expected) in [
            ("n-cpu", Some("nova-compute")),
            ("n-cond-cell1", Some("nova-conductor")),
            ("keystone_wsgi_main_error", Some("keystone")),
            ("rabbitmq-bundle-podman-0", Some("rabbitmq")),
            ("nova-api-osapi-7f9c5d6b8-x2k4p", Some("nova-api")),
            ("nova-compute-default-x2k4p", Some("nova-compute")),
            ("ovn-sb-relay-1", Some("ovn-sb-relay-1")),
            ("nova-novncproxy", Some("nova-novncproxy")),
            ("console", None),
            ("whatever-1", None),
        ] {
            assert_eq!(process(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn plain_folders_are_no_hosts() {
        for name in
            ["kolla_logs", "_data", "case-12345", "2024-01-01", "incident", "must-gather.local.7", "logs.tar.gz", "nova-logs"]
        {
            assert!(is_plain(name), "{name}");
        }
        for name in ["controller", "compute-1", "ctl1.example.org", "rack3"] {
            assert!(!is_plain(name), "{name}");
        }
    }
}
