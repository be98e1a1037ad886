//! Settings, wiring, signals, health.

pub mod health;
pub mod serve;
pub mod settings;
pub mod signals;
