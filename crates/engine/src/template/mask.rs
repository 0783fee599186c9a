//! Masks what varies in a message: ids, addresses, numbers, the insides of dumps. HTTP status codes stay, since they say how a request ended.

/// Bytes of a message that its template is made from; what follows is nearly always a dump.
const LONGEST: usize = 600;

/// Appends the masked form of a message's first line to `out`.
pub fn mask(text: &[u8], out: &mut String) {
    let text = shortened(text);
    let mut last = Last::default();
    let mut n = 0;
    while n < text.len() {
        let b = text[n];
        if is_run(b) {
            let end = n + run(&text[n..]);
            masked_run(&text[n..end], last.keeps_status(text.get(end)), out);
            last.word(&text[n..end]);
            n = end;
        } else if b == b'"'
            && last.answered
            && out.ends_with(' ')
            && let Some(length) = memchr::memchr(b'"', &text[n + 1..])
        {
            // Behind the status of an access line stand the referer and the client's name.
            out.push_str("\"<*>\"");
            n += length + 2;
        } else if let Some(length) = dump(&text[n..]) {
            out.push(char::from(b));
            out.push_str("<*>");
            // A dump that the line or the limit cuts off has no end.
            if length < text.len() - n || text.last() == Some(&closing(b)) {
                out.push(char::from(closing(b)));
            }
            n += length;
        } else if b == b'?' && text.get(n + 1).is_some_and(u8::is_ascii_alphabetic) && last.path {
            // A query string varies as a whole.
            out.push_str("?<*>");
            n += text[n..].iter().position(|b| matches!(b, b' ' | b'"' | b'\'')).unwrap_or(text.len() - n);
        } else {
            n += other(&text[n..], out);
            last.slash = b == b'/';
            last.path = b == b'/' || (last.path && b != b' ');
        }
    }
    out.truncate(out.trim_end().len());
}

/// The beginning of a long message, up to the end of a word: half a word would make a template of its own.
fn shortened(text: &[u8]) -> &[u8] {
    if text.len() <= LONGEST {
        return text;
    }
    let end = memchr::memrchr(b' ', &text[..LONGEST]).unwrap_or(LONGEST);
    &text[..end]
}

/// What stands before the word at hand.
#[derive(Default)]
struct Last {
    status: Announced,
    /// Numbers with slashes between them, so far: HAProxy writes five times, then the status code.
    times: u8,
    slash: bool,
    path: bool,
    /// The status code of an access line.
    answered: bool,
}

/// What announces a status code.
#[derive(Default, PartialEq, Eq)]
enum Announced {
    #[default]
    Nothing,
    /// A word such as `status`.
    Status,
    /// The version of an HTTP request.
    Version,
    /// `Got`, which announces one where a colon comes after it.
    Got,
}

impl Last {
    /// Whether a number that comes now, before that byte, is a status code.
    fn keeps_status(&self, next: Option<&u8>) -> bool {
        match self.status {
            Announced::Status | Announced::Version => true,
            Announced::Got => next == Some(&b':'),
            Announced::Nothing => self.times == 5 && !self.slash && next == Some(&b' '),
        }
    }

    fn word(&mut self, word: &[u8]) {
        if !word.iter().any(u8::is_ascii_alphanumeric) {
            return;
        }
        let number = word.strip_prefix(b"-").unwrap_or(word).iter().all(u8::is_ascii_digit);
        self.times = if !number {
            0
        } else if self.slash {
            self.times.saturating_add(1)
        } else {
            1
        };
        self.slash = false;
        self.answered |= self.status == Announced::Version && number && word.len() == 3;
        let announced = matches!(self.status, Announced::Status | Announced::Version);
        self.status = match word {
            // `HTTP/1.1" 404`: the version stands between the word and the code.
            b"1.0" | b"1.1" | b"2" | b"2.0" if announced => Announced::Version,
            b"status" | b"HTTP" | b"RESP" | b"code" | b"Returning" | b"status_code" => Announced::Status,
            b"Got" => Announced::Got,
            _ => Announced::Nothing,
        };
    }
}

