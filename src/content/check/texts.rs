//! Is every text there, is every text used, and does each use only what it is given?

use std::collections::{BTreeMap, BTreeSet};

use super::expand::{Part, parts, variant_name};
use super::keys::Wanted;
use crate::content::catalog::{Catalog, Written};
use crate::content::draft::Draft;
use crate::content::fault::{FaultKind, Place, Sink, did_you_mean};
use crate::content::id::LanguageId;

/// Texts that must be there and are not.
pub(super) fn missing(
    draft: &Draft,
    wanted: &BTreeMap<String, Wanted>,
    language: &LanguageId,
    catalog: &Catalog,
    sink: &Sink,
) {
    for (key, text) in wanted.iter().filter(|(_, text)| text.needed) {
        if catalog.texts.contains_key(key) || replaced_by_answer(key, catalog) {
            continue;
        }
        let message = format!("there is no text \"{key}\" in text/{language}/");
        let cure = format!("add {key} = … to a file of text/{language}/");
        match text.owner.as_ref().and_then(|mark| draft.place(mark)) {
            Some(at) => sink.add(at.fault(FaultKind::MissingText, message, cure)),
            None => sink.add_file(&catalog.folder, FaultKind::MissingText, &message, &cure),
        }
    }
}

/// A flag with a whole fixed answer needs neither a line for the phone nor what to do meanwhile.
fn replaced_by_answer(key: &str, catalog: &Catalog) -> bool {
    let part = key
        .strip_suffix(".ask")
        .or_else(|| key.strip_suffix(".meanwhile"));
    part.is_some_and(|flag| {
        flag.starts_with("flag-") && catalog.texts.contains_key(&format!("{flag}.answer"))
    })
}

/// Texts that nothing uses. A text that another text holds is used.
pub(super) fn unused(wanted: &BTreeMap<String, Wanted>, catalog: &Catalog, sink: &Sink) {
    let mut held = BTreeSet::new();
    for text in catalog.texts.values() {
        for part in parts(&text.pattern) {
            if let Part::Reference(key, _) = part {
                held.insert(key);
            }
        }
    }
    for (key, text) in &catalog.texts {
        if !wanted.contains_key(key) && !held.contains(key) {
            let cure = did_you_mean(key, wanted.keys().map(String::as_str), "take it away");
            sink.add(text.at.fault(
                FaultKind::UnusedText,
                format!("nothing uses the text \"{key}\""),
                cure,
            ));
        }
    }
}

/// Variables, variants and references of every text.
pub(super) fn placeholders(draft: &Draft, wanted: &BTreeMap<String, Wanted>, catalog: &Catalog, sink: &Sink) {
    for (key, text) in &catalog.texts {
        for part in parts(&text.pattern) {
            match part {
                Part::Variable(name) => {
                    // What a text is given that is only held by others, those others decide.
                    if let Some(wanted) = wanted.get(key)
                        && !wanted.may.contains(&name)
                    {
                        unknown_variable(key, wanted, name, &text.at, sink);
                    }
                }
                Part::Variant(selector, variant) => {
                    let known = known_variants(draft, selector);
                    let name = variant_name(variant);
                    if !known.is_empty() && !variant.default && !known.contains(name) {
                        let listed = format!("${selector} is one of: {}", join(&known));
                        let cure = did_you_mean(name, known.iter().copied(), &listed);
                        let message = format!("${selector} is never \"{name}\"");
                        sink.add(
                            text.at
                                .of_slice(name)
                                .fault(FaultKind::UnknownPlaceholder, message, cure),
                        );
                    }
                }
                Part::Reference(held, name) => {
                    if !catalog.texts.contains_key(&held) {
                        let cure = did_you_mean(
                            &held,
                            catalog.texts.keys().map(String::as_str),
                            "add it, or take it out",
                        );
                        let message = format!("there is no text \"{held}\" to put in here");
                        sink.add(
                            text.at
                                .of_slice(name)
                                .fault(FaultKind::MissingText, message, cure),
                        );
                    }
                }
            }
        }
        if let Some(wanted) = wanted.get(key) {
            missing_variables(key, wanted, text, catalog, sink);
        }
    }
}

fn unknown_variable(key: &str, wanted: &Wanted, name: &str, at: &Place, sink: &Sink) {
    let cure = if wanted.may.is_empty() {
        "take it out: nothing is put into this text".to_owned()
    } else {
        let listed: Vec<String> = wanted.may.iter().map(|name| format!("${name}")).collect();
        let listed = format!("it may use {}", listed.join(", "));
        did_you_mean(name, wanted.may.iter().copied(), &listed)
    };
    let message = format!("\"{key}\" is not given ${name}");
    sink.add(
        at.of_slice(name)
            .fault(FaultKind::UnknownPlaceholder, message, cure),
    );
}

fn missing_variables(key: &str, wanted: &Wanted, text: &Written, catalog: &Catalog, sink: &Sink) {
    let mut used = BTreeSet::new();
    let mut open = vec![&text.pattern];
    let mut seen = BTreeSet::new();
    while let Some(pattern) = open.pop() {
        for part in parts(pattern) {
            match part {
                Part::Variable(name) => {
                    used.insert(name);
                }
                Part::Reference(held, _) if seen.insert(held.clone()) => {
                    open.extend(catalog.texts.get(&held).map(|text| &text.pattern));
                }
                Part::Reference(..) | Part::Variant(..) => {}
            }
        }
    }
    for name in wanted.must.iter().filter(|name| !used.contains(**name)) {
        let message = format!("\"{key}\" does not say ${name}");
        let cure = format!("put {{ ${name} }} into it");
        sink.add(text.at.fault(FaultKind::MissingPlaceholder, message, cure));
    }
}

/// The words a variable can be; empty when they are not known.
fn known_variants<'d>(draft: &'d Draft, variable: &str) -> BTreeSet<&'d str> {
    let words: &[&str] = match variable {
        "phase" => &["pregnant", "after_birth", "period_late", "neither", "unknown"],
        "loss" => &["yes", "no"],
        "time" => &["night", "day", "unknown"],
        "grade" => &["A", "B", "C", "K"],
        "shape" => &[
            "weeks_exact",
            "weeks_range",
            "weeks_under",
            "weeks_over",
            "week_not_known",
            "period_late",
            "days_exact",
            "days_range",
            "weeks_after",
            "after_over",
            "not_known",
        ],
        "topic" => return draft.topics.iter().map(|topic| topic.id.as_str()).collect(),
        _ => &[],
    };
    words.iter().copied().collect()
}

fn join(words: &BTreeSet<&str>) -> String {
    words.iter().copied().collect::<Vec<_>>().join(", ")
}
