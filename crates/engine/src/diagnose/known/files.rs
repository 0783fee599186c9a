//! The tables that ship with the program.

macro_rules! knowledge {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge/", $name)))),+]
    };
}

/// Pairs of a file's name and its text.
pub(super) const BUILT_IN: &[(&str, &str)] = knowledge![
    "agents.toml",
    "auth.toml",
    "baremetal.toml",
    "categories.toml",
    "ceph.toml",
    "cluster.toml",
    "config.toml",
    "containers.toml",
    "database.toml",
    "defects.toml",
    "disks.toml",
    "host-network.toml",
    "hypervisor.toml",
    "image.toml",
    "instance.toml",
    "messaging.toml",
    "migration.toml",
    "network.toml",
    "octavia.toml",
    "orchestration.toml",
    "ovn.toml",
    "quota.toml",
    "resources.toml",
    "scheduling.toml",
    "service.toml",
    "storage.toml",
    "subsystems.toml",
];
