//! Events that were found, written out for other programs.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Explorer, Found, Row, Selection};
use crate::{Observer, events::NO_ZONE, ingest::time};

/// Events that are written between two reports of progress.
const BLOCK: usize = 1024;

/// How events are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export, export_to = "types.ts")]
pub enum Listing {
    /// A table with a line of names (RFC 4180).
    Csv,
    /// One JSON object a line, with the fields of [`Row`] and the whole message.
    Jsonl,
}

/// The columns of a table.
const COLUMNS: &str = "time,timestamp,level,service,host,logger,pid,request,instance,template,file,line,importance,message\r\n";

impl Listing {
    /// What its files end in.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }

    /// Writes what stands before the first event.
    ///
    /// # Errors
    /// The writer's.
    pub fn begin(self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Csv => out.write_all(COLUMNS.as_bytes()),
            Self::Jsonl => Ok(()),
        }
    }

    fn write(self, row: &Row, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Csv => table_line(row, out),
            Self::Jsonl => {
                serde_json::to_writer(&mut *out, row)?;
                out.write_all(b"\n")
            }
        }
    }
}

impl Explorer {
    /// Writes an event with its whole message.
    ///
    /// # Errors
    /// The writer's.
    pub fn write(&self, event: u32, listing: Listing, out: &mut dyn Write) -> io::Result<()> {
        let Some(row) = self.row(event) else { return Ok(()) };
        listing.write(&Row { message: self.logs.read.message(event as usize), ..row }, out)
    }

    /// Writes the events of a selection; gives how many. `told` hears how far it is.
    ///
    /// # Errors
    /// The writer's, and [`io::ErrorKind::Interrupted`] where the observer wants the work to stop.
    pub fn export(
        &self,
        selection: &Selection,
        listing: Listing,
        out: &mut dyn Write,
        observer: &dyn Observer,
        told: &dyn Fn(Found),
    ) -> io::Result<u32> {
        listing.begin(out)?;
        let events = selection.len() as u32;
        let mut written = 0;
        loop {
            // Page by page, so that a search into the same selection need not wait.
            let page = self.page(selection, written as usize, BLOCK.min((events - written) as usize));
            if page.is_empty() {
                out.flush()?;
                return Ok(written);
            }
            if observer.cancelled() {
                return Err(io::ErrorKind::Interrupted.into());
            }
            page.iter().try_for_each(|event| self.write(*event, listing, out))?;
            written += page.len() as u32;
            told(Found { found: written, searched: written, events });
        }
    }
}

fn table_line(row: &Row, out: &mut dyn Write) -> io::Result<()> {
    let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    let time = row.time.and_then(|ms| time::written((ms * 1000.0) as i64, NO_ZONE)).unwrap_or_default();
    let importance = row.importance.map(|i| i.to_string()).unwrap_or_default();
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let fields = [
        time,
        said(&row.timestamp),
        said(&row.level),
        said(&row.service),
        said(&row.host),
        said(&row.logger),
        number(row.pid),
        said(&row.request),
        said(&row.instance),
        row.template.to_string(),
        row.file.clone(),
        row.line.to_string(),
        importance,
        row.message.clone(),
    ];
    let line = fields.iter().map(|field| escaped(field)).collect::<Vec<_>>().join(",");
    write!(out, "{line}\r\n")
}

/// A field in quotes where it needs them, with its own quotes doubled.
fn escaped(field: &str) -> String {
    if field.contains([',', '"', '\r', '\n']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field.to_owned() }
}
