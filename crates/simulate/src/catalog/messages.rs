//! What the services say: level, logger, text and traceback of each message.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{DataFile, MessageId, Service};
use crate::{
    Error, Generation,
    text::{Names, Text},
};

const MESSAGES: [DataFile; 11] = [
    ("messages/shared.toml", include_str!("../../data/messages/shared.toml")),
    ("messages/nova.toml", include_str!("../../data/messages/nova.toml")),
    ("messages/placement.toml", include_str!("../../data/messages/placement.toml")),
    ("messages/neutron.toml", include_str!("../../data/messages/neutron.toml")),
    ("messages/cinder.toml", include_str!("../../data/messages/cinder.toml")),
    ("messages/glance.toml", include_str!("../../data/messages/glance.toml")),
    ("messages/keystone.toml", include_str!("../../data/messages/keystone.toml")),
    ("messages/infrastructure.toml", include_str!("../../data/messages/infrastructure.toml")),
    ("messages/below.toml", include_str!("../../data/messages/below.toml")),
    ("messages/varied.toml", include_str!("../../data/messages/varied.toml")),
    ("messages/failures.toml", include_str!("../../data/messages/failures.toml")),
];

/// The table of messages that every service with oslo.log may write.
const SHARED: &str = "shared";

/// Something that a service says.
#[derive(Debug)]
pub(crate) struct Message {
    /// Its service and key: `nova-compute.claim_ok`; those of the first message that says the same, where there is one before.
    pub(crate) name: Box<str>,
    pub(crate) level: Box<str>,
    /// Empty for services without loggers.
    pub(crate) logger: Box<str>,
    pub(crate) text: Text,
    /// The lines of the traceback, without their headers.
    pub(crate) trace: Vec<Text>,
}

impl Message {
    pub(crate) fn is_debug(&self) -> bool {
        &*self.level == "DEBUG"
    }
}

/// `["INFO", "nova.compute.claims", "Claim successful"]`, with the traceback as fourth where there is one; services
/// without loggers leave the logger out.
#[derive(Debug, Deserialize)]
pub(crate) struct Entry(Vec<String>);

/// Messages by service and key.
pub(crate) type Tables = BTreeMap<String, BTreeMap<String, Entry>>;

/// The messages by service and key, as one generation words them.
#[derive(Debug)]
pub(super) struct Book {
    messages: Vec<Message>,
    ids: BTreeMap<(String, String), MessageId>,
}

impl Book {
    /// The messages of all services, and those that faults bring along, each with the file that they stand in.
    pub(super) fn load(
        generation: Generation,
        services: &[Service],
        brought: Vec<(String, Tables)>,
        names: &mut Names,
    ) -> Result<Self, Error> {
        let mut book = Self { messages: Vec::new(), ids: BTreeMap::new() };
        for file in &MESSAGES {
            book.add(file.0, super::read(file)?, generation, services, names)?;
        }
        for (file, tables) in brought {
            book.add(&file, tables, generation, services, names)?;
        }
        Ok(book)
    }

    fn add(
        &mut self,
        file: &str,
        tables: Tables,
        generation: Generation,
        services: &[Service],
        names: &mut Names,
    ) -> Result<(), Error> {
        for (service, entries) in tables {
            let known = services.iter().find(|known| known.name == service);
            if known.is_none() && service != SHARED {
                return Err(Error::data(file, format!("there is no service {service}")));
            }
            let has_logger = known.is_none_or(|known| known.format.has_logger());
            for (key, entry) in entries {
                // `key@early` replaces `key` in that generation; TOML tables arrive sorted, so it comes after `key`.
                let (key, of) = key.split_once('@').map_or((key.as_str(), None), |(key, of)| (key, Some(of)));
                if of.is_some_and(|of| of != generation.name()) {
                    continue;
                }
                let message = message(&entry.0, has_logger, generation, names)
                    .map_err(|reason| Error::data(file, format!("{service}.{key}: {reason}")))?;
                self.ids.insert((service.clone(), key.to_owned()), MessageId(self.messages.len() as u16));
                self.messages.push(message);
            }
        }
        Ok(())
    }

    /// The service's own message of that key, or the shared one.
    pub(super) fn message(&self, service: &str, key: &str) -> Option<MessageId> {
        let of = |table: &str| self.ids.get(&(table.to_owned(), key.to_owned())).copied();
        of(service).or_else(|| of(SHARED))
    }

