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
    /// The logarithm of the sum of the exponentials of a row. The row is overwritten.
    log_sum(row: &mut [f32]) -> f32
}
