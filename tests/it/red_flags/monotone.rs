//! More facts, or more doubt, never make an answer less urgent.

use nightease::content::{Content, FindingId, FindingKind, Level, Stage, TopicId, Value};
use nightease::triage::{Record, rules};

use crate::shared::{content, stages};

/// The findings that any rule hears of: what stands in a row, and what stands behind a sign that does.
fn heard(content: &Content) -> Vec<FindingId> {
    let mut open: Vec<FindingId> = content
        .red_flags
        .iter()
        .flat_map(|flag| &flag.rows)
        .flat_map(|row| row.when.literals())
        .map(|literal| literal.finding)
        .collect();
    let mut all: Vec<FindingId> = Vec::new();
    while let Some(finding) = open.pop() {
        if all.contains(&finding) {
            continue;
        }
        all.push(finding);
        if let Some(FindingKind::Sign(sign)) = content.findings.get(finding).map(|it| &it.kind) {
            open.extend(sign.members.iter().map(|member| member.finding));
            for (member, with) in &sign.conditional {
                open.push(member.finding);
                open.extend(with.literals().iter().map(|literal| literal.finding));
            }
        }
    }
    all.sort();
    all
}

struct Heard<'c> {
    content: &'c Content,
    topic: TopicId,
    at: Stage,
    none: Record,
}

impl Heard<'_> {
    fn level(&self, told: &[(FindingId, Value)]) -> Level {
        let mut record = self.none.clone();
        for (finding, value) in told {
            record.learn(&self.content.findings, *finding, *value);
        }
        let fired = rules::fired(self.content, Some(&self.topic), self.at, &record);
        rules::level(self.content, Some(&self.topic), &fired)
    }
}

/// For all pairs of findings at a stage: no <= not sure <= yes, whatever the other is.
fn pairs_at(topic: &str, name: &str, at: Stage) -> Vec<String> {
    let content = content();
    let all = heard(content);
    let mut none = Record::new(&content.findings);
    for (finding, _) in content.findings.iter() {
        none.learn(&content.findings, finding, Value::No);
    }
    let topic = TopicId::from(topic);
    let heard = Heard {
        content,
        topic,
        at,
        none,
    };
    let mut wrong = Vec::new();
    let mut expect = |lower: Level, higher: Level, told: &[(FindingId, Value)]| {
        if lower > higher {
            let told: Vec<String> = told
                .iter()
                .map(|(finding, value)| format!("{}={value:?}", content.findings.name(*finding)))
                .collect();
            wrong.push(format!(
                "{} at {name}: {} lowers {lower:?} to {higher:?}",
                heard.topic,
                told.join(" ")
            ));
        }
    };
    let alone: Vec<[Level; 3]> = all
        .iter()
        .map(|finding| [Value::No, Value::Unsure, Value::Yes].map(|value| heard.level(&[(*finding, value)])))
        .collect();
    for (finding, levels) in all.iter().zip(&alone) {
        expect(levels[0], levels[1], &[(*finding, Value::Unsure)]);
        expect(levels[1], levels[2], &[(*finding, Value::Yes)]);
    }
    for (place, first) in all.iter().enumerate() {
        for (other, second) in all.iter().enumerate().skip(place + 1) {
            let mut seen = [[alone[0][0]; 3]; 3];
            for (row, a) in [Value::No, Value::Unsure, Value::Yes].into_iter().enumerate() {
                for (column, b) in [Value::No, Value::Unsure, Value::Yes].into_iter().enumerate() {
                    let told = [(*first, a), (*second, b)];
                    seen[row][column] = match (row, column) {
                        (_, 0) => alone[place][row],
                        (0, _) => alone[other][column],
                        _ => heard.level(&told),
                    };
                    if row > 0 {
                        expect(seen[row - 1][column], seen[row][column], &told);
                    }
                    if column > 0 {
                        expect(seen[row][column - 1], seen[row][column], &told);
                    }
                }
            }
        }
    }
    wrong
}

fn all_pairs(topic: &str) {
    let wrong: Vec<String> = stages()
        .into_iter()
        .flat_map(|(name, at)| pairs_at(topic, name, at))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} faults:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(40)].join("\n")
    );
}

#[test]
fn more_or_less_sure_never_lowers_on_leg_cramps() {
    all_pairs("leg_cramps");
}

#[test]
fn more_or_less_sure_never_lowers_on_something_feels_wrong() {
    all_pairs("something_feels_wrong");
}

#[test]
fn more_or_less_sure_never_lowers_on_leg_or_foot_pain() {
    all_pairs("leg_or_foot_pain");
}

#[test]
fn more_or_less_sure_never_lowers_on_back_pain_in_pregnancy() {
    all_pairs("back_pain_in_pregnancy");
}

#[test]
fn more_or_less_sure_never_lowers_on_back_pain_after_birth() {
    all_pairs("back_pain_after_birth");
}
