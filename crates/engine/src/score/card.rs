//! The model card: what a model was trained on, how well it predicts, and what it is not for.

use std::fmt::Write;

use super::artifact::Model;

/// The card in Markdown.
#[must_use]
pub fn write(model: &Model) -> String {
    let f = &model.facts;
    let summary = model.summary();
    let mut out = format!("# Model card: {}\n\n", f.name);
    let lines = [
        ("Kind", "LSTM that predicts the next log event of a request, an instance or a process".to_owned()),
        ("Trained on", f.trained_on.clone()),
        ("Folders", if f.folders.is_empty() { "not named".to_owned() } else { f.folders.join(", ") }),
        ("Date", f.date.clone()),
        ("Events", f.normal.events.to_string()),
        ("Runs", f.normal.runs.to_string()),
        ("Templates", f.templates.len().to_string()),
        ("Words", f.words.len().to_string()),
        ("Distinct windows", format!("{} learned from, {} held out", f.windows[0], f.windows[1])),
        ("Best validation loss", format!("{:.3} nats per event", summary.validation_loss)),
        ("Guessing by chance", format!("{:.3} nats per event", (f.templates.len() as f64).ln())),
    ];
    for (name, value) in lines {
        _ = writeln!(out, "- {name}: {value}");
    }
    out.push_str("\n## Configuration\n\n| parameter | value |\n|---|---|\n");
    let c = &f.config;
    let numbers: [(&str, f64); 9] = [
        ("sequence_length", c.sequence_length as f64),
        ("embedding", c.embedding as f64),
        ("units", c.units as f64),
        ("dropout", c.dropout),
        ("batch", c.batch as f64),
        ("validation_split", c.validation_split),
        ("learning_rate", c.learning_rate),
        ("patience", c.patience as f64),
        ("seed", c.seed as f64),
    ];
    for (name, value) in numbers {
        _ = writeln!(out, "| {name} | {value} |");
    }
    out.push_str("\n## Training\n\n| epoch | loss | validation loss |\n|---|---|---|\n");
    for e in &f.epochs {
        _ = writeln!(out, "| {}{} | {:.4} | {:.4} |", e.epoch, if e.best { " (best)" } else { "" }, e.loss, e.validation_loss);
    }
    out.push_str(
        "\nLosses are mean cross entropies in nats per event; training stops early, and the best weights are kept.\n\n\
         ## What it is for\n\n\
         The importance of an event is the share of held-out normal events that surprised the model less. The normal rate of each\n\
         template says which ones are new or more frequent. A cloud that differs much from the training logs makes everything look\n\
         new: train a model on its own normal work then.\n",
    );
    out
}
