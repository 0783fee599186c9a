//! The names of sos reports: `sosreport-HOST-CASE-2024-01-31-abcdefg`, with `.tar.xz` behind it where it is packed.

/// The host that a report's folder or archive names; none where it is no report.
pub fn host(name: &str) -> Option<String> {
    let name = name.strip_prefix("sosreport-").or_else(|| name.strip_prefix("sos-"))?;
    let name = [".tar", ".tgz", ".txz"].iter().filter_map(|e| name.find(e)).min().map_or(name, |at| &name[..at]);
    let words: Vec<&str> = name.split('-').collect();
    let end = (0..words.len()).find(|n| is_date(&words[*n..])).unwrap_or(words.len());
    let mut host = &words[..end];
    // The case's number stands between the host and the date.
    while let [before @ .., last] = host
        && !before.is_empty()
        && end < words.len()
        && last.len() >= 5
        && last.bytes().all(|b| b.is_ascii_digit())
    {
        host = before;
    }
    let host = host.join("-");
    let host =
        host.split_once('.').filter(|(_, case)| case.bytes().all(|b| b.is_ascii_digit())).map_or(host.as_str(), |(h, _)| h);
    (!host.is_empty() && host != "collector").then(|| host.to_owned())
}

/// Whether words begin with a date: `2024`, `01`, `31`; or `20240131101500` in older reports.
fn is_date(words: &[&str]) -> bool {
    let number = |word: &str, digits: usize| word.len() == digits && word.bytes().all(|b| b.is_ascii_digit());
    let [first, rest @ ..] = words else { return false };
    (number(first, 14) && first.starts_with("20"))
        || (number(first, 4) && first.starts_with("20") && matches!(rest, [m, d, ..] if number(m, 2) && number(d, 2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_name_their_host() {
        for (name, expected) in [
            ("sosreport-ctl1-2024-01-31-abcdefg", Some("ctl1")),
            ("sosreport-compute-3-0312345-2024-01-31-abcdefg.tar.xz", Some("compute-3")),
            ("sosreport-ctl1.0312345-20240131101500-ab12", Some("ctl1")),
            ("sosreport-node-17", Some("node-17")),
            ("sos-collector-2024-01-31-abcde", None),
            ("sosreport-", None),
            ("ctl1", None),
        ] {
            assert_eq!(host(name).as_deref(), expected, "{name}");
        }
    }
}
