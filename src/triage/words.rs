//! What an answer told in words, as data: replayed like a button's, so that Back, storing and proof stay true. Words only
//! affirm. What she denied is a mark on the list that asks it; only a button writes a no down.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::content::{
    Choice, ChoiceId, Content, FindingId, FindingKind, Literal, Screen, ScreenKind, ScreenRole, Stage, Value,
};

use super::answers::{Answer, Known, Pressed};
use super::record::{Truth, stands_for};

/// The screen of an answer in words. No screen of `dialogues/` can have this name.
pub const WORDS_SCREEN: &str = "(words)";

/// A fact that was told in words.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The finding's name: places in the content may change with a release.
    pub finding: Arc<str>,
    /// Not sure, yes, or a word or number. Never no.
    pub value: Value,
    /// The pattern that read it.
    pub rule: Arc<str>,
}

/// What an answer told in words.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InWords {
    /// What counts as told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<Fact>,
    /// Names of findings that she denied: they mark the lists that ask them, and count for nothing else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub denied: Vec<Arc<str>>,
    /// The pattern that read her stage, where it did. The stage stands in `chosen`, as the button it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage_rule: Option<Arc<str>>,
    /// The words told that the pregnancy ended.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lost: bool,
    /// The words chose the topic.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub opened: bool,
    /// The words told that somebody types for her.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub for_her: bool,
    /// The page of *More steps* that she was on, and is on again if this is taken back.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: u8,
    /// The number of the message, where the door has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<i64>,
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(page: &u8) -> bool {
    *page == 0
}

impl InWords {
    /// Does nothing of it count? Then it only marks lists.
    #[must_use]
    pub fn only_marks(&self) -> bool {
        self.told.is_empty() && self.stage_rule.is_none() && !self.lost && !self.opened && !self.for_her
    }
}

impl Answer {
    /// An answer in words. `chosen` holds the button of her stage, and that of a kind of *Something feels wrong*.
    #[must_use]
    pub fn in_words(words: InWords, chosen: Vec<ChoiceId>) -> Answer {
        Answer {
            screen: WORDS_SCREEN.into(),
            check: false,
            pressed: Pressed::Skipped,
            chosen,
            words: Some(words),
        }
    }
}

impl Known {
    /// Learns what an answer told in words.
    pub(super) fn add_words(&mut self, content: &Content, words: &InWords, chosen: &[ChoiceId]) {
        for choice in chosen {
            let all = content.screens.iter();
            let found = all
                .filter(|screen| matches!(screen.role, ScreenRole::Stage | ScreenRole::Branch))
                .flat_map(|screen| &screen.choices)
                .find(|known| known.id == *choice);
            // After a loss no week of pregnancy counts, however it was told; and she said where she is only once.
            let counts = |choice: &&Choice| {
                self.shows(content, choice) && !(choice.gives_stage.is_some() && self.stage.is_some())
            };
            if let Some(found) = found.filter(counts) {
                self.choose(content, found, false);
            }
        }
        for fact in &words.told {
            let Some(finding) = content.findings.id(&fact.finding) else {
                continue;
            };
            if fact.value > Value::No {
                self.record.learn(&content.findings, finding, fact.value);
            }
            if fact.value > Value::Unsure && !self.in_words.contains(&finding) {
                self.in_words.push(finding);
            }
        }
        for finding in words.denied.iter().filter_map(|name| content.findings.id(name)) {
            if !self.denied.contains(&finding) {
                self.denied.push(finding);
            }
        }
    }

    /// Did she tell in words all that this tick would record? Then it is not asked again.
    pub(super) fn told_in_words(&self, content: &Content, screen: &Screen, choice: &Choice) -> bool {
        if self.in_words.is_empty() || screen.kind != ScreenKind::PickMany {
            return false;
        }
        let mut sets = choice
            .sets
            .iter()
            .filter(|(_, value)| *value > Value::No)
            .peekable();
        sets.peek().is_some() && sets.all(|(finding, value)| self.is_told(content, *finding, *value))
    }

    fn is_told(&self, content: &Content, finding: FindingId, value: Value) -> bool {
        let literal = Literal {
            finding,
            at_least: match value {
                Value::Amount(amount) => Some(amount),
                _ => None,
            },
            or_unsure: false,
        };
        let of_it = |told: FindingId| {
            told == finding
                || match content.findings.get(finding).map(|finding| &finding.kind) {
                    Some(FindingKind::Sign(sign)) => stands_for(sign, told),
                    _ => false,
                }
        };
        self.in_words.iter().any(|told| of_it(*told))
            && self.record.truth(&content.findings, literal) == Truth::Yes
    }

    /// The findings that she denied in words and that this button asks about.
    #[must_use]
    pub fn denied_in_words(&self, content: &Content, choice: &Choice) -> Vec<FindingId> {
        let asks = |denied: FindingId| {
            let sets = choice.sets.iter().filter(|(_, value)| *value > Value::No);
            let mut asked = sets
                .map(|(finding, _)| *finding)
                .chain(choice.also_denies.iter().copied());
            asked.any(|finding| {
                finding == denied
                    || match content.findings.get(finding).map(|finding| &finding.kind) {
                        Some(FindingKind::Sign(sign)) => stands_for(sign, denied),
                        _ => false,
                    }
            })
        };
        self.denied
            .iter()
            .copied()
            .filter(|denied| asks(*denied))
            .collect()
    }
}

/// The button of the stage screen that holds a stage told in words: the narrowest with all its days. None where two
/// buttons share it, and where it is no stage that words may decide.
#[must_use]
pub fn stage_choice<'c>(content: &'c Content, known: &Known, stage: Stage) -> Option<&'c Choice> {
    use crate::content::Phase;
    if matches!(stage.phase, Phase::Neither | Phase::Unknown) {
        return None;
    }
    let screens = content
        .screens
        .iter()
        .filter(|screen| screen.role == ScreenRole::Stage);
    let holds = |choice: &&Choice| {
        choice.gives_stage.is_some_and(|given| {
            given.phase == stage.phase
                && given.days.lo() <= stage.days.lo()
                && stage.days.hi() <= given.days.hi()
        })
    };
    let span = |choice: &&Choice| {
        choice
            .gives_stage
            .map_or(u16::MAX, |given| given.days.hi() - given.days.lo())
    };
    let found = screens
        .flat_map(|screen| &screen.choices)
        .filter(|choice| known.shows(content, choice))
        .filter(holds)
        .min_by_key(span)?;
    // The button for a week that is not known holds every week; it is hers only if she named none.
    let whole = found.gives_stage?.days;
    let several = |choice: &&Choice| {
        choice.id != found.id
            && choice.gives_stage.is_some_and(|given| {
                given.phase == stage.phase && whole.lo() <= given.days.lo() && given.days.hi() <= whole.hi()
            })
    };
    let all = content.screens.iter().flat_map(|screen| &screen.choices);
    let is_wide = all.filter(several).count() > 1;
    (!is_wide || whole == stage.days).then_some(found)
}
