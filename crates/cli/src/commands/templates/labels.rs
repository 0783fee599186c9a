//! How well templates agree with labels that tell which statement wrote each line.

use std::{collections::HashMap, path::Path};

use engine::{
    Logs,
    template::accuracy::{Accuracy, compare, statement},
};

use crate::failure::Failure;

/// Labels of lines.
#[derive(Debug, Default, PartialEq)]
struct Labels {
    /// By file and line; LogHub's name no file.
    of: HashMap<(String, u32), String>,
    /// Whether they say which call of an API a line is about.
    calls: bool,
}

/// Compares the templates of labelled lines with their labels.
pub fn judge(logs: &Logs, path: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(path).map_err(engine::Error::io(path))?;
    let labels = read(&text).map_err(|reason| {
        Failure::users(
            format!("{}: {reason}", path.display()),
            "give a CSV with the columns file, line and template, or LogHub's structured CSV",
        )
    })?;
    let events = &logs.read.events;
    let (mut found, mut truth, mut said, mut wrote) = (Ids::default(), Ids::default(), Ids::default(), Ids::default());
    for event in 0..events.len() {
        let file = &logs.read.files[events.file(event) as usize].path;
        let file = if labels.calls { file.clone() } else { String::new() };
        let Some(label) = labels.of.get(&(file, events.line[event])) else { continue };
        let template = &logs.templates.list[logs.of[event] as usize];
        found.push(format!("{} {}", template.origin, template.text));
        said.push(format!("{} {}", template.origin, statement(&template.text)));
        wrote.push(if labels.calls { label.split(' ').take(2).collect::<Vec<_>>().join(" ") } else { label.clone() });
        truth.push(label.clone());
    }
    let (templates, statements) = (compare(&truth.list, &found.list), compare(&wrote.list, &said.list));
    Ok(format!(
        "{} of {} labelled lines are events. Templates: {}. Statements, which leave out route, status and exception: {}.",
        templates.messages,
        labels.of.len(),
        figures(&templates),
        figures(&statements)
    ))
}

fn figures(accuracy: &Accuracy) -> String {
    let Accuracy { truth, found, right, .. } = accuracy;
    format!("GA={:.4} FGA={:.4}, {found} found, {truth} in truth, {right} right", accuracy.ga(), accuracy.fga())
}

/// Numbers for texts.
#[derive(Default)]
struct Ids {
    ids: HashMap<String, u32>,
    list: Vec<u32>,
}

impl Ids {
    fn push(&mut self, text: String) {
        let next = self.ids.len() as u32;
        self.list.push(*self.ids.entry(text).or_insert(next));
    }
}

/// Reads labels in either form.
fn read(text: &str) -> Result<Labels, String> {
    let mut records = records(text).into_iter();
    let head = records.next().unwrap_or_default();
    let column = |name: &str| head.iter().position(|field| field == name);
    let (file, line, template) = (column("file"), column("line").or(column("LineId")), column("template").or(column("EventId")));
    let (Some(line), Some(template)) = (line, template) else {
        return Err("it has no columns that tell line and template".to_owned());
    };
    let mut labels = Labels { calls: file.is_some(), ..Labels::default() };
    for record in records {
        let field = |at: usize| record.get(at).map_or("", String::as_str);
        let number = field(line).trim().parse().map_err(|_| format!("{:?} is no line's number", field(line)))?;
        labels.of.insert((file.map_or("", field).to_owned(), number), field(template).to_owned());
    }
    Ok(labels)
}

/// The records of a CSV: fields with commas between them, in quotes where they hold some.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
            }
            '\r' if !quoted => {}
            c => field.push(c),
        }
    }
    if !field.is_empty() || !record.is_empty() {
        record.push(field);
        records.push(record);
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_in_both_forms() {
        let ours = read("file,line,template\na/b.log,3,nova.x GET /v2 200\n").unwrap();
        assert_eq!(ours.of[&("a/b.log".to_owned(), 3)], "nova.x GET /v2 200");
        assert!(ours.calls);
        let hub = read("LineId,Logrecord,Content,EventId,EventTemplate\r\n1,a,\"x, \"\"y\"\"\n\",E25,<*>\r\n2,a,z,E1,z").unwrap();
        assert_eq!((hub.of[&(String::new(), 1)].as_str(), hub.of[&(String::new(), 2)].as_str()), ("E25", "E1"));
        assert!(!hub.calls);
        assert!(read("a,b\n1,2\n").unwrap_err().contains("no columns"));
        assert!(read("LineId,EventId\nx,E1\n").unwrap_err().contains("\"x\""));
    }
}
