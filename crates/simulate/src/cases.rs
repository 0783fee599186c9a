//! Cases for measuring: every fault more than once, and healthy runs to learn from, across layouts, generations and clouds.
//!
//! | folder | what |
//! |---|---|
//! | `failure/<fault>-<seed>/` | `logs` and `truth.toml` of one fault |
//! | `fault_free/healthy-<number>/` | the same of a cloud without any |
//!
//! Healthy runs come in pairs of one layout and generation, so that every second of them still covers all.

use std::path::Path;

use crate::{Chronic, Config, Error, Fault, Generation, Layout, Part, Plugin, Size, Truth};

/// How often each fault is written.
const SEEDS: u64 = 2;
/// 2025-03-10 06:00 UTC, a Monday.
const MONDAY: u64 = 1_741_586_400;
/// The layouts that cases have. Without the merged one, which names no hosts.
const LAYOUTS: [Layout; 7] =
    [Layout::Kolla, Layout::Journal, Layout::Json, Layout::Kubernetes, Layout::Packages, Layout::Collected, Layout::Syslog];

/// Which cases to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cases {
    /// The faults of this part; of both where there is none. Healthy runs come with either.
    pub part: Option<Part>,
    /// Lines of each case, about.
    pub lines: u64,
    /// The first seed.
    pub seed: u64,
}

impl Default for Cases {
    fn default() -> Self {
        Self { part: None, lines: 10_000, seed: 1 }
    }
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its folder below the one that all are written into, with `/` between folders.
    pub folder: String,
    /// What it is written from.
    pub config: Config,
}

/// The cases, those with a fault first.
///
/// # Errors
/// [`Error::Data`] where the file of a fault cannot be read: a fault of the program.
pub fn cases(asked: &Cases) -> Result<Vec<Case>, Error> {
    let mut cases = Vec::new();
    for (index, fault) in Fault::all().iter().enumerate() {
        if asked.part.is_none_or(|part| fault.part().is_ok_and(|own| own == part)) {
            for time in 0..SEEDS {
                cases.push(failure(asked, *fault, (index as u64, time))?);
            }
        }
    }
    let pairs = LAYOUTS.iter().flat_map(|layout| Generation::ALL.map(|generation| (*layout, generation)));
    let both = pairs.flat_map(|pair| [pair, pair]).zip(0..);
    cases.extend(both.map(|((layout, generation), number)| healthy(asked, layout, generation, number)));
    Ok(cases)
}

/// Writes the cases below the folder `out`, and gives the truth of each.
///
/// `progress` gets the number of cases written so far, every few thousand lines, and says whether to go on.
///
/// # Errors
/// Those of [`write`](crate::write) and [`cases`].
pub fn write_cases(asked: &Cases, out: &Path, progress: &mut dyn FnMut(usize) -> bool) -> Result<Vec<Truth>, Error> {
    let cases = cases(asked)?;
    cases
        .iter()
        .enumerate()
        .map(|(done, case)| crate::write(&case.config, &out.join(&case.folder), &mut |_| progress(done)))
        .collect()
}

/// The `time`-th case of the `index`-th fault.
fn failure(asked: &Cases, fault: Fault, (index, time): (u64, u64)) -> Result<Case, Error> {
    let data = fault.data()?;
    let number = index * SEEDS + time;
    // Neutron has OVN inside only since the middle generation.
    let needs_ovn = data.needs.contains(&Plugin::Ovn);
    let generation = if needs_ovn { 1 + (index + time) % 2 } else { (index + time) % 3 };
    let chosen = |plugin: &Plugin| match plugin {
        _ if data.excludes.contains(plugin) => false,
        _ if data.needs.contains(plugin) => true,
        Plugin::Ovn => generation > 0 && (index / 3 + time).is_multiple_of(2),
        Plugin::Ceph => (index / 2 + time).is_multiple_of(2),
    };
    let plugins: Vec<Plugin> = Plugin::ALL.into_iter().filter(chosen).collect();
    let layout = LAYOUTS[((index * 2 + time * 3) % LAYOUTS.len() as u64) as usize];
    let config = Config { faults: vec![fault], ..config(asked, layout, generation as usize, number, plugins) };
    Ok(Case { folder: format!("failure/{}-{}", fault.name(), asked.seed + time), config })
}

