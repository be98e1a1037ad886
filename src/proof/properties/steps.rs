//! P04: what is shown is safe for her. Told here a second time, apart from the decision: every finding of every
//! suppressor of a step that is shown must be a clear no.

use std::collections::BTreeMap;

use crate::content::{Level, Literal, Outcome, Step, Topic, Value, stage};
use crate::triage::record::stands_for;
use crate::triage::{Known, Truth};

use super::super::vocabulary::sign_of;
use super::{Verdicts, Walked};

pub(super) fn look(walked: &Walked<'_, '_>, all: &mut Verdicts) {
    let content = walked.content;
    // Signs that stand for a finding, looked up once.
    let mut signs: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (id, _) in content.findings.iter() {
        let Some(sign) = sign_of(content, id) else {
            continue;
        };
        for (finding, _) in content.findings.iter().filter(|(one, _)| stands_for(sign, *one)) {
            signs.entry(finding).or_default().push(id);
        }
    }
    let doubted = |known: &Known, literal: Literal| {
        let over = signs.get(&literal.finding).into_iter().flatten();
        over.copied()
            .any(|sign| known.record.said(sign).is_some_and(|value| value > Value::No))
    };
    for (place, (found, known)) in (0u32..).zip(walked.found.iter().zip(&walked.known)) {
        let (Some(found), Some(topic)) = (found, content.topic(&known.topic)) else {
            continue;
        };
        let calm = matches!(found.outcome, Outcome::Level(level) if level < Level::GoNow);
        for step in &found.steps {
            all.look("P04", 1);
            let mut wrong = against(walked, step, known)
                .filter(|(literal, truth)| {
                    let exempt = step.first_aid || is_assumed(topic, *literal);
                    let clear = *truth == Truth::No || (*truth == Truth::Unasked && exempt);
                    doubted(known, *literal) || !clear
                })
                .map(|(literal, _)| content.findings.name(literal.finding).to_owned());
            let here =
                step.topics.contains(&topic.id) && stage::surely_holds(&step.stage, known.stage_or_unknown());
            let what = match wrong.next() {
                Some(finding) => format!("the step {} is shown, and {finding} is no clear no", step.id),
                None if !calm => format!("the step {} distracts from the call", step.id),
                None if !here => format!("the step {} is not for this topic and stage", step.id),
                None => continue,
            };
            all.broken(walked.broken("P04", place, what));
        }
    }
}

/// All findings that would take a step away at her stage, with what they are.
fn against<'w>(
    walked: &'w Walked<'_, '_>,
    step: &'w Step,
    known: &'w Known,
) -> impl Iterator<Item = (Literal, Truth)> + 'w {
    let content = walked.content;
    let at = known.stage_or_unknown();
    step.suppressors
        .iter()
        .filter_map(move |id| content.suppressor(id))
        .flat_map(|suppressor| &suppressor.lines)
        .filter(move |line| stage::may_hold(&line.stage, at))
        .flat_map(|line| &line.any_of)
        .map(move |literal| (*literal, known.record.truth(&content.findings, *literal)))
}

fn is_assumed(topic: &Topic, literal: Literal) -> bool {
    topic
        .assumed_no
        .iter()
        .any(|entry| entry.finding == literal.finding)
}
