//! What the network reads: templates as bags of words, and windows of events.

use std::ops::Range;

/// Templates as weighted bags of words: a sparse matrix with a row for each template.
#[derive(Debug, Clone, PartialEq)]
pub struct Bags {
    offsets: Vec<usize>,
    words: Vec<u32>,
    weights: Vec<f32>,
}

impl Default for Bags {
    fn default() -> Self {
        Self { offsets: vec![0], words: Vec::new(), weights: Vec::new() }
    }
}

impl Bags {
    /// Adds a template by its words and their weights, which are scaled so that they sum to 1: a template is the weighted mean
    /// of its words. Words whose weight is not a positive number are left out; a template may have no words at all.
    pub fn push(&mut self, words: &[(u32, f32)]) {
        let counts = |weight: f32| weight.is_finite() && weight > 0.0;
        let total: f32 = words.iter().map(|word| word.1).filter(|&weight| counts(weight)).sum();
        for &(word, weight) in words.iter().filter(|word| counts(word.1)) {
            self.words.push(word);
            self.weights.push(weight / total);
        }
        self.offsets.push(self.words.len());
    }

    /// Adds all templates of others.
    pub fn append(&mut self, others: &Self) {
        let start = self.words.len();
        self.words.extend_from_slice(&others.words);
        self.weights.extend_from_slice(&others.weights);
        self.offsets.extend(others.offsets[1..].iter().map(|offset| start + offset));
    }

    /// How many templates there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The words of one template with their weights.
    pub fn row(&self, template: usize) -> impl Iterator<Item = (usize, f32)> + '_ {
        let range = self.offsets[template]..self.offsets[template + 1];
        self.words[range.clone()].iter().map(|&word| word as usize).zip(self.weights[range].iter().copied())
    }
}

/// Windows of events, of any lengths, one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Windows {
    templates: Vec<u32>,
    gaps: Vec<u8>,
    offsets: Vec<usize>,
    skip: Vec<u16>,
}

/// One window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window<'a> {
    /// The template of each event: a row of [`Bags`].
    pub templates: &'a [u32],
    /// For each event the bucket of the time since the event before it.
    pub gaps: &'a [u8],
    /// So many leading events are context only: neither learned nor scored.
    pub skip: usize,
}

impl Default for Windows {
    fn default() -> Self {
        Self { templates: Vec::new(), gaps: Vec::new(), offsets: vec![0], skip: Vec::new() }
    }
}

impl Windows {
    /// Adds a window. `gaps[i]` is the bucket of the time between event `i - 1` and event `i`; that of the first event counts
    /// from the event before the window, where there is one. The first `skip` events are context only.
    ///
    /// # Panics
    /// Where `templates` and `gaps` differ in length.
    pub fn push(&mut self, templates: &[u32], gaps: &[u8], skip: u16) {
        assert_eq!(templates.len(), gaps.len(), "every event has a gap");
        self.templates.extend_from_slice(templates);
        self.gaps.extend_from_slice(gaps);
        self.offsets.push(self.templates.len());
        self.skip.push(skip);
    }

    /// How many windows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.skip.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.skip.is_empty()
    }

    /// How many events all windows have, the skipped ones included.
    #[must_use]
    pub fn events(&self) -> usize {
        self.templates.len()
    }

    /// How many events are learned from or scored.
    #[must_use]
    pub fn scored(&self) -> usize {
        (0..self.len()).map(|index| self.range(index).len().saturating_sub(usize::from(self.skip[index]))).sum()
    }

    /// Where the events of one window lie among all events.
    #[must_use]
    pub fn range(&self, index: usize) -> Range<usize> {
        self.offsets[index]..self.offsets[index + 1]
    }

    /// One window.
    #[must_use]
    pub fn window(&self, index: usize) -> Window<'_> {
        let range = self.range(index);
        Window { templates: &self.templates[range.clone()], gaps: &self.gaps[range], skip: usize::from(self.skip[index]) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bag_is_a_mean() {
        let mut bags = Bags::default();
        bags.push(&[(3, 1.0), (5, 3.0), (9, f32::NAN), (9, -1.0)]);
        bags.push(&[]);
        assert_eq!(bags.len(), 2);
        assert_eq!(bags.row(0).collect::<Vec<_>>(), [(3, 0.25), (5, 0.75)]);
        assert_eq!(bags.row(1).count(), 0);
    }

    #[test]
    fn windows_keep_their_events_and_what_is_skipped() {
        let mut windows = Windows::default();
        windows.push(&[1, 2, 3], &[0, 1, 2], 1);
        windows.push(&[4], &[7], 3);
        assert_eq!((windows.len(), windows.events(), windows.scored()), (2, 4, 2));
        assert_eq!(windows.window(1), Window { templates: &[4], gaps: &[7], skip: 3 });
        assert_eq!(windows.range(0), 0..3);
    }
}
