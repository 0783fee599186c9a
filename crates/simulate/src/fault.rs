//! What can break, by name. How each shows is data, a file each under `crates/simulate/data/faults`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    Error, Plugin,
    catalog::{self, DataFile, Tables},
    flow::FlowData,
};

/// A fault that can be put into the logs: a file of the same name under `crates/simulate/data/faults`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fault {
    name: &'static str,
}

macro_rules! faults {
    ($($name:literal,)*) => {
        /// All faults.
        const ALL: &[Fault] = &[$(Fault { name: $name }),*];
        /// Their files, in the same order.
        const FILES: &[DataFile] =
            &[$((concat!("faults/", $name, ".toml"), include_str!(concat!("../data/faults/", $name, ".toml")))),*];
    };
}

faults![
    "no_valid_host_memory",
    "disk_full",
    "vif_plugging_timeout",
    "database_connections",
    "rabbitmq_unreachable",
    "keystone_token_rejected",
    "image_store_full",
    "libvirt_lost",
    "cell_mapping_missing",
    "ceph_osd_full",
    "ceph_slow_ops",
    "certificate_expired",
    "clock_skewed",
    "compute_silent",
    "conductor_oom_killed",
    "config_corrupted",
    "conntrack_full",
    "database_disk_full",
    "dhcp_unavailable",
    "filter_excludes_all",
    "galera_deadlocks",
    "galera_non_primary",
    "glance_store_stale",
    "guest_oom_killed",
    "haproxy_check_wrong",
    "host_rebooted",
    "image_checksum_mismatch",
    "instance_stuck_deleting",
    "iscsi_login_failed",
    "keystone_ldap_down",
    "live_migration_failed",
    "memcached_down",
    "metadata_agent_silent",
    "mtu_mismatch",
    "neutron_port_blocked",
    "ovn_port_binding_failed",
    "ovn_southbound_down",
    "placement_orphans",
    "port_quota_exceeded",
    "rabbitmq_partition",
    "scheduler_type_error",
    "vif_event_lost",
    "volume_quota_exceeded",
];

impl Fault {
    /// All faults.
    #[must_use]
    pub fn all() -> &'static [Self] {
        ALL
    }

    /// The fault's name: `disk_full`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.name
    }

    /// The fault of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        ALL.iter().copied().find(|fault| fault.name == name)
    }

    /// Whether figures about the fault may choose parameters, or are only reported.
    ///
    /// # Errors
    /// [`Error::Data`] where its file cannot be read: a fault of the program.
    pub fn part(self) -> Result<Part, Error> {
        Ok(self.data()?.part)
    }

    /// Its file, as under `crates/simulate/data`.
    pub(crate) fn file(self) -> String {
        format!("faults/{}.toml", self.name)
    }

    /// What the fault does to the cloud.
    pub(crate) fn data(self) -> Result<FaultData, Error> {
        let at = ALL.iter().position(|fault| *fault == self);
        let file = at.and_then(|at| FILES.get(at)).ok_or_else(|| Error::data(&self.file(), "there is no such file"))?;
        catalog::read(file)
    }
}

/// What a fault is used for. The halves are kept apart, so that no figure is reported on what parameters were chosen with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// For choosing parameters.
    Choosing,
    /// For figures that are reported.
    Reporting,
}

impl Part {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Choosing, Self::Reporting];

    /// `choosing` or `reporting`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Choosing => "choosing",
            Self::Reporting => "reporting",
        }
    }
}

/// What a fault does to the cloud, as in its data file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FaultData {
    pub(crate) part: Part,
    pub(crate) issue: String,
    pub(crate) category: String,
    pub(crate) subsystem: String,
    pub(crate) service: String,
    /// Whether the fault is on a compute node; else it is on the controller.
    #[serde(default)]
    pub(crate) on_compute: bool,
    /// Whether it is on the controller, and about one compute node.
    #[serde(default)]
    pub(crate) about_compute: bool,
    #[serde(default)]
    pub(crate) source_file: String,
    #[serde(default)]
    pub(crate) source_function: String,
    /// Whether no record at ERROR or above and no traceback tells of it: something expected is missing or slow.
    #[serde(default)]
    pub(crate) silent: bool,
    /// What the cloud must use for the fault to be possible.
    #[serde(default)]
    pub(crate) needs: Vec<Plugin>,
    /// What the cloud must not use.
    #[serde(default)]
    pub(crate) excludes: Vec<Plugin>,
    /// The services that write nothing on the faulty host while it lasts.
    #[serde(default)]
    pub(crate) silences: Vec<String>,
    /// Milliseconds that the clock of the faulty host is wrong while it lasts.
    #[serde(default)]
    pub(crate) skew: i64,
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
    /// The fault's own messages.
    #[serde(default)]
    pub(crate) messages: Tables,
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
