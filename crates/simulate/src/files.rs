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
    Error, Layout,
    calendar::Date,
    catalog::{Catalog, ServiceId},
    cloud::{Cloud, HostId},
    record::{self, Head, Record},
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
    open: BTreeMap<(ServiceId, HostId), LogFile>,
    labels: Option<Labels>,
    /// Lines in all files.
    lines: u64,
    buffer: String,
    /// The last second, taken apart.
    date: (u64, Date),
}

impl Files {
    /// Makes the folder, which must not be there yet.
    pub(crate) fn create(folder: PathBuf, layout: Layout, labels: Option<&Path>) -> Result<Self, Error> {
        if folder.exists() {
            return Err(Error::AlreadyThere(folder));
        }
        fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
        let labels = labels.map(Labels::create).transpose()?;
        Ok(Self { folder, layout, open: BTreeMap::new(), labels, lines: 0, buffer: String::new(), date: (0, Date::of(0)) })
    }

    pub(crate) fn lines(&self) -> u64 {
        self.lines
    }

    /// Writes a record, and says where it stands.
    pub(crate) fn write(&mut self, record: &Record, catalog: &Catalog, cloud: &Cloud) -> Result<Lines, Error> {
        let service = &catalog.services[usize::from(record.service.0)];
        let message = &catalog.messages[usize::from(record.message.0)];
        if self.date.0 != record.time / 1_000 {
            self.date = (record.time / 1_000, Date::of(record.time));
        }
        let head = Head {
            format: service.format,
            level: &message.level,
            logger: &message.logger,
            host: &cloud.host(record.host).name,
            date: self.date.1,
        };
        self.buffer.clear();
        let written = record::write(record, head, &mut self.buffer);
        let key = match self.layout {
            Layout::HostFolders => (record.service, record.host),
            Layout::Merged => (record.service, HostId(0)),
        };
        if !self.open.contains_key(&key) {
            let host = matches!(self.layout, Layout::HostFolders).then_some(head.host);
            self.open.insert(key, LogFile::create(&self.folder, host, &service.file)?);
        }
        let Some(file) = self.open.get_mut(&key) else { return Err(Error::data("services.toml", "no file")) };
        file.writer.write_all(self.buffer.as_bytes()).map_err(Error::io(&file.path))?;
        let first = file.lines + 1;
        file.lines += written;
        self.lines += written;
        if let (Some(labels), Some(label)) = (&mut self.labels, &record.label) {
            labels.write(&file.name, first, label)?;
        }
        Ok(Lines { file: Rc::clone(&file.name), first, last: file.lines })
    }

    /// Writes out what is still buffered.
    pub(crate) fn finish(self) -> Result<(), Error> {
        for mut file in self.open.into_values() {
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
    fn create(folder: &Path, host: Option<&str>, file: &str) -> Result<Self, Error> {
        let name = host.map_or_else(|| file.to_owned(), |host| format!("{host}/{file}"));
        let path = folder.join(&name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(Error::io(parent))?;
        }
        let opened = File::create(&path).map_err(Error::io(&path))?;
        Ok(Self { name: name.into(), path, writer: BufWriter::with_capacity(1 << 16, opened), lines: 0 })
    }
}
