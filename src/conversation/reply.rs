//! What she sees: text spans and buttons, no markup. Each door decides how it looks.

use crate::content::{FindingId, Outcome, ScreenId, Stage, Value};

/// A stretch of text in one style.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Stands out (bold). Never the only carrier of meaning.
    pub strong: bool,
}

/// The text of one message.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Text {
    /// In reading order; line breaks are inside the spans.
    pub spans: Vec<Span>,
}

impl Text {
    /// Text in one style.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Text {
        Text {
            spans: vec![Span {
                text: text.into(),
                strong: false,
            }],
        }
    }

    /// Adds words in the ordinary style.
    pub fn push(&mut self, text: impl Into<String>) {
        self.spans.push(Span {
            text: text.into(),
            strong: false,
        });
    }

    /// Adds words that stand out.
    pub fn push_strong(&mut self, text: impl Into<String>) {
        self.spans.push(Span {
            text: text.into(),
            strong: true,
        });
    }

    /// The words alone.
    #[must_use]
    pub fn words(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

/// Where a reply goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Placement {
    /// A message of its own, that stays.
    New,
    /// May take the place of the message whose button was tapped; a message of its own otherwise.
    InPlace,
}

/// What a button does.
#[derive(Clone, PartialEq, Debug)]
pub enum Press {
    /// Sends a tap with this token back.
    Tap {
        /// Opaque, at most 64 bytes, carries the revision of the session.
        token: String,
        /// The findings it records. Empty for a button that only leads somewhere.
        sets: Vec<(FindingId, Value)>,
        /// What a merged button stands for.
        any_of: Vec<FindingId>,
        /// The stage it records.
        stage: Option<Stage>,
    },
    /// Copies this (a number to call) on doors that can; others leave the button out, the text has it too.
    Copy(String),
    /// Opens a link on doors that can.
    Open(String),
}

/// One button.
#[derive(Clone, PartialEq, Debug)]
pub struct Button {
    /// At most 24 characters.
    pub label: String,
    /// What it does.
    pub press: Press,
}

/// One message.
#[derive(Clone, PartialEq, Debug)]
pub struct Reply {
    /// At most 600 characters.
    pub text: Text,
    /// Rows of buttons.
    pub rows: Vec<Vec<Button>>,
    /// Own message or in place.
    pub placement: Placement,
    /// Goes out before the messages of others.
    pub urgent: bool,
    /// The screen it shows, if it asks.
    pub screen: Option<ScreenId>,
    /// The outcome, if it answers.
    pub outcome: Option<Outcome>,
    /// Is it the last message of an answer?
    pub end: bool,
}

impl Reply {
    /// A message of its own without buttons.
    #[must_use]
    pub fn new(text: Text) -> Reply {
        Reply {
            text,
            rows: Vec::new(),
            placement: Placement::New,
            urgent: false,
            screen: None,
            outcome: None,
            end: false,
        }
    }
}
