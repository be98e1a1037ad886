//! What a walk over all conversations counted.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::content::{Content, Level, Outcome, ScreenId, ScreenRole};
use crate::triage::Pressed;

use super::all::Explored;
use super::explore::{Edge, Node};
use super::model::Model;

/// Figures of one stage of one topic.
#[derive(Clone, Debug, Serialize)]
pub struct StageFigures {
    /// The topic, after a hand-over the one that goes on.
    pub topic: String,
    /// The button that told the stage; `not_sure` without one.
    pub stage: String,
    /// Neither pregnant nor after a birth.
    pub out_of_scope: bool,
    /// After a loss was told.
    pub after_loss: bool,
    /// Different conversations.
    pub conversations: u64,
    /// Screens of the shortest way to self-care; none where there is no such way.
    pub straight: Option<usize>,
    /// Most screens without a *Not sure*.
    pub longest_sure: usize,
    /// Most screens of all.
    pub longest: usize,
    /// Where an emergency is answered without a *Not sure*: number and name of the screen.
    pub emergency_at: BTreeSet<(usize, String)>,
    /// Where GO_NOW is.
    pub go_now_at: BTreeSet<(usize, String)>,
}

/// Figures of all conversations.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figures {
    /// Merged states.
    pub merged_states: usize,
    /// Different conversations; 2⁶⁴ stands for more.
    pub conversations: u64,
    /// Most screens.
    pub longest: usize,
    /// Median over topics and stages of the straight way to self-care, without those that have none; a loss is not
    /// counted apart.
    pub median_straight: usize,
    /// Conversations by what they end with.
    pub endings: BTreeMap<String, u64>,
    /// By stage.
    pub stages: Vec<StageFigures>,
}

/// Counts.
#[must_use]
pub fn figures(explored: &[Explored<'_>]) -> Figures {
    let mut all = Figures::default();
    for one in explored {
        all.merged_states += one.graph.nodes.len();
        let counted = Counted::new(one);
        counted.endings(&mut all);
        all.stages.extend(counted.stages());
    }
    all.stages
        .sort_by(|one, other| (&one.topic, one.after_loss).cmp(&(&other.topic, other.after_loss)));
    all.conversations = all
        .endings
        .values()
        .fold(0, |sum, count| sum.saturating_add(*count));
    all.longest = all.stages.iter().map(|stage| stage.longest).max().unwrap_or(0);
    let mut straight: Vec<usize> = all
        .stages
        .iter()
        .filter(|stage| !stage.after_loss)
        .filter_map(|stage| stage.straight)
        .collect();
    straight.sort_unstable();
    all.median_straight = straight.get(straight.len() / 2).copied().unwrap_or(0);
    all
}

struct Counted<'e, 'c> {
    explored: &'e Explored<'c>,
    /// Different conversations that lead to a state.
    ways: Vec<u64>,
    /// Can it be reached without *Not sure*? Not to know the week is no doubt about a sign.
    sure: Vec<bool>,
}

/// An end that was met: in which situation, by which screen, how.
struct End<'e> {
    situation: u16,
    screens: usize,
    outcome: Outcome,
    screen: &'e ScreenId,
    sure: bool,
}

impl<'e, 'c> Counted<'e, 'c> {
    fn new(explored: &'e Explored<'c>) -> Counted<'e, 'c> {
        let nodes = &explored.graph.nodes;
        let (mut ways, mut sure) = (vec![0u64; nodes.len()], vec![false; nodes.len()]);
        if let (Some(first), Some(begins)) = (ways.first_mut(), sure.first_mut()) {
            (*first, *begins) = (1, true);
        }
        for (place, node) in nodes.iter().enumerate() {
            let (here, begins) = (get(&ways, place), sure.get(place) == Some(&true));
            for edge in explored.graph.edges(node) {
                let to = edge.to as usize;
                if let Some(count) = ways.get_mut(to) {
                    *count = count.saturating_add(here.saturating_mul(edge.ways));
                }
                if let Some(known) = sure.get_mut(to) {
                    *known |= begins && is_sure(&explored.model, node, edge);
                }
            }
        }
        Counted { explored, ways, sure }
    }

