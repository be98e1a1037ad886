//! Her words → a [`Reading`]. Pure: no clock, no chance, no I/O; the day it is comes as an argument.
//!
//! - [`reading`] what comes out: findings with the words that led to them, stage, routes, whose it is

pub mod reading;

pub use reading::{Mention, Reading, RouteMention, Scope, StageMention, Temperature, Told, TopicMention};

use crate::content::{Content, LanguageId};

/// Reads a message. `today` is the day it was sent, where she is.
#[must_use]
pub fn read(_content: &Content, _language: &LanguageId, _text: &str, _today: jiff::civil::Date) -> Reading {
    Reading::default()
}
