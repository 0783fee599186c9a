//! What a packed file holds behind a place: the end of a log that was packed while somebody read it.

use std::{
    fs::File,
    io::{self, ErrorKind, Read},
    path::Path,
};

use super::{
    decode::Decoded,
    kind::{self, Container},
    limits::{Budget, Limits},
    stream::Resumed,
};
use crate::progress::Silent;

/// At most so many bytes that a packed file holds behind a place of its text; none where the file is no packed one, or has not these
/// bytes before that place.
///
/// # Errors
/// Where it cannot be read, or is not whole.
pub fn rest(file: &Path, place: u64, before: &[u8], most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut packed = File::open(file)?;
    let mut source = Resumed::new(&mut packed);
    let Some(Container::Packed(packing)) = kind::container(source.sample()) else { return Ok(None) };
    let limits = Limits::default();
    let budget = Budget::new(&limits, 0, &Silent);
    let mut text = Decoded::new(packing, &mut source, &budget)?;
    io::copy(&mut (&mut text).take(place.saturating_sub(before.len() as u64)), &mut io::sink())?;
    let mut here = vec![0; before.len()];
    match text.read_exact(&mut here) {
        Ok(()) if here == before => {}
        Ok(()) => return Ok(None),
        Err(e) if e.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        Err(e) => return Err(e),
    }
    let mut rest = Vec::new();
    text.take(most).read_to_end(&mut rest)?;
    Ok(Some(rest))
}
