//! What she pressed → what is known. Replaying the answers is the only way a record comes about in a conversation.

use serde::{Deserialize, Serialize};

use crate::content::{
    Choice, ChoiceId, Content, Days, FindingId, Level, MightBe, Phase, Screen, ScreenId, ScreenKind,
    ScreenRole, Stage, Topic, TopicId, Value, stage,
};

use super::record::Record;
use super::words::InWords;
use super::{MOST_SCREENS, rules};

/// How a screen was answered.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pressed {
    /// A button of a pick-one screen, or Done after ticks.
    Chosen,
    /// Ticks that were an EMERGENCY before Done: the rest of the list stays open.
    Interrupted,
    /// *None of these*, *None, I checked*.
    None,
    /// *Not sure*, *Still not sure*.
    NotSure,
    /// *Skip*: nothing is recorded.
    Skipped,
}

/// One answer.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The screen that was answered.
    pub screen: ScreenId,
    /// Was it the second look at that screen?
    #[serde(default)]
    pub check: bool,
    /// How.
    pub pressed: Pressed,
    /// What was chosen or ticked.
    #[serde(default)]
    pub chosen: Vec<ChoiceId>,
    /// What it told in words, where it was no button's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<InWords>,
}

/// All that a list of answers tells.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Known {
    /// What she came with; where that topic hands over to another at her stage, the other.
    pub topic: TopicId,
    /// Where she is, once she said so.
    pub stage: Option<Stage>,
    /// What is known of her.
    pub record: Record,
    /// The buttons she pressed or ticked.
    pub pressed: Vec<ChoiceId>,
    /// How many screens were answered, second looks included. Only those of
    /// this topic count, so neither does the screen behind *More steps*.
    pub screens: usize,
    /// How often she was not sure.
    pub not_sure: usize,
    /// She told that the pregnancy ended.
    pub ended: bool,
    /// The screen whose second look is owed.
    pub second_look: Option<ScreenId>,
    /// What she affirmed in words, and is not asked again.
    pub in_words: Vec<FindingId>,
    /// What she denied in words: marks, and no answers.
    pub denied: Vec<FindingId>,
}

impl Known {
    /// Nothing is known but what she came with.
    #[must_use]
    pub fn new(content: &Content, topic: &TopicId, ended: bool) -> Known {
        Known {
            topic: topic.clone(),
            stage: None,
            record: Record::new(&content.findings),
            pressed: Vec::new(),
            screens: 0,
            not_sure: 0,
            ended,
            second_look: None,
            in_words: Vec::new(),
            denied: Vec::new(),
        }
    }

    /// Learns answers, in order. An answer to a screen or button that the content no longer has tells nothing.
    pub fn add_all(&mut self, content: &Content, answers: &[Answer]) {
        for answer in answers {
            self.add(content, answer);
        }
    }

    /// Goes on to another topic: what is known stays, the counting of screens begins anew.
    pub fn go_on(&mut self, content: &Content, topic: &TopicId) {
        self.topic = topic.clone();
        self.hand_over(content);
        self.pressed.clear();
        self.screens = 0;
        self.not_sure = 0;
        self.second_look = None;
    }

    /// The topic that goes on at this stage: back pain is two, before a birth and after.
    fn hand_over(&mut self, content: &Content) {
        let Some(stage) = self.stage else {
            return;
        };
        let over = content
            .topic(&self.topic)
            .and_then(|topic| topic.hands_over.as_ref())
            .filter(|over| over.stage.iter().any(|window| window.shows(stage)));
        if let Some(over) = over {
            self.topic = over.to.clone();
        }
    }

    /// The stage for rules: every window counts until she has said it; after a loss, every window after it.
    #[must_use]
    pub fn stage_or_unknown(&self) -> Stage {
        self.stage.unwrap_or_else(|| unsure_stage(self.ended))
    }

    /// The level so far.
    #[must_use]
    pub fn level(&self, content: &Content) -> Level {
        let fired = rules::fired(content, Some(&self.topic), self.stage_or_unknown(), &self.record);
        rules::level(content, Some(&self.topic), &fired)
    }

    /// Is the button shown to her now?
    #[must_use]
    pub fn shows(&self, content: &Content, choice: &Choice) -> bool {
        let gone = |stage: Stage| self.ended && matches!(stage.phase, Phase::Pregnant | Phase::PeriodLate);
        rules::on_topic(&choice.topics, Some(&self.topic))
            && stage::shows(&choice.stage, self.stage_or_unknown())
            && choice
                .asked_when
                .as_ref()
                .is_none_or(|when| self.record.holds(&content.findings, when))
            && (choice.only_after.is_empty() || choice.only_after.iter().any(|id| self.pressed.contains(id)))
            && !(self.ended && choice.not_after_loss)
            && !choice.gives_stage.is_some_and(gone)
    }

