//! `doctor`: what works here and what does not, with remedies.

mod desktop;
mod disk;

use std::{env, path::Path};

use console::{Style, Term};
use settings::{Folders, Settings, known_failures, models};

use crate::{failure::Failure, print, surroundings};

/// How something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// It works.
    Works,
    /// Something is missing that not everyone needs.
    Lacks,
    /// The program cannot do its work.
    Broken,
}

/// What was looked at, and how it was found.
#[derive(Debug)]
struct Finding {
    subject: &'static str,
    state: State,
    /// What was found.
    text: String,
    /// What to do about it, where it does not work.
    remedy: String,
}

impl Finding {
    fn works(subject: &'static str, text: impl Into<String>) -> Self {
        Self { subject, state: State::Works, text: text.into(), remedy: String::new() }
    }

    fn lacks(subject: &'static str, text: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { subject, state: State::Lacks, text: text.into(), remedy: remedy.into() }
    }

    fn broken(subject: &'static str, text: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { state: State::Broken, ..Self::lacks(subject, text, remedy) }
    }
}

/// Runs the command. What is broken makes it fail, so that scripts can ask too.
pub fn run() -> Result<(), Failure> {
    let findings = findings();
    let colour = Term::stdout().is_term() && console::colors_enabled();
    let text: String = findings.iter().map(|finding| line(finding, colour)).collect();
    print::result(&text)?;
    let broken = findings.iter().filter(|finding| finding.state == State::Broken).count();
    match broken {
        0 => Ok(()),
        1 => Err(Failure::users("one thing does not work", "follow the remedy above")),
        _ => Err(Failure::users(format!("{broken} things do not work"), "follow the remedies above")),
    }
}

fn findings() -> Vec<Finding> {
    let folders = match surroundings::folders() {
        Ok(folders) => folders,
        Err(error) => return vec![Finding::broken("folders", error.to_string(), error.hint())],
    };
    let mut findings = vec![
        settings_file(&folders.settings),
        disk::writable("data folder", &folders.data),
        disk::writable("models folder", &folders.models),
        disk::writable("cache folder", &folders.cache),
    ];
    findings.extend(disk::space(&folders.data));
    findings.push(model(&folders));
    findings.extend(known(&folders));
    findings.push(samples(&folders));
    findings.extend(desktop::webview());
    findings.extend(desktop::keychain());
    findings.push(api_key());
    findings
}

fn settings_file(path: &Path) -> Finding {
    let text = path.display();
    match Settings::load(path) {
        Err(error) => Finding::broken("settings", error.to_string(), error.hint()),
        Ok(_) if path.exists() => Finding::works("settings", format!("{text} is valid")),
        Ok(_) => {
            Finding::works("settings", format!("{text} is not there, so the defaults hold; `openstack-rca setup` writes it"))
        }
    }
}

fn model(folders: &Folders) -> Finding {
    let name = Settings::load(&folders.settings).unwrap_or_default().model;
    match models::open(folders, &name) {
        Ok(model) => {
            let summary = model.summary();
            Finding::works("model", format!("{name} knows {} templates, trained on {}", summary.templates, summary.trained_on))
        }
        Err(error) => Finding::lacks(
            "model",
            error.to_string(),
            format!("{}; until then the analysis goes on without a model", error.hint()),
        ),
    }
}

/// How many failures are known, and what is wrong with the user's own.
fn known(folders: &Folders) -> Vec<Finding> {
    let known = known_failures::summary(folders);
    let text = format!("{} are known, {} of them your own, from {}", known.all, known.own, known.folder);
    let wrong = known.problems.iter().map(|p| Finding::lacks("known failures", p.to_string(), &p.remedy));
    std::iter::once(Finding::works("known failures", text)).chain(wrong).collect()
}

fn samples(folders: &Folders) -> Finding {
    let samples = settings::samples::list();
    let written = samples.iter().filter(|sample| folders.samples().join(&sample.id).is_dir()).count();
    match samples.len() {
        0 => Finding::lacks("samples", "this build of the program has none", "install a complete build"),
        all => Finding::works(
            "samples",
            format!("{all} sample incidents, {written} of them written; each is written when it is opened"),
        ),
    }
}

/// Whether a key for a language model is set; the key itself is never shown.
fn api_key() -> Finding {
    if env::var_os("ANTHROPIC_API_KEY").is_some_and(|key| !key.is_empty()) {
        return Finding::works("API key", "ANTHROPIC_API_KEY is set");
    }
    Finding::works("API key", "ANTHROPIC_API_KEY is not set; it is not needed, as everything works without a language model")
}

fn line(finding: &Finding, colour: bool) -> String {
    let (word, style) = match finding.state {
        State::Works => ("works", Style::new().green()),
        State::Lacks => ("lacks", Style::new().yellow()),
        State::Broken => ("broken", Style::new().red().bold()),
    };
    let word = style.force_styling(colour).apply_to(format!("{word:6}"));
    let remedy = if finding.remedy.is_empty() { String::new() } else { format!("\n{:22}→ {}", "", finding.remedy) };
    format!("{word} {:14} {}{remedy}\n", finding.subject, print::harmless(&finding.text))
}
