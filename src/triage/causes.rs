//! Likely causes: prior + weights. They never change a level, a step or the next danger screen.

use crate::content::{Cause, Content, FindingId, FindingKind, Literal, Stage, TopicId, Value, stage};

use super::record::{Record, Truth, stands_for};

/// The least score at which a cause is shown.
pub const LEAST_SCORE: i32 = 3;
/// The most causes shown.
pub const MOST_CAUSES: usize = 3;

/// A cause with its score.
#[derive(Clone, Debug)]
pub struct Scored<'c> {
    /// The cause.
    pub cause: &'c Cause,
    /// Prior plus weights.
    pub score: i32,
    /// What she said that speaks for it.
    pub supporting: Vec<FindingId>,
}

/// At most three causes with score 3 or more, the highest first; equal ones in the order of the file.
#[must_use]
pub fn likely<'c>(content: &'c Content, topic: &TopicId, at: Stage, record: &Record) -> Vec<Scored<'c>> {
    let mut scored: Vec<Scored<'c>> = content
        .causes
        .iter()
        .filter(|cause| cause.topic == *topic && !cause.red_flag && cause.never_shown.is_none())
        .filter(|cause| stage::may_hold(&cause.stage, at))
        .map(|cause| Scored {
            cause,
            score: score(content, cause, record),
            supporting: supporting(content, cause, record),
        })
        .filter(|scored| scored.score >= LEAST_SCORE)
        .collect();
    scored.sort_by_key(|scored| -scored.score);
    scored.truncate(MOST_CAUSES);
    scored
}

/// Prior plus the weights of what is yes.
#[must_use]
pub fn score(content: &Content, cause: &Cause, record: &Record) -> i32 {
    let weights = counted(content, cause, record).map(|(_, weight)| i32::from(weight));
    i32::from(cause.prior) + weights.sum::<i32>()
}

/// What she said that speaks for a cause.
#[must_use]
pub fn supporting(content: &Content, cause: &Cause, record: &Record) -> Vec<FindingId> {
    counted(content, cause, record)
        .filter(|(_, weight)| *weight > 0)
        .map(|(finding, _)| finding)
        .collect()
}

/// The weights that count. A merged button counts by its own weight, unless one of the findings it stands for is known
/// by itself; then that one counts instead.
fn counted<'a>(
    content: &'a Content,
    cause: &'a Cause,
    record: &'a Record,
) -> impl Iterator<Item = (FindingId, i8)> + 'a {
    let said_yes = |finding: FindingId| record.said(finding).is_some_and(|value| value > Value::Unsure);
    let counts = move |finding: FindingId| match content.findings.get(finding).map(|finding| &finding.kind) {
        Some(FindingKind::Sign(sign)) => {
            let told_apart = |(member, _): &(FindingId, i8)| stands_for(sign, *member) && said_yes(*member);
            said_yes(finding) && !cause.weights.iter().any(told_apart)
        }
        _ => {
            let literal = Literal {
                finding,
                at_least: None,
                or_unsure: false,
            };
            record.truth(&content.findings, literal) == Truth::Yes
        }
    };
    cause
        .weights
        .iter()
        .copied()
        .filter(move |(finding, _)| counts(*finding))
}
