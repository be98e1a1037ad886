//! P02, P03, P09: urgency only rises, and the conversation ends.

use std::collections::BTreeSet;

use crate::content::{FindingId, Level, ScreenRole, Value};
use crate::triage::record::stands_for;
use crate::triage::{MOST_SCREENS, Pressed};

use super::super::bits::Bits;
use super::super::explore::Node;
use super::super::model::{Model, Move, Question};
use super::super::place::Button;
use super::super::situation::Situation;
use super::super::vocabulary::sign_of;
use super::{Broken, Verdicts, Walked};

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

/// P02: each button as in [`out_of_order`]; and *Still not sure* about the whole
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
        .collect();
    let found = out_of_order(at, node.state.facts, &buttons, |_| true);
    all.look("P02", found.looked_at);
    if let Some(what) = found.broken {
        all.broken(walked.broken("P02", place, format!("then on {}, {what}", screen.id)));
        return;
    }
    let close = |pressed| model.answer(&node.state, question, Move { pressed, chosen: 0 });
    let unsure = close(Pressed::NotSure);
    if screen.none && unsure.second_look.is_none() && unsure.level < close(Pressed::None).level {
        let what = format!("then on {} Not sure is below None", screen.id);
        all.broken(walked.broken("P02", place, what));
    }
}

/// The same without any walk: on each list, with nothing known before, for the buttons that speak of one of these
/// findings.
pub(super) fn at_first_sight(model: &Model<'_>, of: &BTreeSet<FindingId>, all: &mut Verdicts) {
    let speaks = |button: &Button<'_>| {
        let mut told = button.choice.sets.iter().map(|(finding, _)| *finding);
        told.any(|told| {
            let sign = sign_of(model.content, told);
            of.iter()
                .any(|one| *one == told || sign.is_some_and(|sign| stands_for(sign, *one)))
        })
    };
    for at in &model.situations {
        for listed in &at.screens {
            if !matches!(listed.screen.role, ScreenRole::Danger | ScreenRole::Detail) {
                continue;
            }
            let buttons: Vec<&Button<'_>> = listed.buttons.iter().collect();
            let found = out_of_order(at, Bits::NONE, &buttons, speaks);
            all.look("P02", found.looked_at);
            if let Some(what) = found.broken {
                all.broken(Broken {
                    property: "P02",
                    what: format!("on {}, {what}", listed.screen.id),
                    topic: at.topic.id.clone(),
                    ended: model.ended,
                    answers: Vec::new(),
                });
                return;
            }
        }
    }
}

struct Looked {
    looked_at: usize,
    broken: Option<String>,
}

/// For each button, whatever one other button says: no <= not sure <= yes.
fn out_of_order(
    at: &Situation<'_>,
    known: Bits,
    buttons: &[&Button<'_>],
    which: impl Fn(&Button<'_>) -> bool,
) -> Looked {
    let tells = |button: &&&Button<'_>| button.choice.sets.iter().any(|(_, value)| *value > Value::No);
    let buttons: Vec<&Button<'_>> = buttons.iter().filter(tells).copied().collect();
    let facts_of = |button: &Button<'_>, value: u8| match value {
        0 => button.no,
        1 => button.unsure,
        _ => button.yes,
    };
    let others: Vec<(usize, u8)> = (0..buttons.len())
        .flat_map(|other| [(other, 1), (other, 2)])
        .chain([(usize::MAX, 0)])
        .collect();
    let mut looked_at = 0;
    for (index, button) in buttons.iter().enumerate().filter(|(_, button)| which(button)) {
        for (other, says) in others.iter().filter(|(other, _)| *other != index) {
            let rest = buttons
                .iter()
                .enumerate()
                .filter(|(number, _)| *number != index)
                .map(|(number, one)| facts_of(one, if number == *other { *says } else { 0 }))
                .fold(known, Bits::or);
            let levels: Vec<Level> = (0..3)
                .map(|value| at.level(rest.or(facts_of(button, value))))
                .collect();
            looked_at += 1;
            if levels.is_sorted() {
                continue;
            }
            let words: Vec<&str> = levels.iter().map(|level| level.word()).collect();
            let broken = format!(
                "{}: no {}, not sure {}, yes {}",
                button.choice.id,
                words.first().unwrap_or(&""),
                words.get(1).unwrap_or(&""),
                words.get(2).unwrap_or(&"")
            );
            return Looked {
                looked_at,
                broken: Some(broken),
            };
        }
    }
    Looked {
        looked_at,
        broken: None,
    }
}
