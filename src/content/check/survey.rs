//! What is asked and what matters on each topic: the ground most checks stand on.

use std::collections::BTreeSet;

use crate::content::draft::{Draft, Mark};
use crate::content::expression::Literal;
use crate::content::id::{ChoiceId, FindingId};
use crate::content::level::Level;
use crate::content::model::{Cause, Choice, FindingKind, RedFlag, Row, Screen, Step, Topic, Value};
use crate::content::stage::Window;

/// What mentions a finding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum User {
    /// A rule of this level.
    Rule(Level),
    Cause,
    Suppressor,
    Needs,
}

/// A finding that matters on a topic, and the place that says so.
pub(super) struct Mention {
    pub(super) finding: FindingId,
    pub(super) mark: Mark,
    pub(super) user: User,
}

impl Draft {
    /// The screens of a topic: its flow, then the one behind *More steps*.
    pub(super) fn screens_of(&self, topic: &Topic) -> Vec<&Screen> {
        topic
            .flow
            .iter()
            .chain(&topic.fit)
            .filter_map(|id| self.screen(id))
            .collect()
    }

    /// The buttons she can meet on a topic, at one stage or another.
    pub(super) fn choices_on(&self, topic: &Topic) -> Vec<(&Screen, &Choice)> {
        let all: Vec<(&Screen, &Choice)> = self
            .screens_of(topic)
            .into_iter()
            .flat_map(|screen| screen.choices.iter().map(move |choice| (screen, choice)))
            .filter(|(_, choice)| choice.topics.is_empty() || choice.topics.contains(&topic.id))
            .collect();
        let here = |id: &ChoiceId| all.iter().any(|(_, choice)| choice.id == *id);
        let after = |choice: &Choice| choice.only_after.is_empty() || choice.only_after.iter().any(here);
        all.iter().filter(|(_, choice)| after(choice)).copied().collect()
    }

    /// What a sign stands for, its conditional members included; nothing for other findings.
    pub(super) fn members(&self, finding: FindingId) -> Vec<Literal> {
        match self.findings.get(finding).map(|finding| &finding.kind) {
            Some(FindingKind::Sign(sign)) => sign
                .members
                .iter()
                .chain(sign.conditional.iter().map(|(literal, _)| literal))
                .copied()
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The findings a topic asks: a button sets or denies them, or sets a sign of which they are members. A sign whose
    /// members are all asked is asked as well.
    pub(super) fn asked_on(&self, topic: &Topic) -> BTreeSet<FindingId> {
        let mut asked = BTreeSet::new();
        for (_, choice) in self.choices_on(topic) {
            let set = choice.sets.iter().map(|(finding, _)| *finding);
            for finding in set.chain(choice.also_denies.iter().copied()) {
                asked.insert(finding);
                asked.extend(self.members(finding).iter().map(|literal| literal.finding));
            }
        }
        for (id, _) in self.findings.iter() {
            let members = self.members(id);
            if !members.is_empty() && members.iter().all(|literal| asked.contains(&literal.finding)) {
                asked.insert(id);
            }
        }
        asked
    }

    /// Can these windows hold on a topic? One that another topic hands over to is met at the stages of the hand-over only.
    fn may_hold_on(&self, topic: &Topic, windows: &[Window]) -> bool {
        let mut over = self
            .topics
            .iter()
            .filter_map(|from| from.hands_over.as_ref())
            .filter(|over| over.to == topic.id)
            .flat_map(|over| &over.stage)
            .peekable();
        topic.place.is_some()
            || windows.is_empty()
            || over.peek().is_none()
            || over.any(|at| windows.iter().any(|window| meet(*window, *at)))
    }

    /// The rows that can fire on a topic.
    pub(super) fn rows_on<'d>(
        &'d self,
        topic: &'d Topic,
    ) -> impl Iterator<Item = (&'d RedFlag, usize, &'d Row)> {
        self.rows()
            .filter(|(_, _, row)| row.topics.is_empty() || row.topics.contains(&topic.id))
            .filter(|(_, _, row)| self.may_hold_on(topic, &row.stage))
    }

    /// All rows with their flags.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&RedFlag, usize, &Row)> {
        self.red_flags.iter().flat_map(rows_of)
    }

