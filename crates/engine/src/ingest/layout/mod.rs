//! Which process and host a file belongs to, from its path.

mod names;
mod pods;
mod sos;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::formats::Header;

/// The process and host that a path names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Place {
    /// `nova-compute`; the file's name where the folders say nothing.
    pub service: String,
    /// The host's folder; none where there is none.
    pub host: Option<String>,
    /// Whether the path names a process that is known, or `service` is just the file's name.
    pub sure: bool,
}

/// Reads a path relative to the folder that was given, with `/` between its parts. Archives stand in it as folders.
#[must_use]
pub fn place(path: &str) -> Place {
    let parts: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
    let (name, folders) = parts.split_last().map_or(("", &[][..]), |(n, f)| (*n, f));
    if let Some(place) = pods::place(name, folders) {
        return place;
    }
    let at = folders.iter().rposition(|f| names::is_project(f) || names::is_infrastructure(f));
    let (stem, node) = node(stem(name));
    let host = host(&folders[..at.unwrap_or(folders.len())]).or(node);
    let (service, sure) = service(stem, at.map(|n| folders[n]));
    Place { service, host, sure }
}

/// The file's name without what rotation, compression and logging add.
fn stem(name: &str) -> &str {
    let name = name.strip_prefix("screen-").or_else(|| name.strip_prefix("devstack@")).unwrap_or(name);
    let end = [".log", "_log.", "-log.", ".txt", ".service", ".out", ".json", ".csv", ".gz", ".xz", ".zst", ".bz2", ".1", ".20"]
        .iter()
        .filter_map(|ending| name.find(ending))
        .min();
    match &name[..end.unwrap_or(name.len())] {
        "" => "unknown",
        stem => stem,
    }
}

/// Takes the name of a RabbitMQ node apart, after which its file is named: `rabbit@host.log`.
fn node(stem: &str) -> (&str, Option<String>) {
    match stem.split_once('@') {
        Some(("rabbit", host)) if !host.is_empty() && host != "localhost" => ("rabbitmq", Some(host.to_owned())),
        Some(("rabbit", _)) => ("rabbitmq", None),
        _ => (stem, None),
    }
}

/// The host that the folders above a project's or the file itself name.
fn host(folders: &[&str]) -> Option<String> {
    if let Some(host) = folders.iter().rev().find_map(|f| sos::host(f)) {
        return Some(host);
    }
    let system = folders.windows(2).rposition(|pair| pair == ["var", "log"]);
    let (before, inside) = system.map_or((folders, &[][..]), |at| (&folders[..at], &folders[at + 2..]));
    let told = inside.iter().rfind(|f| !names::is_plain(f) && names::is_hostlike(f));
    let named = told.or_else(|| before.iter().rfind(|f| !names::is_plain(f) && !names::is_infrastructure(f)))?;
    Some(unpacked(named).to_owned())
}

/// An archive's name without its endings.
fn unpacked(name: &str) -> &str {
    [".tar", ".tgz", ".zip", ".txz"].iter().filter_map(|ending| name.find(ending)).min().map_or(name, |at| &name[..at])
}

/// The process of a file's stem in a folder, and whether it is known: `volume` in `cinder` is `cinder-volume`.
fn service(stem: &str, folder: Option<&str>) -> (String, bool) {
    let own = names::process(stem);
    let Some(folder) = folder else {
        return match own {
            Some(known) if !names::is_mixed(stem) || known != stem => (known, true),
            _ => (stem.to_owned(), false),
        };
    };
    let known = match own {
        Some(own) if !names::is_infrastructure(folder) || names::holds_several(folder) || names::is_web(folder) => own,
        _ if names::is_infrastructure(folder) && !names::holds_several(folder) => {
            names::process(folder).unwrap_or_else(|| folder.to_owned())
        }
        _ if names::is_infrastructure(folder) => stem.to_owned(),
        _ => {
            let whole = format!("{folder}-{stem}");
            names::process(&whole).unwrap_or(whole)
        }
    };
    (known, true)
}

/// Where a path names no process, the one whose loggers write nearly all of a file's first records, if there is one.
pub fn look<'a>(place: &mut Place, headers: impl Iterator<Item = Header<'a>>) {
    if place.sure {
        return;
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut programs = false;
    for header in headers {
        programs |= !header.program.is_empty();
        if let Some(process) = by_logger(header.logger) {
            *counts.entry(process).or_default() += 1;
        }
    }
    let all: usize = counts.values().sum();
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    if let Some((process, _)) = most.filter(|(_, count)| !programs && *count >= 3 && count * 10 >= all * 9) {
        *place = Place { service: process, sure: true, host: place.host.take() };
    }
}

/// The process that a logger belongs to where no path tells: `nova.compute.manager` is `nova-compute`.
#[must_use]
pub fn by_logger(logger: &str) -> Option<String> {
    let mut parts = logger.split('.');
    let project = parts.next().filter(|p| names::is_project(p))?;
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
