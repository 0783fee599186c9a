//! The runs of normal work that logs hold: of separate times, or of separate clouds.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{events::NO_TIME, ingest::Ingested};

/// The run of each event. Logs of several sources are a run for each of them. Within a source folders at the top are runs of their
/// own where they hold files of the same names whose times do not overlap; hosts of one cloud hold files of the same names, too,
/// but at the same time. `parts` are the first parts of paths by which sources are told apart.
#[must_use]
pub fn runs(read: &Ingested, parts: &[String]) -> Vec<u32> {
    let mut spans = vec![(i64::MAX, i64::MIN); read.files.len()];
    for (event, time) in read.events.time.iter().enumerate().filter(|(_, time)| **time != NO_TIME) {
        let span = &mut spans[read.events.file(event) as usize];
        *span = (span.0.min(*time), span.1.max(*time));
    }
    let paths: Vec<&str> = read.files.iter().map(|file| file.path.as_str()).collect();
    let of_file = of_files(&paths, &spans, parts);
    (0..read.events.len()).map(|event| of_file[read.events.file(event) as usize]).collect()
}

/// The run of each file, from the paths and the spans of time of all.
fn of_files(paths: &[&str], spans: &[(i64, i64)], parts: &[String]) -> Vec<u32> {
    let mut sources: FxHashMap<&str, Vec<(usize, &str)>> = FxHashMap::default();
    for (file, path) in paths.iter().enumerate() {
        let part = path.split_once('/').filter(|(top, _)| parts.iter().any(|part| part == top));
        let (source, rest) = part.unwrap_or(("", path));
        sources.entry(source).or_default().push((file, rest));
    }
    let mut runs: FxHashMap<(&str, &str), u32> = FxHashMap::default();
    let mut of_file = vec![0; paths.len()];
    let mut sources: Vec<_> = sources.into_iter().collect();
    sources.sort_unstable_by_key(|(_, files)| files[0].0);
    for (source, files) in sources {
        let separate = are_separate(&files, spans);
        for (file, path) in files {
            let run = (source, if separate { top(path) } else { "" });
            let next = runs.len() as u32;
            of_file[file] = *runs.entry(run).or_insert(next);
        }
    }
    of_file
}

fn top(path: &str) -> &str {
    path.split_once('/').map_or("", |(top, _)| top)
}

/// Whether the folders at the top of a source are runs of their own.
fn are_separate(files: &[(usize, &str)], spans: &[(i64, i64)]) -> bool {
    let mut tops: FxHashMap<&str, (i64, i64)> = FxHashMap::default();
    for (file, path) in files {
        let span = tops.entry(top(path)).or_insert((i64::MAX, i64::MIN));
        *span = (span.0.min(spans[*file].0), span.1.max(spans[*file].1));
    }
    let mut spans: Vec<_> = tops.into_values().collect();
    spans.sort_unstable();
    let apart = spans.windows(2).all(|pair| pair[0].1 < pair[1].0);
    let mut names = FxHashSet::default();
    apart && files.iter().filter_map(|(_, path)| path.split_once('/')).any(|(_, rest)| !names.insert(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(files: &[(&str, i64, i64)], parts: &[&str]) -> Vec<u32> {
        let paths: Vec<_> = files.iter().map(|file| file.0).collect();
        let spans: Vec<_> = files.iter().map(|file| (file.1, file.2)).collect();
        of_files(&paths, &spans, &parts.iter().map(|&part| part.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn folders_of_the_same_files_at_other_times_are_runs() {
        assert_eq!(runs(&[("a/x", 1, 2), ("a/y", 2, 3), ("b/x", 5, 6)], &[]), [0, 0, 1]);
        assert_eq!(runs(&[("a/x", 1, 4), ("b/x", 3, 6)], &[]), [0, 0], "hosts of one cloud");
        assert_eq!(runs(&[("nova/x", 1, 2), ("neutron/y", 5, 6)], &[]), [0, 0], "services of one cloud");
    }

    #[test]
    fn each_source_is_a_run_unless_it_holds_several() {
        let files = [("p/nova.log", 1, 9), ("q/mon/x", 1, 2), ("q/tue/x", 5, 6), ("r/c1/x", 1, 5), ("r/c2/x", 2, 6)];
        assert_eq!(runs(&files, &["p", "q", "r"]), [0, 1, 2, 3, 3]);
    }
}
