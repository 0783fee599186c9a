//! The logs that the window looks into, and what was found in them.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use engine::{
    Error, Folder, Logs, Observer,
    explore::{
        Around, Detail, Explorer, Facet, Found, Histogram, Kind, Listing, Opened, Query, Row, Selection, Term, now, preview,
    },
    template::edits::Edits,
};

use settings::Folders;

use crate::{failure::Failure, job::Job};

/// Views whose selections are kept; the one searched in longest ago goes first.
const MOST_VIEWS: usize = 4;
/// Rows that can be asked for at a time.
const MOST_ROWS: usize = 1000;
/// Rows of a first look.
const PREVIEW: usize = 500;
/// Milliseconds between two messages to the window.
const INTERVAL: u64 = 50;

/// The logs that are open, and what was found in them.
#[derive(Debug, Clone, Default)]
pub struct Explored(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    path: PathBuf,
    logs: Option<Arc<Logs>>,
    explorer: Option<Arc<Explorer>>,
    views: Vec<(String, Arc<Selection>)>,
}

impl Explored {
    /// Takes logs in place of those before.
    pub fn set(&self, path: &Path, logs: Arc<Logs>) {
        *self.lock() = State { path: absolute(path), logs: Some(logs), ..State::default() };
    }

    /// Lets go of the logs: what was read of them is no longer there.
    pub fn close(&self) {
        let mut state = self.lock();
        let path = std::mem::take(&mut state.path);
        *state = State { path, ..State::default() };
    }

    /// Shows the same logs with the user's edits of templates; does nothing where none are open.
    pub fn edit(&self, edits: &Edits) {
        let Ok(logs) = self.logs() else { return };
        let edited = Arc::new(logs.edited(edits));
        let mut state = self.lock();
        if state.logs.as_ref().is_some_and(|now| Arc::ptr_eq(now, &logs)) {
            (state.logs, state.explorer) = (Some(edited), None);
            state.views.clear();
        }
    }

    /// Where the logs that are open lie.
    pub fn path(&self) -> PathBuf {
        self.lock().path.clone()
    }

    /// The logs that are open.
    pub fn logs(&self) -> Result<Arc<Logs>, Failure> {
        let logs = self.lock().logs.clone();
        logs.ok_or_else(|| Failure::new("no_logs_open", "no logs are open", "open a folder of logs first"))
    }

    /// Reads and mines logs, unless they are open already.
    pub fn open(&self, folders: &Folders, path: &Path, job: &Job) -> Result<Opened, Failure> {
        let is_open = self.lock().logs.is_some() && self.lock().path == absolute(path);
        if !is_open {
            let logs = engine::load(&Folder::new(path).cached(&folders.cache), &settings::reading(folders, path)?, &[], job)?;
            self.set(path, Arc::new(logs));
        }
        Ok(self.explorer()?.opened())
    }

    /// Rows from the beginnings of the files, before anything is read.
    pub fn preview(path: &Path) -> Result<Vec<Row>, Failure> {
        Ok(preview::rows(path, PREVIEW)?)
    }

    /// Searches, and keeps what is found as the view's selection; `told` hears of it at most 20 times a second, and at the end.
    pub fn search(&self, view: &str, query: &str, job: &Job, told: impl Fn(Found) + Sync) -> Result<Found, Failure> {
        let query = Query::parse(query)?;
        let explorer = self.explorer()?;
        let selection = Arc::new(Selection::default());
        self.keep(view, &selection);
        let found = explorer.search(&query, &selection, job, &seldom(job, &told))?;
        told(found);
        Ok(found)
    }

    /// Rows of what was found.
    pub fn rows(&self, view: &str, start: usize, count: usize) -> Result<Vec<Row>, Failure> {
        let (explorer, selection) = self.found(view)?;
        Ok(explorer.rows(&selection, start, count.min(MOST_ROWS)))
    }

    /// The values of what was found.
    pub fn facets(&self, view: &str) -> Result<Vec<Facet>, Failure> {
        let (explorer, selection) = self.found(view)?;
        Ok(explorer.facets(&selection))
    }

    /// What was found, over time.
    pub fn histogram(&self, view: &str, buckets: usize) -> Result<Histogram, Failure> {
        let (explorer, selection) = self.found(view)?;
        Ok(explorer.histogram(&selection, buckets))
    }

    /// The row of an event among what was found.
    pub fn place(&self, view: &str, event: u32) -> Result<Option<usize>, Failure> {
        let (explorer, selection) = self.found(view)?;
        Ok(explorer.place_of(event, &selection))
    }

