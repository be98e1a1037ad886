//! All conversations of one topic, with states merged that go on alike.
//!
//! The walk goes in breadth: a state is first met by a shortest conversation, and that one is kept as its witness. A
//! list of ticks is taken apart into its buttons, one after the other; what makes no difference any more is counted
//! and not walked.

use rustc_hash::FxHashMap;

use crate::content::{Level, Row, ScreenKind, ScreenRole};
use crate::triage::{Answer, Pressed};

use super::bits::Bits;
use super::model::{Model, Move, Question, State, TooMuch};
use super::situation::{Open, Residue};

/// A topic with more merged states is refused: no person could review it either.
pub const MOST_STATES: usize = 1_000_000;

/// A merged state.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// One of the states that were merged: that of the witness.
    pub state: State,
    /// What is asked there; nothing when the conversation has its answer.
    pub question: Option<Question>,
    /// The state before it on the witness, and the move that led here.
    pub before: Option<(u32, Move)>,
    first_edge: u32,
    edges: u32,
}

/// Answers that lead to the same state.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// Where they lead.
    pub to: u32,
    /// One of them.
    pub with: Move,
    /// How many there are.
    pub ways: u64,
}

/// All merged states of a topic, each after those that lead to it.
pub struct Graph {
    /// The states; the first is the beginning.
    pub nodes: Vec<Node>,
    edges: Vec<Edge>,
}

impl Graph {
    /// The answers that can be given in a state.
    #[must_use]
    pub fn edges(&self, node: &Node) -> &[Edge] {
        let from = node.first_edge as usize;
        self.edges.get(from..from + node.edges as usize).unwrap_or(&[])
    }

    /// The shortest conversation to a state.
    #[must_use]
    pub fn witness(&self, model: &Model<'_>, node: u32) -> Vec<Answer> {
        let mut answers = Vec::new();
        let mut at = node;
        while let Some((before, with)) = self.nodes.get(at as usize).and_then(|node| node.before) {
            if let Some(node) = self.nodes.get(before as usize)
                && let Some(question) = node.question
            {
                answers.push(model.as_answer(&node.state, question, with));
            }
            at = before;
        }
        answers.reverse();
        answers
    }
}

/// What tells merged states apart. How often she was not sure is not among it: it adds a line, and decides nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    situation: u16,
    level: Level,
    screens: u8,
    second_look: Option<u8>,
    answered: u64,
    facts: Bits,
    blocked: u64,
    /// What is missing, by its place among all that was met.
    missing: u32,
}

/// Walks all conversations of a topic.
///
/// # Errors
/// When there are more than `most` merged states.
pub fn explore(model: &Model<'_>, most: usize) -> Result<Graph, TooMuch> {
    let mut walk = Walk::new(model);
    walk.arrive(model.start(), None, &[]);
    let mut at = 0;
    while let Some(node) = walk.graph.nodes.get(at).copied() {
        let first_edge = walk.graph.edges.len();
        if let Some(question) = node.question {
            walk.answers(u32::try_from(at).unwrap_or(u32::MAX), &node.state, question);
        }
        let edges = walk.graph.edges.len() - first_edge;
        if let Some(node) = walk.graph.nodes.get_mut(at) {
            node.first_edge = u32::try_from(first_edge).unwrap_or(u32::MAX);
            node.edges = u32::try_from(edges).unwrap_or(u32::MAX);
        }
        if walk.graph.nodes.len() > most {
            return Err(too_many(model, most));
        }
        at += 1;
    }
    Ok(walk.graph)
}

fn too_many(model: &Model<'_>, most: usize) -> TooMuch {
    let (findings, rule) = most_coupling(model);
    TooMuch::States {
        topic: model.topic.id.clone(),
        most,
        rule,
        findings,
    }
}

