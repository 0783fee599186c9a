//! The product of a few rows with a matrix that is used again at every step: arranged once for the processor, not at each call.

use super::{Matrix, level::Level, vector::add_tile};

/// Columns that are computed together: two of the widest vectors for each row.
pub const COLUMNS: usize = 32;

/// A matrix, arranged in strips of [`COLUMNS`] columns; the last strip is filled up with zeros.
#[derive(Debug, Clone)]
pub struct Panel {
    rows: usize,
    columns: usize,
    strips: Vec<f32>,
}

impl Panel {
    /// Arranges a matrix.
    #[must_use]
    pub fn new(matrix: Matrix) -> Self {
        let (rows, columns) = matrix.size();
        let mut strips = vec![0.0; columns.div_ceil(COLUMNS) * COLUMNS * rows];
        for (strip, values) in strips.chunks_exact_mut((rows * COLUMNS).max(1)).enumerate() {
            for (row, values) in values.chunks_exact_mut(COLUMNS).enumerate() {
                for (column, value) in (strip * COLUMNS..columns).zip(values) {
                    *value = matrix.at(row, column);
                }
            }
        }
        Self { rows, columns, strips }
    }

    /// `out += a x matrix`, both row by row.
    pub fn add(&self, level: Level, a: &[f32], out: &mut [f32]) {
        for (number, strip) in self.strips.chunks_exact((self.rows * COLUMNS).max(1)).enumerate() {
            let start = number * COLUMNS;
            add_tile(level, a, strip, self.rows, &mut out[start..], self.columns, COLUMNS.min(self.columns - start));
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::{Rng, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::*;
    use crate::score::kernel::product;

    #[test]
    fn agrees_with_the_general_product() {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let mut numbers = |count: usize| -> Vec<f32> { (0..count).map(|_| random.random_range(-1.0..1.0)).collect() };
        for (rows, inner, columns) in [(1, 1, 1), (3, 5, 7), (8, 64, 256), (9, 256, 64), (5, 21, 84), (0, 4, 4), (4, 10, 33)] {
            let (a, b, start) = (numbers(rows * inner), numbers(inner * columns), numbers(rows * columns));
            let mut expected = start.clone();
            product(Matrix::new(&a, rows, inner), Matrix::new(&b, inner, columns), 1.0, &mut expected);
            for level in Level::all() {
                let mut out = start.clone();
                Panel::new(Matrix::new(&b, inner, columns)).add(level, &a, &mut out);
                for (out, expected) in out.iter().zip(&expected) {
                    assert!((out - expected).abs() < 1e-4, "{level:?} {rows} {inner} {columns}: {out} {expected}");
                }
            }
        }
    }
}
