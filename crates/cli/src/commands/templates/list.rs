//! The list of templates in each of its forms.

use std::{borrow::Cow, cmp::Reverse, fmt::Write};

use engine::{Logs, template};

use crate::print;

/// A template that the logs have.
struct Row<'a> {
    count: u32,
    level: &'static str,
    /// As the log wrote it.
    first: Option<String>,
    origin: &'a str,
    text: &'a str,
    name: &'a str,
    muted: bool,
    /// The first message.
    example: String,
}

/// The templates that the logs have, the most frequent first.
fn rows(logs: &Logs) -> Vec<Row<'_>> {
    let templates = &logs.templates;
    let levels = template::levels(&logs.read, &logs.of, templates.list.len());
    let mut rows: Vec<Row> = (0..templates.list.len())
        .filter_map(|id| {
            let event = templates.firsts[id]? as usize;
            Some(Row {
                count: templates.counts[id],
                level: levels[id].name().unwrap_or(""),
                first: logs.read.written(event),
                origin: &templates.list[id].origin,
                text: &templates.list[id].text,
                name: templates.name(id as u32).unwrap_or(""),
                muted: templates.is_muted(id as u32),
                example: String::from_utf8_lossy(&logs.read.headline(event)).into_owned(),
            })
        })
        .collect();
    rows.sort_by_key(|row| Reverse(row.count));
    rows
}

/// The figures alone.
pub fn count(logs: &Logs) -> String {
    let (read, counts) = (&logs.read, &logs.templates.counts);
    let templates = counts.iter().filter(|count| **count > 0).count();
    format!("events={} lines={} bytes={} templates={templates}\n", read.events.len(), read.lines, read.bytes)
}

/// A table for the terminal.
pub fn text(logs: &Logs) -> String {
    let mut out = String::new();
    for row in rows(logs) {
        let (origin, text) = (print::harmless(row.origin), print::harmless(row.text));
        let name = if row.name.is_empty() { String::new() } else { format!("  ({})", print::harmless(row.name)) };
        let muted = if row.muted { "  muted" } else { "" };
        // Writing into a string cannot fail.
        let _ = writeln!(out, "{:>9}  {:8}  {origin}: {text}{name}{muted}", row.count, row.level);
    }
    out
}

/// A table for spreadsheets.
pub fn csv(logs: &Logs) -> String {
    let mut out = "count,level,first,origin,text,name,muted,example\n".to_owned();
    for row in rows(logs) {
        let fields = [row.first.as_deref().unwrap_or(""), row.origin, row.text, row.name].map(quoted).join(",");
        // Writing into a string cannot fail.
        let _ = writeln!(out, "{},{},{fields},{},{}", row.count, row.level, row.muted, quoted(&row.example));
    }
    out
}

/// A list for programs.
pub fn json(logs: &Logs) -> String {
    let row = |row: Row| {
        serde_json::json!({
            "count": row.count, "level": row.level, "first": row.first, "origin": row.origin, "text": row.text,
            "name": row.name, "muted": row.muted, "example": row.example,
        })
    };
    let rows: Vec<serde_json::Value> = rows(logs).into_iter().map(row).collect();
    format!("{:#}\n", serde_json::Value::Array(rows))
}

/// A field of a CSV, in quotes where it needs them.
fn quoted(field: &str) -> Cow<'_, str> {
    if field.contains([',', '"', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")).into() } else { field.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must() {
        assert_eq!(quoted("a b"), "a b");
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
    }
}
