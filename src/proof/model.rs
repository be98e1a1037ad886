//! One topic as a machine that can be walked fast: what each button adds, which conditions make which level, and what
//! is asked next. It follows the decision of `triage` step by step, and [`super::agree`] compares the two in every
//! merged state.

use crate::content::{Choice, Content, Level, MightBe, ScreenKind, ScreenRole, Topic, TopicId};
use crate::triage::{Answer, MOST_SCREENS, Pressed};

use super::bits::{Bits, holds};
use super::place::{Button, Listed, listed, places};
use super::situation::{self, Situation};
use super::vocabulary::Vocabulary;

/// A topic, before or after a loss was told.
pub struct Model<'c> {
    /// The content.
    pub content: &'c Content,
    /// What she came with.
    pub topic: &'c Topic,
    /// She told that the pregnancy ended.
    pub ended: bool,
    /// Where she may be; the first is *not said yet*.
    pub situations: Vec<Situation<'c>>,
}

/// What is known of her, as far as the model goes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct State {
    /// Place in [`Model::situations`].
    pub situation: u16,
    /// The level so far.
    pub level: Level,
    /// Screens answered.
    pub screens: u8,
    /// How often she was not sure, three at the most.
    pub not_sure: u8,
    /// The screen, by its place in the flow, whose second look is owed.
    pub second_look: Option<u8>,
    /// The screens answered, by their places in the content.
    pub answered: u64,
    /// What is known.
    pub facts: Bits,
}

/// One way to answer a screen.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Move {
    /// How.
    pub pressed: Pressed,
    /// The buttons, by their places among those of the screen.
    pub chosen: u64,
}

/// A question: a screen of the flow, by its place, and the buttons shown, by theirs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Question {
    /// Place in the flow of the situation.
    pub screen: u8,
    /// Is it the second look?
    pub check: bool,
    /// The buttons shown.
    pub shown: u64,
}

/// A topic that cannot be walked.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TooMuch {
    /// More facts than a set holds.
    #[error(
        "{topic}: its rules and steps speak of {facts} facts, {most} at the most can be followed: take rules or buttons off"
    )]
    Facts {
        /// The topic.
        topic: TopicId,
        /// How many.
        facts: usize,
        /// The most.
        most: usize,
    },
    /// More screens than a set holds.
    #[error("{topic}: its flow has {screens} screens, 64 at the most can be followed")]
    Screens {
        /// The topic.
        topic: TopicId,
        /// How many.
        screens: usize,
    },
    /// More merged states than can be explored.
    #[error(
        "{topic}: more than {most} merged states; the rule {rule} couples most findings ({findings}): split it or ask less with it"
    )]
    States {
        /// The topic.
        topic: TopicId,
        /// The most.
        most: usize,
        /// The rule that couples most findings.
        rule: String,
        /// How many it couples.
        findings: usize,
    },
}

