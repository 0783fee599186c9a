//! From words to templates: the product of a sparse matrix, the bags, with a dense one.

use super::super::windows::Bags;

/// A row for each template: the weighted mean of its words' rows, each `width` wide. Words without a row count as zero.
#[must_use]
pub fn compose(bags: &Bags, rows: &[f32], width: usize) -> Vec<f32> {
    let mut out = vec![0.0; bags.len() * width];
    for (template, sum) in out.chunks_exact_mut(width).enumerate() {
        for (word, weight) in bags.row(template) {
            if let Some(row) = rows.get(word * width..(word + 1) * width) {
                sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += weight * value);
            }
        }
    }
    out
}

/// The transposed product: gradients of templates spread over the rows of `words` words.
#[must_use]
pub fn spread(bags: &Bags, gradients: &[f32], words: usize, width: usize) -> Vec<f32> {
    let mut out = vec![0.0; words * width];
    for (template, gradient) in gradients.chunks_exact(width).enumerate() {
        for (word, weight) in bags.row(template) {
            if let Some(row) = out.get_mut(word * width..(word + 1) * width) {
                row.iter_mut().zip(gradient).for_each(|(sum, value)| *sum += weight * value);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_the_mean_of_its_words_and_an_unknown_word_is_zero() {
        let mut bags = Bags::default();
        bags.push(&[(0, 1.0), (1, 1.0)]);
        bags.push(&[(1, 1.0), (77, 1.0)]);
        assert_eq!(compose(&bags, &[2.0, 4.0, 6.0, 8.0], 2), [4.0, 6.0, 3.0, 4.0]);
        assert_eq!(spread(&bags, &[2.0, 4.0, 6.0, 8.0], 2, 2), [1.0, 2.0, 4.0, 6.0]);
    }
}
