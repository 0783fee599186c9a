//! What a log daemon, a container runtime or oslo.log itself puts around what a program says.

use std::{fmt::Write, iter};

use crate::{
    calendar::Date,
    catalog::Format,
    layout::Envelope,
    record::{self, Head, Record},
};

/// Appends the record's lines as they stand in the file, and says how many they are.
pub(crate) fn write(record: &Record, head: Head<'_>, envelope: Envelope, out: &mut String) -> u64 {
    match envelope {
        Envelope::Bare => record::write(record, head, out),
        Envelope::Json => {
            json(record, head, out);
            1
        }
        _ => around(record, head, envelope, out),
    }
}

/// Puts a header before each of the lines.
fn around(record: &Record, head: Head<'_>, envelope: Envelope, out: &mut String) -> u64 {
    let mut own = String::new();
    match (head.format, envelope) {
        (Format::Oslo, Envelope::Journal) => devstack(record, head, &mut own),
        // HAProxy leaves the header to the log daemon; where none is, its lines have none.
        (Format::Haproxy, _) => {
            record::haproxy(record, head, &mut own);
        }
        (Format::Syslog, _) => own.push_str(&record.text),
        _ => {
            record::write(record, head, &mut own);
        }
    }
    let mut lines = 0;
    for line in own.trim_end_matches('\n').split('\n') {
        header(record, head, envelope, out);
        out.push_str(line);
        out.push('\n');
        lines += 1;
    }
    lines
}

fn header(record: &Record, head: Head<'_>, envelope: Envelope, out: &mut String) {
    let Date { day, hour, minute, second, .. } = head.date;
    let (month, host) = (head.date.month_name(), head.host);
    let micros = head.millis * 1_000 + record.order % 1_000;
    let pid = if head.untagged { 0 } else { record.pid };
    let tag = if pid == 0 { String::new() } else { format!("[{pid}]") };
    // Writing to a string cannot fail.
    let _ = match envelope {
        Envelope::Journal => {
            write!(out, "{month} {day:02} {hour:02}:{minute:02}:{second:02}.{micros:06} {host} {}{tag}: ", head.program)
        }
        Envelope::Collected => {
            let _ = write!(out, "<{}>1 ", 16 * 8 + severity(head.level));
            head.date.write('T', out);
            let pid = if pid == 0 { "-".to_owned() } else { pid.to_string() };
            write!(out, ".{micros:06}+00:00 {host} {} {pid} - - ", head.program)
        }
        Envelope::Container => {
            head.date.write('T', out);
            let stream = if head.format == Format::Oslo { "stderr" } else { "stdout" };
            write!(out, ".{micros:06}{:03}Z {stream} F ", record.order * 37 % 1_000)
        }
        _ => write!(out, "{month} {day:2} {hour:02}:{minute:02}:{second:02} {host} {}{tag}: ", head.program),
    };
}

/// The severity by RFC 5424.
fn severity(level: &str) -> u32 {
    match level {
        "CRITICAL" | "EMER" => 2,
        "ERROR" | "error" | "ERR" => 3,
        "WARNING" | "warning" | "Warning" | "WARN" | "WRN" => 4,
        "DEBUG" | "DBG" => 7,
        _ => 6,
    }
}

/// What stands between oslo.log's brackets, taken apart again.
struct Ids<'a> {
    global: Option<&'a str>,
    request: Option<&'a str>,
    user: Option<&'a str>,
    project: Option<&'a str>,
}

impl<'a> Ids<'a> {
    fn of(context: &'a str) -> Self {
        let said = |word: Option<&'a str>| word.filter(|word| !matches!(*word, "-" | "None"));
        let mut words = context.split(' ').peekable();
        // The modern form has two request ids, or `None` for the first.
        let second = context.split(' ').nth(1).is_some_and(|word| word.starts_with("req-"));
        let global = if second { said(words.next()) } else { None };
        Self { global, request: said(words.next()), user: said(words.next()), project: said(words.next()) }
    }
}

/// The lines that a service of DevStack writes to the journal: without a time, and with names in place of ids.
fn devstack(record: &Record, head: Head<'_>, out: &mut String) {
    let ids = Ids::of(&record.context);
    let names = ["demo", "admin", "alt_demo", "demo"];
    let name = |id: Option<&str>| id.map_or("None", |id| names[usize::from(id.as_bytes()[0]) % names.len()]);
    let context = match (ids.request, head.modern) {
        (None, _) => "-".to_owned(),
        (Some(request), true) => {
            format!("{} {request} {} {}", ids.global.unwrap_or("None"), name(ids.project), name(ids.user))
        }
        (Some(request), false) => format!("{request} {} {}", name(ids.project), name(ids.user)),
    };
    let (message, trace) = record.text.split_at(record.message_len);
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{} {} [{context}] {message}", head.level, head.logger);
    for line in trace.split('\n').skip(1) {
        let _ = writeln!(out, "{} {} {}{line}", head.level, head.logger, record::instance_prefix(&record.text));
    }
}

