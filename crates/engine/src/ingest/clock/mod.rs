//! How logs' own clocks are brought onto the incident's one timeline.
//!
//! Services write local time without a zone, Open vSwitch and libvirt UTC, RabbitMQ an offset. Where logs with a zone and logs
//! without one stand side by side, the zone of the latter is inferred: from ids that both mention, else from what the host tells of
//! its clock, else from its other logs, else from the whole cloud's, else from errors that come at the same time. The incident's
//! clock is that of most of the logs without a zone, so that charts show what operators see in their logs; UTC where all name one.

mod facts;
mod mentions;
mod rates;
mod steps;
mod vote;
mod years;
mod zones;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use facts::{Machine, machines};
pub use mentions::ids;
pub use zones::{offset, read_offset};

use super::{Correction, Ingested};
use crate::events::{NO_TIME, NO_ZONE};

/// Microseconds of a minute.
pub const MINUTE: i64 = 60_000_000;

/// How a shift is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub enum Basis {
    /// The log names its zone.
    Logged,
    /// It follows from what the log shares with others, or from what its host tells.
    Inferred,
    /// Nothing speaks against it.
    #[default]
    Assumed,
    /// The user said so.
    Given,
}

/// How a log's clock relates to the incident's one clock.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Clock {
    /// Microseconds that are added to what the log says.
    pub shift: i64,
    /// How that is known.
    pub basis: Basis,
    /// How sure it is, 0 to 1.
    pub confidence: f32,
}

impl Clock {
    /// Microseconds that are added to a time which names this zone ([`NO_ZONE`]: none), on an incident's clock so many minutes east
    /// of UTC.
    #[must_use]
    pub fn shift_of(&self, zone: i16, reference: i16) -> i64 {
        match self.basis {
            Basis::Given => self.shift,
            _ if zone == NO_ZONE || reference == NO_ZONE => self.shift,
            _ => i64::from(reference - zone) * MINUTE,
        }
    }
}

/// Puts all events on one clock, and says for each file how: years are filled in, zones taken from the logs or inferred, and what
/// the user said goes before all of it. Takes the times as they were logged.
pub fn settle(read: &mut Ingested, machines: &[Machine], corrections: &[Correction]) {
    years::fill(read);
    steps::note(read);
    let (clocks, reference) = zones::settle(read, machines);
    read.zone = reference;
    for (file, clock) in read.files.iter_mut().zip(clocks) {
        file.clock = match super::corrected(corrections, &file.path).shift {
            Some(shift) => Clock { shift, basis: Basis::Given, confidence: 1.0 },
            None => clock,
        };
    }
    apply(read);
}

/// Adds each event's shift to its time.
fn apply(read: &mut Ingested) {
    let Ingested { events, files, zone, .. } = read;
    let shifts: Vec<i64> = (events.origins.list().iter())
        .map(|o| files.get(o.file as usize).map_or(0, |f| f.clock.shift_of(o.zone, *zone)))
        .collect();
    if shifts.iter().all(|s| *s == 0) {
        return;
    }
    for (time, origin) in events.time.iter_mut().zip(&events.origin) {
        if *time != NO_TIME {
            *time = time.saturating_add(shifts[*origin as usize]);
        }
    }
}
