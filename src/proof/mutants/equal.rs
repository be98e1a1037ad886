//! Does a slip that nobody noticed change anything at all?
//!
//! - **A row.** Rules hold no negation, so the level only rises with what is told. If the two contents differ for some
//!   woman, they differ for one who tells only what just makes the old or the new row true: all that she leaves out
//!   could but have raised both. So all such women are asked: each way in which the row can be true, each finding with
//!   each value that counts or with what stands for it, on each topic and stage and on both sides of every edge.
//! - **A step, a suppressor.** Each finding takes a step away by itself, whatever the others are. So women are asked
//!   with one finding that is yes, not sure, or not asked, at each of its values.
//! - **The order of screens.** It is never taken for nothing.

use std::collections::BTreeSet;

use crate::content::{
    Content, Expression, FindingId, FindingKind, Literal, Phase, Row, Stage, Suppressor, TopicId, Value,
    Window,
};
use crate::proof::vignettes::come_of;
use crate::proof::vignettes::recipe::{edges, spots, ways};
use crate::proof::vocabulary::sign_of;
use crate::triage::record::stands_for;
use crate::triage::{Case, Record};

use super::Change;

type Given = Vec<(FindingId, Value)>;

/// Are level and steps the same for every woman?
#[must_use]
pub fn changes_nothing(content: &Content, changed: &Content, change: &Change) -> bool {
    match change {
        Change::Row(flag, row, new) => {
            let old = content.red_flags.get(*flag).and_then(|flag| flag.rows.get(*row));
            let rows: Vec<&Row> = old.into_iter().chain(new).collect();
            same_for_rows(content, changed, &rows)
        }
        Change::Step(place, new) => {
            let old = content.steps.get(*place);
            let steps = old.into_iter().chain([new]);
            let windows: Vec<Window> = steps.flat_map(|step| step.stage.iter().copied()).collect();
            let lines = content.suppressors.iter().filter(|one| {
                old.is_some_and(|old| old.suppressors.contains(&one.id)) || new.suppressors.contains(&one.id)
            });
            let needs = old
                .into_iter()
                .chain([new])
                .filter_map(|step| step.needs.as_ref());
            same_for_steps(content, changed, &new.topics, &windows, lines, needs)
        }
        Change::Suppressor(place, new) => {
            let old = content.suppressors.get(*place);
            let taken = content
                .steps
                .iter()
                .filter(|step| step.suppressors.contains(&new.id));
            let topics: Vec<TopicId> = taken
                .clone()
                .flat_map(|step| step.topics.iter().cloned())
                .collect();
            let lines = old.into_iter().chain([new]).flat_map(|one| &one.lines);
            let windows: Vec<Window> = lines.flat_map(|line| line.stage.iter().copied()).collect();
            let needs = taken.filter_map(|step| step.needs.as_ref());
            same_for_steps(
                content,
                changed,
                &topics,
                &windows,
                old.into_iter().chain([new]),
                needs,
            )
        }
        Change::Flow(..) | Change::Text(..) => false,
    }
}

/// Every topic and stage, and the days on both sides of the edges of these windows.
fn places(content: &Content, windows: &[Window]) -> Vec<(TopicId, Stage)> {
    let spots = spots(content);
    let mut all: BTreeSet<(TopicId, Stage)> = spots
        .iter()
        .map(|spot| (spot.topic.clone(), spot.stage))
        .collect();
    for (phase, day) in edges(windows) {
        let there = spots.iter().filter(|spot| {
            let late = phase == Phase::Pregnant && spot.stage.phase == Phase::PeriodLate;
            (spot.stage.phase == phase || late) && spot.stage.days.contains(day)
        });
        for spot in there {
            if let Some(days) = crate::content::Days::new(day, day) {
                let stage = Stage {
                    phase: spot.stage.phase,
                    days,
                };
                all.insert((spot.topic.clone(), stage));
            }
        }
    }
    all.into_iter().collect()
}

fn same_for_rows(content: &Content, changed: &Content, rows: &[&Row]) -> bool {
    let windows: Vec<Window> = rows.iter().flat_map(|row| row.stage.iter().copied()).collect();
    let places = places(content, &windows);
    let mut women: BTreeSet<Given> = BTreeSet::new();
    for row in rows {
        for way in ways(&row.when) {
            women.extend(just_true(content, &way));
        }
    }
    let topics = |topic: &TopicId| {
        rows.iter()
            .any(|row| row.topics.is_empty() || row.topics.contains(topic))
    };
    women.iter().all(|given| {
        let record = Record::told(&content.findings, given, Some(Value::No));
        places
            .iter()
            .filter(|(topic, _)| topics(topic))
            .all(|(topic, stage)| {
                let case = Case {
                    topic: Some(topic.clone()),
                    stage: *stage,
                    record: record.clone(),
                };
                let level = |content: &Content| crate::triage::assess(content, &case).outcome;
                level(content) == level(changed)
            })
    })
}

