//! The LSTM over all steps of a block, and back through time.

use super::{
    level::Level,
    pack::{BEGIN, Packed},
    panel::Panel,
    product::{Matrix, product},
    vector::{activate, derive},
};

/// What the gates are computed from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// U.
    pub units: usize,
    /// For each template its share of the gates, biases included: templates x 4 U.
    pub templates: &'a [f32],
    /// In their place at a window's start: 4 U.
    pub begin: &'a [f32],
    /// For each bucket of the time gap its share of the gates: buckets x 4 U. Higher buckets count as the last.
    pub gaps: &'a [f32],
    /// The share of the step before: U x 4 U.
    pub recurrent: &'a [f32],
}

/// What a run over a block leaves behind, for each of its events.
#[derive(Debug, Clone)]
pub struct Tape {
    /// The outputs: events x U.
    pub hidden: Vec<f32>,
    gates: Vec<f32>,
    cells: Vec<f32>,
    squashed: Vec<f32>,
}

/// Gradients of a block.
#[derive(Debug, Clone)]
pub struct Gradients {
    /// Of the sums in the gates: events x 4 U.
    pub gates: Vec<f32>,
    /// Of the recurrent weights: U x 4 U.
    pub recurrent: Vec<f32>,
    /// Of [`Inputs::begin`].
    pub begin: Vec<f32>,
    /// Of [`Inputs::gaps`].
    pub gaps: Vec<f32>,
}

/// Adds numbers to others, place by place.
pub fn add(sum: &mut [f32], part: &[f32]) {
    sum.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
}

impl Inputs<'_> {
    /// What each event's gates get from the event before and from the time since.
    fn start(&self, inputs: &[u32], gaps: &[u8]) -> Vec<f32> {
        let width = 4 * self.units;
        let last = self.gaps.len() / width - 1;
        let mut gates = Vec::with_capacity(inputs.len() * width);
        for (&input, &gap) in inputs.iter().zip(gaps) {
            let template = if input == BEGIN { self.begin } else { &self.templates[input as usize * width..][..width] };
            let gap = &self.gaps[usize::from(gap).min(last) * width..][..width];
            gates.extend(template.iter().zip(gap).map(|(template, gap)| template + gap));
        }
        gates
    }

    /// Runs over a block and keeps what the way back needs.
    #[must_use]
    pub fn run(&self, level: Level, block: &Packed) -> Tape {
        let (units, events) = (self.units, block.events());
        let mut gates = self.start(&block.inputs, &block.gaps);
        let [mut cells, mut squashed, mut hidden] = [(); 3].map(|()| vec![0.0; events * units]);
        let zeros = vec![0.0; block.steps.get(1).map_or(0, |rows| rows * units)];
        let recurrent = Panel::new(Matrix::new(self.recurrent, units, 4 * units));
        for (step, bounds) in block.steps.windows(2).enumerate() {
            let (start, end) = (bounds[0] * units, bounds[1] * units);
            let rows = bounds[1] - bounds[0];
            let gates = &mut gates[4 * start..4 * end];
            let (old_cells, new_cells) = cells.split_at_mut(start);
            let (old_hidden, new_hidden) = hidden.split_at_mut(start);
            let mut before = &zeros[..];
            if step > 0 {
                let former = block.steps[step - 1] * units..(block.steps[step - 1] + rows) * units;
                before = &old_cells[former.clone()];
                recurrent.add(level, &old_hidden[former], gates);
            }
            let here = ..end - start;
            activate(level, units, gates, before, &mut new_cells[here], &mut squashed[start..end], &mut new_hidden[here]);
        }
        Tape { hidden, gates, cells, squashed }
    }

    /// Goes back through time from the gradient of the outputs, events x U, which is used up.
    #[must_use]
    pub fn back(&self, level: Level, block: &Packed, tape: Tape, mut from_hidden: Vec<f32>) -> Gradients {
        let units = self.units;
        let Tape { hidden, mut gates, cells, squashed } = tape;
        let first = block.steps.get(1).copied().unwrap_or(0);
        let zeros = vec![0.0; first * units];
        let mut from_cells = zeros.clone();
        let mut earlier = vec![0.0; (block.events() - first) * units];
        let recurrent = Panel::new(Matrix::new(self.recurrent, units, 4 * units).transposed());
        for step in (0..block.steps.len() - 1).rev() {
            let (start, end) = (block.steps[step] * units, block.steps[step + 1] * units);
            let gates = &mut gates[4 * start..4 * end];
            let former = step.checked_sub(1).map(|former| block.steps[former] * units..block.steps[former] * units + end - start);
            let before = former.clone().map_or(&zeros[..], |former| &cells[former]);
            let from_cells = &mut from_cells[..end - start];
            derive(level, units, gates, before, &squashed[start..end], &from_hidden[start..end], from_cells);
            if let Some(former) = former {
                earlier[start - first * units..end - first * units].copy_from_slice(&hidden[former.clone()]);
                recurrent.add(level, gates, &mut from_hidden[former]);
            }
        }
        let mut weights = vec![0.0; units * 4 * units];
        let later = Matrix::new(&gates[first * 4 * units..], block.events() - first, 4 * units);
        product(Matrix::new(&earlier, block.events() - first, units).transposed(), later, 0.0, &mut weights);
        let [begin, gaps] = self.received(block, &gates);
        Gradients { gates, recurrent: weights, begin, gaps }
    }

    /// The gradients of [`Inputs::begin`] and [`Inputs::gaps`], from those of each event's gates.
    fn received(&self, block: &Packed, gates: &[f32]) -> [Vec<f32>; 2] {
        let width = 4 * self.units;
        let [mut begin, mut gaps] = [self.begin, self.gaps].map(|table| vec![0.0; table.len()]);
        let last = gaps.len() / width - 1;
        for ((&input, &gap), row) in block.inputs.iter().zip(&block.gaps).zip(gates.chunks_exact(width)) {
            add(&mut gaps[usize::from(gap).min(last) * width..][..width], row);
            if input == BEGIN {
                add(&mut begin, row);
            }
        }
        [begin, gaps]
    }
}
