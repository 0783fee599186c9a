//! Windows of different lengths packed without padding.

use super::super::windows::Windows;

/// In place of a template: the start of a window, where no event came before.
pub const BEGIN: u32 = u32::MAX;

/// Rows in a block. It is fixed, and the blocks of a batch do not depend on the number of processors: sums are always taken in
/// the same order, and results are the same on every machine of one kind.
const LEARNED: usize = 8;
const SCORED: usize = 32;

/// A block of windows, step by step. The windows are ordered by falling length, so that those which still run at a step are the
/// first rows of the step before, and nothing is computed for the others.
#[derive(Debug, Clone, Default)]
pub struct Packed {
    /// Where each step starts among the events, and the end.
    pub steps: Vec<usize>,
    /// The template of the event before, or [`BEGIN`].
    pub inputs: Vec<u32>,
    /// The bucket of the time since the event before.
    pub gaps: Vec<u8>,
    /// The template to predict.
    pub targets: Vec<u32>,
    /// The events of this block, in its order, that are learned from or scored.
    pub scored: Vec<u32>,
    /// Where each event lies among the events of the windows.
    pub origins: Vec<u32>,
}

impl Packed {
    /// Packs windows, given in order of falling length.
    #[must_use]
    pub fn new(windows: &Windows, rows: &[usize]) -> Self {
        let mut packed = Self { steps: vec![0], ..Self::default() };
        let longest = rows.first().map_or(0, |&row| windows.range(row).len());
        for step in 0..longest {
            for &row in rows.iter().take_while(|&&row| windows.range(row).len() > step) {
                packed.push(windows, row, step);
            }
            packed.steps.push(packed.targets.len());
        }
        packed
    }

    fn push(&mut self, windows: &Windows, row: usize, step: usize) {
        let window = windows.window(row);
        if step >= window.skip {
            self.scored.push(self.targets.len() as u32);
        }
        self.inputs.push(if step == 0 { BEGIN } else { window.templates[step - 1] });
        self.gaps.push(window.gaps[step]);
        self.targets.push(window.templates[step]);
        self.origins.push((windows.range(row).start + step) as u32);
    }

    /// Divides the windows of a batch among the blocks of one learning step.
    #[must_use]
    pub fn blocks(windows: &Windows, batch: &[usize]) -> Vec<Self> {
        let mut order = batch.to_vec();
        order.sort_by_key(|&row| std::cmp::Reverse(windows.range(row).len()));
        let count = order.len().div_ceil(LEARNED);
        let dealt = |block| order.iter().skip(block).step_by(count.max(1)).copied().collect::<Vec<_>>();
        (0..count).map(|block| Self::new(windows, &dealt(block))).collect()
    }

    /// Divides all windows into blocks of similar lengths to be scored.
    #[must_use]
    pub fn groups(windows: &Windows) -> Vec<Vec<usize>> {
        let mut order: Vec<_> = (0..windows.len()).collect();
        order.sort_by_key(|&row| std::cmp::Reverse(windows.range(row).len()));
        order.chunks(SCORED).map(<[usize]>::to_vec).collect()
    }

    /// How many events the block has.
    #[must_use]
    pub fn events(&self) -> usize {
        self.targets.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_hold_the_windows_that_still_run() {
        let mut windows = Windows::default();
        windows.push(&[1, 2], &[0, 0], 0);
        windows.push(&[3, 4, 5], &[7, 8, 9], 1);
        let [block] = &Packed::blocks(&windows, &[0, 1])[..] else { panic!("one block") };
        assert_eq!(block.steps, [0, 2, 4, 5]);
        assert_eq!(block.targets, [3, 1, 4, 2, 5]);
        assert_eq!(block.inputs, [BEGIN, BEGIN, 3, 1, 4]);
        assert_eq!(block.gaps, [7, 0, 8, 0, 9]);
        assert_eq!(block.origins, [2, 0, 3, 1, 4]);
        assert_eq!(block.scored, [1, 2, 3, 4]);
    }

    #[test]
    fn every_window_is_in_one_block() {
        let mut windows = Windows::default();
        for length in 1..30 {
            windows.push(&vec![0; length], &vec![0; length], 0);
        }
        let batch: Vec<_> = (0..windows.len()).collect();
        for blocks in [
            Packed::blocks(&windows, &batch),
            Packed::groups(&windows).iter().map(|group| Packed::new(&windows, group)).collect(),
        ] {
            let mut origins: Vec<_> = blocks.iter().flat_map(|block| block.origins.clone()).collect();
            origins.sort_unstable();
            assert_eq!(origins, (0..windows.events() as u32).collect::<Vec<_>>());
        }
    }
}
