//! Masks what varies in a message: ids, addresses, numbers, the insides of dumps. HTTP status codes stay, since they say how a request ended.

mod ids;

use ids::{numbered, word};

/// A template ends with the word that reaches so many bytes.
const LONGEST: usize = 600;
/// Bytes of a message that its template is made from. It is far more than a template has, so that what stands behind a dump does not
/// depend on how long the dump is.
const READ: usize = 8 << 10;

/// Appends the masked form of a message's first line to `out`, as UTF-8.
pub fn mask(text: &[u8], out: &mut Vec<u8>) {
    let text = shortened(text);
    let longest = out.len() + LONGEST;
    let mut last = Last::default();
    let mut n = 0;
    while n < text.len() && (out.len() < longest || text[n] != b' ') {
        let b = text[n];
        if class(b) & RUN != 0 {
            let run = Run::at(&text[n..]);
            run.mask(last.keeps_status(text.get(n + run.text.len())), out);
            last.word(&run);
            n += run.text.len();
        } else if b == b' ' {
            space(out);
            last.slash = false;
            last.path = false;
            n += 1;
        } else {
            n += sign(&text[n..], &mut last, out);
        }
    }
    while out.last().is_some_and(u8::is_ascii_whitespace) {
        out.pop();
    }
}

/// Masks what begins with a sign: a dump, a query string, what a client calls itself, or the sign alone. Gives its length.
fn sign(text: &[u8], last: &mut Last, out: &mut Vec<u8>) -> usize {
    let b = text[0];
    if b == b'"'
        && last.answered
        && out.last() == Some(&b' ')
        && let Some(length) = memchr::memchr(b'"', &text[1..])
    {
        // Behind the status of an access line stand the referer and the client's name.
        out.extend_from_slice(b"\"<*>\"");
        length + 2
    } else if let Some(length) = dump(text) {
        out.push(b);
        out.extend_from_slice(b"<*>");
        // A dump that the line or the limit cuts off has no end.
        if length < text.len() || text.last() == Some(&closing(b)) {
            out.push(closing(b));
        }
        length
    } else if b == b'?' && text.get(1).is_some_and(u8::is_ascii_alphabetic) && last.path {
        // A query string varies as a whole.
        out.extend_from_slice(b"?<*>");
        text.iter().position(|b| matches!(b, b' ' | b'"' | b'\'')).unwrap_or(text.len())
    } else {
        last.slash = b == b'/';
        last.path |= b == b'/';
        other(text, out)
    }
}

/// The beginning of a long message, up to the end of a word: half a word would make a template of its own.
fn shortened(text: &[u8]) -> &[u8] {
    if text.len() <= READ {
        return text;
    }
    let end = memchr::memrchr(b' ', &text[..READ]).unwrap_or(READ);
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

    fn word(&mut self, run: &Run) {
        if run.classes & (DIGIT | LETTER) == 0 {
            return;
        }
        let word = run.text;
        let number = run.has_digits() && word.strip_prefix(b"-").unwrap_or(word).iter().all(u8::is_ascii_digit);
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

/// A byte of a run: what words, ids and numbers are made of.
const RUN: u8 = 1;
const DIGIT: u8 = 2;
const LETTER: u8 = 4;
/// A byte that a run can end with.
const END: u8 = 8;

/// What each byte is.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut n = 0;
    while n < 256 {
        classes[n] = match n as u8 {
            b'0'..=b'9' => RUN | DIGIT | END,
            b'a'..=b'z' | b'A'..=b'Z' => RUN | LETTER | END,
            b'_' => RUN | END,
            b'-' | b'.' | b':' => RUN,
            _ => 0,
        };
        n += 1;
    }
    classes
};

#[inline]
fn class(b: u8) -> u8 {
    CLASSES[b as usize]
}

/// Letters, digits and what joins them, without punctuation at the end.
struct Run<'a> {
    text: &'a [u8],
    /// The classes of all its bytes.
    classes: u8,
}

impl<'a> Run<'a> {
    /// The run at the start of a text, which begins with a byte of one.
    #[inline]
    fn at(text: &'a [u8]) -> Self {
        let (mut classes, mut kept, mut end) = (0, 0, 0);
        while let Some(class) = text.get(end).map(|b| class(*b)).filter(|class| class & RUN != 0) {
            end += 1;
            classes |= class;
            if class & END != 0 {
                kept = end;
            }
        }
        Self { text: &text[..if kept == 0 { end } else { kept }], classes }
    }

    #[inline]
    fn has_digits(&self) -> bool {
        self.classes & DIGIT != 0
    }

    #[inline]
    fn mask(&self, status: bool, out: &mut Vec<u8>) {
        if self.has_digits() { numbered(self.text, status, out) } else { word(self.text, out) }
    }
}

#[inline]
fn space(out: &mut Vec<u8>) {
    if out.last() != Some(&b' ') {
        out.push(b' ');
    }
}

/// Copies one character that is part of no word; a run of spaces becomes one.
fn other(text: &[u8], out: &mut Vec<u8>) -> usize {
    match text[0] {
        b'\t' => space(out),
        b if b.is_ascii_control() => {}
        b if b.is_ascii() => out.push(b),
        _ => {
            let end = text.iter().position(u8::is_ascii).unwrap_or(text.len());
            out.extend_from_slice(String::from_utf8_lossy(&text[..end]).as_bytes());
            return end;
        }
    }
    1
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut out = Vec::new();
        mask(text.as_bytes(), &mut out);
        assert_eq!(String::from_utf8(out).as_deref(), Ok(expected), "{text}");
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
    fn what_follows_a_long_dump_counts_and_a_long_text_ends_with_a_word() {
        check(
            &format!("Flavor(a={}) for Image(b={}), done", "x".repeat(500), "y".repeat(5000)),
            "Flavor(<*>) for Image(<*>), done",
        );
        let long = "words ".repeat(500);
        check(&long, long[..605].trim_end());
        let (cut, mut out) = ("(a=1, ".repeat(5000), Vec::new());
        mask(cut.as_bytes(), &mut out);
        assert_eq!(out, b"(<*>");
    }

    #[test]
    fn survives_anything() {
        for text in [&b"\xff\xfe\x00"[..], b"{", b"[", b"((((", b"-", b":::", b"", "größe 12 µs".as_bytes()] {
            let mut out = Vec::new();
            mask(text, &mut out);
            assert!(String::from_utf8(out).is_ok(), "{text:?}");
        }
        check("größe 12 µs", "größe <n> µs");
    }
}
