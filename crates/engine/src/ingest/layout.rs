//! Which process and host a file belongs to, from its path.

use serde::{Deserialize, Serialize};

/// The process and host that a path names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// `nova-compute`; the file's name where the folders say nothing.
    pub service: String,
    /// The host's folder; none where there is none.
    pub host: Option<String>,
    /// Whether the path names a process that is known, or `service` is just the file's name.
    pub sure: bool,
}

/// Folders that name a project, as Kolla, RDO and Ubuntu lay logs out: `nova/nova-compute.log`, `cinder/volume.log`.
const PROJECTS: &[&str] = &[
    "nova",
    "neutron",
    "cinder",
    "glance",
    "keystone",
    "placement",
    "heat",
    "octavia",
    "ironic",
    "swift",
    "manila",
    "designate",
    "barbican",
    "magnum",
    "horizon",
    "masakari",
    "aodh",
    "ceilometer",
    "gnocchi",
    "trove",
    "senlin",
    "zun",
    "cloudkitty",
    "mistral",
    "watcher",
    "blazar",
    "kuryr",
    "sahara",
    "murano",
    "freezer",
    "vitrage",
];

/// Folders of infrastructure, whose files name the process alone or not at all.
const INFRASTRUCTURE: &[&str] = &[
    "rabbitmq",
    "mariadb",
    "mysql",
    "libvirt",
    "qemu",
    "openvswitch",
    "ovn",
    "haproxy",
    "keepalived",
    "proxysql",
    "memcached",
    "redis",
    "valkey",
    "ceph",
    "chrony",
    "hacluster",
    "pacemaker",
    "apache2",
    "httpd",
    "dnsmasq",
    "etcd",
];

/// Folders that say nothing about the host.
const PLAIN: &[&str] =
    &["var", "log", "logs", "kolla", "containers", "kolla_logs", "_data", "volumes", "volume", "stdouts", "lib"];

/// Reads a path relative to the folder that was given, with `/` between its parts.
#[must_use]
pub fn place(path: &str) -> Place {
    let parts: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
    let (name, folders) = parts.split_last().map_or(("", &[][..]), |(n, f)| (*n, f));
    let at = folders.iter().rposition(|f| PROJECTS.contains(f) || INFRASTRUCTURE.contains(f));
    let host = folders[..at.unwrap_or(folders.len())].iter().rfind(|f| !PLAIN.contains(f)).map(|f| (*f).to_owned());
    let stem = stem(name);
    let sure =
        at.is_some() || stem.split(['-', '_', '@']).next().is_some_and(|f| PROJECTS.contains(&f) || INFRASTRUCTURE.contains(&f));
    Place { service: service(stem, at.map(|n| folders[n])), host, sure }
}

/// The file's name without what rotation and compression add.
fn stem(name: &str) -> &str {
    let name = name.split_once(".log").map_or(name, |(stem, _)| stem);
    if name.is_empty() {
        return "unknown";
    }
    let name = name.split_once(".txt").map_or(name, |(stem, _)| stem);
    name.strip_prefix("screen-").unwrap_or(name)
}

/// The process of a file's stem in a project's folder: `volume` in `cinder` is `cinder-volume`.
fn service(stem: &str, folder: Option<&str>) -> String {
    // RabbitMQ names its file after its node: `rabbit@host.log`.
    if stem.starts_with("rabbit@") {
        return "rabbitmq".into();
    }
    let Some(folder) = folder else { return stem.into() };
    let named = stem == folder || stem.split(['-', '_']).next() == Some(folder);
    match stem {
        "nova-placement-api" => "placement-api".into(),
        _ if folder == "neutron" && matches!(stem, "dnsmasq" | "neutron-dnsmasq") => "dnsmasq".into(),
        _ if INFRASTRUCTURE.contains(&folder) && !matches!(folder, "openvswitch" | "ovn" | "ceph" | "libvirt") => folder.into(),
        _ if named || INFRASTRUCTURE.contains(&folder) => stem.into(),
        _ => format!("{folder}-{stem}"),
    }
}

/// The process that a logger belongs to where no path tells: `nova.compute.manager` is `nova-compute`.
#[must_use]
pub fn by_logger(logger: &str) -> Option<String> {
    let mut parts = logger.split('.');
    let project = parts.next().filter(|p| PROJECTS.contains(p))?;
    let part = parts.next()?;
    let process = match (project, part) {
        ("nova", "compute" | "virt" | "volume") => "compute",
        ("nova", "osapi_compute" | "metadata" | "api") | (_, "api" | "wsgi") if project != "neutron" => "api",
        ("neutron", "agent" | "plugins") => return Some(agent(logger)),
        ("neutron", _) => "server",
        (_, "scheduler" | "conductor" | "volume" | "backup" | "engine") => part,
        _ => return Some(project.into()),
    };
    Some(format!("{project}-{process}"))
}

fn agent(logger: &str) -> String {
    let kind = ["dhcp", "l3", "metadata", "metering", "openvswitch", "ovn"].into_iter().find(|k| logger.contains(k));
    match kind {
        Some(kind) if logger.contains("agent") => format!("neutron-{kind}-agent"),
        _ => "neutron-server".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_name_process_and_host() {
        for (path, service, host) in [
            ("nova/nova-compute.log", "nova-compute", None),
            ("cinder/volume.log.1", "cinder-volume", None),
            ("var/log/kolla/neutron/server.log", "neutron-server", None),
            ("compute-1/nova/nova-compute.log", "nova-compute", Some("compute-1")),
            ("keystone/keystone.log", "keystone", None),
            ("rabbitmq/rabbit@ctl.log", "rabbitmq", None),
            ("openvswitch/ovs-vswitchd.log", "ovs-vswitchd", None),
            ("mariadb/mariadb.log", "mariadb", None),
            ("libvirt/libvirtd.log", "libvirtd", None),
            ("nova/nova-placement-api.log", "placement-api", None),
            ("ctl/var/log/heat/heat-engine.log", "heat-engine", Some("ctl")),
            ("screen-n-cpu.txt", "n-cpu", None),
            ("nova-api.log", "nova-api", None),
        ] {
            let found = place(path);
            assert_eq!((found.service.as_str(), found.host.as_deref()), (service, host), "{path}");
        }
        assert!(place("nova/api.log").sure && place("nova-api.log").sure && !place("all.log").sure);
    }

    #[test]
    fn loggers_name_processes() {
        for (logger, service) in [
            ("nova.compute.manager", Some("nova-compute")),
            ("nova.osapi_compute.wsgi.server", Some("nova-api")),
            ("neutron.agent.dhcp.agent", Some("neutron-dhcp-agent")),
            ("neutron.plugins.ml2.managers", Some("neutron-server")),
            ("neutron.plugins.ml2.drivers.openvswitch.agent.ovs_neutron_agent", Some("neutron-openvswitch-agent")),
            ("cinder.volume.manager", Some("cinder-volume")),
            ("glance.api.v2.image_data", Some("glance-api")),
            ("keystone.token", Some("keystone")),
            ("oslo_messaging._drivers.impl_rabbit", None),
        ] {
            assert_eq!(by_logger(logger).as_deref(), service, "{logger}");
        }
    }
}
