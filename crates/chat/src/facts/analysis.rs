//! What the analysis itself did: these facts come from its counts and cite no evidence.

use engine::{Report, report::Skipped};

use super::{Fact, Topic};
use crate::markdown::code;

pub(super) fn facts(report: &Report) -> Vec<Fact> {
    let mut facts = vec![read(report)];
    facts.extend(skipped(&report.skipped));
    facts.push(model(report));
    facts
}

fn read(report: &Report) -> Fact {
    let funnel = &report.funnel;
    let text = format!(
        "The analysis read {} files with {} lines, which make up {} events. It kept {} as important, {} as relevant, and {} as evidence.",
        funnel.files, funnel.lines, funnel.events, funnel.important, funnel.relevant, funnel.evidence
    );
    Fact::new(Topic::Read, text, &[])
}

fn skipped(skipped: &[Skipped]) -> Option<Fact> {
    const MOST_NAMED: usize = 5;
    let named: Vec<String> = skipped.iter().take(MOST_NAMED).map(|one| format!("{} ({})", code(&one.path), one.reason)).collect();
    let more = skipped.len().saturating_sub(MOST_NAMED);
    let rest = if more == 0 { String::new() } else { format!(", and {more} more") };
    let text = format!("Not everything could be read: {}{rest}.", named.join(", "));
    (!skipped.is_empty()).then(|| Fact::new(Topic::Skipped, text, &[]))
}

fn model(report: &Report) -> Fact {
    let text = match &report.model {
        Some(model) => {
            let drift =
                model.drift.as_ref().map(|drift| format!(" It does not fit these logs: {}. {}.", drift.why, drift.remedy));
            let (name, trained_on, drift) = (code(&model.name), &model.trained_on, drift.unwrap_or_default());
            if model.baseline {
                format!("No model was used: the events were compared with the good period in {name}, {trained_on}.{drift}")
            } else {
                format!("The model {name} scored the events; it was trained on {trained_on}.{drift}")
            }
        }
        None => "No model was available: the importance of events comes from the fallback.".to_owned(),
    };
    Fact::new(Topic::Model, text, &[])
}
