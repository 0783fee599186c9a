//! `events`: lists the events that a query asks for.

use std::{
    collections::HashSet,
    io::{self, BufWriter, IsTerminal, Write},
};

use console::{Style, Term};
use engine::{
    Folder, Reading,
    explore::{Explorer, Facet, Listing, Query, Row, Selection},
};

use crate::{
    args::{Events, Output},
    failure::Failure,
    print,
    text::Look,
    watch::{self, Watch},
};

/// Events that are fetched at a time.
const PAGE: usize = 4096;

/// Runs the command.
pub fn run(args: &Events) -> Result<(), Failure> {
    // Before the long work, so that it is not done in vain.
    let query = Query::parse(&args.query)?;
    let watch = Watch::new();
    let logs = engine::load(&Folder::new(&args.logs), &Reading::default(), &[], &watch)?;
    let explorer = Explorer::new(logs.into());
    let selection = Selection::default();
    let found = explorer.search(&query, &selection, &watch, &|_| ())?;
    drop(watch);
    if args.count {
        return print::result(&format!("{}\n", found.found));
    }
    if args.facets {
        return print::result(&facets(&explorer.facets(&selection), args.format));
    }
    list(&explorer, &selection, args)
}

fn list(explorer: &Explorer, selection: &Selection, args: &Events) -> Result<(), Failure> {
    let mut out = Sheet::new(args.format);
    out.begin().map_err(|error| Failure::output(&error))?;
    let most = args.limit.unwrap_or(usize::MAX).min(selection.len());
    let (mut start, mut written) = (0, HashSet::new());
    while start < most {
        let page = explorer.page(selection, start, PAGE.min(most - start));
        for event in &page {
            if watch::interrupted() {
                return Err(Failure::Cancelled);
            }
            around(explorer, *event, args.context, &mut written, &mut out).map_err(|error| Failure::output(&error))?;
        }
        start += page.len();
    }
    out.out.flush().map_err(|error| Failure::output(&error))?;
    if most < selection.len() {
        print::note(format!("and {} more, without --limit", selection.len() - most));
    }
    Ok(())
}

/// Writes an event with those around it in its file, but none twice.
fn around(
    explorer: &Explorer,
    event: u32,
    context: usize,
    written: &mut HashSet<u32>,
    out: &mut Sheet<impl Write>,
) -> io::Result<()> {
    if context == 0 {
        return out.event(explorer, event, true);
    }
    let group = explorer.context(event, context, context);
    if !written.is_empty() && group.iter().all(|other| !written.contains(other)) {
        out.gap()?;
    }
    group.into_iter().filter(|other| written.insert(*other)).try_for_each(|other| out.event(explorer, other, other == event))
}

/// What is written on standard output.
struct Sheet<W: Write> {
    out: W,
    format: Output,
    colour: bool,
    /// Whether control characters would reach a terminal.
    terminal: bool,
}

impl Sheet<BufWriter<io::StdoutLock<'static>>> {
    fn new(format: Output) -> Self {
        let colour = Look::of(&Term::stdout()).has_colour();
        Self { out: BufWriter::new(io::stdout().lock()), format, colour, terminal: io::stdout().is_terminal() }
    }
}

impl<W: Write> Sheet<W> {
    fn begin(&mut self) -> io::Result<()> {
        self.listing().map_or(Ok(()), |listing| listing.begin(&mut self.out))
    }

    fn listing(&self) -> Option<Listing> {
        match self.format {
            Output::Text => None,
            Output::Csv => Some(Listing::Csv),
            Output::Jsonl => Some(Listing::Jsonl),
        }
    }

    /// Parts groups of events.
    fn gap(&mut self) -> io::Result<()> {
        if self.format == Output::Text { writeln!(self.out, "--") } else { Ok(()) }
    }

    fn event(&mut self, explorer: &Explorer, event: u32, found: bool) -> io::Result<()> {
        let Some(listing) = self.listing() else {
            return explorer.row(event).map_or(Ok(()), |row| self.row(&row, found));
        };
        if !self.terminal {
            return explorer.write(event, listing, &mut self.out);
        }
        let mut bytes = Vec::new();
        explorer.write(event, listing, &mut bytes)?;
        String::from_utf8_lossy(&bytes).lines().try_for_each(|line| writeln!(self.out, "{}", print::harmless(line)))
    }

    fn row(&mut self, row: &Row, found: bool) -> io::Result<()> {
        let said = |text: &Option<String>| print::harmless(text.as_deref().unwrap_or("-"));
        let level = format!("{:8}", said(&row.level));
        let level = match row.level.as_deref() {
            Some("ERROR" | "CRITICAL") => self.styled(Style::new().red().bold(), level),
            Some("WARNING") => self.styled(Style::new().yellow(), level),
            _ => level,
        };
        let source =
            [&row.service, &row.host].into_iter().flatten().map(|name| print::harmless(name)).collect::<Vec<_>>().join("@");
        let lines = if row.lines > 1 { format!(" (+{} lines)", row.lines - 1) } else { String::new() };
        let message = print::harmless(&row.message);
        let message = if found { message } else { self.styled(Style::new().dim(), message) };
        let place = self.styled(Style::new().dim(), format!("{}:{}{lines}", print::harmless(&row.file), row.line));
        writeln!(self.out, "{:23}  {level} {source}  {message}  {place}", said(&row.timestamp))
    }

    fn styled(&self, style: Style, text: String) -> String {
        if self.colour { style.force_styling(true).apply_to(text).to_string() } else { text }
    }
}

fn facets(facets: &[Facet], format: Output) -> String {
    let mut text = String::new();
    if format == Output::Csv {
        text.push_str("field,value,count,errors\r\n");
    }
    for facet in facets {
        for value in &facet.values {
            let shown = print::harmless(if format == Output::Text { &value.label } else { &value.value });
            let line = match format {
                Output::Text => format!("{:>9} {:>9}  {}: {shown}\n", value.count, value.errors, facet.field),
                Output::Csv => format!("{},\"{}\",{},{}\r\n", facet.field, shown.replace('"', "\"\""), value.count, value.errors),
                Output::Jsonl => {
                    let line = serde_json::json!({
                        "field": facet.field, "value": value.value, "label": value.label, "count": value.count, "errors": value.errors,
                    });
                    format!("{line}\n")
                }
            };
            text.push_str(&line);
        }
        if facet.more > 0 && format == Output::Text {
            let rest = format!("{:>19}  {}: and {} more values\n", "", facet.field, facet.more);
            text.push_str(&rest);
        }
    }
    if format == Output::Text && !text.is_empty() { format!("{:>9} {:>9}\n{text}", "events", "errors") } else { text }
}
