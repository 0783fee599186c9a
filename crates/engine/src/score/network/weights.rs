//! The learned numbers, plain and on disk.

/// Sizes of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Words that have vectors: W.
    pub words: usize,
    /// Size of a template's embedding: E.
    pub embedding: usize,
    /// Hidden units: U.
    pub units: usize,
    /// Buckets of the time gap: G.
    pub gaps: usize,
}

/// All parameters, each a matrix row by row. The gates come in the order input, forget, candidate, output.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// Sizes.
    pub shape: Shape,
    /// A word as input: W x E.
    pub word_in: Vec<f32>,
    /// From a template's embedding to the gates: E x 4 U.
    pub kernel: Vec<f32>,
    /// Biases of the gates: 4 U.
    pub bias: Vec<f32>,
    /// The time gap's share of the gates: G x 4 U.
    pub gap_in: Vec<f32>,
    /// The gates' input at a window's start: 4 U.
    pub begin: Vec<f32>,
    /// From the hidden state to the gates: U x 4 U.
    pub recurrent: Vec<f32>,
    /// A word as prediction: W x U.
    pub word_out: Vec<f32>,
    /// Bias of a word as prediction: W.
    pub word_bias: Vec<f32>,
}

const MAGIC: &[u8; 8] = b"rca-lstm";
const VERSION: u32 = 1;
const HEADER: usize = 8 + 4 + 4 * 4 + 8;

impl Shape {
    /// How many numbers each parameter has, in the order of [`Weights`].
    #[must_use]
    pub fn lengths(&self) -> Option<[usize; 8]> {
        let gates = self.units.checked_mul(4)?;
        Some([
            self.words.checked_mul(self.embedding)?,
            self.embedding.checked_mul(gates)?,
            gates,
            self.gaps.checked_mul(gates)?,
            gates,
            self.units.checked_mul(gates)?,
            self.words.checked_mul(self.units)?,
            self.words,
        ])
    }
}

impl Weights {
    fn parts(&self) -> [&[f32]; 8] {
        let w = self;
        [&w.word_in, &w.kernel, &w.bias, &w.gap_in, &w.begin, &w.recurrent, &w.word_out, &w.word_bias]
    }

    /// The weights as a file: little-endian, with a version, the sizes and a checksum.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let numbers: Vec<u8> = self.parts().iter().flat_map(|part| part.iter().flat_map(|number| number.to_le_bytes())).collect();
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        for size in [self.shape.words, self.shape.embedding, self.shape.units, self.shape.gaps] {
            bytes.extend((size as u32).to_le_bytes());
        }
        let sum = checksum(&[&bytes, &numbers]);
        bytes.extend(sum.to_le_bytes());
        bytes.extend(numbers);
        bytes
    }

    /// Reads what [`Weights::to_bytes`] wrote.
    ///
    /// # Errors
    /// In words, where the bytes are not such a file, whole and unchanged. Nothing is allocated beyond their length.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let header = bytes.get(..HEADER).ok_or("the weights are cut off")?;
        if &header[..8] != MAGIC {
            return Err("these are no weights".into());
        }
        let word = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
        if word(8) != VERSION {
            return Err(format!("the weights have version {}, and only {VERSION} can be read", word(8)));
        }
        let size = |index: usize| word(12 + 4 * index) as usize;
        let shape = Shape { words: size(0), embedding: size(1), units: size(2), gaps: size(3) };
        if shape.embedding == 0 || shape.units == 0 || shape.gaps == 0 {
            return Err("the weights have a size of zero".into());
        }
        let lengths = shape.lengths().ok_or("the weights have impossible sizes")?;
        let total = lengths.iter().try_fold(0_usize, |sum, &length| sum.checked_add(length)).and_then(|sum| sum.checked_mul(4));
        let numbers = &bytes[HEADER..];
        if total != Some(numbers.len()) {
            return Err(format!("the weights have {} bytes where their sizes call for another length", numbers.len()));
        }
        let stored = u64::from(word(28)) | u64::from(word(32)) << 32;
        if checksum(&[&header[..28], numbers]) != stored {
            return Err("the weights are damaged: their checksum differs".into());
        }
        Self::divide(shape, lengths, numbers).ok_or_else(|| "the weights hold numbers that are not finite".into())
    }

    fn divide(shape: Shape, lengths: [usize; 8], numbers: &[u8]) -> Option<Self> {
        let mut numbers = numbers.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        let parts = lengths.map(|length| numbers.by_ref().take(length).collect::<Vec<_>>());
        if !parts.iter().flatten().all(|number| number.is_finite()) {
            return None;
        }
        let [word_in, kernel, bias, gap_in, begin, recurrent, word_out, word_bias] = parts;
        Some(Self { shape, word_in, kernel, bias, gap_in, begin, recurrent, word_out, word_bias })
    }
}

/// FNV-1a over 64 bits. It finds damage; it is no protection against intent.
pub(in crate::score) fn checksum(parts: &[&[u8]]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.iter());
    bytes.fold(0xcbf2_9ce4_8422_2325, |sum, &byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
