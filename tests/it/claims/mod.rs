//! What the five articles say and this content must not: D1 to D20 of the clinical table, each looked for in every
//! sentence she can meet and, where it is behaviour, in the decision. Then what no text may ever say.

mod d1_to_d8;
mod d9_to_d20;
mod loss;
mod never_said;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use nightease::content::readability::{sentences, words};
use nightease::content::{Argument, FindingId, FindingKind, LanguageId, Phase, Stage, Step, Value, stage};
use nightease::triage::{Case, Record, assess};
use serde_json::Value as Json;

use crate::shared::{assessed, content, stages};

/// A text with one of its wordings.
pub struct Wording {
    pub key: String,
    pub text: String,
}

/// Every wording of every text: all that stands behind each `->`.
pub fn wordings() -> &'static [Wording] {
    static ALL: OnceLock<Vec<Wording>> = OnceLock::new();
    ALL.get_or_init(|| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/dialogues/text/en");
        let mut all = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let source = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let resource = fluent_syntax::parser::parse(source.as_str()).unwrap();
            for entry in resource.body {
                let Entry::Message(message) = entry else { continue };
                let name = message.id.name;
                if let Some(pattern) = &message.value {
                    format_all(name.to_owned(), pattern, &mut all);
                }
                for attribute in &message.attributes {
                    format_all(
                        format!("{name}.{}", attribute.id.name),
                        &attribute.value,
                        &mut all,
                    );
                }
            }
        }
        assert!(all.len() > 500, "only {} wordings", all.len());
        all
    })
}

pub fn format_all(key: String, pattern: &Pattern<&str>, all: &mut Vec<Wording>) {
    let mut variables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    collect(pattern, &mut variables);
    let mut combinations: Vec<Vec<(String, String)>> = vec![Vec::new()];
    for (name, values) in variables {
        combinations = combinations
            .into_iter()
            .flat_map(|known| {
                let name = name.clone();
                values.iter().map(move |value| {
                    let mut more = known.clone();
                    more.push((name.clone(), value.clone()));
                    more
                })
            })
            .collect();
    }
    let mut seen = BTreeSet::new();
    for combination in combinations {
        let arguments: Vec<(&str, Argument)> = combination
            .iter()
            .map(|(name, value)| (name.as_str(), Argument::Word(value.clone())))
            .collect();
        let text = content()
            .texts
            .find(&LanguageId::from("en"), &key, &arguments)
            .unwrap_or_else(|| panic!("{key} cannot be formatted"));
        if seen.insert(text.clone()) {
            all.push(Wording {
                key: key.clone(),
                text,
            });
        }
    }
}

/// The variables of a text, with each word they are compared with and one that is none of them.
pub fn collect(pattern: &Pattern<&str>, variables: &mut BTreeMap<String, BTreeSet<String>>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        let selector = match expression {
            Expression::Select { selector, variants } => {
                for variant in variants {
                    if let (
                        InlineExpression::VariableReference { id },
                        VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name },
                    ) = (selector, &variant.key)
                    {
                        let words = variables.entry(id.name.to_owned()).or_default();
                        words.insert((*name).to_owned());
                    }
                    collect(&variant.value, variables);
                }
                selector
            }
            Expression::Inline(inline) => inline,
        };
        if let InlineExpression::VariableReference { id } = selector {
            let words = variables.entry(id.name.to_owned()).or_default();
            words.insert("something".to_owned());
        }
    }
}

/// Every sentence of every text, in lower case, with the key of its text.
pub fn all_sentences() -> Vec<(&'static str, String)> {
    let of = |wording: &'static Wording| {
        sentences(&wording.text)
            .into_iter()
            .map(|sentence| (wording.key.as_str(), sentence.to_lowercase().replace('’', "'")))
    };
    wordings().iter().flat_map(of).collect()
}

pub fn has(sentence: &str, starts: &[&str]) -> bool {
    words(sentence)
        .iter()
        .any(|word| starts.iter().any(|start| word.starts_with(start)))
}

/// The sentences with a word that begins like one of these.
pub fn with(starts: &[&str]) -> Vec<(&'static str, String)> {
    let mut all = all_sentences();
    all.retain(|(_, sentence)| has(sentence, starts));
    all
}

/// No sentence has a word that begins like one of these.
pub fn never(starts: &[&str]) {
    let found = with(starts);
    assert!(found.is_empty(), "{found:?}");
}

/// No sentence holds both a word of the first and a word of the second list.
pub fn never_together(first: &[&str], second: &[&str]) {
    let mut found = with(first);
    found.retain(|(_, sentence)| has(sentence, second));
    assert!(found.is_empty(), "{found:?}");
}

pub fn finding(name: &str) -> FindingId {
    content()
        .findings
        .id(name)
        .unwrap_or_else(|| panic!("{name} is no finding"))
}

