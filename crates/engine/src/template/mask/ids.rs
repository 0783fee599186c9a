//! Masks runs: words, ids, addresses and numbers, each told by its form.

/// Masks a run without digits: nearly always a word of the message.
#[inline]
pub fn word(run: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(match run {
        // The disks of a guest are numbered by letters.
        [b'v', b'd', b'a'..=b'z'] => b"vd<n>",
        // `deadbeefcafebabe…` is the rare id without a digit; names of that form are not.
        _ if run.len() >= 32 && run.iter().all(u8::is_ascii_hexdigit) => b"<hex>",
        _ => run,
    });
}

/// Masks a run with digits.
pub fn numbered(run: &[u8], status: bool, out: &mut Vec<u8>) {
    if status && run.len() == 3 && (b'1'..=b'5').contains(&run[0]) && run.iter().all(u8::is_ascii_digit) {
        out.extend_from_slice(run);
    } else if let Some(at) = uuid(run) {
        for (part, mask) in [(&run[..at], &b"<id>"[..]), (&run[at + 36..], b"")] {
            if part.iter().any(u8::is_ascii_digit) {
                numbered(part, false, out);
            } else {
                word(part, out);
            }
            out.extend_from_slice(mask);
        }
    } else if let Some(whole) = whole(run) {
        out.extend_from_slice(whole.as_bytes());
    } else if let Ok(run) = str::from_utf8(run) {
        pieces(run, out);
    }
}

/// The mask of a run that is one variable as a whole.
fn whole(run: &[u8]) -> Option<&'static str> {
    let colons = memchr::memchr_iter(b':', run).count();
    let hex = run.iter().all(|b| b.is_ascii_hexdigit() || *b == b':');
    if run.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b':' | b'-')) {
        let dots = run.split(|b| *b == b':').next().map_or(0, |host| memchr::memchr_iter(b'.', host).count());
        return Some(if dots == 3 { "<ip>" } else { "<n>" });
    }
    if colons == 5 && run.len() == 17 && hex {
        return Some("<mac>");
    }
    if colons >= 2 && hex {
        return Some("<ip>");
    }
    let digits = run.strip_prefix(b"0x").unwrap_or(run);
    (digits.len() >= 8 || digits.len() < run.len())
        .then_some(digits)
        .filter(|d| d.iter().all(u8::is_ascii_hexdigit))
        .map(|_| "<hex>")
}

/// Masks the parts of a run between its `-`, `_`, `.` and `:`: `compute01` is `compute<n>`, `tap2ef1ab3c-4d` is `<hex>`.
fn pieces(run: &str, out: &mut Vec<u8>) {
    let mut after_id = false;
    for piece in run.split_inclusive(['-', '_', '.', ':']) {
        let (name, end) = piece.split_at(piece.trim_end_matches(['-', '_', '.', ':']).len());
        let kind = Piece::of(name);
        match kind {
            // The second half of an id such as a tap device's can be letters alone.
            Piece::Word if after_id && out.last() == Some(&b'-') && name.len() == 2 && hex(name) => _ = out.pop(),
            Piece::Word => out.extend_from_slice(name.as_bytes()),
            // The second half of an id such as a tap device's belongs to its first.
            _ if after_id && out.last() == Some(&b'-') => {
                out.pop();
            }
            Piece::Numbered(letters) => {
                out.extend_from_slice(letters.as_bytes());
                out.extend_from_slice(b"<n>");
            }
            Piece::Measured(unit) => {
                out.extend_from_slice(b"<n>");
                out.extend_from_slice(unit.as_bytes());
            }
            Piece::Id => out.extend_from_slice(b"<hex>"),
        }
        after_id = matches!(kind, Piece::Id) || (after_id && !matches!(kind, Piece::Word));
        out.extend_from_slice(end.as_bytes());
    }
}

/// What a part of a run is.
enum Piece<'a> {
    /// Letters alone.
    Word,
    /// A word with a number: `compute01`, `eth0`, `42`.
    Numbered(&'a str),
    /// A number with its unit: `012s`, `512MB`.
    Measured(&'a str),
    /// Letters and digits mixed.
    Id,
}

impl<'a> Piece<'a> {
    fn of(name: &'a str) -> Self {
        let is_word = |text: &str| text.bytes().all(|b| !b.is_ascii_digit());
        let (before, after) = (name.trim_end_matches(digit), name.trim_start_matches(digit));
        if is_word(name) {
            Self::Word
        } else if name.len() == 8 && hex(name) {
            Self::Id
        } else if is_word(before) && name.len() - before.len() < 6 {
            Self::Numbered(before)
        } else if is_word(after) && (after.len() < 3 || after.ends_with("iB")) && (name.len() < 7 || !hex(name)) {
            Self::Measured(after)
        } else {
            Self::Id
        }
    }
}

/// Whether a text is of digits and the letters of a hexadecimal number.
fn hex(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_hexdigit())
}

fn digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Where a UUID begins in a run.
fn uuid(run: &[u8]) -> Option<usize> {
    let fits = |at: &usize| {
        run[*at..*at + 36]
            .iter()
            .enumerate()
            .all(|(n, b)| if matches!(n, 8 | 13 | 18 | 23) { *b == b'-' } else { b.is_ascii_hexdigit() })
    };
    (0..(run.len() + 1).saturating_sub(36)).find(fits)
}
