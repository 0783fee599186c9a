//! The LSTM: the only home of burn.

pub mod artifact;
pub mod infer;
mod kernel;
pub mod network;
pub mod train;
pub mod windows;
