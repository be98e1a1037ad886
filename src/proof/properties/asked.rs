//! P05, P08, P10: what is asked, in which order, and whether it can be answered and matters.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use crate::content::{Level, ScreenRole, Value};
use crate::triage::{Assessment, Pressed};

use super::super::explore::Node;
use super::super::model::Question;
use super::{Verdicts, Walked};

pub(super) fn look(walked: &Walked<'_, '_>, all: &mut Verdicts) {
    let futures = futures(walked);
    for (place, node) in (0u32..).zip(&walked.graph.nodes) {
        let Some(question) = node.question else { continue };
        emergency_first(walked, place, node, question, all);
        way_on(walked, place, node, question, all);
        // A second look is the same question, asked again because she was not sure; she gets it also where pointing at
        // a sign would only say again what a tick has said. On a topic with a floor she is sent to a person anyway, and
        // what she says is what she reads out there.
        let floor = walked.model.situation(&node.state).topic.floor.is_some();
        if question.check || floor {
            continue;
        }
        all.look("P10", 1);
        let mut then = walked
            .graph
            .edges(node)
            .iter()
            .map(|edge| futures.get(edge.to as usize));
        let first = then.next().flatten();
        if first.is_some() && then.all(|other| other == first) {
            let screen = &walked.model.listed(&node.state, question).screen.id;
            let what = format!("{screen} is asked, and every answer to it comes to the same");
            all.broken(walked.broken("P10", place, what));
        }
    }
}

/// P05: a list of emergencies that is still open, with a button for her, goes before everything else.
fn emergency_first(walked: &Walked<'_, '_>, place: u32, node: &Node, question: Question, all: &mut Verdicts) {
    all.look("P05", 1);
    let asked = walked.model.listed(&node.state, question).screen;
    if question.check || asked.tier == Some(Level::Emergency) {
        return;
    }
    let at = walked.model.situation(&node.state);
    for (number, listed) in (0u8..).zip(&at.screens) {
        let open = listed.screen.role == ScreenRole::Danger
            && listed.screen.tier == Some(Level::Emergency)
            && node.state.answered & listed.mark == 0
            && walked.model.shows_any(&node.state, number);
        if open {
            let what = format!(
                "{} is asked before {}, which can still be an emergency",
                asked.id, listed.screen.id
            );
            all.broken(walked.broken("P05", place, what));
        }
    }
}

/// P08: there is an answer that says nothing but no, and it is not *Not sure*.
fn way_on(walked: &Walked<'_, '_>, place: u32, node: &Node, question: Question, all: &mut Verdicts) {
    all.look("P08", 1);
    let screen = walked.model.listed(&node.state, question).screen;
    let only_denies = |button: &super::super::place::Button<'_>| {
        let sets = &button.choice.sets;
        !sets.is_empty() && sets.iter().all(|(_, value)| *value == Value::No)
    };
    let says_so = screen.none
        || screen.role == ScreenRole::Causes
        || walked
            .model
            .buttons(&node.state, question)
            .any(|(_, button)| only_denies(button));
    let stage = screen.role == ScreenRole::Stage;
    let ends = walked
        .graph
        .edges(node)
        .iter()
        .any(|edge| edge.with.pressed != Pressed::NotSure);
    if !(stage || says_so) || !ends {
        let what = format!("on {} there is no button for whom nothing fits", screen.id);
        all.broken(walked.broken("P08", place, what));
    }
}

/// What may come of each state, as one number: the same where everything that follows is the same. A question whose
/// answers all come to the same is as if it were not asked.
fn futures(walked: &Walked<'_, '_>) -> Vec<u64> {
    let nodes = &walked.graph.nodes;
    let mut futures = vec![0u64; nodes.len()];
    for place in (0..nodes.len()).rev() {
        let Some(node) = nodes.get(place) else { continue };
        let future = match node.question {
            None => walked.found.get(place).and_then(Option::as_ref).map_or(0, ending),
            Some(question) => {
                let mut then: Vec<u64> = walked
                    .graph
                    .edges(node)
                    .iter()
                    .filter_map(|edge| futures.get(edge.to as usize).copied())
                    .collect();
                then.sort_unstable();
                then.dedup();
                match then.as_slice() {
                    [only] => *only,
                    _ => number(&(question, node.state.situation, then)),
                }
            }
        };
        if let Some(slot) = futures.get_mut(place) {
            *slot = future;
        }
    }
    futures
}

/// Level, steps and causes.
fn ending(found: &Assessment<'_>) -> u64 {
    let steps: Vec<&str> = found.steps.iter().map(|step| step.id.as_str()).collect();
    let causes: Vec<&str> = found
        .causes
        .iter()
        .map(|scored| scored.cause.id.as_str())
        .collect();
    number(&(found.outcome.word(), steps, causes))
}

fn number(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
