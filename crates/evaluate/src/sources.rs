//! Logs as an evaluation reads them: without levels, and many runs as one.

use std::{ops::Range, path::Path};

use engine::{
    Error, Observer,
    ingest::{
        Skipped,
        source::{Source, Text, Texts},
    },
};

/// Logs without what the developers of OpenStack marked already: WARNING, ERROR, CRITICAL and TRACE become INFO in records of the form
/// that OpenStack's services write, `2025-01-31 10:00:00.000 7 ERROR nova.compute.manager …`. Nothing on the disk changes.
pub struct Masked<'a>(pub &'a dyn Source);

impl Source for Masked<'_> {
    fn name(&self) -> &Path {
        self.0.name()
    }

    fn parts(&self) -> &[String] {
        self.0.parts()
    }

    fn texts(&self, skipped: &mut Vec<Skipped>, observer: &dyn Observer) -> Result<Texts, Error> {
        let mut texts = self.0.texts(skipped, observer)?;
        for log in &mut texts.logs {
            let (before, rest) = log.text.bytes().split_at(log.start.min(log.text.bytes().len()));
            let mut masked = mask(before);
            log.start = masked.len();
            masked.extend(mask(rest));
            log.text = Text::Owned(masked);
        }
        Ok(texts)
    }
}

fn mask(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|b| *b == b'\n') {
        match level(line) {
            Some(level) => {
                out.extend_from_slice(&line[..level.start]);
                out.extend_from_slice(b"INFO");
                out.extend_from_slice(&line[level.end..]);
            }
            None => out.extend_from_slice(line),
        }
    }
    out
}

/// Where a line of the form that OpenStack's services write has its level, if that is one that is hidden: WARNING or graver.
pub(crate) fn level(line: &[u8]) -> Option<Range<usize>> {
    const TIME: &[u8] = b"0000-00-00 00:00:00.000 ";
    let head = line.get(..TIME.len())?;
    let is_time = head.iter().zip(TIME).all(|(byte, form)| if *form == b'0' { byte.is_ascii_digit() } else { byte == form });
    let process = line[TIME.len()..].iter().take_while(|b| b.is_ascii_digit()).count();
    let from = TIME.len() + process + 1;
    if !is_time || process == 0 || line.get(from - 1) != Some(&b' ') {
        return None;
    }
    let names: [&[u8]; 4] = [b"WARNING", b"ERROR", b"CRITICAL", b"TRACE"];
    let name = names.into_iter().find(|name| line[from..].strip_prefix(*name).is_some_and(|rest| rest.starts_with(b" ")))?;
    Some(from..from + name.len())
}

/// Several runs as one source: each in a folder of its own name.
pub struct Runs<'a> {
    /// What they are called together.
    pub name: &'a Path,
    /// The name of each.
    pub runs: Vec<String>,
    /// The logs of each, in the same order.
    pub logs: Vec<&'a dyn Source>,
}

impl Source for Runs<'_> {
    fn name(&self) -> &Path {
        self.name
    }

    fn parts(&self) -> &[String] {
        &self.runs
    }

    fn texts(&self, skipped: &mut Vec<Skipped>, observer: &dyn Observer) -> Result<Texts, Error> {
        let mut all = Texts::default();
        for (run, source) in self.runs.iter().zip(&self.logs) {
            let (within, noted) = (|path: &str| format!("{run}/{path}"), skipped.len());
            let mut texts = source.texts(skipped, observer)?;
            let streams = all.logs.iter().map(|log| log.stream + 1).max().unwrap_or(0);
            for log in &mut texts.logs {
                log.path = within(&log.path);
                log.stream += streams;
            }
            texts.facts.iter_mut().for_each(|fact| fact.path = within(&fact.path));
            skipped[noted..].iter_mut().for_each(|note| note.path = within(&note.path));
            all.logs.extend(texts.logs);
            all.facts.extend(texts.facts);
            all.leases.extend(texts.leases);
            all.looked_at += texts.looked_at;
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use engine::{Silent, ingest::source::Memory};

    use super::*;

    fn memory(path: &str, text: &str) -> Memory {
        Memory { texts: vec![(path.to_owned(), text.as_bytes().to_vec())] }
    }

    #[test]
    fn levels_are_hidden_and_nothing_else() {
        let text = "2025-01-01 10:00:00.000 7 ERROR nova.a [-] an ERROR it is\r\n  ERROR indented\n\
            2025-01-01 10:00:00.000 12 WARNING nova.b [-] x\n2025-01-01 10:00:00.000 7 DEBUG nova.c [-] y\n\
            2025-01-01T10:00:00.000 7 ERROR nova.d\n2025-01-01 10:00:00.000 7 ERRORS nova.e\nERROR\n";
        let masked = "2025-01-01 10:00:00.000 7 INFO nova.a [-] an ERROR it is\r\n  ERROR indented\n\
            2025-01-01 10:00:00.000 12 INFO nova.b [-] x\n2025-01-01 10:00:00.000 7 DEBUG nova.c [-] y\n\
            2025-01-01T10:00:00.000 7 ERROR nova.d\n2025-01-01 10:00:00.000 7 ERRORS nova.e\nERROR\n";
        let texts = Masked(&memory("nova/api.log", text)).texts(&mut Vec::new(), &Silent).unwrap();
        assert_eq!(String::from_utf8_lossy(texts.logs[0].text.bytes()), masked);
    }

    #[test]
    fn runs_keep_their_names_and_streams_apart() {
        let (a, b) = (memory("nova/api.log", "x\n"), memory("nova/api.log", "y\n"));
        let runs = Runs { name: Path::new("cases"), runs: vec!["a".to_owned(), "b".to_owned()], logs: vec![&a, &b] };
        assert_eq!(Masked(&runs).parts(), ["a", "b"]);
        let texts = runs.texts(&mut Vec::new(), &Silent).unwrap();
        let read: Vec<_> = texts.logs.iter().map(|log| (log.path.as_str(), log.stream, log.text.bytes())).collect();
        assert_eq!(read, [("a/nova/api.log", 0, &b"x\n"[..]), ("b/nova/api.log", 1, b"y\n")]);
        assert_eq!(texts.looked_at, 2);
    }
}
