//! The program as a user meets it: exit status, messages, and what is on which stream.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

#[path = "binary/run.rs"]
mod run;

#[path = "binary/analysis.rs"]
mod analysis;
#[path = "binary/evaluate.rs"]
mod evaluate;
#[path = "binary/events.rs"]
mod events;
#[path = "binary/follow.rs"]
mod follow;
#[path = "binary/known_failures.rs"]
mod known_failures;
#[path = "binary/models.rs"]
mod models;
#[path = "binary/state.rs"]
mod state;
#[path = "binary/templates.rs"]
mod templates;
#[path = "binary/training.rs"]
mod training;
#[path = "binary/usage.rs"]
mod usage;
