//! Engine and sender, with a platform of the tests' own.

mod at_once;
mod engine;
mod flood;
mod killed;
mod sender;
mod together;
mod world;
