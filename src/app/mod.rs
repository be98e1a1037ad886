//! Settings, wiring, signals, health.

pub mod settings;
