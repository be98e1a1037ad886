//! Rules are positive expressions over findings: there is no way to write a negation, so that more "yes" can never
//! mean less urgent.
//!
//! ```text
//! flank_pain & (fever | shivering)     yes to both
//! leg_hot_or_red?                      yes or not sure
//! vaginal_bleeding>=moderate           a word, in the order the finding lists them
//! cramp_nights_per_week>=5             a number
//! ```
//! `&` binds tighter than `|`.

use super::id::FindingId;

/// One finding inside an expression.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Literal {
    /// Which finding.
    pub finding: FindingId,
    /// For a finding with a word or a number: at least this (the place of the word in its list, or the number).
    pub at_least: Option<u16>,
    /// `f?`: *not sure* counts as well.
    pub or_unsure: bool,
}

/// A positive expression.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Expression {
    /// One finding.
    Is(Literal),
    /// All of these.
    All(Vec<Expression>),
    /// Any of these.
    Any(Vec<Expression>),
}

impl Expression {
    /// All literals, in the order they are written.
    #[must_use]
    pub fn literals(&self) -> Vec<Literal> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect(&self, found: &mut Vec<Literal>) {
        match self {
            Expression::Is(literal) => found.push(*literal),
            Expression::All(parts) | Expression::Any(parts) => {
                for part in parts {
                    part.collect(found);
                }
            }
        }
    }

    /// Is the expression true, given what each literal is?
    pub fn holds(&self, is: &impl Fn(Literal) -> bool) -> bool {
        match self {
            Expression::Is(literal) => is(*literal),
            Expression::All(parts) => parts.iter().all(|part| part.holds(is)),
            Expression::Any(parts) => parts.iter().any(|part| part.holds(is)),
        }
    }
}