/// A record of oslo.log's `JSONFormatter`.
fn json(record: &Record, head: Head<'_>, out: &mut String) {
    let (message, trace) = record.text.split_at(record.message_len);
    let trace = trace.strip_prefix('\n').unwrap_or(trace);
    let prefix = record::instance_prefix(message);
    let (message, summary) = parted(&message[prefix.len()..], trace);
    let module = head.logger.rsplit('.').next().unwrap_or_default();
    let mut date = String::new();
    head.date.write(' ', &mut date);
    let seconds = head.time / 1_000;
    let millis = head.millis;
    let path = head.logger.replace('.', "/");
    out.push_str("{\"message\": ");
    string(message, out);
    // Writing to a string cannot fail.
    let _ = write!(out, ", \"asctime\": \"{date}\", \"name\": \"{}\", \"msg\": ", head.logger);
    string(message, out);
    let level = head.level;
    let number = [("CRITICAL", 50), ("ERROR", 40), ("WARNING", 30), ("INFO", 20)].iter().find(|(name, _)| *name == level);
    let number = number.map_or(10, |(_, number)| *number);
    let _ = write!(
        out,
        ", \"args\": [], \"levelname\": \"{level}\", \"levelno\": {number}, \"pathname\": \
         \"/usr/lib/python3/dist-packages/{path}.py\", \"filename\": \"{module}.py\", \"module\": \"{module}\", \"created\": \
         {seconds}.{millis:03}, \"msecs\": {millis}.0, \"thread_name\": \"MainThread\", \"process_name\": \"MainProcess\", \
         \"process\": {}, \"traceback\": ",
        record.pid
    );
    if trace.is_empty() {
        out.push_str("null");
    } else {
        string(trace, out);
    }
    let _ = write!(out, ", \"hostname\": \"{}\", \"error_summary\": ", head.host);
    string(summary, out);
    out.push_str(", \"context\": {");
    let ids = Ids::of(&record.context);
    let pairs =
        [("request_id", ids.request), ("global_request_id", ids.global), ("user_id", ids.user), ("project_id", ids.project)];
    members(&pairs, ids.request.is_some(), out);
    out.push_str("}, \"extra\": {");
    let instance = prefix.strip_prefix("[instance: ").and_then(|rest| rest.strip_suffix("] "));
    members(&[("instance_uuid", instance)], instance.is_some(), out);
    out.push_str("}}\n");
}

/// The message and the summary of the exception, which only oslo.log's lines of text put behind it.
fn parted<'a>(message: &'a str, trace: &'a str) -> (&'a str, &'a str) {
    let last = trace.rsplit('\n').find(|line| !line.is_empty()).unwrap_or_default();
    let cut = message.strip_suffix(last).and_then(|rest| rest.strip_suffix(": "));
    match cut {
        Some(rest) if !last.is_empty() => (rest, last),
        _ => (message, ""),
    }
}

fn members(pairs: &[(&str, Option<&str>)], any: bool, out: &mut String) {
    let separators = iter::once("").chain(iter::repeat(", "));
    for ((key, value), separator) in pairs.iter().zip(separators).filter(|_| any) {
        // Writing to a string cannot fail.
        let _ = write!(out, "{separator}\"{key}\": ");
        match value {
            Some(value) => string(value, out),
            None => out.push_str("null"),
        }
    }
}

/// Appends a JSON string.
fn string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c < ' ' => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_escaped() {
        let mut out = String::new();
        string("a \"b\"\n\\c\u{1}", &mut out);
        assert_eq!(out, r#""a \"b\"\n\\c\u0001""#);
    }

    #[test]
    fn ids_are_found_in_each_form() {
        for (context, expected) in [
            ("-", (None, None, None)),
            ("req-1 u p - - -", (None, Some("req-1"), Some("u"))),
            ("None req-1 u p - - default default", (None, Some("req-1"), Some("u"))),
            ("req-0 req-1 - - - - - -", (Some("req-0"), Some("req-1"), None)),
        ] {
            let ids = Ids::of(context);
            assert_eq!((ids.global, ids.request, ids.user), expected, "{context}");
        }
    }

    #[test]
    fn the_summary_is_parted_from_the_message() {
        assert_eq!(parted("Failed: ValueError: x", "Traceback\nValueError: x\n"), ("Failed", "ValueError: x"));
        assert_eq!(parted("Failed", "Traceback\nValueError: x"), ("Failed", ""));
        assert_eq!(parted("Failed", ""), ("Failed", ""));
    }
}
