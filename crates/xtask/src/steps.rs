//! Steps run one after the other, each with its time; what has not changed since it passed is left out.

use std::{path::PathBuf, time::Instant};

use anyhow::{Result, anyhow};

use crate::stamp::{self, Contents};

/// One step of a run.
pub struct Step<'a> {
    /// What it is called on screen; as a file name it names its stamp.
    pub name: &'static str,
    /// The folders and files that decide its outcome; none: it runs always.
    pub inputs: &'a [&'a str],
    /// Does it.
    pub act: Box<dyn Fn() -> Result<Outcome> + 'a>,
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done, and is good.
    Passed,
    /// It was not done: nothing has changed since it passed.
    Unchanged,
    /// It cannot be done on this system.
    Impossible(&'static str),
}

/// How to run the steps.
#[derive(Debug)]
pub struct Plan<'a> {
    /// What the stamps are computed from.
    pub contents: &'a Contents,
    /// Versions of the tools, which are part of every stamp.
    pub tools: &'a [&'a str],
    /// The folder of the stamps.
    pub stamps: PathBuf,
    /// Whether steps are run even if their stamp matches.
    pub all: bool,
    /// Whether later steps are run after one that failed.
    pub keep_going: bool,
}

/// What became of all steps.
#[derive(Debug, Default)]
pub struct Summary {
    rows: Vec<String>,
    passed: usize,
    failed: usize,
}

impl Summary {
    /// Whether no step failed.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.failed == 0
    }

    /// The table and the counts, the counts in the last line.
    #[must_use]
    pub fn text(&self) -> String {
        format!("\nSummary\n{}\n{} passed, {} failed", self.rows.join("\n"), self.passed, self.failed)
    }

    fn add(&mut self, name: &str, word: &str, rest: &str) {
        self.rows.push(format!("  {name:<12} {word:<10} {rest}").trim_end().to_owned());
    }
}

/// Runs the steps in order and prints what it does.
#[must_use]
pub fn run(steps: &[Step], plan: &Plan) -> Summary {
    let mut summary = Summary::default();
    for step in steps {
        if !summary.is_good() && !plan.keep_going {
            summary.add(step.name, "not run", "");
            continue;
        }
        let start = Instant::now();
        println!("==> {}", step.name);
        let outcome = one(step, plan);
        let time = format!("{:7.1} s", start.elapsed().as_secs_f64());
        match outcome {
            Ok(Outcome::Unchanged) => {
                println!("    unchanged since it passed");
                summary.add(step.name, "unchanged", "");
                summary.passed += 1;
            }
            Ok(Outcome::Passed) => {
                println!("    passed in{time}");
                summary.add(step.name, "passed", &time);
                summary.passed += 1;
            }
            Ok(Outcome::Impossible(why)) => {
                println!("    left out: {why}");
                summary.add(step.name, "left out", why);
            }
            Err(error) => {
                println!("error: {} failed: {error:#}", step.name);
                summary.add(step.name, "FAILED", &format!("{time}  {}", error.to_string().lines().next().unwrap_or_default()));
                summary.failed += 1;
            }
        }
    }
    summary
}

fn one(step: &Step, plan: &Plan) -> Result<Outcome> {
    if step.inputs.is_empty() {
        return (step.act)();
    }
    let stamp = plan.stamps.join(step.name.replace(' ', "-"));
    let wanted = plan.contents.hash(step.inputs, plan.tools);
    if !plan.all && stamp::matches(&stamp, &wanted) {
        return Ok(Outcome::Unchanged);
    }
    let outcome = (step.act)()?;
    if outcome == Outcome::Passed {
        stamp::write(&stamp, &wanted).map_err(|error| anyhow!("it passed, but its stamp is lost: {error:#}"))?;
    }
    Ok(outcome)
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, fs};

    use anyhow::bail;

    use super::*;

    struct Bench {
        root: PathBuf,
        done: RefCell<Vec<&'static str>>,
    }

    impl Bench {
        fn new(name: &str) -> Self {
            let root = std::env::temp_dir().join(format!("xtask-steps-{name}-{}", std::process::id()));
            fs::create_dir_all(root.join("a")).unwrap();
            fs::write(root.join("a/file"), "1").unwrap();
            Self { root, done: RefCell::default() }
        }

        fn run(&self, all: bool, keep_going: bool, second: fn() -> Result<Outcome>) -> Summary {
            let step = |name: &'static str, inputs: &'static [&'static str], act: fn() -> Result<Outcome>| Step {
                name,
                inputs,
                act: Box::new(move || {
                    self.done.borrow_mut().push(name);
                    act()
                }),
            };
            let steps = [
                step("first", &["a"], || Ok(Outcome::Passed)),
                step("second", &["a"], second),
                step("third", &[], || Ok(Outcome::Passed)),
            ];
            let contents = Contents::of(&self.root.join("."));
            let plan = Plan { contents: &contents, tools: &[], stamps: self.root.join("stamps"), all, keep_going };
            self.done.borrow_mut().clear();
            run(&steps, &plan)
        }
    }

    impl Drop for Bench {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.root).unwrap();
        }
    }

    #[test]
    fn a_step_is_left_out_until_its_inputs_change() {
        let bench = Bench::new("unchanged");
        let good = || Ok(Outcome::Passed);
        assert!(bench.run(false, false, good).is_good());
        assert_eq!(*bench.done.borrow(), ["first", "second", "third"]);
        let summary = bench.run(false, false, good);
        assert_eq!(*bench.done.borrow(), ["third"], "a step without inputs runs always");
        assert!(summary.text().ends_with("\n3 passed, 0 failed"), "{}", summary.text());
        bench.run(true, false, good);
        assert_eq!(bench.done.borrow().len(), 3, "all ignores the stamps");
        fs::write(bench.root.join("a/file"), "2").unwrap();
        bench.run(false, false, good);
        assert_eq!(bench.done.borrow().len(), 3);
    }

    #[test]
    fn a_failure_stops_the_run_and_runs_again_next_time() {
        let bench = Bench::new("failed");
        let bad = || bail!("reason\nmore");
        let summary = bench.run(false, false, bad);
        assert_eq!(*bench.done.borrow(), ["first", "second"]);
        assert!(!summary.is_good());
        let text = summary.text();
        assert!(text.contains("FAILED") && text.contains("reason") && text.contains("third        not run"), "{text}");
        assert!(text.ends_with("\n1 passed, 1 failed"), "{text}");
        let summary = bench.run(false, true, bad);
        assert_eq!(*bench.done.borrow(), ["second", "third"]);
        assert!(summary.text().ends_with("\n2 passed, 1 failed"));
    }

    #[test]
    fn what_cannot_be_done_here_is_neither_passed_nor_stamped() {
        let bench = Bench::new("impossible");
        let here = || Ok(Outcome::Impossible("no driver"));
        bench.run(false, false, here);
        let summary = bench.run(false, false, here);
        assert_eq!(*bench.done.borrow(), ["second", "third"]);
        assert!(summary.text().ends_with("\n2 passed, 0 failed"));
    }
}
