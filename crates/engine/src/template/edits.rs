//! What a user makes of templates: some merged, one split, named, muted. Plain data, applied after mining.
//!
//! An edit names templates by what they say, so it holds for other logs too. Where no template says exactly that, it is about those
//! of the same origin that fit: a `<*>` fits any word. An edit about templates that the logs do not have does nothing.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Template, TemplateId, Templates, mask, merge::ANY};
use crate::ingest::Ingested;

/// A user's edits, in the order in which they were made: each finds the templates as those before have left them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edits {
    /// The edits.
    pub list: Vec<Edit>,
}

impl Edits {
    /// Whether a template is to be left out, be it part of one that another edit has made.
    #[must_use]
    pub fn is_muted(&self, template: &Template) -> bool {
        let (mut now, mut muted) = (template, false);
        let is = |key: &Template, now: &Template| key.origin == now.origin && fits(&key.text, &now.text);
        for edit in &self.list {
            match edit {
                Edit::Merge { into, from } if from.iter().any(|key| is(key, now)) => now = into,
                Edit::Mute { template, muted: to } if is(template, now) => muted = *to,
                _ => {}
            }
        }
        muted
    }
}

/// One edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind")]
#[ts(export, export_to = "types.ts")]
pub enum Edit {
    /// Templates become one.
    Merge {
        /// The one that stays.
        into: Template,
        /// Those that become part of it.
        from: Vec<Template>,
    },
    /// A template becomes one for each word that stands in a place.
    Split {
        /// The template.
        template: Template,
        /// Which of its words, from 0: one with a `<*>` in it.
        place: usize,
    },
    /// A template gets a name.
    Name {
        /// The template.
        template: Template,
        /// The name; empty takes it away.
        name: String,
    },
    /// A template is left out of findings, or no longer so.
    Mute {
        /// The template.
        template: Template,
        /// Whether it is left out.
        muted: bool,
    },
}

/// What a user says of a template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note {
    /// Its name.
    pub name: Option<String>,
    /// Whether it is left out of findings. It is counted all the same.
    pub muted: bool,
}

/// Templates as a user wants them.
#[derive(Debug)]
pub struct Edited {
    /// The templates. Those that were there keep their numbers, without events where they were merged or split; new ones follow.
    pub templates: Templates,
    /// Each event's template.
    pub of: Vec<TemplateId>,
    /// For each template those from before that its events may come from.
    pub before: Vec<Vec<TemplateId>>,
}

/// Applies edits to mined templates.
#[must_use]
pub fn apply(edits: &Edits, read: &Ingested, templates: Templates, of: Vec<TemplateId>) -> Edited {
    let before = (0..templates.list.len()).map(|id| vec![id as TemplateId]).collect();
    let mut edited = Edited { templates, of, before };
    for edit in &edits.list {
        match edit {
            Edit::Merge { into, from } => edited.merge(into, from),
            Edit::Split { template, place } => edited.split(template, *place, read),
            Edit::Name { template, name } => {
                let name = (!name.is_empty()).then(|| name.clone());
                edited.note(template, |note| note.name.clone_from(&name));
            }
            Edit::Mute { template, muted } => edited.note(template, |note| note.muted = *muted),
        }
    }
    if !edits.list.is_empty() {
        edited.count();
    }
    edited
}

impl Edited {
    /// The templates that an edit is about, but for those that an earlier one has emptied.
    fn find(&self, key: &Template) -> Vec<TemplateId> {
        let all = |fits: &dyn Fn(&Template) -> bool| {
            let list = self.templates.list.iter().enumerate().filter(|(id, _)| !self.before[*id].is_empty());
            list.filter(|(_, t)| fits(t)).map(|(id, _)| id as TemplateId).collect::<Vec<_>>()
        };
        let exact = all(&|t| t == key);
        if exact.is_empty() { all(&|t| t.origin == key.origin && fits(&key.text, &t.text)) } else { exact }
    }

    /// A template that says this, made where there is none.
    fn make(&mut self, template: &Template) -> TemplateId {
        if let Some(id) = self.templates.list.iter().position(|t| t == template) {
            return id as TemplateId;
        }
        self.templates.list.push(template.clone());
        self.before.push(Vec::new());
        self.before.len() as TemplateId - 1
    }

