//! What must hold for any input: the targets of `fuzz` and the test `corpus` check the same.

use engine::{
    Reading, Silent,
    events::Form,
    ingest::{
        self,
        formats::{self, Dialect, Header},
        source::Memory,
        time::{self, Stamp},
    },
    template::mask,
};

/// A check of one family, by its name.
pub type Check = fn(&[u8]);

/// All checks.
pub const ALL: [(&str, Check); 12] = [
    ("access", access),
    ("cri", cri),
    ("csv", csv),
    ("header", header),
    ("infrastructure", infrastructure),
    ("journal", journal),
    ("json", json),
    ("mask", mask),
    ("oslo", oslo),
    ("records", records),
    ("syslog", syslog),
    ("time", time),
];

/// Any line, and what a file of it is written in.
pub fn header(data: &[u8]) {
    let dialect = formats::detect(data, "x.log");
    for line in data.split(|b| *b == b'\n') {
        read(&Dialect::default(), line);
        read(&dialect, line);
    }
}

/// What follows a time in oslo.log.
pub fn oslo(data: &[u8]) {
    behind(&["2024-01-01 10:00:00.123 7 INFO a.b ", "2024-01-01 10:00:00.123 ", "\u{1b}[00;36m2024-01-01 10:00:00.123 "], data);
}

/// An object in JSON, and a message that is quoted and unquoted.
pub fn json(data: &[u8]) {
    behind(&["{", "{\"@timestamp\":\"2024-01-01T10:00:00Z\",", "{\"_source\":{\"time\":1704103200,\"Payload\":\""], data);
    let text = String::from_utf8_lossy(data);
    let mut line = "{\"@timestamp\":\"2024-01-01T10:00:00Z\",\"python_module\":\"m\",\"Payload\":\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => line.extend(['\\', c]),
            '\n' => line.push_str("\\n"),
            ' '.. => line.push(c),
            c => line.extend(["\\u".to_owned(), format!("{:04x}", c as u32)]),
        }
    }
    line.push_str("\",\"log_level\":\"INFO\"}");
    returns(&Dialect::default(), line.as_bytes(), Form::Json, &text);
}

/// A record of the journal.
pub fn journal(data: &[u8]) {
    let start = "{\"__REALTIME_TIMESTAMP\":\"1704103200123456\",";
    behind(&[start, &format!("{start}\"MESSAGE\":["), &format!("{start}\"MESSAGE\":\"")], data);
}

/// A row of a CSV file, and a message that is quoted and unquoted.
pub fn csv(data: &[u8]) {
    let names = b"Timestamp,Payload,log_level\n";
    let dialect = formats::detect(names, "x.csv");
    for line in data.split(|b| *b == b'\n') {
        read(&dialect, line);
        read(&dialect, &[b"2024-01-01 10:00:00,\"", line].concat());
    }
    header(&[names, data].concat());
    let text = String::from_utf8_lossy(data);
    let line = format!("2024-01-01 10:00:00,\"{}\",INFO", text.replace('"', "\"\""));
    // A field that ends with a comma cannot be told from one without quotes before one with them.
    if !text.split('"').any(|part| part.ends_with(',')) {
        returns(&dialect, line.as_bytes(), Form::Csv, &text);
    }
}

/// Syslog in its forms.
pub fn syslog(data: &[u8]) {
    let starts =
        ["<11>", "<165>1 2024-01-01T10:00:00Z ", "Jun  8 10:48:13 ", "2024-01-01T10:00:00Z ", "Mon 2024-01-01 10:00:00 "];
    behind(&starts, data);
    behind(&["Jun  8 10:48:13 host program[7]: "], data);
}

/// Access lines, and lines whose time stands in brackets.
pub fn access(data: &[u8]) {
    behind(
        &["10.0.0.1 - - [", "[pid: 7|app: 0|req: 1/2] ", "[Mon Jan 01 10:00:00 2024] ", "[2024-01-01 10:00:00 +0000] ["],
        data,
    );
}

/// The forms of databases, brokers, hypervisors and clusters.
pub fn infrastructure(data: &[u8]) {
    behind(&["2024-01-01 10:00:00.123+0000", "2024-01-01T10:00:00.123Z|", "240101 10:00:00 ", "=ERROR REPORT==== "], data);
    behind(&["Jan 01 10:00:00 [12] ", "I0101 10:00:00.123456 ", "time=\"2024-01-01T10:00:00Z\" ", "nova-api.log "], data);
}

/// Lines of pods.
pub fn cri(data: &[u8]) {
    behind(&["2024-01-01T10:00:00.123456789Z ", "2024-01-01T10:00:00.123456789Z stdout F "], data);
    behind(&["2024-01-01T10:00:00.123456789Z 2024-01-01T10:00:00.123Z [wsgi-a] "], data);
}

