//! The services of a cloud: where each runs, which file it writes, in which format.

use serde::Deserialize;

use super::DataFile;
use crate::Error;

const SERVICES: DataFile = ("services.toml", include_str!("../../data/services.toml"));
const BELOW: DataFile = ("services_below.toml", include_str!("../../data/services_below.toml"));

/// A program that writes a log file.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about a program")]
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Service {
    /// As operators call it: `nova-compute`.
    pub(crate) name: String,
    /// The project that it belongs to: requests keep their id within a project.
    pub(crate) project: String,
    /// Its log file below the host's folder; empty for those that leave it to the log daemon.
    #[serde(default)]
    pub(crate) file: String,
    /// As a log daemon calls it, where that is not its name.
    #[serde(default)]
    pub(crate) program: String,
    /// How its lines look.
    pub(crate) format: Format,
    /// Whether it runs on each compute node, rather than on the controller.
    #[serde(default)]
    pub(crate) on_computes: bool,
    /// Whether it runs on the controller as well as on each compute node.
    #[serde(default)]
    pub(crate) everywhere: bool,
    /// Whether a log daemon shows no process id, as of the kernel.
    #[serde(default)]
    pub(crate) untagged: bool,
    /// Its process id, where that is always the same; 0 where it is not.
    #[serde(default)]
    pub(crate) pid: u32,
    /// Whether it is one of those below OpenStack whose process ids come from a randomness of their own, so that a further one
    /// leaves all else as it was.
    #[serde(skip)]
    pub(crate) apart: bool,
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
    /// `2025-03-10T08:00:00.123Z|00042|module|WARN|text`
    Ovs,
    /// The cluster's log: `2025-03-10T08:00:00.123+0000 mon.controller (mon.0) 42 : cluster [WRN] text`
    Ceph,
    /// `2025-03-10T08:00:00.123+0000 7f12ab34c700 -1 text`
    #[serde(rename = "ceph-daemon")]
    CephDaemon,
    /// The text alone: the log daemon writes the header.
    Syslog,
}

impl Format {
    /// Whether a line names a logger.
    pub(crate) fn has_logger(self) -> bool {
        matches!(self, Self::Oslo | Self::Ovs)
    }
}

impl Service {
    /// Its name as a log daemon shows it.
    pub(crate) fn program(&self) -> &str {
        if self.program.is_empty() { &self.name } else { &self.program }
    }
}

fn one() -> u32 {
    1
}

#[derive(Deserialize)]
struct ServicesData {
    service: Vec<Service>,
}

pub(super) fn load() -> Result<Vec<Service>, Error> {
    let mut services = super::read::<ServicesData>(&SERVICES)?.service;
    let below = super::read::<ServicesData>(&BELOW)?.service;
    services.extend(below.into_iter().map(|service| Service { apart: true, ..service }));
    Ok(services)
}
