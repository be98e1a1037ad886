//! *Why?*: the rule, her answers, the source, the evidence grade, the digest of the content.

use crate::content::Argument;
use crate::triage::Assessment;

use super::answer_view::because;
use super::wording::{LONGEST_MESSAGE, Words};

/// How many rules are told; the rest is named by id.
const MOST_RULES: usize = 2;

/// The explanation of an answer.
#[must_use]
pub fn why(words: &Words<'_>, found: &Assessment<'_>) -> String {
    let word = |text: &str| Argument::Word(text.to_owned());
    let mut lines = Vec::new();
    let mut flags: Vec<_> = Vec::new();
    for fired in found.deciding() {
        if !flags
            .iter()
            .any(|flag: &&crate::content::RedFlag| flag.id == fired.flag.id)
        {
            flags.push(fired.flag);
        }
    }
    if flags.is_empty() {
        lines.push(words.get("why-no_rule"));
    }
    for flag in flags.iter().take(MOST_RULES) {
        let name = words.get(&format!("flag-{}", flag.id));
        lines.push(words.with(
            "why-rule",
            &[("rule", word(flag.id.as_str())), ("name", Argument::Word(name))],
        ));
    }
    lines.extend(because(words, found));
    for flag in flags.iter().take(MOST_RULES) {
        let titles: Vec<String> = flag
            .sources
            .iter()
            .take(2)
            .filter_map(|id| words.content.source(id))
            .map(|source| source.title.to_string())
            .collect();
        lines.push(words.with("why-source", &[("title", Argument::Word(words.list(&titles)))]));
        lines.push(words.get(&format!("grade-{}", flag.grade)));
    }
    lines.dedup();
    lines.push(words.with("why-digest", &[("digest", word(&words.content.digest))]));
    lines.push(words.get("why-unsigned"));
    fit(lines)
}

/// Leaves out lines from the middle until it fits: the rule, and the two last lines, always stay.
fn fit(mut lines: Vec<String>) -> String {
    while lines.iter().map(|line| line.chars().count() + 1).sum::<usize>() > LONGEST_MESSAGE
        && lines.len() > 3
    {
        lines.remove(lines.len() - 3);
    }
    lines.join("\n")
}