/// All facts are a clear no, but for these; `None` leaves one unasked.
pub fn record(told: &[(&str, Option<Value>)]) -> Record {
    let findings = &content().findings;
    let mut record = Record::new(findings);
    for (id, known) in findings.iter() {
        let is_sign = matches!(known.kind, FindingKind::Sign(_));
        if !is_sign && !told.iter().any(|(name, _)| **name == *known.name) {
            record.learn(findings, id, Value::No);
        }
    }
    for (name, value) in told {
        if let Some(value) = value {
            record.learn(findings, finding(name), *value);
        }
    }
    record
}

/// The topics of a pain; *Something feels wrong* has no steps and no causes.
pub const PAINS: [&str; 4] = [CRAMPS, LEG, BACK, AFTER];
pub const CRAMPS: &str = "leg_cramps";
pub const LEG: &str = "leg_or_foot_pain";
pub const BACK: &str = "back_pain_in_pregnancy";
pub const AFTER: &str = "back_pain_after_birth";

/// The steps a woman is shown.
pub fn steps_of(topic: &str, at: Stage, told: &[(&str, Option<Value>)]) -> Vec<&'static str> {
    let case = Case {
        topic: Some(topic.into()),
        stage: at,
        record: record(told),
    };
    let found = assess(content(), &case);
    found.steps.iter().map(|step| step.id.as_str()).collect()
}

/// What is said to a woman of whom all else is a clear no.
pub fn on(topic: &str, at: Stage, findings: &Json) -> Json {
    assessed(Some(topic), at, findings, "no")
}

pub fn on_cramps(at: Stage, findings: &Json) -> Json {
    on(CRAMPS, at, findings)
}

/// The stages at which she comes to a topic.
pub fn stages_on(topic: &str) -> Vec<(&'static str, Stage)> {
    let mut all = her_stages();
    all.retain(|(_, at)| match topic {
        BACK => at.phase != Phase::AfterBirth,
        AFTER => at.phase == Phase::AfterBirth,
        _ => true,
    });
    all
}

/// At every stage of a woman who is or was pregnant.
pub fn her_stages() -> Vec<(&'static str, Stage)> {
    let mut all = stages();
    all.retain(|(name, _)| *name != "neither");
    all
}

pub fn step(name: &str) -> &'static Step {
    let found = content().steps.iter().find(|step| step.id.as_str() == name);
    found.unwrap_or_else(|| panic!("there is no step {name}"))
}

/// At every stage that a step is for, it is withheld as long as one of these is yes, not sure or unasked, and shown when
/// all are a clear no. What the topic takes for a no until it is told is not tried unasked.
pub fn waits_for(topic: &str, name: &str, needs: &[(&str, Option<Value>)], questions: &[&str]) {
    let windows = &step(name).stage;
    let mut met = 0;
    for (at_name, at) in stages_on(topic) {
        if !stage::surely_holds(windows, at) {
            continue;
        }
        met += 1;
        assert!(
            steps_of(topic, at, needs).contains(&name),
            "{name} is never shown on {topic} at {at_name}"
        );
        for question in questions {
            for value in [Some(Value::Yes), Some(Value::Unsure), None] {
                if value.is_none() && is_assumed_no(topic, question) {
                    continue;
                }
                let mut told = needs.to_vec();
                told.push((question, value));
                assert!(
                    !steps_of(topic, at, &told).contains(&name),
                    "{name} with {question} {value:?} on {topic} at {at_name}"
                );
            }
        }
    }
    assert!(met > 0, "{name} is for no stage of {topic}");
}

fn is_assumed_no(topic: &str, question: &str) -> bool {
    let assumed = |entry: &nightease::content::AssumedNo| entry.finding == finding(question);
    let topic = content().topics.iter().find(|known| known.id.as_str() == topic);
    topic.is_some_and(|topic| topic.assumed_no.iter().any(assumed))
}

pub fn leaflet() -> Vec<&'static str> {
    let steps = content().steps.iter().filter(|step| step.leaflet);
    steps.map(|step| step.id.as_str()).collect()
}

/// What S_NEURO asks.
pub const NERVE_QUESTIONS: [&str; 8] = [
    "saddle_numbness",
    "cannot_pee",
    "weak_both_legs",
    "weak_one_leg",
    "weakness_getting_worse",
    "foot_drop",
    "cannot_bear_weight",
    "pain_down_both_legs",
];

/// What R20, R21, R52 and R01 ask.
pub const CLOT_QUESTIONS: [&str; 10] = [
    "leg_swelling_one_side",
    "whole_leg_swollen",
    "leg_hot_or_red",
    "leg_pain_constant",
    "leg_tender_to_touch",
    "hard_red_vein",
    "breathless",
    "chest_pain",
    "chest_pain_worse_breathing_in",
    "coughing_blood",
];

pub fn words_of(key: &str) -> String {
    let of_key = wordings().iter().filter(|wording| wording.key == key);
    let texts: Vec<&str> = of_key.map(|wording| wording.text.as_str()).collect();
    assert!(!texts.is_empty(), "there is no {key}");
    texts.join("\n")
}
