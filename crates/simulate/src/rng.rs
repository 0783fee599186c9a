//! The randomness: one small generator of our own.
//!
//! The committed samples are compared byte for byte with what is written today, on every platform. A generator from a
//! dependency may change its stream with a version, and floating-point functions differ between platforms; this one is
//! twelve lines of integer arithmetic (`SplitMix64`) and never changes.

/// A stream of random numbers that depends on its seed alone.
#[derive(Debug, Clone)]
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed ^ 0x5851_f42d_4c95_7f2d)
    }

    /// 64 random bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included; `low` where the range is empty.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        if high <= low {
            return low;
        }
        let span = u128::from(high - low) + 1;
        low + ((u128::from(self.bits()) * span) >> 64) as u64
    }

    /// An index below `len`; 0 where `len` is 0.
    pub(crate) fn below(&mut self, len: usize) -> usize {
        self.between(0, (len as u64).saturating_sub(1)) as usize
    }

    /// True in `percent` of 100 cases.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        percent >= 100 || self.between(1, 100) <= percent
    }

    /// Appends `len` hexadecimal digits.
    pub(crate) fn hex(&mut self, len: usize, out: &mut String) {
        let (mut bits, mut left) = (0, 0);
        for _ in 0..len {
            if left == 0 {
                (bits, left) = (self.bits(), 16);
            }
            out.push(char::from(b"0123456789abcdef"[(bits & 15) as usize]));
            bits >>= 4;
            left -= 1;
        }
    }

    /// Appends a version 4 UUID.
    pub(crate) fn uuid(&mut self, out: &mut String) {
        self.hex(8, out);
        out.push('-');
        self.hex(4, out);
        out.push_str("-4");
        self.hex(3, out);
        out.push('-');
        out.push(char::from(b"89ab"[self.below(4)]));
        self.hex(3, out);
        out.push('-');
        self.hex(12, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_one_stream() {
        let (mut a, mut b, mut c) = (Rng::new(7), Rng::new(7), Rng::new(8));
        let of_a: Vec<u64> = (0..8).map(|_| a.bits()).collect();
        assert_eq!(of_a, (0..8).map(|_| b.bits()).collect::<Vec<_>>());
        assert_ne!(of_a, (0..8).map(|_| c.bits()).collect::<Vec<_>>());
    }

    #[test]
    fn ranges_include_both_ends_and_nothing_else() {
        let mut rng = Rng::new(1);
        let seen: std::collections::BTreeSet<u64> = (0..200).map(|_| rng.between(3, 5)).collect();
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), [3, 4, 5]);
        assert_eq!(rng.between(9, 2), 9);
    }

    #[test]
    fn a_uuid_has_its_form() {
        let mut text = String::new();
        Rng::new(3).uuid(&mut text);
        assert_eq!(text.len(), 36);
        assert_eq!(text.match_indices('-').map(|(at, _)| at).collect::<Vec<_>>(), [8, 13, 18, 23]);
        assert_eq!(&text[14..15], "4");
    }
}
