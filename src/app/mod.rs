//! Settings, wiring, signals, health.

pub mod check;
pub mod health;
pub mod run;
pub mod serve;
pub mod settings;
pub mod signals;