/// Women who tell just what makes these literals true, in each way.
fn just_true(content: &Content, way: &[Literal]) -> Vec<Given> {
    way.iter().fold(vec![Given::new()], |known, literal| {
        let more = tellings(content, *literal);
        known
            .iter()
            .flat_map(|given| {
                more.iter().map(|told| {
                    let mut both = given.clone();
                    for (finding, value) in told {
                        match both.iter_mut().find(|(known, _)| known == finding) {
                            Some((_, known)) => *known = (*known).max(*value),
                            None => both.push((*finding, *value)),
                        }
                    }
                    both.sort_unstable();
                    both
                })
            })
            .collect()
    })
}

/// All that may be told so that a literal could be true: its own values, and what stands for a sign.
fn tellings(content: &Content, literal: Literal) -> Vec<Given> {
    let own = values(content, literal.finding).into_iter();
    let mut all: Vec<Given> = own.map(|value| vec![(literal.finding, value)]).collect();
    if let Some(sign) = sign_of(content, literal.finding) {
        all.extend(sign.members.iter().flat_map(|member| tellings(content, *member)));
        for (member, with) in &sign.conditional {
            for way in ways(with) {
                let mut both = vec![*member];
                both.extend(way);
                all.extend(just_true(content, &both));
            }
        }
    }
    all
}

/// The values above no that some condition may tell apart.
fn values(content: &Content, finding: FindingId) -> Vec<Value> {
    let mut all = vec![Value::Unsure, Value::Yes];
    match content.findings.get(finding).map(|finding| &finding.kind) {
        Some(FindingKind::Words(words)) => {
            let places = (0u16..).take(words.len());
            all.extend(places.map(Value::Amount));
        }
        Some(FindingKind::Number { min, max, .. }) => {
            let rows = content.red_flags.iter().flat_map(|flag| &flag.rows);
            let known = rows.flat_map(|row| row.when.literals());
            let edges = known
                .filter(|literal| literal.finding == finding)
                .filter_map(|literal| literal.at_least);
            let mut numbers: BTreeSet<u16> = edges
                .flat_map(|edge| {
                    [
                        edge.saturating_sub(2),
                        edge.saturating_sub(1),
                        edge,
                        edge + 1,
                        edge + 2,
                    ]
                })
                .filter(|number| min <= number && number <= max)
                .collect();
            numbers.extend([*min, *max]);
            all.extend(numbers.into_iter().map(Value::Amount));
        }
        _ => {}
    }
    all
}

fn same_for_steps<'c>(
    content: &Content,
    changed: &Content,
    topics: &[TopicId],
    windows: &[Window],
    suppressors: impl Iterator<Item = &'c Suppressor>,
    needs: impl Iterator<Item = &'c Expression>,
) -> bool {
    let literals = suppressors
        .flat_map(|one| &one.lines)
        .flat_map(|line| &line.any_of);
    let mut findings: BTreeSet<FindingId> = literals.map(|literal| literal.finding).collect();
    let needs: Vec<&Expression> = needs.collect();
    findings.extend(
        needs
            .iter()
            .flat_map(|needs| needs.literals())
            .map(|literal| literal.finding),
    );
    let over: Vec<FindingId> = content
        .findings
        .iter()
        .map(|(id, _)| id)
        .filter(|id| {
            sign_of(content, *id).is_some_and(|sign| findings.iter().any(|one| stands_for(sign, *one)))
        })
        .collect();
    findings.extend(over);
    let mut needed: Vec<Given> = vec![Given::new()];
    needed.extend(
        needs
            .iter()
            .flat_map(|needs| ways(needs))
            .flat_map(|way| just_true(content, &way)),
    );
    let places = places(content, windows);
    let here = || places.iter().filter(|(topic, _)| topics.contains(topic));
    let same = |record: Record| {
        here().all(|(topic, stage)| {
            let case = Case {
                topic: Some(topic.clone()),
                stage: *stage,
                record: record.clone(),
            };
            come_of(content, &case) == come_of(changed, &case)
        })
    };
    needed.iter().all(|needed| {
        let with = |more: Option<(FindingId, Value)>| {
            let mut given = needed.clone();
            given.extend(more);
            Record::told(&content.findings, &given, Some(Value::No))
        };
        let told = findings.iter().all(|finding| {
            values(content, *finding)
                .into_iter()
                .all(|value| same(with(Some((*finding, value)))))
        });
        let unasked = findings.iter().all(|finding| {
            let mut given = needed.clone();
            let all = content.findings.iter().map(|(id, _)| id);
            given.extend(
                all.filter(|id| id != finding && sign_of(content, *id).is_none())
                    .filter(|id| needed.iter().all(|(known, _)| known != id))
                    .map(|id| (id, Value::No)),
            );
            same(Record::told(&content.findings, &given, None))
        });
        same(with(None)) && told && unasked
    })
}
