//! `evaluate`: how well root causes are found in labelled incidents.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use engine::{Model, Observer};
use evaluate::{Case, Cases, Evaluation, Setup};

use crate::{
    args::{Evaluate, Format},
    failure::Failure,
    print,
    surroundings::Surroundings,
    watch::{self, Watch},
};

/// Runs the command.
pub fn run(args: &Evaluate) -> Result<(), Failure> {
    let surroundings = Surroundings::find()?;
    let mut cases = Cases::find(&args.cases)?;
    let normal = if args.train { cases.take_normal() } else { Vec::new() };
    if let Some(most) = args.limit {
        cases.limit(most);
    }
    let model = model(args, &surroundings, &cases, &normal)?;
    let setup = Setup {
        model: &model,
        known: &settings::known_failures::load(&surroundings.folders).known,
        config: &surroundings.settings.config(),
        edits: &settings::templates::load(&surroundings.folders)?,
        normal: &normal,
        mask_levels: args.mask_levels,
        ablate: args.ablate,
        jobs: args.jobs.into(),
    };
    let found = evaluated(&cases, &setup)?;
    let text = print::harmless_lines(&write(&found, args.format)?);
    match &args.output {
        Some(path) => {
            settings::disk::write(path, text.as_bytes())?;
            print::note(format!("The figures are in {}.", path.display()));
        }
        None => print::result(&text)?,
    }
    complete(&found)
}

fn model(args: &Evaluate, surroundings: &Surroundings, cases: &Cases, normal: &[Case]) -> Result<Model, Failure> {
    if !args.train {
        return Ok(surroundings.loaded(args.model.as_deref())?);
    }
    let (watch, config) = (Watch::new(), surroundings.settings.config());
    let date = DateTime::<Utc>::from(SystemTime::now()).format("%Y-%m-%d").to_string();
    let model = evaluate::train(cases, normal, args.mask_levels, (&config, &date), &watch)?;
    print::note(format!("Learned from {} fault-free runs in {:.1} s.", normal.len(), watch.seconds()));
    Ok(model)
}

fn evaluated(cases: &Cases, setup: &Setup) -> Result<Evaluation, Failure> {
    let bar = watch::bar("Analyzing cases", false);
    bar.set_length(cases.list.len() as u64);
    let found = evaluate::evaluate(cases, setup, &|| bar.inc(1), &Watch::new());
    bar.finish_and_clear();
    Ok(found?)
}

fn write(found: &Evaluation, format: Format) -> Result<String, Failure> {
    Ok(match format {
        Format::Text => found.text(),
        Format::Markdown => found.markdown(),
        Format::Json => serde_json::to_string_pretty(found).map_err(|error| Failure::json(&error))? + "\n",
    })
}

/// Figures that miss a case are told, and are no success.
fn complete(found: &Evaluation) -> Result<(), Failure> {
    let Some(first) = found.broken.first() else { return Ok(()) };
    let message =
        format!("{} cases could not be evaluated, the first of them {}: {}", found.broken.len(), first.case, first.reason);
    Err(Failure::users(print::harmless(&message), first.remedy.clone()))
}
