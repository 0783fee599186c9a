//! Logs of containers: openstack-must-gather, the kubelet's folders, `kubectl logs` in files, Docker's json-file. The container tells
//! the process, the pod takes the host's place where no machine is known.

use super::{Place, host, names, sos, stem};

/// The place of a container's log; none where the path is not of one.
pub fn place(name: &str, folders: &[&str]) -> Option<Place> {
    gathered(folders)
        .or_else(|| kubelet(name, folders))
        .or_else(|| saved(name, folders))
        .or_else(|| single(name, folders))
        .or_else(|| docker(name, folders))
}

/// `namespaces/openstack/pods/<pod>/<container>/<container>/logs/current.log` of must-gather.
fn gathered(folders: &[&str]) -> Option<Place> {
    let at = folders.iter().rposition(|f| *f == "pods").filter(|at| *at >= 2 && folders[at - 2] == "namespaces")?;
    let (pod, container) = (*folders.get(at + 1)?, *folders.get(at + 2).unwrap_or(folders.get(at + 1)?));
    Some(of(pod, container, &folders[..at - 2]))
}

/// `pods/<namespace>_<pod>_<uid>/<container>/0.log` of `/var/log`, and `<pod>_<namespace>_<container>-<id>.log` beside it.
fn kubelet(name: &str, folders: &[&str]) -> Option<Place> {
    if let Some(at) = folders.iter().rposition(|f| f.split('_').count() == 3 && f.len() > 36 && is_uid(f)) {
        let pod = folders[at].split('_').nth(1)?;
        return Some(of(pod, folders.get(at + 1).unwrap_or(&pod), &folders[..at]));
    }
    let (before, id) = name.strip_suffix(".log")?.rsplit_once('-')?;
    let mut parts = before.split('_');
    let (pod, _, container) = (parts.next()?, parts.next()?, parts.next()?);
    (id.len() == 64 && parts.next().is_none()).then(|| of(pod, container, folders))
}

fn is_uid(folder: &str) -> bool {
    folder.rsplit('_').next().is_some_and(|uid| uid.len() >= 32 && uid.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-'))
}

/// sos names a file after its command: `kubectl_logs_-n_openstack_nova-0_-c_nova-api`.
fn saved(name: &str, folders: &[&str]) -> Option<Place> {
    let begin = ["kubectl", "microk8s", "oc_", "k8s"].iter().any(|tool| name.starts_with(tool));
    let (_, said) = name.split_once("logs_").filter(|_| begin)?;
    let (mut pod, mut container, mut words) = (None, None, said.split('_'));
    while let Some(word) = words.next() {
        match word {
            "-c" | "--container" => container = words.next(),
            "-n" | "--namespace" => _ = words.next(),
            _ if word.starts_with('-') || pod.is_some() => {}
            _ => pod = Some(word),
        }
    }
    let pod = stem(pod?);
    Some(of(pod, container.map_or(pod, stem), folders))
}

/// `podlogs/<pod>`, `<pod>.log` and `<pod>_<container>.log`, as people save them.
fn single(name: &str, folders: &[&str]) -> Option<Place> {
    let stem = stem(name);
    let (pod, container) = stem.split_once('_').unwrap_or((stem, stem));
    let pods = folders.iter().any(|f| matches!(*f, "pods" | "podlogs"));
    (names::is_pod(pod) || pods && names::process(container).is_some()).then(|| of(pod, container, folders))
}

/// `containers/<id>/<id>-json.log`: only the content can tell whose it is.
fn docker(name: &str, folders: &[&str]) -> Option<Place> {
    let at = name.find("-json.log").filter(|at| *at == 64 && name[..64].bytes().all(|b| b.is_ascii_hexdigit()))?;
    Some(Place { service: format!("container-{}", &name[..at.min(12)]), host: host(folders), sure: false })
}

fn of(pod: &str, container: &str, before: &[&str]) -> Place {
    let known = names::process(container).or_else(|| names::process(pod));
    let machine = before.iter().rev().find_map(|f| sos::host(f)).or_else(|| host(before));
    Place {
        sure: known.is_some(),
        service: known.unwrap_or_else(|| container.to_owned()),
        host: Some(machine.unwrap_or_else(|| pod.to_owned())),
    }
}
