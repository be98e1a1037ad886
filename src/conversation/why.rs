//! *Why?*: the rule, her answers, the source, the evidence grade, the digest of the content.

use crate::content::{Argument, RedFlag};
use crate::triage::Assessment;

use super::answer_view::{because, first_steps};
use super::wording::{LONGEST_MESSAGE, Words};

/// How many rules are told; the rest is named by id.
const MOST_RULES: usize = 2;

/// The explanation of an answer. `read` are the lines on what was read in her words.
#[must_use]
pub fn why(words: &Words<'_>, found: &Assessment<'_>, read: Vec<String>) -> String {
    let mut flags: Vec<&RedFlag> = Vec::new();
    for fired in found.deciding() {
        if !flags.iter().any(|flag| flag.id == fired.flag.id) {
            flags.push(fired.flag);
        }
    }
    let mut lines: Vec<String> = flags
        .iter()
        .take(MOST_RULES)
        .map(|flag| rule(words, flag.id.as_str()))
        .collect();
    lines.extend(found.floor.map(|floor| rule(words, floor.as_str())));
    if lines.is_empty() {
        lines.push(words.get("why-no_rule"));
    }
    lines.extend(because(words, found));
    lines.extend(read);
    for flag in flags.iter().take(MOST_RULES) {
        lines.push(words.with("why-source", &[("title", Argument::Word(titles(words, flag)))]));
        lines.push(words.with(
            "why-grade",
            &[("grade", word(&words.get(&format!("grade-{}", flag.grade))))],
        ));
    }
    lines.extend(steps(words, found));
    lines.push(words.with("why-digest", &[("digest", word(&words.content.digest))]));
    lines.push(words.get("why-unsigned"));
    fit(lines)
}

fn word(text: &str) -> Argument {
    Argument::Word(text.to_owned())
}

fn rule(words: &Words<'_>, id: &str) -> String {
    let name = words.get(&format!("flag-{id}"));
    words.with("why-rule", &[("rule", word(id)), ("name", Argument::Word(name))])
}

fn titles(words: &Words<'_>, flag: &RedFlag) -> String {
    let sources = flag
        .sources
        .iter()
        .take(2)
        .filter_map(|id| words.content.source(id));
    words.list(&sources.map(|source| source.title.to_string()).collect::<Vec<_>>())
}

/// The steps of the answer, each with its evidence grade.
fn steps(words: &Words<'_>, found: &Assessment<'_>) -> Option<String> {
    let (_, shown) = first_steps(words, found);
    let named = shown.iter().filter_map(|id| words.content.step(id));
    let list: Vec<String> = named
        .map(|step| format!("{} {}", words.get(&format!("step-{}.name", step.id)), step.grade))
        .collect();
    (!list.is_empty()).then(|| words.with("why-steps", &[("list", Argument::Word(words.list(&list)))]))
}

/// Leaves out lines before the last two until it fits: the rule, the digest and the signature always stay.
fn fit(mut lines: Vec<String>) -> String {
    while lines.iter().map(|line| line.chars().count() + 1).sum::<usize>() > LONGEST_MESSAGE
        && lines.len() > 3
    {
        lines.remove(lines.len() - 3);
    }
    lines.join("\n")
}