    fn endings(&self, into: &mut Figures) {
        for (place, node) in self.explored.graph.nodes.iter().enumerate() {
            if node.question.is_none() {
                let outcome = self.model().situation(&node.state).outcome(&node.state);
                let count = into.endings.entry(outcome.word().to_owned()).or_default();
                *count = count.saturating_add(get(&self.ways, place));
            }
        }
    }

    fn model(&self) -> &'e Model<'c> {
        &self.explored.model
    }

    /// Every last answer.
    fn ends(&self) -> Vec<End<'e>> {
        let graph = &self.explored.graph;
        let mut ends = Vec::new();
        for (place, node) in graph.nodes.iter().enumerate() {
            let Some(question) = node.question else { continue };
            for edge in graph.edges(node) {
                let Some(then) = graph.nodes.get(edge.to as usize) else {
                    continue;
                };
                if then.question.is_none() {
                    ends.push(End {
                        situation: then.state.situation,
                        screens: usize::from(then.state.screens),
                        outcome: self.model().situation(&then.state).outcome(&then.state),
                        screen: &self.model().listed(&node.state, question).screen.id,
                        sure: self.sure.get(place) == Some(&true) && is_sure(self.model(), node, edge),
                    });
                }
            }
        }
        ends
    }

    fn stages(&self) -> Vec<StageFigures> {
        let ends = self.ends();
        let mut all = Vec::new();
        for (place, at) in self.model().situations.iter().enumerate().skip(1) {
            let here = |situation: u16| usize::from(situation) == place;
            let mut figures = StageFigures {
                topic: at.topic.id.to_string(),
                stage: at
                    .by
                    .as_ref()
                    .map_or_else(|| "not_sure".to_owned(), ToString::to_string),
                out_of_scope: at.out_of_scope(),
                after_loss: self.model().ended,
                conversations: self.conversations(here),
                straight: None,
                longest_sure: 0,
                longest: 0,
                emergency_at: BTreeSet::new(),
                go_now_at: BTreeSet::new(),
            };
            // What is answered before the stage is asked is answered at every stage.
            for end in ends
                .iter()
                .filter(|end| here(end.situation) || end.situation == 0)
            {
                figures.add(end);
            }
            all.push(figures);
        }
        all
    }

    fn conversations(&self, here: impl Fn(u16) -> bool) -> u64 {
        let nodes = self.explored.graph.nodes.iter().enumerate();
        nodes
            .filter(|(_, node)| node.question.is_none() && here(node.state.situation))
            .fold(0, |sum, (place, _)| sum.saturating_add(get(&self.ways, place)))
    }
}

fn is_sure(model: &Model<'_>, node: &Node, edge: &Edge) -> bool {
    let asks_stage = |question| model.listed(&node.state, question).screen.role == ScreenRole::Stage;
    edge.with.pressed != Pressed::NotSure || node.question.is_some_and(asks_stage)
}

fn get(ways: &[u64], place: usize) -> u64 {
    ways.get(place).copied().unwrap_or(0)
}

impl StageFigures {
    fn add(&mut self, end: &End<'_>) {
        self.longest = self.longest.max(end.screens);
        if !end.sure {
            return;
        }
        self.longest_sure = self.longest_sure.max(end.screens);
        let at = (end.screens, end.screen.to_string());
        match end.outcome {
            Outcome::Level(Level::Emergency) => {
                self.emergency_at.insert(at);
            }
            Outcome::Level(Level::GoNow) => {
                self.go_now_at.insert(at);
            }
            Outcome::Level(Level::SelfCare) => {
                let shortest = self.straight.map_or(end.screens, |known| known.min(end.screens));
                self.straight = Some(shortest);
            }
            _ => {}
        }
    }
}

/// The topics in the order of the content.
#[must_use]
pub fn topics_in_order(content: &Content, figures: &Figures) -> Vec<String> {
    let met = |id: &str| figures.stages.iter().any(|stage| stage.topic == id);
    let all = content.topics.iter().map(|topic| topic.id.to_string());
    all.filter(|id| met(id)).collect()
}
