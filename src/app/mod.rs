//! Settings, wiring, signals, health, metrics, a change of keys, memory given back.

pub mod check;
pub mod given_back;
pub mod health;
pub mod metrics;
pub mod rotate;
pub mod run;
pub mod serve;
pub mod settings;
pub mod signals;