    fn merge(&mut self, into: &Template, from: &[Template]) {
        let mut from: Vec<TemplateId> = from.iter().flat_map(|key| self.find(key)).collect();
        if from.is_empty() {
            return;
        }
        from.extend(self.find(into));
        let into = self.make(into);
        from.retain(|id| *id != into);
        for id in &mut self.of {
            if from.contains(id) {
                *id = into;
            }
        }
        for id in from {
            let moved = std::mem::take(&mut self.before[id as usize]);
            self.before[into as usize].extend(moved);
        }
    }

    fn split(&mut self, key: &Template, place: usize, read: &Ingested) {
        for id in self.find(key) {
            let parent = self.templates.list[id as usize].clone();
            let Some(was) = parent.text.split(' ').nth(place).map(str::to_owned) else { continue };
            let mut parts: FxHashMap<String, TemplateId> = FxHashMap::default();
            for event in 0..self.of.len() {
                if self.of[event] != id {
                    continue;
                }
                let word = word(read, event, place).unwrap_or_else(|| was.clone());
                self.of[event] = if let Some(part) = parts.get(&word) {
                    *part
                } else {
                    let part = self.make(&Template { origin: parent.origin.clone(), text: with(&parent.text, place, &word) });
                    parts.insert(word, part);
                    part
                };
            }
            let came = self.before[id as usize].clone();
            if !parts.is_empty() && parts.values().all(|part| *part != id) {
                self.before[id as usize].clear();
            }
            for part in parts.values().filter(|part| **part != id) {
                self.before[*part as usize].extend(&came);
            }
        }
    }

    fn note(&mut self, key: &Template, change: impl Fn(&mut Note)) {
        for id in self.find(key) {
            change(self.templates.notes.entry(id).or_default());
        }
    }

    /// Counts anew what each template has.
    fn count(&mut self) {
        let templates = &mut self.templates;
        templates.counts = vec![0; templates.list.len()];
        templates.firsts = vec![None; templates.list.len()];
        for (event, id) in self.of.iter().enumerate() {
            templates.counts[*id as usize] += 1;
            templates.firsts[*id as usize].get_or_insert(event as u32);
        }
    }
}

/// Whether a text is one that a key with wildcards is about.
fn fits(key: &str, text: &str) -> bool {
    let (mut key, mut text) = (key.split(' '), text.split(' '));
    loop {
        match (key.next(), text.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a == b || a == ANY => {}
            _ => return false,
        }
    }
}

/// A word of an event's masked message, as it was before the merging of messages made a wildcard of it.
fn word(read: &Ingested, event: usize, place: usize) -> Option<String> {
    let mut text = Vec::new();
    mask::mask(&read.headline(event), &mut text);
    String::from_utf8_lossy(&text).split(' ').nth(place).map(str::to_owned)
}

