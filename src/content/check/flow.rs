//! The order of the screens of a topic, and steps, suppressors and sources that nothing uses.

use std::collections::BTreeSet;

use crate::content::draft::{Draft, Mark};
use crate::content::fault::{FaultKind, Sink};
use crate::content::id::{ChoiceId, ScreenId, SourceId, SuppressorId, TopicId};
use crate::content::level::Level;
use crate::content::model::{Screen, ScreenRole, Topic};

/// Danger first: the tier of a flow never rises, and the causes come last.
pub(super) fn tiers(draft: &Draft, sink: &Sink) {
    for topic in &draft.topics {
        let mut lowest: Option<(Level, &str)> = None;
        let mut causes = None;
        for (index, id) in topic.flow.iter().enumerate() {
            let Some(screen) = draft.screen(id) else {
                continue;
            };
            let mark = Mark::FlowScreen(topic.id.clone(), index);
            if let (Some((low, before)), Some(tier)) = (lowest, screen.tier)
                && tier > low
            {
                draft.fault(
                    sink,
                    &mark,
                    FaultKind::RisingTier,
                    format!(
                        "\"{id}\" is of tier {}, and \"{before}\" before it of {}",
                        tier.word(),
                        low.word()
                    ),
                    format!("put \"{id}\" before \"{before}\""),
                );
            }
            if let Some(tier) = screen.tier
                && lowest.is_none_or(|(low, _)| tier < low)
            {
                lowest = Some((tier, id.as_str()));
            }
            match (screen.role, causes) {
                (ScreenRole::Causes, None) => causes = Some(id.as_str()),
                (
                    ScreenRole::Danger | ScreenRole::Stage | ScreenRole::Branch | ScreenRole::Detail,
                    Some(before),
                ) => {
                    let message = format!("\"{id}\" stands behind \"{before}\", which asks about causes");
                    let cure = format!("put \"{before}\" last");
                    draft.fault(sink, &mark, FaultKind::RisingTier, message, cure);
                }
                _ => {}
            }
        }
        fit_in_its_place(draft, topic, sink);
    }
}

fn fit_in_its_place(draft: &Draft, topic: &Topic, sink: &Sink) {
    let is_fit = |id| draft.screen(id).map(|screen| screen.role == ScreenRole::Fit);
    for (index, id) in topic.flow.iter().enumerate() {
        if is_fit(id) == Some(true) {
            let mark = Mark::FlowScreen(topic.id.clone(), index);
            let message = format!("\"{id}\" is a screen of role fit, which is asked after the answer");
            draft.fault(
                sink,
                &mark,
                FaultKind::WrongValue,
                message,
                format!("write fit = \"{id}\" instead"),
            );
        }
        if topic.flow.iter().take(index).any(|before| before == id) {
            let mark = Mark::FlowScreen(topic.id.clone(), index);
            let message = format!("\"{id}\" stands twice in this flow");
            draft.fault(sink, &mark, FaultKind::Duplicate, message, "take one away");
        }
    }
    if let Some(id) = &topic.fit
        && is_fit(id) == Some(false)
    {
        let mark = Mark::FitScreen(topic.id.clone());
        let message = format!("\"{id}\" is not a screen of role fit");
        draft.fault(
            sink,
            &mark,
            FaultKind::WrongValue,
            message,
            "name a screen with role = \"fit\"",
        );
    }
}

/// A topic that hands over begins with the screens of the one it hands over to, the stage included; and to every topic
/// leads a button of the opening or another topic.
pub(super) fn hand_overs(draft: &Draft, sink: &Sink) {
    let mut reached: BTreeSet<&TopicId> = draft
        .topics
        .iter()
        .filter(|topic| topic.place.is_some())
        .map(|topic| &topic.id)
        .collect();
    for topic in &draft.topics {
        let Some(over) = &topic.hands_over else {
            continue;
        };
        reached.insert(&over.to);
        let other = draft.topics.iter().find(|other| other.id == over.to);
        if other.is_some_and(|other| until_stage(draft, topic) != until_stage(draft, other)) {
            let message = format!("\"{}\" and \"{}\" do not begin alike", topic.id, over.to);
            let cure = "give both flows the same screens up to the one that asks for the stage";
            draft.fault(
                sink,
                &Mark::Topic(topic.id.clone()),
                FaultKind::WrongValue,
                message,
                cure,
            );
        }
    }
    for topic in draft.topics.iter().filter(|topic| !reached.contains(&topic.id)) {
        let message = format!("no button and no topic leads to \"{}\"", topic.id);
        let cure = "give it a place = 1, 2, … in the opening, or let another topic hand over to it";
        draft.fault(
            sink,
            &Mark::Topic(topic.id.clone()),
            FaultKind::Unreachable,
            message,
            cure,
        );
    }
}

