//! Facts as Markdown. Text from logs goes into code spans, where it is shown as it is.

use crate::facts::{Fact, Topic};

/// A single fact as a paragraph, actions as a numbered list, anything else as bullets.
pub(crate) fn compose(facts: &[&Fact]) -> String {
    let lines: Vec<String> = facts.iter().map(|fact| sentence(fact)).collect();
    match (lines.as_slice(), facts) {
        ([line], _) => line.clone(),
        (lines, [first, ..]) if first.topic == Topic::Action => {
            let numbered = lines.iter().enumerate().map(|(index, line)| format!("{}. {line}", index + 1));
            numbered.collect::<Vec<_>>().join("\n")
        }
        (lines, _) => lines.iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n"),
    }
}

fn sentence(fact: &Fact) -> String {
    if fact.citations.is_empty() { fact.text.clone() } else { format!("{} [{}]", fact.text, fact.citations.join("][")) }
}

/// The first line of a text from the logs as a code span, shortened where it is long.
pub(crate) fn code(text: &str) -> String {
    const LONGEST: usize = 240;
    let line = text.lines().next().unwrap_or_default().trim();
    let mut shown: String = line.chars().take(LONGEST).collect();
    if shown.len() < line.len() {
        shown.push('…');
    }
    let ticks = shown.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(ticks + 1);
    // Markdown takes one space away on both sides, which keeps a tick at the edge apart from the fence.
    if ticks == 0 { format!("{fence}{shown}{fence}") } else { format!("{fence} {shown} {fence}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_logs_cannot_leave_its_code_span() {
        assert_eq!(code("plain\nsecond line"), "`plain`");
        assert_eq!(code("a `quoted` ``name``"), "``` a `quoted` ``name`` ```");
        assert!(code(&"ä".repeat(1000)).ends_with("…`"));
    }
}