/// The row that couples most findings on the topic, and how many.
fn most_coupling(model: &Model<'_>) -> (usize, String) {
    let coupled = |row: &Row| {
        let mut findings: Vec<_> = row
            .when
            .literals()
            .iter()
            .map(|literal| literal.finding)
            .collect();
        findings.sort_unstable();
        findings.dedup();
        findings.len()
    };
    let here = |row: &&Row| {
        let topics = model.situations.iter().map(|at| &at.topic.id);
        row.topics.is_empty() || topics.into_iter().any(|topic| row.topics.contains(topic))
    };
    let rows = model.content.red_flags.iter().flat_map(|flag| &flag.rows);
    let couples = rows.filter(here).filter(|row| has_all(&row.when));
    couples
        .map(|row| (coupled(row), row.rule.to_string()))
        .max_by_key(|(findings, _)| *findings)
        .unwrap_or_default()
}

fn has_all(expression: &crate::content::Expression) -> bool {
    use crate::content::Expression;
    match expression {
        Expression::Is(_) => false,
        Expression::All(parts) => parts.len() > 1 || parts.iter().any(has_all),
        Expression::Any(parts) => parts.iter().any(has_all),
    }
}

pub(super) struct Walk<'m, 'c> {
    model: &'m Model<'c>,
    pub(super) graph: Graph,
    known: FxHashMap<Key, u32>,
    met: FxHashMap<Residue, u32>,
    missing: Residue,
}

impl<'m, 'c> Walk<'m, 'c> {
    pub(super) fn new(model: &'m Model<'c>) -> Walk<'m, 'c> {
        Walk {
            model,
            graph: Graph {
                nodes: Vec::new(),
                edges: Vec::new(),
            },
            known: FxHashMap::default(),
            met: FxHashMap::default(),
            missing: Residue::default(),
        }
    }

    /// The place of the state that a move leads to.
    pub(super) fn go(&mut self, from: u32, asking: &Asking<'_, '_>, with: Move) -> u32 {
        let then = asking.answer(with);
        if then.situation == asking.state.situation {
            self.arrive(then, Some((from, with)), &asking.open)
        } else {
            let open = self.model.situation(&then).open(&then);
            self.arrive(then, Some((from, with)), &open)
        }
    }

    /// The place of a state among the merged ones.
    pub(super) fn arrive(&mut self, state: State, before: Option<(u32, Move)>, open: &[Open]) -> u32 {
        let question = self.model.next_by(&state, |facts| {
            open.iter()
                .take_while(|one| one.level > state.level)
                .any(|one| one.cube.holds(facts))
        });
        let key = self.key(&state, question.is_none(), open);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let place = u32::try_from(self.graph.nodes.len()).unwrap_or(u32::MAX);
        self.known.insert(key, place);
        self.graph.nodes.push(Node {
            state,
            question,
            before,
            first_edge: 0,
            edges: 0,
        });
        place
    }

    fn key(&mut self, state: &State, ended: bool, open: &[Open]) -> Key {
        // Until she has said where she is, every stage is still to come, and nothing is left out.
        self.missing.clear();
        let (facts, blocked) = if state.situation == 0 {
            (state.facts, 0)
        } else {
            let at = self.model.situation(state);
            at.residue(state, open, &mut self.missing)
        };
        let missing = match self.met.get(&self.missing) {
            Some(known) => *known,
            None => {
                let next = u32::try_from(self.met.len()).unwrap_or(u32::MAX);
                self.met.insert(self.missing.clone(), next);
                next
            }
        };
        Key {
            situation: state.situation,
            level: state.level,
            screens: state.screens,
            second_look: state.second_look,
            answered: if ended { 0 } else { state.answered },
            facts,
            blocked,
            missing,
        }
    }

    fn answers(&mut self, from: u32, state: &State, question: Question) {
        let asking = Asking::new(self.model, state, question);
        let first_edge = self.graph.edges.len();
        for (pressed, chosen, ways) in asking.all_moves() {
            let with = Move { pressed, chosen };
            let to = self.go(from, &asking, with);
            let edges = self.graph.edges.get_mut(first_edge..).unwrap_or(&mut []);
            let not_sure = pressed == Pressed::NotSure;
            let same =
                |edge: &&mut Edge| edge.to == to && (edge.with.pressed == Pressed::NotSure) == not_sure;
            match edges.iter_mut().find(same) {
                Some(edge) => edge.ways = edge.ways.saturating_add(ways),
                None => self.graph.edges.push(Edge { to, with, ways }),
            }
        }
    }
}

