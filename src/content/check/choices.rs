//! Does every button lead somewhere, and can every button and screen be met?

use std::collections::{BTreeMap, BTreeSet};

use crate::content::draft::{Draft, Mark};
use crate::content::fault::{FaultKind, Sink};
use crate::content::id::{ChoiceId, FindingId};
use crate::content::model::{Choice, Screen, Topic};

/// Longest name of a choice or screen, in bytes: the token of a button must fit into 64.
const LONGEST_NAME: usize = 24;

/// A button none of whose findings matters on a topic where it is shown.
pub(super) fn changes_nothing(draft: &Draft, sink: &Sink) {
    let mut idle: BTreeMap<&ChoiceId, Vec<&str>> = BTreeMap::new();
    for topic in &draft.topics {
        let shown = draft.choices_on(topic);
        let looked_at = looked_at(draft, topic, &shown);
        let leads_on: BTreeSet<&ChoiceId> = shown.iter().flat_map(|(_, choice)| &choice.only_after).collect();
        for (_, choice) in shown {
            let set: BTreeSet<FindingId> = choice.sets.iter().map(|(finding, _)| *finding).collect();
            let matters = choice.gives_stage.is_some()
                || leads_on.contains(&choice.id)
                || !draft.with_relatives(&set).is_disjoint(&looked_at);
            let topics = idle.entry(&choice.id).or_default();
            if !matters && !topics.contains(&topic.id.as_str()) {
                topics.push(topic.id.as_str());
            }
        }
    }
    for (choice, topics) in idle.into_iter().filter(|(_, topics)| !topics.is_empty()) {
        draft.fault(
            sink,
            &Mark::Choice(choice.clone()),
            FaultKind::ChangesNothing,
            format!("the answer \"{choice}\" changes nothing on {}", topics.join(", ")),
            "no rule, cause or step looks at what it sets: use it, limit the choice by topics = […], or drop it",
        );
    }
}

/// The findings that a rule, a cause, a step or another button looks at on a topic.
fn looked_at(draft: &Draft, topic: &Topic, shown: &[(&Screen, &Choice)]) -> BTreeSet<FindingId> {
    let mut looked_at: BTreeSet<FindingId> = draft
        .mentions_on(topic)
        .into_iter()
        .map(|mention| mention.finding)
        .collect();
    for (_, choice) in shown {
        let asked_when = choice.asked_when.iter().flat_map(|when| when.literals());
        looked_at.extend(asked_when.map(|literal| literal.finding));
    }
    looked_at
}

/// Choices and screens that no path leads to.
pub(super) fn unreachable(draft: &Draft, sink: &Sink) {
    for screen in &draft.screens {
        let on = |topic: &Topic| topic.flow.contains(&screen.id) || topic.fit.as_ref() == Some(&screen.id);
        if !draft.topics.iter().any(on) {
            draft.fault(
                sink,
                &Mark::Screen(screen.id.clone()),
                FaultKind::Unreachable,
                format!("no topic has the screen \"{}\"", screen.id),
                "put it in the flow of a topic, or take it away",
            );
        }
    }
    let screens = draft.topics.iter().flat_map(|topic| draft.screens_of(topic));
    let reached: BTreeSet<&ChoiceId> = screens
        .flat_map(|screen| screen.choices.iter().map(|choice| &choice.id))
        .collect();
    let shown = draft.topics.iter().flat_map(|topic| draft.choices_on(topic));
    let shown: BTreeSet<&ChoiceId> = shown.map(|(_, choice)| &choice.id).collect();
    for choice in &draft.choices {
        let mark = Mark::Choice(choice.id.clone());
        if !draft
            .screens
            .iter()
            .any(|screen| screen.choices.iter().any(|other| other.id == choice.id))
        {
            let message = format!("no screen has the choice \"{}\"", choice.id);
            let cure = "put it on a screen, or take it away";
            draft.fault(sink, &mark, FaultKind::Unreachable, message, cure);
            continue;
        }
        if reached.contains(&choice.id) && !shown.contains(&choice.id) {
            let message = format!("the choice \"{}\" is never shown", choice.id);
            let cure = "its topics or only_after leave it out on every topic that has its screen: mend them";
            draft.fault(sink, &mark, FaultKind::Unreachable, message, cure);
        }
    }
}

/// Names that could make the token of a button too long.
pub(super) fn long_names(draft: &Draft, sink: &Sink) {
    let choices = draft
        .choices
        .iter()
        .map(|choice| (choice.id.as_str(), Mark::Choice(choice.id.clone())));
    let screens = draft
        .screens
        .iter()
        .map(|screen| (screen.id.as_str(), Mark::Screen(screen.id.clone())));
    for (name, mark) in choices.chain(screens) {
        if name.len() > LONGEST_NAME {
            let message = format!("the name \"{name}\" has {} letters", name.len());
            let cure =
                format!("take a name of {LONGEST_NAME} letters at the most: it goes into the button's data");
            draft.fault(sink, &mark, FaultKind::TooLong, message, cure);
        }
    }
}
