//! Engine and sender, with a platform of the tests' own.

mod engine;
mod sender;
mod together;
mod world;