fn healthy(asked: &Cases, layout: Layout, generation: Generation, number: u64) -> Case {
    let place = Generation::ALL.iter().position(|known| *known == generation).unwrap_or_default();
    let kind = number / 6 + place as u64;
    let plugins = [(Plugin::Ovn, place > 0 && kind.is_multiple_of(2)), (Plugin::Ceph, (kind / 2).is_multiple_of(2))];
    let plugins = plugins.into_iter().filter(|(_, has)| *has).map(|(plugin, _)| plugin).collect();
    let config = config(asked, layout, place, 10_000 + number, plugins);
    Case { folder: format!("fault_free/healthy-{:02}", number + 1), config }
}

/// What a case is written from; all that varies beside what is given goes by its number.
fn config(asked: &Cases, layout: Layout, generation: usize, number: u64, plugins: Vec<Plugin>) -> Config {
    Config {
        seed: asked.seed.wrapping_mul(1_000_003).wrapping_add(number),
        size: Size::Lines(asked.lines),
        start: MONDAY + number % 60 * 86_400 + number * 7 % 10 * 3_600 + number * 613 % 3_600,
        computes: 2 + (number * 3 % 4) as u32,
        operations_per_hour: 160 + (number * 37 % 160) as u32,
        generation: Generation::ALL[generation % Generation::ALL.len()],
        layout,
        faults: Vec::new(),
        chronic: Chronic::Varied,
        plugins,
        debug: false,
        labels: None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn all() -> Vec<Case> {
        cases(&Cases::default()).unwrap()
    }

    #[test]
    fn every_fault_has_cases_that_differ() {
        let cases = all();
        for fault in Fault::all() {
            let own: Vec<_> = cases.iter().filter(|case| case.config.faults == [*fault]).collect();
            assert_eq!(own.len(), 2, "{}", fault.name());
            assert!(own[0].config.layout != own[1].config.layout, "{}", fault.name());
            assert!(own[0].config.generation != own[1].config.generation, "{}", fault.name());
            assert!(own[0].config.computes != own[1].config.computes, "{}", fault.name());
        }
        let folders: BTreeSet<_> = cases.iter().map(|case| &case.folder).collect();
        assert_eq!(folders.len(), cases.len());
    }

    #[test]
    fn every_second_healthy_run_covers_what_faults_have() {
        let cases = all();
        let kind = |case: &Case| (case.config.layout, case.config.generation.name());
        let mut healthy: Vec<_> = cases.iter().filter(|case| case.folder.starts_with("fault_free/")).collect();
        healthy.sort_by(|a, b| a.folder.cmp(&b.folder));
        let layouts: BTreeSet<_> = cases.iter().map(|case| case.config.layout).collect();
        assert!(layouts.len() >= 5, "{layouts:?}");
        for half in 0..2 {
            let seen: BTreeSet<_> = healthy.iter().skip(half).step_by(2).map(|case| kind(case)).collect();
            for case in &cases {
                assert!(seen.contains(&kind(case)), "half {half} has no {:?}", kind(case));
            }
            let plugins: BTreeSet<_> = healthy.iter().skip(half).step_by(2).map(|case| &case.config.plugins).collect();
            assert_eq!(plugins.len(), 4);
        }
    }

    #[test]
    fn the_parts_are_halves_of_all() {
        let of = |part| cases(&Cases { part: Some(part), ..Cases::default() }).unwrap();
        let faults = |cases: &[Case]| cases.iter().flat_map(|case| case.config.faults.clone()).collect::<BTreeSet<_>>();
        let (choosing, reporting) = (faults(&of(Part::Choosing)), faults(&of(Part::Reporting)));
        assert!(choosing.is_disjoint(&reporting));
        assert_eq!(choosing.len() + reporting.len(), Fault::all().len());
        assert!(choosing.len().abs_diff(reporting.len()) <= 6, "{} and {}", choosing.len(), reporting.len());
        let categories =
            |faults: &BTreeSet<Fault>| faults.iter().map(|fault| fault.data().unwrap().category).collect::<BTreeSet<_>>();
        assert_eq!(categories(&choosing), categories(&reporting));
        let silent = |faults: &BTreeSet<Fault>| faults.iter().filter(|fault| fault.data().unwrap().silent).count();
        assert!(silent(&choosing) >= 2 && silent(&reporting) >= 2);
    }
}
