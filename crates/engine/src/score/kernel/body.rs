//! What the loops of [`vector`](super::vector) do. Everything is inlined into the variants, to be compiled for their instructions.
#![expect(clippy::inline_always, reason = "what is not inlined is compiled for the least processor only")]

use super::{
    math::{exp, fused, sigmoid, tanh},
    panel::COLUMNS,
    vector::Moments,
};

/// As many sums or maxima are kept side by side, so that they fill the widest vectors.
const LANES: usize = 16;

/// So many numbers of a slice from a place on.
#[inline(always)]
fn taken<const N: usize>(values: &[f32], place: usize) -> [f32; N] {
    let mut taken = [0.0; N];
    taken.copy_from_slice(&values[place..place + N]);
    taken
}

#[inline(always)]
pub fn activate<const FMA: bool>(
    units: usize,
    gates: &mut [f32],
    before: &[f32],
    cell: &mut [f32],
    squashed: &mut [f32],
    hidden: &mut [f32],
) {
    let rows = gates.chunks_exact_mut(4 * units).zip(before.chunks_exact(units)).zip(cell.chunks_exact_mut(units));
    let rows = rows.zip(squashed.chunks_exact_mut(units)).zip(hidden.chunks_exact_mut(units));
    for ((((gates, before), cell), squashed), hidden) in rows {
        let whole = units - units % LANES;
        for unit in (0..whole).step_by(LANES) {
            activate_units::<FMA, LANES>(unit, units, gates, before, cell, squashed, hidden);
        }
        for unit in whole..units {
            activate_units::<FMA, 1>(unit, units, gates, before, cell, squashed, hidden);
        }
    }
}

/// Some units of one row. All is taken out of the slices first: the compiler cannot tell that writing to one leaves the others as they
/// are, and would go through the units one by one.
#[inline(always)]
fn activate_units<const FMA: bool, const N: usize>(
    unit: usize,
    units: usize,
    gates: &mut [f32],
    before: &[f32],
    cell: &mut [f32],
    squashed: &mut [f32],
    hidden: &mut [f32],
) {
    let [mut input, mut forget, mut candidate, mut output] = [0, 1, 2, 3].map(|gate| taken::<N>(gates, gate * units + unit));
    let before = taken::<N>(before, unit);
    let [mut sums, mut squash, mut out] = [[0.0; N]; 3];
    for lane in 0..N {
        input[lane] = sigmoid::<FMA>(input[lane]);
        forget[lane] = sigmoid::<FMA>(forget[lane]);
        candidate[lane] = tanh::<FMA>(candidate[lane]);
        output[lane] = sigmoid::<FMA>(output[lane]);
        sums[lane] = fused::<FMA>(forget[lane], before[lane], input[lane] * candidate[lane]);
        squash[lane] = tanh::<FMA>(sums[lane]);
        out[lane] = output[lane] * squash[lane];
    }
    for (gate, values) in [input, forget, candidate, output].iter().enumerate() {
        gates[gate * units + unit..][..N].copy_from_slice(values);
    }
    cell[unit..unit + N].copy_from_slice(&sums);
    squashed[unit..unit + N].copy_from_slice(&squash);
    hidden[unit..unit + N].copy_from_slice(&out);
}

#[inline(always)]
pub fn derive<const FMA: bool>(
    units: usize,
    gates: &mut [f32],
    before: &[f32],
    squashed: &[f32],
    from_hidden: &[f32],
    from_cell: &mut [f32],
) {
    let rows = gates.chunks_exact_mut(4 * units).zip(before.chunks_exact(units)).zip(squashed.chunks_exact(units));
    let rows = rows.zip(from_hidden.chunks_exact(units)).zip(from_cell.chunks_exact_mut(units));
    for ((((gates, before), squashed), from_hidden), from_cell) in rows {
        let whole = units - units % LANES;
        for unit in (0..whole).step_by(LANES) {
            derive_units::<FMA, LANES>(unit, units, gates, before, squashed, from_hidden, from_cell);
        }
        for unit in whole..units {
            derive_units::<FMA, 1>(unit, units, gates, before, squashed, from_hidden, from_cell);
        }
    }
}

/// Some units of one row, as in [`activate_units`].
#[inline(always)]
fn derive_units<const FMA: bool, const N: usize>(
    unit: usize,
    units: usize,
    gates: &mut [f32],
    before: &[f32],
    squashed: &[f32],
    from_hidden: &[f32],
    from_cell: &mut [f32],
) {
    let [mut input, mut forget, mut candidate, mut output] = [0, 1, 2, 3].map(|gate| taken::<N>(gates, gate * units + unit));
    let [before, squashed, from_hidden] = [before, squashed, from_hidden].map(|values| taken::<N>(values, unit));
    let mut cell = taken::<N>(from_cell, unit);
    for lane in 0..N {
        let (take, keep, fresh, give) = (input[lane], forget[lane], candidate[lane], output[lane]);
        let (squash, down) = (squashed[lane], from_hidden[lane]);
        let total = fused::<FMA>(down * give, 1.0 - squash * squash, cell[lane]);
        input[lane] = total * fresh * take * (1.0 - take);
        forget[lane] = total * before[lane] * keep * (1.0 - keep);
        candidate[lane] = total * take * (1.0 - fresh * fresh);
        output[lane] = down * squash * give * (1.0 - give);
        cell[lane] = total * keep;
    }
    for (gate, values) in [input, forget, candidate, output].iter().enumerate() {
        gates[gate * units + unit..][..N].copy_from_slice(values);
    }
    from_cell[unit..unit + N].copy_from_slice(&cell);
}

