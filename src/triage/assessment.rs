//! The outcome: level, rules, causes, steps.

use crate::content::{
    Content, FindingId, FindingKind, FlagId, Level, Literal, Outcome, Phase, RuleId, Stage, StepId,
};
use crate::content::{TopicId, Value};

use super::causes::{self, Scored};
use super::record::{Record, Truth, stands_for};
use super::relief;
use super::rules::{self, Fired};

/// Her case: what she came with, where she is, what is known.
#[derive(Clone, PartialEq, Debug)]
pub struct Case {
    /// What she came with; `None` counts the rules of every topic, and gives neither causes nor steps.
    pub topic: Option<TopicId>,
    /// Where she is.
    pub stage: Stage,
    /// What is known.
    pub record: Record,
}

/// What a case comes to.
#[derive(Clone, Debug)]
pub struct Assessment<'c> {
    /// The level, or out of scope.
    pub outcome: Outcome,
    /// Every row that fired.
    pub fired: Vec<Fired<'c>>,
    /// The rows that decided: those that hold on a yes before those for *not sure*, so that no doubt is told as a fact;
    /// of these, those first that speak of what she said itself and not of a sign it stands under.
    leading: Vec<Fired<'c>>,
    /// The rule of the topic's floor, when it decided.
    pub floor: Option<&'c RuleId>,
    /// The findings of the rows at the final level, with what she said of them.
    pub because: Vec<(FindingId, Value)>,
    /// At most three likely causes; none at SAME_DAY or higher.
    pub causes: Vec<Scored<'c>>,
    /// The steps that are safe for her; none at GO_NOW or higher.
    pub steps: Vec<&'c crate::content::Step>,
    /// The steps taken away, and by what.
    pub withheld: Vec<(&'c StepId, Vec<FindingId>)>,
}

impl<'c> Assessment<'c> {
    /// The rows that decided: those at the final level, in the order in which they speak.
    pub fn deciding(&self) -> impl Iterator<Item = &Fired<'c>> {
        self.leading.iter()
    }

    /// The names of all rules that fired, each once, in the order of the file.
    #[must_use]
    pub fn rules(&self) -> Vec<&'c RuleId> {
        let mut names: Vec<&RuleId> = Vec::new();
        for rule in self.fired.iter().map(|fired| &fired.row.rule).chain(self.floor) {
            if !names.contains(&rule) {
                names.push(rule);
            }
        }
        names
    }

    /// The rules that decided, each once.
    #[must_use]
    pub fn deciding_flags(&self) -> Vec<&'c FlagId> {
        let mut names: Vec<&FlagId> = Vec::new();
        for fired in self.deciding() {
            if !names.contains(&&fired.flag.id) {
                names.push(&fired.flag.id);
            }
        }
        names
    }

    /// Did nothing but *not sure* bring her to this level?
    #[must_use]
    pub fn only_unsure(&self) -> bool {
        !self.because.is_empty() && self.because.iter().all(|(_, value)| *value == Value::Unsure)
    }

    /// Did it take a doubt beside what she said, as with a sore epidural spot and perhaps a fever?
    #[must_use]
    pub fn needs_a_doubt(&self) -> bool {
        !self.only_unsure() && !self.leading.is_empty() && self.leading.iter().all(|fired| fired.row.unsure)
    }
}

/// Assesses a case.
#[must_use]
pub fn assess<'c>(content: &'c Content, case: &Case) -> Assessment<'c> {
    let topic = case.topic.as_ref().and_then(|id| content.topic(id));
    let fired = rules::fired(content, case.topic.as_ref(), case.stage, &case.record);
    let level = rules::level(content, case.topic.as_ref(), &fired);
    let flagged = fired.iter().any(|fired| fired.row.level >= Level::SameDay);
    let outcome = if case.stage.phase == Phase::Neither && !flagged {
        Outcome::OutOfScope
    } else {
        Outcome::Level(level)
    };
    let floor = topic
        .and_then(|topic| topic.floor.as_ref())
        .filter(|(floor, _)| outcome == Outcome::Level(*floor))
        .map(|(_, rule)| rule);
    let mut leading: Vec<Fired<'_>> = fired
        .iter()
        .filter(|fired| outcome == Outcome::Level(fired.row.level))
        .copied()
        .collect();
    leading.sort_by_key(|fired| (fired.row.unsure, !told_itself(case, fired)));
    let mut because = reasons(content, case, leading.iter());
    if because.is_empty() && floor.is_some() {
        because = told(content, case);
    }
    let causes = match (topic, outcome) {
        (Some(topic), Outcome::Level(level)) if level < Level::SameDay => {
            causes::likely(content, &topic.id, case.stage, &case.record)
        }
        _ => Vec::new(),
    };
    let mut assessment = Assessment {
        outcome,
        fired,
        leading,
        floor,
        because,
        causes,
        steps: Vec::new(),
        withheld: Vec::new(),
    };
    if let Some(topic) = topic {
        sort_steps(content, topic, case, &mut assessment);
    }
    assessment
}

