//! Rows of rules: a row for *not sure* behind every red flag, and no row that another one makes idle.

use std::collections::{BTreeMap, BTreeSet};

use super::causes::within;
use crate::content::draft::{Draft, Mark};
use crate::content::expression::{Expression, Literal};
use crate::content::fault::{FaultKind, Sink};
use crate::content::id::{FindingId, FlagId, TopicId};
use crate::content::model::{RedFlag, Row};

/// Is it a red flag (`R20`), and not another rule (`N1`)?
fn is_red_flag(id: &FlagId) -> bool {
    let digits = id.as_str().strip_prefix('R');
    digits.is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()))
}

/// Each finding of a red flag that is asked somewhere must count when she is not sure.
pub(super) fn unsure_rows(draft: &Draft, sink: &Sink) {
    let asked_on: Vec<(&TopicId, BTreeSet<FindingId>)> = draft
        .topics
        .iter()
        .map(|topic| (&topic.id, draft.asked_on(topic)))
        .collect();
    for flag in draft.red_flags.iter().filter(|flag| is_red_flag(&flag.id)) {
        let covered = covered_by_unsure(draft, flag);
        let mut told = BTreeSet::new();
        for (index, row) in flag.rows.iter().enumerate() {
            let here = |topic: &TopicId| row.topics.is_empty() || row.topics.contains(topic);
            let asked = |finding| {
                asked_on
                    .iter()
                    .any(|(topic, asked)| here(topic) && asked.contains(&finding))
            };
            for (number, literal) in row.when.literals().into_iter().enumerate() {
                let finding = literal.finding;
                if literal.or_unsure || covered.contains(&finding) || !asked(finding) {
                    continue;
                }
                if fires_beside_unsure(draft, flag, row, finding) {
                    continue;
                }
                if told.insert(finding) {
                    let name = draft.findings.name(finding);
                    draft.fault(
                        sink,
                        &Mark::RowLiteral(flag.id.clone(), index, number),
                        FaultKind::NoUnsureRow,
                        format!("\"not sure\" to \"{name}\" does nothing in {}", flag.id),
                        format!("add a row with \"{name}?\" and the level she gets when she is not sure"),
                    );
                }
            }
        }
    }
}

/// Wherever this finding is needed together with others: does some row of the flag fire when the others are yes and
/// this one is not sure? Then it needs no `?` of its own.
fn fires_beside_unsure(draft: &Draft, flag: &RedFlag, row: &Row, finding: FindingId) -> bool {
    let Some(ways) = ways(&row.when) else {
        return false;
    };
    let needing: Vec<&BTreeSet<FindingId>> = ways.iter().filter(|way| way.contains(&finding)).collect();
    needing.iter().all(|way| {
        let mut known: BTreeMap<FindingId, bool> =
            way.iter().map(|other| (*other, *other != finding)).collect();
        for (sign, _) in draft.findings.iter() {
            for member in draft.members(sign) {
                if let Some(sure) = known.get(&member.finding).copied() {
                    let entry = known.entry(sign).or_insert(sure);
                    *entry |= sure;
                }
            }
        }
        flag.rows.iter().any(|row| {
            row.when.holds(&|literal| {
                known
                    .get(&literal.finding)
                    .is_some_and(|sure| *sure || literal.or_unsure)
            })
        })
    })
}

/// More ways than this of making a row fire are not looked at.
const MOST_WAYS: usize = 1_000;

/// The sets of findings each of which makes the expression hold; `None` when there are too many.
fn ways(expression: &Expression) -> Option<Vec<BTreeSet<FindingId>>> {
    match expression {
        Expression::Is(literal) => Some(vec![BTreeSet::from([literal.finding])]),
        Expression::Any(parts) => {
            let all: Option<Vec<_>> = parts.iter().map(ways).collect();
            all.map(|all| all.concat()).filter(|all| all.len() <= MOST_WAYS)
        }
        Expression::All(parts) => {
            let mut together = vec![BTreeSet::new()];
            for part in parts {
                let ways = ways(part)?;
                if together.len() * ways.len() > MOST_WAYS {
                    return None;
                }
                let join = |one: &BTreeSet<FindingId>| -> Vec<BTreeSet<FindingId>> {
                    ways.iter().map(|way| one.union(way).copied().collect()).collect()
                };
                together = together.iter().flat_map(join).collect();
            }
            Some(together)
        }
    }
}

