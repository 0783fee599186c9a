//! The commands, a file each.

pub mod analyze;
pub mod ask;
pub mod doctor;
pub mod evaluate;
pub mod events;
pub mod known_failures;
pub mod models;
pub mod setup;
pub mod simulate;
pub mod sources;
pub mod templates;
pub mod train;
pub mod watch;
