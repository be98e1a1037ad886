//! What was read in her words and waits for her word on it. Of the message only the shortest stretches are kept, as long
//! as they are shown to her.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::content::{ChoiceId, Stage, TopicId, Value};
use crate::private::Private;
use crate::triage::{Answer, Fact, InWords};

/// A reading that she has not said yes or no to.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heard {
    /// What was read: what is to be asked first, then in the order of her words.
    pub items: Vec<Item>,
    /// What she comes with, where she had not said so before.
    pub topic: Option<TopicId>,
    /// The kind of *Something feels wrong* that she named.
    pub kind: Option<ChoiceId>,
    /// She told that the pregnancy ended.
    pub lost: bool,
    /// She told that somebody types for her.
    pub for_her: bool,
    /// The number of the message.
    pub message: Option<i64>,
    /// She changed a message that counts: this would take its place.
    pub corrects: bool,
}

/// One thing that was read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// What.
    pub what: What,
    /// The pattern that read it.
    pub rule: Arc<str>,
    /// Her words.
    pub words: Private<String>,
    /// It was asked as a question of its own, and answered by button.
    pub asked: bool,
}

/// What an item says. Findings by name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Where she is, and the button that stands for it, if one does.
    Stage(Stage, Option<ChoiceId>),
    /// Yes, a word or number, or not sure.
    Fact(Arc<str>, Value),
    /// Doubtful, and it matters: a question of its own.
    Ask(Arc<str>),
    /// No. It marks the list that asks it.
    Denied(Arc<str>),
}

/// Her words above an answer that broke in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The finding, by name; nothing for the stage.
    pub finding: Option<Arc<str>>,
    /// The pattern that read it.
    pub rule: Arc<str>,
    /// Her words.
    pub words: Private<String>,
}

impl Item {
    /// The finding it speaks of.
    #[must_use]
    pub fn finding(&self) -> Option<&Arc<str>> {
        match &self.what {
            What::Stage(..) => None,
            What::Fact(finding, _) | What::Ask(finding) | What::Denied(finding) => Some(finding),
        }
    }

    /// Does it stand in the list that she is to say yes to?
    #[must_use]
    pub fn is_listed(&self) -> bool {
        !self.asked && matches!(self.what, What::Stage(..) | What::Fact(..))
    }
}

impl Heard {
    /// The place of the doubt that is asked next.
    #[must_use]
    pub fn next_ask(&self) -> Option<usize> {
        self.items
            .iter()
            .position(|item| matches!(item.what, What::Ask(_)))
    }

    /// What is listed for her to say yes to.
    pub fn listed(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.is_listed())
    }

    /// Names this list: *That is right* counts only for the list it stood under.
    #[must_use]
    pub fn mark(&self) -> u16 {
        let mut mark = u16::from(self.corrects).wrapping_add(7);
        for item in &self.items {
            let name = item.finding().map_or("stage", |finding| finding);
            for byte in name.bytes() {
                mark = mark.wrapping_mul(31).wrapping_add(u16::from(byte));
            }
        }
        mark
    }

    /// The answer it makes. What was to be asked and was not is not sure.
    #[must_use]
    pub fn answer(&self, opened: bool) -> Answer {
        let mut words = InWords {
            lost: self.lost,
            for_her: self.for_her,
            opened,
            message: self.message,
            ..InWords::default()
        };
        let mut chosen: Vec<ChoiceId> = Vec::new();
        for item in &self.items {
            let mut fact = |finding: &Arc<str>, value| {
                words.told.push(Fact {
                    finding: Arc::clone(finding),
                    value,
                    rule: Arc::clone(&item.rule),
                });
            };
            match &item.what {
                What::Stage(_, Some(choice)) => {
                    chosen.push(choice.clone());
                    words.stage_rule = Some(Arc::clone(&item.rule));
                }
                What::Stage(_, None) => {}
                What::Fact(finding, value) => fact(finding, *value),
                What::Ask(finding) => fact(finding, Value::Unsure),
                What::Denied(finding) => words.denied.push(Arc::clone(finding)),
            }
        }
        chosen.extend(self.kind.clone());
        Answer::in_words(words, chosen)
    }

    /// What is quoted above an answer.
    #[must_use]
    pub fn quotes(&self) -> Vec<Quote> {
        let quoted = |item: &&Item| match &item.what {
            What::Fact(_, value) => *value > Value::Unsure,
            What::Stage(_, choice) => choice.is_some(),
            What::Ask(_) | What::Denied(_) => false,
        };
        let quote = |item: &Item| Quote {
            finding: item.finding().cloned(),
            rule: Arc::clone(&item.rule),
            words: item.words.clone(),
        };
        self.items.iter().filter(quoted).map(quote).collect()
    }
}
