//! One conversation as data: her answers, not a place in a script. The next screen is computed from them, so a new
//! release of the content strands nobody, and Back only has to forget the last answer.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::content::{ChoiceId, LanguageId, ScreenId, TopicId};

/// The form of the stored session. A session of another form is begun anew.
pub const SESSION_VERSION: u16 = 1;

/// How a screen was answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Press {
    /// A button of a pick-one screen, or Done after ticks.
    Chosen,
    /// *None of these*, *None, I checked*.
    None,
    /// *Not sure*, *Still not sure*.
    NotSure,
    /// *Skip*: nothing is recorded.
    Skipped,
}

/// One answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Answer {
    /// The screen that was answered.
    pub screen: ScreenId,
    /// Was it the second look at that screen?
    #[serde(default)]
    pub check: bool,
    /// How.
    pub press: Press,
    /// What was chosen or ticked.
    #[serde(default)]
    pub chosen: Vec<ChoiceId>,
}

/// One conversation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Session {
    /// [`SESSION_VERSION`] of the program that wrote it.
    pub version: u16,
    /// Rises with every change; buttons carry it, so an old button is known as one.
    pub revision: u32,
    /// Her language.
    pub language: LanguageId,
    /// What she came with, once she has said so.
    pub topic: Option<TopicId>,
    /// Her answers, in order.
    pub answers: Vec<Answer>,
    /// What is ticked on the present screen and not yet sent with Done.
    pub ticks: Vec<ChoiceId>,
    /// She told that the pregnancy has ended: no baby words from here on.
    pub pregnancy_ended: bool,
    /// When she last did something.
    pub last_event: Timestamp,
}
