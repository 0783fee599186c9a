//! The forms as they really look: every example in `examples/*.toml` is read with the fields that stand beside it.

use std::{fs, path::PathBuf};

use serde::Deserialize;

use super::*;

/// A file of examples.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// The form's name in `docs/formats.md`.
    form: String,
    /// The row of names, of a form that has one.
    names: Option<String>,
    example: Vec<Example>,
}

/// A line, and what is read from it; what is not given is not said by the line.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    line: String,
    time: String,
    #[serde(default)]
    level: String,
    #[serde(default)]
    pid: u32,
    #[serde(default)]
    program: String,
    #[serde(default)]
    host: String,
    #[serde(default)]
    logger: String,
    #[serde(default)]
    request: String,
    #[serde(default)]
    global: String,
    #[serde(default)]
    instance: String,
    message: String,
}

fn tables() -> Vec<(String, Table)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/ingest/formats/examples");
    let mut tables: Vec<(String, Table)> = fs::read_dir(folder)
        .expect("the folder of examples")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).expect("a table");
            (name.clone(), toml::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}")))
        })
        .collect();
    tables.sort_by(|a, b| a.0.cmp(&b.0));
    tables
}

/// What is read from a record, one field on a line.
fn told(dialect: &Dialect, record: &[u8]) -> String {
    let line = record.split(|b| *b == b'\n').next().unwrap_or_default();
    let Some(h) = dialect.header(line) else { return "no header".into() };
    let time = time::written(h.stamp.micros, h.stamp.zone).unwrap_or_default();
    let message = match h.form {
        Form::Plain => String::from_utf8_lossy(&line[h.body..]).into_owned(),
        form => message(form, record, h.body),
    };
    format!(
        "time {time}\nlevel {}\npid {}\nprogram {}\nhost {}\nlogger {}\nrequest {}\nglobal {}\ninstance {}\nmessage {message}",
        h.level.name().unwrap_or_default(),
        h.pid,
        h.program,
        h.host,
        h.logger,
        h.request,
        h.global_request,
        h.instance
    )
}

fn expected(e: &Example) -> String {
    format!(
        "time {}\nlevel {}\npid {}\nprogram {}\nhost {}\nlogger {}\nrequest {}\nglobal {}\ninstance {}\nmessage {}",
        e.time, e.level, e.pid, e.program, e.host, e.logger, e.request, e.global, e.instance, e.message
    )
}

#[test]
fn every_example_is_read_as_its_table_says() {
    let mut wrong = String::new();
    for (name, table) in tables() {
        for example in &table.example {
            let sample = format!("{}\n{}\n", table.names.as_deref().unwrap_or_default(), example.line);
            let dialect = detect(sample.trim_start().as_bytes(), "x.log");
            // Alone a line is read as well as in its file, unless a row of names is needed.
            let alone = if table.names.is_none() { vec![Dialect::default()] } else { Vec::new() };
            for dialect in alone.iter().chain([&dialect]) {
                let (told, expected) = (told(dialect, example.line.as_bytes()), expected(example));
                if told != expected {
                    let differs = told.lines().zip(expected.lines()).filter(|(a, b)| a != b);
                    let differs: Vec<_> = differs.map(|(a, b)| format!("  {a:?}, not {b:?}")).collect();
                    wrong.extend([&name, ": ", &example.line, "\n", &differs.join("\n"), "\n"]);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_form_stands_in_the_documentation() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/formats.md");
    let documentation = fs::read_to_string(path).expect("docs/formats.md");
    for (name, table) in tables() {
        let row = documentation.lines().find(|l| l.starts_with(&format!("| {} |", table.form)));
        assert!(
            row.is_some_and(|row| row.contains(&format!("examples/{name}"))),
            "{} with examples/{name} has no row",
            table.form
        );
    }
    let rows = documentation.lines().filter(|l| l.starts_with("| ") && l.contains("examples/")).count();
    assert_eq!(rows, tables().len(), "a row of the table has no examples, or examples have no row");
}
