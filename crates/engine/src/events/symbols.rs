//! Strings kept once, one after the other in a single buffer: a request id costs its own bytes and a dozen more.

use std::hash::{Hash, Hasher};

use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// An interned string; 0 is the empty one and stands for "not said".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Symbol(pub u32);

impl Symbol {
    /// Whether the log said nothing here.
    #[must_use]
    pub fn is_none(self) -> bool {
        self.0 == 0
    }
}

/// The strings behind [`Symbol`]s, each kept once.
#[derive(Debug, Default)]
pub struct Symbols {
    buffer: String,
    /// Where each string but the empty one ends in the buffer.
    ends: Vec<u64>,
    ids: HashTable<u32>,
}

impl Symbols {
    /// The symbol of a text, made where it is new.
    #[inline]
    pub fn intern(&mut self, text: &str) -> Symbol {
        if text.is_empty() {
            return Symbol(0);
        }
        let Self { buffer, ends, ids } = self;
        let found = ids.entry(hash(text), |id| at(buffer, ends, *id) == text, |id| hash(at(buffer, ends, *id)));
        let id = *found.or_insert_with(|| ends.len() as u32 + 1).get();
        if id as usize > ends.len() {
            buffer.push_str(text);
            ends.push(buffer.len() as u64);
        }
        Symbol(id)
    }

    /// The symbol of a text, where there is one.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Symbol> {
        if text.is_empty() {
            return Some(Symbol(0));
        }
        self.ids.find(hash(text), |id| at(&self.buffer, &self.ends, *id) == text).map(|id| Symbol(*id))
    }

    /// The text behind a symbol.
    #[must_use]
    pub fn text(&self, symbol: Symbol) -> &str {
        at(&self.buffer, &self.ends, symbol.0)
    }

    /// The text behind a symbol, or none for the empty one.
    #[must_use]
    pub fn said(&self, symbol: Symbol) -> Option<&str> {
        (!symbol.is_none()).then(|| self.text(symbol))
    }

    /// All texts in the order of their symbols, the empty one first.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        (0..=self.ends.len() as u32).map(|id| at(&self.buffer, &self.ends, id))
    }

    /// The buffer and the ends of the strings in it, for a file.
    #[must_use]
    pub fn raw(&self) -> (&str, &[u64]) {
        (&self.buffer, &self.ends)
    }

    /// Symbols as [`Symbols::raw`] gave them; none where the ends do not fit the buffer.
    #[must_use]
    pub fn from_raw(buffer: String, ends: Vec<u64>) -> Option<Self> {
        let fits = ends.is_sorted() && ends.last().copied().unwrap_or_default() == buffer.len() as u64;
        if !fits || ends.iter().any(|end| !buffer.is_char_boundary(*end as usize)) {
            return None;
        }
        let mut ids = HashTable::with_capacity(ends.len());
        for id in 1..=ends.len() as u32 {
            ids.insert_unique(hash(at(&buffer, &ends, id)), id, |id| hash(at(&buffer, &ends, *id)));
        }
        Some(Self { buffer, ends, ids })
    }
}

fn at<'a>(buffer: &'a str, ends: &[u64], id: u32) -> &'a str {
    let id = id as usize;
    if id == 0 {
        return "";
    }
    let start = if id == 1 { 0 } else { ends[id - 2] as usize };
    &buffer[start..ends[id - 1] as usize]
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_kept_once_and_found_again() {
        let mut symbols = Symbols::default();
        let texts: Vec<String> = (0..2000).map(|n| format!("req-{n}")).collect();
        let ids: Vec<Symbol> = texts.iter().map(|t| symbols.intern(t)).collect();
        assert_eq!(texts.iter().map(|t| symbols.intern(t)).collect::<Vec<_>>(), ids);
        assert!(texts.iter().zip(&ids).all(|(t, id)| symbols.text(*id) == t && symbols.find(t) == Some(*id)));
        assert_eq!((symbols.intern(""), symbols.text(Symbol(0)), symbols.said(Symbol(0))), (Symbol(0), "", None));
        assert_eq!((symbols.texts().count(), symbols.texts().nth(1)), (2001, Some("req-0")));
        assert_eq!(symbols.find("req-"), None);
    }

    #[test]
    fn what_was_kept_in_a_file_is_read_back_or_refused() {
        let mut symbols = Symbols::default();
        let id = symbols.intern("größe");
        let (buffer, ends) = symbols.raw();
        let mut again = Symbols::from_raw(buffer.into(), ends.into()).unwrap();
        assert_eq!(again.text(id), "größe");
        assert_eq!(again.intern("größe"), id);
        for ends in [vec![], vec![3], vec![9], vec![4, 3, 7], vec![3, 7]] {
            let odd = Symbols::from_raw(buffer.into(), ends.clone());
            assert_eq!(odd.is_some(), ends == [7], "{ends:?}");
        }
    }
}
