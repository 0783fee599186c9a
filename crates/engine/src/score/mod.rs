//! The LSTM: the only home of burn.

pub mod artifact;
