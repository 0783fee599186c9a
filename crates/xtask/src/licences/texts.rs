//! The texts of licences as packages hold them, and what is the same in many.

use std::{collections::HashMap, fs, path::Path};

use anyhow::{Context, Result};

/// How the names of files begin that hold a licence or what it demands to be passed on.
const NAMES: [&str; 6] = ["LICENSE", "LICENCE", "COPYING", "UNLICENSE", "COPYRIGHT", "NOTICE"];

/// Endings of files that begin so and are something else.
const OTHERS: [&str; 6] = ["rs", "toml", "json", "html", "js", "spdx"];

/// A text that says who holds the rights, in lines of their own, and what may be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The lines that name the holders.
    pub holders: Vec<String>,
    /// All other lines.
    pub body: String,
}

/// The texts in a package's folder.
///
/// # Errors
/// Where one cannot be read.
pub fn within(folder: &Path) -> Result<Vec<Text>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| is_licence(path)).collect();
    paths.sort();
    let texts = paths.iter().map(|path| {
        let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        Ok(split(&String::from_utf8_lossy(&bytes)))
    });
    texts.collect()
}

fn is_licence(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
    let other = path.extension().is_some_and(|ending| OTHERS.iter().any(|one| ending == *one));
    path.is_file() && !other && NAMES.iter().any(|begin| name.starts_with(begin))
}

/// Parts the holders from the rest, so that the rest can be told to be the same. They stand in the first lines, or where the
/// licence has a place for them behind its end.
fn split(text: &str) -> Text {
    let text = text.replace("\r\n", "\n").replace('\u{feff}', "");
    let anywhere = text.trim_start().starts_with("Apache License");
    let is_holder = |at: usize, line: &str| {
        let line = line.trim().to_lowercase();
        let named = ["copyright", "©", "(c)"].iter().any(|begin| line.starts_with(begin));
        // A clause of a licence may be numbered (c), but names no year.
        (at < 40 || anywhere) && named && line.contains(|c: char| c.is_ascii_digit())
    };
    let (mut holders, mut body) = (Vec::new(), Vec::new());
    for (at, line) in text.lines().enumerate() {
        if is_holder(at, line) { holders.push(line.trim().to_owned()) } else { body.push(line.trim_end()) }
    }
    Text { holders, body: body.join("\n").trim_matches('\n').to_owned() }
}

/// Texts that were met, each once. Two are the same where they have the same words, whatever their signs.
#[derive(Debug, Default)]
pub struct Met {
    /// The texts, in the order in which they were met.
    pub texts: Vec<String>,
    places: HashMap<String, usize>,
    counts: Vec<usize>,
}

impl Met {
    /// The place of a text among those that were met.
    pub fn place(&mut self, body: &str) -> usize {
        let body = body.trim_end();
        let words = body.replace("https://", "http://").to_lowercase();
        let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let place = *self.places.entry(words).or_insert(self.texts.len());
        if place == self.texts.len() {
            self.texts.push(body.to_owned());
            self.counts.push(0);
        }
        self.counts[place] += 1;
        place
    }

    /// The text met most often that holds these words, which are in lower case and without signs.
    #[must_use]
    pub fn with(&self, words: &str) -> Option<usize> {
        let holding = self.places.iter().filter(|(text, _)| text.contains(words)).map(|(_, place)| *place);
        holding.max_by_key(|place| (self.counts[*place], usize::MAX - place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_licence_of_two_holders_is_one_text() {
        let first = split("The MIT License\n\nCopyright (c) 2019 A\nCopyright 2020 B\n\nPermission is\nhereby granted");
        let second = split("The MIT License\r\n\r\nCopyright (c) 2021 C\r\n\r\nPermission is hereby\r\ngranted  \r\n");
        assert_eq!(first.holders, ["Copyright (c) 2019 A", "Copyright 2020 B"]);
        let mut met = Met::default();
        assert_eq!((met.place(&first.body), met.place("Other"), met.place(&second.body)), (0, 1, 0));
        assert_eq!((met.texts.len(), met.with("hereby granted"), met.with("mozilla")), (2, Some(0), None));
    }

    #[test]
    fn a_line_that_only_speaks_of_copyright_stays_in_its_text() {
        let text = split("Apache License\n(c) You must retain all notices\nCopyright [yyyy] [name of copyright owner]");
        assert!(text.holders.is_empty() && text.body.contains("(c) You") && text.body.contains("[yyyy]"), "{text:?}");
    }
}