/// At GO_NOW and EMERGENCY nothing distracts from the call: every step is withheld, because of what decided.
fn sort_steps<'c>(
    content: &'c Content,
    topic: &crate::content::Topic,
    case: &Case,
    assessment: &mut Assessment<'c>,
) {
    let calm = assessment
        .outcome
        .level()
        .is_some_and(|level| level < Level::GoNow);
    if !calm {
        let reasons: Vec<FindingId> = assessment.because.iter().map(|(finding, _)| *finding).collect();
        let meant = relief::meant(content, topic, case.stage, &case.record);
        assessment.withheld = meant.map(|step| (&step.id, reasons.clone())).collect();
        return;
    }
    for weighed in relief::weigh(content, topic, case.stage, &case.record) {
        if weighed.because.is_empty() {
            assessment.steps.push(weighed.step);
        } else {
            assessment.withheld.push((&weighed.step.id, weighed.because));
        }
    }
    let likely: Vec<_> = assessment.causes.iter().map(|scored| &scored.cause.id).collect();
    // What she told of herself comes first: steps for the likely causes, then those that only she needs.
    assessment.steps.sort_by_key(|step| {
        let for_cause = step.for_causes.iter().any(|cause| likely.contains(&cause));
        (step.group, !for_cause, step.needs.is_none())
    });
}

/// The findings that made the deciding rows true. A sign that follows from its members is told by the members.
fn reasons<'a, 'c: 'a>(
    content: &Content,
    case: &Case,
    deciding: impl Iterator<Item = &'a Fired<'c>>,
) -> Vec<(FindingId, Value)> {
    let mut found: Vec<(FindingId, Value)> = Vec::new();
    let mut add = |finding: FindingId, value: Value| {
        if !found.iter().any(|(known, _)| *known == finding) {
            found.push((finding, value));
        }
    };
    for literal in deciding.flat_map(|fired| fired.row.when.literals()) {
        let truth = case.record.truth(&content.findings, literal);
        if truth < Truth::Unsure || (truth == Truth::Unsure && !literal.or_unsure) {
            continue;
        }
        match case.record.said(literal.finding) {
            Some(value) if value > Value::No => add(literal.finding, value),
            _ => {
                for (member, value) in known_members(content, case, literal) {
                    add(member, value);
                }
            }
        }
    }
    found
}

/// Does the row speak of a finding that she said yes or not sure to by itself?
fn told_itself(case: &Case, fired: &Fired<'_>) -> bool {
    let said = |literal: &Literal| {
        case.record
            .said(literal.finding)
            .is_some_and(|value| value > Value::No)
    };
    fired.row.when.literals().iter().any(said)
}

/// All that she said yes or not sure to.
fn told(content: &Content, case: &Case) -> Vec<(FindingId, Value)> {
    let findings = content.findings.iter();
    let said = findings.filter_map(|(id, _)| case.record.said(id).map(|value| (id, value)));
    said.filter(|(_, value)| *value > Value::No).collect()
}

fn known_members(content: &Content, case: &Case, literal: Literal) -> Vec<(FindingId, Value)> {
    let Some(FindingKind::Sign(sign)) = content.findings.get(literal.finding).map(|finding| &finding.kind)
    else {
        return Vec::new();
    };
    content
        .findings
        .iter()
        .filter(|(id, _)| stands_for(sign, *id))
        .filter_map(|(id, _)| {
            case.record
                .said(id)
                .filter(|value| *value > Value::No)
                .map(|value| (id, value))
        })
        .collect()
}
