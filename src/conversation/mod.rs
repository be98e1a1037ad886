//! The dialogue state machine: (session, event, now) → turn. No I/O, no clock, no platform.
//!
//! - [`event`] what came in · [`reply`] what she sees · [`session`] what is kept between the two
//! - [`talk`] one turn · `steps` what each button does · `countries` which country she is in · `present` what is in
//!   front of her · [`token`] what a button sends back
//! - `listen` what she types: `typed` short replies, `sift` what a reading comes to, [`heard`] what waits for her word, `her_word` what
//!   she says to it,
//!   `routes` what is sent elsewhere
//! - [`screen_view`], [`answer_view`], `numbers_view`, `heard_view`, [`leaflet`], [`why`], [`wording`] how things are said

mod answer_rows;
pub mod answer_view;
mod countries;
pub mod event;
pub mod heard;
mod heard_view;
mod her_word;
pub mod leaflet;
mod listen;
mod numbers_view;
mod present;
pub mod reply;
mod routes;
pub mod screen_view;
pub mod session;
mod sift;
mod steps;
pub mod talk;
pub mod token;
mod typed;
pub mod why;
pub mod wording;

pub use event::{Arrival, Command, Event, Unreadable};
pub use listen::Reader;
pub use reply::{Button, Placement, Press, Reply, Span, Text};
pub use session::Session;
pub use talk::{turn, turn_with};

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// What a turn may know of the world; everything else is in the session.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// Now.
    pub now: Timestamp,
    /// Where the people are whom the bot serves (`NIGHTEASE_TIME_ZONE`): decides whether it is night.
    pub time_zone: Option<TimeZone>,
    /// Two capital letters (`NIGHTEASE_COUNTRY`): decides which numbers are shown. Without it she is asked.
    pub country: Option<String>,
    /// A link to a private chat with the bot, for groups.
    pub private_link: Option<String>,
}

/// What becomes of the stored session.
// One lives at a time, and it mostly holds a session.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, PartialEq, Debug)]
pub enum Keep {
    /// This is the session now.
    Session(Session),
    /// Nothing is kept, and nothing was.
    Nothing,
    /// Wipe all that is kept of this conversation, messages not yet sent among it.
    Wipe,
}

/// What one event led to.
#[derive(Clone, PartialEq, Debug)]
pub struct Turn {
    /// What becomes of the session.
    pub keep: Keep,
    /// What she sees, in order; at most three messages, but for a notice or the first aid before them.
    pub replies: Vec<Reply>,
    /// The rules that read her words, for the log: their names, and nothing of hers.
    pub rules: Vec<std::sync::Arc<str>>,
}
