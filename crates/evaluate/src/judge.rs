//! Holds an answer against the truth.

use serde::{Serialize, Serializer};

use crate::{
    answer::{Answer, Place, Shown},
    truth::{Fault, Kind, Truth},
};

/// The figure of cases in which nothing failed.
pub const FALSE_ALARM: &str = "false alarm";
/// The figure that only truths with a category have.
pub const CATEGORY: &str = "category";

/// Each figure of a case by its name: right, wrong, or none where the truth cannot say. `@3` means among the first three.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks(pub Vec<(&'static str, Option<bool>)>);

impl Marks {
    /// The mark of a figure.
    #[must_use]
    pub fn of(&self, figure: &str) -> Option<bool> {
        self.0.iter().find(|(name, _)| *name == figure).and_then(|(_, mark)| *mark)
    }
}

impl Serialize for Marks {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

/// Judges an answer.
#[must_use]
pub fn judge(answer: &Answer, truth: &Truth) -> Marks {
    if truth.kind != Kind::Failure {
        return Marks(vec![(FALSE_ALARM, Some(answer.incident))]);
    }
    let (has_file, has_function) =
        (truth.faults.iter().any(|f| f.file.is_some()), truth.faults.iter().any(|f| f.function.is_some()));
    let files: Vec<bool> = answer.causes.iter().map(|cause| truth.faults.iter().any(|f| in_file(cause, f))).collect();
    let functions: Vec<bool> = answer.causes.iter().map(|cause| truth.faults.iter().any(|f| in_function(cause, f))).collect();
    let lines: Vec<bool> = answer.shown.iter().map(|shown| shows(shown, truth)).collect();
    let requests: Vec<bool> = answer.shown.iter().map(|shown| belongs(shown, truth)).collect();
    let among = |list: &[bool], first: usize, known: bool| known.then(|| list.iter().take(first).any(|right| *right));
    let (has_lines, has_requests) = (!truth.records.is_empty(), !truth.requests.is_empty());
    Marks(vec![
        ("detected", Some(answer.incident)),
        ("subsystem@1", Some(answer.causes.first().is_some_and(|cause| truth.faults.iter().any(|f| in_subsystem(cause, f))))),
        ("file@1", among(&files, 1, has_file)),
        ("function@1", among(&functions, 1, has_function)),
        ("file@3", among(&files, 3, has_file)),
        ("function@3", among(&functions, 3, has_function)),
        ("file@5", among(&files, 5, has_file)),
        ("function@5", among(&functions, 5, has_function)),
        ("fault line@1", among(&lines, 1, has_lines)),
        ("fault line@5", among(&lines, 5, has_lines)),
        ("fault line@10", among(&lines, 10, has_lines)),
        ("failing request@1", among(&requests, 1, has_requests)),
        ("failing request@5", among(&requests, 5, has_requests)),
        ("failing request@50", among(&requests, 50, has_requests)),
        ("time@1", in_time(answer, truth)),
        (CATEGORY, right_category(answer, truth)),
    ])
}

/// Whether a cause is right: it names the project of a fault, and its file too where the truth has one.
#[must_use]
pub fn is_right(cause: &Place, truth: &Truth) -> bool {
    truth.faults.iter().any(|fault| in_subsystem(cause, fault) && (fault.file.is_none() || in_file(cause, fault)))
}

/// Whether the category is right; none where the truth or the answer has none.
#[must_use]
pub fn right_category(answer: &Answer, truth: &Truth) -> Option<bool> {
    let mut wanted = truth.faults.iter().filter_map(|fault| fault.category.as_deref()).peekable();
    wanted.peek()?;
    let (named, _) = answer.category.as_ref()?;
    Some(answer.incident && wanted.any(|category| category == named))
}

fn in_subsystem(cause: &Place, fault: &Fault) -> bool {
    cause.subsystem.as_deref() == Some(fault.subsystem.as_str())
}

/// Paths are the same where one ends with the other: logs and truth cut them at different folders.
fn in_file(cause: &Place, fault: &Fault) -> bool {
    let (Some(named), Some(wanted)) = (&cause.file, &fault.file) else { return false };
    let (named, wanted) = (named.trim_start_matches('/'), wanted.trim_start_matches('/'));
    !named.is_empty() && (named.ends_with(wanted) || wanted.ends_with(named))
}

/// A method may be named with its class.
fn in_function(cause: &Place, fault: &Fault) -> bool {
    let named = cause.function.as_deref().and_then(|function| function.rsplit('.').next());
    in_file(cause, fault) && named.is_some() && named == fault.function.as_deref()
}

fn shows(shown: &Shown, truth: &Truth) -> bool {
    truth.records.iter().any(|r| shown.file.ends_with(&r.file) && shown.first <= r.last && shown.last >= r.first)
}

fn belongs(shown: &Shown, truth: &Truth) -> bool {
    truth.requests.iter().any(|id| shown.request.as_ref() == Some(id) || shown.message.contains(id.as_str()))
}

/// Whether the first record that is shown is of the time of a fault.
fn in_time(answer: &Answer, truth: &Truth) -> Option<bool> {
    let mut spans = truth.faults.iter().filter_map(|fault| fault.span.as_ref()).peekable();
    spans.peek()?;
    let time: String =
        answer.shown.first().and_then(|s| s.time.as_ref()).map_or_else(String::new, |t| t.chars().take(19).collect());
    Some(spans.any(|(from, to)| *from <= time && time <= *to))
}

#[cfg(test)]
mod tests;