/// The readers of times: what they leave is the end of what they got, and what they read can be written.
pub fn time(data: &[u8]) {
    type Reader = fn(&[u8]) -> Option<(Stamp, &[u8])>;
    let readers: [Reader; 3] = [time::iso, |text| time::dashed(text, b'/'), time::syslog];
    for reader in readers {
        if let Some((stamp, rest)) = reader(data) {
            assert!(data.ends_with(rest) && rest.len() < data.len());
            assert!(time::written(stamp.micros, stamp.zone).is_some());
            assert!(time::lacks_year(stamp.micros) || reader(b"Jan  1 00:00:00").is_none());
        }
    }
    header(data);
}

/// Records over several lines: none is lost, none is read twice.
pub fn records(data: &[u8]) {
    let (first, second) = data.split_at(data.len() / 2);
    let texts = vec![("nova/nova-api.log".to_owned(), first.to_vec()), ("other.log".to_owned(), second.to_vec())];
    let Ok(read) = ingest::read(&Memory { texts }, &Reading::default(), &Silent) else { return };
    let mut file = (u32::MAX, 0);
    for n in 0..read.events.len() {
        let (own, start) = (read.events.file(n), read.events.offset[n] as usize);
        let text = read.files[own as usize].text.bytes();
        if own != file.0 {
            let file_of = &read.files[own as usize];
            let names = if file_of.dialect.has_names() { first_line(&text[file_of.start..]) } else { 0 };
            file = (own, file_of.start + names);
        }
        assert!(start >= file.1, "event {n} begins within the one before");
        assert!(text[file.1..start].iter().all(|b| b.is_ascii_whitespace() || *b == 0), "text before event {n} is lost");
        let line = text[..start].split(|b| *b == b'\n').count();
        assert_eq!(read.events.line[n] as usize, line, "the line of event {n}");
        file.1 = start + read.events.length[n] as usize;
        assert!(file.1 <= text.len());
        let (headline, message) = (read.headline(n), read.message(n));
        assert!(headline.len() <= text.len() && message.len() <= 8 * text.len() + 64);
    }
}

/// The bytes of a first line.
fn first_line(text: &[u8]) -> usize {
    text.iter().position(|b| *b == b'\n').map_or(text.len(), |n| n + 1)
}

/// The masks of templates.
pub fn mask(data: &[u8]) {
    let (mut once, mut again) = (Vec::new(), Vec::new());
    mask::mask(data, &mut once);
    mask::mask(data, &mut again);
    assert_eq!(once, again);
    assert!(String::from_utf8(once).is_ok());
}

/// Reads a text behind each of several beginnings, as a whole and line by line.
fn behind(starts: &[&str], data: &[u8]) {
    let dialect = Dialect::default();
    for start in starts {
        for line in data.split(|b| *b == b'\n') {
            read(&dialect, &[start.as_bytes(), line].concat());
        }
        header(&[start.as_bytes(), data].concat());
    }
}

/// Reads a line, and all that its header points to.
fn read(dialect: &Dialect, line: &[u8]) {
    let Some(header) = dialect.header(line) else { return };
    assert!(header.body <= line.len(), "the message begins behind the line's end");
    assert_eq!(Some(header), dialect.header(line));
    for field in strings(&header) {
        // What `dmesg` prints is the kernel's, without saying so.
        assert!(
            matches!(field, "" | "kernel") || line.windows(field.len()).any(|w| w == field.as_bytes()),
            "{field:?} is not in the line"
        );
    }
    let headline = formats::headline(header.form, &line[header.body..]);
    assert!(!headline.contains(&b'\n') || header.form == Form::Json);
    let message = formats::message(header.form, line, header.body);
    // A byte that is no UTF-8 is shown as three.
    assert!(message.len() <= 8 * line.len() + 64);
}

fn strings<'a>(header: &Header<'a>) -> [&'a str; 6] {
    [header.logger, header.program, header.host, header.request, header.global_request, header.instance]
}

/// Checks that a text that was quoted comes back.
fn returns(dialect: &Dialect, line: &[u8], form: Form, text: &str) {
    let first = line.split(|b| *b == b'\n').next().unwrap_or_default();
    let header = dialect.header(first).expect("a header");
    assert_eq!(header.form, form);
    let line_of = text.split('\n').next().unwrap_or_default();
    let line_of = if form == Form::Csv { line_of.strip_suffix('\r').unwrap_or(line_of) } else { line_of };
    assert_eq!(String::from_utf8_lossy(&formats::headline(form, &line[header.body..])), line_of);
    if !text.contains('\n') {
        assert_eq!(formats::message(form, line, header.body), text.trim_end().strip_suffix('\r').unwrap_or(text.trim_end()));
    }
}
