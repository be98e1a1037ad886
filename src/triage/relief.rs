//! Which relief steps are safe for her. What was not asked counts as not sure, so nothing unsafe is shown early.

use crate::content::{Content, FindingId, Literal, Sign, Stage, Step, Topic, stage};

use super::record::{Record, Truth};

/// A step that is for her, or what takes it away.
#[derive(Clone, Debug)]
pub struct Weighed<'c> {
    /// The step.
    pub step: &'c Step,
    /// What takes it away: each finding that is yes, unsure or unasked. Empty when the step is safe for her.
    pub because: Vec<FindingId>,
}

/// All steps of a topic that are meant for her stage and need, safe or withheld, in the order of the file.
#[must_use]
pub fn weigh<'c>(content: &'c Content, topic: &Topic, at: Stage, record: &Record) -> Vec<Weighed<'c>> {
    let above = record.signs_above_no(&content.findings);
    content
        .steps
        .iter()
        .filter(|step| step.topics.contains(&topic.id) && stage::surely_holds(&step.stage, at))
        .filter(|step| {
            step.needs
                .as_ref()
                .is_none_or(|needs| record.holds(&content.findings, needs))
        })
        .map(|step| Weighed {
            step,
            because: against(content, topic, step, at, record, &above),
        })
        .collect()
}

/// The findings that take a step away. `above` are the signs that are yes or not sure.
fn against(
    content: &Content,
    topic: &Topic,
    step: &Step,
    at: Stage,
    record: &Record,
    above: &[&Sign],
) -> Vec<FindingId> {
    let mut found = Vec::new();
    let lines = step
        .suppressors
        .iter()
        .filter_map(|id| content.suppressor(id))
        .flat_map(|suppressor| &suppressor.lines)
        .filter(|line| stage::may_hold(&line.stage, at));
    for literal in lines.flat_map(|line| &line.any_of) {
        if blocks(content, topic, step, *literal, record, above) && !found.contains(&literal.finding) {
            found.push(literal.finding);
        }
    }
    found
}

fn blocks(
    content: &Content,
    topic: &Topic,
    step: &Step,
    literal: Literal,
    record: &Record,
    above: &[&Sign],
) -> bool {
    if record.truth(&content.findings, literal) == Truth::Unasked {
        let assumed = topic
            .assumed_no
            .iter()
            .any(|entry| entry.finding == literal.finding);
        return !assumed && !step.first_aid;
    }
    !record.cleared(&content.findings, literal, above)
}
