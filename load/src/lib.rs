//! Load for NightEase, and a yardstick beside it. See `README.md` in this folder.

pub mod book;
pub mod crowd;
pub mod figures;
pub mod http;
pub mod process;
pub mod runs;
pub mod server;
