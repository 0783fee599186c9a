//! Answers that cost nothing, to hold the engine's against: the first ERROR, and the first ERROR that normal runs do not write.

use std::{collections::BTreeSet, path::Path};

use engine::{diagnose::known::Known, events, ingest::Ingested};

use crate::{
    answer::{Answer, Place, Shown},
    sources::level,
};

/// What an ERROR is without what varies: its logger, its first line and its last, which is the exception where there is a traceback.
pub type Shape = [String; 3];

/// The events at ERROR or above in the order of their times.
fn errors(read: &Ingested) -> Vec<usize> {
    let mut found: Vec<usize> = (0..read.events.len()).filter(|event| is_error(read, *event)).collect();
    found.sort_by_key(|event| (events::in_order(read.events.time[*event]), *event));
    found
}

/// Whether a line of an event says that it is an ERROR or worse: a record at WARNING may have a traceback at ERROR.
fn is_error(read: &Ingested, event: usize) -> bool {
    let said = |line: &[u8]| level(line).is_some_and(|level| line[level] != *b"WARNING");
    read.events.level[event].is_error() || read.text(event).split(|b| *b == b'\n').skip(1).any(said)
}

/// The shapes of all ERRORs.
#[must_use]
pub fn shapes(read: &Ingested) -> BTreeSet<Shape> {
    errors(read).into_iter().map(|event| shape(read, event)).collect()
}

fn shape(read: &Ingested, event: usize) -> Shape {
    let message = read.message(event);
    let first = message.lines().next().unwrap_or_default();
    let last = message.lines().next_back().unwrap_or_default();
    [read.symbols.text(read.events.logger(event)).to_owned(), masked(first), masked(last)]
}

/// A text with a star for each number, and for each piece of eight or more hexadecimal digits.
fn masked(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text.trim());
    while let Some(first) = rest.chars().next() {
        let hex = rest.bytes().take_while(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')).count();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let hidden = if hex >= 8 { hex } else { digits };
        out.push(if hidden > 0 { '*' } else { first });
        rest = &rest[if hidden > 0 { hidden } else { first.len_utf8() }..];
    }
    out
}

/// The first ERRORs as an answer, but for those of known shapes. The causes are the places in their tracebacks, innermost first; the
/// first one's project is that of the log that tells it.
#[must_use]
pub fn answer(read: &Ingested, known: &BTreeSet<Shape>) -> Answer {
    let errors: Vec<usize> = errors(read).into_iter().filter(|e| known.is_empty() || !known.contains(&shape(read, *e))).collect();
    let shown: Vec<Shown> = errors.iter().map(|event| shown(read, *event)).collect();
    let mut causes: Vec<Place> = Vec::new();
    for (event, shown) in errors.iter().zip(&shown) {
        for (file, function) in frames(&shown.message) {
            let (file, function) = (Some(file), Some(function));
            let place = Place { subsystem: subsystem(read, *event), file, function, confidence: None };
            if !causes.contains(&place) {
                causes.push(place);
            }
        }
    }
    if let Some(event) = errors.first() {
        let place = Place { subsystem: subsystem(read, *event), ..causes.first().cloned().unwrap_or_default() };
        causes.splice(..causes.len().min(1), [place]);
    }
    Answer { incident: !errors.is_empty(), causes, shown, category: None }
}

fn shown(read: &Ingested, event: usize) -> Shown {
    Shown {
        file: read.files[read.events.file(event) as usize].path.clone(),
        first: read.events.line[event],
        last: read.end_line(event),
        time: read.written(event),
        request: read.symbols.said(read.events.request[event]).map(str::to_owned),
        message: read.message(event),
    }
}

/// The project that writes a log: its folder's name where that is a project's, else that of the process.
fn subsystem(read: &Ingested, event: usize) -> Option<String> {
    let path = Path::new(&read.files[read.events.file(event) as usize].path);
    let folder = path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let process = read.symbols.said(read.events.service(event)).unwrap_or_default();
    let project = |name: &str| Known::built_in().subsystem_of(name).and_then(|component| component.subsystem.clone());
    project(&folder).or_else(|| project(process))
}

