//! The network: an LSTM that predicts the template of the next event.
//!
//! A template is the weighted mean of its words, as input and as prediction, so one that was never seen is handled by what its
//! words say:
//!
//! ```text
//! embedding = bags x word_in                                             V x E
//! gates     = embedding[template before] x kernel + bias + gap_in[gap] + hidden x recurrent
//! logits    = hidden x (bags x word_out)^T + bags x word_bias            V
//! ```

pub(super) mod adam;
mod init;
mod model;
mod operation;
mod projection;
mod weights;

pub use adam::Adam;
pub use model::Network;
pub use weights::{Shape, Weights};

pub(super) use operation::device;
pub(super) use weights::checksum;

#[cfg(test)]
mod plain;
#[cfg(test)]
mod tests;
