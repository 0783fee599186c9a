//! Standard output for results, standard error for everything else.

use std::{
    fmt::Display,
    io::{self, Write},
};

use crate::failure::Failure;

/// Writes a result to standard output, as it is.
///
/// # Errors
/// Where standard output cannot be written to.
pub fn result(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| Failure::output(&error))
}

/// Tells the user something on standard error. There is nowhere to report that this failed.
pub fn note(text: impl Display) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Text from logs with its control characters made visible, so that it cannot drive the terminal.
pub fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\t' { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// The same of a text of several lines, which stay lines.
pub fn harmless_lines(text: &str) -> String {
    text.split_inclusive('\n')
        .map(|line| line.strip_suffix('\n').map_or_else(|| harmless(line), |line| harmless(line) + "\n"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logs_cannot_drive_the_terminal() {
        assert_eq!(harmless("a\x1b[2Jb\u{9b}c\ttab"), "a\u{fffd}[2Jb\u{fffd}c\ttab");
    }
}
