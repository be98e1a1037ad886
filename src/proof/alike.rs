//! Two contents walked side by side: is every woman, whatever she taps, asked the same and told the same?
//!
//! Each move is made in both at once. Two histories are only taken for one where both contents merge them, so a
//! difference on any path is met.

use std::collections::HashSet;

use crate::content::{Content, StepId};
use crate::triage::{Answer, Assessment, Known, screens};

use super::all::doors;
use super::explore::{Asking, MOST_STATES, Node, Walk};
use super::model::{Model, Move, State};

/// The first conversation that goes on or ends in another way; none if there is no such conversation.
#[must_use]
pub fn first_difference(content: &Content, changed: &Content) -> Option<Vec<Answer>> {
    for (topic, other) in doors(content).zip(doors(changed)) {
        for ended in [false, true] {
            let models = (
                Model::new(content, topic, ended),
                Model::new(changed, other, ended),
            );
            let (Ok(one), Ok(two)) = models else {
                return Some(Vec::new());
            };
            if let Some(answers) = of_topic(&one, &two) {
                return Some(answers);
            }
        }
    }
    None
}

fn of_topic(one: &Model<'_>, two: &Model<'_>) -> Option<Vec<Answer>> {
    let (mut first, mut second) = (Walk::new(one), Walk::new(two));
    let begin = (
        first.arrive(one.start(), None, &[]),
        second.arrive(two.start(), None, &[]),
    );
    let mut seen = HashSet::from([begin]);
    let mut open = vec![begin];
    while let Some((at, there)) = open.pop() {
        let nodes = (
            first.graph.nodes.get(at as usize).copied()?,
            second.graph.nodes.get(there as usize).copied()?,
        );
        let answers = || first.graph.witness(one, at);
        if seen.len() > MOST_STATES || !asks_the_same(one, two, &nodes) {
            return Some(answers());
        }
        let (Some(asked), Some(there_asked)) = (nodes.0.question, nodes.1.question) else {
            if !ends_the_same(one, two, &answers()) {
                return Some(answers());
            }
            continue;
        };
        let asking = Asking::new(one, &nodes.0.state, asked);
        let there_asking = Asking::new(two, &nodes.1.state, there_asked);
        for (pressed, chosen, _) in asking.all_moves() {
            let with = Move { pressed, chosen };
            let pair = (first.go(at, &asking, with), second.go(there, &there_asking, with));
            if seen.insert(pair) {
                open.push(pair);
            }
        }
    }
    None
}

/// The level, the screen and its buttons.
fn asks_the_same(one: &Model<'_>, two: &Model<'_>, nodes: &(Node, Node)) -> bool {
    fn asked(model: &Model<'_>, node: &Node) -> Option<(String, bool, Vec<String>)> {
        let question = node.question?;
        let screen = model.listed(&node.state, question).screen.id.to_string();
        let buttons = model.buttons(&node.state, question);
        let ids = buttons.map(|(_, button)| button.choice.id.to_string()).collect();
        Some((screen, question.check, ids))
    }
    let levels = |state: &State| (state.level, state.screens, state.situation);
    levels(&nodes.0.state) == levels(&nodes.1.state) && asked(one, &nodes.0) == asked(two, &nodes.1)
}

/// Level, steps and causes of the same answers.
fn ends_the_same(one: &Model<'_>, two: &Model<'_>, answers: &[Answer]) -> bool {
    let end = |model: &Model<'_>| {
        let mut known = Known::new(model.content, &model.topic.id, model.ended);
        known.add_all(model.content, answers);
        ending(&screens::outcome(model.content, &known))
    };
    end(one) == end(two)
}

fn ending(found: &Assessment<'_>) -> (&'static str, Vec<StepId>, Vec<String>) {
    let steps = found.steps.iter().map(|step| step.id.clone());
    let causes = found.causes.iter().map(|scored| scored.cause.id.to_string());
    (found.outcome.word(), steps.collect(), causes.collect())
}
