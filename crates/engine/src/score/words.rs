//! The words of templates: what a template means to the network, whether it was seen before or not.

use rustc_hash::FxHashMap;

use super::windows::Bags;
use crate::template::Template;

/// The words a model knows, each once.
#[derive(Debug, Clone, Default)]
pub struct Words {
    list: Vec<String>,
    ids: FxHashMap<String, u32>,
}

impl Words {
    /// All words of a set of templates, in the order in which they come.
    #[must_use]
    pub fn of(templates: &[Template]) -> Self {
        let mut words = Self::default();
        for template in templates {
            each(template, |word, _| words.add(word));
        }
        words
    }

    fn add(&mut self, word: &str) {
        if !self.ids.contains_key(word) {
            self.ids.insert(word.to_owned(), self.list.len() as u32);
            self.list.push(word.to_owned());
        }
    }

    /// These words and one more.
    #[must_use]
    pub fn with(mut self, word: &str) -> Self {
        self.add(word);
        self
    }

    /// The number of a word that is known.
    #[must_use]
    pub fn id(&self, word: &str) -> Option<u32> {
        self.ids.get(word).copied()
    }

    /// Words as an artifact keeps them.
    #[must_use]
    pub fn from_list(list: Vec<String>) -> Self {
        let ids = list.iter().enumerate().map(|(n, w)| (w.clone(), n as u32)).collect();
        Self { list, ids }
    }

    /// The words in the order of their ids.
    #[must_use]
    pub fn list(&self) -> &[String] {
        &self.list
    }

    /// Templates as bags of the words that are known; one of unknown words alone is an empty bag.
    #[must_use]
    pub fn bags(&self, templates: &[Template]) -> Bags {
        let mut bags = Bags::default();
        let mut row: Vec<(u32, f32)> = Vec::new();
        for template in templates {
            row.clear();
            each(template, |word, weight| {
                if let Some(id) = self.ids.get(word) {
                    row.push((*id, weight));
                }
            });
            row.sort_unstable_by_key(|(id, _)| *id);
            row.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                kept.1 += if same { next.1 } else { 0.0 };
                same
            });
            bags.push(&row);
        }
        bags
    }
}

/// Calls with each word of a template and its weight: the logger counts as a word of its own and by its parts, since a new message of
/// a known logger is less strange than one of an unknown logger.
fn each(template: &Template, mut take: impl FnMut(&str, f32)) {
    let mut logger = String::from("@");
    logger.push_str(&template.origin);
    take(&logger, 2.0);
    for part in template.origin.split('.').skip(1) {
        take(part, 0.5);
    }
    let mut lower = String::new();
    for word in template.text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| w.len() > 1) {
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        take(&lower, 1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(origin: &str, text: &str) -> Template {
        Template { origin: origin.into(), text: text.into() }
    }

    #[test]
    fn an_unseen_template_is_what_its_known_words_say() {
        let words = Words::of(&[template("a.b", "volume created"), template("a.b", "volume deleted")]);
        let bags = words.bags(&[template("a.b", "Volume deleted twice"), template("x", "nothing known")]);
        assert_eq!(bags.row(0).count(), 4);
        assert_eq!(bags.row(1).count(), 0);
    }

    #[test]
    fn a_list_gives_the_same_words_back() {
        let words = Words::of(&[template("a.b", "one two two")]);
        let again = Words::from_list(words.list().to_vec());
        let templates = [template("a.b", "two one")];
        assert_eq!(words.bags(&templates), again.bags(&templates));
        assert_eq!(words.list().len(), 4);
    }
}
