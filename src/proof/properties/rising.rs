//! P02, P03, P09: urgency only rises, and the conversation ends.

use crate::content::{Level, ScreenRole, Value};
use crate::triage::{MOST_SCREENS, Pressed};

use super::super::bits::Bits;
use super::super::explore::Node;
use super::super::model::{Move, Question};
use super::super::place::Button;
use super::{Verdicts, Walked};

pub(super) fn look(walked: &Walked<'_, '_>, all: &mut Verdicts) {
    for (place, node) in (0u32..).zip(&walked.graph.nodes) {
        all.look("P09", 1);
        if usize::from(node.state.screens) > MOST_SCREENS {
            let what = format!("{} screens, more than {MOST_SCREENS}", node.state.screens);
            all.broken(walked.broken("P09", place, what));
        }
        falls(walked, node, all);
        if let Some(question) = node.question {
            in_order(walked, place, node, question, all);
        }
    }
}

/// P03: along every answer the level stays or rises.
fn falls(walked: &Walked<'_, '_>, node: &Node, all: &mut Verdicts) {
    for edge in walked.graph.edges(node) {
        let Some(then) = walked.graph.nodes.get(edge.to as usize) else {
            continue;
        };
        all.look("P03", 1);
        if then.state.level < node.state.level {
            let what = format!(
                "the last answer takes {} back to {}",
                node.state.level.word(),
                then.state.level.word()
            );
            all.broken(walked.broken("P03", edge.to, what));
        }
    }
}

/// P02: for each button, whatever one other button says, no <= not sure <= yes; and *Still not sure* about the whole
/// list is not below *None*.
fn in_order(walked: &Walked<'_, '_>, place: u32, node: &Node, question: Question, all: &mut Verdicts) {
    let model = walked.model;
    let screen = model.listed(&node.state, question).screen;
    if question.check || !matches!(screen.role, ScreenRole::Danger | ScreenRole::Detail) {
        return;
    }
    let at = model.situation(&node.state);
    let buttons: Vec<&Button<'_>> = model
        .buttons(&node.state, question)
        .map(|(_, button)| button)
        .filter(|button| button.choice.sets.iter().any(|(_, value)| *value > Value::No))
        .collect();
    let facts_of = |button: &Button<'_>, value: u8| match value {
        0 => button.no,
        1 => button.unsure,
        _ => button.yes,
    };
    let others: Vec<(usize, u8)> = (0..buttons.len())
        .flat_map(|other| [(other, 1), (other, 2)])
        .chain([(usize::MAX, 0)])
        .collect();
    for (index, button) in buttons.iter().enumerate() {
        for (other, says) in others.iter().filter(|(other, _)| *other != index) {
            let rest = buttons
                .iter()
                .enumerate()
                .filter(|(number, _)| *number != index)
                .map(|(number, one)| facts_of(one, if number == *other { *says } else { 0 }))
                .fold(node.state.facts, Bits::or);
            let levels: Vec<Level> = (0..3)
                .map(|value| at.level(rest.or(facts_of(button, value))))
                .collect();
            all.look("P02", 1);
            if levels.is_sorted() {
                continue;
            }
            let words: Vec<&str> = levels.iter().map(|level| level.word()).collect();
            let what = format!(
                "then on {}, {}: no {}, not sure {}, yes {}",
                screen.id,
                button.choice.id,
                words.first().unwrap_or(&""),
                words.get(1).unwrap_or(&""),
                words.get(2).unwrap_or(&"")
            );
            all.broken(walked.broken("P02", place, what));
            return;
        }
    }
    let close = |pressed| model.answer(&node.state, question, Move { pressed, chosen: 0 });
    let unsure = close(Pressed::NotSure);
    if screen.none && unsure.second_look.is_none() && unsure.level < close(Pressed::None).level {
        let what = format!("then on {} Not sure is below None", screen.id);
        all.broken(walked.broken("P02", place, what));
    }
}
