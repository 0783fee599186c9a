//! Changes of templates: kept, taken back, listed.

use std::fmt::Write;

use engine::template::{
    Template,
    edits::{Edit, Edits},
    merge::ANY,
};
use settings::{Folders, templates};

use crate::{args::Change, failure::Failure, print};

/// Keeps a change, or takes one back, or lists them.
pub fn run(change: &Change, folders: &Folders) -> Result<(), Failure> {
    match change {
        Change::Changes => return print::result(&list(&templates::load(folders)?)),
        Change::Undo => match templates::undo(folders)? {
            Some(edit) => print::note(format!("Taken back: {}", told(&edit))),
            None => return Err(Failure::users("there is no change to take back", "list them with `templates changes`")),
        },
        _ => {
            let edit = edit(change)?;
            print::note(format!("Kept: {}", told(&edit)));
            templates::add(folders, edit)?;
        }
    }
    Ok(())
}

fn edit(change: &Change) -> Result<Edit, Failure> {
    let key = |origin: &String, text: &String| Template { origin: origin.clone(), text: text.clone() };
    Ok(match change {
        Change::Merge { origin, into, from } => {
            Edit::Merge { into: key(origin, into), from: from.iter().map(|text| key(origin, text)).collect() }
        }
        Change::Split { origin, text, place } => {
            let wildcards = text.split(' ').enumerate().filter(|(_, word)| *word == ANY).map(|(at, _)| at);
            let Some(at) = place.checked_sub(1).and_then(|nth| wildcards.clone().nth(nth)) else {
                return Err(Failure::users(
                    format!("the template has no {ANY} number {place}"),
                    format!("give a number from 1 to {}", wildcards.count()),
                ));
            };
            Edit::Split { template: key(origin, text), place: at }
        }
        Change::Name { origin, text, name } => Edit::Name { template: key(origin, text), name: name.clone() },
        Change::Mute { origin, text, off } => Edit::Mute { template: key(origin, text), muted: !off },
        Change::Undo | Change::Changes => return Err(Failure::users("nothing to keep", "name a change")),
    })
}

fn list(edits: &Edits) -> String {
    let mut text = String::new();
    for (n, edit) in edits.list.iter().enumerate() {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{:>4}  {}", n + 1, told(edit));
    }
    text
}

/// An edit in words.
fn told(edit: &Edit) -> String {
    let said = |template: &Template| print::harmless(&format!("{}: {}", template.origin, template.text));
    match edit {
        Edit::Merge { into, from } => {
            format!("merge into {}: {}", said(into), from.iter().map(said).collect::<Vec<_>>().join("; "))
        }
        Edit::Split { template, place } => format!("split at word {}: {}", place + 1, said(template)),
        Edit::Name { template, name } => format!("name {:?}: {}", name, said(template)),
        Edit::Mute { template, muted } => format!("{}: {}", if *muted { "mute" } else { "unmute" }, said(template)),
    }
}