    /// Everything about an event.
    pub fn detail(&self, event: u32) -> Result<Detail, Failure> {
        let stale = || Failure::new("no_event", "there is no such event", "search again: other logs were opened since");
        self.explorer()?.detail(event).ok_or_else(stale)
    }

    /// The templates that the open logs have.
    pub fn templates(&self) -> Result<Vec<Kind>, Failure> {
        Ok(self.explorer()?.kinds())
    }

    /// The lines of a file around a place, as they are on the disk now.
    pub fn around_now(&self, file: &str, line: u32, before: u32, after: u32) -> Result<Around, Failure> {
        Ok(now::around(&self.path(), file, line, before, after)?)
    }

    /// The lines of a file around a place, as they were read.
    pub fn around(&self, file: &str, line: u32, before: u32, after: u32) -> Result<Around, Failure> {
        let unknown = || Error::NotFound(file.into()).into();
        self.explorer()?.around(file, line, before, after).ok_or_else(unknown)
    }

    /// The events around one: of its file, or of all files by time.
    pub fn context(&self, event: u32, before: usize, after: usize, everywhere: bool) -> Result<Vec<Row>, Failure> {
        let explorer = self.explorer()?;
        let events = explorer.context(event, before.min(MOST_ROWS), after.min(MOST_ROWS), everywhere);
        Ok(events.into_iter().filter_map(|event| explorer.row(event)).collect())
    }

    /// Writes what was found into a file: all of it, or nothing.
    pub fn export(&self, view: &str, to: (Listing, &Path), job: &Job, told: impl Fn(Found) + Sync) -> Result<(), Failure> {
        let (explorer, selection) = self.found(view)?;
        let (listing, path) = to;
        settings::disk::write_with(path, |out| explorer.export(&selection, listing, out, job, &seldom(job, &told)).map(drop))
            .map_err(|error| if job.cancelled() { Error::Cancelled.into() } else { Failure::from(error) })
    }

    fn explorer(&self) -> Result<Arc<Explorer>, Failure> {
        if let Some(explorer) = self.lock().explorer.clone() {
            return Ok(explorer);
        }
        // Putting millions of events into order takes a while, in which others shall not wait for the lock.
        let logs = self.logs()?;
        let explorer = Arc::new(Explorer::new(Arc::clone(&logs)));
        let mut state = self.lock();
        if state.logs.as_ref().is_some_and(|now| Arc::ptr_eq(now, &logs)) {
            state.explorer = Some(Arc::clone(&explorer));
        }
        Ok(explorer)
    }

    fn keep(&self, view: &str, selection: &Arc<Selection>) {
        let views = &mut self.lock().views;
        views.retain(|(other, _)| other != view);
        let surplus = (views.len() + 1).saturating_sub(MOST_VIEWS);
        views.drain(..surplus);
        views.push((view.to_owned(), Arc::clone(selection)));
    }

    fn found(&self, view: &str) -> Result<(Arc<Explorer>, Arc<Selection>), Failure> {
        let explorer = self.explorer()?;
        let selection = self.lock().views.iter().find(|(other, _)| other == view).map(|(_, selection)| Arc::clone(selection));
        let none = || Failure::new("no_search", "nothing was searched for in this view", "search again");
        Ok((explorer, selection.ok_or_else(none)?))
    }

    /// A poisoned lock holds whole values here, as each change is a single one.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The terms of a query, each in its canonical text.
pub fn terms(query: &str) -> Result<Vec<String>, Failure> {
    Ok(Query::parse(query)?.terms.iter().map(ToString::to_string).collect())
}

/// A query with more terms.
pub fn with(query: &str, terms: &str) -> Result<String, Failure> {
    changed(query, terms, Query::with)
}

/// A query with fewer terms.
pub fn without(query: &str, terms: &str) -> Result<String, Failure> {
    changed(query, terms, Query::without)
}

fn changed(query: &str, terms: &str, change: fn(&Query, &Term) -> Query) -> Result<String, Failure> {
    let terms = Query::parse(terms)?.terms;
    Ok(terms.iter().fold(Query::parse(query)?, |query, term| change(&query, term)).to_string())
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.into())
}

/// Tells at most 20 times a second.
fn seldom(job: &Job, told: impl Fn(Found) + Sync) -> impl Fn(Found) + Sync {
    let last = AtomicU64::new(0);
    move |found| {
        let now = (job.seconds() * 1000.0) as u64 + INTERVAL;
        let before = last.load(Ordering::Relaxed);
        if now >= before + INTERVAL && last.compare_exchange(before, now, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            told(found);
        }
    }
}

#[cfg(test)]
mod tests;
