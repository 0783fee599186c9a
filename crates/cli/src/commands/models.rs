//! `models`: lists the models, and does something with one of them.

use std::{
    fmt::Write,
    path::{Path, PathBuf},
};

use serde::Serialize;
use settings::{
    ModelEntry,
    library::{self, ModelDetail},
    models::DEFAULT,
    package::EXTENSION,
};

use crate::{
    args::{Action, Models, Written},
    failure::Failure,
    print,
    surroundings::Surroundings,
};

/// Runs the command.
pub fn run(args: &Models) -> Result<(), Failure> {
    let found = Surroundings::find()?;
    let folders = &found.folders;
    match &args.action {
        None => list(&found, Written::Text),
        Some(Action::List { format }) => list(&found, *format),
        Some(Action::Show { name, format }) => show(&library::detail(folders, name)?, *format),
        Some(Action::Import { from, name }) => taken_in(&library::import(folders, from, name.as_deref())?),
        Some(Action::Export { name, output }) => export(&found, name, output.as_deref()),
        Some(Action::Rename { from, to }) => {
            library::rename(folders, from, to)?;
            print::result(&format!("The model {from} is named {to} now.\n"))
        }
        Some(Action::Remove { name }) => removed(&library::remove(folders, name)?),
        Some(Action::Default { name }) => {
            library::make_default(folders, name)?;
            print::result(&format!("Analyses use the model {name} from now on.\n"))
        }
    }
}

fn list(found: &Surroundings, format: Written) -> Result<(), Failure> {
    let entries = settings::models::list(&found.folders)?;
    if format == Written::Json {
        return json(&entries);
    }
    if entries.is_empty() {
        let folder = found.folders.models.display();
        print::note(format!("There are no models yet in {folder}; train one with `openstack-rca train`."));
    }
    let lines: String = entries.iter().map(|entry| line(entry, &found.settings.model)).collect();
    print::result(&lines)
}

fn line(entry: &ModelEntry, in_use: &str) -> String {
    let summary = &entry.summary;
    let chosen = if summary.name == in_use { "*" } else { " " };
    let state = entry.problem.clone().unwrap_or_else(|| {
        format!(
            "{} templates, {} events, validation loss {:.4}, trained {} on {}",
            summary.templates, summary.events, summary.validation_loss, summary.date, summary.trained_on
        )
    });
    format!("{chosen} {:20} {}\n{:23}{}\n", summary.name, print::harmless(&state), "", place(entry))
}

fn place(entry: &ModelEntry) -> String {
    entry.path.as_ref().map_or_else(|| "part of the program".to_owned(), |path| path.display().to_string())
}

fn show(detail: &ModelDetail, format: Written) -> Result<(), Failure> {
    if format == Written::Json {
        return json(detail);
    }
    let ModelDetail { entry, profile, card, .. } = detail;
    let mut text =
        format!("{}\n{}, {} bytes, format version {}\n", entry.summary.name, place(entry), entry.bytes, entry.summary.version);
    // Writing into a string cannot fail.
    if let Some(problem) = &entry.problem {
        _ = writeln!(text, "\nIt cannot be used: {}", print::harmless(problem));
    }
    if let Some(profile) = profile {
        let folders = if profile.folders.is_empty() { "not named".to_owned() } else { profile.folders.join(", ") };
        _ = writeln!(text, "Folders: {}\nSequence length: {}", print::harmless(&folders), profile.config.sequence_length);
    }
    if let Some(card) = card {
        _ = write!(text, "\n{}", print::harmless_lines(card));
    }
    print::result(&text)
}

fn export(found: &Surroundings, name: &str, output: Option<&Path>) -> Result<(), Failure> {
    let file = output.map_or_else(|| PathBuf::from(format!("{name}.{EXTENSION}")), Path::to_path_buf);
    library::export(&found.folders, name, &file)?;
    print::result(&format!("The model {name} is in {}.\n", file.display()))
}

fn taken_in(imported: &library::Imported) -> Result<(), Failure> {
    let library::Imported { name, instead_of } = imported;
    let why = instead_of.as_ref().map_or_else(String::new, |own| format!(", and not {}", print::harmless(own)));
    print::result(&format!("The model is there now, named {name}{why}; `openstack-rca models default {name}` puts it to use.\n"))
}

fn removed(removed: &library::Removed) -> Result<(), Failure> {
    let library::Removed { name, was_in_use, uncovers } = removed;
    let instead = match (was_in_use, uncovers) {
        (true, false) => format!(" It was in use: analyses use the model {DEFAULT} from now on."),
        (true, true) => " It was in use: analyses use the one of that name that ships from now on.".to_owned(),
        (false, _) => String::new(),
    };
    print::result(&format!("The model {name} is removed.{instead}\n"))
}

fn json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::json(&error))?;
    print::result(&(text + "\n"))
}
