//! NightEase: a Telegram bot for one person, a woman, pregnant or newly a mother, woken at night by pain.
//! `ARCHITECTURE.md` says how the rooms lie and why.

pub mod app;
pub mod content;
pub mod conversation;
pub mod delivery;
pub mod private;
pub mod proof;
pub mod store;
pub mod telegram;
pub mod terminal;
pub mod triage;
pub mod understanding;