fn until_stage<'d>(draft: &Draft, topic: &'d Topic) -> Option<&'d [ScreenId]> {
    let asks_stage = |id: &ScreenId| {
        draft
            .screen(id)
            .is_some_and(|screen| screen.role == ScreenRole::Stage)
    };
    let place = topic.flow.iter().position(asks_stage)?;
    topic.flow.get(..=place)
}

/// Words that open a topic belong to one topic. A leaflet's command may show those of several.
pub(super) fn doors(draft: &Draft, sink: &Sink) {
    let mut taken = BTreeSet::new();
    for topic in &draft.topics {
        for word in &topic.payloads {
            if !taken.insert(word) {
                let mark = Mark::Topic(topic.id.clone());
                let message = format!("the payload \"{word}\" is taken by another topic");
                draft.fault(
                    sink,
                    &mark,
                    FaultKind::Duplicate,
                    message,
                    "give one of the two another word",
                );
            }
        }
    }
}

/// Steps on no topic, suppressors of no step, sources that nothing names.
pub(super) fn unused(draft: &Draft, sink: &Sink) {
    for step in draft.steps.iter().filter(|step| step.topics.is_empty()) {
        draft.fault(
            sink,
            &Mark::Step(step.id.clone()),
            FaultKind::Unreachable,
            format!("the step \"{}\" is on no topic", step.id),
            "add topics = […], or take the step away",
        );
    }
    let suppressors: BTreeSet<&SuppressorId> =
        draft.steps.iter().flat_map(|step| &step.suppressors).collect();
    for suppressor in draft
        .suppressors
        .iter()
        .filter(|one| !suppressors.contains(&one.id))
    {
        draft.fault(
            sink,
            &Mark::Suppressor(suppressor.id.clone()),
            FaultKind::Unused,
            format!("no step has the suppressor \"{}\"", suppressor.id),
            "name it in suppressors = […] of a step, or take it away",
        );
    }
    let used = used_sources(draft);
    for source in draft.sources.iter().filter(|source| !used.contains(&source.id)) {
        draft.fault(
            sink,
            &Mark::Source(source.id.clone()),
            FaultKind::Unused,
            format!("nothing names the source \"{}\"", source.id),
            "take it away, or name it where it is used",
        );
    }
}

fn used_sources(draft: &Draft) -> BTreeSet<&SourceId> {
    let flags = draft.red_flags.iter().flat_map(|flag| &flag.sources);
    let causes = draft.causes.iter().flat_map(|cause| &cause.sources);
    let steps = draft.steps.iter().flat_map(|step| &step.sources);
    let suppressors = draft
        .suppressors
        .iter()
        .flat_map(|suppressor| &suppressor.sources);
    let withheld = draft.withheld.iter().flat_map(|withheld| &withheld.sources);
    let numbers = draft.numbers.iter().flat_map(|country| {
        let lines = country.lines.iter().map(|line| &line.phone);
        std::iter::once(&country.emergency).chain(lines)
    });
    flags
        .chain(causes)
        .chain(steps)
        .chain(suppressors)
        .chain(withheld)
        .chain(numbers.flat_map(|phone| &phone.sources))
        .collect()
}

/// A list behind a branch comes after the branch, and details after every list they may be asked for.
pub(super) fn order(draft: &Draft, sink: &Sink) {
    for topic in &draft.topics {
        let flow: Vec<&Screen> = topic.flow.iter().filter_map(|id| draft.screen(id)).collect();
        for (place, screen) in flow.iter().enumerate() {
            let later = || flow.iter().skip(place + 1);
            let needs = |other: &&&Screen| {
                let told = |after: &ChoiceId| other.choices.iter().any(|choice| choice.id == *after);
                let behind = screen
                    .choices
                    .iter()
                    .any(|choice| choice.only_after.iter().any(told));
                let danger = matches!(other.role, ScreenRole::Danger | ScreenRole::Branch);
                behind || (screen.role == ScreenRole::Detail && danger)
            };
            if let Some(other) = later().find(needs) {
                draft.fault(
                    sink,
                    &Mark::FlowScreen(topic.id.clone(), place),
                    FaultKind::WrongOrder,
                    format!(
                        "\"{}\" stands before \"{}\", on which it hangs",
                        screen.id, other.id
                    ),
                    format!("put it behind \"{}\" in the flow of {}", other.id, topic.id),
                );
            }
        }
    }
}
