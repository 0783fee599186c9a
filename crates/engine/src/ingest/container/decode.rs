//! Unpacks one stream, as it is read.

use std::{
    cell::Cell,
    io::{self, BufReader, Read},
    rc::Rc,
};

use super::{
    kind::Packing,
    limits::{Break, Budget, Counted},
};

/// Bytes that an xz stream may ask for its dictionary; `xz -9` asks for 65 MiB.
const XZ_MEMORY: u64 = 256 << 20;
/// The largest window of a zstd stream, as a power of two; `zstd --ultra -22` and `--long` ask for 27.
const ZSTD_WINDOW: u32 = 27;
/// Packed bytes that are read at a time.
const BUFFER: usize = 128 << 10;

/// What one stream unpacks to, with an error where that is too many times what it is packed in.
pub struct Decoded<'a> {
    source: Counted<'a, Box<dyn Read + 'a>>,
    /// Packed bytes that were read.
    packed: Rc<Cell<u64>>,
    budget: &'a Budget<'a>,
}

impl<'a> Decoded<'a> {
    /// Begins to unpack.
    ///
    /// # Errors
    /// Where memory is short.
    pub fn new(packing: Packing, source: impl Read + 'a, budget: &'a Budget<'a>) -> io::Result<Self> {
        let packed = Rc::new(Cell::new(0));
        let source = BufReader::with_capacity(BUFFER, Tally { source, count: Rc::clone(&packed) });
        let source: Box<dyn Read + 'a> = match packing {
            Packing::Deflate => Box::new(flate2::bufread::DeflateDecoder::new(source)),
            Packing::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(source)),
            Packing::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(source)),
            Packing::Xz => {
                let stream = liblzma::stream::Stream::new_stream_decoder(XZ_MEMORY, liblzma::stream::CONCATENATED)?;
                Box::new(liblzma::bufread::XzDecoder::new_stream(source, stream))
            }
            Packing::Zstd => {
                let mut decoder = zstd::stream::read::Decoder::with_buffer(source)?;
                decoder.window_log_max(ZSTD_WINDOW)?;
                Box::new(decoder)
            }
        };
        Ok(Self { source: Counted::inner(source, budget), packed, budget })
    }
}

impl Read for Decoded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        within_ratio(self.source.given, self.packed.get(), self.budget)?;
        self.source.read(buffer)
    }
}

/// Fails where so many bytes came out of so few.
///
/// # Errors
/// [`Break::Ratio`], and no other.
pub fn within_ratio(unpacked: u64, packed: u64, budget: &Budget) -> io::Result<()> {
    let limits = budget.limits;
    if unpacked > limits.free && unpacked / limits.ratio.max(1) > packed {
        return Err(io::Error::other(Break::Ratio(limits.ratio)));
    }
    Ok(())
}

/// A reader that adds what it gave to a count outside.
struct Tally<R> {
    source: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Read for Tally<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.count.set(self.count.get() + count as u64);
        Ok(count)
    }
}
