//! What a message tells: findings, stage, routes, whose it is; each with the words and the rule that read it.

use std::ops::Range;
use std::sync::Arc;

use crate::content::{Content, FindingId, Level, RouteId, Stage, TopicId, Value};
use crate::triage::{Case, Record, assess};

/// Stretches of the message as she typed it, in bytes; they never split a letter.
pub type Words = Vec<Range<usize>>;

/// What is told of a finding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Told {
    /// No, not sure, yes, or a word or number.
    Is(Value),
    /// It was so, and is not said to be so now.
    Past,
}

/// One finding that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mention {
    /// Which.
    pub finding: FindingId,
    /// What is told of it.
    pub told: Told,
    /// The pattern that read it.
    pub rule: Arc<str>,
    /// The words it was read from.
    pub words: Words,
    /// How far the most repaired word was from what she typed: 0 exact, 1, 2.
    pub repair: u8,
    /// Weak words: ask her before anything is done about it.
    pub ask_first: bool,
}

/// Her stage, as read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StageMention {
    /// The stage.
    pub stage: Stage,
    /// The rule that read it.
    pub rule: Arc<str>,
    /// The words it was read from.
    pub words: Words,
}

/// A complaint that is named and sent elsewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RouteMention {
    /// Which.
    pub route: RouteId,
    /// The pattern that read it.
    pub rule: Arc<str>,
    /// The words it was read from.
    pub words: Words,
}

/// A hint at what she comes with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TopicMention {
    /// The topic.
    pub topic: TopicId,
    /// The pattern that read it.
    pub rule: Arc<str>,
    /// The words it was read from.
    pub words: Words,
}

/// A temperature of hers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Temperature {
    /// Tenths of a degree Celsius.
    pub tenths: u16,
    /// The words it was read from.
    pub words: Words,
}

/// Whose it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Scope {
    /// Hers, and she writes.
    Own,
    /// Hers, and somebody writes for her.
    Proxy,
    /// Somebody else's.
    Other,
    /// A question, and nothing about her.
    Question,
    /// A complaint that is sent elsewhere, and nothing of the four topics.
    Elsewhere,
    /// Nothing that was understood.
    #[default]
    Nothing,
}

impl Scope {
    /// The word used in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Scope::Own => "self",
            Scope::Proxy => "proxy",
            Scope::Other => "other",
            Scope::Question => "question",
            Scope::Elsewhere => "elsewhere",
            Scope::Nothing => "none",
        }
    }
}

/// All that was read in one message. What is not in it was not said.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reading {
    /// One for each finding, in the order of her words.
    pub mentions: Vec<Mention>,
    /// Her stage.
    pub stage: Option<StageMention>,
    /// What she comes with.
    pub topic: Option<TopicMention>,
    /// She says that the pregnancy ended.
    pub lost: bool,
    /// Her temperature.
    pub temperature: Option<Temperature>,
    /// Complaints that are sent elsewhere, in the order of her words.
    pub routes: Vec<RouteMention>,
    /// She asks something.
    pub asks: bool,
    /// Whose it is.
    pub scope: Scope,
    /// The message was longer than is read.
    pub truncated: bool,
    /// How many words it had.
    pub word_count: usize,
    /// Words that the lexicon does not know.
    pub unknown_words: Words,
}

impl Reading {
    /// The findings that are affirmed: yes, or a word or number.
    pub fn affirmed(&self) -> impl Iterator<Item = (FindingId, Value)> {
        self.mentions
            .iter()
            .filter(|mention| !mention.ask_first)
            .filter_map(|mention| match mention.told {
                Told::Is(value) if value >= Value::Yes => Some((mention.finding, value)),
                Told::Is(_) | Told::Past => None,
            })
    }

    /// Do the affirmed findings, at the stage that was read, reach GO_NOW or EMERGENCY on any topic? What is not sure,
    /// past, or to be asked first does not count.
    #[must_use]
    pub fn urgent(&self, content: &Content) -> bool {
        let given: Vec<(FindingId, Value)> = self.affirmed().collect();
        if given.is_empty() {
            return false;
        }
        let case = Case {
            topic: None,
            stage: self.stage.as_ref().map_or(Stage::UNKNOWN, |said| said.stage),
            record: Record::told(&content.findings, &given, None),
        };
        assess(content, &case)
            .outcome
            .level()
            .is_some_and(|level| level >= Level::GoNow)
    }
}
