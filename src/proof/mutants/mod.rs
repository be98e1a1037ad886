//! Slips put into the content on purpose, to see whether something notices: each is one small change, applied in memory.
//!
//! - [`rows`] rules, [`steps`] steps, suppressors, order of screens, words of a level: which slips there are
//! - [`judge`] who notices: vignettes written by hand, properties, checks of form, frozen vignettes
//! - [`equal`] a slip that nobody notices may change nothing: how that is decided
//! - [`figures`] what is told of it

pub mod equal;
pub mod figures;
pub mod judge;
pub mod rows;
pub mod steps;

use crate::content::{Content, Expression, Literal, Row, ScreenId, Step, Suppressor};

pub use figures::MutantFigures;
pub use judge::{Judged, Noticed, judge_all};

/// Sorts of slips, by the words of the report.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// A row of a rule is gone.
    DropRow,
    /// A row is one level more urgent.
    LevelUp,
    /// A row is one level less urgent.
    LevelDown,
    /// A finding is gone from a condition.
    DropFinding,
    /// A condition asks for one finding more, or takes one more.
    AddFinding,
    /// Another finding stands in the place of one.
    SwapFinding,
    /// A window begins or ends a day earlier or later.
    MoveEdge,
    /// `f` in place of `f?`, or the reverse.
    ToggleUnsure,
    /// A number or a word is one more or one less.
    MoveThreshold,
    /// What takes a step away is gone.
    DropSuppressor,
    /// Two screens of a flow change places.
    SwapScreens,
    /// The words of one level stand at another.
    OtherText,
}

impl Kind {
    /// The words of the report.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Kind::DropRow => "drop a row",
            Kind::LevelUp => "level up",
            Kind::LevelDown => "level down",
            Kind::DropFinding => "drop a finding",
            Kind::AddFinding => "add a finding",
            Kind::SwapFinding => "swap a finding",
            Kind::MoveEdge => "move an edge of a window",
            Kind::ToggleUnsure => "toggle ?",
            Kind::MoveThreshold => "move a threshold",
            Kind::DropSuppressor => "drop a suppressor",
            Kind::SwapScreens => "swap screens",
            Kind::OtherText => "words of another level",
        }
    }
}

/// One slip.
#[derive(Clone, PartialEq, Debug)]
pub struct Mutant {
    /// Which sort.
    pub kind: Kind,
    /// Where, and what is changed, in words and names of `dialogues/`.
    pub what: String,
    /// The change.
    pub change: Change,
}

/// What is changed, by its place in the content.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// A row of a flag: another one in its place, or none.
    Row(usize, usize, Option<Row>),
    /// A step.
    Step(usize, Step),
    /// A suppressor.
    Suppressor(usize, Suppressor),
    /// The flow of a topic.
    Flow(usize, Vec<ScreenId>),
    /// The text of the first key stands under the second.
    Text(&'static str, &'static str),
}

impl Mutant {
    /// The content with this slip. Texts stay as they are: [`crate::content::form::Form`] looks at those.
    #[must_use]
    pub fn applied(&self, content: &Content) -> Content {
        let mut changed = content.clone();
        match &self.change {
            Change::Row(flag, row, new) => {
                let rows = changed.red_flags.get_mut(*flag).map(|flag| &mut flag.rows);
                match (rows, new) {
                    (Some(rows), Some(new)) => put(rows, *row, new),
                    (Some(rows), None) if *row < rows.len() => {
                        rows.remove(*row);
                    }
                    _ => {}
                }
            }
            Change::Step(place, new) => put(&mut changed.steps, *place, new),
            Change::Suppressor(place, new) => put(&mut changed.suppressors, *place, new),
            Change::Flow(place, new) => {
                if let Some(topic) = changed.topics.get_mut(*place) {
                    topic.flow.clone_from(new);
                }
            }
            Change::Text(..) => {}
        }
        changed
    }
}

fn put<T: Clone>(list: &mut [T], place: usize, new: &T) {
    if let Some(old) = list.get_mut(place) {
        old.clone_from(new);
    }
}

/// All slips of a content, in its order.
#[must_use]
pub fn all(content: &Content) -> Vec<Mutant> {
    let mut all = rows::all(content);
    all.extend(steps::all(content));
    all
}

/// An expression with one literal, by its place, changed or left out; `None` when nothing is left.
fn with_literal(
    expression: &Expression,
    place: usize,
    change: &impl Fn(Literal) -> Option<Literal>,
) -> Option<Expression> {
    fn walk(
        part: &Expression,
        at: &mut usize,
        place: usize,
        change: &impl Fn(Literal) -> Option<Literal>,
    ) -> Option<Expression> {
        let mut parts = |all: &[Expression]| -> Vec<Expression> {
            all.iter()
                .filter_map(|part| walk(part, at, place, change))
                .collect()
        };
        match part {
            Expression::Is(literal) => {
                *at += 1;
                let kept = if *at - 1 == place {
                    change(*literal)
                } else {
                    Some(*literal)
                };
                kept.map(Expression::Is)
            }
            Expression::All(all) => one_or_many(parts(all), Expression::All),
            Expression::Any(all) => one_or_many(parts(all), Expression::Any),
        }
    }
    walk(expression, &mut 0, place, change)
}

fn one_or_many(mut parts: Vec<Expression>, many: fn(Vec<Expression>) -> Expression) -> Option<Expression> {
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(many(parts)),
    }
}
