//! How well templates agree with what wrote each record, ours and Drain3's, beside figures that others have published.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use super::{PROGRAM, table};
use crate::shell::{Tree, output, run};

/// Lines of the labelled logs.
const LINES: &str = "120000";

/// Published figures for OpenStack's logs in LogHub: parser, data, GA, FGA, source. An empty one was not published.
const PUBLISHED: [[&str; 5]; 7] = [
    ["Drain", "LogHub 2k", "0.733", "", "Zhu et al., ICSE-SEIP 2019"],
    ["AEL", "LogHub 2k", "0.757", "", "Zhu et al., ICSE-SEIP 2019"],
    ["Spell", "LogHub 2k", "0.764", "", "Zhu et al., ICSE-SEIP 2019"],
    ["Drain", "LogHub-2.0", "0.752", "0.007", "Jiang et al., ISSTA 2024"],
    ["SLCT", "LogHub-2.0", "1.000", "0.946", "Jiang et al., ISSTA 2024"],
    ["LogPPT", "LogHub-2.0", "0.534", "0.929", "Jiang et al., ISSTA 2024"],
    ["UniParser", "LogHub-2.0", "1.000", "1.000", "Jiang et al., ISSTA 2024"],
];

/// Measures both on the same labelled logs, and gives a table.
///
/// # Errors
/// Where the logs cannot be written, or a program fails or does not say what is asked.
pub fn quality(tree: &Tree, scratch: &Path, python: &Path, script: &Path) -> Result<String> {
    let program = tree.binary(PROGRAM, true);
    let (logs, labels) = labelled(&program, scratch)?;
    let mut ours = Command::new(&program);
    ours.args(["templates", "--format", "count", "--logs"]).arg(&logs).arg("--labels").arg(&labels);
    let said =
        ours.env("HOME", scratch.join("home")).output().with_context(|| format!("{} cannot be started", program.display()))?;
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    let theirs = output(Command::new(python).arg(script).arg(&logs).arg(&labels))?;
    let simulated = "our simulation, by template";
    let statements = "our simulation, by statement";
    let mut rows = Vec::new();
    for (parser, text) in [(PROGRAM, &said), ("Drain3", &theirs)] {
        let figures = figures(text);
        let [ga, fga, loose, loose_f1] = figures[..] else {
            bail!("{parser} does not say how well its templates agree: {text}");
        };
        rows.push([parser, simulated, ga, fga, "this run"].map(str::to_owned).to_vec());
        rows.push([parser, statements, loose, loose_f1, "this run"].map(str::to_owned).to_vec());
    }
    rows.extend(PUBLISHED.map(|row| row.map(str::to_owned).to_vec()));
    let head = ["parser", "logs", "GA", "FGA", "source"];
    Ok(format!(
        "\nGrouping of records that are known to come from one statement. By template, a record counts by its message, by the call of an \
         API with its route and status, and by the exception under it; by statement, by its message and the call's method alone. The \
         published figures are for other logs, so they show the order of magnitude.\n\n{}",
        table::markdown(&head, &rows)
    ))
}

/// Logs with every fault, and their labels; written once.
fn labelled(program: &Path, scratch: &Path) -> Result<(PathBuf, PathBuf)> {
    let out = scratch.join("labelled");
    let labels = scratch.join("labels.csv");
    if !out.join("truth.toml").is_file() || !labels.is_file() {
        if out.exists() {
            fs::remove_dir_all(&out).with_context(|| format!("{} cannot be removed", out.display()))?;
        }
        let list = output(Command::new(program).args(["simulate", "--list"]))?;
        let faults = list.lines().skip(1).take_while(|line| line.starts_with(' '));
        let mut simulate = Command::new(program);
        simulate.args(["simulate", "--seed", "11", "--debug", "--lines", LINES]);
        for fault in faults {
            simulate.args(["--fault", fault.trim()]);
        }
        run(simulate.arg("--out").arg(&out).arg("--labels").arg(&labels))?;
    }
    Ok((out.join("logs"), labels))
}

/// GA and FGA in the order in which they are said.
fn figures(text: &str) -> Vec<&str> {
    let figure = |word: &'_ str| word.starts_with("GA=") || word.starts_with("FGA=");
    let words = text.split_whitespace().filter(|word| figure(word));
    words.filter_map(|word| word.split('=').nth(1)).map(|word| word.trim_end_matches([',', '.'])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_in_their_order() {
        let text = "5 events. Templates: GA=1.0000 FGA=0.9800, 5 found. Statements: GA=0.9000 FGA=0.8000, 3 found.";
        assert_eq!(figures(text), ["1.0000", "0.9800", "0.9000", "0.8000"]);
    }
}
