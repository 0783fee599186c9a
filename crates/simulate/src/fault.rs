//! What can break, by name. How each shows is data, a file each under `crates/simulate/data/faults`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    Error,
    catalog::{self, DataFile},
    flow::FlowData,
};

/// A fault that can be put into the logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Fault {
    /// No compute node has the memory that new instances ask for.
    NoValidHostMemory,
    /// The disk of one compute node is full.
    DiskFull,
    /// The Open vSwitch agent of one compute node is dead, so that ports are never plugged there.
    VifPluggingTimeout,
    /// The database has no connection left to give.
    DatabaseConnections,
    /// The message broker blocks its clients for lack of memory, and closes their connections.
    RabbitmqUnreachable,
    /// Keystone cannot read tokens, as its keys were replaced.
    KeystoneTokenRejected,
    /// The store for images has no space left.
    ImageStoreFull,
    /// The hypervisor's daemon on one compute node crashes.
    LibvirtLost,
}

macro_rules! file {
    ($name:literal) => {
        (concat!("faults/", $name, ".toml"), include_str!(concat!("../data/faults/", $name, ".toml")))
    };
}

impl Fault {
    /// All faults.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &[
            Self::NoValidHostMemory,
            Self::DiskFull,
            Self::VifPluggingTimeout,
            Self::DatabaseConnections,
            Self::RabbitmqUnreachable,
            Self::KeystoneTokenRejected,
            Self::ImageStoreFull,
            Self::LibvirtLost,
        ]
    }

    /// The fault's name: `disk_full`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoValidHostMemory => "no_valid_host_memory",
            Self::DiskFull => "disk_full",
            Self::VifPluggingTimeout => "vif_plugging_timeout",
            Self::DatabaseConnections => "database_connections",
            Self::RabbitmqUnreachable => "rabbitmq_unreachable",
            Self::KeystoneTokenRejected => "keystone_token_rejected",
            Self::ImageStoreFull => "image_store_full",
            Self::LibvirtLost => "libvirt_lost",
        }
    }

    /// The fault of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().iter().copied().find(|fault| fault.name() == name)
    }

    /// What the fault does to the cloud.
    pub(crate) fn data(self) -> Result<FaultData, Error> {
        let file: DataFile = match self {
            Self::NoValidHostMemory => file!("no_valid_host_memory"),
            Self::DiskFull => file!("disk_full"),
            Self::VifPluggingTimeout => file!("vif_plugging_timeout"),
            Self::DatabaseConnections => file!("database_connections"),
            Self::RabbitmqUnreachable => file!("rabbitmq_unreachable"),
            Self::KeystoneTokenRejected => file!("keystone_token_rejected"),
            Self::ImageStoreFull => file!("image_store_full"),
            Self::LibvirtLost => file!("libvirt_lost"),
        };
        catalog::read(&file)
    }
}

/// What a fault does to the cloud, as in its data file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FaultData {
    pub(crate) issue: String,
    pub(crate) category: String,
    pub(crate) subsystem: String,
    pub(crate) service: String,
    /// Whether the fault is on a compute node; else it is on the controller.
    #[serde(default)]
    pub(crate) on_compute: bool,
    #[serde(default)]
    pub(crate) source_file: String,
    #[serde(default)]
    pub(crate) source_function: String,
    /// From and to which percentage of the logs it lasts; 100 means that it is never mended.
    pub(crate) window: (u64, u64),
    /// The flow that begins it.
    pub(crate) onset: String,
    /// The flow that ends it.
    #[serde(default)]
    pub(crate) recovery: Option<String>,
    /// Flows that repeat while it lasts.
    #[serde(default)]
    pub(crate) repeats: Vec<String>,
    /// What happens in place of the usual.
    #[serde(default)]
    pub(crate) replace: Vec<Replace>,
    /// The fault's own flows.
    #[serde(default)]
    pub(crate) flows: BTreeMap<String, FlowData>,
}

/// A flow that runs in place of another.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Replace {
    pub(crate) flow: String,
    /// One of these, or none at all where the list is empty.
    pub(crate) with: Vec<String>,
    /// In how many of 100 cases.
    #[serde(default = "always")]
    pub(crate) share: u64,
    /// Only where the operation's compute node is the faulty one.
    #[serde(default)]
    pub(crate) only_faulty: bool,
}

fn always() -> u64 {
    100
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_faults() {
        for fault in Fault::all() {
            assert_eq!(Fault::from_name(fault.name()), Some(*fault));
        }
        assert_eq!(Fault::from_name("flat_tyre"), None);
    }
}
