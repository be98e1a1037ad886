//! The `yes` and `no` lines of a lexicon: each must be read as it says.

use std::sync::Arc;

use jiff::civil::{Date, date};

use crate::content::lexicon::compiled::Target;
use crate::content::lexicon::{Lexicon, Pattern, Reads, Says, TestLine};
use crate::content::{Content, Fault, FaultKind, Value};

use super::cut::cut;
use super::read::read_at;
use super::reading::{Reading, Told};
use super::spot::spot;

/// The day on which all lines are read.
const DAY: Date = date(2026, 11, 22);

/// All lines that are read otherwise than they say, in all lexicons.
#[must_use]
pub fn faults(content: &Content) -> Vec<Fault> {
    content
        .lexicons
        .iter()
        .flat_map(|lexicon| of_lexicon(content, lexicon))
        .collect()
}

/// How many lines there are.
#[must_use]
pub fn count(content: &Content) -> usize {
    let of = |lexicon: &Arc<Lexicon>| {
        let patterns = lexicon
            .source()
            .patterns
            .iter()
            .map(|pattern| pattern.lines.len());
        let cues = lexicon.source().cues.iter().map(|cue| cue.lines.len());
        patterns.chain(cues).sum::<usize>()
    };
    content.lexicons.iter().map(of).sum()
}

fn of_lexicon(content: &Content, lexicon: &Lexicon) -> Vec<Fault> {
    let mut found = Vec::new();
    for pattern in &lexicon.source().patterns {
        for line in &pattern.lines {
            let reading = read_at(content, lexicon, &line.text, DAY, pattern.phase);
            if let Some(message) = wrong(content, pattern, line, &reading) {
                found.push(fault(line, &pattern.id, &message));
            }
        }
    }
    for (place, cue) in lexicon.source().cues.iter().enumerate() {
        for line in &cue.lines {
            let tokens = cut(lexicon.compiled(), &line.text, lexicon.source().joined);
            let cues = spot(lexicon, &tokens).all_cues;
            let is = cues.contains(&Target::Cue(place));
            if is != line.must {
                let message = if is {
                    "the cue is found"
                } else {
                    "the cue is not found"
                };
                found.push(fault(line, &cue.id, message));
            }
        }
    }
    found
}

fn fault(line: &TestLine, id: &str, message: &str) -> Fault {
    line.fault(
        FaultKind::FailingLine,
        format!("{id}: {message}"),
        "change the pattern, a cue, or the line".to_owned(),
    )
}

fn wrong(content: &Content, pattern: &Pattern, line: &TestLine, reading: &Reading) -> Option<String> {
    let (is, got) = match &pattern.reads {
        Reads::Finding(finding, says) => {
            let mention = reading
                .mentions
                .iter()
                .find(|mention| mention.finding == *finding);
            let told = mention.map(|mention| mention.told);
            let name = content.findings.name(*finding);
            let got = mention.map_or_else(
                || format!("{name} is not read"),
                |mention| format!("{name} is read as {:?} by {}", mention.told, mention.rule),
            );
            let affirmed = |told: Option<Told>| matches!(told, Some(Told::Is(value)) if value >= Value::Yes);
            let is = match says {
                _ if pattern.denies_only => told == Some(Told::Is(Value::No)),
                Says::Is(Value::Yes | Value::Amount(_)) | Says::Number(_) => affirmed(told),
                Says::Is(value) => told == Some(Told::Is(*value)),
                Says::Past => told == Some(Told::Past),
            };
            (is, got)
        }
        Reads::Stage(stage, _) => {
            let read = reading.stage.as_ref().map(|said| said.stage);
            (
                read.map(|read| read.phase) == Some(stage.phase),
                format!("the stage is {read:?}"),
            )
        }
        Reads::Lost => (reading.lost, format!("lost is {}", reading.lost)),
        Reads::Route(route) => (
            reading.routes.iter().any(|known| known.route == *route),
            "the route is otherwise".to_owned(),
        ),
        Reads::Topic(topic) => (
            reading.topic.as_ref().is_some_and(|known| known.topic == *topic),
            "the topic is otherwise".to_owned(),
        ),
    };
    (is != line.must).then_some(got)
}
