//! Lines of a given width, in colour or not.

use console::{Style, Term, measure_text_width};

use crate::print;

/// Columns before the text of an item.
const INDENT: usize = 5;

/// How a page looks.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    width: usize,
    colour: bool,
}

impl Look {
    /// For files and pipes.
    pub const PLAIN: Self = Self { width: 110, colour: false };

    /// For what standard output is: colour only on a terminal that the user has not asked to be without.
    pub fn of(term: &Term) -> Self {
        if !term.is_term() {
            return Self::PLAIN;
        }
        let (_, width) = term.size();
        Self { width: usize::from(width).clamp(40, 140), colour: console::colors_enabled() }
    }

    /// Whether it is in colour.
    pub fn has_colour(self) -> bool {
        self.colour
    }
}

/// The text so far.
pub(super) struct Page {
    look: Look,
    text: String,
}

impl Page {
    pub(super) fn new(look: Look) -> Self {
        Self { look, text: String::new() }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    /// A coloured word and a sentence.
    pub(super) fn title(&mut self, word: &str, alarming: bool, sentence: &str) {
        let style = Style::new().bold().reverse();
        let word = self.styled(if alarming { style.red() } else { style.green() }, word);
        let sentence = self.styled(Style::new().bold(), sentence);
        self.line(&format!("{word}  {sentence}"));
    }

    pub(super) fn heading(&mut self, text: &str) {
        let text = self.styled(Style::new().bold().underlined(), text);
        self.line("");
        self.line(&text);
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        for line in wrap(text, self.look.width) {
            self.line(&line);
        }
    }

    pub(super) fn dim(&mut self, text: &str) {
        for line in wrap(text, self.look.width) {
            let line = self.styled(Style::new().dim(), &line);
            self.line(&line);
        }
    }

    /// A mark, and a text beside it that stands out.
    pub(super) fn strong(&mut self, mark: &str, text: &str) {
        self.indented(mark, text, &Style::new().bold());
    }

    /// A mark, and a text beside it; an empty text is left out.
    pub(super) fn item(&mut self, mark: &str, text: &str) {
        self.indented(mark, text, &Style::new());
    }

    fn indented(&mut self, mark: &str, text: &str, style: &Style) {
        for (index, line) in wrap(text, self.look.width - INDENT).iter().enumerate() {
            let mark = if index == 0 { mark } else { "" };
            let line = self.styled(style.clone(), line);
            self.line(&format!("{mark:<INDENT$}{line}"));
        }
    }

    fn styled(&self, style: Style, text: &str) -> String {
        style.force_styling(self.look.colour).apply_to(print::harmless(text)).to_string()
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }
}

/// The text in lines of at most `width` columns, broken between words; a word that is longer has a line of its own.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if measure_text_width(line) + 1 + measure_text_width(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_broken_between_words() {
        assert_eq!(wrap("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrap("a-long-word x", 4), ["a-long-word", "x"]);
        assert_eq!(wrap("größe über", 10), ["größe über"]);
        assert!(wrap(" ", 4).is_empty());
    }

    #[test]
    fn colour_and_control_characters_stay_apart() {
        let mut page = Page::new(Look::PLAIN);
        page.strong("E1", "evil \x1b[31mred");
        assert_eq!(page.finish(), "E1   evil \u{fffd}[31mred\n");
        let mut page = Page::new(Look { width: 80, colour: true });
        page.strong("E1", "evil \x1b[31mred");
        let text = page.finish();
        assert!(text.contains("\x1b[1m") && !text.contains("\x1b[31m"), "{text:?}");
    }
}
