//! P07: everything that is written is met by somebody.

use std::collections::BTreeSet;

use crate::content::{Content, ScreenKind, ScreenRole, StepId};
use crate::triage::{Answer, Assessment, Known, Pressed, screens};

use super::super::bits::{Cube, holds};
use super::super::model::Move;
use super::super::situation::Situation;
use super::women::Played;
use super::{Broken, Verdicts, Walked};

pub(super) fn look(
    content: &Content,
    walked: &[Walked<'_, '_>],
    played: &[Played<'_, '_>],
    all: &mut Verdicts,
) {
    let mut met = Met::default();
    for one in walked {
        met.walk(content, one);
    }
    let firing = firing(content, walked, played);
    let screens = content
        .screens
        .iter()
        .map(|screen| format!("the screen {}", screen.id));
    let asked = content
        .screens
        .iter()
        .filter(|screen| screen.role != ScreenRole::Fit);
    let buttons = asked
        .flat_map(|screen| &screen.choices)
        .map(|choice| format!("the button {}", choice.id));
    let causes = content
        .causes
        .iter()
        .filter(|cause| !cause.red_flag && cause.never_shown.is_none())
        .map(|cause| format!("the cause {}", cause.id));
    let steps = content.steps.iter().map(|step| format!("the step {}", step.id));
    let wanted: BTreeSet<String> = screens.chain(buttons).chain(causes).chain(steps).collect();
    all.look("P07", wanted.len() + firing.len());
    let missing = wanted.difference(&met.0).cloned();
    let silent = firing
        .into_iter()
        .filter_map(|(rule, fires)| (!fires).then_some(rule));
    for what in missing.chain(silent) {
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

/// Names of what was met.
#[derive(Default)]
struct Met(BTreeSet<String>);

impl Met {
    fn walk(&mut self, content: &Content, walked: &Walked<'_, '_>) {
        let (mut tried, mut shown_steps) = (BTreeSet::new(), BTreeSet::new());
        let nodes = walked.graph.nodes.iter().zip(&walked.known).zip(&walked.found);
        for ((node, known), found) in nodes {
            if let Some(question) = node.question {
                let screen = walked.model.listed(&node.state, question).screen;
                if tried.insert((node.state.situation, question.screen, question.shown)) {
                    self.0.insert(format!("the screen {}", screen.id));
                    let shown = walked.model.buttons(&node.state, question);
                    self.0
                        .extend(shown.map(|(_, button)| format!("the button {}", button.choice.id)));
                }
            } else if let Some(found) = found {
                self.shows(found);
                let steps: Vec<&StepId> = found.steps.iter().map(|step| &step.id).collect();
                if !steps.is_empty() && shown_steps.insert((node.state.situation, steps)) {
                    self.more_steps(content, known);
                }
            }
        }
    }

    fn shows(&mut self, found: &Assessment<'_>) {
        let causes = found.causes.iter().map(|scored| &scored.cause.id);
        self.0.extend(causes.map(|id| format!("the cause {id}")));
        self.0
            .extend(found.steps.iter().map(|step| format!("the step {}", step.id)));
    }

    fn more_steps(&mut self, content: &Content, known: &Known) {
        // Behind *More steps*: with nothing that fits, and with each button alone.
        let fit = content.topic(&known.topic).and_then(|topic| topic.fit.as_ref());
        let Some(screen) = fit.and_then(|id| content.screen(id)) else {
            return;
        };
        self.0.insert(format!("the screen {}", screen.id));
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
            let then = model.answer(&node.state, question, Move { pressed, chosen });
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
