//! Behaviour at the doors where people meet it, then properties, then parts.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod assess_rules;
mod content;
mod delivery;
mod doors;
mod fake_telegram;
mod paths;
mod readme;
mod rooms;
mod service;
mod settings_documented;
mod store;
mod telegram_courier;
mod telegram_decode;
mod telegram_door;
mod telegram_fate;
mod telegram_polling;
mod telegram_render;
mod telegram_server;
mod telegram_split;
mod transcripts;
