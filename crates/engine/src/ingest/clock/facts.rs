//! What a machine tells of itself beside its logs: its name, and how far its clock is from UTC.

use crate::ingest::{container::Fact, time};

/// A folder that holds files of one machine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Machine {
    /// The folder, with a `/` at its end where it is not the one that was given.
    pub root: String,
    /// Its host name.
    pub host: Option<String>,
    /// Minutes east of UTC of its clock.
    pub zone: Option<i16>,
}

/// The machines that facts tell of, those of the longest folders first.
#[must_use]
pub fn machines(facts: &[Fact]) -> Vec<Machine> {
    let mut found: Vec<Machine> = Vec::new();
    let mut dates: Vec<(String, Option<i64>, Option<i64>)> = Vec::new();
    for Fact { path, text } in facts {
        let Some((root, said)) = said(path, text) else { continue };
        let at = found.iter().position(|m| m.root == root).unwrap_or_else(|| {
            found.push(Machine { root: root.clone(), ..Machine::default() });
            found.len() - 1
        });
        let machine = &mut found[at];
        match said {
            Said::Host(host) => machine.host = machine.host.take().or(Some(host)),
            Said::Zone(zone) => machine.zone = Some(zone),
            Said::Date(local, utc) => dates.push((root, local, utc)),
        }
    }
    for machine in found.iter_mut().filter(|m| m.zone.is_none()) {
        let mine = || dates.iter().filter(|d| d.0 == machine.root);
        let (local, utc) = (mine().find_map(|d| d.1), mine().find_map(|d| d.2));
        machine.zone = local.zip(utc).and_then(|(local, utc)| quarter(local - utc));
    }
    found.sort_by_key(|m| std::cmp::Reverse(m.root.len()));
    found
}

/// The machine that a file belongs to.
pub fn of<'a>(machines: &'a [Machine], path: &str) -> Option<&'a Machine> {
    machines.iter().find(|m| path.starts_with(&m.root))
}

enum Said {
    Host(String),
    Zone(i16),
    /// Seconds of the local clock and of UTC, where the file tells.
    Date(Option<i64>, Option<i64>),
}

/// What a file says, and of which folder.
fn said(path: &str, text: &str) -> Option<(String, Said)> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let above = |end: &str| match folder.strip_suffix(end) {
        Some("") => Some(String::new()),
        Some(root) if root.ends_with('/') => Some(root.to_owned()),
        _ => None,
    };
    let here = || if folder.is_empty() { String::new() } else { format!("{folder}/") };
    if let Some(root) = above("sos_commands/systemd").filter(|_| name.starts_with("timedatectl")) {
        return Some((root, Said::Zone(told(text)?)));
    }
    if name == "timezone" {
        return Some((above("etc")?, Said::Zone(named(text.trim())?)));
    }
    if name.starts_with("hostname") {
        let root = above("sos_commands/host").or_else(|| above("sos_commands/general")).or_else(|| above("etc"));
        let host = text.lines().next()?.split_whitespace().next().filter(|h| !h.starts_with("localhost"))?;
        return Some((root.unwrap_or_else(here), Said::Host(host.to_owned())));
    }
    let root = above("sos_commands/date").or_else(|| (name == "date").then(here)).filter(|_| name.starts_with("date"))?;
    let (seconds, zone) = date(text.lines().next()?)?;
    Some(match named(&zone) {
        Some(0) if name.contains("utc") => (root, Said::Date(None, Some(seconds))),
        Some(zone) => (root, Said::Zone(zone)),
        None => (root, Said::Date(Some(seconds), None)),
    })
}

/// `Time zone: Asia/Kolkata (IST, +0530)` of timedatectl.
fn told(text: &str) -> Option<i16> {
    let line = text.lines().find(|l| l.trim_start().starts_with("Time zone:"))?;
    let inside = line.split_once('(')?.1.split_once(')')?.0;
    offset(inside.rsplit(", ").next()?)
}