/// File and function of the frames in OpenStack's own code, innermost first.
fn frames(message: &str) -> Vec<(String, String)> {
    const PROJECTS: [&str; 6] = ["nova/", "cinder/", "neutron/", "glance/", "keystone/", "heat/"];
    let frame = |line: &str| {
        let (_, rest) =
            line.split_once("-packages/").filter(|(before, _)| before.ends_with("site") || before.ends_with("dist"))?;
        let (file, rest) = rest.split_once("\", line ")?;
        let (_, function) = rest.split_once(", in ")?;
        let is_own = PROJECTS.iter().any(|project| file.starts_with(project));
        is_own.then(|| Some((file.to_owned(), function.split_whitespace().next()?.to_owned()))).flatten()
    };
    let mut found: Vec<_> = message.lines().filter_map(frame).collect();
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use engine::{
        Reading, Silent,
        ingest::{self, source::Memory},
    };

    use super::*;

    const CINDER: &str = "2025-01-01 10:00:02.000 7 ERROR cinder.volume [req-a u p] Volume 7 failed\n\
        2025-01-01 10:00:03.000 7 WARNING cinder.volume [req-b u p] Flow failed\n\
        2025-01-01 10:00:03.000 7 ERROR cinder.volume Traceback (most recent call last):\n\
        2025-01-01 10:00:03.000 7 ERROR cinder.volume   File \"/usr/lib/python3/dist-packages/cinder/volume/manager.py\", line 9, in run\n\
        2025-01-01 10:00:03.000 7 ERROR cinder.volume   File \"/usr/lib/python3/dist-packages/cinder/volume/api.py\", line 5, in create\n\
        2025-01-01 10:00:03.000 7 ERROR cinder.volume ValueError: no\n";
    const NOVA: &str = "2025-01-01 10:00:01.000 9 INFO nova.compute.manager [-] Ready\n\
        2025-01-01 10:00:01.500 9 ERROR nova.compute.manager [-] Bus 17 is away\n";

    fn read() -> Ingested {
        let texts = [("cinder/volume.log", CINDER), ("nova/nova-compute.log", NOVA)];
        let logs = Memory { texts: texts.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into() };
        ingest::read(&logs, &Reading::default(), &Silent).unwrap()
    }

    #[test]
    fn the_first_error_answers_with_the_places_of_all() {
        let answer = answer(&read(), &BTreeSet::new());
        let times: Vec<_> = answer.shown.iter().map(|shown| (shown.first, shown.time.as_deref().unwrap_or_default())).collect();
        assert_eq!(times, [(2, "2025-01-01T10:00:01.500"), (1, "2025-01-01T10:00:02.000"), (2, "2025-01-01T10:00:03.000")]);
        let places: Vec<_> =
            answer.causes.iter().map(|c| (c.subsystem.as_deref(), c.file.as_deref(), c.function.as_deref())).collect();
        assert_eq!(
            places,
            [
                (Some("nova"), Some("cinder/volume/api.py"), Some("create")),
                (Some("cinder"), Some("cinder/volume/manager.py"), Some("run"))
            ]
        );
        assert!(answer.incident && answer.category.is_none());
    }

    #[test]
    fn errors_of_normal_runs_are_not_new() {
        let normal = NOVA.replace("17", "4").replace("10:00", "08:00");
        let logs = Memory { texts: vec![("nova/nova-compute.log".to_owned(), normal.into_bytes())] };
        let known = shapes(&ingest::read(&logs, &Reading::default(), &Silent).unwrap());
        let answer = answer(&read(), &known);
        assert_eq!(answer.shown[0].message.lines().next(), Some("Volume 7 failed"));
    }

    #[test]
    fn numbers_and_ids_are_hidden() {
        assert_eq!(masked(" Bus 17 of 0123abcd-x: cafe é "), "Bus * of *-x: cafe é");
    }
}
