//! How urgent it is. The order of the levels is the order of urgency.

use serde::{Deserialize, Serialize};

/// Disposition level, from the least to the most urgent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Level {
    /// Safe to try steps tonight, and to mention it at the next visit.
    SelfCare,
    /// An appointment within days, two weeks at the most.
    Routine,
    /// A midwife, doctor or nurse line within 12 to 24 hours.
    SameDay,
    /// The maternity unit or hospital now, day or night.
    GoNow,
    /// The emergency number now.
    Emergency,
}

impl Level {
    /// All levels, least urgent first.
    pub const ALL: [Level; 5] = [
        Level::SelfCare,
        Level::Routine,
        Level::SameDay,
        Level::GoNow,
        Level::Emergency,
    ];

    /// The word used in `dialogues/` and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Level::SelfCare => "SELF_CARE",
            Level::Routine => "ROUTINE",
            Level::SameDay => "SAME_DAY",
            Level::GoNow => "GO_NOW",
            Level::Emergency => "EMERGENCY",
        }
    }

    /// Reads the word used in `dialogues/`.
    #[must_use]
    pub fn parse(word: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.word() == word)
    }

    /// The word in lower case, as it stands in the names of texts (`answer-go_now`).
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Level::SelfCare => "self_care",
            Level::Routine => "routine",
            Level::SameDay => "same_day",
            Level::GoNow => "go_now",
            Level::Emergency => "emergency",
        }
    }
}

/// What an assessment ends with: a level, or beside them all *out of scope*.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Outcome {
    /// A level of urgency.
    Level(Level),
    /// The person is neither pregnant nor within six months of a birth, and no red flag fired.
    OutOfScope,
}

impl Outcome {
    /// The word used in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Level(level) => level.word(),
            Outcome::OutOfScope => "OUT_OF_SCOPE",
        }
    }

    /// The level, unless out of scope.
    #[must_use]
    pub fn level(self) -> Option<Level> {
        match self {
            Outcome::Level(level) => Some(level),
            Outcome::OutOfScope => None,
        }
    }
}
