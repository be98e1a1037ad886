//! Likely causes: prior + weights. They never change a level, a step or the next danger screen.

use crate::content::{Cause, Content, FindingKind, Literal, Stage, TopicId, stage};

use super::record::{Record, Truth, stands_for};

/// The least score at which a cause is shown.
pub const LEAST_SCORE: i32 = 3;
/// The most causes shown.
pub const MOST_CAUSES: usize = 3;

/// A cause with its score.
#[derive(Clone, Copy, Debug)]
pub struct Scored<'c> {
    /// The cause.
    pub cause: &'c Cause,
    /// Prior plus weights.
    pub score: i32,
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
        })
        .filter(|scored| scored.score >= LEAST_SCORE)
        .collect();
    scored.sort_by_key(|scored| -scored.score);
    scored.truncate(MOST_CAUSES);
    scored
}

/// Prior plus the weights of what is yes. A merged button counts by its own weight, unless one of the findings it
/// stands for is known by itself; then that one counts instead.
#[must_use]
pub fn score(content: &Content, cause: &Cause, record: &Record) -> i32 {
    let yes = |finding| {
        let literal = Literal {
            finding,
            at_least: None,
            or_unsure: false,
        };
        match content.findings.get(finding).map(|finding| &finding.kind) {
            Some(FindingKind::Sign(sign)) => {
                record
                    .said(finding)
                    .is_some_and(|value| value > crate::content::Value::Unsure)
                    && !cause.weights.iter().any(|(member, _)| {
                        stands_for(sign, *member)
                            && record
                                .said(*member)
                                .is_some_and(|value| value > crate::content::Value::Unsure)
                    })
            }
            _ => record.truth(&content.findings, literal) == Truth::Yes,
        }
    };
    let weights = cause
        .weights
        .iter()
        .filter(|(finding, _)| yes(*finding))
        .map(|(_, weight)| i32::from(*weight));
    i32::from(cause.prior) + weights.sum::<i32>()
}
