//! Events as rows, one by one with all that is known, and with their neighbours.

use rayon::prelude::*;

use super::{Detail, Explorer, Row, Selection, millis};
use crate::events::{NO_TIME, Symbol};

/// Characters of a message that a row shows.
const LONGEST_MESSAGE: usize = 500;
/// Bytes of a record that are shown as they stand.
const LONGEST_RAW: usize = 256 << 10;

impl Explorer {
    /// Rows of a selection.
    #[must_use]
    pub fn rows(&self, selection: &Selection, start: usize, count: usize) -> Vec<Row> {
        self.page(selection, start, count).into_iter().filter_map(|event| self.row(event)).collect()
    }

    /// An event as a row; none where there is no such event.
    #[must_use]
    pub fn row(&self, event: u32) -> Option<Row> {
        let read = &self.logs.read;
        let (n, events) = (event as usize, &read.events);
        let time = *events.time.get(n)?;
        let origin = events.origin_of(n);
        let said = |symbol: Symbol| read.symbols.said(symbol).map(str::to_owned);
        let line = events.line[n];
        Some(Row {
            event,
            time: (time != NO_TIME).then(|| millis(time)),
            timestamp: read.written(n),
            level: events.level[n].name().map(str::to_owned),
            service: said(origin.service),
            host: said(origin.host),
            logger: said(origin.logger),
            pid: Some(events.pid[n]).filter(|pid| *pid != 0),
            request: said(events.request[n]),
            instance: said(events.instance[n]),
            template: self.logs.of[n],
            file: read.files[origin.file as usize].path.clone(),
            line,
            lines: read.end_line(n) + 1 - line,
            message: shortened(&read.headline(n), LONGEST_MESSAGE),
            importance: self.logs.importance.get(n).copied(),
            muted: self.logs.templates.is_muted(self.logs.of[n]),
        })
    }

    /// An event with everything that is known of it; none where there is no such event.
    #[must_use]
    pub fn detail(&self, event: u32) -> Option<Detail> {
        let (n, read) = (event as usize, &self.logs.read);
        let row = self.row(event)?;
        let (request, instance) = (read.events.request[n], read.events.instance[n]);
        let templates = &self.logs.templates;
        Some(Detail {
            message: read.message(n),
            raw: shortened(read.text(n).trim_ascii_end(), LONGEST_RAW),
            caller: read.symbols.said(read.events.caller(request)).map(str::to_owned),
            template_text: templates.list.get(row.template as usize).map(|t| t.text.clone()).unwrap_or_default(),
            template_name: templates.name(row.template).map(str::to_owned),
            template_origin: templates.list.get(row.template as usize).map(|t| t.origin.clone()).unwrap_or_default(),
            template_count: templates.counts.get(row.template as usize).copied().unwrap_or_default(),
            request_count: count(&read.events.request, request),
            instance_count: count(&read.events.instance, instance),
            row,
        })
    }

    /// The events around one, itself included: those of its file, or `everywhere` those of all files by time.
    #[must_use]
    pub fn context(&self, event: u32, before: usize, after: usize, everywhere: bool) -> Vec<u32> {
        if event as usize >= self.order.len() {
            return Vec::new();
        }
        if everywhere {
            let place = self.place(event);
            return self.order[place.saturating_sub(before)..(place + after + 1).min(self.order.len())].to_vec();
        }
        let (own, [before, after]) = (self.neighbours(event), [before, after].map(|n| n.min(self.order.len()) as u32));
        (event.saturating_sub(before).max(own.start)..(event + after + 1).min(own.end)).collect()
    }
}

/// Counts the events that have a symbol.
fn count(column: &[Symbol], symbol: Symbol) -> u32 {
    if symbol.is_none() { 0 } else { column.par_iter().filter(|s| **s == symbol).count() as u32 }
}

/// Text with at most so many characters.
pub fn shortened(bytes: &[u8], longest: usize) -> String {
    // A character has at most four bytes.
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(longest.saturating_mul(4))]);
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None if bytes.len() > text.len() => format!("{text}…"),
        None => text.into_owned(),
    }
}
