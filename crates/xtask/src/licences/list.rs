//! The list as a file: one package a line, each text once.

use anyhow::{Result, bail};

use super::texts::{Met, Text};

/// Words that tell the text of a licence, by its name; in lower case and without signs.
const MARKS: [(&str, &str); 7] = [
    ("MIT", "permission is hereby granted free of charge"),
    ("Apache-2.0", "apache license version 2 0"),
    ("BSD-3-Clause", "neither the name"),
    ("Zlib", "without any express or implied warranty"),
    ("MPL-2.0", "mozilla public license version 2 0"),
    ("Unlicense", "this is free and unencumbered software"),
    ("BSL-1.0", "boost software license version 1 0"),
];

/// Something that is shipped.
#[derive(Debug, Clone)]
pub struct Package {
    /// Whether it is a crate, else it comes from npm.
    pub is_crate: bool,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it may be used under, as an SPDX expression.
    pub licence: String,
    /// The systems that it is shipped for, by Rust's names; none for those that are shipped everywhere.
    pub systems: Vec<String>,
    /// Its authors, where it has no text that names the holders.
    pub authors: Vec<String>,
    /// Its own texts.
    pub texts: Vec<Text>,
}

impl Package {
    /// A package without systems and texts.
    #[must_use]
    pub fn new(is_crate: bool, name: &str, version: &str, licence: &str) -> Self {
        let [name, version, licence] = [name, version, licence].map(str::to_owned);
        Self { is_crate, name, version, licence, systems: Vec::new(), authors: Vec::new(), texts: Vec::new() }
    }

    /// Its name and version.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{} {}", self.name, self.version)
    }
}

/// The file's text.
///
/// # Errors
/// Where a package has no text of its own, and no other one has that of its licence.
pub fn written(mut packages: Vec<Package>) -> Result<String> {
    packages.sort_by_cached_key(|package| (package.name.to_lowercase(), package.version.clone()));
    let mut met = Met::default();
    let mut places: Vec<Vec<usize>> = Vec::new();
    for package in &packages {
        places.push(package.texts.iter().map(|text| met.place(&text.body)).collect());
    }
    for (package, places) in packages.iter().zip(&mut places) {
        if places.is_empty() {
            *places = borrowed(&package.licence, &met);
        }
        if places.is_empty() {
            bail!("{} has no text for {}", package.title(), package.licence);
        }
    }
    let rows: Vec<_> = packages.iter().zip(&places).map(|(package, places)| row(package, places)).collect();
    let texts: Vec<_> = met.texts.iter().map(|text| quoted(text)).collect();
    Ok(format!("{{\n\"packages\": [\n{}\n],\n\"texts\": [\n{}\n]\n}}\n", rows.join(",\n"), texts.join(",\n")))
}

/// What is on the list, without texts.
#[must_use]
pub fn read(text: &str) -> Vec<Package> {
    let value = |line: &str, key: &str| {
        let rest = line.split_once(&format!("\"{key}\":\""))?.1;
        Some(rest.split_once('"')?.0.to_owned())
    };
    let package = |line: &str| {
        let mut package = Package::new(
            value(line, "from")? == "crate",
            &value(line, "name")?,
            &value(line, "version")?,
            &value(line, "licence")?,
        );
        let systems = line.split_once("\"systems\":[").and_then(|(_, rest)| rest.split_once(']')).map_or("", |(list, _)| list);
        package.systems = systems.split('"').skip(1).step_by(2).map(str::to_owned).collect();
        Some(package)
    };
    text.lines().filter(|line| line.starts_with("{\"from\"")).filter_map(package).collect()
}

/// The texts of a licence as other packages have them.
fn borrowed(licence: &str, met: &Met) -> Vec<usize> {
    let named = |id: &str| licence.split(|c: char| c.is_whitespace() || "()".contains(c)).any(|word| word == id);
    MARKS.iter().filter(|(id, _)| named(id)).filter_map(|(_, words)| met.with(words)).collect()
}

fn row(package: &Package, places: &[usize]) -> String {
    let list = |texts: &[String]| texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(",");
    let mut holders = Vec::new();
    for holder in package.texts.iter().flat_map(|text| &text.holders).chain(&package.authors) {
        if !holders.contains(holder) {
            holders.push(holder.clone());
        }
    }
    format!(
        "{{\"from\":\"{}\",\"name\":{},\"version\":{},\"licence\":{},\"systems\":[{}],\"holders\":[{}],\"texts\":{places:?}}}",
        if package.is_crate { "crate" } else { "npm" },
        quoted(&package.name),
        quoted(&package.version),
        quoted(&package.licence),
        list(&package.systems),
        list(&holders),
    )
}

/// A text in JSON.
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\t' => "\\t".to_owned(),
        c if c.is_control() => format!("\\u{:04x}", c as u32),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, licence: &str, texts: &[&str]) -> Package {
        let text = |body: &&str| Text { holders: vec![format!("© {name}")], body: (*body).to_owned() };
        Package {
            systems: vec!["linux".to_owned()],
            texts: texts.iter().map(text).collect(),
            ..Package::new(true, name, "1.0.0", licence)
        }
    }

    #[test]
    fn what_is_written_is_read_and_a_text_stands_once() {
        let mit = "Permission is hereby granted, free of charge, \"as is\"";
        let lacking = Package { authors: vec!["A. Uthor".to_owned()], ..package("c", "MIT", &[]) };
        let text =
            written(vec![package("b", "MIT", &[mit]), lacking, package("a", "MIT OR Apache-2.0", &[mit, "Other"])]).unwrap();
        let titles: Vec<_> = read(&text).iter().map(|package| (package.title(), package.systems.join(","))).collect();
        assert_eq!(titles, ["a", "b", "c"].map(|name| (format!("{name} 1.0.0"), "linux".to_owned())));
        assert_eq!(text.matches("free of charge").count(), 1);
        assert!(text.contains("\"holders\":[\"A. Uthor\"],\"texts\":[0]}"), "{text}");
        assert!(text.contains("\\\"as is\\\""), "{text}");
    }

    #[test]
    fn a_package_without_any_text_is_refused() {
        let error = written(vec![package("a", "MPL-2.0", &[])]).unwrap_err().to_string();
        assert_eq!(error, "a 1.0.0 has no text for MPL-2.0");
    }
}