fn is_run(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b':')
}

/// Length of the run at the start, without punctuation at its end.
fn run(text: &[u8]) -> usize {
    let end = text.iter().position(|b| !is_run(*b)).unwrap_or(text.len());
    let kept = text[..end].iter().rposition(|b| b.is_ascii_alphanumeric() || *b == b'_').map_or(end, |n| n + 1);
    kept.max(1)
}

/// Copies one character that is part of no word; a run of spaces becomes one.
fn other(text: &[u8], out: &mut String) -> usize {
    match text[0] {
        b' ' | b'\t' => {
            if !out.ends_with(' ') {
                out.push(' ');
            }
            1
        }
        b if b.is_ascii_control() => 1,
        b if b.is_ascii() => {
            out.push(char::from(b));
            1
        }
        _ => {
            let end = text.iter().position(u8::is_ascii).unwrap_or(text.len());
            out.push_str(&String::from_utf8_lossy(&text[..end]));
            end
        }
    }
}

/// Length of a dump at the start, brackets included: `{…}`, a long `[…]` list, or `(name=…)`.
fn dump(text: &[u8]) -> Option<usize> {
    if !matches!(text[0], b'{' | b'[' | b'(') {
        return None;
    }
    let close = closing(text[0]);
    let mut depth = 0;
    let end = text.iter().position(|b| {
        depth += i32::from(*b == text[0]) - i32::from(*b == close);
        depth == 0
    });
    // A dump that the line or the limit cuts off reaches to the end.
    let inside = &text[1..end.unwrap_or(text.len())];
    let varies = match text[0] {
        b'{' => inside.len() > 1,
        b'[' => inside.len() > 40 || inside.iter().any(|b| matches!(b, b'\'' | b'{' | b'(' | b',')),
        _ => inside.contains(&b'=') && inside.len() > 20,
    };
    varies.then(|| end.map_or(text.len(), |n| n + 1))
}

/// The bracket that closes one.
fn closing(open: u8) -> u8 {
    match open {
        b'{' => b'}',
        b'[' => b']',
        _ => b')',
    }
}

