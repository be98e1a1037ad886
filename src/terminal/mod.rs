//! The same conversation in a terminal, for people (`chat`) and for programs (`chat --json`, `assess`, `read`).

pub mod assess;
pub mod chat;
pub mod figures;
pub mod json;
pub mod json_chat;
pub mod picture;
pub mod read;
pub mod score;
pub mod transcript;
