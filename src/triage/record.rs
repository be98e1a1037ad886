//! What is known of her.
//!
//! Findings only ever rise: no < unsure < yes. So the order of answers cannot matter, and no later answer takes an
//! earlier yes back; only forgetting an answer can.

use crate::content::{Expression, FindingId, FindingKind, Findings, Literal, Sign, Value};

/// What a literal is, given a record. The order is the order of caution.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Truth {
    /// No.
    No,
    /// Nobody asked.
    Unasked,
    /// Not sure.
    Unsure,
    /// Yes.
    Yes,
}

/// The findings of one woman.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Record {
    values: Vec<Option<Value>>,
}

impl Record {
    /// Nothing is known.
    #[must_use]
    pub fn new(findings: &Findings) -> Record {
        Record {
            values: vec![None; findings.len()],
        }
    }

    /// What was said about a finding itself; `None` is unasked. A sign's members do not count here.
    #[must_use]
    pub fn said(&self, finding: FindingId) -> Option<Value> {
        self.values.get(finding.index()).copied().flatten()
    }

    /// Writes a value down, unless more is known already. A sign that is denied denies its members with it, but for
    /// the conditional ones and those with a threshold: *no heavy bleeding* is not *no bleeding*.
    pub fn learn(&mut self, findings: &Findings, finding: FindingId, value: Value) {
        self.raise(finding, value);
        if value != Value::No {
            return;
        }
        if let Some(FindingKind::Sign(sign)) = findings.get(finding).map(|finding| &finding.kind) {
            for member in sign.members.iter().filter(|member| member.at_least.is_none()) {
                self.raise(member.finding, Value::No);
            }
        }
    }

    /// A case as it is told: what was said, and `rest` for all that was not. What a sign that was said to be yes or not
    /// sure stands for stays unasked; with no `rest` so does everything else.
    #[must_use]
    pub fn told(findings: &Findings, given: &[(FindingId, Value)], rest: Option<Value>) -> Record {
        let mut record = Record::new(findings);
        for (finding, value) in given {
            record.learn(findings, *finding, *value);
        }
        let Some(rest) = rest else {
            return record;
        };
        let signs: Vec<&Sign> = given
            .iter()
            .filter(|(_, value)| *value > Value::No)
            .filter_map(|(finding, _)| match &findings.get(*finding)?.kind {
                FindingKind::Sign(sign) => Some(sign),
                _ => None,
            })
            .collect();
        for (id, finding) in findings.iter() {
            let is_sign = matches!(finding.kind, FindingKind::Sign(_));
            let covered = || signs.iter().any(|sign| stands_for(sign, id));
            if !is_sign && record.said(id).is_none() && !covered() {
                record.raise(id, rest);
            }
        }
        record
    }

    fn raise(&mut self, finding: FindingId, value: Value) {
        if let Some(slot) = self.values.get_mut(finding.index()) {
            *slot = Some(slot.map_or(value, |known| known.max(value)));
        }
    }

    /// What a literal is.
    #[must_use]
    pub fn truth(&self, findings: &Findings, literal: Literal) -> Truth {
        match findings.get(literal.finding).map(|finding| &finding.kind) {
            None => Truth::Unasked,
            Some(FindingKind::Sign(sign)) => self.sign(findings, literal.finding, sign),
            Some(kind) => match self.said(literal.finding) {
                None => Truth::Unasked,
                Some(Value::No) => Truth::No,
                Some(Value::Unsure) => Truth::Unsure,
                Some(Value::Yes) => of_plain_yes(kind, literal.at_least),
                Some(Value::Amount(amount)) => of_amount(kind, amount, literal.at_least),
            },
        }
    }

    fn sign(&self, findings: &Findings, id: FindingId, sign: &Sign) -> Truth {
        let said = match self.said(id) {
            None => Truth::Unasked,
            Some(Value::No) => Truth::No,
            Some(Value::Unsure) => Truth::Unsure,
            Some(Value::Yes | Value::Amount(_)) => Truth::Yes,
        };
        let members = sign.members.iter().map(|member| self.member(findings, *member));
        let conditional = sign
            .conditional
            .iter()
            .map(|(member, with)| self.truth(findings, *member).min(self.expression(findings, with)));
        let known = members
            .clone()
            .chain(conditional)
            .filter(|truth| *truth >= Truth::Unsure)
            .max();
        match (said, known) {
            (said, Some(known)) => said.max(known),
            (Truth::Unasked, None)
                if !sign.members.is_empty() && members.clone().all(|it| it == Truth::No) =>
            {
                Truth::No
            }
            (said, None) => said,
        }
    }

