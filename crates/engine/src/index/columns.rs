//! The columns of an index: each a length in bytes and the values as they lie in memory, the lowest byte first.

use std::io::{Error, ErrorKind, Read, Result, Write};

use bytemuck::{Pod, Zeroable};

use crate::{
    Logs,
    events::{Events, Form, Level, NO_ZONE, Origin, Symbol, Symbols},
    template::TemplateId,
};

/// Sections longer than this are no index of ours: more than the events of a hundred gigabytes of logs.
const LONGEST: u64 = 1 << 36;

/// The columns of logs.
#[derive(Debug)]
pub struct Columns {
    /// The events.
    pub events: Events,
    /// Their strings.
    pub symbols: Symbols,
    /// Their templates.
    pub of: Vec<TemplateId>,
    /// Their importance.
    pub importance: Vec<f32>,
}

/// An origin as it is written.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
struct Row {
    file: u32,
    logger: u32,
    service: u32,
    host: u32,
    zone: i16,
    form: u16,
}

/// Writes a length and bytes.
pub fn section(out: &mut impl Write, bytes: &[u8]) -> Result<()> {
    out.write_all(&(bytes.len() as u64).to_le_bytes())?;
    out.write_all(bytes)
}

/// Writes the columns of logs.
pub fn write(out: &mut impl Write, logs: &Logs) -> Result<()> {
    if cfg!(target_endian = "big") {
        return Err(Error::new(ErrorKind::Unsupported, "an index is written on machines with the lowest byte first alone"));
    }
    let e = &logs.read.events;
    let ids = |symbols: &[Symbol]| symbols.iter().map(|s| s.0).collect::<Vec<u32>>();
    let levels: Vec<u8> = e.level.iter().map(|l| *l as u8).collect();
    let (buffer, ends) = logs.read.symbols.raw();
    let rows: Vec<Row> = e.origins.list().iter().skip(1).map(row).collect();
    let mut callers: Vec<[u32; 2]> = e.callers.iter().map(|(request, caller)| [request.0, caller.0]).collect();
    callers.sort_unstable();
    section(out, buffer.as_bytes())?;
    section(out, bytemuck::cast_slice(ends))?;
    section(out, bytemuck::cast_slice(&rows))?;
    section(out, bytemuck::cast_slice(&callers))?;
    section(out, bytemuck::cast_slice(&e.offset))?;
    for column in [&e.length, &e.body, &e.line, &e.pid, &e.origin, &ids(&e.request), &ids(&e.instance), &logs.of] {
        section(out, bytemuck::cast_slice(column))?;
    }
    section(out, bytemuck::cast_slice(&e.time))?;
    section(out, &levels)?;
    section(out, bytemuck::cast_slice(&logs.importance))
}

/// Reads the columns of logs.
pub fn read(file: &mut impl Read) -> Result<Columns> {
    if cfg!(target_endian = "big") {
        return Err(odd());
    }
    let buffer = String::from_utf8(bytes(file)?).map_err(|_| odd())?;
    let symbols = Symbols::from_raw(buffer, values(file)?).ok_or_else(odd)?;
    let rows: Vec<Row> = values(file)?;
    let callers: Vec<[u32; 2]> = values(file)?;
    let mut events = Events { offset: values(file)?, ..Events::default() };
    events.length = values(file)?;
    events.body = values(file)?;
    events.line = values(file)?;
    events.pid = values(file)?;
    events.origin = values(file)?;
    events.request = values::<u32>(file)?.into_iter().map(Symbol).collect();
    events.instance = values::<u32>(file)?.into_iter().map(Symbol).collect();
    let of = values(file)?;
    events.time = values(file)?;
    events.level = bytes(file)?.into_iter().map(level).collect::<Option<_>>().ok_or_else(odd)?;
    let importance = values(file)?;
    for row in &rows {
        events.origins.intern(origin(row).ok_or_else(odd)?);
    }
    events.callers = callers.into_iter().map(|[request, caller]| (Symbol(request), Symbol(caller))).collect();
    Ok(Columns { events, symbols, of, importance })
}

/// Reads bytes with their length in front.
pub fn bytes(file: &mut impl Read) -> Result<Vec<u8>> {
    values(file)
}

/// Reads values with their length in bytes in front. Memory is taken as they come, so that a wrong length is no trap.
fn values<T: Pod>(file: &mut impl Read) -> Result<Vec<T>> {
    /// Values read at a time.
    const STEP: usize = 1 << 22;
    let mut length = [0; 8];
    file.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    let size = size_of::<T>() as u64;
    if length > LONGEST || !length.is_multiple_of(size) {
        return Err(odd());
    }
    let count = usize::try_from(length / size).map_err(|_| odd())?;
    let mut values: Vec<T> = Vec::new();
    while values.len() < count {
        let from = values.len();
        values.resize((from + STEP).min(count), T::zeroed());
        file.read_exact(bytemuck::cast_slice_mut(&mut values[from..]))?;
    }
    Ok(values)
}

/// Whether all columns are as long as each other, and every number in them leads to something.
pub fn fits(logs: &Logs) -> bool {
    let (e, read) = (&logs.read.events, &logs.read);
    let events = e.len();
    let lengths = [e.length.len(), e.body.len(), e.line.len(), e.pid.len(), e.origin.len(), e.request.len(), e.instance.len()];
    let more = [logs.of.len(), e.time.len(), e.level.len()];
    let scored = logs.importance.is_empty() || logs.importance.len() == events;
    if !scored || lengths.iter().chain(&more).any(|n| *n != events) {
        return false;
    }
    let symbols = read.symbols.raw().1.len() as u32;
    let named = |s: Symbol| s.0 <= symbols;
    let origins = e.origins.list();
    let known = |o: &Origin| (o.file as usize) < read.files.len() && [o.logger, o.service, o.host].into_iter().all(named);
    let templates = &logs.templates;
    let counted = templates.counts.len() == templates.list.len()
        && templates.firsts.len() == templates.list.len()
        && templates.firsts.iter().flatten().all(|first| (*first as usize) < events);
    counted
        && origins.iter().all(known)
        && e.origin.iter().all(|o| (*o as usize) < origins.len())
        && e.request.iter().chain(&e.instance).copied().all(named)
        && e.callers.iter().all(|(a, b)| named(*a) && named(*b))
        && logs.of.iter().all(|id| (*id as usize) < templates.list.len())
}

fn row(origin: &Origin) -> Row {
    let Origin { file, logger, service, host, zone, form } = *origin;
    Row { file, logger: logger.0, service: service.0, host: host.0, zone, form: form as u16 }
}

fn origin(row: &Row) -> Option<Origin> {
    let form = [Form::Plain, Form::Json, Form::Csv].into_iter().find(|f| *f as u16 == row.form)?;
    let zone = (row.zone == NO_ZONE || row.zone.unsigned_abs() < 24 * 60).then_some(row.zone)?;
    let Row { file, logger, service, host, .. } = *row;
    Some(Origin { file, logger: Symbol(logger), service: Symbol(service), host: Symbol(host), zone, form })
}

fn level(byte: u8) -> Option<Level> {
    use Level::{Audit, Critical, Debug, Error, Info, Trace, Unknown, Warning};
    [Unknown, Trace, Debug, Info, Audit, Warning, Error, Critical].get(usize::from(byte)).copied()
}

fn odd() -> Error {
    Error::new(ErrorKind::InvalidData, "no index that this version reads")
}
