//! Splits lines into words, with ANSI colours taken off between them.

const ESCAPE: u8 = 0x1b;

/// The text behind the colour codes at its start: `\x1b[00;36m`.
#[inline]
pub fn uncoloured(mut text: &[u8]) -> &[u8] {
    while let [ESCAPE, b'[', rest @ ..] = text {
        let codes = rest.iter().take_while(|b| b.is_ascii_digit() || **b == b';').count();
        match rest.get(codes) {
            Some(b'm' | b'K') => text = &rest[codes + 1..],
            _ => break,
        }
    }
    text
}

/// A word without the colour codes at its end.
pub fn faded(word: &str) -> &str {
    word.split('\u{1b}').next().unwrap_or_default()
}

/// Splits off the word before the next space; the rest begins behind it.
#[inline]
pub fn word(text: &[u8]) -> Option<(&str, &[u8])> {
    let end = memchr::memchr(b' ', text)?;
    Some((str::from_utf8(&text[..end]).ok()?, &text[end + 1..]))
}

/// Splits off a short word, and the colour codes around it.
#[inline]
pub fn token(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let text = uncoloured(text);
    let end = text.iter().position(|b| matches!(*b, b' ' | ESCAPE))?;
    let rest = uncoloured(&text[end..]);
    Some((&text[..end], rest.strip_prefix(b" ")?))
}

/// The words of a text.
pub fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|b| *b == b' ').filter(|w| !w.is_empty())
}

/// The text without the spaces at its start.
#[inline]
pub fn unspaced(text: &[u8]) -> &[u8] {
    let spaces = text.iter().take_while(|b| matches!(**b, b' ' | b'\t')).count();
    &text[spaces..]
}

/// The number that a short text spells.
#[inline]
pub fn number(digits: &[u8]) -> Option<u32> {
    crate::ingest::time::number(digits)
}

/// What stands between a bracket, which the text begins behind, and the next one that closes.
pub fn bracketed(text: &[u8]) -> Option<(&str, &[u8])> {
    let end = memchr::memchr(b']', text)?;
    Some((str::from_utf8(&text[..end]).ok()?, &text[end + 1..]))
}

/// Whether a word looks like a name of a process, host or module.
pub fn is_name(word: &str) -> bool {
    !word.is_empty() && word.len() < 128 && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-@/:+".contains(&b))
}
