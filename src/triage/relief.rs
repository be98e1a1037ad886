//! Which relief steps are safe for her. What was not asked counts as not sure, so nothing unsafe is shown early.

use crate::content::{Content, FindingId, Sign, Stage, Step, Suppressor, SuppressorId, Topic, stage};

use super::record::{Record, Truth};

/// A step that is for her, or what takes it away.
#[derive(Clone, Debug)]
pub struct Weighed<'c> {
    /// The step.
    pub step: &'c Step,
    /// What takes it away: each finding that is yes, unsure or unasked. Empty when the step is safe for her.
    pub because: Vec<FindingId>,
}

/// All steps of a topic that are meant for her stage and need, in the order of the file.
pub fn meant<'c>(
    content: &'c Content,
    topic: &Topic,
    at: Stage,
    record: &Record,
) -> impl Iterator<Item = &'c Step> {
    let here = move |step: &&Step| step.topics.contains(&topic.id) && stage::surely_holds(&step.stage, at);
    let needed = |step: &&Step| {
        let needs = step.needs.as_ref();
        needs.is_none_or(|needs| record.holds(&content.findings, needs))
    };
    content.steps.iter().filter(here).filter(needed)
}

/// The same, each with what takes it away.
#[must_use]
pub fn weigh<'c>(content: &'c Content, topic: &Topic, at: Stage, record: &Record) -> Vec<Weighed<'c>> {
    // Many steps share a suppressor: each is weighed once.
    let above = record.signs_above_no(&content.findings);
    let taking: Vec<Vec<Taking>> = content
        .suppressors
        .iter()
        .map(|suppressor| taking(content, topic, suppressor, at, record, &above))
        .collect();
    let of = |id: &SuppressorId| {
        let place = content.suppressors.iter().position(|one| one.id == *id)?;
        taking.get(place)
    };
    let weighed = |step: &'c Step| {
        let mut because = Vec::new();
        for one in step.suppressors.iter().filter_map(of).flatten() {
            let takes = !(one.unasked && step.first_aid);
            if takes && !because.contains(&one.finding) {
                because.push(one.finding);
            }
        }
        Weighed { step, because }
    };
    meant(content, topic, at, record).map(weighed).collect()
}

/// A finding that takes steps away.
struct Taking {
    finding: FindingId,
    /// Only because nobody asked: first aid is shown all the same.
    unasked: bool,
}

/// The findings by which a suppressor takes steps away at a stage. `above` are the signs that are yes or not sure.
fn taking(
    content: &Content,
    topic: &Topic,
    suppressor: &Suppressor,
    at: Stage,
    record: &Record,
    above: &[&Sign],
) -> Vec<Taking> {
    let lines = suppressor.lines.iter();
    let lines = lines.filter(|line| stage::may_hold(&line.stage, at));
    let literals = lines.flat_map(|line| &line.any_of);
    literals
        .filter_map(|literal| {
            let finding = literal.finding;
            if record.truth(&content.findings, *literal) == Truth::Unasked {
                let assumed = topic.assumed_no.iter().any(|entry| entry.finding == finding);
                return (!assumed).then_some(Taking {
                    finding,
                    unasked: true,
                });
            }
            (!record.cleared(&content.findings, *literal, above)).then_some(Taking {
                finding,
                unasked: false,
            })
        })
        .collect()
}