    /// The messages. Those that one place in a program's code could have written have one name.
    pub(super) fn into_messages(self) -> Vec<Message> {
        let mut messages = self.messages;
        for ((service, key), id) in self.ids {
            messages[usize::from(id.0)].name = format!("{service}.{key}").into();
        }
        let mut named: BTreeMap<(Box<str>, String), Box<str>> = BTreeMap::new();
        for message in &mut messages {
            let service = message.name.split('.').next().unwrap_or_default();
            let origin = if message.logger.is_empty() { service.into() } else { message.logger.clone() };
            let says: String = std::iter::once(&message.text).chain(&message.trace).map(|line| line.skeleton() + "\n").collect();
            message.name = named.entry((origin, says)).or_insert_with(|| message.name.clone()).clone();
        }
        messages
    }
}

fn message(entry: &[String], has_logger: bool, generation: Generation, names: &mut Names) -> Result<Message, String> {
    let (level, logger, text, trace) = match entry {
        [level, text] if !has_logger => (level, "", text, ""),
        [level, logger, text] if has_logger => (level, logger.as_str(), text, ""),
        [level, logger, text, trace] if has_logger => (level, logger.as_str(), text, trace.as_str()),
        _ => return Err("a message has a level, a logger and a text".to_owned()),
    };
    let (lines, summary) = traceback(trace, generation);
    // oslo.log appends the last line of an active exception to what it logs from WARNING on.
    let text = summary.map_or_else(|| text.clone(), |summary| format!("{text}: {summary}"));
    let parse = |source: &str, names: &mut Names| Text::parse(&source.replace("{lib}", library(generation)), names);
    Ok(Message {
        name: "".into(),
        level: level.as_str().into(),
        logger: logger.into(),
        text: parse(&text, names)?,
        trace: lines.iter().map(|line| parse(line, names)).collect::<Result<_, _>>()?,
    })
}

/// Where the distributions of that time install Python packages.
fn library(generation: Generation) -> &'static str {
    match generation {
        Generation::Early => "/usr/lib/python2.7/dist-packages",
        Generation::Middle => "/usr/lib/python3.6/site-packages",
        Generation::Modern => "/usr/lib/python3/dist-packages",
    }
}

/// The lines of a traceback, and the line that names its last exception.
///
/// In the data `@ nova/compute/manager.py:2654 _build | code` is a frame and `! nova.exception.X: text` an exception.
fn traceback(source: &str, generation: Generation) -> (Vec<String>, Option<String>) {
    let (mut lines, mut summary) = (Vec::new(), None);
    for line in source.trim_matches('\n').lines() {
        if let Some(frame) = line.strip_prefix("@ ") {
            let (place, code) = frame.split_once(" | ").unwrap_or((frame, ""));
            let (at, function) = place.split_once(' ').unwrap_or((place, "<module>"));
            let (file, number) = at.rsplit_once(':').unwrap_or((at, "1"));
            let root = if file.starts_with('/') { "" } else { "{lib}/" };
            lines.push(format!("  File \"{root}{file}\", line {number}, in {function}"));
            if !code.is_empty() {
                lines.push(format!("    {code}"));
            }
        } else if let Some(exception) = line.strip_prefix("! ") {
            let exception = as_printed(exception, generation);
            summary = Some(exception.clone());
            lines.push(exception);
        } else if !source.trim().is_empty() {
            lines.push(line.to_owned());
        }
    }
    (lines, summary)
}

/// Python 2 prints the name of an exception without its module.
fn as_printed(exception: &str, generation: Generation) -> String {
    let (class, text) = exception.split_once(": ").unwrap_or((exception, ""));
    match (generation, class.rsplit_once('.')) {
        (Generation::Early, Some((_, name))) if text.is_empty() => name.to_owned(),
        (Generation::Early, Some((_, name))) => format!("{name}: {text}"),
        _ => exception.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_traceback_reads_as_python_prints_it() {
        let source = "Traceback (most recent call last):\n@ nova/a.py:7 f | g()\n! nova.exception.X: no\n";
        let expected = ["Traceback (most recent call last):", "  File \"{lib}/nova/a.py\", line 7, in f", "    g()"];
        let (lines, summary) = traceback(source, Generation::Modern);
        assert_eq!(lines[..3], expected);
        assert_eq!(summary.as_deref(), Some("nova.exception.X: no"));
        assert_eq!(traceback(source, Generation::Early).1.as_deref(), Some("X: no"));
    }

    #[test]
    fn no_traceback_means_no_lines() {
        assert_eq!(traceback("", Generation::Modern), (Vec::new(), None));
    }
}
