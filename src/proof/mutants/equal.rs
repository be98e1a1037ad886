//! Does a slip that nobody noticed change anything at all?
//!
//! - **A row.** Rules hold no negation, so the level only rises with what is told. If the two contents differ for some
//!   woman, they differ for one who tells only what just makes the old or the new row true: all that she leaves out
//!   could but have raised both. So all such women are asked: each way in which the row can be true, each finding with
//!   each value that counts or with what stands for it, on each topic and stage and on both sides of every edge.
//! - **A step, a suppressor.** Each finding takes a step away by itself, whatever the others are. So women are asked
//!   with one finding that is yes, not sure, or not asked, at each of its values.
//! - **The order of screens.** Both contents are walked side by side, whatever she taps.
//! - **Words.** They are never taken for nothing.

use std::collections::BTreeSet;

use crate::content::{
    Content, Expression, FindingId, FindingKind, Literal, Phase, Row, Stage, Step, Suppressor,
    SuppressorLine, TopicId, Value, Window,
};
use crate::proof::alike;
use crate::proof::vignettes::come_of;
use crate::proof::vignettes::lock::told_words;
use crate::proof::vignettes::recipe::{edges, spots, ways};
use crate::proof::vocabulary::sign_of;
use crate::triage::record::stands_for;
use crate::triage::{Case, Record};

use super::Change;

type Given = Vec<(FindingId, Value)>;

/// A woman, as she is told: what is not told is no, or was not asked.
struct Woman {
    given: Given,
    rest: Option<Value>,
}

/// The first woman for whom level or steps differ, with both; none if they are the same for all.
#[must_use]
pub fn first_difference(content: &Content, changed: &Content, change: &Change) -> Option<String> {
    match change {
        Change::Row(flag, row, new) => {
            let old = content.red_flags.get(*flag).and_then(|flag| flag.rows.get(*row));
            let rows: Vec<&Row> = old.into_iter().chain(new).collect();
            of_rows(content, changed, &rows)
        }
        Change::Step(place, new) => {
            let steps = content.steps.get(*place).into_iter().chain([new]);
            of_steps(content, changed, &steps.collect::<Vec<_>>(), &[])
        }
        Change::Suppressor(place, new) => {
            let steps = content.steps.iter();
            let taken = steps.filter(|step| step.suppressors.contains(&new.id));
            let both = content.suppressors.get(*place).into_iter().chain([new]);
            of_steps(
                content,
                changed,
                &taken.collect::<Vec<_>>(),
                &both.collect::<Vec<_>>(),
            )
        }
        Change::Flow(..) => alike::first_difference(content, changed).map(|answers| {
            let screens: Vec<&str> = answers.iter().map(|answer| answer.screen.as_str()).collect();
            format!("another question or answer after {}", screens.join(", "))
        }),
        Change::Text(..) => Some("words always matter".to_owned()),
    }
}

/// Asks all these women on these topics, at every stage and on both sides of the edges of these windows.
fn ask(
    content: &Content,
    changed: &Content,
    women: &[Woman],
    topic: impl Fn(&TopicId) -> bool,
    windows: &[Window],
) -> Option<String> {
    let mut places = places(content, windows);
    places.retain(|(on, _)| topic(on));
    for woman in women {
        let record = Record::told(&content.findings, &woman.given, woman.rest);
        for (topic, stage) in &places {
            let case = Case {
                topic: Some(topic.clone()),
                stage: *stage,
                record: record.clone(),
            };
            let (was, is) = (come_of(content, &case), come_of(changed, &case));
            if was != is {
                let told: Vec<String> = woman
                    .given
                    .iter()
                    .filter(|(_, value)| *value > Value::No)
                    .map(|(finding, value)| told_words(&content.findings, *finding, *value))
                    .collect();
                let steps = if was.steps == is.steps {
                    ""
                } else {
                    ", other steps"
                };
                return Some(format!(
                    "{topic}, {:?} days {} to {}, {}: was {}, is {}{steps}",
                    stage.phase,
                    stage.days.lo(),
                    stage.days.hi(),
                    told.join(", "),
                    was.outcome.word(),
                    is.outcome.word()
                ));
            }
        }
    }
    None
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

fn of_rows(content: &Content, changed: &Content, rows: &[&Row]) -> Option<String> {
    let windows: Vec<Window> = rows.iter().flat_map(|row| row.stage.iter().copied()).collect();
    let ways = rows.iter().flat_map(|row| ways(&row.when));
    let told: BTreeSet<Given> = ways.flat_map(|way| just_true(content, &way)).collect();
    let rest = Some(Value::No);
    let women: Vec<Woman> = told.into_iter().map(|given| Woman { given, rest }).collect();
    let counts = |topic: &TopicId| {
        rows.iter()
            .any(|row| row.topics.is_empty() || row.topics.contains(topic))
    };
    ask(content, changed, &women, counts, &windows)
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

fn of_steps(content: &Content, changed: &Content, steps: &[&Step], new: &[&Suppressor]) -> Option<String> {
    let named = |one: &&Suppressor| steps.iter().any(|step| step.suppressors.contains(&one.id));
    let lines: Vec<&SuppressorLine> = content
        .suppressors
        .iter()
        .filter(named)
        .chain(new.iter().copied())
        .flat_map(|one| &one.lines)
        .collect();
    let needs: Vec<&Expression> = steps.iter().filter_map(|step| step.needs.as_ref()).collect();
    let literals = lines.iter().flat_map(|line| line.any_of.iter().copied());
    let needed = needs.iter().flat_map(|needs| needs.literals());
    let mut findings: BTreeSet<FindingId> = literals.chain(needed).map(|literal| literal.finding).collect();
    let over = content.findings.iter().map(|(id, _)| id).filter(|id| {
        sign_of(content, *id).is_some_and(|sign| findings.iter().any(|one| stands_for(sign, *one)))
    });
    let over: Vec<FindingId> = over.collect();
    findings.extend(over);
    let mut needed: Vec<Given> = vec![Given::new()];
    for way in needs.iter().flat_map(|needs| ways(needs)) {
        needed.extend(just_true(content, &way));
    }
    let women: Vec<Woman> = needed
        .iter()
        .flat_map(|needed| with_one_more(content, needed, &findings))
        .collect();
    let windows = steps.iter().flat_map(|step| &step.stage);
    let windows: Vec<Window> = windows
        .chain(lines.iter().flat_map(|line| &line.stage))
        .copied()
        .collect();
    let on = |topic: &TopicId| steps.iter().any(|step| step.topics.contains(topic));
    ask(content, changed, &women, on, &windows)
}

/// What is told, by itself; with each finding at each value beside it; and with each finding not asked and all else no.
fn with_one_more(content: &Content, told: &Given, findings: &BTreeSet<FindingId>) -> Vec<Woman> {
    let rest = Some(Value::No);
    let mut women = vec![Woman {
        given: told.clone(),
        rest,
    }];
    for &finding in findings {
        for value in values(content, finding) {
            let mut given = told.clone();
            given.push((finding, value));
            women.push(Woman { given, rest });
        }
        let mut given = told.clone();
        let all = content.findings.iter().map(|(id, _)| id);
        let others = all.filter(|id| *id != finding && sign_of(content, *id).is_none());
        let untold = others.filter(|id| told.iter().all(|(known, _)| known != id));
        given.extend(untold.map(|id| (id, Value::No)));
        women.push(Woman { given, rest: None });
    }
    women
}
