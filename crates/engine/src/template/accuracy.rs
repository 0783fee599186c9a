//! How well messages were grouped into templates, where it is known which statement of a program wrote each of them.
//!
//! Two measures, both over groups of messages. A group that was found is right where its messages are exactly those of one true
//! group: one message too many or too few makes it wrong.
//!
//! - Grouping accuracy (GA; Zhu et al., Tools and Benchmarks for Automated Log Parsing, ICSE-SEIP 2019): the share of messages that are
//!   in a right group. `GA = messages in right groups / messages`. Frequent templates count more.
//! - F1 of grouping accuracy (FGA; Jiang et al., A Large-Scale Evaluation for Log Parsing Techniques, ISSTA 2024, which is LogHub-2.0):
//!   the same over templates, of which the rare ones tell most. With `N` groups that were found, `T` true ones and `R` right ones,
//!   `precision = R / N`, `recall = R / T`, and `FGA = 2 precision recall / (precision + recall) = 2 R / (N + T)`.

use rustc_hash::FxHashMap;

use super::{RAISED, merge::ANY};

/// How well messages were grouped.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Accuracy {
    /// Messages compared.
    pub messages: usize,
    /// Groups that there are in truth.
    pub truth: usize,
    /// Groups that were found.
    pub found: usize,
    /// Groups that were found and are right.
    pub right: usize,
    /// Messages in right groups.
    pub grouped: usize,
}

impl Accuracy {
    /// Grouping accuracy, 0 to 1; 1 where there are no messages.
    #[must_use]
    pub fn ga(&self) -> f64 {
        if self.messages == 0 { 1.0 } else { self.grouped as f64 / self.messages as f64 }
    }

    /// F1 of grouping accuracy, 0 to 1; 1 where there are no messages.
    #[must_use]
    pub fn fga(&self) -> f64 {
        if self.messages == 0 { 1.0 } else { 2.0 * self.right as f64 / (self.truth + self.found) as f64 }
    }
}

/// A true group that was not found as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The true group.
    pub truth: u32,
    /// The groups that its messages were put into, each with how many of them, by their numbers.
    pub found: Vec<(u32, usize)>,
}

/// Compares groups of messages with the true ones: for each message its group's number, in the same order.
///
/// Where one list is longer than the other, what has no partner is left out.
#[must_use]
pub fn compare(truth: &[u32], found: &[u32]) -> Accuracy {
    let pairs = Pairs::of(truth, found);
    let right: Vec<usize> = pairs.both.iter().filter(|(pair, n)| pairs.is_right(**pair, **n)).map(|(_, n)| *n).collect();
    Accuracy {
        messages: truth.len().min(found.len()),
        truth: pairs.truth.len(),
        found: pairs.found.len(),
        right: right.len(),
        grouped: right.iter().sum(),
    }
}

/// The true groups that were not found as they are, by their numbers.
#[must_use]
pub fn wrong(truth: &[u32], found: &[u32]) -> Vec<Wrong> {
    let pairs = Pairs::of(truth, found);
    let mut groups: FxHashMap<u32, Vec<(u32, usize)>> = FxHashMap::default();
    for (pair, n) in pairs.both.iter().filter(|(pair, n)| !pairs.is_right(**pair, **n)) {
        groups.entry(pair.0).or_default().push((pair.1, *n));
    }
    let mut wrong: Vec<Wrong> = groups.into_iter().map(|(truth, found)| Wrong { truth, found }).collect();
    for group in &mut wrong {
        group.found.sort_unstable();
    }
    wrong.sort_unstable_by_key(|group| group.truth);
    wrong
}

/// How many messages each group has, and each pair of a true and a found group in common.
struct Pairs {
    truth: FxHashMap<u32, usize>,
    found: FxHashMap<u32, usize>,
    both: FxHashMap<(u32, u32), usize>,
}

impl Pairs {
    fn of(truth: &[u32], found: &[u32]) -> Self {
        let mut pairs = Self { truth: FxHashMap::default(), found: FxHashMap::default(), both: FxHashMap::default() };
        for (&truth, &found) in truth.iter().zip(found) {
            *pairs.truth.entry(truth).or_default() += 1;
            *pairs.found.entry(found).or_default() += 1;
            *pairs.both.entry((truth, found)).or_default() += 1;
        }
        pairs
    }

    fn is_right(&self, (truth, found): (u32, u32), messages: usize) -> bool {
        self.truth[&truth] == messages && self.found[&found] == messages
    }
}

/// What a template's text says about the statement that wrote it: without the route and the status of an API's call and without what a
/// traceback raised. Templates keep these apart, since they tell what happened; labels made from source code, as LogHub's are, do not.
#[must_use]
pub fn statement(text: &str) -> String {
    let said = text.split_once(RAISED).map_or(text, |(said, _)| said);
    let words = said.split(' ').map(|word| {
        let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '/' && c != '<');
        if bare.starts_with('/') || bare.contains("://") {
            ANY
        } else if bare.len() == 3 && bare.bytes().all(|b| b.is_ascii_digit()) {
            "<n>"
        } else {
            word
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares two labellings to figures worked out by hand.
    fn check(truth: &[u32], found: &[u32], ga: f64, fga: f64) {
        let accuracy = compare(truth, found);
        assert!((accuracy.ga() - ga).abs() < 1e-12, "GA {} of {accuracy:?}", accuracy.ga());
        assert!((accuracy.fga() - fga).abs() < 1e-12, "FGA {} of {accuracy:?}", accuracy.fga());
    }

    #[test]
    fn the_same_groups_under_other_numbers_are_right() {
        check(&[0, 0, 1, 2], &[7, 7, 9, 3], 1.0, 1.0);
        check(&[], &[], 1.0, 1.0);
    }

    #[test]
    fn a_group_in_two_parts_is_wrong_as_a_whole() {
        // Group 0 of three messages falls apart; group 1 of one message is right: 1 of 4 messages. R = 1, N = 3, T = 2.
        check(&[0, 0, 0, 1], &[0, 0, 1, 2], 0.25, 2.0 / 5.0);
    }

    #[test]
    fn two_groups_in_one_are_both_wrong() {
        // Groups 0 and 1 become one; group 2 of two messages is right: 2 of 5. R = 1, N = 2, T = 3.
        check(&[0, 0, 1, 2, 2], &[0, 0, 0, 1, 1], 0.4, 2.0 / 5.0);
    }

    #[test]
    fn one_stray_message_spoils_two_groups() {
        check(&[0, 0, 1, 1], &[0, 1, 1, 1], 0.0, 0.0);
        assert_eq!(
            wrong(&[0, 0, 1, 1, 2], &[0, 1, 1, 1, 5]),
            [Wrong { truth: 0, found: vec![(0, 1), (1, 1)] }, Wrong { truth: 1, found: vec![(1, 2)] }]
        );
    }

    #[test]
    fn a_statement_is_a_template_without_route_status_and_exception() {
        for (text, expected) in [
            (
                "<ip> \"GET /v2.1/<hex>/servers?<*> HTTP/<n>\" status: 404 len: <n>",
                "<ip> \"GET <*> HTTP/<n>\" status: <n> len: <n>",
            ),
            ("Failed to build ⇒ nova.exception.X at nova/a.py:f", "Failed to build"),
            ("Claim successful on node compute<n>", "Claim successful on node compute<n>"),
        ] {
            assert_eq!(statement(text), expected);
        }
    }
}