/// `Mon Jan  1 10:00:00 CET 2024`, with or without AM and PM: seconds since 1970 on that clock, and the zone's name.
fn date(line: &str) -> Option<(i64, String)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [_, month, day, clock, .., year] = words[..] else { return None };
    let (stamp, _) = time::syslog(format!("{month} {day:>2} {clock}").as_bytes())?;
    let micros = time::with_year(stamp.micros, year.parse().ok()?);
    let afternoon = words.contains(&"PM") && !clock.starts_with("12");
    let midnight = words.contains(&"AM") && clock.starts_with("12");
    let hours = i64::from(afternoon) * 12 - i64::from(midnight) * 12;
    Some((micros / 1_000_000 + hours * 3600, (*words.get(words.len() - 2)?).to_owned()))
}

/// Minutes east of UTC of a zone whose name leaves no doubt: `UTC`, `Etc/GMT-2`, `+0530`. Most abbreviations mean several zones.
fn named(name: &str) -> Option<i16> {
    match name {
        "UTC" | "Etc/UTC" | "GMT" | "Etc/GMT" | "Etc/Universal" | "Etc/Zulu" | "Universal" | "Zulu" => Some(0),
        "CET" => Some(60),
        "CEST" | "EET" => Some(120),
        "EEST" | "MSK" => Some(180),
        "JST" | "KST" => Some(540),
        "EDT" => Some(-240),
        "PDT" => Some(-420),
        _ => offset(name),
    }
}

/// `+0530`, `-03`.
fn offset(text: &str) -> Option<i16> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let number = |part: &str| part.parse::<i16>().ok();
    match digits.len() {
        2 => Some(sign * number(digits)? * 60),
        4 => Some(sign * (number(digits.get(..2)?)? * 60 + number(digits.get(2..)?)?)),
        _ => None,
    }
    .filter(|minutes| minutes.abs() <= 14 * 60)
}

/// Seconds as minutes, where they are near a multiple of a quarter of an hour.
fn quarter(seconds: i64) -> Option<i16> {
    let quarters = (seconds + 450).div_euclid(900);
    (quarters.abs() <= 56 && (seconds - quarters * 900).abs() <= 60).then_some(quarters as i16 * 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(facts: &[(&str, &str)], root: &str, host: Option<&str>, zone: Option<i16>) {
        let facts: Vec<Fact> = facts.iter().map(|(p, t)| Fact { path: (*p).to_owned(), text: (*t).to_owned() }).collect();
        let expected = Machine { root: root.to_owned(), host: host.map(str::to_owned), zone };
        assert_eq!(machines(&facts), [expected], "{facts:?}");
    }

    #[test]
    fn a_report_tells_name_and_zone() {
        let clock =
            "               Local time: Mon 2024-01-01 15:30:00 IST\n                Time zone: Asia/Kolkata (IST, +0530)\n";
        check(&[("s-1/sos_commands/systemd/timedatectl", clock), ("s-1/hostname", "ctl1\n")], "s-1/", Some("ctl1"), Some(330));
        check(&[("etc/hostname", "ctl1"), ("etc/timezone", "Etc/UTC\n")], "", Some("ctl1"), Some(0));
        check(&[("a/date", "Mon Jan  1 10:00:00 CET 2024\n")], "a/", None, Some(60));
    }

    #[test]
    fn an_ambiguous_zone_is_told_by_the_two_dates() {
        let local = ("a/sos_commands/date/date", "Mon Jan  1 10:00:03 PM CST 2024");
        let utc = ("a/sos_commands/date/date_--utc", "Tue Jan  2 04:00:05 UTC 2024");
        check(&[local, utc], "a/", None, Some(-360));
        assert_eq!(machines(&[Fact { path: "a/date".to_owned(), text: local.1.to_owned() }])[0].zone, None);
    }
}
