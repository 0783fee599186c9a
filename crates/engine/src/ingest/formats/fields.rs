//! The names that JSON and CSV exports give to what a header says: those of oslo.log's JSON and fluentd formatters, Kolla's fluentd,
//! OpenSearch, the journal, and Docker.

use super::{
    Header,
    level::{level, severity},
    scan::number,
    times,
};
use crate::{
    events::{Level, NO_ZONE},
    ingest::time::Stamp,
};

/// What a field tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// When.
    Time,
    /// How grave.
    Level,
    /// The text.
    Message,
    /// Who wrote it within the process.
    Logger,
    /// The process id.
    Pid,
    /// The process.
    Program,
    /// The host.
    Host,
    /// The request id.
    Request,
    /// The caller's request id.
    Caller,
    /// The instance.
    Instance,
}

/// Kinds of [`Field`].
const KINDS: usize = 10;

/// What a key tells, and how well: of two keys for the same, the one with the lower rank counts.
pub fn field(key: &[u8]) -> Option<(Field, u8)> {
    Some(match key {
        b"@timestamp" | b"__REALTIME_TIMESTAMP" => (Field::Time, 0),
        b"Timestamp" | b"timestamp" | b"time" | b"asctime" => (Field::Time, 1),
        b"datetime" | b"date" | b"ts" | b"eventTime" => (Field::Time, 2),
        b"created" => (Field::Time, 3),
        b"levelname" | b"log_level" | b"LOGGER_LEVEL" => (Field::Level, 0),
        b"level" | b"severity_label" | b"loglevel" => (Field::Level, 1),
        b"severity" | b"PRIORITY" => (Field::Level, 2),
        b"Payload" | b"MESSAGE" => (Field::Message, 0),
        b"message" => (Field::Message, 1),
        b"log" => (Field::Message, 2),
        b"msg" => (Field::Message, 3),
        b"python_module" | b"LOGGER_NAME" => (Field::Logger, 0),
        b"logger" | b"logger_name" => (Field::Logger, 1),
        b"name" => (Field::Logger, 2),
        b"Pid" | b"pid" | b"_PID" | b"process" => (Field::Pid, 0),
        b"SYSLOG_PID" => (Field::Pid, 1),
        b"programname" | b"SYSLOG_IDENTIFIER" => (Field::Program, 0),
        b"program" | b"ident" => (Field::Program, 1),
        b"_SYSTEMD_UNIT" => (Field::Program, 2),
        b"_COMM" => (Field::Program, 3),
        b"Hostname" | b"hostname" | b"_HOSTNAME" => (Field::Host, 0),
        b"host" => (Field::Host, 1),
        b"request_id" | b"REQUEST_ID" => (Field::Request, 0),
        b"global_request_id" | b"GLOBAL_REQUEST_ID" => (Field::Caller, 0),
        b"instance_uuid" | b"INSTANCE_UUID" => (Field::Instance, 0),
        b"instance" | b"INSTANCE" => (Field::Instance, 1),
        b"resource_uuid" | b"RESOURCE_UUID" => (Field::Instance, 2),
        _ => return None,
    })
}

/// Keys that hold the traceback of a record.
pub fn is_traceback(key: &[u8]) -> bool {
    matches!(
        key,
        b"traceback" | b"Traceback" | b"python_traceback" | b"exc_info" | b"exc_text" | b"EXCEPTION_TEXT" | b"EXCEPTION_INFO"
    )
}

/// The fields found so far, each with the rank of its key.
#[derive(Debug)]
pub struct Found<'a> {
    stamp: Option<Stamp>,
    level: Level,
    logger: &'a str,
    pid: u32,
    program: &'a str,
    host: &'a str,
    request: &'a str,
    caller: &'a str,
    instance: &'a str,
    /// First and last byte of the message.
    pub message: Option<(usize, usize)>,
    ranks: [u8; KINDS],
}

impl<'a> Found<'a> {
    /// Nothing yet.
    pub fn none() -> Self {
        Self {
            stamp: None,
            level: Level::Unknown,
            logger: "",
            pid: 0,
            program: "",
            host: "",
            request: "",
            caller: "",
            instance: "",
            message: None,
            ranks: [u8::MAX; KINDS],
        }
    }

    /// Takes a value, which begins at byte `at`; a value that says nothing leaves what another key said.
    pub fn take(&mut self, (field, rank): (Field, u8), value: &'a [u8], at: usize) {
        let better = rank < self.ranks[field as usize];
        if !better && field != Field::Time {
            return;
        }
        let taken = match field {
            Field::Message => set(&mut self.message, Some((at, at + value.len()))),
            Field::Time => times::any(value).is_some_and(|(new, _)| {
                // A time with a zone says more than any without one.
                let said = |stamp: Stamp| stamp.zone != NO_ZONE;
                let take = self.stamp.is_none_or(|old| if said(old) == said(new) { better } else { said(new) });
                take && set(&mut self.stamp, Some(new))
            }),
            Field::Level => {
                let level = severity_of(value).or_else(|| level(value)).unwrap_or_default();
                level != Level::Unknown && set(&mut self.level, level)
            }
            Field::Pid => number(value).is_some_and(|pid| set(&mut self.pid, pid)),
            Field::Logger => said(&mut self.logger, value),
            Field::Program => said(&mut self.program, value),
            Field::Host => said(&mut self.host, value),
            Field::Request => said(&mut self.request, value),
            Field::Caller => said(&mut self.caller, value),
            Field::Instance => said(&mut self.instance, value),
        };
        if taken {
            self.ranks[field as usize] = rank;
        }
    }

    /// What was found as a header; none without a time.
    pub fn header(&self) -> Option<Header<'a>> {
        let program = self.program.strip_suffix(".service").unwrap_or(self.program);
        Some(Header {
            pid: self.pid,
            level: self.level,
            logger: self.logger,
            program: program.strip_prefix("devstack@").unwrap_or(program),
            host: self.host,
            request: self.request,
            global_request: self.caller,
            instance: self.instance,
            context: !self.logger.is_empty(),
            ..Header::at(self.stamp?)
        })
    }
}

fn set<T>(place: &mut T, value: T) -> bool {
    *place = value;
    true
}

/// Takes a text up to its first escape.
fn said<'a>(place: &mut &'a str, value: &'a [u8]) -> bool {
    let end = memchr::memchr(b'\\', value).unwrap_or(value.len());
    let text = str::from_utf8(&value[..end]).unwrap_or_default();
    !matches!(text, "" | "-" | "None" | "null") && set(place, text)
}

/// A syslog severity in one digit.
fn severity_of(value: &[u8]) -> Option<Level> {
    number(value).filter(|n| *n < 8).map(severity)
}
