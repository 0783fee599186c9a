//! Joins the files that one log was rotated into, the oldest first, each line once.

pub mod name;
mod seam;

use std::collections::{BTreeMap, BTreeSet};

use self::name::{Age, Rotated};
use super::{SAMPLE, Skipped, formats, source::LogText, time};

/// Gives the files of a log one stream number, in the order of time, and sets where each begins to say what older ones did not. Files
/// whose whole text stands in another one are left out and noted in `skipped`.
#[must_use]
pub fn join(texts: Vec<LogText>, skipped: &mut Vec<Skipped>) -> Vec<LogText> {
    let mut streams: BTreeMap<String, Vec<(Age, LogText)>> = BTreeMap::new();
    let paths: BTreeSet<String> = texts.iter().map(|text| text.path.clone()).collect();
    for text in texts {
        let (live, age) = place(&text.path, &paths);
        streams.entry(live).or_default().push((age, text));
    }
    let mut joined = Vec::new();
    for (number, files) in streams.into_values().enumerate() {
        let mut files = in_order(files);
        for file in &mut files {
            file.stream = number as u32;
            skip_zeros(file, skipped);
        }
        joined.extend(seam::without_repeats(files, skipped));
    }
    joined
}

/// The path of the live file that this one belongs to, and its age.
fn place(path: &str, paths: &BTreeSet<String>) -> (String, Age) {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, _)| path.split_at(folder.len() + 1));
    let Rotated { live, age, doubtful } = name::read(name);
    let live = format!("{folder}{live}");
    if doubtful && !paths.contains(&live) { (path.to_owned(), Age::Live) } else { (live, age) }
}

/// The files by their age; by their first times where all tell one and the names say otherwise.
fn in_order(mut files: Vec<(Age, LogText)>) -> Vec<LogText> {
    files.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.path.cmp(&b.1.path)));
    let mut files: Vec<LogText> = files.into_iter().map(|(_, text)| text).collect();
    let times: Option<Vec<i64>> = if files.len() > 1 { files.iter().map(first_time).collect() } else { None };
    if times.is_some_and(|times| !times.is_sorted()) {
        files.sort_by_cached_key(first_time);
    }
    files
}

/// The first time in a file, with its year.
fn first_time(file: &LogText) -> Option<i64> {
    let bytes = &file.text.bytes()[file.start.min(file.text.bytes().len())..];
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let dialect = formats::detect(sample, &file.path);
    let times = sample.split(|byte| *byte == b'\n').filter_map(|line| dialect.header(line).map(|header| header.stamp.micros));
    times.into_iter().next().filter(|micros| !time::lacks_year(*micros))
}

/// Steps over the zeros that copytruncate leaves in front where the writer goes on at its old place.
fn skip_zeros(file: &mut LogText, skipped: &mut Vec<Skipped>) {
    let zeros = file.text.bytes().iter().take_while(|byte| **byte == 0).count();
    // A file of zeros alone is left as it is: it is no log, and is noted as binary.
    if zeros == 0 || zeros == file.text.bytes().len() {
        return;
    }
    file.start = zeros;
    let reason = format!("{zeros} NUL bytes in front, which copytruncate leaves, were stepped over");
    skipped.push(Skipped { path: file.path.clone(), line: None, reason });
}
