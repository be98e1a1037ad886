//! Short replies: the words on a button, yes, no, not sure, a number. They answer what is in front of her where they can
//! mean only one thing. A typed no never closes a list of danger signs: that takes the button.

use crate::content::{Argument, Choice, ScreenKind, ScreenRole};

use super::present::Present;
use super::reply::{Placement, Press, Reply};
use super::talk::Talk;
use super::token::{Action, DoubtReply};

/// The weeks that a bare number may mean, where she is asked for her week.
const WEEKS: std::ops::RangeInclusive<u16> = 4..=42;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Short {
    Yes,
    No,
    NotSure,
    Help,
}

impl Talk<'_> {
    /// What a short reply does. None where the words are no short reply.
    pub(super) fn short_reply(&mut self, text: &str) -> Option<Vec<Reply>> {
        let typed = bare(text);
        if typed.is_empty() {
            return Some(self.with_notice("notice-text", Placement::New));
        }
        // She was asked whether to forget all: a short reply is about that, and only its buttons answer it.
        let named = self.button_named(&typed);
        let forgetting = std::mem::take(&mut self.session.forgetting);
        if forgetting && (named.is_some() || self.short(&typed).is_some()) {
            return Some(self.show(Placement::New));
        }
        if let Some(action) = named {
            if self.denies(&action) {
                return Some(self.with_notice("typed-no", Placement::New));
            }
            return Some(self.act_on_typed(action));
        }
        if let Ok(number) = typed.parse::<u16>() {
            return self.number(number);
        }
        let short = self.short(&typed)?;
        self.short_answer(short)
    }

    /// The button of what is in front of her that has these words.
    fn button_named(&self, typed: &str) -> Option<Action> {
        let shown = self.present_again(Placement::New);
        let last = shown.last()?;
        let mut found = last
            .rows
            .iter()
            .flatten()
            .filter_map(|button| match &button.press {
                Press::Tap { token, .. } if bare(&button.label) == typed => {
                    Action::parse(token).map(|(_, action)| action)
                }
                _ => None,
            });
        let action = found.next()?;
        found.next().is_none().then_some(action)
    }

    /// Does the button write a no down?
    fn denies(&self, action: &Action) -> bool {
        match action {
            Action::None(_) | Action::Doubt(_, DoubtReply::No) => true,
            // Ticks are complete: all the rest is no.
            Action::Done(_) => true,
            Action::Choose(id) => match self.present() {
                Present::Question(_, asked) => asked
                    .choices
                    .iter()
                    .any(|choice| choice.id == *id && is_denial(choice)),
                _ => false,
            },
            _ => false,
        }
    }

    fn act_on_typed(&mut self, action: Action) -> Vec<Reply> {
        let mut replies = self.act(action);
        // No message was tapped that could change.
        for reply in &mut replies {
            reply.placement = Placement::New;
        }
        replies
    }

    fn short(&self, typed: &str) -> Option<Short> {
        let words = self.plain_words();
        let is_one = |key: &str| words.get(key).split('.').any(|word| bare(word) == typed);
        [
            ("typed-words_yes", Short::Yes),
            ("typed-words_no", Short::No),
            ("typed-words_not_sure", Short::NotSure),
            ("typed-words_help", Short::Help),
        ]
        .into_iter()
        .find(|(key, _)| is_one(key))
        .map(|(_, short)| short)
    }

    fn short_answer(&mut self, short: Short) -> Option<Vec<Reply>> {
        if short == Short::Help {
            return Some(self.urgent(Placement::New));
        }
        let action = match (self.present(), short) {
            (Present::ReadBack, Short::Yes) => {
                Action::Right(self.session.heard.as_ref().map_or(0, super::heard::Heard::mark))
            }
            (Present::ReadBack, _) => return Some(self.with_notice("typed-leave_out", Placement::New)),
            (Present::Doubt(_, _), Short::No) => {
                return Some(self.with_notice("typed-no", Placement::New));
            }
            (Present::Doubt(_, place), short) => {
                let heard = self.session.heard.as_ref()?;
                let finding = heard.items.get(place)?.finding()?.to_string();
                let reply = if short == Short::Yes {
                    DoubtReply::Yes
                } else {
                    DoubtReply::NotSure
                };
                Action::Doubt(finding, reply)
            }
            (Present::Question(_, asked), short) => {
                let question = super::token::Question {
                    screen: asked.screen.id.clone(),
                    check: asked.check,
                };
                match (short, asked.screen.role) {
                    (Short::NotSure, _) => Action::NotSure(question),
                    (Short::No, ScreenRole::Causes) if self.session.ticks.is_empty() => {
                        Action::Skip(question)
                    }
                    (Short::No, ScreenRole::Stage) => return None,
                    (Short::No, _) => return Some(self.with_notice("typed-no", Placement::New)),
                    (Short::Yes | Short::Help, _) => {
                        return Some(self.with_notice("typed-which", Placement::New));
                    }
                }
            }
            (Present::Opening | Present::Answer(..), _) => return None,
        };
        Some(self.act_on_typed(action))
    }

    /// A bare number: her week where she is asked for it, or a line of a numbered list.
    fn number(&mut self, number: u16) -> Option<Vec<Reply>> {
        let Present::Question(_, asked) = self.present() else {
            return None;
        };
        if asked.screen.role == ScreenRole::Stage && !self.session.ended && WEEKS.contains(&number) {
            let day = number * 7;
            let of_week = |choice: &&&Choice| {
                choice.gives_stage.is_some_and(|stage| {
                    stage.phase == crate::content::Phase::Pregnant && stage.days.contains(day)
                })
            };
            let choice = asked.choices.iter().find(of_week)?.id.clone();
            return Some(self.stage_by_words(&number.to_string(), choice));
        }
        if !asked.screen.numbered || asked.screen.kind != ScreenKind::PickOne {
            return None;
        }
        let place = usize::from(number).checked_sub(1)?;
        let choice = asked.choices.get(place)?.id.clone();
        let label = self.plain_words().get(&format!("choice-{choice}"));
        let replies = self.act_on_typed(Action::Choose(choice));
        let line = self.plain_words().with(
            "words-stage",
            &[
                ("words", Argument::Word(number.to_string())),
                ("means", Argument::Word(label)),
            ],
        );
        Some(self.lead(&line, replies))
    }
}

/// Does the button say no to something?
fn is_denial(choice: &Choice) -> bool {
    choice
        .sets
        .iter()
        .any(|(_, value)| *value == crate::content::Value::No)
}

/// Letters and digits in lower case, one space between words.
fn bare(text: &str) -> String {
    let letters = text.chars().map(|letter| match letter {
        '\'' | '’' => None,
        letter if letter.is_alphanumeric() => Some(letter),
        _ => Some(' '),
    });
    let clean: String = letters.flatten().flat_map(char::to_lowercase).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}
