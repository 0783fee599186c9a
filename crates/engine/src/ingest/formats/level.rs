//! The levels that words and numbers name.

use super::scan::words;
use crate::events::Level;

/// The level that a word names, in any form's spelling and brackets.
pub fn level(word: &[u8]) -> Option<Level> {
    let word = word.strip_prefix(b"level=").or_else(|| word.strip_prefix(b"lvl=")).unwrap_or(word);
    let start = word.iter().take_while(|b| b"[<(\"".contains(b)).count();
    let end = word.iter().rev().take_while(|b| b"]>):,|\"".contains(b)).count();
    named(word.get(start..word.len() - end)?)
}

/// The level that a bare word names.
#[inline]
pub fn named(word: &[u8]) -> Option<Level> {
    Some(match word {
        b"INFO" | b"info" | b"Note" | b"notice" | b"NOTICE" | b"Info" | b"System" | b"INF" => Level::Info,
        b"DEBUG" | b"debug" | b"DBG" | b"Debug" => Level::Debug,
        b"WARNING" | b"warning" | b"WARN" | b"warn" | b"Warning" | b"WRN" => Level::Warning,
        b"ERROR" | b"error" | b"ERR" | b"err" | b"Error" => Level::Error,
        b"CRITICAL" | b"critical" | b"EMER" | b"emerg" | b"alert" | b"crit" | b"FATAL" | b"fatal" | b"CRIT" | b"ALERT"
        | b"EMERG" | b"panic" => Level::Critical,
        b"TRACE" | b"trace" => Level::Trace,
        b"AUDIT" => Level::Audit,
        _ => return None,
    })
}

/// The level among the first words of a text; unknown where none names one.
pub fn among(text: &[u8]) -> Level {
    words(&text[..text.len().min(256)]).take(3).find_map(level).unwrap_or_default()
}

/// The level of a syslog severity, from 0 for an emergency to 7 for debugging (RFC 5424, 6.2.1).
pub fn severity(number: u32) -> Level {
    match number & 7 {
        0..=2 => Level::Critical,
        3 => Level::Error,
        4 => Level::Warning,
        5 | 6 => Level::Info,
        _ => Level::Debug,
    }
}
