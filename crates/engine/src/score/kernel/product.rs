//! The matrix product.

use rayon::prelude::*;

/// A matrix within a slice: `rows` by `columns`, its rows `stride` apart.
#[derive(Debug, Clone, Copy)]
pub struct Matrix<'a> {
    data: &'a [f32],
    rows: usize,
    columns: usize,
    row_stride: usize,
    column_stride: usize,
}

impl<'a> Matrix<'a> {
    /// All of a slice, row by row.
    #[must_use]
    pub fn new(data: &'a [f32], rows: usize, columns: usize) -> Self {
        assert_eq!(data.len(), rows * columns, "the slice is the matrix");
        Self { data, rows, columns, row_stride: columns, column_stride: 1 }
    }

    /// Rows and columns.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.rows, self.columns)
    }

    /// One number.
    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> f32 {
        self.data[row * self.row_stride + column * self.column_stride]
    }

    /// So many rows from one on, or as many as there are.
    #[must_use]
    pub fn part(self, first: usize, rows: usize) -> Self {
        let first = first.min(self.rows);
        let rows = rows.min(self.rows - first);
        Self { data: &self.data[(first * self.row_stride).min(self.data.len())..], rows, ..self }
    }

    /// The same numbers with rows and columns exchanged.
    #[must_use]
    pub fn transposed(self) -> Self {
        Self { rows: self.columns, columns: self.rows, row_stride: self.column_stride, column_stride: self.row_stride, ..self }
    }
}

/// Rows that are computed in one go. It does not depend on the number of processors: sums are the same on any.
const GROUP: usize = 32;

/// `out = a x b`, in groups of rows over all processors.
pub fn divided_product(a: Matrix, b: Matrix, out: &mut [f32]) {
    let groups = out.par_chunks_mut((GROUP * b.columns).max(1)).enumerate();
    groups.for_each(|(group, out)| product(a.part(group * GROUP, GROUP), b, 0.0, out));
}

/// `out = a x b + keep * out`, with `out` row by row.
#[expect(unsafe_code, reason = "matrixmultiply takes pointers")]
pub fn product(a: Matrix, b: Matrix, keep: f32, out: &mut [f32]) {
    assert_eq!(a.columns, b.rows, "inner sizes agree");
    assert_eq!(out.len(), a.rows * b.columns, "the slice is the product");
    let stride = |stride: usize| stride.cast_signed();
    // SAFETY: `Matrix::new` checked that `a` and `b` lie within their slices, and transposition keeps that; `out` has the size of
    // the product, is row by row so that no two elements share a place, and is borrowed exclusively.
    unsafe {
        matrixmultiply::sgemm(
            a.rows,
            a.columns,
            b.columns,
            1.0,
            a.data.as_ptr(),
            stride(a.row_stride),
            stride(a.column_stride),
            b.data.as_ptr(),
            stride(b.row_stride),
            stride(b.column_stride),
            keep,
            out.as_mut_ptr(),
            stride(b.columns),
            1,
        );
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "sums of small whole numbers are exact")]
mod tests {
    use super::*;

    #[test]
    fn a_divided_product_is_the_product() {
        let whole = |count: usize| -> Vec<f32> { (0..count).map(|n| (n % 7) as f32 - 3.0).collect() };
        for (rows, inner, columns) in [(0, 3, 2), (1, 1, 1), (GROUP, 4, 3), (2 * GROUP + 5, 9, 6)] {
            let (a, b) = (whole(rows * inner), whole(inner * columns));
            for (a, b) in [
                (Matrix::new(&a, rows, inner), Matrix::new(&b, inner, columns)),
                (Matrix::new(&a, inner, rows).transposed(), Matrix::new(&b, columns, inner).transposed()),
            ] {
                let [mut one, mut divided] = [(); 2].map(|()| vec![1.0; rows * columns]);
                product(a, b, 0.0, &mut one);
                divided_product(a, b, &mut divided);
                assert_eq!(one, divided, "{rows} {inner} {columns}");
            }
        }
    }

    #[test]
    fn products_with_transposed_factors() {
        let (a, b) = ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [1.0, 0.0, 2.0, 0.0, 1.0, 1.0]);
        let mut out = [10.0; 4];
        product(Matrix::new(&a, 2, 3), Matrix::new(&b, 2, 3).transposed(), 1.0, &mut out);
        assert_eq!(out, [17.0, 15.0, 26.0, 21.0]);
        product(Matrix::new(&a, 3, 2).transposed(), Matrix::new(&b, 3, 2), 0.0, &mut out);
        assert_eq!(out, [12.0, 5.0, 16.0, 6.0]);
    }
}
