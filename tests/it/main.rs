//! Tests of the rooms together, through their public doors.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

mod delivery;
mod fake_telegram;
mod store;
mod telegram_courier;
mod telegram_decode;
mod telegram_door;
mod telegram_fate;
mod telegram_polling;
mod telegram_render;
mod telegram_server;
mod telegram_split;
