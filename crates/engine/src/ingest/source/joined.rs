//! Several sources as one.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use super::{Folder, Source, Texts};
use crate::{Error, Observer, ingest::Skipped};

/// Several folders read as one: the first part of each path is the name of its folder, so that paths stay distinct. One folder alone
/// is as it is.
#[derive(Debug, Clone)]
pub struct Joined {
    name: PathBuf,
    folders: Vec<Folder>,
    /// By what the paths of each begin; none where there is one folder.
    parts: Vec<String>,
}

impl Joined {
    /// The folders at these paths, each once. What is packed in them is unpacked as [`Folder::cached`] says.
    #[must_use]
    pub fn new(paths: &[PathBuf], cache: &Path) -> Self {
        let mut seen = BTreeSet::new();
        let mut paths = paths.to_vec();
        paths.retain(|path| seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())));
        let name = paths.iter().map(|path| path.to_string_lossy()).collect::<Vec<_>>().join(" and ");
        let folders = paths.iter().map(|path| Folder::new(path).cached(cache)).collect();
        let parts = if paths.len() > 1 { named(&paths) } else { Vec::new() };
        Self { name: name.into(), folders, parts }
    }
}

/// A name for each folder: its own, with a number where another has the same.
fn named(paths: &[PathBuf]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for path in paths {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let own = path.file_name().map_or_else(|| "logs".to_owned(), |name| name.to_string_lossy().into_owned());
        let numbered = (2..).map(|number| format!("{own}-{number}"));
        let free = std::iter::once(own.clone()).chain(numbered).find(|name| !names.contains(name));
        names.push(free.unwrap_or(own));
    }
    names
}

impl Source for Joined {
    fn name(&self) -> &Path {
        &self.name
    }

    fn parts(&self) -> &[String] {
        &self.parts
    }

    fn texts(&self, skipped: &mut Vec<Skipped>, observer: &dyn Observer) -> Result<Texts, Error> {
        let [alone] = &self.folders[..] else { return self.joined(skipped, observer) };
        alone.texts(skipped, observer)
    }
}

impl Joined {
    fn joined(&self, skipped: &mut Vec<Skipped>, observer: &dyn Observer) -> Result<Texts, Error> {
        let mut all = Texts::default();
        for (folder, part) in self.folders.iter().zip(&self.parts) {
            let within = |path: &str| if path == "." { part.clone() } else { format!("{part}/{path}") };
            let noted = skipped.len();
            let texts = folder.texts(skipped, observer)?;
            if texts.looked_at == 0 {
                return Err(Error::Empty(folder.name().into()));
            }
            skipped[noted..].iter_mut().for_each(|note| note.path = within(&note.path));
            let streams = all.logs.iter().map(|text| text.stream + 1).max().unwrap_or(0);
            all.logs.extend(texts.logs.into_iter().map(|mut text| {
                (text.path, text.stream) = (within(&text.path), text.stream + streams);
                text
            }));
            all.facts.extend(texts.facts.into_iter().map(|mut fact| {
                fact.path = within(&fact.path);
                fact
            }));
            all.looked_at += texts.looked_at;
            all.leases.extend(texts.leases);
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_folder_has_a_name_of_its_own() {
        let paths = ["/a/logs", "/b/logs", "/c/logs/", "/c/logs-2", "/"].map(PathBuf::from);
        assert_eq!(named(&paths), ["logs", "logs-2", "logs-3", "logs-2-2", "logs-4"]);
    }
}
