//! The network's arithmetic on plain slices: no tensors, no autodiff, no burn.
//!
//! All matrices are row by row. U is the number of units; a row of gates has 4 U numbers: input, forget, candidate, output.

mod bag;
mod batch;
mod body;
mod level;
mod math;
mod output;
mod pack;
mod panel;
mod product;
mod recurrence;
mod vector;

pub use bag::{compose, spread};
pub use batch::{Lesson, Noise, teach};
pub use level::Level;
pub use output::{Dropout, Judged, Output, score};
pub use pack::Packed;
pub use product::{Matrix, divided_product, product};
pub use recurrence::Inputs;
pub use vector::{Moments, descend};
