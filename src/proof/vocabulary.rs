//! What may ever be said on a topic, as facts of one bit each, and conditions of the content turned into them.
//!
//! A finding only rises: no, unsure, yes, then its words or numbers. So *it is at least this* is a fact that stays true
//! once it is, and learning something is adding facts. What a value means for a literal is asked of [`Record`] itself;
//! only the way a sign follows from its members is told here a second time, and every merged state is compared with
//! the decision as it runs (see [`super::agree`]).

use std::collections::{BTreeMap, BTreeSet};

use crate::content::{
    Choice, ChoiceId, Content, Expression, FindingId, FindingKind, Literal, MightBe, Sign, Value,
};
use crate::triage::answers::denied_by;
use crate::triage::{Record, Truth};

use super::bits::{Bits, Condition, Cube, both, either};

/// A fact.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Fact {
    /// A finding is at least this.
    AtLeast(FindingId, Value),
    /// A button was pressed.
    Pressed(ChoiceId),
}

/// The facts of one topic.
pub struct Vocabulary<'c> {
    content: &'c Content,
    /// What any button of the topic can write of a finding, least first.
    writable: BTreeMap<FindingId, BTreeSet<Value>>,
    places: BTreeMap<Fact, usize>,
}

impl<'c> Vocabulary<'c> {
    /// What these buttons can say.
    #[must_use]
    pub fn new(content: &'c Content, choices: &[&'c Choice]) -> Vocabulary<'c> {
        let mut writable: BTreeMap<FindingId, BTreeSet<Value>> = BTreeMap::new();
        for choice in choices {
            for (finding, value) in written(content, choice) {
                writable.entry(finding).or_default().insert(value);
            }
        }
        Vocabulary {
            content,
            writable,
            places: BTreeMap::new(),
        }
    }

    /// How many facts were asked for.
    #[must_use]
    pub fn count(&self) -> usize {
        self.places.len()
    }

    fn fact(&mut self, fact: Fact) -> Bits {
        let next = self.places.len();
        Bits::one(*self.places.entry(fact).or_insert(next))
    }

    /// The fact that a button was pressed.
    pub fn pressed(&mut self, choice: &ChoiceId) -> Bits {
        self.fact(Fact::Pressed(choice.clone()))
    }

    /// The fact of a button, if a condition asked for it.
    #[must_use]
    pub fn known_pressed(&self, choice: &ChoiceId) -> Bits {
        self.known(&Fact::Pressed(choice.clone()))
    }

    fn known(&self, fact: &Fact) -> Bits {
        self.places
            .get(fact)
            .map_or(Bits::NONE, |place| Bits::one(*place))
    }

    /// The facts that learning this adds, among those that conditions ask for.
    #[must_use]
    pub fn learned(&self, finding: FindingId, value: Value) -> Bits {
        let mut bits = self.raised(finding, value);
        if value == Value::No {
            for member in plain_members(self.content, finding) {
                bits = bits.or(self.raised(member, Value::No));
            }
        }
        bits
    }

    fn raised(&self, finding: FindingId, value: Value) -> Bits {
        let up_to = self.writable.get(&finding).into_iter().flatten();
        up_to
            .filter(|step| **step <= value)
            .map(|step| self.known(&Fact::AtLeast(finding, *step)))
            .fold(Bits::NONE, Bits::or)
    }

    /// All facts about a finding that a button can write, and those of its members if it is a sign.
    pub fn all_of(&mut self, finding: FindingId) -> Bits {
        self.about(finding, |_| true)
    }

    /// As [`Vocabulary::all_of`], but only what is a yes.
    pub fn yes_of(&mut self, finding: FindingId) -> Bits {
        self.about(finding, |value| value >= Value::Yes)
    }

    fn about(&mut self, finding: FindingId, wanted: impl Fn(Value) -> bool) -> Bits {
        let mut bits = Bits::NONE;
        let mut about = vec![finding];
        if let Some(sign) = sign_of(self.content, finding) {
            about.extend(sign.members.iter().map(|member| member.finding));
            about.extend(sign.conditional.iter().map(|(member, _)| member.finding));
        }
        for id in about {
            let values: Vec<Value> = self.writable.get(&id).into_iter().flatten().copied().collect();
            for value in values.into_iter().filter(|value| wanted(*value)) {
                bits = bits.or(self.fact(Fact::AtLeast(id, value)));
            }
        }
        bits
    }

    /// The fact that something was said of a finding.
    pub fn asked(&mut self, finding: FindingId) -> Bits {
        self.least(finding, |_| true)
    }

    /// The fact that a finding is unsure or more.
    pub fn in_doubt(&mut self, finding: FindingId) -> Bits {
        self.least(finding, |value| value > Value::No)
    }

    fn least(&mut self, finding: FindingId, wanted: impl Fn(Value) -> bool) -> Bits {
        let values = self.writable.get(&finding).into_iter().flatten();
        match values.copied().find(|value| wanted(*value)) {
            Some(value) => self.fact(Fact::AtLeast(finding, value)),
            None => Bits::NONE,
        }
    }

    /// When a rule's condition is true: unsure counts where the literal says so.
    pub fn holds(&mut self, expression: &Expression) -> Condition {
        match expression {
            Expression::Is(literal) if literal.or_unsure => self.at_least(*literal, Truth::Unsure),
            Expression::Is(literal) => self.at_least(*literal, Truth::Yes),
            Expression::All(parts) => self.all(parts, Vocabulary::holds),
            Expression::Any(parts) => self.any(parts, Vocabulary::holds),
        }
    }

    fn all(
        &mut self,
        parts: &[Expression],
        mut of: impl FnMut(&mut Self, &Expression) -> Condition,
    ) -> Condition {
        let mut whole = vec![Cube::default()];
        for part in parts {
            let condition = of(self, part);
            whole = both(&whole, &condition);
        }
        whole
    }

    fn any(
        &mut self,
        parts: &[Expression],
        mut of: impl FnMut(&mut Self, &Expression) -> Condition,
    ) -> Condition {
        let mut whole = Condition::new();
        for part in parts {
            let condition = of(self, part);
            whole = either(whole, condition);
        }
        whole
    }

    /// When a literal is at least this (unsure or yes), whatever it says of unsure itself.
    pub fn at_least(&mut self, literal: Literal, least: Truth) -> Condition {
        match sign_of(self.content, literal.finding) {
            Some(sign) => self.sign(literal.finding, sign, least),
            None => self.plain(literal, least),
        }
    }

    /// A finding that is no sign: [`Record`] says what each value it can have means.
    fn plain(&mut self, literal: Literal, least: Truth) -> Condition {
        let findings = &self.content.findings;
        let values: Vec<Value> = self
            .writable
            .get(&literal.finding)
            .into_iter()
            .flatten()
            .copied()
            .collect();
        let mut condition = Condition::new();
        let mut begun: Option<Value> = None;
        for value in values {
            let mut record = Record::new(findings);
            record.learn(findings, literal.finding, value);
            let is = record.truth(findings, literal) >= least;
            match (begun, is) {
                (None, true) => begun = Some(value),
                (Some(from), false) => {
                    condition.push(Cube {
                        set: self.fact(Fact::AtLeast(literal.finding, from)),
                        clear: self.fact(Fact::AtLeast(literal.finding, value)),
                    });
                    begun = None;
                }
                _ => {}
            }
        }
        if let Some(from) = begun {
            condition.push(Cube {
                set: self.fact(Fact::AtLeast(literal.finding, from)),
                clear: Bits::NONE,
            });
        }
        condition
    }

    fn sign(&mut self, id: FindingId, sign: &Sign, least: Truth) -> Condition {
        let told = match least {
            Truth::Yes => self.least(id, |value| value >= Value::Yes),
            _ => self.in_doubt(id),
        };
        let mut condition = Condition::new();
        if !told.is_none() {
            condition.push(Cube {
                set: told,
                clear: Bits::NONE,
            });
        }
        for member in &sign.members {
            // Not being sure of any blood is not being unsure of heavy bleeding.
            let wanted = if member.at_least.is_some() {
                Truth::Yes
            } else {
                least
            };
            let of_member = self.at_least(*member, wanted);
            condition = either(condition, of_member);
        }
        for (member, with) in &sign.conditional {
            let of_member = self.at_least(*member, least);
            let of_rest = self.truth_of(with, least);
            condition = either(condition, both(&of_member, &of_rest));
        }
        condition
    }

    /// As [`Vocabulary::holds`], with every literal at least this.
    fn truth_of(&mut self, expression: &Expression, least: Truth) -> Condition {
        match expression {
            Expression::Is(literal) => self.at_least(*literal, least),
            Expression::All(parts) => self.all(parts, |own, part| own.truth_of(part, least)),
            Expression::Any(parts) => self.any(parts, |own, part| own.truth_of(part, least)),
        }
    }
}

