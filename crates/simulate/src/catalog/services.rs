//! The services of a cloud: where each runs, which file it writes, in which format.

use serde::Deserialize;

use super::DataFile;
use crate::Error;

const SERVICES: DataFile = ("services.toml", include_str!("../../data/services.toml"));

/// A program that writes a log file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Service {
    /// As operators call it: `nova-compute`.
    pub(crate) name: String,
    /// The project that it belongs to: requests keep their id within a project.
    pub(crate) project: String,
    /// Its log file below the host's folder.
    pub(crate) file: String,
    /// How its lines look.
    pub(crate) format: Format,
    /// Whether it runs on each compute node, rather than on the controller.
    #[serde(default)]
    pub(crate) on_computes: bool,
    /// Its worker processes.
    #[serde(default = "one")]
    pub(crate) workers: u32,
}

/// How a service's lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    /// oslo.log, in one of its three generations.
    Oslo,
    /// `2025-03-10 08:00:00.123456+00:00 [info] <0.1.0> text`
    Rabbitmq,
    /// `2025-03-10 08:00:00.123+0000: 7: error : text`
    Libvirt,
    /// `2025-03-10  8:00:00 7 [Warning] text`
    Mariadb,
    /// `Mar 10 08:00:00 controller haproxy[7]: text`, the text with a date of its own.
    Haproxy,
    /// `10.0.0.5 - - [10/Mar/2025:08:00:00 +0000] text`, the text beginning after the date.
    Apache,
}

fn one() -> u32 {
    1
}

#[derive(Deserialize)]
struct ServicesData {
    service: Vec<Service>,
}

pub(super) fn load() -> Result<Vec<Service>, Error> {
    Ok(super::read::<ServicesData>(&SERVICES)?.service)
}