#[inline(always)]
pub fn cross_entropy<const FMA: bool>(row: &mut [f32], target: usize, scale: f32) -> f32 {
    let wanted = row[target];
    let (greatest, sum) = exponentials::<FMA>(row);
    let share = scale / sum;
    for value in &mut *row {
        *value *= share;
    }
    row[target] -= scale;
    (greatest - wanted) + sum.ln()
}

#[inline(always)]
pub fn log_sum<const FMA: bool>(row: &mut [f32], base: f32) -> (f32, f32) {
    let (greatest, sum) = exponentials::<FMA>(row);
    ((greatest - base) + sum.ln(), greatest)
}

/// Replaces each number by the exponential of its distance to the greatest; gives the greatest, and the sum of the exponentials.
#[inline(always)]
fn exponentials<const FMA: bool>(row: &mut [f32]) -> (f32, f32) {
    let mut tops = [f32::MIN; LANES];
    let chunks = row.chunks_exact(LANES);
    let rest = chunks.remainder();
    let greater = |top: &mut f32, &value: &f32| *top = if value > *top { value } else { *top };
    chunks.for_each(|chunk| tops.iter_mut().zip(chunk).for_each(|(top, value)| greater(top, value)));
    tops.iter_mut().zip(rest).for_each(|(top, value)| greater(top, value));
    let greatest = tops.iter().fold(f32::MIN, |top, &value| if value > top { value } else { top });

    let mut sums = [0.0; LANES];
    let add = |(sum, value): (&mut f32, &mut f32)| {
        *value = exp::<FMA>(*value - greatest);
        *sum += *value;
    };
    let mut chunks = row.chunks_exact_mut(LANES);
    for chunk in &mut chunks {
        sums.iter_mut().zip(chunk).for_each(add);
    }
    sums.iter_mut().zip(chunks.into_remainder()).for_each(add);
    (greatest, sums.iter().sum())
}

/// Rows that are computed together: enough sums under way to hide how long each addition takes.
const ROWS: usize = 4;

#[inline(always)]
pub fn add_tile<const FMA: bool>(a: &[f32], strip: &[f32], inner: usize, out: &mut [f32], stride: usize, width: usize) {
    let mut groups = a.chunks_exact(ROWS * inner);
    let mut place = 0;
    for rows in &mut groups {
        let rows: [&[f32]; ROWS] = std::array::from_fn(|row| &rows[row * inner..(row + 1) * inner]);
        add_rows::<FMA, ROWS>(rows, strip, &mut out[place..], stride, width);
        place += ROWS * stride;
    }
    for row in groups.remainder().chunks_exact(inner) {
        add_rows::<FMA, 1>([row], strip, &mut out[place..], stride, width);
        place += stride;
    }
}

#[inline(always)]
fn add_rows<const FMA: bool, const N: usize>(a: [&[f32]; N], strip: &[f32], out: &mut [f32], stride: usize, width: usize) {
    let mut sums = [[0.0; COLUMNS]; N];
    for (step, weights) in strip.chunks_exact(COLUMNS).enumerate() {
        for row in 0..N {
            let factor = a[row][step];
            for column in 0..COLUMNS {
                sums[row][column] = fused::<FMA>(factor, weights[column], sums[row][column]);
            }
        }
    }
    for (row, sums) in sums.iter().enumerate() {
        for (out, sum) in out[row * stride..][..width].iter_mut().zip(sums) {
            *out += sum;
        }
    }
}

/// Keeps the division finite where a gradient was always zero.
const EPSILON: f32 = 1e-5;

#[inline(always)]
pub fn descend<const FMA: bool>(
    moments: Moments,
    parameters: &mut [f32],
    gradient: &[f32],
    first: &mut [f32],
    second: &mut [f32],
) {
    let moving = parameters.iter_mut().zip(gradient).zip(first).zip(second);
    for (((parameter, gradient), first), second) in moving {
        let gradient = gradient * moments.scale;
        *first = fused::<FMA>(moments.first, *first, (1.0 - moments.first) * gradient);
        *second = fused::<FMA>(moments.second, *second, (1.0 - moments.second) * gradient * gradient);
        *parameter -= moments.rate * *first / ((*second * moments.correction).sqrt() + EPSILON);
    }
}
