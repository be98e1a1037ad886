//! Engine and sender, with a platform of the tests' own.

mod engine;
mod killed;
mod sender;
mod together;
mod world;
