//! Many ways to say each danger sign, to deny it, and to use the same words for something else. `tests/corpus/README.md`
//! says who wrote them and what the lexicon was tuned to. The figures may rise, not fall.

use jiff::civil::{Date, date};
use nightease::content::{LanguageId, Value};
use nightease::understanding::{Told, read};
use serde::Deserialize;

use crate::shared::content;

const PHRASES: &str = include_str!("../../corpus/en_phrases.jsonl");
const TODAY: Date = date(2026, 12, 1);

#[derive(Deserialize)]
struct Phrase {
    finding: String,
    means: Means,
    text: String,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Means {
    /// She has it.
    Yes,
    /// She has it not.
    No,
    /// It says neither.
    Neither,
}

fn told(finding: &str, text: &str) -> Option<Told> {
    let finding = content().findings.id(finding).unwrap();
    let reading = read(content(), &LanguageId::from("en"), text, TODAY);
    let mut mentions = reading.mentions.iter();
    mentions
        .find(|mention| mention.finding == finding)
        .map(|mention| mention.told)
}

fn is_yes(told: Option<Told>) -> bool {
    matches!(told, Some(Told::Is(value)) if value > Value::Unsure)
}

/// How many of the phrases with this meaning are read so, of how many.
fn share(phrases: &[Phrase], means: Means, is_so: impl Fn(Option<Told>) -> bool) -> (f64, String) {
    let all: Vec<&Phrase> = phrases.iter().filter(|phrase| phrase.means == means).collect();
    let so = all
        .iter()
        .filter(|phrase| is_so(told(&phrase.finding, &phrase.text)))
        .count();
    (so as f64 / all.len() as f64, format!("{so} of {}", all.len()))
}

#[test]
fn phrases_are_read_as_they_are_meant() {
    let phrases: Vec<Phrase> = PHRASES
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let no = |told| told == Some(Told::Is(Value::No));
    let (yes_read, yes) = share(&phrases, Means::Yes, is_yes);
    let (no_read, denied) = share(&phrases, Means::No, no);
    let (wrong, neither) = share(&phrases, Means::Neither, is_yes);
    println!("yes {yes}, no {denied}, read as yes and are not {neither}");
    assert!(phrases.len() > 13_000, "{}", phrases.len());
    assert!(yes_read >= 0.80, "yes: {yes}");
    assert!(no_read >= 0.70, "no: {denied}");
    assert!(wrong <= 0.06, "read as yes and are not: {neither}");
    let denied: Vec<&str> = phrases
        .iter()
        .filter(|phrase| phrase.means == Means::Yes && no(told(&phrase.finding, &phrase.text)))
        .map(|phrase| phrase.text.as_str())
        .collect();
    assert!(denied.is_empty(), "read as no: {denied:?}");
}

const LINES: &str = include_str!("../../corpus/en_lines.jsonl");

#[derive(Deserialize)]
struct Line {
    finding: String,
    text: String,
}

/// Lines that a pattern was written for once. The check runs the lines of the patterns that are there; this notices a
/// pattern that was taken out, and one that a harmless word beside it now hides.
#[test]
fn what_was_read_once_is_read_still() {
    let lines: Vec<Line> = LINES
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(lines.len() > 4_000, "{}", lines.len());
    let mut lost = Vec::new();
    for line in &lines {
        for text in [line.text.clone(), format!("im fine otherwise but {}", line.text)] {
            if told(&line.finding, &text).is_none_or(|told| told == Told::Is(Value::No)) {
                lost.push(format!("{}: {text}", line.finding));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

/// Harmless talk that stands beside the lines once more: bare words in an `unless` hid a fifth of them behind this.
#[test]
fn a_baby_that_kicks_hides_few_danger_signs() {
    const MOST: usize = 60;
    let lines = LINES
        .lines()
        .map(|line| serde_json::from_str::<Line>(line).unwrap());
    let mut hidden = Vec::new();
    for line in lines {
        let text = format!("{}, baby is kicking fine", line.text);
        match told(&line.finding, &text) {
            None => hidden.push(format!("{}: {text}", line.finding)),
            Some(told) => assert_ne!(told, Told::Is(Value::No), "{}: {text}", line.finding),
        }
    }
    assert!(hidden.len() <= MOST, "{}: {hidden:#?}", hidden.len());
}
