//! A woman with given facts who answers truthfully: which buttons she presses, how many taps it takes, where she ends.
//!
//! It is the other half of the rules: a rule is only as good as the button that tells it. A button is true for her if
//! what it records first is true, or what its line spells out beside it.

use crate::content::{
    Choice, ChoiceId, Content, Expression, FindingId, FindingKind, Level, Literal, Outcome, ScreenId,
    ScreenKind, ScreenRole, Value,
};
use crate::triage::{Answer, Pressed, Record, Truth};

use super::model::{Model, Move, Question, State};
use super::vocabulary::sign_of;

/// Facts that are true of her. Everything else is not.
pub type Facts = Vec<(FindingId, Value)>;

/// How she meets what is true of her.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sure {
    /// She presses it.
    Yes,
    /// *Not sure*, and on the second look she points at it.
    MightBe,
    /// *Not sure*, and *Still not sure*.
    NotSure,
}

/// Where her conversation ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ending {
    /// With what.
    pub outcome: Outcome,
    /// Taps from `/start` on, that on the topic among them.
    pub taps: usize,
    /// The screens she met.
    pub screens: usize,
    /// The buttons she pressed, with their screens. Stage, kinds, *None* and *Not sure* are not among them.
    pub pressed: Vec<(ScreenId, ChoiceId)>,
    /// Her answers.
    pub answers: Vec<Answer>,
    /// The state she ended in.
    pub state: State,
}

/// What she did so far.
#[derive(Clone, Default)]
struct Way {
    taps: usize,
    pressed: Vec<(ScreenId, ChoiceId)>,
    answers: Vec<Answer>,
}

impl Ending {
    fn level(&self) -> Option<Level> {
        self.outcome.level()
    }

    /// More urgent; or as urgent, and she could tell it; or that with fewer taps.
    fn beats(&self, other: &Ending) -> bool {
        let rank = |one: &Ending| (one.level(), !one.pressed.is_empty(), std::cmp::Reverse(one.taps));
        rank(self) > rank(other)
    }
}

/// A woman at one place of a topic.
pub struct Person<'m, 'c> {
    /// The topic.
    pub model: &'m Model<'c>,
    /// The situation of her stage.
    pub situation: u16,
    record: Record,
    sure: Sure,
}

impl<'m, 'c> Person<'m, 'c> {
    /// A woman with these facts.
    #[must_use]
    pub fn new(model: &'m Model<'c>, situation: u16, facts: &Facts, sure: Sure) -> Person<'m, 'c> {
        let findings = &model.content.findings;
        let mut record = Record::new(findings);
        for (finding, value) in facts {
            record.learn(findings, *finding, *value);
        }
        Person {
            model,
            situation,
            record,
            sure,
        }
    }

    /// Her conversation. Where several buttons of a screen are true, or several kinds of trouble may hold hers, the
    /// way that ends most urgently counts, and among those the one with the fewest taps.
    #[must_use]
    pub fn ending(&self) -> Ending {
        let begun = Way {
            taps: 1,
            ..Way::default()
        };
        self.go_on(self.model.start(), begun)
    }

    fn go_on(&self, state: State, way: Way) -> Ending {
        let Some(question) = self.model.next(&state) else {
            return self.end(state, way);
        };
        let mut best: Option<Ending> = None;
        for with in self.moves(&state, question) {
            let mut further = way.clone();
            self.note(&state, question, with, &mut further);
            let ending = self.go_on(self.model.answer(&state, question, with), further);
            if best.as_ref().is_none_or(|known| ending.beats(known)) {
                best = Some(ending);
            }
        }
        best.unwrap_or_else(|| self.end(state, way))
    }

    fn end(&self, state: State, way: Way) -> Ending {
        Ending {
            outcome: self.model.situation(&state).outcome(&state),
            taps: way.taps,
            screens: usize::from(state.screens),
            pressed: way.pressed,
            answers: way.answers,
            state,
        }
    }

