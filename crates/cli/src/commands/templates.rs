//! `templates`: lists what the logs say, without what varies, and keeps what the user makes of it.

mod changes;
mod labels;
mod list;

use std::path::Path;

use engine::{Folder, Reading};
use settings::Folders;

use crate::{
    args::{Listing, Templates},
    failure::Failure,
    print, surroundings,
    watch::Watch,
};

/// Runs the command.
pub fn run(args: &Templates) -> Result<(), Failure> {
    let folders = surroundings::folders()?;
    match (&args.change, &args.logs) {
        (Some(change), _) => changes::run(change, &folders),
        (None, Some(logs)) => show(args, logs, &folders),
        // The arguments demand one of the two.
        (None, None) => Ok(()),
    }
}

fn show(args: &Templates, logs: &Path, folders: &Folders) -> Result<(), Failure> {
    let edits = settings::templates::load(folders)?;
    let logs = Folder::new(logs).cached(&folders.cache);
    let logs = engine::load(&logs, &Reading::default(), &[], &Watch::new())?.edited(&edits);
    if let Some(path) = &args.labels {
        print::note(labels::judge(&logs, path)?);
    }
    print::result(&match args.format {
        Listing::Count => list::count(&logs),
        Listing::Text => list::text(&logs),
        Listing::Csv => list::csv(&logs),
        Listing::Json => list::json(&logs),
    })
}
