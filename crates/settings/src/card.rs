//! What a model's card tells beside the model itself: a measurement of how right it is.

use serde::Serialize;
use ts_rs::TS;

/// How sure the program said to be, and how often it was right.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Reliability {
    /// What it was sure of, in the words of the card.
    pub title: String,
    /// From the least confidence to the greatest.
    pub bins: Vec<Bin>,
}

/// Answers that were given with about the same confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Bin {
    /// How many.
    pub number: u64,
    /// The mean confidence, 0 to 1.
    pub stated: f64,
    /// The share that was right, 0 to 1.
    pub right: f64,
}

/// The columns of a table of reliability, as `openstack-rca evaluate` writes it.
const COLUMNS: [&str; 4] = ["confidence", "number", "stated", "right"];

/// The tables of reliability in a card; none where nothing was measured.
#[must_use]
pub fn reliability(card: &str) -> Vec<Reliability> {
    let mut found: Vec<Reliability> = Vec::new();
    let (mut title, mut inside) = ("", false);
    for line in card.lines() {
        if let Some(heading) = line.strip_prefix('#') {
            title = heading.trim_start_matches('#').trim();
        }
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        if cells == COLUMNS {
            found.push(Reliability { title: title.to_owned(), bins: Vec::new() });
            inside = true;
        } else if !line.starts_with('|') {
            inside = false;
        } else if let (true, Some(bin), Some(table)) = (inside, bin(&cells), found.last_mut()) {
            table.bins.push(bin);
        }
    }
    found.retain(|table| !table.bins.is_empty());
    found
}

fn bin(cells: &[&str]) -> Option<Bin> {
    let [_, number, stated, right] = cells else { return None };
    let share = |text: &str| text.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    Some(Bin { number: number.parse().ok()?, stated: share(stated)?, right: share(right)? })
}

/// A card under the title of a model of that name.
#[must_use]
pub fn titled(card: &str, name: &str) -> String {
    let title = format!("# Model card: {name}");
    match card.split_once('\n') {
        Some((first, rest)) if first.starts_with("# Model card:") => format!("{title}\n{rest}"),
        _ => card.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: &str = "# Model card: a\n\n| epoch | loss |\n|---|---|\n| 1 | 2 |\n\n### How sure the first cause was said to be\n\n\
                        | confidence | number | stated | right |\n| --- | ---: | ---: | ---: |\n| 0.2 to 0.3 | 1 | 0.270 | 0.000 |\n\
                        | 0.7 to 0.8 | 29 | 0.747 | 0.724 |\n| odd | x | 2 | 3 |\n\nmore\n";

    #[test]
    fn what_was_measured_is_read_and_the_rest_is_left() {
        let found = reliability(CARD);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].title, "How sure the first cause was said to be");
        let second = Bin { number: 29, stated: 0.747, right: 0.724 };
        assert_eq!((found[0].bins.len(), found[0].bins[1]), (2, second));
        assert!(reliability("# Model card: b\n").is_empty());
    }

    #[test]
    fn a_card_gets_the_name_of_its_model() {
        assert!(titled(CARD, "b").starts_with("# Model card: b\n\n| epoch"));
        assert_eq!(titled("something else", "b"), "something else");
    }
}
