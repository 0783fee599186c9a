//! The log files: written as the records come, line by line, with nothing held back.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    rc::Rc,
};

use crate::{
    Config, Error, Generation, Layout,
    calendar::Date,
    calendar::Millis,
    catalog::{Catalog, Service, ServiceId},
    cloud::{Cloud, HostId},
    envelope,
    record::{Head, Record},
};

/// Where a record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lines {
    /// Below `logs`, with `/` between folders.
    pub(crate) file: Rc<str>,
    /// From 1.
    pub(crate) first: u64,
    pub(crate) last: u64,
}

struct LogFile {
    /// Below `logs`.
    name: Rc<str>,
    path: PathBuf,
    writer: BufWriter<File>,
    lines: u64,
}

/// All log files of a run.
pub(crate) struct Files {
    folder: PathBuf,
    layout: Layout,
    modern: bool,
    /// The files, by service and host.
    places: BTreeMap<(ServiceId, HostId), usize>,
    open: Vec<LogFile>,
    labels: Option<Labels>,
    /// Lines in all files.
    lines: u64,
    buffer: String,
    /// The last second, taken apart.
    date: (u64, Date),
}

impl Files {
    /// Makes the folder, which must not be there yet.
    pub(crate) fn create(folder: PathBuf, config: &Config) -> Result<Self, Error> {
        if folder.exists() {
            return Err(Error::AlreadyThere(folder));
        }
        fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
        let labels = config.labels.as_deref().map(Labels::create).transpose()?;
        let (layout, modern) = (config.layout, config.generation == Generation::Modern);
        let (places, open, buffer, date) = (BTreeMap::new(), Vec::new(), String::new(), (0, Date::of(0)));
        Ok(Self { folder, layout, modern, places, open, labels, lines: 0, buffer, date })
    }

    pub(crate) fn lines(&self) -> u64 {
        self.lines
    }

    /// Writes a record, whose host's clock shows `time`, and says where it stands.
    pub(crate) fn write(&mut self, record: &Record, time: Millis, catalog: &Catalog, cloud: &Cloud) -> Result<Lines, Error> {
        let service = &catalog.services[usize::from(record.service.0)];
        let message = &catalog.messages[usize::from(record.message.0)];
        let host = &cloud.host(record.host).name;
        let at = self.place(record, service, host)?;
        if self.date.0 != time / 1_000 {
            self.date = (time / 1_000, Date::of(time));
        }
        let head = Head {
            format: service.format,
            level: &message.level,
            logger: &message.logger,
            host,
            program: service.program(),
            untagged: service.untagged,
            modern: self.modern,
            number: self.open[at].lines + 1,
            time,
            date: self.date.1,
            millis: time % 1_000,
        };
        self.buffer.clear();
        let written = envelope::write(record, head, self.layout.envelope(service.format), &mut self.buffer);
        let file = &mut self.open[at];
        file.writer.write_all(self.buffer.as_bytes()).map_err(Error::io(&file.path))?;
        let first = file.lines + 1;
        file.lines += written;
        self.lines += written;
        if let (Some(labels), Some(label)) = (&mut self.labels, &record.label) {
            labels.write(&file.name, first, label)?;
        }
        Ok(Lines { file: Rc::clone(&file.name), first, last: file.lines })
    }

    /// The file of a record, which is made where it is not there.
    fn place(&mut self, record: &Record, service: &Service, host: &str) -> Result<usize, Error> {
        let key = (record.service, record.host);
        if let Some(at) = self.places.get(&key) {
            return Ok(*at);
        }
        let name = self.layout.file(service, host);
        let known = self.open.iter().position(|file| *file.name == *name);
        let at = known.unwrap_or(self.open.len());
        if known.is_none() {
            self.open.push(LogFile::create(&self.folder, &name)?);
        }
        self.places.insert(key, at);
        Ok(at)
    }

    /// Writes out what is still buffered.
    pub(crate) fn finish(self) -> Result<(), Error> {
        for mut file in self.open {
            file.writer.flush().map_err(Error::io(&file.path))?;
        }
        if let Some(mut labels) = self.labels {
            labels.writer.flush().map_err(Error::io(&labels.path))?;
        }
        Ok(())
    }
}

/// The file of labels.
struct Labels {
    path: PathBuf,
    writer: BufWriter<File>,
}

impl Labels {
    fn create(path: &Path) -> Result<Self, Error> {
        let writer = BufWriter::new(File::create(path).map_err(Error::io(path))?);
        let mut labels = Self { path: path.to_path_buf(), writer };
        labels.line("file,line,template")?;
        Ok(labels)
    }

    fn write(&mut self, file: &str, line: u64, label: &str) -> Result<(), Error> {
        self.line(&format!("{},{line},{}", quoted(file), quoted(label)))
    }

    fn line(&mut self, line: &str) -> Result<(), Error> {
        writeln!(self.writer, "{line}").map_err(Error::io(&self.path))
    }
}

/// A field of a CSV, in quotes where it needs them.
fn quoted(field: &str) -> Cow<'_, str> {
    if field.contains([',', '"', '\n']) { format!("\"{}\"", field.replace('"', "\"\"")).into() } else { field.into() }
}

impl LogFile {
    fn create(folder: &Path, name: &str) -> Result<Self, Error> {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(Error::io(parent))?;
        }
        let opened = File::create(&path).map_err(Error::io(&path))?;
        Ok(Self { name: name.into(), path, writer: BufWriter::with_capacity(1 << 16, opened), lines: 0 })
    }
}