pub(super) type Ways = (Pressed, u64, u64);

/// A question in a state, taken apart into all ways to answer it.
pub(super) struct Asking<'m, 'c> {
    model: &'m Model<'c>,
    state: &'m State,
    question: Question,
    /// What may yet raise the level.
    open: Vec<Open>,
    /// Can the level only rise from here?
    settled: bool,
    closing: Option<Pressed>,
}

impl<'m, 'c> Asking<'m, 'c> {
    pub(super) fn new(model: &'m Model<'c>, state: &'m State, question: Question) -> Asking<'m, 'c> {
        let at = model.situation(state);
        let screen = model.listed(state, question).screen;
        let closing = match screen.role {
            ScreenRole::Stage => None,
            _ if !screen.none => None,
            ScreenRole::Causes => Some(Pressed::Skipped),
            _ => Some(Pressed::None),
        };
        Asking {
            model,
            state,
            question,
            open: at.open(state),
            settled: at.is_settled(state),
            closing,
        }
    }

    fn answer(&self, with: Move) -> State {
        self.model
            .answer_by(self.state, self.question, with, |then| self.level(then))
    }

    fn level(&self, then: &State) -> Level {
        if !self.settled || then.situation != self.state.situation {
            return self.model.level(then);
        }
        let fired = self.open.iter().find(|term| term.cube.holds(then.facts));
        fired.map_or(self.state.level, |term| term.level)
    }

    /// Every way to answer, with the number of ways that come to the same.
    pub(super) fn all_moves(&self) -> Vec<Ways> {
        let mut moves = Vec::new();
        let buttons = self.model.buttons(self.state, self.question);
        let places: Vec<usize> = buttons.map(|(place, _)| place).collect();
        match self.model.listed(self.state, self.question).screen.kind {
            ScreenKind::PickOne => {
                moves.extend(self.closing.map(|pressed| (pressed, 0, 1)));
                moves.extend(places.iter().map(|place| (Pressed::Chosen, 1 << place, 1)));
                moves.push((Pressed::NotSure, 0, 1));
            }
            ScreenKind::PickMany => self.tick(&places, 0, &mut moves),
        }
        moves
    }

    /// A list of ticks, taken apart into its buttons.
    fn tick(&self, places: &[usize], chosen: u64, moves: &mut Vec<Ways>) {
        let so_far = self.answer(Move {
            pressed: Pressed::Interrupted,
            chosen,
        });
        if chosen != 0 && so_far.level == Level::Emergency {
            // The tick that completes an emergency is answered at once.
            moves.push((Pressed::Interrupted, chosen, 1));
            return;
        }
        let Some((place, rest)) = places.split_first() else {
            self.close(chosen, 1, moves);
            return;
        };
        if so_far.level >= Level::GoNow && !self.emergency_within(&so_far, places) {
            // Whatever else is ticked, it is the same answer.
            let ways = 1u64.checked_shl(u32::try_from(places.len()).unwrap_or(64));
            self.close(chosen, ways.unwrap_or(u64::MAX), moves);
            return;
        }
        self.tick(rest, chosen, moves);
        self.tick(rest, chosen | 1 << place, moves);
    }

    /// Could what is left of the list make it an emergency?
    fn emergency_within(&self, so_far: &State, places: &[usize]) -> bool {
        let buttons = self.model.buttons(self.state, self.question);
        let left = buttons.filter(|(place, _)| places.contains(place));
        let more = left
            .map(|(_, button)| button.yes.or(button.might_be).or(button.unsure))
            .fold(so_far.facts, Bits::or);
        let emergencies = self.open.iter().take_while(|term| term.level == Level::Emergency);
        emergencies
            .filter(|term| !so_far.facts.meets(term.cube.clear))
            .any(|term| more.has_all(term.cube.set))
    }

    fn close(&self, chosen: u64, ways: u64, moves: &mut Vec<Ways>) {
        if chosen == 0 {
            moves.extend(self.closing.map(|pressed| (pressed, 0, ways)));
        } else {
            moves.push((Pressed::Chosen, chosen, ways));
        }
        moves.push((Pressed::NotSure, chosen, ways));
    }
}
