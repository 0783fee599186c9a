//! Layouts: which file a program's records go to, and what a log daemon, a container runtime or oslo.log itself puts around them.

use crate::catalog::{Format, Service};

/// How files are laid out below `logs`, and who writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layout {
    /// `<host>/<service>/<program>.log`: what an operator has who collects `/var/log/kolla` from each host.
    HostFolders,
    /// `<service>/<program>.log`: what a central log store writes, the records of all hosts in one file for each program.
    Merged,
    /// `<host>/var/log/kolla/<service>/<program>.log`, and the hosts' own programs in `<host>/var/log/syslog`: Kolla-Ansible.
    Kolla,
    /// `<host>/var/log/<service>/<program>.log`: the packages of a distribution, with oslo.log's default files.
    Packages,
    /// The same files, with oslo.log's `JSONFormatter` where the services have loggers.
    Json,
    /// `<host>/journal.txt`: what `journalctl -o short-precise` prints on a host of DevStack. Programs that keep a file of their own
    /// even there write it.
    Journal,
    /// `<host>/var/log/syslog`, by RFC 3164, with what the programs write by themselves inside. Programs that keep a file of their
    /// own even there write it.
    Syslog,
    /// `messages`, by RFC 5424: one file for the records of all programs and hosts, as a central log daemon writes it.
    Collected,
    /// `<host>/var/log/pods/<namespace>_<pod>_<uid>/<container>/0.log`: what a container runtime of Kubernetes writes.
    Kubernetes,
}

/// What stands around a program's own lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Envelope {
    /// Nothing.
    Bare,
    /// A record of oslo.log as one JSON object.
    Json,
    /// `Mar 10 08:00:00.123456 host program[7]: `
    Journal,
    /// `Mar 10 08:00:00 host program[7]: `
    Syslog,
    /// `<134>1 2025-03-10T08:00:00.123456+00:00 host program 7 - - `
    Collected,
    /// `2025-03-10T08:00:00.123456789Z stdout F `
    Container,
}

impl Layout {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::HostFolders,
        Self::Merged,
        Self::Kolla,
        Self::Packages,
        Self::Json,
        Self::Journal,
        Self::Syslog,
        Self::Collected,
        Self::Kubernetes,
    ];

    /// The name in truth files: `host_folders`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::HostFolders => "host_folders",
            Self::Merged => "merged",
            Self::Kolla => "kolla",
            Self::Packages => "packages",
            Self::Json => "json",
            Self::Journal => "journal",
            Self::Syslog => "syslog",
            Self::Collected => "collected",
            Self::Kubernetes => "kubernetes",
        }
    }

    /// The file of a service on a host, below `logs`.
    pub(crate) fn file(self, service: &Service, host: &str) -> String {
        let own = &service.file;
        match (self, self.envelope(service.format)) {
            (Self::HostFolders, Envelope::Syslog) => format!("{host}/syslog"),
            (Self::HostFolders, _) => format!("{host}/{own}"),
            (Self::Merged, Envelope::Syslog) => "syslog".to_owned(),
            (Self::Merged, _) => own.clone(),
            (Self::Collected, _) => "messages".to_owned(),
            (Self::Journal, Envelope::Journal) => format!("{host}/journal.txt"),
            (_, Envelope::Syslog) => format!("{host}/var/log/syslog"),
            (_, Envelope::Container) => pod(service, host),
            (Self::Kolla, _) => format!("{host}/var/log/kolla/{own}"),
            _ => format!("{host}/var/log/{own}"),
        }
    }

    /// What stands around the lines of that format.
    pub(crate) fn envelope(self, format: Format) -> Envelope {
        let keeps_a_file = matches!(format, Format::Rabbitmq | Format::Ovs | Format::Ceph | Format::CephDaemon | Format::Apache);
        match (self, format) {
            (Self::Collected, _) => Envelope::Collected,
            (Self::Journal, _) if !keeps_a_file => Envelope::Journal,
            (Self::Syslog, _) if !keeps_a_file => Envelope::Syslog,
            (_, Format::Syslog) => Envelope::Syslog,
            (Self::Kubernetes, _) => Envelope::Container,
            (Self::Json, Format::Oslo) => Envelope::Json,
            _ => Envelope::Bare,
        }
    }
}

/// The log of a pod's container. The ids depend on the service and the host alone.
fn pod(service: &Service, host: &str) -> String {
    let name = &service.name;
    let seed = name
        .bytes()
        .chain(host.bytes())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    // Kubernetes ends the names of pods with words without vowels, so that they spell nothing.
    let letters = b"bcdfghjklmnpqrstvwxz2456789";
    let word: String = (0..5).map(|at| char::from(letters[((seed >> (at * 7)) % 27) as usize])).collect();
    let (high, low) = (seed as u32, (seed >> 32) as u32);
    let uid = format!("{high:08x}-{:04x}-4{:03x}-9{:03x}-{low:08x}{:04x}", low >> 16, low & 0xfff, high & 0xfff, high >> 16);
    format!("{host}/var/log/pods/openstack_{name}-{word}_{uid}/{name}/0.log")
}
