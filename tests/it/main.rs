//! Behaviour at the doors where people meet it, then properties, then parts.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod assess_cli;
mod assess_rules;
mod calm_over_http;
mod canary;
mod chaos;
mod claims;
mod content;
mod country_over_http;
mod decision;
mod delivery;
mod delivery_model;
mod dice;
mod doors;
mod every_state;
mod fake_telegram;
#[cfg(feature = "fault-injection")]
mod fault_injection;
mod faults_cli;
mod for_the_clinician;
mod histories;
mod in_public;
mod json_chat_cli;
mod kept;
mod key_rotate;
mod nothing_wrong;
mod paths;
mod pitfalls;
mod pitfalls_over_http;
mod process;
mod proof;
mod readme;
mod red_flags;
mod rooms;
mod serve_process;
mod service;
mod settings_documented;
mod shared;
mod store;
mod stories;
mod talked;
mod talkers;
mod telegram_courier;
mod telegram_decode;
mod telegram_door;
mod telegram_fate;
mod telegram_http;
mod telegram_polling;
mod telegram_render;
mod telegram_server;
mod telegram_split;
mod transcripts;
mod transcripts_complete;
mod understanding;
mod watched;
mod webhook;
mod webhook_tls;
