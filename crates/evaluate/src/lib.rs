//! How well the engine does on labelled incidents: cases with their truth in, figures out. No printing, no network.

pub mod answer;
pub mod cases;
pub mod error;
pub mod evaluation;
mod jobs;
pub mod judge;
mod markdown;
pub mod reliability;
pub mod sources;
mod table;
mod text;
pub mod trivial;
pub mod truth;

pub use cases::{Broken, Case, Cases};
pub use error::Error;
pub use evaluation::{Evaluation, Setup, evaluate, train};
pub use table::{Share, Table};
pub use truth::{Kind, Stratum, Truth};