    /// The steps of a topic.
    pub(super) fn steps_on<'d>(&'d self, topic: &'d Topic) -> impl Iterator<Item = &'d Step> {
        self.steps.iter().filter(|step| step.topics.contains(&topic.id))
    }

    /// Every finding that a rule, a cause or a step of this topic looks at.
    pub(super) fn mentions_on(&self, topic: &Topic) -> Vec<Mention> {
        let mut mentions = Vec::new();
        for (flag, index, row) in self.rows_on(topic) {
            for (number, literal) in row.when.literals().into_iter().enumerate() {
                let mark = Mark::RowLiteral(flag.id.clone(), index, number);
                mentions.push(Mention {
                    finding: literal.finding,
                    mark,
                    user: User::Rule(row.level),
                });
            }
        }
        for step in self.steps_on(topic) {
            self.step_mentions(topic, step, &mut mentions);
        }
        // What a cause that is never shown weighs decides nothing.
        let shown = |cause: &&Cause| !cause.red_flag && cause.never_shown.is_none();
        for cause in self
            .causes
            .iter()
            .filter(shown)
            .filter(|cause| cause.topic == topic.id)
        {
            for (number, (finding, _)) in cause.weights.iter().enumerate() {
                let mark = Mark::CauseWeight(topic.id.clone(), cause.id.clone(), number);
                mentions.push(Mention {
                    finding: *finding,
                    mark,
                    user: User::Cause,
                });
            }
        }
        mentions
    }

    fn step_mentions(&self, topic: &Topic, step: &Step, mentions: &mut Vec<Mention>) {
        for (number, literal) in step.needs.iter().flat_map(|needs| needs.literals()).enumerate() {
            let mark = Mark::StepNeeds(step.id.clone(), number);
            mentions.push(Mention {
                finding: literal.finding,
                mark,
                user: User::Needs,
            });
        }
        let suppressors = self
            .suppressors
            .iter()
            .filter(|one| step.suppressors.contains(&one.id));
        for suppressor in suppressors {
            let lines = suppressor.lines.iter().enumerate();
            for (line, written) in lines.filter(|(_, written)| self.may_hold_on(topic, &written.stage)) {
                for (number, literal) in written.any_of.iter().enumerate() {
                    let mark = Mark::SuppressorLiteral(suppressor.id.clone(), line, number);
                    mentions.push(Mention {
                        finding: literal.finding,
                        mark,
                        user: User::Suppressor,
                    });
                }
            }
        }
    }

    /// The findings a button makes yes.
    pub(super) fn made_yes(choice: &Choice) -> Vec<FindingId> {
        let yes = |value: &Value| matches!(value, Value::Yes | Value::Amount(_));
        choice
            .sets
            .iter()
            .filter(|(_, value)| yes(value))
            .map(|(finding, _)| *finding)
            .collect()
    }

    /// Findings together with the signs they belong to and the members they stand for.
    pub(super) fn with_relatives(&self, findings: &BTreeSet<FindingId>) -> BTreeSet<FindingId> {
        let mut all = findings.clone();
        for (sign, _) in self.findings.iter() {
            let members: BTreeSet<FindingId> =
                self.members(sign).iter().map(|literal| literal.finding).collect();
            if findings.contains(&sign) {
                all.extend(&members);
            }
            if !members.is_disjoint(findings) {
                all.insert(sign);
            }
        }
        all
    }
}

/// Do two windows share a day?
fn meet(one: Window, other: Window) -> bool {
    match (one, other) {
        (Window::Pregnant(one), Window::Pregnant(other)) => one.overlaps(other),
        (Window::AfterBirth(one), Window::AfterBirth(other)) => one.overlaps(other),
        (one, other) => one == other,
    }
}

fn rows_of(flag: &RedFlag) -> impl Iterator<Item = (&RedFlag, usize, &Row)> {
    flag.rows
        .iter()
        .enumerate()
        .map(move |(index, row)| (flag, index, row))
}
