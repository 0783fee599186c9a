//! Which row of the network's tables a template is, and which one the end of a sequence.

use super::{windows::Bags, words::Words};
use crate::template::{Template, TemplateId};

/// The word that stands for the end. No word of a template has an angle bracket.
pub const END: &str = "<end>";

/// The rows: the known templates, the end where the network learned it, then the templates that are new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vocabulary {
    known: u32,
    ends: bool,
}

impl Vocabulary {
    /// That of a network that knows so many templates; `ends` says whether it learned how sequences end.
    #[must_use]
    pub fn new(known: usize, ends: bool) -> Self {
        Self { known: known as u32, ends }
    }

    /// How many rows were learned, the end included.
    #[must_use]
    pub fn size(self) -> usize {
        self.known as usize + usize::from(self.ends)
    }

    /// The end's row, where the network learned it.
    #[must_use]
    pub fn end(self) -> Option<u32> {
        self.ends.then_some(self.known)
    }

    /// A template's row.
    #[must_use]
    pub fn row(self, template: TemplateId) -> u32 {
        template + u32::from(self.ends && template >= self.known)
    }

    /// The known template of a row; none where it is the end, or was not learned.
    #[must_use]
    pub fn template(self, row: u32) -> Option<TemplateId> {
        (row < self.known).then_some(row)
    }

    /// What each row is made of.
    #[must_use]
    pub fn bags(self, words: &Words, templates: &[Template]) -> Bags {
        let (known, new) = templates.split_at(templates.len().min(self.known as usize));
        let mut bags = words.bags(known);
        if self.ends {
            bags.push(&words.id(END).map(|id| (id, 1.0)).into_iter().collect::<Vec<_>>());
        }
        bags.append(&words.bags(new));
        bags
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_stands_between_what_is_known_and_what_is_new() {
        let template = |text: &str| Template { origin: "a".into(), text: text.into() };
        let (known, new) = (vec![template("one"), template("two")], template("two more"));
        let words = Words::of(&known).with(END);
        let with = Vocabulary::new(2, true);
        let all = [known, vec![new]].concat();
        let bags = with.bags(&words, &all);
        let row = |n: u32| bags.row(n as usize).collect::<Vec<_>>();
        assert_eq!(row(with.end().unwrap()), [(words.id(END).unwrap() as usize, 1.0)]);
        assert_eq!((with.size(), bags.len(), with.row(1), with.row(2)), (3, 4, 1, 3));
        assert_eq!((with.template(1), with.template(2), with.template(3)), (Some(1), None, None));
        let without = Vocabulary::new(2, false);
        let plain = without.bags(&words, &all);
        assert_eq!((without.size(), without.end(), without.row(2)), (2, None, 2));
        assert_eq!(plain.row(2).collect::<Vec<_>>(), row(3));
    }
}
