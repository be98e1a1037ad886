//! Which rules fire. The highest level that fires wins: no order, no priority, no "else".

use crate::content::{Content, Level, RedFlag, Row, Stage, TopicId, stage};

use super::record::Record;

/// A row that fired.
#[derive(Clone, Copy, Debug)]
pub struct Fired<'c> {
    /// The rule it belongs to.
    pub flag: &'c RedFlag,
    /// The row.
    pub row: &'c Row,
}

/// All rows that fire, in the order of the file.
#[must_use]
pub fn fired<'c>(
    content: &'c Content,
    topic: Option<&TopicId>,
    stage: Stage,
    record: &Record,
) -> Vec<Fired<'c>> {
    let mut all = Vec::new();
    // Most rows speak of findings about which nothing but no is known; they are passed over at a glance.
    let touched = record.touched(&content.findings);
    if touched.is_empty() {
        return all;
    }
    for flag in &content.red_flags {
        for row in &flag.rows {
            if row.when.holds(&|literal| touched.contains(literal.finding))
                && on_topic(&row.topics, topic)
                && stage::may_hold(&row.stage, stage)
                && record.holds(&content.findings, &row.when)
            {
                all.push(Fired { flag, row });
            }
        }
    }
    all
}

/// The level so far: the highest that fired, and not below the topic's floor.
#[must_use]
pub fn level(content: &Content, topic: Option<&TopicId>, fired: &[Fired<'_>]) -> Level {
    let floor = topic
        .and_then(|id| content.topic(id))
        .and_then(|topic| topic.floor.as_ref());
    fired
        .iter()
        .map(|fired| fired.row.level)
        .chain(floor.map(|(level, _)| *level))
        .max()
        .unwrap_or(Level::SelfCare)
}

/// Without a topic every topic counts.
pub(super) fn on_topic(topics: &[TopicId], topic: Option<&TopicId>) -> bool {
    topics.is_empty() || topic.is_none_or(|topic| topics.contains(topic))
}
