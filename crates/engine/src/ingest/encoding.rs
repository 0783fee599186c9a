//! Texts as they can be read: UTF-8, one record on a line, and without the hole that truncating a log in use leaves at its start.

use super::{
    Skipped, formats,
    source::{LogText, Text},
};

/// Bytes of a text that is copied at most: what is larger is a log of lines, and read where it lies.
const LARGEST: usize = 1 << 30;

/// Makes texts readable: UTF-16 and JSON that does not have its records on lines of their own are copied once, and zeros at the start
/// are passed over. What was done to a text is noted in `skipped` where bytes of it are not shown.
pub fn legible(texts: &mut [LogText], skipped: &mut Vec<Skipped>) {
    for text in texts {
        let bytes = text.text.bytes();
        let start = text.start.min(bytes.len());
        let zeros = bytes[start..].iter().take_while(|b| **b == 0).count();
        if zeros == bytes.len() - start {
            continue;
        }
        if zeros > 0 {
            text.start = start + zeros;
            let reason = format!("{zeros} zero bytes at the start, which truncating a log in use leaves, are passed over");
            skipped.push(Skipped { path: text.path.clone(), line: Some(1), reason });
        } else if start == 0 && bytes.len() <= LARGEST {
            let copy = utf8(bytes);
            let lines = formats::one_on_a_line(copy.as_deref().unwrap_or(bytes));
            if let Some(copy) = lines.or(copy) {
                text.text = Text::Owned(copy);
            }
        }
    }
}

/// UTF-16 with a mark at its start as UTF-8; none where there is no mark.
fn utf8(bytes: &[u8]) -> Option<Vec<u8>> {
    let (read, rest): (fn([u8; 2]) -> u16, _) = match bytes {
        [0xff, 0xfe, rest @ ..] => (u16::from_le_bytes, rest),
        [0xfe, 0xff, rest @ ..] => (u16::from_be_bytes, rest),
        _ => return None,
    };
    let units = rest.as_chunks().0.iter().map(|unit| read(*unit));
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Some(text.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_of_both_orders_is_read() {
        let text = "2024 \u{fc}\n";
        let little: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let big: Vec<u8> = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(utf8(&little).as_deref(), Some(text.as_bytes()));
        assert_eq!(utf8(&big).as_deref(), Some(text.as_bytes()));
        assert_eq!(utf8(text.as_bytes()), None);
    }
}
