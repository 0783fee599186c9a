//! What the name of a rotated file says: the log that it was part of, and how old it is.

use std::sync::LazyLock;

use regex::Regex;

/// How old a file of a stream is, by its name. The order is that of time: the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// The digits of a date, the year first.
    Dated(String),
    /// The higher the number, the older.
    Numbered(std::cmp::Reverse<u32>),
    /// The file that is written.
    Live,
}

/// What a name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotated {
    /// The name of the file that is, or was, written.
    pub live: String,
    /// How old it is.
    pub age: Age,
    /// Whether the form also stands for names that have nothing to do with rotation, as `node.1.log` may: the live file must be there.
    pub doubtful: bool,
}

/// How compressed files end.
const PACKED: [&str; 6] = [".gz", ".bz2", ".xz", ".zst", ".lzma", ".Z"];
/// Containers that are restarted in Kubernetes keep one older log under a name of its own.
const PREVIOUS: (&str, &str) = ("previous.log", "current.log");

/// `nova-api.log-20260101`, `nova.log.2026-01-01_13:53:08`, `nova-20260101.log`, `0.log.20260101-120000`, and with seconds since 1970.
static DATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(.+?)[-._]((?:19|20)\d\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])(?:[-_T.]?\d\d(?:[-:.]?\d\d(?:[-:.]?\d\d)?)?|-\d{9,10})?)(\.log|\.txt|\.out)?$",
    )
    .ok()
});
/// `nova-api.log.1`
static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(.*[^.\d])\.(\d{1,4})$").ok());
/// `nova-api.1.log`
static INSIDE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(.*[^.\d])\.(\d{1,4})(\.log|\.txt|\.out)$").ok());

/// Reads a file's name.
#[must_use]
pub fn read(name: &str) -> Rotated {
    let name = PACKED.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    dated(name).or_else(|| numbered(name)).or_else(|| inside(name)).or_else(|| named(name)).unwrap_or_else(|| Rotated {
        live: name.to_owned(),
        age: Age::Live,
        doubtful: false,
    })
}

fn dated(name: &str) -> Option<Rotated> {
    let found = DATED.as_ref()?.captures(name)?;
    let end = found.get(3).map_or("", |end| end.as_str());
    let age = Age::Dated(found[2].chars().filter(char::is_ascii_digit).collect());
    Some(Rotated { live: format!("{}{end}", &found[1]), age, doubtful: false })
}

fn numbered(name: &str) -> Option<Rotated> {
    let found = NUMBERED.as_ref()?.captures(name)?;
    Some(Rotated { live: found[1].to_owned(), age: Age::Numbered(std::cmp::Reverse(found[2].parse().ok()?)), doubtful: false })
}

fn inside(name: &str) -> Option<Rotated> {
    let found = INSIDE.as_ref()?.captures(name)?;
    let age = Age::Numbered(std::cmp::Reverse(found[2].parse().ok()?));
    Some(Rotated { live: format!("{}{}", &found[1], &found[3]), age, doubtful: true })
}

fn named(name: &str) -> Option<Rotated> {
    let live = if name == PREVIOUS.0 { PREVIOUS.1 } else { name.strip_suffix(".old")? };
    Some(Rotated { live: live.to_owned(), age: Age::Numbered(std::cmp::Reverse(1)), doubtful: false })
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use super::*;

    #[test]
    fn names_say_log_and_age() {
        let number = |number| Age::Numbered(Reverse(number));
        let date = |digits: &str| Age::Dated(digits.to_owned());
        for (name, live, age) in [
            ("nova-api.log", "nova-api.log", Age::Live),
            ("nova-api.log.gz", "nova-api.log", Age::Live),
            ("nova-api.log.1", "nova-api.log", number(1)),
            ("nova-api.log.12.gz", "nova-api.log", number(12)),
            ("syslog.2.xz", "syslog", number(2)),
            ("nova-api.1.log", "nova-api.log", number(1)),
            ("nova-api.log-20260101", "nova-api.log", date("20260101")),
            ("nova-api.log-20260101.gz", "nova-api.log", date("20260101")),
            ("nova-api.log-2026010113.zst", "nova-api.log", date("2026010113")),
            ("nova-api.log-20260101-1767225600", "nova-api.log", date("202601011767225600")),
            ("nova-api.log.2026-01-01", "nova-api.log", date("20260101")),
            ("nova-api.log.2017-05-16_13:53:08", "nova-api.log", date("20170516135308")),
            ("nova-api-20260101.log", "nova-api.log", date("20260101")),
            ("messages-20260101", "messages", date("20260101")),
            ("0.log.20260101-120000.gz", "0.log", date("20260101120000")),
            ("libvirtd.log.old", "libvirtd.log", number(1)),
            ("previous.log", "current.log", number(1)),
            ("10.0.0.1", "10.0.0.1", Age::Live),
            ("10.0.0.1.log", "10.0.0.1.log", Age::Live),
            ("instance-00000001.log", "instance-00000001.log", Age::Live),
            ("host-20261301.log", "host-20261301.log", Age::Live),
        ] {
            let read = read(name);
            assert_eq!((read.live.as_str(), &read.age), (live, &age), "{name}");
        }
    }

    #[test]
    fn ages_are_in_the_order_of_time() {
        let names = ["a.log.2026-01-01", "a.log-20260102", "a.log.10.gz", "a.log.2", "a.log.1", "a.log"];
        let ages: Vec<Age> = names.iter().map(|name| read(name).age).collect();
        assert!(ages.is_sorted(), "{ages:?}");
    }
}