/// What a button can write, whether it is pressed, pointed at, or left out.
fn written(content: &Content, choice: &Choice) -> Vec<(FindingId, Value)> {
    let mut all = Vec::new();
    for (finding, value) in &choice.sets {
        all.push((*finding, *value));
        if *value == Value::No {
            all.extend(plain_members(content, *finding).map(|member| (member, Value::No)));
        }
        if choice.might_be == MightBe::Unsure {
            all.push((*finding, Value::Unsure));
        }
    }
    for finding in denied_by(choice) {
        all.push((finding, Value::Unsure));
        all.push((finding, Value::No));
        all.extend(plain_members(content, finding).map(|member| (member, Value::No)));
    }
    all
}

/// The members that are denied with their sign.
fn plain_members(content: &Content, finding: FindingId) -> impl Iterator<Item = FindingId> {
    sign_of(content, finding)
        .into_iter()
        .flat_map(|sign| &sign.members)
        .filter(|member| member.at_least.is_none())
        .map(|member| member.finding)
}

/// The sign behind a finding, if it is one.
#[must_use]
pub fn sign_of(content: &Content, finding: FindingId) -> Option<&Sign> {
    match content.findings.get(finding).map(|finding| &finding.kind) {
        Some(FindingKind::Sign(sign)) => Some(sign),
        _ => None,
    }
}
