//! One conversation as data: her answers, not a place in a script. The next screen is computed from them, so a new
//! release of the content strands nobody, and Back only has to forget the last answer.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::content::{ChoiceId, Content, CountryId, LanguageId, TopicId};
use crate::triage::{Answer, Known};

use super::heard::{Heard, Quote};

/// The form of the stored session. A session of another form is begun anew.
pub const SESSION_VERSION: u16 = 3;

/// One conversation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// How often she asked for *More steps* after her answer: the page she is on, 0 for the answer itself.
    pub more: u8,
    /// What she came with before, when she went on to *Something else too*: Back leads there.
    pub earlier: Vec<Earlier>,
    /// She told that the pregnancy has ended: no baby words from here on.
    pub ended: bool,
    /// After so many answers, in all: Back takes it back when she is there again. `None` when it is not told, or was
    /// before she began anew.
    pub ended_after: Option<usize>,
    /// Somebody types for her: what to say on the phone is said for her.
    #[serde(default)]
    pub for_her: bool,
    /// The revision at which the present screen was first shown.
    pub screen_since: u32,
    /// The ticks of the present screen that came in, by their tokens: the same one twice is a doubled tap.
    pub applied: Vec<String>,
    /// She was asked whether to wipe everything.
    pub forgetting: bool,
    /// The country she picked, where none is set for all. Start again keeps it.
    #[serde(default)]
    pub country: Option<CountryId>,
    /// The part of the list of countries that lies open over what is in front of her.
    #[serde(default)]
    pub countries: Option<u8>,
    /// What was read in her words and waits for her word on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard: Option<Heard>,
    /// Her words above the answer they led to at once. They go with the next answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<Quote>,
    /// Her words led to GO_NOW before the first list was asked, and she wants to see it now.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub worse: bool,
    /// The number of the last message of hers that was read: the same one twice is a doubled one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_message: Option<i64>,
    /// When she last did something.
    pub last_event: Timestamp,
}

/// A topic with its answers, put aside.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Earlier {
    /// What she came with.
    pub topic: TopicId,
    /// Her answers.
    pub answers: Vec<Answer>,
    /// The page of *More steps* she was on.
    pub more: u8,
}

impl Session {
    /// A conversation that has just begun.
    #[must_use]
    pub fn new(language: LanguageId, now: Timestamp) -> Session {
        Session {
            version: SESSION_VERSION,
            revision: 0,
            language,
            topic: None,
            answers: Vec::new(),
            ticks: Vec::new(),
            more: 0,
            earlier: Vec::new(),
            ended: false,
            for_her: false,
            ended_after: None,
            screen_since: 0,
            applied: Vec::new(),
            forgetting: false,
            country: None,
            countries: None,
            heard: None,
            quotes: Vec::new(),
            worse: false,
            last_message: None,
            last_event: now,
        }
    }

    /// How many answers she gave, on this topic and on those put aside.
    #[must_use]
    pub fn answered(&self) -> usize {
        let aside = self.earlier.iter().map(|earlier| earlier.answers.len());
        aside.sum::<usize>() + self.answers.len()
    }

    /// As it is stored. `None` where it cannot be written down, which no session of this program is.
    #[must_use]
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        serde_json::to_vec(self).ok()
    }

    /// Reads what [`Session::to_bytes`] wrote. `None` for a session of another form: one that is not understood whole
    /// is not used at all, and the conversation begins anew.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Session> {
        let session: Session = serde_json::from_slice(bytes).ok()?;
        (session.version == SESSION_VERSION).then_some(session)
    }

    /// All that she has said, on this topic and on those put aside. `None` before she has said what she came with, or
    /// where the content no longer has that topic.
    #[must_use]
    pub fn known(&self, content: &Content) -> Option<Known> {
        let topic = self.topic.as_ref().filter(|id| content.topic(id).is_some())?;
        Some(self.known_with(content, topic, &self.answers))
    }

    /// What would be known on this topic with these answers to it.
    #[must_use]
    pub fn known_with(&self, content: &Content, topic: &TopicId, answers: &[Answer]) -> Known {
        let mut known = Known::new(content, topic, self.ended);
        for earlier in &self.earlier {
            known.go_on(content, &earlier.topic);
            known.add_all(content, &earlier.answers);
        }
        known.go_on(content, topic);
        known.add_all(content, answers);
        known
    }

    /// All her answers, those on topics put aside first.
    pub fn all_answers(&self) -> impl Iterator<Item = &Answer> {
        let aside = self.earlier.iter().flat_map(|earlier| &earlier.answers);
        aside.chain(&self.answers)
    }
}
