//! Behaviour at the doors where people meet it, then properties, then parts.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod paths;
mod readme;
mod rooms;
mod settings_documented;
mod transcripts;