    /// A member with a threshold speaks for its sign only when it is reached: not being sure of any blood is not being
    /// unsure of heavy bleeding.
    fn member(&self, findings: &Findings, member: Literal) -> Truth {
        match self.truth(findings, member) {
            Truth::Unsure if member.at_least.is_some() => Truth::Unasked,
            truth => truth,
        }
    }

    fn expression(&self, findings: &Findings, expression: &Expression) -> Truth {
        match expression {
            Expression::Is(literal) => self.truth(findings, *literal),
            Expression::All(parts) => parts
                .iter()
                .map(|part| self.expression(findings, part))
                .min()
                .unwrap_or(Truth::No),
            Expression::Any(parts) => parts
                .iter()
                .map(|part| self.expression(findings, part))
                .max()
                .unwrap_or(Truth::No),
        }
    }

    /// Is a rule's condition true? *Unasked* never is; *not sure* only where the literal says so (`f?`).
    #[must_use]
    pub fn holds(&self, findings: &Findings, expression: &Expression) -> bool {
        expression.holds(&|literal| match self.truth(findings, literal) {
            Truth::Yes => true,
            Truth::Unsure => literal.or_unsure,
            Truth::No | Truth::Unasked => false,
        })
    }

    /// Is the finding known to be no? A finding is not, as long as a sign it belongs to is yes or unsure; `above` are
    /// the signs that are (see [`Record::signs_above_no`]).
    #[must_use]
    pub(super) fn cleared(&self, findings: &Findings, literal: Literal, above: &[&Sign]) -> bool {
        self.truth(findings, literal) == Truth::No
            && !above.iter().any(|sign| stands_for(sign, literal.finding))
    }

    /// The signs said to be yes or not sure.
    #[must_use]
    pub(super) fn signs_above_no<'f>(&self, findings: &'f Findings) -> Vec<&'f Sign> {
        self.above_no()
            .filter_map(|id| match &findings.get(id)?.kind {
                FindingKind::Sign(sign) => Some(sign),
                _ => None,
            })
            .collect()
    }

    /// The findings said to be yes or not sure.
    fn above_no(&self) -> impl Iterator<Item = FindingId> {
        let said = (0u16..).map(FindingId).zip(&self.values);
        said.filter(|(_, value)| value.is_some_and(|value| value > Value::No))
            .map(|(id, _)| id)
    }

    /// The findings that may be yes or not sure: those said to be, and the signs that stand for one of them. All else
    /// surely is not.
    #[must_use]
    pub(super) fn touched(&self, findings: &Findings) -> Touched {
        let mut touched = Touched(vec![false; self.values.len()]);
        let said: Vec<FindingId> = self.above_no().collect();
        for &finding in &said {
            touched.add(finding);
        }
        let mut more = !said.is_empty();
        // A sign may stand for a sign.
        while more {
            more = false;
            for (id, finding) in findings.iter() {
                let FindingKind::Sign(sign) = &finding.kind else {
                    continue;
                };
                let mut members = sign
                    .members
                    .iter()
                    .chain(sign.conditional.iter().map(|(member, _)| member));
                if !touched.contains(id) && members.any(|member| touched.contains(member.finding)) {
                    touched.add(id);
                    more = true;
                }
            }
        }
        touched
    }
}

/// A set of findings.
pub(super) struct Touched(Vec<bool>);

impl Touched {
    /// Is there none?
    pub(super) fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    fn add(&mut self, finding: FindingId) {
        if let Some(slot) = self.0.get_mut(finding.index()) {
            *slot = true;
        }
    }

    /// Is the finding one of them?
    pub(super) fn contains(&self, finding: FindingId) -> bool {
        self.0.get(finding.index()).copied().unwrap_or(false)
    }
}

/// Is the finding among those the sign stands for, conditional ones included?
#[must_use]
pub fn stands_for(sign: &Sign, finding: FindingId) -> bool {
    sign.members.iter().any(|member| member.finding == finding)
        || sign
            .conditional
            .iter()
            .any(|(member, _)| member.finding == finding)
}

/// "Yes" to a finding that wants a word or a number: at least the mildest word; anything above is not known.
fn of_plain_yes(kind: &FindingKind, at_least: Option<u16>) -> Truth {
    match (kind, at_least) {
        (FindingKind::Words(_), Some(place)) if place > 0 => Truth::Unsure,
        (FindingKind::Number { .. }, Some(_)) => Truth::Unsure,
        _ => Truth::Yes,
    }
}

fn of_amount(kind: &FindingKind, amount: u16, at_least: Option<u16>) -> Truth {
    let reached = match (kind, at_least) {
        (FindingKind::Number { .. }, None) => amount > 0,
        (_, None) => true,
        (_, Some(least)) => amount >= least,
    };
    if reached { Truth::Yes } else { Truth::No }
}
