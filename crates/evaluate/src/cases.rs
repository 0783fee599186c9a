//! Cases on the disk: a folder each, with logs, their truth and what a user would type.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Serialize;

use crate::{Error, Kind, Truth};

/// A labelled run.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its folder within that of all cases: `failure/one`.
    pub name: String,
    /// Its logs.
    pub logs: PathBuf,
    /// What really happened.
    pub truth: Truth,
    /// What a user would type.
    pub issue: Option<String>,
}

/// A case that could not be evaluated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// Its name.
    pub case: String,
    /// Why, naming the file.
    pub reason: String,
    /// What can be done about it.
    pub remedy: String,
}

impl Broken {
    /// Notes why a case is broken.
    #[must_use]
    pub fn new(case: &str, error: &Error) -> Self {
        Self { case: case.to_owned(), reason: error.to_string(), remedy: error.hint().to_owned() }
    }
}

/// The cases of a folder.
#[derive(Debug, Clone, Default)]
pub struct Cases {
    /// The folder.
    pub root: PathBuf,
    /// By kind and then by name.
    pub list: Vec<Case>,
    /// Those that are not understood.
    pub broken: Vec<Broken>,
}

impl Cases {
    /// Finds the cases in the folders `failure`, `harmless` and `fault_free`; where none of these is there, each folder is a case, and is
    /// of the kind that its truth says.
    ///
    /// # Errors
    /// [`Error::NoCases`] where there are none, and [`Error::Engine`] where a folder cannot be read.
    pub fn find(root: &Path) -> Result<Self, Error> {
        let mut found = Self { root: root.to_owned(), ..Self::default() };
        let kinds = Kind::ALL.into_iter().filter(|kind| root.join(kind.folder()).is_dir());
        let folders: Vec<_> = kinds.map(|kind| (root.join(kind.folder()), Some(kind))).collect();
        for (folder, kind) in if folders.is_empty() { vec![(root.to_owned(), None)] } else { folders } {
            for case in subfolders(&folder)? {
                let name = case.strip_prefix(root).unwrap_or(&case).to_string_lossy().into_owned();
                match load(&case, &name, kind) {
                    Ok(case) => found.list.push(case),
                    Err(error) => found.broken.push(Broken::new(&name, &error)),
                }
            }
        }
        found.list.sort_by(|a, b| (a.truth.kind, &a.name).cmp(&(b.truth.kind, &b.name)));
        if found.list.is_empty() && found.broken.is_empty() {
            return Err(Error::NoCases(root.to_owned()));
        }
        Ok(found)
    }

    /// Takes every second fault-free run away, from the first on, to learn from.
    pub fn take_normal(&mut self) -> Vec<Case> {
        let mut free = 0;
        let (normal, list) = std::mem::take(&mut self.list).into_iter().partition(|case| {
            free += usize::from(case.truth.kind == Kind::FaultFree);
            case.truth.kind == Kind::FaultFree && free % 2 == 1
        });
        self.list = list;
        normal
    }

    /// Keeps at most so many cases of each kind, the first by name.
    pub fn limit(&mut self, most: usize) {
        let mut seen = [0; Kind::ALL.len()];
        self.list.retain(|case| {
            let seen = &mut seen[case.truth.kind as usize];
            *seen += 1;
            *seen <= most
        });
    }
}

/// The folders in a folder by name, but for hidden ones.
fn subfolders(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(engine::Error::io(folder))? {
        let entry = entry.map_err(engine::Error::io(folder))?;
        if entry.path().is_dir() && !entry.file_name().to_string_lossy().starts_with('.') {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

fn load(folder: &Path, name: &str, kind: Option<Kind>) -> Result<Case, Error> {
    let truth = Truth::load(folder, kind)?;
    let logs = folder.join("logs");
    fs::metadata(&logs).map_err(engine::Error::io(&logs))?;
    let path = folder.join("issue.txt");
    let typed = path.exists().then(|| fs::read_to_string(&path).map_err(engine::Error::io(&path))).transpose()?;
    let issue = typed.or_else(|| truth.issue.clone()).map(|issue| issue.trim().to_owned()).filter(|issue| !issue.is_empty());
    Ok(Case { name: name.to_owned(), logs, truth, issue })
}
