//! What to ask next. Computed from what is known, never from a place in a script.

use crate::content::{Choice, Content, Level, Phase, Screen, ScreenRole};

use super::MOST_SCREENS;
use super::answers::{Answer, Known, flow};
use super::assessment::{Assessment, Case, assess};

/// A screen to show.
#[derive(Clone, Debug)]
pub struct Asked<'c> {
    /// Which.
    pub screen: &'c Screen,
    /// Is it the second look?
    pub check: bool,
    /// Its buttons, for her.
    pub choices: Vec<&'c Choice>,
}

/// What comes next.
#[derive(Clone, Debug)]
pub enum Next<'c> {
    /// A question.
    Ask(Asked<'c>),
    /// The answer.
    Answer(Box<Assessment<'c>>),
}

/// What comes next, given her answers.
#[must_use]
pub fn next<'c>(content: &'c Content, known: &Known, answered: &[Answer]) -> Next<'c> {
    match next_question(content, known, answered) {
        Some(asked) => Next::Ask(asked),
        None => Next::Answer(Box::new(outcome(content, known))),
    }
}

/// What the answers so far come to.
#[must_use]
pub fn outcome<'c>(content: &'c Content, known: &Known) -> Assessment<'c> {
    let case = Case {
        topic: Some(known.topic.clone()),
        stage: known.stage_or_unknown(),
        record: known.record.clone(),
    };
    assess(content, &case)
}

fn next_question<'c>(content: &'c Content, known: &Known, answered: &[Answer]) -> Option<Asked<'c>> {
    let topic = content.topic(&known.topic)?;
    let level = known.level(content);
    if level >= Level::GoNow {
        return None;
    }
    if known.stage.is_some_and(|stage| stage.phase == Phase::Neither) {
        return None;
    }
    if let Some(screen) = known.second_look.as_ref().and_then(|id| content.screen(id)) {
        return Some(Asked {
            screen,
            check: true,
            choices: known.shown(content, screen, true),
        });
    }
    flow(content, topic)
        .filter(|screen| !answered.iter().any(|answer| answer.screen == screen.id))
        .filter(|screen| is_owed(screen, known, level))
        .map(|screen| Asked {
            screen,
            check: false,
            choices: known.shown(content, screen, false),
        })
        .find(|asked| !asked.choices.is_empty())
}

fn is_owed(screen: &Screen, known: &Known, level: Level) -> bool {
    match screen.role {
        ScreenRole::Stage => known.stage.is_none(),
        ScreenRole::Causes => level < Level::SameDay && known.screens < MOST_SCREENS,
        // Words may have told the kind.
        ScreenRole::Branch => !screen
            .choices
            .iter()
            .any(|choice| known.pressed.contains(&choice.id)),
        ScreenRole::Danger | ScreenRole::Detail => true,
        ScreenRole::Fit => false,
    }
}