/// The findings that stand with `?` in some row of the flag, the members of signs that do, and signs all whose members
/// do.
fn covered_by_unsure(draft: &Draft, flag: &RedFlag) -> BTreeSet<FindingId> {
    let mut covered = BTreeSet::new();
    for literal in flag
        .rows
        .iter()
        .flat_map(|row| row.when.literals())
        .filter(|literal| literal.or_unsure)
    {
        covered.insert(literal.finding);
        covered.extend(draft.members(literal.finding).iter().map(|member| member.finding));
    }
    for (sign, _) in draft.findings.iter() {
        let members = draft.members(sign);
        if !members.is_empty() && members.iter().all(|member| covered.contains(&member.finding)) {
            covered.insert(sign);
        }
    }
    covered
}

/// Rows of one flag that say the same, and rows beside which a wider one always fires at the same or a higher level.
/// A row of yes is only compared with rows of yes: a row of not sure gives other words.
pub(super) fn idle_rows(draft: &Draft, sink: &Sink) {
    for flag in &draft.red_flags {
        for (index, row) in flag.rows.iter().enumerate() {
            let mark = Mark::Row(flag.id.clone(), index);
            let others = || flag.rows.iter().enumerate().filter(|(other, _)| *other != index);
            if others().any(|(other, before)| other < index && same(row, before)) {
                let message = format!("a row of {} before this one says the same", flag.id);
                draft.fault(
                    sink,
                    &mark,
                    FaultKind::DuplicateRow,
                    message,
                    "take one of the two away",
                );
            } else if let Some((_, wider)) =
                others().find(|(_, wider)| shadows(wider, row) && !same(row, wider))
            {
                let level = wider.level.word();
                let message = format!(
                    "whenever this row fires, a wider row of {} fires at {level}",
                    flag.id
                );
                draft.fault(
                    sink,
                    &mark,
                    FaultKind::ShadowedRow,
                    message,
                    "take this row away, or narrow the other",
                );
            }
        }
    }
}

fn same(one: &Row, other: &Row) -> bool {
    one.when == other.when
        && one.level == other.level
        && one.stage == other.stage
        && one.topics == other.topics
}

/// Does the wider row fire whenever the other does, at the same or a higher level? Sound; it finds only rows that are
/// equal, or lists of alternatives.
fn shadows(wider: &Row, row: &Row) -> bool {
    let in_time = wider.stage.is_empty()
        || (!row.stage.is_empty()
            && row
                .stage
                .iter()
                .all(|inner| wider.stage.iter().any(|outer| within(*inner, *outer))));
    let on_topics = wider.topics.is_empty()
        || (!row.topics.is_empty() && row.topics.iter().all(|topic| wider.topics.contains(topic)));
    // Rows with names of their own are told apart in "Why?", and not sure has words of its own.
    let same_words = wider.unsure == row.unsure;
    same_words && wider.level >= row.level && in_time && on_topics && implies(&row.when, &wider.when)
}

fn implies(narrow: &Expression, wide: &Expression) -> bool {
    if narrow == wide {
        return true;
    }
    let (Some(narrow), Some(wide)) = (alternatives(narrow), alternatives(wide)) else {
        return false;
    };
    narrow
        .iter()
        .all(|literal| wide.iter().any(|wider| literal_implies(*literal, *wider)))
}

fn alternatives(expression: &Expression) -> Option<Vec<Literal>> {
    match expression {
        Expression::Is(literal) => Some(vec![*literal]),
        Expression::Any(parts) => parts
            .iter()
            .map(|part| match part {
                Expression::Is(literal) => Some(*literal),
                Expression::All(_) | Expression::Any(_) => None,
            })
            .collect(),
        Expression::All(_) => None,
    }
}

fn literal_implies(narrow: Literal, wide: Literal) -> bool {
    let as_much = match (narrow.at_least, wide.at_least) {
        (_, None) => true,
        (Some(narrow), Some(wide)) => wide <= narrow,
        (None, Some(_)) => false,
    };
    narrow.finding == wide.finding && as_much && (wide.or_unsure || !narrow.or_unsure)
}