    /// The buttons of a screen that are shown to her now. On a second look those she has ticked already are left out;
    /// a detail is only asked if a yes to it still raises the level.
    #[must_use]
    pub fn shown<'c>(&self, content: &'c Content, screen: &'c Screen, check: bool) -> Vec<&'c Choice> {
        let shown = screen.choices.iter().filter(|choice| self.shows(content, choice));
        // The level is only worked out where it decides.
        let level = (screen.role == ScreenRole::Detail).then(|| self.level(content));
        shown
            .filter(|choice| !(check && self.pressed.contains(&choice.id)))
            .filter(|choice| !self.told_in_words(content, screen, choice))
            .filter(|choice| level.is_none_or(|level| self.would_raise(content, choice, level)))
            .collect()
    }

    /// Would a yes to this button make the answer more urgent?
    fn would_raise(&self, content: &Content, choice: &Choice, level: Level) -> bool {
        let mut then = self.clone();
        then.choose(content, choice, false);
        then.level(content) > level
    }

    /// Learns one answer.
    pub fn add(&mut self, content: &Content, answer: &Answer) {
        if let Some(words) = &answer.words {
            self.add_words(content, words, &answer.chosen);
            return;
        }
        let Some(screen) = content.screen(&answer.screen) else {
            return;
        };
        let shown = self.shown(content, screen, answer.check);
        self.second_look = None;
        if content
            .topic(&self.topic)
            .is_some_and(|topic| topic.flow.contains(&answer.screen))
        {
            self.screens += 1;
        }
        let (chosen, rest): (Vec<_>, Vec<_>) = shown
            .into_iter()
            .partition(|choice| answer.chosen.contains(&choice.id));
        for choice in chosen {
            self.choose(content, choice, answer.check);
        }
        match answer.pressed {
            Pressed::Chosen if screen.kind == ScreenKind::PickMany => self.deny(content, &rest),
            Pressed::None => self.deny(content, &rest),
            Pressed::NotSure => self.not_sure(content, screen, answer.check, &rest),
            Pressed::Chosen | Pressed::Interrupted | Pressed::Skipped => {}
        }
    }

    pub(super) fn choose(&mut self, content: &Content, choice: &Choice, check: bool) {
        for (finding, value) in &choice.sets {
            let value = match (check, choice.might_be) {
                (true, MightBe::Unsure) => Value::Unsure,
                _ => *value,
            };
            self.record.learn(&content.findings, *finding, value);
        }
        if let Some(stage) = choice.gives_stage {
            self.stage = Some(stage);
            self.hand_over(content);
        }
        self.pressed.push(choice.id.clone());
    }

    fn deny(&mut self, content: &Content, choices: &[&Choice]) {
        for finding in choices.iter().flat_map(|choice| denied_by(choice)) {
            self.record.learn(&content.findings, finding, Value::No);
        }
    }

    fn not_sure(&mut self, content: &Content, screen: &Screen, check: bool, rest: &[&Choice]) {
        self.not_sure += 1;
        match screen.role {
            ScreenRole::Stage => {
                self.stage = Some(unsure_stage(self.ended));
                self.hand_over(content);
                return;
            }
            // Not to know which kind it is says nothing about any of them.
            ScreenRole::Branch => return,
            _ => {}
        }
        let certain = self.level(content) >= Level::GoNow;
        if !check && screen.check && !certain && self.has_room_for_second_look(content, screen) {
            self.second_look = Some(screen.id.clone());
            return;
        }
        for finding in rest.iter().flat_map(|choice| denied_by(choice)) {
            self.record.learn(&content.findings, finding, Value::Unsure);
        }
    }

    /// A second look is offered only if it, all danger screens to come and one detail still fit into seven screens.
    fn has_room_for_second_look(&self, content: &Content, screen: &Screen) -> bool {
        let Some(topic) = content.topic(&self.topic) else {
            return false;
        };
        let after = topic.flow.iter().skip_while(|id| **id != screen.id).skip(1);
        let to_come = after
            .filter_map(|id| content.screen(id))
            .filter(|screen| screen.role != ScreenRole::Causes)
            .filter(|screen| !(screen.role == ScreenRole::Stage && self.stage.is_some()))
            .count();
        self.screens + 1 + to_come <= MOST_SCREENS
    }
}

/// What leaving a button out denies: the findings it records, and those its line spells out beside them.
pub fn denied_by(choice: &Choice) -> impl Iterator<Item = FindingId> {
    let own = choice
        .sets
        .iter()
        .filter(|(_, value)| *value > Value::No)
        .map(|(finding, _)| *finding);
    own.chain(choice.also_denies.iter().copied())
}

/// *Not sure* about the stage: every window counts. After a loss it is some time after it.
#[must_use]
pub fn unsure_stage(ended: bool) -> Stage {
    match Days::new(0, Days::LAST_AFTER_BIRTH) {
        Some(days) if ended => Stage {
            phase: Phase::AfterBirth,
            days,
        },
        _ => Stage::UNKNOWN,
    }
}

/// The screens a topic is made of, in order.
pub fn flow<'c>(content: &'c Content, topic: &'c Topic) -> impl Iterator<Item = &'c Screen> {
    topic.flow.iter().filter_map(|id| content.screen(id))
}
