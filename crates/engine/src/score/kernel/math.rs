//! Elementary functions without branches or table look-ups, so that the compiler can compute many at once.
#![expect(clippy::inline_always, reason = "what is not inlined is compiled for the least processor only")]

/// `a * b + c`, in one rounding where the machine has an instruction for it. Without that instruction the fused form is a slow
/// library call, so the caller says.
#[inline(always)]
pub fn fused<const FMA: bool>(a: f32, b: f32, c: f32) -> f32 {
    if FMA { a.mul_add(b, c) } else { a * b + c }
}

/// e to the power of `x`, to about one unit in the last place; clamped where it would leave the range of normal numbers.
#[inline(always)]
pub fn exp<const FMA: bool>(x: f32) -> f32 {
    // Adding this number rounds to an integer, which then stands in the lowest bits.
    const ROUND: f32 = 12_582_912.0;
    const LN2_HIGH: f32 = 0.693_359_4;
    const LN2_LOW: f32 = -2.121_944_4e-4;
    let x = if x > 88.0 { 88.0 } else { x };
    let x = if x < -87.0 { -87.0 } else { x };
    let shifted = fused::<FMA>(x, std::f32::consts::LOG2_E, ROUND);
    let whole = shifted - ROUND;
    let rest = fused::<FMA>(whole, -LN2_HIGH, x);
    let rest = fused::<FMA>(whole, -LN2_LOW, rest);
    let mut sum = 1.987_569_1e-4;
    for coefficient in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
        sum = fused::<FMA>(sum, rest, coefficient);
    }
    let mantissa = fused::<FMA>(sum, rest * rest, rest) + 1.0;
    // The lowest bits of `shifted` hold the exponent; the shift pushes the others out.
    let power = shifted.to_bits().wrapping_add(127) << 23;
    mantissa * f32::from_bits(power)
}

/// 1 / (1 + e^-x).
#[inline(always)]
pub fn sigmoid<const FMA: bool>(x: f32) -> f32 {
    1.0 / (1.0 + exp::<FMA>(-x))
}

/// The hyperbolic tangent, to about 1e-7 absolute.
#[inline(always)]
pub fn tanh<const FMA: bool>(x: f32) -> f32 {
    fused::<FMA>(2.0, sigmoid::<FMA>(2.0 * x), -1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_to_the_library_over_the_whole_range() {
        for step in -8_700..8_800 {
            let x = step as f32 / 100.0;
            let exact = f64::from(x).exp();
            for ours in [exp::<false>(x), exp::<true>(x)] {
                assert!((f64::from(ours) - exact).abs() <= 3e-7 * exact, "exp({x}) = {ours}, not {exact}");
            }
            assert!((f64::from(tanh::<false>(x)) - f64::from(x).tanh()).abs() < 3e-7, "tanh({x})");
            assert!((f64::from(sigmoid::<true>(x)) - 1.0 / (1.0 + (-f64::from(x)).exp())).abs() < 2e-7, "sigmoid({x})");
        }
    }

    #[test]
    fn far_out_it_saturates() {
        assert!(exp::<false>(-1e30) < 1e-37 && exp::<false>(-1e30) > 0.0);
        assert!(exp::<false>(1e30).is_finite());
        assert!((tanh::<false>(1e30) - 1.0).abs() < 1e-6 && (tanh::<false>(-1e30) + 1.0).abs() < 1e-6);
    }
}