    fn note(&self, state: &State, question: Question, with: Move, way: &mut Way) {
        let screen = self.model.listed(state, question).screen;
        let ticks = with.chosen.count_ones() as usize;
        let at_once = screen.kind == ScreenKind::PickOne && ticks > 0;
        let closed = !at_once && with.pressed != Pressed::Interrupted;
        way.taps += ticks + usize::from(closed);
        way.answers.push(self.model.as_answer(state, question, with));
        if screen.role == ScreenRole::Stage {
            return;
        }
        let chosen = self
            .model
            .buttons(state, question)
            .filter(|(place, _)| with.chosen & (1 << place) != 0);
        let tells = |choice: &Choice| choice.sets.iter().any(|(_, value)| *value > Value::No);
        let telling = chosen.filter(|(_, button)| tells(button.choice));
        way.pressed
            .extend(telling.map(|(_, button)| (screen.id.clone(), button.choice.id.clone())));
    }

    /// What she may do at a screen; more than one way only where she must choose among true buttons, or kinds.
    fn moves(&self, state: &State, question: Question) -> Vec<Move> {
        let screen = self.model.listed(state, question).screen;
        let one = |pressed, chosen| Move { pressed, chosen };
        if screen.role == ScreenRole::Stage {
            return vec![self.says_stage(state, question)];
        }
        let shown: Vec<(usize, &Choice)> = self
            .model
            .buttons(state, question)
            .map(|(place, button)| (place, button.choice))
            .collect();
        let true_ones: Vec<usize> = shown
            .iter()
            .filter(|(_, choice)| self.is_true(choice, &shown))
            .map(|(place, _)| *place)
            .collect();
        if screen.role == ScreenRole::Branch && true_ones.is_empty() {
            let kinds = shown
                .iter()
                .filter(|(_, choice)| choice.sets.is_empty())
                .map(|(place, _)| one(Pressed::Chosen, 1 << place));
            return kinds.chain([one(Pressed::None, 0)]).collect();
        }
        if true_ones.is_empty() {
            let denying = shown.iter().filter(|(_, choice)| self.denies_truly(choice));
            return match denying.clone().next() {
                Some((place, _)) if !screen.none => vec![one(Pressed::Chosen, 1 << place)],
                _ => vec![denies(screen.role)],
            };
        }
        let points = self.sure == Sure::Yes || (self.sure == Sure::MightBe && question.check);
        if !points && screen.role != ScreenRole::Causes {
            return vec![one(Pressed::NotSure, 0)];
        }
        match screen.kind {
            ScreenKind::PickOne => true_ones
                .iter()
                .map(|place| one(Pressed::Chosen, 1 << place))
                .collect(),
            ScreenKind::PickMany => vec![self.ticks(state, question, &true_ones)],
        }
    }

    /// A button such as *On and off, no pattern*, that only denies.
    fn denies_truly(&self, choice: &Choice) -> bool {
        choice
            .sets
            .iter()
            .all(|(finding, value)| *value == Value::No && !self.reaches(*finding, Value::Yes))
    }

    fn says_stage(&self, state: &State, question: Question) -> Move {
        let hers = self
            .model
            .buttons(state, question)
            .find(|(_, button)| button.leads_to == Some(self.situation));
        match hers {
            Some((place, _)) => Move {
                pressed: Pressed::Chosen,
                chosen: 1 << place,
            },
            None => Move {
                pressed: Pressed::NotSure,
                chosen: 0,
            },
        }
    }

    /// One tick after the other; the one that makes it an emergency is the last.
    fn ticks(&self, state: &State, question: Question, places: &[usize]) -> Move {
        let mut chosen = 0;
        for place in places {
            chosen |= 1 << place;
            let so_far = Move {
                pressed: Pressed::Interrupted,
                chosen,
            };
            if self.model.answer(state, question, so_far).level == Level::Emergency {
                return so_far;
            }
        }
        Move {
            pressed: Pressed::Chosen,
            chosen,
        }
    }

