//! What to write.

use std::path::PathBuf;

use serde::Deserialize;

use crate::{Error, Fault, Layout};

/// What to write: the same configuration gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Decides everything that varies.
    pub seed: u64,
    /// How much to write.
    pub size: Size,
    /// When the logs start, in seconds since 1970-01-01 00:00 UTC. All hosts log in UTC.
    pub start: u64,
    /// Compute nodes, 1 to 99; there is always one controller beside them.
    pub computes: u32,
    /// How many operations users ask of the cloud in an hour, 1 to 100,000; by day more, by night less.
    pub operations_per_hour: u32,
    /// Which form of oslo.log lines the services write.
    pub generation: Generation,
    /// How files are laid out.
    pub layout: Layout,
    /// What breaks. Faults run side by side where there are several.
    pub faults: Vec<Fault>,
    /// Which of the errors and warnings that every healthy cloud has are written.
    pub chronic: Chronic,
    /// What the cloud uses in place of Open vSwitch's agents and of LVM; what a fault needs is added.
    pub plugins: Vec<Plugin>,
    /// Whether services log DEBUG too.
    pub debug: bool,
    /// The file that gets for each record what wrote it; none where nobody asks. The logs are the same with it and without.
    ///
    /// It is a CSV of `file,line,template`: the file below `logs`, the record's first line, and the message in the catalogue with the
    /// call that it is about, such as `nova-api.access GET /v2.1/servers/* 200`. Its first word alone is the message. Messages of one
    /// logger that differ in nothing but what varies are one.
    pub labels: Option<PathBuf>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            seed: 1,
            size: Size::Lines(100_000),
            start: 1_741_593_600,
            computes: 3,
            operations_per_hour: 240,
            generation: Generation::Modern,
            layout: Layout::HostFolders,
            faults: Vec::new(),
            chronic: Chronic::Usual,
            plugins: Vec::new(),
            debug: false,
            labels: None,
        }
    }
}

impl Config {
    /// Refuses what no cloud could be.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let refuse = |name, value, allowed| Err(Error::Config { name, value, allowed });
        match *self {
            Self { size: Size::Lines(0) | Size::Seconds(0), .. } => refuse("size", 0, "1 or more"),
            Self { computes, .. } if !(1..=99).contains(&computes) => refuse("computes", computes.into(), "1 to 99"),
            Self { operations_per_hour: rate, .. } if !(1..=100_000).contains(&rate) => {
                refuse("operations_per_hour", rate.into(), "1 to 100000")
            }
            // The year 2100; dates beyond it are a mistaken unit.
            Self { start, .. } if start > 4_102_444_800 => refuse("start", start, "seconds since 1970, before the year 2100"),
            _ => Ok(()),
        }
    }
}

/// How much to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// This many lines in all files together; the last record is written whole, so a traceback may exceed it by its length.
    Lines(u64),
    /// Logs of this many seconds.
    Seconds(u64),
}

/// The three forms of an oslo.log line that are met in the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// Until 2018, Python 2: `[req-… user project - - -]`.
    Early,
    /// Until Zed: `[req-… user project - domain domain]`.
    Middle,
    /// Since oslo.log 4.8: `[global req-… user project - - domain domain]`, with `None` for an absent global id.
    Modern,
}

impl Generation {
    /// All of them, oldest first.
    pub const ALL: [Self; 3] = [Self::Early, Self::Middle, Self::Modern];

    /// The name in truth files: `early`, `middle` or `modern`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Early => "early",
            Self::Middle => "middle",
            Self::Modern => "modern",
        }
    }
}

/// Which of the troubles that pass of themselves are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chronic {
    /// None.
    Absent,
    /// The same few in every cloud.
    Usual,
    /// Many more, of which each seed has its own choice, at its own rates; and the hosts' own programs write too.
    Varied,
}

/// What a cloud may use in place of what it has without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Plugin {
    /// OVN, in place of Neutron's agents.
    Ovn,
    /// Ceph, in place of LVM and local disks.
    Ceph,
}

impl Plugin {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Ovn, Self::Ceph];
}
