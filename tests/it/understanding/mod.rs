//! Her words → a reading, with lexicons made for the purpose: what cues make of findings, stages, other scripts,
//! faults of lexicons, and messages at random.

mod cli;
mod contexts;
mod corpus;
mod losses;
mod phrases;
mod planted;
mod random;
mod reaches;
mod scope;
mod scripts;
mod stages;
mod stages_en;
mod stages_spans;
mod stages_whose;
mod stages_words;

use std::sync::OnceLock;

use jiff::civil::{Date, date};
use nightease::content::{Content, FindingKind, LanguageId, Value};
use nightease::understanding::{Reading, Told, read};

/// The English lexicon made for these tests.
const ENGLISH: &str = include_str!("tiny_en.toml");
/// A Sunday.
const TODAY: Date = date(2026, 11, 29);

/// The small content with this lexicon.
fn with_lexicon(lexicon: &str) -> Content {
    let mut files = crate::content::small();
    files.put("lexicon/test.toml", lexicon.as_bytes());
    Content::load(&files).unwrap_or_else(|faults| panic!("{faults}"))
}

fn content() -> &'static Content {
    static CONTENT: OnceLock<Content> = OnceLock::new();
    CONTENT.get_or_init(|| with_lexicon(ENGLISH))
}

fn reading(text: &str) -> Reading {
    read(content(), &LanguageId::from("en"), text, TODAY)
}

/// What is told of a finding, in a word.
fn told(content: &Content, reading: &Reading, finding: &str) -> String {
    let id = content.findings.id(finding).unwrap();
    let Some(mention) = reading.mentions.iter().find(|mention| mention.finding == id) else {
        return "nothing".to_owned();
    };
    let value = match mention.told {
        Told::Past => "past".to_owned(),
        Told::Is(Value::No) => "no".to_owned(),
        Told::Is(Value::Unsure) => "unsure".to_owned(),
        Told::Is(Value::Yes) => "yes".to_owned(),
        Told::Is(Value::Amount(amount)) => match &content.findings.get(id).unwrap().kind {
            FindingKind::Words(words) => words[usize::from(amount)].to_string(),
            _ => amount.to_string(),
        },
    };
    if mention.ask_first {
        format!("{value}, ask first")
    } else {
        value
    }
}

/// Each message with a finding and what must be told of it.
fn all_told(cases: &[(&str, &str, &str)]) {
    for (text, finding, expected) in cases {
        let reading = reading(text);
        assert_eq!(
            told(content(), &reading, finding),
            *expected,
            "{finding} in {text:?}: {reading:#?}"
        );
    }
}

/// The words a finding was read from.
fn words(text: &str, finding: &str) -> Vec<String> {
    let id = content().findings.id(finding).unwrap();
    let reading = reading(text);
    let mention = reading
        .mentions
        .iter()
        .find(|mention| mention.finding == id)
        .unwrap();
    mention
        .words
        .iter()
        .map(|range| text[range.clone()].to_owned())
        .collect()
}
