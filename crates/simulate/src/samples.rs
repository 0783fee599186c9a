//! The samples: small incidents and a healthy day, for demonstration and tests. They are committed under `sample_logs`.

use std::{path::Path, sync::OnceLock};

use serde::Deserialize;

use crate::{Chronic, Config, Error, Fault, Generation, Layout, Size, Truth, catalog};

const SAMPLES: catalog::DataFile = ("samples.toml", include_str!("../data/samples.toml"));

/// A sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The name of its folder.
    pub id: String,
    /// One line.
    pub title: String,
    /// What it shows, in a sentence or two.
    pub description: String,
    /// What it is written from.
    pub config: Config,
}

/// A sample as in the data.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleData {
    id: String,
    title: String,
    description: String,
    seed: u64,
    /// Seconds since 1970.
    start: u64,
    seconds: u64,
    computes: u32,
    operations_per_hour: u32,
    generation: String,
    #[serde(default)]
    faults: Vec<String>,
}

#[derive(Deserialize)]
struct SamplesData {
    sample: Vec<SampleData>,
}

/// All samples, in the order in which they are best shown.
pub fn samples() -> &'static [Sample] {
    static ALL: OnceLock<Vec<Sample>> = OnceLock::new();
    // A test reads the data; data that cannot be read give no samples.
    ALL.get_or_init(|| read().unwrap_or_default())
}

/// Writes a sample into the folder `out`, as [`write`](crate::write) does.
///
/// # Errors
/// [`Error::UnknownSample`] where there is no such sample, and the errors of [`write`](crate::write).
pub fn write_sample(id: &str, out: &Path) -> Result<Truth, Error> {
    let sample = samples().iter().find(|sample| sample.id == id).ok_or_else(|| Error::UnknownSample(id.to_owned()))?;
    crate::write(&sample.config, out, &mut |_| true)
}

fn read() -> Result<Vec<Sample>, Error> {
    catalog::read::<SamplesData>(&SAMPLES)?.sample.into_iter().map(sample).collect()
}

fn sample(data: SampleData) -> Result<Sample, Error> {
    let unknown = |what: &str, name: &str| Error::data(SAMPLES.0, format!("there is no {what} {name}"));
    let generation = Generation::ALL.into_iter().find(|generation| generation.name() == data.generation);
    let faults = data.faults.iter().map(|name| Fault::from_name(name).ok_or_else(|| unknown("fault", name)));
    let config = Config {
        seed: data.seed,
        size: Size::Seconds(data.seconds),
        start: data.start,
        computes: data.computes,
        operations_per_hour: data.operations_per_hour,
        generation: generation.ok_or_else(|| unknown("generation", &data.generation))?,
        layout: Layout::HostFolders,
        faults: faults.collect::<Result<_, _>>()?,
        chronic: Chronic::Usual,
        plugins: Vec::new(),
        debug: false,
        labels: None,
    };
    Ok(Sample { id: data.id, title: data.title, description: data.description, config })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_samples_can_be_read() {
        assert_eq!(read().unwrap().len(), 7);
        assert_eq!(samples().len(), 7);
    }
}
