//! `models`: lists the models.

use std::fmt::Write;

use crate::{failure::Failure, print, surroundings::Surroundings};

/// Runs the command.
pub fn run() -> Result<(), Failure> {
    let Surroundings { folders, settings } = Surroundings::find()?;
    let mut text = String::new();
    for entry in settings::models::list(&folders)? {
        let summary = &entry.summary;
        let chosen = if summary.name == settings.model { "*" } else { " " };
        let place = entry.path.map_or_else(|| "part of the program".to_owned(), |path| path.display().to_string());
        let state = entry.problem.unwrap_or_else(|| {
            format!(
                "{} templates, {} events, validation loss {:.4}, trained {} on {}",
                summary.templates, summary.events, summary.validation_loss, summary.date, summary.trained_on
            )
        });
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{chosen} {:20} {}\n{:23}{}", summary.name, print::harmless(&state), "", place);
    }
    if text.is_empty() {
        print::note(format!("There are no models yet in {}; train one with `openstack-rca train`.", folders.models.display()));
    }
    print::result(&text)
}
