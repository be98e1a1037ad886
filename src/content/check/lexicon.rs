//! Lexicons: a word in classes that say the opposite, safety findings with too few patterns, safety words one letter
//! from a common word, a language without wording.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::draft::{Draft, LexiconDraft};
use super::super::fault::{FaultKind, Sink};
use super::super::id::FindingId;
use super::super::level::Level;
use super::super::lexicon::{Choice, CueKind, Need, Part, Reads, Says, Shape, fold};
use super::super::model::{FindingKind, MightBe, Value};

/// A safety finding with fewer patterns than this is too rarely found.
const FEWEST: usize = 3;

/// Findings whose denial in words never counts: what a button records that counts *might be* as yes.
pub(in crate::content) fn never_denied(draft: &Draft) -> Vec<FindingId> {
    let mut found = BTreeSet::new();
    for choice in draft
        .choices
        .iter()
        .filter(|choice| choice.might_be == MightBe::Yes)
    {
        for (finding, _) in &choice.sets {
            found.insert(*finding);
            if let Some(FindingKind::Sign(sign)) = draft.findings.get(*finding).map(|finding| &finding.kind) {
                found.extend(sign.members.iter().map(|member| member.finding));
            }
        }
    }
    found.into_iter().collect()
}

/// The findings that rules from SAME_DAY on speak of, signs by their members.
pub(in crate::content) fn safety(draft: &Draft) -> BTreeSet<FindingId> {
    let mut found = BTreeSet::new();
    let rows = draft.red_flags.iter().flat_map(|flag| &flag.rows);
    let rows = rows.filter(|row| row.level >= Level::SameDay);
    for literal in rows.flat_map(|row| row.when.literals()) {
        match draft.findings.get(literal.finding).map(|finding| &finding.kind) {
            Some(FindingKind::Sign(sign)) => {
                found.extend(sign.members.iter().map(|member| member.finding));
                found.extend(sign.conditional.iter().map(|(member, _)| member.finding));
            }
            Some(_) => {
                found.insert(literal.finding);
            }
            None => {}
        }
    }
    found
}

/// The checks of one lexicon.
pub(super) fn any_language(draft: &Draft, lexicon: &LexiconDraft, safety: &BTreeSet<FindingId>, sink: &Sink) {
    clashes(lexicon, sink);
    few_patterns(draft, lexicon, safety, sink);
    lookalikes(lexicon, safety, sink);
}

/// A word that denies cannot also be what is looked for, unless the pattern holds its own denial.
fn clashes(lexicon: &LexiconDraft, sink: &Sink) {
    let deny = lexicon.source.cues.iter().filter(|cue| cue.kind == CueKind::Deny);
    let mut denying: BTreeSet<&str> = BTreeSet::new();
    for cue in deny {
        if let Shape::Seq(parts) = &cue.shape
            && let [Part::Is(choice, Need::Must)] = parts.as_slice()
        {
            denying.extend(choice.words.iter().map(|word| &**word));
        }
    }
    let body = &lexicon.source.body;
    for (name, words) in &lexicon.source.classes {
        if !body.contains(name) {
            continue;
        }
        for word in words.iter().filter(|word| denying.contains(&***word)) {
            if let Some(at) = lexicon.classes.get(name) {
                sink.add(at.fault(
                    FaultKind::ClashingWord,
                    format!("\"{word}\" is in the class \"{name}\", and a cue of its own denies with it"),
                    "take it out of one of the two",
                ));
            }
        }
    }
}

/// Every safety finding can be said in at least three ways.
fn few_patterns(draft: &Draft, lexicon: &LexiconDraft, safety: &BTreeSet<FindingId>, sink: &Sink) {
    let mut count: BTreeMap<FindingId, usize> = BTreeMap::new();
    for pattern in &lexicon.source.patterns {
        if let Reads::Finding(finding, says) = &pattern.reads
            && *says != Says::Is(Value::No)
        {
            *count.entry(*finding).or_default() += 1;
        }
    }
    for finding in safety {
        let patterns = count.get(finding).copied().unwrap_or(0);
        if patterns < FEWEST {
            sink.add(lexicon.at.fault(
                FaultKind::FewPatterns,
                format!(
                    "{} is a danger sign and has {patterns} patterns here; {FEWEST} are the fewest",
                    draft.findings.name(*finding)
                ),
                "add patterns in other words, as women would say it",
            ));
        }
    }
}

fn class_names(shape: &Shape) -> Vec<&Choice> {
    match shape {
        Shape::Seq(parts) => parts
            .iter()
            .filter_map(|part| match part {
                Part::Is(choice, _) => Some(choice),
                _ => None,
            })
            .collect(),
        Shape::Near { choices, .. } => choices.iter().collect(),
    }
}

/// Do two words differ in no more than two letters that stand together? Most pairs do not, and need not be measured.
fn may_be_near(one: &str, other: &str) -> bool {
    let same = |(one, other): &(char, char)| one == other;
    let begin = one.chars().zip(other.chars()).take_while(same).count();
    let end = one
        .chars()
        .rev()
        .zip(other.chars().rev())
        .take_while(same)
        .count();
    begin + end + 2 >= one.chars().count().max(other.chars().count())
}

/// A typing error is repaired into a word of a class. Where a common word is one letter away, it must be on the list of
/// common words, which is asked first; this finds pairs of which the common word is not protected.
fn lookalikes(lexicon: &LexiconDraft, safety: &BTreeSet<FindingId>, sink: &Sink) {
    let source = &lexicon.source;
    let mut classes: BTreeSet<&str> = BTreeSet::new();
    for pattern in &source.patterns {
        if matches!(&pattern.reads, Reads::Finding(finding, _) if safety.contains(finding)) {
            for choice in class_names(&pattern.shape) {
                classes.extend(choice.classes.iter().map(|name| &**name));
            }
        }
    }
    let folded = |word: &Arc<str>| fold::words(word).into_iter().next().unwrap_or_default();
    let mut common: BTreeMap<(char, usize), Vec<String>> = BTreeMap::new();
    for word in source.common.iter().map(folded) {
        if let (Some(first), length @ 4..) = (word.chars().next(), word.chars().count()) {
            common.entry((first, length)).or_default().push(word);
        }
    }
    let in_classes: BTreeSet<String> = source
        .classes
        .iter()
        .flat_map(|(_, words)| words.iter().map(folded))
        .collect();
    let protected = source.never_repaired();
    for (name, words) in &source.classes {
        if !classes.contains(&**name) {
            continue;
        }
        for word in words.iter().filter(|word| !word.contains(['*', ' '])).map(folded) {
            let (Some(first), length @ 4..) = (word.chars().next(), word.chars().count()) else {
                continue;
            };
            let near = (length - 1..=length + 1).filter_map(|length| common.get(&(first, length)));
            for other in near.flatten() {
                let listed = || {
                    let never = protected.get(other.as_str()).map_or(&[][..], Vec::as_slice);
                    never.iter().any(|to| word.starts_with(&**to))
                };
                if may_be_near(other, &word)
                    && strsim::osa_distance(other, &word) == 1
                    && !listed()
                    && !in_classes.contains(other)
                    && let Some(at) = lexicon.classes.get(name)
                {
                    sink.add(at.fault(
                        FaultKind::Lookalike,
                        format!("\"{word}\" is one letter from the common word \"{other}\""),
                        format!("add [\"{other}\", \"{word}\"] to protected"),
                    ));
                }
            }
        }
    }
}
