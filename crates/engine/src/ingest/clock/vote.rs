//! Votes of shared ids for the zone of logs that name none.

use rustc_hash::FxHashMap;

use super::{MINUTE, mentions::Mention};

/// Zones lie within 14 hours of UTC, in quarters of an hour.
pub const MOST_QUARTERS: i64 = 56;
/// How far from a whole quarter two mentions of an id may be apart and still count: services take so long to hear of a thing.
const NEAR: i64 = 45_000_000;
/// Mentions of an id in one log, above which it says nothing: it is there all the time.
const MOST: usize = 24;

/// The zone at a place in the order of all, in minutes east of UTC.
pub fn zone_at(place: usize) -> i16 {
    (place as u16).cast_signed() * 15 - MOST_QUARTERS as i16 * 15
}

/// The votes for each zone.
#[derive(Debug, Clone, PartialEq)]
pub struct Votes(Vec<f32>);

impl Default for Votes {
    fn default() -> Self {
        Self(vec![0.0; (2 * MOST_QUARTERS + 1) as usize])
    }
}

impl Votes {
    /// Adds the votes of others.
    pub fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(mine, theirs)| *mine += theirs);
    }

    /// The zone that is chosen, in minutes east of UTC, and how sure that is: the share of the votes, less where they are few. None
    /// where they are too few or too divided.
    #[must_use]
    pub fn winner(&self) -> Option<(i16, f32)> {
        let best = (0..self.0.len()).max_by(|a, b| self.0[*a].total_cmp(&self.0[*b]))?;
        let (won, total) = (self.0[best], self.0.iter().sum::<f32>());
        let second = self.0.iter().enumerate().filter(|(n, _)| *n != best).map(|(_, v)| *v).fold(0.0, f32::max);
        let confidence = won / (total + 1.5);
        let clear = won > 2.5 && confidence >= 0.5 && won >= 2.0 * second;
        clear.then(|| (zone_at(best), confidence))
    }
}

/// Lets each id vote in each stream: with one vote in all, for the quarters by which its mentions are apart.
#[must_use]
pub fn count(mentions: &[Mention]) -> FxHashMap<u32, Votes> {
    let mut votes: FxHashMap<u32, Votes> = FxHashMap::default();
    for of_id in mentions.chunk_by(|a, b| a.id == b.id) {
        let mut logs = of_id.chunk_by(|a, b| a.stream == b.stream);
        let Some(zoned) = logs.next().filter(|z| z[0].stream.is_none() && z.len() <= MOST) else { continue };
        for local in logs.filter(|l| l.len() <= MOST) {
            let Some(stream) = local[0].stream else { continue };
            let mut quarters: Vec<usize> =
                local.iter().flat_map(|l| zoned.iter().filter_map(|z| apart(l.time - z.time))).collect();
            quarters.sort_unstable();
            quarters.dedup();
            let votes = votes.entry(stream).or_default();
            for quarter in &quarters {
                votes.0[*quarter] += 1.0 / quarters.len() as f32;
            }
        }
    }
    votes
}

/// The number of the whole quarter of an hour that a difference is near.
fn apart(micros: i64) -> Option<usize> {
    const QUARTER: i64 = 15 * MINUTE;
    let quarters = (micros + QUARTER / 2).div_euclid(QUARTER);
    let near = (micros - quarters * QUARTER).abs() <= NEAR && quarters.abs() <= MOST_QUARTERS;
    near.then_some((quarters + MOST_QUARTERS) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(id: u64, local: i64) -> [Mention; 2] {
        let time = 1_700_000_000_000_000 + id.cast_signed() * 7_777_777;
        [Mention { id, stream: None, time }, Mention { id, stream: Some(0), time: time + local }]
    }

    #[test]
    fn ids_that_agree_choose_a_zone() {
        let mentions: Vec<Mention> = (0..10).flat_map(|n| pair(n, 330 * MINUTE + n.cast_signed() * 1_000_000)).collect();
        let (zone, confidence) = count(&mentions)[&0].winner().unwrap();
        assert_eq!(zone, 330);
        assert!(confidence > 0.8, "{confidence}");
    }

    #[test]
    fn few_or_divided_ids_choose_none() {
        let few: Vec<Mention> = (0..2).flat_map(|n| pair(n, 120 * MINUTE)).collect();
        assert_eq!(count(&few)[&0].winner(), None);
        let divided: Vec<Mention> = (0..40).flat_map(|n| pair(n, (n.cast_signed() % 8) * 15 * MINUTE)).collect();
        assert_eq!(count(&divided)[&0].winner(), None);
    }
}
