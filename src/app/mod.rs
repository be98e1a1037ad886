//! Settings, wiring, signals, health, metrics, a change of keys.

pub mod check;
pub mod health;
pub mod metrics;
pub mod rotate;
pub mod run;
pub mod serve;
pub mod settings;
pub mod signals;
