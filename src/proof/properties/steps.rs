//! P04: what is shown is safe for her. Told here a second time, apart from the decision: every finding of every
//! suppressor of a step that is shown must be a clear no.

use std::collections::{BTreeMap, HashMap};

use crate::content::{Content, FindingId, Level, Literal, Outcome, Step, Suppressor, Topic, Value, stage};
use crate::triage::record::stands_for;
use crate::triage::{Known, Truth};

use super::super::vocabulary::sign_of;
use super::{Verdicts, Walked};

pub(super) fn look(walked: &Walked<'_, '_>, all: &mut Verdicts) {
    let content = walked.content;
    // Signs that stand for a finding, looked up once.
    let mut signs: BTreeMap<FindingId, Vec<FindingId>> = BTreeMap::new();
    for (id, _) in content.findings.iter() {
        let Some(sign) = sign_of(content, id) else {
            continue;
        };
        for (finding, _) in content.findings.iter().filter(|(one, _)| stands_for(sign, *one)) {
            signs.entry(finding).or_default().push(id);
        }
    }
    let suppressors: HashMap<&str, usize> = (0..)
        .zip(&content.suppressors)
        .map(|(place, one)| (one.id.as_str(), place))
        .collect();
    let of_step: HashMap<*const Step, Vec<usize>> = content
        .steps
        .iter()
        .map(|step| {
            let known = step
                .suppressors
                .iter()
                .filter_map(|id| suppressors.get(id.as_str()));
            (std::ptr::from_ref(step), known.copied().collect())
        })
        .collect();
    let mut shown = 0;
    for (place, (found, known)) in (0u32..).zip(walked.found.iter().zip(&walked.known)) {
        let (Some(found), Some(topic)) = (found, content.topic(&known.topic)) else {
            continue;
        };
        let calm = matches!(found.outcome, Outcome::Level(level) if level < Level::GoNow);
        // Many steps share a suppressor: each is looked at once.
        let mut against: Vec<Option<Against>> = vec![None; content.suppressors.len()];
        for step in &found.steps {
            shown += 1;
            let mut wrong = None;
            for &suppressor in of_step.get(&std::ptr::from_ref(*step)).into_iter().flatten() {
                let (Some(one), Some(slot)) =
                    (content.suppressors.get(suppressor), against.get_mut(suppressor))
                else {
                    continue;
                };
                let found = slot.get_or_insert_with(|| look_against(content, one, topic, known, &signs));
                wrong = wrong.or(if step.first_aid {
                    found.first_aid
                } else {
                    found.any
                });
            }
            let here =
                step.topics.contains(&topic.id) && stage::surely_holds(&step.stage, known.stage_or_unknown());
            let what = match wrong {
                Some(finding) => {
                    let finding = content.findings.name(finding);
                    format!("the step {} is shown, and {finding} is no clear no", step.id)
                }
                None if !calm => format!("the step {} distracts from the call", step.id),
                None if !here => format!("the step {} is not for this topic and stage", step.id),
                None => continue,
            };
            all.broken(walked.broken("P04", place, what));
        }
    }
    all.look("P04", shown);
}

/// What is no clear no among the findings of a suppressor.
#[derive(Clone, Copy)]
struct Against {
    /// For a step.
    any: Option<FindingId>,
    /// For a step that may be shown before anything is asked.
    first_aid: Option<FindingId>,
}

fn look_against(
    content: &Content,
    suppressor: &Suppressor,
    topic: &Topic,
    known: &Known,
    signs: &BTreeMap<FindingId, Vec<FindingId>>,
) -> Against {
    let at = known.stage_or_unknown();
    let mut against = Against {
        any: None,
        first_aid: None,
    };
    let lines = suppressor.lines.iter();
    for literal in lines
        .filter(|line| stage::may_hold(&line.stage, at))
        .flat_map(|line| &line.any_of)
    {
        let truth = known.record.truth(&content.findings, *literal);
        let mut over = signs.get(&literal.finding).into_iter().flatten();
        let doubted = over.any(|sign| known.record.said(*sign).is_some_and(|value| value > Value::No));
        let clear = |exempt: bool| !doubted && (truth == Truth::No || (truth == Truth::Unasked && exempt));
        if !clear(is_assumed(topic, *literal)) {
            against.any = against.any.or(Some(literal.finding));
        }
        if !clear(true) {
            against.first_aid = against.first_aid.or(Some(literal.finding));
        }
    }
    against
}

fn is_assumed(topic: &Topic, literal: Literal) -> bool {
    topic
        .assumed_no
        .iter()
        .any(|entry| entry.finding == literal.finding)
}
