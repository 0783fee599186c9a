//! The committed samples are what the library writes.

use std::{collections::BTreeMap, path::Path};

use simulate::{Error, samples, write_sample};

use super::collect;

#[test]
fn the_committed_samples_are_fresh() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample_logs");
    for sample in samples() {
        let folder = tempfile::tempdir().unwrap();
        write_sample(&sample.id, folder.path()).unwrap();
        let (mut fresh, mut there) = (BTreeMap::new(), BTreeMap::new());
        collect(folder.path(), folder.path(), &mut fresh);
        collect(&committed.join(&sample.id), &committed.join(&sample.id), &mut there);
        let same = fresh == there;
        assert!(same, "{} is not fresh: run `cargo run -p simulate --example samples`", sample.id);
    }
}

#[test]
fn samples_are_small_and_described() {
    for sample in samples() {
        assert!(!sample.title.is_empty() && sample.description.len() > 40, "{}", sample.id);
        let folder = tempfile::tempdir().unwrap();
        let truth = write_sample(&sample.id, folder.path()).unwrap();
        assert!((1_000..8_000).contains(&truth.lines), "{} has {} lines", sample.id, truth.lines);
        assert_eq!(truth.faults.is_empty(), sample.config.faults.is_empty());
    }
}

#[test]
fn a_sample_that_is_not_there_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let error = write_sample("nothing", folder.path()).unwrap_err();
    assert!(matches!(error, Error::UnknownSample(_)));
    assert!(error.to_string().contains("nothing"));
}
