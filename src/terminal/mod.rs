//! The same conversation in a terminal, for people (`chat`) and for programs (`chat --json`, `assess`).

pub mod assess;
pub mod chat;
pub mod json;
pub mod json_chat;
pub mod picture;
pub mod transcript;
