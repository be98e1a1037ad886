//! Can every cause be shown, or is it said why not?

use std::collections::{BTreeMap, BTreeSet};

use crate::content::draft::{Draft, Mark};
use crate::content::fault::{FaultKind, Sink};
use crate::content::id::FindingId;
use crate::content::level::Level;
use crate::content::model::{Cause, FindingKind, Row, ScreenKind, Topic};
use crate::content::stage::Window;

/// The least score a cause is shown with.
const SHOWN_FROM: i16 = 3;

pub(super) fn never_shown(draft: &Draft, sink: &Sink) {
    for cause in draft.causes.iter().filter(|cause| !cause.red_flag) {
        let Some(topic) = draft.topics.iter().find(|topic| topic.id == cause.topic) else {
            continue;
        };
        let best = best_score(draft, topic, cause);
        let mark = Mark::Cause(cause.topic.clone(), cause.id.clone());
        match (best >= SHOWN_FROM, &cause.never_shown) {
            (false, None) => draft.fault(
                sink,
                &mark,
                FaultKind::NeverShown,
                format!(
                    "\"{}\" can score {best} at the most; it is shown from {SHOWN_FROM} on",
                    cause.id
                ),
                "raise its weights, ask what it weighs, or add never_shown = \"the reason\"",
            ),
            (true, Some(_)) => draft.fault(
                sink,
                &mark,
                FaultKind::NeverShown,
                format!(
                    "\"{}\" is listed as never shown, and it can score {best}",
                    cause.id
                ),
                "take never_shown away",
            ),
            _ => {}
        }
    }
}

/// The highest score that answers can add up to. Never too low: what excludes what is only counted where it is sure.
fn best_score(draft: &Draft, topic: &Topic, cause: &Cause) -> i16 {
    let weights: BTreeMap<FindingId, i16> = cause
        .weights
        .iter()
        .filter(|(finding, weight)| *weight > 0 && !ends_before_causes(draft, topic, cause, *finding))
        .map(|(finding, weight)| (*finding, i16::from(*weight)))
        .collect();
    let mut together: BTreeSet<FindingId> = BTreeSet::new();
    let mut one_of: BTreeMap<&str, Vec<BTreeSet<FindingId>>> = BTreeMap::new();
    for (screen, choice) in draft.choices_on(topic) {
        let yes = with_signs(draft, &Draft::made_yes(choice));
        match screen.kind {
            ScreenKind::PickMany => together.extend(yes),
            ScreenKind::PickOne => one_of.entry(screen.id.as_str()).or_default().push(yes),
        }
    }
    let sum = |findings: &BTreeSet<FindingId>, without: &BTreeSet<FindingId>| -> i16 {
        findings
            .difference(without)
            .filter_map(|finding| weights.get(finding))
            .sum()
    };
    let singles: i16 = one_of
        .values()
        .map(|options| {
            options
                .iter()
                .map(|option| sum(option, &together))
                .max()
                .unwrap_or(0)
        })
        .sum();
    i16::from(cause.prior) + sum(&together, &BTreeSet::new()) + singles
}

/// Findings and the signs they make yes by themselves.
fn with_signs(draft: &Draft, findings: &[FindingId]) -> BTreeSet<FindingId> {
    let mut all: BTreeSet<FindingId> = findings.iter().copied().collect();
    for (id, finding) in draft.findings.iter() {
        if let FindingKind::Sign(sign) = &finding.kind
            && sign
                .members
                .iter()
                .any(|member| findings.contains(&member.finding))
        {
            all.insert(id);
        }
    }
    all
}

/// Does a yes to this finding alone give SAME_DAY or more on this topic, whenever the cause makes sense? Then no cause
/// is shown with it.
fn ends_before_causes(draft: &Draft, topic: &Topic, cause: &Cause, finding: FindingId) -> bool {
    draft.rows_on(topic).any(|(_, _, row)| {
        row.level >= Level::SameDay
            && covers(row, &cause.stage)
            && row
                .when
                .holds(&|literal| literal.finding == finding && literal.at_least.is_none())
    })
}

fn covers(row: &Row, stage: &[Window]) -> bool {
    row.stage.is_empty()
        || (!stage.is_empty()
            && stage
                .iter()
                .all(|inner| row.stage.iter().any(|outer| within(*inner, *outer))))
}

/// Does the one window lie within the other?
pub(super) fn within(inner: Window, outer: Window) -> bool {
    match (inner, outer) {
        (Window::Pregnant(inner), Window::Pregnant(outer))
        | (Window::AfterBirth(inner), Window::AfterBirth(outer)) => {
            outer.contains(inner.lo()) && outer.contains(inner.hi())
        }
        (Window::Neither, Window::Neither) | (Window::Unknown, Window::Unknown) => true,
        _ => false,
    }
}
