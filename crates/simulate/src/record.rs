//! A log record, and how it looks in a file.

use std::{cmp::Ordering, fmt::Write, rc::Rc};

use crate::{
    Generation,
    calendar::{Date, Millis},
    catalog::{Format, MessageId, ServiceId},
    cloud::HostId,
};

/// Something that a service has said.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) time: Millis,
    /// Orders what happens within a millisecond.
    pub(crate) order: u64,
    pub(crate) service: ServiceId,
    pub(crate) host: HostId,
    pub(crate) message: MessageId,
    pub(crate) pid: u32,
    /// What oslo.log puts between brackets, without them.
    pub(crate) context: Rc<str>,
    /// The text, and the lines of its traceback.
    pub(crate) text: String,
    /// Where the text ends and the traceback begins.
    pub(crate) message_len: usize,
    /// What wrote it: the message's name, and which call it is about. None where nobody asks.
    pub(crate) label: Option<Box<str>>,
    /// The fault whose cause the record shows, by its place in the configuration.
    pub(crate) cause: Option<usize>,
}

impl Ord for Record {
    /// The earliest record is the greatest: a binary heap gives the greatest first.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.time, other.order).cmp(&(self.time, self.order))
    }
}

impl PartialOrd for Record {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Record {}

/// Who makes a request, as far as a log shows it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Identity<'a> {
    pub(crate) global: Option<&'a str>,
    pub(crate) request: &'a str,
    /// User, project and domain; none where the service acts for itself.
    pub(crate) user: Option<(&'a str, &'a str, &'a str)>,
}

/// What oslo.log puts between brackets.
pub(crate) fn context(generation: Generation, identity: Identity<'_>) -> String {
    let request = identity.request;
    match (generation, identity.user) {
        (Generation::Early, Some((user, project, _))) => format!("{request} {user} {project} - - -"),
        (Generation::Middle, Some((user, project, domain))) => format!("{request} {user} {project} - {domain} {domain}"),
        (Generation::Early | Generation::Middle, None) => format!("{request} - - - - -"),
        (Generation::Modern, user) => {
            let global = identity.global.unwrap_or("None");
            match user {
                Some((user, project, domain)) => format!("{global} {request} {user} {project} - - {domain} {domain}"),
                None => format!("{global} {request} - - - - - -"),
            }
        }
    }
}

/// What the writing of a record needs to know of its message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head<'a> {
    pub(crate) format: Format,
    pub(crate) level: &'a str,
    pub(crate) logger: &'a str,
    pub(crate) host: &'a str,
    /// The service as a log daemon calls it.
    pub(crate) program: &'a str,
    /// Whether a log daemon shows no process id, as of the kernel.
    pub(crate) untagged: bool,
    /// Whether the services are of the modern generation.
    pub(crate) modern: bool,
    /// The number of the record in its file.
    pub(crate) number: u64,
    /// The time by the host's clock.
    pub(crate) time: Millis,
    /// Its second, taken apart.
    pub(crate) date: Date,
    /// Its milliseconds within the second.
    pub(crate) millis: u64,
}

/// Appends the record's lines, and says how many they are.
pub(crate) fn write(record: &Record, head: Head<'_>, out: &mut String) -> u64 {
    match head.format {
        Format::Oslo => oslo(record, head, out),
        Format::Rabbitmq => rabbitmq(record, head, out),
        _ => single(record, head, out),
    }
}

fn oslo(record: &Record, head: Head<'_>, out: &mut String) -> u64 {
    let instance = instance_prefix(&record.text);
    let header = |out: &mut String| {
        head.date.write(' ', out);
        // Writing to a string cannot fail.
        let _ = write!(out, ".{:03} {} {} {} ", head.millis, record.pid, head.level, head.logger);
    };
    let (message, trace) = record.text.split_at(record.message_len);
    header(out);
    // A message of several lines has one header; oslo.log puts one before every line of a traceback only.
    let _ = writeln!(out, "[{}] {message}", record.context);
    let mut lines = 1 + message.matches('\n').count() as u64;
    for line in trace.split('\n').skip(1) {
        header(out);
        let _ = writeln!(out, "{instance}{line}");
        lines += 1;
    }
    lines
}

/// oslo.log repeats the instance on every line of a traceback.
pub(crate) fn instance_prefix(text: &str) -> &str {
    match text.split_once("] ") {
        Some((prefix, _)) if text.starts_with("[instance: ") => &text[..prefix.len() + 2],
        _ => "",
    }
}

fn rabbitmq(record: &Record, head: Head<'_>, out: &mut String) -> u64 {
    let mut lines = 0;
    for line in record.text.split('\n') {
        head.date.write(' ', out);
        let micros = head.millis * 1_000 + record.order % 1_000;
        let _ = writeln!(out, ".{micros:06}+00:00 [{}] <0.{}.0> {line}", head.level, record.pid);
        lines += 1;
    }
    lines
}

