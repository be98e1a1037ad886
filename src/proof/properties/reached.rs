//! P07: everything that is written is met by somebody.

use std::collections::{BTreeMap, HashSet};

use crate::content::{ChoiceId, Content, ScreenKind, ScreenRole};
use crate::triage::{Answer, Assessment, Known, Pressed, screens};

use super::super::bits::{Cube, holds};
use super::super::model::Move;
use super::super::situation::Situation;
use super::women::Played;
use super::{Broken, Verdicts, Walked};

pub(super) fn look(
    content: &Content,
    walked: &[Walked<'_, '_>],
    met: &[Met],
    played: &[Played<'_, '_>],
    all: &mut Verdicts,
) {
    let firing = firing(content, walked, played);
    let is_met = |one: usize| met.iter().any(|met| met.0.contains(&one));
    let screens = content.screens.iter();
    let asked = screens.clone().filter(|screen| screen.role != ScreenRole::Fit);
    let buttons: BTreeMap<&ChoiceId, bool> =
        asked
            .flat_map(|screen| &screen.choices)
            .fold(BTreeMap::new(), |mut known, choice| {
                // The same button may stand on several screens.
                *known.entry(&choice.id).or_default() |= is_met(place_of(choice));
                known
            });
    let causes = content
        .causes
        .iter()
        .filter(|cause| !cause.red_flag && cause.never_shown.is_none());
    let wanted = screens
        .map(|screen| (format!("the screen {}", screen.id), is_met(place_of(screen))))
        .chain(
            buttons
                .into_iter()
                .map(|(id, met)| (format!("the button {id}"), met)),
        )
        .chain(causes.map(|cause| (format!("the cause {}", cause.id), is_met(place_of(cause)))))
        .chain(
            content
                .steps
                .iter()
                .map(|step| (format!("the step {}", step.id), is_met(place_of(step)))),
        );
    let wanted: Vec<(String, bool)> = wanted.chain(firing).collect();
    all.look("P07", wanted.len());
    for (what, _) in wanted.into_iter().filter(|(_, met)| !met) {
        if let Some(topic) = content.topics.first() {
            all.broken(Broken {
                property: "P07",
                what: format!("{what} is met on no path"),
                topic: topic.id.clone(),
                ended: false,
                answers: Vec::new(),
            });
        }
    }
}

/// A part of the content, told from every other by where it lies.
fn place_of<T>(part: &T) -> usize {
    std::ptr::from_ref(part) as usize
}

/// What was met on one topic: screens, buttons, causes and steps.
#[derive(Default)]
pub(super) struct Met(HashSet<usize>);

impl Met {
    pub(super) fn walk(&mut self, content: &Content, walked: &Walked<'_, '_>) {
        let (mut tried, mut shown_steps) = (HashSet::new(), HashSet::new());
        let nodes = walked.graph.nodes.iter().zip(&walked.known).zip(&walked.found);
        for ((node, known), found) in nodes {
            if let Some(question) = node.question {
                if tried.insert((node.state.situation, question.screen, question.shown)) {
                    self.0
                        .insert(place_of(walked.model.listed(&node.state, question).screen));
                    let shown = walked.model.buttons(&node.state, question);
                    self.0.extend(shown.map(|(_, button)| place_of(button.choice)));
                }
            } else if let Some(found) = found {
                self.shows(found);
                let steps: Vec<usize> = found.steps.iter().map(|step| place_of(*step)).collect();
                if !steps.is_empty() && shown_steps.insert((node.state.situation, steps)) {
                    self.more_steps(content, known);
                }
            }
        }
    }

    fn shows(&mut self, found: &Assessment<'_>) {
        self.0
            .extend(found.causes.iter().map(|scored| place_of(scored.cause)));
        self.0.extend(found.steps.iter().map(|step| place_of(*step)));
    }

    fn more_steps(&mut self, content: &Content, known: &Known) {
        // Behind *More steps*: with nothing that fits, and with each button alone.
        let fit = content.topic(&known.topic).and_then(|topic| topic.fit.as_ref());
        let Some(screen) = fit.and_then(|id| content.screen(id)) else {
            return;
        };
        self.0.insert(place_of(screen));
        let shown = known.shown(content, screen, false);
        let one = shown.iter().map(|choice| vec![choice.id.clone()]);
        for chosen in one.chain([Vec::new()]) {
            let pressed = if chosen.is_empty() {
                Pressed::None
            } else {
                Pressed::Chosen
            };
            let mut then = known.clone();
            then.add(
                content,
                &Answer {
                    screen: screen.id.clone(),
                    check: false,
                    pressed,
                    chosen,
                    words: None,
                },
            );
            self.shows(&screens::outcome(content, &then));
        }
    }
}

/// Every row that buttons can make true, and whether it fires: for a woman who has just what it takes, or after any one
/// or two buttons of any screen.
fn firing(content: &Content, walked: &[Walked<'_, '_>], played: &[Played<'_, '_>]) -> Vec<(String, bool)> {
    let mut all = Vec::new();
    for row in content.red_flags.iter().flat_map(|flag| &flag.rows) {
        let of_row = |at: &Situation<'_>| -> Vec<Cube> {
            let terms = at.terms.iter().filter(|term| std::ptr::eq(term.row, row));
            terms.map(|term| term.cube).collect()
        };
        let can = walked
            .iter()
            .flat_map(|one| &one.model.situations)
            .any(|at| !of_row(at).is_empty());
        if !can {
            continue;
        }
        let told = played
            .iter()
            .filter(|one| std::ptr::eq(one.row, row))
            .flat_map(|one| &one.endings)
            .any(|(at, ending)| holds(&of_row(at), ending.state.facts));
        let fires = told || walked.iter().any(|one| fires_somewhere(one, of_row));
        all.push((format!("the row {} of {}", row.rule, row.level.word()), fires));
    }
    all
}

fn fires_somewhere(walked: &Walked<'_, '_>, of_row: impl Fn(&Situation<'_>) -> Vec<Cube>) -> bool {
    let model = walked.model;
    let terms: Vec<Vec<Cube>> = model.situations.iter().map(of_row).collect();
    walked.graph.nodes.iter().any(|node| {
        let Some(question) = node.question else {
            return false;
        };
        let cubes = terms.get(usize::from(node.state.situation));
        let Some(cubes) = cubes.filter(|cubes| !cubes.is_empty()) else {
            return false;
        };
        let fires = |pressed, chosen| {
            let with = Move { pressed, chosen };
            // Only *Not sure* asks for the level on its way.
            let then = match pressed {
                Pressed::NotSure => model.answer(&node.state, question, with),
                _ => model.answer_by(&node.state, question, with, |then| then.level),
            };
            holds(cubes, then.facts)
        };
        let places: Vec<usize> = model
            .buttons(&node.state, question)
            .map(|(place, _)| place)
            .collect();
        let many = model.listed(&node.state, question).screen.kind == ScreenKind::PickMany;
        fires(Pressed::NotSure, 0)
            || places.iter().any(|one| {
                let two = places.iter().filter(|_| many);
                fires(Pressed::Chosen, 1 << one)
                    || two
                        .into_iter()
                        .any(|other| fires(Pressed::Chosen, 1 << one | 1 << other))
            })
    })
}
