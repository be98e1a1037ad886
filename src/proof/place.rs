//! The places a woman can be at on a topic, one for each answer to the question of the stage, and the buttons that
//! stand there.

use crate::content::{Choice, ChoiceId, Content, Phase, Screen, ScreenRole, Stage, Topic, Value, stage};
use crate::triage::answers::{denied_by, unsure_stage};
use crate::triage::{Answer, Known, Pressed};

use super::bits::{Bits, Condition};
use super::vocabulary::Vocabulary;

/// A screen of the flow with its buttons at one stage.
pub struct Listed<'c> {
    /// The screen.
    pub screen: &'c Screen,
    /// Its place in the content, as one bit.
    pub mark: u64,
    /// The buttons that may be shown at this stage.
    pub buttons: Vec<Button<'c>>,
    /// Everything its buttons may add.
    pub may_add: Bits,
}

/// A button at one stage, and what it adds.
pub struct Button<'c> {
    /// The button.
    pub choice: &'c Choice,
    /// Pressed or ticked.
    pub yes: Bits,
    /// Pointed at on a second look.
    pub might_be: Bits,
    /// Left out.
    pub no: Bits,
    /// Left out by *Not sure*.
    pub unsure: Bits,
    /// The fact that it was pressed, if that matters anywhere.
    pub pressed: Bits,
    /// Shown only when this holds.
    pub asked_when: Option<Condition>,
    /// Shown only after one of these, unless empty.
    pub only_after: Bits,
    /// The situation it leads to, for a button of the stage.
    pub leads_to: Option<u16>,
}

/// One place she may be at: the topic as it goes on from there, and the stage.
pub struct Place<'c> {
    /// The topic from there on.
    pub topic: &'c Topic,
    /// The stage as rules see it.
    pub counts_as: Stage,
    /// The stage she said; none before she said it.
    pub said: Option<Stage>,
    /// The button that said it.
    pub by: Option<ChoiceId>,
}

/// All places: not said yet, each button of the stage, and last *not sure*. Which topic goes on from there is asked
/// of the decision itself.
pub fn places<'c>(content: &'c Content, topic: &'c Topic, ended: bool) -> Vec<Place<'c>> {
    let start = Known::new(content, &topic.id, ended);
    let mut all = vec![Place {
        topic,
        counts_as: start.stage_or_unknown(),
        said: None,
        by: None,
    }];
    let stage_screen = topic
        .flow
        .iter()
        .filter_map(|id| content.screen(id))
        .find(|screen| screen.role == ScreenRole::Stage);
    let Some(screen) = stage_screen else {
        return all;
    };
    let after = |pressed, chosen: Vec<ChoiceId>| {
        let mut known = start.clone();
        let answer = Answer {
            screen: screen.id.clone(),
            check: false,
            pressed,
            chosen,
            words: None,
        };
        known.add(content, &answer);
        known
    };
    for choice in start.shown(content, screen, false) {
        let known = after(Pressed::Chosen, vec![choice.id.clone()]);
        all.push(Place {
            topic: content.topic(&known.topic).unwrap_or(topic),
            counts_as: known.stage_or_unknown(),
            said: known.stage,
            by: Some(choice.id.clone()),
        });
    }
    let known = after(Pressed::NotSure, Vec::new());
    all.push(Place {
        topic: content.topic(&known.topic).unwrap_or(topic),
        counts_as: unsure_stage(ended),
        said: known.stage,
        by: None,
    });
    all
}

/// The screens of a place with the buttons that may be shown there.
pub fn listed<'c>(
    content: &'c Content,
    words: &Vocabulary<'c>,
    place: &Place<'c>,
    places: &[Place<'c>],
    ended: bool,
    asked_when: &[(ChoiceId, Condition)],
) -> Vec<Listed<'c>> {
    let mut screens = Vec::new();
    for screen in place.topic.flow.iter().filter_map(|id| content.screen(id)) {
        let mark = content.screens.iter().position(|one| one.id == screen.id);
        let shown = screen
            .choices
            .iter()
            .filter(|choice| may_show(choice, place, ended));
        let buttons: Vec<Button<'c>> = shown
            .map(|choice| button(words, choice, places, asked_when))
            .collect();
        let may_add = buttons
            .iter()
            .map(|one| one.yes.or(one.might_be).or(one.no).or(one.unsure).or(one.pressed))
            .fold(Bits::NONE, Bits::or);
        screens.push(Listed {
            screen,
            mark: mark.map_or(0, |place| 1 << place),
            buttons,
            may_add,
        });
    }
    screens
}

fn may_show(choice: &Choice, place: &Place<'_>, ended: bool) -> bool {
    let gone = |stage: Stage| matches!(stage.phase, Phase::Pregnant | Phase::PeriodLate);
    (choice.topics.is_empty() || choice.topics.contains(&place.topic.id))
        && stage::shows(&choice.stage, place.counts_as)
        && !(ended && (choice.not_after_loss || choice.gives_stage.is_some_and(gone)))
}

fn button<'c>(
    words: &Vocabulary<'c>,
    choice: &'c Choice,
    places: &[Place<'c>],
    asked_when: &[(ChoiceId, Condition)],
) -> Button<'c> {
    let add = |all: Bits, (finding, value)| all.or(words.learned(finding, value));
    let sets = choice.sets.iter().copied();
    let left_out = |value: Value| denied_by(choice).map(move |finding| (finding, value));
    let leads_to = choice.gives_stage.and_then(|_| {
        let by = places
            .iter()
            .position(|place| place.by.as_ref() == Some(&choice.id));
        by.and_then(|place| u16::try_from(place).ok())
    });
    Button {
        choice,
        yes: sets.clone().fold(Bits::NONE, add),
        might_be: sets
            .map(|(finding, _)| (finding, Value::Unsure))
            .fold(Bits::NONE, add),
        no: left_out(Value::No).fold(Bits::NONE, add),
        unsure: left_out(Value::Unsure).fold(Bits::NONE, add),
        pressed: words.known_pressed(&choice.id),
        asked_when: asked_when
            .iter()
            .find(|(id, _)| *id == choice.id)
            .map(|(_, condition)| condition.clone()),
        only_after: choice
            .only_after
            .iter()
            .map(|id| words.known_pressed(id))
            .fold(Bits::NONE, Bits::or),
        leads_to,
    }
}