fn single(record: &Record, head: Head<'_>, out: &mut String) -> u64 {
    let (date, pid, text, millis) = (head.date, record.pid, &record.text, head.millis);
    let Date { year, day, hour, minute, second, .. } = date;
    let month = date.month_name();
    let written = match head.format {
        Format::Libvirt => {
            date.write(' ', out);
            writeln!(out, ".{millis:03}+0000: {pid}: {} : {text}", head.level)
        }
        Format::Mariadb => {
            let _ = write!(out, "{year:04}-{:02}-{day:02} {hour:2}:{minute:02}:{second:02} ", date.month);
            writeln!(out, "{pid} [{}] {text}", head.level)
        }
        Format::Haproxy => {
            let _ = write!(out, "{month} {day:2} {hour:02}:{minute:02}:{second:02} {} haproxy[{pid}]: ", head.host);
            haproxy(record, head, out);
            Ok(())
        }
        Format::Ovs => {
            date.write('T', out);
            writeln!(out, ".{millis:03}Z|{:05}|{}|{}|{text}", head.number % 100_000, head.logger, head.level)
        }
        Format::Ceph => {
            date.write('T', out);
            let (host, number) = (head.host, head.number);
            writeln!(out, ".{millis:03}+0000 mon.{host} (mon.0) {number} : cluster [{}] {text}", head.level)
        }
        Format::CephDaemon => {
            date.write('T', out);
            writeln!(out, ".{millis:03}+0000 7f{:010x} {:>2} {text}", u64::from(pid) * 0x0070_1000, head.level)
        }
        _ => {
            let (before, after) = text.split_once(" @ ").unwrap_or(("-", text));
            writeln!(out, "{before} [{day:02}/{month}/{year}:{hour:02}:{minute:02}:{second:02} +0000] {after}")
        }
    };
    // Writing to a string cannot fail.
    let _ = written;
    1 + text.matches('\n').count() as u64
}

/// What HAProxy says behind the header of the log daemon.
pub(crate) fn haproxy(record: &Record, head: Head<'_>, out: &mut String) {
    let Date { year, day, hour, minute, second, .. } = head.date;
    let (month, millis) = (head.date.month_name(), head.millis);
    let (before, after) = record.text.split_once(" @ ").unwrap_or((&record.text, ""));
    // Writing to a string cannot fail.
    let _ = match after {
        "" => writeln!(out, "{before}"),
        _ => writeln!(out, "{before} [{day:02}/{month}/{year}:{hour:02}:{minute:02}:{second:02}.{millis:03}] {after}"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: Format, level: &str, text: &str) -> String {
        let record = Record {
            time: 1_741_593_600_042,
            order: 7,
            service: ServiceId(0),
            host: HostId(1),
            message: MessageId(0),
            pid: 7,
            context: "-".into(),
            text: text.to_owned(),
            message_len: text.find("\nTraceback").unwrap_or(text.len()),
            label: None,
            cause: None,
        };
        let head = Head {
            format,
            level,
            logger: "nova.compute.manager",
            host: "controller",
            program: "program",
            untagged: false,
            modern: true,
            number: 3,
            time: record.time,
            date: Date::of(record.time),
            millis: record.time % 1_000,
        };
        let mut out = String::new();
        let lines = write(&record, head, &mut out);
        assert_eq!(out.lines().count() as u64, lines);
        out
    }

    #[test]
    fn each_format_has_its_header() {
        for (format, level, text, expected) in [
            (Format::Oslo, "INFO", "Hello", "2025-03-10 08:00:00.042 7 INFO nova.compute.manager [-] Hello\n"),
            (Format::Rabbitmq, "info", "Hello", "2025-03-10 08:00:00.042007+00:00 [info] <0.7.0> Hello\n"),
            (Format::Libvirt, "error", "Hello", "2025-03-10 08:00:00.042+0000: 7: error : Hello\n"),
            (Format::Mariadb, "Warning", "Hello", "2025-03-10  8:00:00 7 [Warning] Hello\n"),
            (Format::Haproxy, "", "a:1 @ b", "Mar 10 08:00:00 controller haproxy[7]: a:1 [10/Mar/2025:08:00:00.042] b\n"),
            (Format::Apache, "", "a - - @ b", "a - - [10/Mar/2025:08:00:00 +0000] b\n"),
            (Format::Ovs, "WARN", "Hello", "2025-03-10T08:00:00.042Z|00003|nova.compute.manager|WARN|Hello\n"),
            (Format::Ceph, "WRN", "Hello", "2025-03-10T08:00:00.042+0000 mon.controller (mon.0) 3 : cluster [WRN] Hello\n"),
            (Format::CephDaemon, "0", "Hello", "2025-03-10T08:00:00.042+0000 7f0003107000  0 Hello\n"),
        ] {
            assert_eq!(written(format, level, text), expected);
        }
    }

    #[test]
    fn every_line_of_a_traceback_has_a_header_and_the_instance() {
        let text = written(Format::Oslo, "ERROR", "[instance: abc] Failed\nTraceback");
        let expected = "2025-03-10 08:00:00.042 7 ERROR nova.compute.manager [instance: abc] Traceback\n";
        assert_eq!(text.lines().nth(1), Some(expected.trim_end()));
    }

    #[test]
    fn the_generations_differ_between_the_brackets() {
        let identity = Identity { global: None, request: "req-1", user: Some(("u", "p", "default")) };
        assert_eq!(context(Generation::Early, identity), "req-1 u p - - -");
        assert_eq!(context(Generation::Middle, identity), "req-1 u p - default default");
        assert_eq!(context(Generation::Modern, identity), "None req-1 u p - - default default");
    }
}