    /// Is the button true for her? Of several that tell an amount, the highest that she reaches.
    fn is_true(&self, choice: &Choice, shown: &[(usize, &Choice)]) -> bool {
        if choice.sets.is_empty() {
            return false;
        }
        let records = choice
            .sets
            .first()
            .is_some_and(|(finding, value)| self.reaches(*finding, *value));
        let spelled_out = || {
            choice
                .also_denies
                .iter()
                .any(|finding| self.reaches(*finding, Value::Yes))
        };
        (records && !self.told_better(choice, shown)) || spelled_out()
    }

    fn told_better(&self, choice: &Choice, shown: &[(usize, &Choice)]) -> bool {
        choice.sets.iter().any(|(finding, value)| {
            let better = |(other, more): &(FindingId, Value)| {
                other == finding
                    && matches!((value, more), (Value::Amount(one), Value::Amount(two)) if two > one)
                    && self.reaches(*other, *more)
            };
            shown.iter().any(|(_, other)| other.sets.iter().any(better))
        })
    }

    fn reaches(&self, finding: FindingId, value: Value) -> bool {
        let at_least = match value {
            Value::Amount(amount) => Some(amount),
            Value::Yes => None,
            Value::No | Value::Unsure => return false,
        };
        let literal = Literal {
            finding,
            at_least,
            or_unsure: false,
        };
        self.record.truth(&self.model.content.findings, literal) == Truth::Yes
    }
}

fn denies(role: ScreenRole) -> Move {
    let pressed = if role == ScreenRole::Causes {
        Pressed::Skipped
    } else {
        Pressed::None
    };
    Move { pressed, chosen: 0 }
}

/// The fewest facts, in every way, that make an expression true. A sign is told by its members, where it has some.
#[must_use]
pub fn least_facts(content: &Content, expression: &Expression) -> Vec<Facts> {
    let mut all = match expression {
        Expression::Is(literal) => of_literal(content, *literal),
        Expression::Any(parts) => parts.iter().flat_map(|part| least_facts(content, part)).collect(),
        Expression::All(parts) => parts.iter().fold(vec![Facts::new()], |known, part| {
            joined(&known, &least_facts(content, part))
        }),
    };
    for facts in &mut all {
        facts.sort_unstable();
        facts.dedup();
    }
    all.sort();
    all.dedup();
    all
}

fn joined(one: &[Facts], two: &[Facts]) -> Vec<Facts> {
    let pair = |first: &Facts, second: &Facts| {
        let mut both = first.clone();
        for (finding, value) in second {
            match both.iter_mut().find(|(known, _)| known == finding) {
                Some((_, known)) => *known = (*known).max(*value),
                None => both.push((*finding, *value)),
            }
        }
        both
    };
    one.iter()
        .flat_map(|first| two.iter().map(move |second| pair(first, second)))
        .collect()
}

fn of_literal(content: &Content, literal: Literal) -> Vec<Facts> {
    let Some(sign) = sign_of(content, literal.finding).filter(|sign| !sign.members.is_empty()) else {
        let values = values_of(content, literal).into_iter();
        return values.map(|value| vec![(literal.finding, value)]).collect();
    };
    let members = sign
        .members
        .iter()
        .flat_map(|member| of_literal(content, *member));
    let conditional = sign
        .conditional
        .iter()
        .flat_map(|(member, with)| joined(&of_literal(content, *member), &least_facts(content, with)));
    members.chain(conditional).collect()
}

/// The mildest value that makes a literal true; of a number the greatest as well.
fn values_of(content: &Content, literal: Literal) -> Vec<Value> {
    match content.findings.get(literal.finding).map(|finding| &finding.kind) {
        Some(FindingKind::Words(_)) => vec![Value::Amount(literal.at_least.unwrap_or(0))],
        Some(FindingKind::Number { max, .. }) => {
            vec![Value::Amount(literal.at_least.unwrap_or(1)), Value::Amount(*max)]
        }
        _ => vec![Value::Yes],
    }
}
