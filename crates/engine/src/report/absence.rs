//! What did not come, in words.

use std::fmt::Write;

use super::compose::{Parts, shortened};
use crate::{
    diagnose::lead::Absent,
    evidence::{missing::Missing, stopped::Stopped},
};

/// What did not come, as the title of a cause.
#[must_use]
pub fn title(parts: &Parts, absent: &Absent) -> String {
    let text = |id: u32| shortened(&parts.templates.list[id as usize].text, 110);
    match absent {
        Absent::Missing(missing) => format!("Expected, and never came: \u{201c}{}\u{201d}", text(missing.absence.template)),
        Absent::Stopped(stopped) => {
            let how = if stopped.came_again { format!("for {}", duration(stopped.silent)) } else { "for good".into() };
            match stopped.task {
                Some(id) => format!("No more, {how}: \u{201c}{}\u{201d}", text(id)),
                None => format!("{} fell silent {how}", process(parts, stopped.last)),
            }
        }
    }
}

/// What did not come after a record, how sure that it should have, within which time, and who went on meanwhile.
#[must_use]
pub fn why(parts: &Parts, absent: &Absent) -> String {
    match absent {
        Absent::Missing(missing) => expected(parts, missing),
        Absent::Stopped(stopped) => silent(parts, stopped),
    }
}

fn expected(parts: &Parts, missing: &Missing) -> String {
    let absence = &missing.absence;
    let template = &parts.templates.list[absence.template as usize];
    let (all, came) = absence.habit;
    let mut text = format!(
        "After this the LSTM expected \u{201c}{}\u{201d} of {} with {:.0} %; in normal work it came in {came} of {all} such requests",
        shortened(&template.text, 120),
        template.origin,
        absence.probability * 100.0,
    );
    if let Some((median, longest)) = absence.delay {
        let [median, longest] = [median, longest].map(|seconds| duration(f64::from(seconds)));
        _ = write!(text, ", half of the time within {median} and always within {longest}");
    }
    text.push_str(". Here it never came in this request");
    if let Some(until) = parts.read.written(missing.until as usize) {
        _ = write!(text, ", though those who write it went on until {until}");
    }
    text.push('.');
    if missing.named {
        text.push_str(" The issue speaks of it.");
    }
    text
}

fn silent(parts: &Parts, stopped: &Stopped) -> String {
    let who = process(parts, stopped.last);
    let [silent, longest] = [stopped.silent, f64::from(stopped.normal.longest)].map(duration);
    let (what, others) = match stopped.task {
        Some(_) => (format!("{who} wrote this no more"), "it wrote other things meanwhile"),
        None => (format!("{who} wrote nothing"), "most others went on meanwhile"),
    };
    let end = if stopped.came_again { "" } else { ", to the end of the logs" };
    let usual = match f64::from(stopped.normal.usual) {
        usual if usual < 1.0 => "usually writes every second".to_owned(),
        usual => format!("usually comes every {}", duration(usual)),
    };
    format!("After this {what} for {silent}{end}. In normal work it {usual} and pauses {longest} at the most; {others}.")
}

/// A process and its host, where the logs name one.
fn process(parts: &Parts, event: u32) -> String {
    let (events, symbols) = (&parts.read.events, &parts.read.symbols);
    let service = symbols.said(events.service(event as usize)).unwrap_or("A process");
    symbols.said(events.host(event as usize)).map_or_else(|| service.to_owned(), |host| format!("{service} on {host}"))
}

/// A time in words, rounded.
fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 10.0 => format!("{s:.1} s"),
        s if s < 120.0 => format!("{s:.0} s"),
        s if s < 7200.0 => format!("{:.0} minutes", s / 60.0),
        s => format!("{:.1} hours", s / 3600.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_two_digits_or_three() {
        let said = [0.04, 9.94, 10.4, 119.0, 150.0, 7190.0, 11_000.0].map(duration);
        assert_eq!(said, ["0.0 s", "9.9 s", "10 s", "119 s", "2 minutes", "120 minutes", "3.1 hours"]);
    }
}