fn masked_run(run: &[u8], status: bool, out: &mut String) {
    let Ok(run) = str::from_utf8(run) else { return };
    let bytes = run.as_bytes();
    if !bytes.iter().any(u8::is_ascii_digit) {
        out.push_str(match bytes {
            // The disks of a guest are numbered by letters.
            [b'v', b'd', b'a'..=b'z'] => "vd<n>",
            // `deadbeefcafebabe…` is the rare id without a digit; names of that form are not.
            _ if bytes.len() >= 32 && bytes.iter().all(u8::is_ascii_hexdigit) => "<hex>",
            _ => run,
        });
    } else if status && bytes.len() == 3 && (b'1'..=b'5').contains(&bytes[0]) && bytes.iter().all(u8::is_ascii_digit) {
        out.push_str(run);
    } else if let Some(at) = uuid(bytes) {
        masked_run(&bytes[..at], false, out);
        out.push_str("<id>");
        masked_run(&bytes[at + 36..], false, out);
    } else if let Some(whole) = whole(bytes) {
        out.push_str(whole);
    } else {
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
fn pieces(run: &str, out: &mut String) {
    let mut after_id = false;
    for piece in run.split_inclusive(['-', '_', '.', ':']) {
        let (name, end) = piece.split_at(piece.trim_end_matches(['-', '_', '.', ':']).len());
        let kind = Piece::of(name);
        match kind {
            // The second half of an id such as a tap device's can be letters alone.
            Piece::Word if after_id && out.ends_with('-') && name.len() == 2 && hex(name) => _ = out.pop(),
            Piece::Word => out.push_str(name),
            // The second half of an id such as a tap device's belongs to its first.
            _ if after_id && out.ends_with('-') => {
                out.pop();
            }
            Piece::Numbered(letters) => {
                out.push_str(letters);
                out.push_str("<n>");
            }
            Piece::Measured(unit) => {
                out.push_str("<n>");
                out.push_str(unit);
            }
            Piece::Id => out.push_str("<hex>"),
        }
        after_id = matches!(kind, Piece::Id) || (after_id && !matches!(kind, Piece::Word));
        out.push_str(end);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut out = String::new();
        mask(text.as_bytes(), &mut out);
        assert_eq!(out, expected, "{text}");
    }

    #[test]
    fn ids_and_addresses() {
        check("port 3b0a4b3c-6a9e-4a51-8d0b-1f3f5a3c2b1a on 10.0.0.5:8774", "port <id> on <ip>");
        check("req-3b0a4b3c-6a9e-4a51-8d0b-1f3f5a3c2b1a.", "req-<id>.");
        check("fa:16:3e:12:34:56 and fe80::f816:3eff:fe12:3456", "<mac> and <ip>");
        check("qdhcp-3b0a4b3c-6a9e-4a51-8d0b-1f3f5a3c2b1a", "qdhcp-<id>");
        check("tap2ef1ab3c-4d tap2ef1ab3c-45 instance-0000abcd", "<hex> <hex> instance-<hex>");
        check("on qg-fee84721-45, tapa84ce36a-ed, /dev/vdb", "on qg-<hex>, <hex>, /dev/vd<n>");
        check("object at 0x7f1c of 54f694356ea0418f940e912bb5a0542c", "object at <hex> of <hex>");
    }

    #[test]
    fn numbers() {
        check("Took 3.25 seconds, 512 MB on compute01, eth0", "Took <n> seconds, <n> MB on compute<n>, eth<n>");
        check("2024-01-01 10:00:00 to 1.2.3", "<n> <n> to <n>");
        check("held 0.012s of 512MB", "held <n>.<n>s of <n>MB");
        check("ram: 64231MB of 1048576KiB, id 12345678ab", "ram: <n>MB of <n>KiB, id <hex>");
    }

    #[test]
    fn status_codes_stay() {
        check(
            "\"GET /v2.1/5b1f160cde5142f2/servers?all=1&x=y HTTP/1.1\" status: 200 len: 1893",
            "\"GET /v<n>.<n>/<hex>/servers?<*> HTTP/<n>\" status: 200 len: <n>",
        );
        check("\"GET /v3 HTTP/1.1\" 404 123", "\"GET /v<n> HTTP/<n>\" 404 <n>");
        check("returned with HTTP 500", "returned with HTTP 500");
        check("RESP: [503]", "RESP: [503]");
        check("Got 404: {'a': 1}", "Got 404: {<*>}");
        check("Got 404 rows", "Got <n> rows");
        check(
            "be/srv 0/0/1/-1/60001 504 194 - - sH-- 30/4/1/0/0 100/0",
            "be/srv <n>/<n>/<n>/<n>/<n> 504 <n> - - sH-- <n>/<n>/<n>/<n>/<n> <n>/<n>",
        );
        check("\"GET /v3 HTTP/1.1\" 404 123 \"-\" \"curl 7.1 (a \"", "\"GET /v<n> HTTP/<n>\" 404 <n> \"<*>\" \"<*>\"");
        check("took 200 seconds", "took <n> seconds");
    }

    #[test]
    fn dumps() {
        check("data {'a': {'b': 1}} end", "data {<*>} end");
        check("Filter results: ['a', 'b'] x", "Filter results: [<*>] x");
        check("Volume(id=5,name='abc',status=None) deleted", "Volume(<*>) deleted");
        check("open {'a': 1", "open {<*>");
        check("host [ctl] (ok)", "host [ctl] (ok)");
    }

    #[test]
    fn survives_anything() {
        for text in [&b"\xff\xfe\x00"[..], b"{", b"[", b"((((", b"-", b":::", b"", "größe 12 µs".as_bytes()] {
            let mut out = String::new();
            mask(text, &mut out);
        }
        check("größe 12 µs", "größe <n> µs");
    }
}
