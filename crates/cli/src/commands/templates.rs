//! `templates`: lists what the logs say, without what varies.

use std::fmt::Write;

use engine::{Folder, Reading, template};

use crate::{
    args::{Listing, Templates},
    failure::Failure,
    print,
    watch::Watch,
};

/// Runs the command.
pub fn run(args: &Templates) -> Result<(), Failure> {
    let logs = engine::load(&Folder::new(&args.logs), &Reading::default(), &[], &Watch::new())?;
    let (read, templates) = (&logs.read, &logs.templates);
    let text = match args.format {
        Listing::Count => {
            format!("events={} lines={} bytes={} templates={}\n", read.events.len(), read.lines, read.bytes, templates.list.len())
        }
        Listing::Text => table(templates),
    };
    print::result(&text)
}

fn table(templates: &template::Templates) -> String {
    let mut order: Vec<usize> = (0..templates.list.len()).collect();
    order.sort_by_key(|n| std::cmp::Reverse(templates.counts[*n]));
    let mut text = String::new();
    for n in order {
        let template = &templates.list[n];
        let (origin, said) = (print::harmless(&template.origin), print::harmless(&template.text));
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{:>9}  {origin}: {said}", templates.counts[n]);
    }
    text
}
