//! Slips in steps, in what takes them away, in the order of screens, and in the words of a level.

use crate::content::{Content, Expression, Step, Suppressor, SuppressorLine};

use super::rows::{in_words, moved, thresholds};
use super::{Change, Kind, Mutant, with_literal};

/// The texts that speak for a level, by the part of the answer they are.
const WORDS_OF_LEVELS: [&[&str]; 4] = [
    &[
        "answer-emergency",
        "answer-go_now",
        "answer-go_now_unsure",
        "answer-same_day",
        "answer-same_day_unsure",
        "answer-routine",
        "answer-self_care",
        "out_of_scope",
    ],
    &[
        "answer-emergency.no_answer",
        "answer-go_now.no_answer",
        "answer-go_now_unsure.no_answer",
        "answer-same_day.no_answer",
    ],
    &[
        "answer-go_now.worse",
        "answer-go_now_unsure.worse",
        "answer-same_day.worse",
        "answer-same_day_unsure.worse",
    ],
    &[
        "answer-emergency.meanwhile",
        "answer-same_day.meanwhile",
        "answer-same_day_unsure.meanwhile",
    ],
];

/// All of these slips.
#[must_use]
pub fn all(content: &Content) -> Vec<Mutant> {
    let mut all = Vec::new();
    for (place, step) in content.steps.iter().enumerate() {
        of_step(content, place, step, &mut all);
    }
    for (place, suppressor) in content.suppressors.iter().enumerate() {
        of_suppressor(content, place, suppressor, &mut all);
    }
    for (place, topic) in content.topics.iter().enumerate() {
        for first in 1..topic.flow.len() {
            let mut flow = topic.flow.clone();
            flow.swap(first - 1, first);
            let named: Vec<&str> = topic
                .flow
                .iter()
                .skip(first - 1)
                .take(2)
                .map(|id| id.as_str())
                .collect();
            all.push(Mutant {
                kind: Kind::SwapScreens,
                what: format!("{}: {} change places", topic.id, named.join(" and ")),
                change: Change::Flow(place, flow),
            });
        }
    }
    for part in WORDS_OF_LEVELS {
        for of in part {
            for under in part.iter().filter(|under| *under != of) {
                all.push(Mutant {
                    kind: Kind::OtherText,
                    what: format!("the words of {of} stand under {under}"),
                    change: Change::Text(of, under),
                });
            }
        }
    }
    all
}

fn of_step(content: &Content, place: usize, step: &Step, all: &mut Vec<Mutant>) {
    let mut add = |kind, words: String, new: Step| {
        all.push(Mutant {
            kind,
            what: format!("{} {words}", step.id),
            change: Change::Step(place, new),
        });
    };
    for (index, suppressor) in step.suppressors.iter().enumerate() {
        let mut new = step.clone();
        new.suppressors.remove(index);
        add(Kind::DropSuppressor, format!("without {suppressor}"), new);
    }
    for (words, stage) in moved(&step.stage) {
        add(
            Kind::MoveEdge,
            words,
            Step {
                stage,
                ..step.clone()
            },
        );
    }
    let Some(needs) = &step.needs else { return };
    let mut needing = |kind, words: String, needs: Option<Expression>| {
        add(
            kind,
            words,
            Step {
                needs,
                ..step.clone()
            },
        );
    };
    for (index, literal) in needs.literals().into_iter().enumerate() {
        let name = in_words(content, literal);
        let without = with_literal(needs, index, &|_| None);
        needing(Kind::DropFinding, format!("needs no {name}"), without);
        for new in thresholds(content, literal) {
            let other = with_literal(needs, index, &|_| Some(new));
            needing(
                Kind::MoveThreshold,
                format!("needs {}", in_words(content, new)),
                other,
            );
        }
    }
}

fn of_suppressor(content: &Content, place: usize, suppressor: &Suppressor, all: &mut Vec<Mutant>) {
    let mut add = |kind, words: String, line: usize, new: SuppressorLine| {
        let mut changed = suppressor.clone();
        if new.any_of.is_empty() {
            changed.lines.remove(line);
        } else if let Some(slot) = changed.lines.get_mut(line) {
            *slot = new;
        }
        all.push(Mutant {
            kind,
            what: format!("{} {words}", suppressor.id),
            change: Change::Suppressor(place, changed),
        });
    };
    for (index, line) in suppressor.lines.iter().enumerate() {
        for (number, literal) in line.any_of.iter().enumerate() {
            let name = in_words(content, *literal);
            let mut new = line.clone();
            new.any_of.remove(number);
            add(Kind::DropSuppressor, format!("without {name}"), index, new);
            for moved in thresholds(content, *literal) {
                let mut new = line.clone();
                if let Some(slot) = new.any_of.get_mut(number) {
                    *slot = moved;
                }
                let words = format!("{} in the place of {name}", in_words(content, moved));
                add(Kind::MoveThreshold, words, index, new);
            }
        }
        for (words, stage) in moved(&line.stage) {
            let new = SuppressorLine {
                stage,
                ..line.clone()
            };
            add(Kind::MoveEdge, format!("line {}: {words}", index + 1), index, new);
        }
    }
}
