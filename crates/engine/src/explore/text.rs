//! Finds text in the mapped files: literal words in any case, and regular expressions.

use regex::bytes::{Regex, RegexBuilder};

/// Bytes compared at a time; a power of two that compilers turn into a few vector instructions.
const LANES: usize = 64;
/// How large a compiled expression may be, so that none takes all memory.
const LARGEST: usize = 4 << 20;

/// Compiles an expression. `^` and `$` mean lines: an event looks the same whether it is searched alone or among its neighbours.
pub fn expression(pattern: &str, case: bool) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).case_insensitive(!case).multi_line(true).size_limit(LARGEST).dfa_size_limit(LARGEST).build()
}

/// Something to find.
#[derive(Debug)]
pub enum Finder {
    /// A word in ASCII, in any case.
    Word(Word),
    /// An expression; `whole` says that it must see each event alone, since it asks where the text begins or ends.
    Expression {
        /// The compiled expression.
        regex: Regex,
        /// Whether neighbours would change what it finds.
        alone: bool,
    },
}

impl Finder {
    /// Finds an expression.
    pub fn expression(pattern: &str, case: bool) -> Result<Self, regex::Error> {
        let alone = pattern.contains("\\A") || pattern.contains("\\z");
        Ok(Self::Expression { regex: expression(pattern, case)?, alone })
    }

    /// Finds a phrase in any case; `rarity` ranks bytes by how often the logs hold them.
    pub fn phrase(text: &str, rarity: &Rarity) -> Result<Self, regex::Error> {
        if text.is_ascii() && !text.is_empty() {
            return Ok(Self::Word(Word::new(text.as_bytes(), rarity)));
        }
        Self::expression(&regex::escape(text), false)
    }

    /// Whether it stands in a text.
    pub fn is_in(&self, text: &[u8]) -> bool {
        match self {
            Self::Word(word) => word.find(text).is_some(),
            Self::Expression { regex, .. } => regex.is_match(text),
        }
    }

    /// Whether each event must be searched alone.
    pub fn alone(&self) -> bool {
        matches!(self, Self::Expression { alone: true, .. })
    }

    /// The first place where it stands at or behind `from`: start and end.
    pub fn find_at(&self, text: &[u8], from: usize) -> Option<(usize, usize)> {
        match self {
            Self::Word(word) => word.find(&text[from..]).map(|at| (from + at, from + at + word.folded.len())),
            Self::Expression { regex, .. } => regex.find_at(text, from).map(|m| (m.start(), m.end())),
        }
    }
}

/// How often each byte stands in the logs, upper case counted as lower.
#[derive(Debug)]
pub struct Rarity([u32; 256]);

impl Rarity {
    /// Counts samples.
    pub fn of<'a>(samples: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut counts = [0_u32; 256];
        samples.flatten().for_each(|byte| counts[usize::from(byte.to_ascii_lowercase())] += 1);
        Self(counts)
    }

    fn rank(&self, byte: u8) -> u32 {
        self.0[usize::from(byte.to_ascii_lowercase())]
    }
}

/// A word in ASCII, found in any case by its two rarest bytes: where both stand at the right places, the whole is compared. That is
/// the "generic SIMD" algorithm of W. Muła ("SIMD-friendly algorithms for substring searching"), in plain loops that compile to vectors.
#[derive(Debug)]
pub struct Word {
    folded: Vec<u8>,
    /// Places of the rarest byte and of the second rarest.
    places: [usize; 2],
    /// What turns both cases of those bytes into one: 0x20 for letters, 0 for others.
    folds: [u8; 2],
}

impl Word {
    fn new(text: &[u8], rarity: &Rarity) -> Self {
        let folded = text.to_ascii_lowercase();
        let mut order: Vec<usize> = (0..folded.len()).collect();
        order.sort_by_key(|n| (rarity.rank(folded[*n]), *n));
        let places = [order[0], order[order.len().min(2) - 1]];
        let folds = places.map(|p| if folded[p].is_ascii_alphabetic() { 0x20 } else { 0 });
        Self { folded, places, folds }
    }

    /// Where it stands first.
    pub fn find(&self, text: &[u8]) -> Option<usize> {
        let starts = (text.len() + 1).checked_sub(self.folded.len())?;
        let [first, second] = self.places.map(|place| &text[place..place + starts]);
        let bytes = self.places.map(|place| self.folded[place]);
        let [(a, b), (fold_a, fold_b)] = [(bytes[0], bytes[1]), (self.folds[0], self.folds[1])];
        let mut at = 0;
        for (x, y) in first.chunks(LANES).zip(second.chunks(LANES)) {
            let mut any = 0_u8;
            for (x, y) in x.iter().zip(y) {
                any |= u8::from(x | fold_a == a) & u8::from(y | fold_b == b);
            }
            if any != 0
                && let Some(found) = (at..at + x.len()).find(|n| self.is_at(text, *n))
            {
                return Some(found);
            }
            at += x.len();
        }
        None
    }

    fn is_at(&self, text: &[u8], at: usize) -> bool {
        text[at + self.places[0]] | self.folds[0] == self.folded[self.places[0]]
            && text[at..at + self.folded.len()].eq_ignore_ascii_case(&self.folded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn naive(text: &[u8], word: &[u8]) -> Option<usize> {
        text.windows(word.len()).position(|w| w.eq_ignore_ascii_case(word))
    }

    #[test]
    fn words_are_found_where_a_plain_search_finds_them() {
        let rarity = Rarity::of(std::iter::once(&b"aab abb @`[{ error"[..]));
        let mut seed = 7_u32;
        let mut next = |most: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) % most
        };
        for _ in 0..20_000 {
            let letters = b"aAbB@`[{";
            let text: Vec<u8> = (0..next(200)).map(|_| letters[next(8) as usize]).collect();
            let word: Vec<u8> = (0..=next(5)).map(|_| letters[next(8) as usize]).collect();
            let found = Word::new(&word, &rarity).find(&text);
            assert_eq!(found, naive(&text, &word), "{} in {}", word.escape_ascii(), text.escape_ascii());
        }
    }

    #[test]
    fn phrases_are_found_in_any_case_and_any_script() {
        let rarity = Rarity::of(std::iter::empty());
        for (phrase, text, found) in [
            ("Größe", "die GRÖSSE".as_bytes(), false),
            ("größe", "die GRÖßE".as_bytes(), true),
            ("a.b", b"A.B", true),
            ("a.b", b"axb", false),
        ] {
            assert_eq!(Finder::phrase(phrase, &rarity).unwrap().is_in(text), found, "{phrase}");
        }
    }
}