impl<'c> Model<'c> {
    /// The machine of a topic.
    ///
    /// # Errors
    /// When the topic speaks of more than a set of facts or of screens holds.
    pub fn new(content: &'c Content, topic: &'c Topic, ended: bool) -> Result<Model<'c>, TooMuch> {
        if content.screens.len() > 64 {
            return Err(TooMuch::Screens {
                topic: topic.id.clone(),
                screens: content.screens.len(),
            });
        }
        let places = places(content, topic, ended);
        let mut choices: Vec<&Choice> = Vec::new();
        for place in &places {
            let flow = place.topic.flow.iter().filter_map(|id| content.screen(id));
            choices.extend(flow.flat_map(|screen| &screen.choices));
        }
        choices.sort_by(|one, other| one.id.cmp(&other.id));
        choices.dedup_by(|one, other| one.id == other.id);
        let mut words = Vocabulary::new(content, &choices);
        // Conditions first: only facts that some condition asks for are followed.
        let conditions: Vec<_> = places
            .iter()
            .map(|place| situation::conditions(content, &mut words, place))
            .collect();
        if words.count() > Bits::MOST {
            return Err(TooMuch::Facts {
                topic: topic.id.clone(),
                facts: words.count(),
                most: Bits::MOST,
            });
        }
        let mut situations = Vec::new();
        for (place, conditions) in places.iter().zip(conditions) {
            let screens = listed(content, &words, place, &places, ended, &conditions.asked_when);
            situations.push(Situation::new(place, conditions, screens));
        }
        Ok(Model {
            content,
            topic,
            ended,
            situations,
        })
    }

    /// Where she is in the beginning.
    #[must_use]
    pub fn start(&self) -> State {
        let mut state = State {
            situation: 0,
            level: Level::SelfCare,
            screens: 0,
            not_sure: 0,
            second_look: None,
            answered: 0,
            facts: Bits::NONE,
        };
        state.level = self.level(&state);
        state
    }

    /// The situation of a state. There is always one: states are only made by this model.
    #[must_use]
    pub fn situation(&self, state: &State) -> &Situation<'c> {
        let place = usize::from(state.situation);
        #[allow(clippy::indexing_slicing)] // situations are made with the model, and never taken away
        &self.situations[place]
    }

    /// The level of the facts of a state.
    #[must_use]
    pub fn level(&self, state: &State) -> Level {
        self.situation(state).level(state.facts)
    }

    /// The screen of a question.
    #[must_use]
    pub fn listed(&self, state: &State, question: Question) -> &Listed<'c> {
        #[allow(clippy::indexing_slicing)] // a question is only made from a place in this list
        &self.situation(state).screens[usize::from(question.screen)]
    }

    /// What is asked next; nothing when it is time for the answer.
    #[must_use]
    pub fn next(&self, state: &State) -> Option<Question> {
        self.next_by(state, |facts| self.situation(state).level(facts) > state.level)
    }

    /// As [`Model::next`], for a caller who knows a quicker way to tell whether facts raise the level.
    pub fn next_by(&self, state: &State, raises: impl Fn(Bits) -> bool) -> Option<Question> {
        let at = self.situation(state);
        if state.level >= Level::GoNow || at.out_of_scope() {
            return None;
        }
        if let Some(place) = state.second_look {
            return Some(self.question(state, place, true, &raises));
        }
        (0u8..)
            .zip(&at.screens)
            .filter(|(_, listed)| state.answered & listed.mark == 0 && is_owed(listed, at, state))
            .map(|(place, _)| self.question(state, place, false, &raises))
            .find(|question| question.shown != 0)
    }

    fn question(&self, state: &State, place: u8, check: bool, raises: impl Fn(Bits) -> bool) -> Question {
        let mut question = Question {
            screen: place,
            check,
            shown: 0,
        };
        let listed = self.listed(state, question);
        let only_raising = listed.screen.role == ScreenRole::Detail;
        for (index, button) in listed.buttons.iter().enumerate() {
            let shown = button
                .asked_when
                .as_ref()
                .is_none_or(|when| holds(when, state.facts))
                && (button.only_after.is_none() || state.facts.meets(button.only_after))
                && !(check && state.facts.meets(button.pressed))
                && (!only_raising || raises(state.facts.or(button.yes)));
            if shown {
                question.shown |= 1 << index;
            }
        }
        question
    }

    /// What is known of her after a move.
    #[must_use]
    pub fn answer(&self, state: &State, question: Question, with: Move) -> State {
        self.answer_by(state, question, with, |then| self.level(then))
    }

    /// As [`Model::answer`], for a caller who knows a quicker way to the level.
    pub fn answer_by(
        &self,
        state: &State,
        question: Question,
        with: Move,
        level: impl Fn(&State) -> Level,
    ) -> State {
        let listed = self.listed(state, question);
        let mut then = *state;
        then.second_look = None;
        then.answered |= listed.mark;
        then.screens = then.screens.saturating_add(1);
        for (place, button) in self.buttons(state, question) {
            if with.chosen & (1 << place) != 0 {
                self.choose(&mut then, question, button);
            }
        }
        match with.pressed {
            Pressed::Chosen if listed.screen.kind == ScreenKind::PickMany => {
                self.leave_out(&mut then, state, question, with, |button| button.no);
            }
            Pressed::None => self.leave_out(&mut then, state, question, with, |button| button.no),
            Pressed::NotSure => self.not_sure(&mut then, state, question, with, &level),
            Pressed::Chosen | Pressed::Interrupted | Pressed::Skipped => {}
        }
        then.level = level(&then);
        then
    }

    /// Would this screen of the flow have a button for her now?
    #[must_use]
    pub fn shows_any(&self, state: &State, screen: u8) -> bool {
        let raises = |facts| self.situation(state).level(facts) > state.level;
        self.question(state, screen, false, raises).shown != 0
    }

    /// The buttons shown, with their places.
    pub fn buttons(&self, state: &State, question: Question) -> impl Iterator<Item = (usize, &Button<'c>)> {
        let all = self.listed(state, question).buttons.iter().enumerate();
        all.filter(move |(place, _)| question.shown & (1 << place) != 0)
    }

    fn choose(&self, then: &mut State, question: Question, button: &Button<'c>) {
        let weak = question.check && button.choice.might_be == MightBe::Unsure;
        then.facts = then
            .facts
            .or(if weak { button.might_be } else { button.yes })
            .or(button.pressed);
        if let Some(situation) = button.leads_to {
            then.situation = situation;
        }
    }

    fn leave_out(
        &self,
        then: &mut State,
        before: &State,
        question: Question,
        with: Move,
        adds: impl Fn(&Button<'c>) -> Bits,
    ) {
        for (place, button) in self.buttons(before, question) {
            if with.chosen & (1 << place) == 0 {
                then.facts = then.facts.or(adds(button));
            }
        }
    }

    fn not_sure(
        &self,
        then: &mut State,
        before: &State,
        question: Question,
        with: Move,
        level: impl Fn(&State) -> Level,
    ) {
        then.not_sure = (then.not_sure + 1).min(3);
        let listed = self.listed(before, question);
        match listed.screen.role {
            ScreenRole::Stage => {
                then.situation = self.unsure_situation();
                return;
            }
            ScreenRole::Branch => return,
            _ => {}
        }
        then.level = level(then);
        let certain = then.level >= Level::GoNow;
        if !question.check && listed.screen.check && !certain && self.has_room(then, question) {
            then.second_look = Some(question.screen);
            return;
        }
        self.leave_out(then, before, question, with, |button| button.unsure);
    }

    /// *Not sure* about the stage has a situation of its own, the last.
    fn unsure_situation(&self) -> u16 {
        u16::try_from(self.situations.len().saturating_sub(1)).unwrap_or(0)
    }

    fn has_room(&self, then: &State, question: Question) -> bool {
        let at = self.situation(then);
        let to_come = at
            .screens
            .iter()
            .skip(usize::from(question.screen) + 1)
            .filter(|listed| listed.screen.role != ScreenRole::Causes)
            .filter(|listed| !(listed.screen.role == ScreenRole::Stage && at.stage.is_some()))
            .count();
        usize::from(then.screens) + 1 + to_come <= MOST_SCREENS
    }

    /// The move as an answer of a session.
    #[must_use]
    pub fn as_answer(&self, state: &State, question: Question, with: Move) -> Answer {
        let chosen = self
            .buttons(state, question)
            .filter(|(place, _)| with.chosen & (1 << place) != 0)
            .map(|(_, button)| button.choice.id.clone());
        Answer {
            screen: self.listed(state, question).screen.id.clone(),
            check: question.check,
            pressed: with.pressed,
            chosen: chosen.collect(),
            words: None,
        }
    }
}

fn is_owed(listed: &Listed<'_>, at: &Situation<'_>, state: &State) -> bool {
    match listed.screen.role {
        ScreenRole::Stage => at.stage.is_none(),
        ScreenRole::Causes => state.level < Level::SameDay && usize::from(state.screens) < MOST_SCREENS,
        ScreenRole::Danger | ScreenRole::Branch | ScreenRole::Detail => true,
        ScreenRole::Fit => false,
    }
}
