//! The releases of OpenStack that a known failure is known from.

/// All releases with a name, in order. From 2023.1, which is Antelope, they are numbered as well: two a year.
const NAMES: [&str; 33] = [
    "Austin",
    "Bexar",
    "Cactus",
    "Diablo",
    "Essex",
    "Folsom",
    "Grizzly",
    "Havana",
    "Icehouse",
    "Juno",
    "Kilo",
    "Liberty",
    "Mitaka",
    "Newton",
    "Ocata",
    "Pike",
    "Queens",
    "Rocky",
    "Stein",
    "Train",
    "Ussuri",
    "Victoria",
    "Wallaby",
    "Xena",
    "Yoga",
    "Zed",
    "Antelope",
    "Bobcat",
    "Caracal",
    "Dalmatian",
    "Epoxy",
    "Flamingo",
    "Gazpacho",
];
/// Where Antelope, 2023.1, stands among them.
const NUMBERED: u32 = 26;

/// Checks releases and ranges of them, separated by commas: `Train`, `2023.1-2024.2`, `Queens-Train, 2023.1`.
///
/// # Errors
/// What is wrong with them.
pub(super) fn check(releases: &str) -> Result<(), String> {
    for part in releases.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (place(first.trim())?, place(last.trim())?);
        if first > last {
            return Err(format!("releases: {} ends before it begins", part.trim()));
        }
    }
    Ok(())
}

/// Where a release stands among all.
fn place(release: &str) -> Result<u32, String> {
    let named = NAMES.iter().position(|name| *name == release).map(|at| at as u32);
    let numbered = || {
        let (year, half) = release.split_once('.')?;
        let (year, half) = (year.parse::<u32>().ok()?, half.parse::<u32>().ok()?);
        ((2023..2100).contains(&year) && (1..=2).contains(&half)).then(|| NUMBERED + 2 * (year - 2023) + half - 1)
    };
    let strange =
        || format!("releases: {release:?} is no release; write 2024.1, Train, or a range of them such as 2023.1-2024.2");
    named.or_else(numbered).ok_or_else(strange)
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn releases_are_names_numbers_and_ranges_of_them() {
        for good in ["Train", "2024.1", "2023.1-2024.2", "Queens-Zed", "Yoga-2023.2", "Queens-Train, 2023.1"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn what_is_no_release_is_named() {
        for (bad, words) in [
            ("", "\"\" is no release"),
            ("Trainwreck", "\"Trainwreck\" is no release"),
            ("2022.1", "no release"),
            ("2024.3", "no release"),
            ("2024.1-", "\"\" is no release"),
            ("2024.2-2023.1", "ends before it begins"),
            ("2023.2-Antelope", "ends before it begins"),
        ] {
            let reason = check(bad).unwrap_err();
            assert!(reason.contains(words), "{bad}: {reason}");
        }
    }
}