/// The text with another word in a place.
fn with(text: &str, place: usize, word: &str) -> String {
    text.split(' ').enumerate().map(|(n, old)| if n == place { word } else { old }).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Logs, Reading, Silent, ingest::source::Memory, load};

    const LINES: [&str; 7] =
        ["volume 'a' up", "volume 'b' up", "volume 'c' up", "volume 'a' up", "Disk is full", "The disk is full", "Ready"];

    fn logs() -> Logs {
        let lines = LINES.map(|line| format!("2025-01-01 10:00:00.000 7 INFO a.b [-] {line}\n")).concat();
        load(&Memory { texts: vec![("x.log".to_owned(), lines.into_bytes())] }, &Reading::default(), &[], &Silent).unwrap()
    }

    fn key(text: &str) -> Template {
        Template { origin: "a.b".to_owned(), text: text.to_owned() }
    }

    fn edited(list: Vec<Edit>) -> Edited {
        let logs = logs();
        apply(&Edits { list }, &logs.read, logs.templates, logs.of)
    }

    /// The text of each event's template.
    fn texts(edited: &Edited) -> Vec<&str> {
        edited.of.iter().map(|id| edited.templates.list[*id as usize].text.as_str()).collect()
    }

    fn check(list: Vec<Edit>, expected: [&str; 7]) {
        let edited = edited(list);
        assert_eq!(texts(&edited), expected);
        let templates = &edited.templates;
        assert_eq!(templates.counts.iter().sum::<u32>(), 7, "every event is counted");
        for (id, first) in templates.firsts.iter().enumerate() {
            assert_eq!(first.is_some(), templates.counts[id] > 0);
            assert_eq!(templates.counts[id] == 0, edited.before[id].is_empty(), "{}", templates.list[id].text);
        }
    }

    #[test]
    fn templates_are_merged() {
        let merge = |into: &str| Edit::Merge { into: key(into), from: vec![key("The disk is full"), key("Disk is full")] };
        let up = "volume <*> up";
        check(vec![merge("Disk is full")], [up, up, up, up, "Disk is full", "Disk is full", "Ready"]);
        check(vec![merge("No space")], [up, up, up, up, "No space", "No space", "Ready"]);
        check(vec![Edit::Merge { into: key("Ready"), from: vec![key("Not there")] }], texts(&edited(vec![])).try_into().unwrap());
    }

    #[test]
    fn a_template_is_split_by_the_words_in_a_place() {
        let split = || Edit::Split { template: key("volume <*> up"), place: 1 };
        let rest = ["Disk is full", "The disk is full", "Ready"];
        let (a, b, c) = ("volume 'a' up", "volume 'b' up", "volume 'c' up");
        check(vec![split()], [a, b, c, a, rest[0], rest[1], rest[2]]);
        let back = Edit::Merge { into: key(a), from: vec![key(c)] };
        check(vec![split(), back], [a, b, a, a, rest[0], rest[1], rest[2]]);
        let whole = Edit::Merge { into: key("volume <*> up"), from: vec![key("volume <*> up")] };
        let up = "volume <*> up";
        check(vec![split(), whole], [up, up, up, up, rest[0], rest[1], rest[2]]);
        check(vec![Edit::Split { template: key(up), place: 9 }], [up, up, up, up, rest[0], rest[1], rest[2]]);
    }

    #[test]
    fn names_and_mutes_stay_with_their_templates() {
        let up = key("volume <*> up");
        let name = |name: &str| Edit::Name { template: up.clone(), name: name.to_owned() };
        let mute = |muted| Edit::Mute { template: key("Ready"), muted };
        let done = edited(vec![name("up"), mute(true), Edit::Merge { into: up.clone(), from: vec![key("Disk is full")] }]);
        let (first, last) = (done.of[0], done.of[6]);
        assert_eq!((done.templates.name(first), done.templates.is_muted(first)), (Some("up"), false));
        assert_eq!((done.templates.name(last), done.templates.is_muted(last)), (None, true));
        assert_eq!(done.templates.counts[last as usize], 1, "what is muted is counted");
        let undone = edited(vec![name("up"), name(""), mute(true), mute(false)]);
        assert_eq!((undone.templates.name(first), undone.templates.is_muted(last)), (None, false));
    }

    #[test]
    fn what_is_merged_into_a_muted_template_is_muted() {
        let merge = Edit::Merge { into: key("Disk full"), from: vec![key("disk <*> is full")] };
        let mute = |muted| Edit::Mute { template: key("Disk full"), muted };
        let muted = |list: Vec<Edit>, text: &str| Edits { list }.is_muted(&key(text));
        assert!(muted(vec![mute(true)], "Disk full") && !muted(vec![mute(true)], "Disk empty"));
        assert!(muted(vec![merge.clone(), mute(true)], "disk 'a' is full"));
        assert!(!muted(vec![merge, mute(true), mute(false)], "disk 'a' is full"));
    }

    #[test]
    fn a_key_with_wildcards_is_about_all_that_fit() {
        assert!(fits("volume <*> up", "volume 'a' up") && fits("a", "a"));
        assert!(!fits("volume 'a' up", "volume <*> up") && !fits("volume <*>", "volume 'a' up"));
    }
}
