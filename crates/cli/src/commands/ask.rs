//! `ask`: answers a question about a folder of logs, from its evidence alone.

use std::fmt::Write;

use crate::{args::Ask, failure::Failure, print, surroundings::Surroundings};

/// Runs the command.
pub fn run(args: &Ask) -> Result<(), Failure> {
    if args.question.trim().is_empty() {
        return Err(Failure::users("the question is empty", "ask something such as \"What is the root cause?\""));
    }
    let report = Surroundings::find()?.analyze(&args.subject)?;
    let answer = chat::answer(&report, &args.question);
    let mut text: String = answer.text.lines().map(|line| print::harmless(line) + "\n").collect();
    let cited = report.evidence.iter().filter(|evidence| answer.citations.contains(&evidence.id));
    for (index, evidence) in cited.enumerate() {
        let gap = if index == 0 { "\n" } else { "" };
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{gap}[{}] {}:{}", evidence.id, print::harmless(&evidence.file), evidence.line);
    }
    print::result(&text)
}
