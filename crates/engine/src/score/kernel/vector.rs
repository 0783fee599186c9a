//! The loops over single numbers, each compiled for every [`Level`] and chosen when it is called.

use super::level::{Kind, Level};

/// Arm always has the fused multiply-add; on x86-64 it comes with AVX2.
const PORTABLE_FMA: bool = cfg!(target_arch = "aarch64");

macro_rules! variants {
    ($(#[doc = $doc:literal])* $name:ident($($argument:ident: $type:ty),*) $(-> $out:ty)?) => {
        $(#[doc = $doc])*
        #[cfg_attr(target_arch = "x86_64", expect(unsafe_code, reason = "a function compiled for more than the least processor"))]
        pub fn $name(level: Level, $($argument: $type),*) $(-> $out)? {
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn avx2($($argument: $type),*) $(-> $out)? {
                super::body::$name::<true>($($argument),*)
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma,avx512f,avx512vl")]
            fn avx512($($argument: $type),*) $(-> $out)? {
                super::body::$name::<true>($($argument),*)
            }
            match level.kind() {
                Kind::Portable => super::body::$name::<PORTABLE_FMA>($($argument),*),
                // SAFETY: a level of this kind exists only where the processor was found to have these instructions.
                #[cfg(target_arch = "x86_64")]
                Kind::Avx2 => unsafe { avx2($($argument),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Kind::Avx512 => unsafe { avx512($($argument),*) },
            }
        }
    };
}

variants! {
    /// One step of the cells of some rows. `gates` holds sums and gets the gates; `before` is the cell of the step before;
    /// `cell` gets the new one, `squashed` its hyperbolic tangent and `hidden` the output.
    activate(units: usize, gates: &mut [f32], before: &[f32], cell: &mut [f32], squashed: &mut [f32], hidden: &mut [f32])
}

variants! {
    /// The step backwards. `gates` holds the gates and gets the gradient of their sums; `from_hidden` is the gradient of the
    /// output; `from_cell` that of the new cell, and gets that of the cell before.
    derive(units: usize, gates: &mut [f32], before: &[f32], squashed: &[f32], from_hidden: &[f32], from_cell: &mut [f32])
}

variants! {
    /// Turns a row of logits into the gradient of its cross entropy with `target`, times `scale`, and gives the cross entropy.
    cross_entropy(row: &mut [f32], target: usize, scale: f32) -> f32
}

variants! {
    /// The logarithm of the sum of the exponentials of a row, less `base`: exact also where both are great; and the greatest number.
    /// The row is overwritten by the exponentials of what lies between each number and the greatest.
    log_sum(row: &mut [f32], base: f32) -> (f32, f32)
}

variants! {
    /// Adds to `width` columns of `out`, whose rows are `stride` apart, the product of `a` (rows x `inner`) with a strip of a
    /// [`Panel`](super::panel::Panel).
    add_tile(a: &[f32], strip: &[f32], inner: usize, out: &mut [f32], stride: usize, width: usize)
}

/// How [`descend`] follows a gradient.
#[derive(Debug, Clone, Copy)]
pub struct Moments {
    /// What the gradient is multiplied by first.
    pub scale: f32,
    /// How much of the mean gradient remains at each step.
    pub first: f32,
    /// How much of the mean square remains at each step.
    pub second: f32,
    /// The step size, corrected for a mean that started at zero.
    pub rate: f32,
    /// What corrects a mean square that started at zero.
    pub correction: f32,
}

variants! {
    /// One step of Adam: moves `parameters` against `gradient`; `first` and `second` are its moments.
    descend(moments: Moments, parameters: &mut [f32], gradient: &[f32], first: &mut [f32], second: &mut [f32])
}

#[cfg(test)]
mod tests {
    use rand::{Rng, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::*;

    fn random(count: usize, seed: u64) -> Vec<f32> {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        (0..count).map(|_| random.random_range(-6.0..6.0)).collect()
    }

    fn assert_close(level: Level, ours: &[f32], portable: &[f32]) {
        for (ours, portable) in ours.iter().zip(portable) {
            assert!((ours - portable).abs() <= 2e-6 * portable.abs().max(1.0), "{level:?}: {ours} {portable}");
        }
    }

    fn cell(level: Level, units: usize) -> Vec<f32> {
        let rows = 3;
        let mut gates = random(rows * 4 * units, 1);
        let (before, down) = (random(rows * units, 2), random(rows * units, 3));
        let [mut cell, mut squashed, mut hidden] = [(); 3].map(|()| vec![0.0; rows * units]);
        activate(level, units, &mut gates, &before, &mut cell, &mut squashed, &mut hidden);
        let forward = [&gates[..], &cell, &squashed, &hidden].concat();
        let mut from_cell = random(rows * units, 4);
        derive(level, units, &mut gates, &before, &squashed, &down, &mut from_cell);
        [forward, gates, from_cell].concat()
    }

    fn softmax(level: Level, count: usize) -> Vec<f32> {
        let logits = random(count, 5);
        let mut row = logits.clone();
        let loss = cross_entropy(level, &mut row, count / 2, 0.25);
        row.push(loss);
        let (sum, greatest) = log_sum(level, &mut logits.clone(), 0.0);
        row.extend([sum, greatest]);
        row
    }

    #[test]
    fn all_levels_agree() {
        let portable = Level::all()[0];
        for level in Level::all() {
            for size in [1, 3, 8, 16, 21, 64, 100] {
                assert_close(level, &cell(level, size), &cell(portable, size));
                assert_close(level, &softmax(level, size), &softmax(portable, size));
            }
        }
    }

    #[test]
    fn the_softmax_is_exact_and_withstands_great_numbers() {
        for level in Level::all() {
            let mut row = [1000.0, 1001.0, 999.0];
            let loss = cross_entropy(level, &mut row, 1, 1.0);
            let sum = 1.0 + (-1.0_f32).exp() + (-2.0_f32).exp();
            assert!((loss - sum.ln()).abs() < 1e-6);
            let expected = [(-1.0_f32).exp() / sum, 1.0 / sum - 1.0, (-2.0_f32).exp() / sum];
            assert_close(level, &row, &expected);
            let (sum, greatest) = log_sum(level, &mut [-1e30, 5.0, -1e30], 5.0);
            assert!(sum.abs() < 1e-6 && (greatest - 5.0).abs() < 1e-6);
        }
    }
}
