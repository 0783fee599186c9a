//! A known failure, as the files in `knowledge/` describe it.

use serde::Deserialize;

use crate::report::CategoryId;

/// The place of a [`Signature`] in its tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SignatureId(u32);

impl SignatureId {
    pub(super) fn new(index: usize) -> Self {
        Self(index as u32)
    }

    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a record that matches says about the incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It shows the fault itself.
    Cause,
    /// It shows what followed from a fault elsewhere: the message of a caller, or of a step that waited in vain.
    Symptom,
}

/// So many records of one kind within so many minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Records, 2 or more.
    pub count: u32,
    /// Minutes, 1 to 1440.
    pub minutes: u32,
}

/// Other known failures that show beside one.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Company {
    /// Names of signatures; a record of one of them is enough.
    pub any: Vec<String>,
    /// How near its record must be, before or after, in minutes, 1 to 1440.
    pub minutes: u32,
    /// How surely it is this failure in such company, where it also counts alone; none: it counts in company only.
    pub confidence: Option<f64>,
}

/// A known failure.
///
/// It matches a text that holds one of [`any`](Self::any), every one of [`all`](Self::all), none of [`not`](Self::not), and,
/// where there is one, fits the [`pattern`](Self::pattern).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Its name, in kebab case: `db-too-many-connections`.
    pub id: String,
    /// One plain sentence for an operator.
    pub title: String,
    /// Whether it shows a cause or what followed from one.
    pub kind: Kind,
    /// The report's category of the fault.
    pub category: CategoryId,
    /// The project where the fault is: `mariadb`. `host` is the machine below; where no [`culprit`](Self::culprit) is named either,
    /// any process on it may write the record, and that process is the one that suffers: a full disk, a port that is taken.
    pub subsystem: String,
    /// The process at fault, where it is not the one that writes the record: `mariadb`.
    pub culprit: Option<String>,
    /// Processes that usually write the record; empty where any may.
    #[serde(default)]
    pub services: Vec<String>,
    /// Literal fragments of the text, in the letter case of the service; one must be there.
    pub any: Vec<String>,
    /// Literal fragments that must all be there too.
    #[serde(default)]
    pub all: Vec<String>,
    /// Literal fragments of normal work; none may be there.
    #[serde(default)]
    pub not: Vec<String>,
    /// A regular expression that must match as well, where literals cannot tell. What it matches, or its first group does, counts as what
    /// the signature accounts for: the most specific signature comes first.
    pub pattern: Option<String>,
    /// How surely a new record that matches means this failure, 0 to 1.
    pub confidence: f64,
    /// How many records make it count, for what also happens now and then in normal work; none: the first counts.
    pub rate: Option<Rate>,
    /// What else must show nearby, or makes it surer.
    pub with: Option<Company>,
    /// The releases of OpenStack that it is known from, where that matters: `2023.1-2024.2`, `Queens-Train, 2023.1`.
    pub releases: Option<String>,
    /// Where to look for what lies behind it, in words; every symptom has it.
    pub look_upstream: Option<String>,
    /// Names of the signatures that usually lie behind it.
    #[serde(default)]
    pub usual_causes: Vec<String>,
    /// Subsystems that usually lie behind it.
    #[serde(default)]
    pub usual_subsystems: Vec<String>,
    /// What happens in this failure, in two or three sentences.
    pub explanation: String,
    /// Commands that confirm it and change nothing.
    pub confirm: Vec<String>,
    /// What to do about it, in order.
    pub remedy: Vec<String>,
    /// Where the message comes from: a source file, a bug number or a page of the documentation.
    pub reference: String,
    /// A record's text that matches.
    pub positive: String,
    /// A record's text that looks similar and must not match.
    pub negative: String,
    /// The user's own file that it comes from; none for one that ships with the program.
    #[serde(skip)]
    pub file: Option<String>,
}
