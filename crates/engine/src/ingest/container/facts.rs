//! Small files that are no logs and tell which host wrote the logs beside them, and by which clock.

use serde::{Deserialize, Serialize};

/// Bytes of the longest fact: a longer file of the same name is something else.
const LONGEST: usize = 16 << 10;
/// Facts that are kept of one archive or folder.
pub const MOST: usize = 4096;

/// Names of files that are facts in any folder.
const NAMES: [&str; 4] = ["hostname", "date", "timestamp", "version.txt"];
/// The ends of folders, with the beginnings of names in them, that are facts.
const PLACES: [(&str, &str); 5] = [
    ("sos_commands/host", "hostname"),
    ("sos_commands/date", ""),
    ("sos_commands/systemd", "timedatectl"),
    ("etc", "timezone"),
    ("etc", "machine-id"),
];

/// A small file that tells of a host or its clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Relative to what was given, as the paths of logs are.
    pub path: String,
    /// Its text; what is not UTF-8 is replaced.
    pub text: String,
}

impl Fact {
    /// The fact that a file is, from its path and its first bytes; none where it is something else.
    #[must_use]
    pub fn of(path: &str, sample: &[u8]) -> Option<Self> {
        let fits = is_named(path) && (1..=LONGEST).contains(&sample.len()) && memchr::memchr(0, sample).is_none();
        fits.then(|| Self { path: path.to_owned(), text: String::from_utf8_lossy(sample).into_owned() })
    }
}

/// Whether a path is one of a fact.
fn is_named(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let lies_in = |end: &str| folder.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('/'));
    NAMES.contains(&name) || PLACES.iter().any(|(end, begin)| name.starts_with(begin) && lies_in(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_told_by_their_place() {
        for (path, expected) in [
            ("sos.tar.xz/sosreport-c1/sos_commands/host/hostname_-f", true),
            ("sosreport-c1/sos_commands/date/date_--utc", true),
            ("hostname", true),
            ("a/etc/timezone", true),
            ("a/netc/timezone", false),
            ("etc/timezones/x", false),
            ("var/log/hostname.log", false),
            ("sos_commands/hosts/hostname_-f", false),
        ] {
            assert_eq!(is_named(path), expected, "{path}");
        }
    }

    #[test]
    fn binary_and_empty_files_are_no_facts() {
        assert_eq!(Fact::of("hostname", b""), None);
        assert_eq!(Fact::of("hostname", b"\0\x01"), None);
        assert_eq!(Fact::of("hostname", b"c1\n").map(|fact| fact.text), Some("c1\n".to_owned()));
    }
}
