//! The matrix product.

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

    /// The same numbers with rows and columns exchanged.
    #[must_use]
    pub fn transposed(self) -> Self {
        Self { rows: self.columns, columns: self.rows, row_stride: self.column_stride, column_stride: self.row_stride, ..self }
    }
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
    fn products_with_transposed_factors() {
        let (a, b) = ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [1.0, 0.0, 2.0, 0.0, 1.0, 1.0]);
        let mut out = [10.0; 4];
        product(Matrix::new(&a, 2, 3), Matrix::new(&b, 2, 3).transposed(), 1.0, &mut out);
        assert_eq!(out, [17.0, 15.0, 26.0, 21.0]);
        product(Matrix::new(&a, 3, 2).transposed(), Matrix::new(&b, 3, 2), 0.0, &mut out);
        assert_eq!(out, [12.0, 5.0, 16.0, 6.0]);
    }
}
