//! Is everything that matters asked, and is everything that exists used?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::survey::User;
use crate::content::catalog::Catalog;
use crate::content::draft::{Draft, Mark};
use crate::content::fault::{FaultKind, Sink};
use crate::content::id::FindingId;
use crate::content::model::{AssumedNo, Topic};

/// The topic whose lists catch what the other topics do not ask.
const CATCHING_TOPIC: &str = "something_feels_wrong";

/// A finding that a rule, cause or step of a topic looks at must be asked there, or be assumed to be no.
pub(super) fn never_asked(draft: &Draft, sink: &Sink) {
    let mut missing: BTreeMap<FindingId, (Mark, BTreeSet<&str>)> = BTreeMap::new();
    for topic in &draft.topics {
        let mut settled = draft.asked_on(topic);
        settled.extend(topic.assumed_no.iter().map(|entry| entry.finding));
        for mention in draft.mentions_on(topic) {
            if !settled.contains(&mention.finding) {
                let entry = missing
                    .entry(mention.finding)
                    .or_insert((mention.mark, BTreeSet::new()));
                entry.1.insert(topic.id.as_str());
            }
        }
    }
    for (finding, (mark, topics)) in missing {
        let topics: Vec<&str> = topics.into_iter().collect();
        let name = draft.findings.name(finding);
        draft.fault(
            sink,
            &mark,
            FaultKind::NeverAsked,
            format!("\"{name}\" is asked nowhere on {}", topics.join(", ")),
            "ask it on a screen of the topic, or put it on the topic's assumed_no list and say why",
        );
    }
}

/// What a topic assumes to be no must be caught elsewhere: asked on *Something feels wrong*, or named in the topic's
/// safety net. What only adds a cause or a step need not be: no safety hangs on it.
pub(super) fn assumed_no(draft: &Draft, catalog: &Catalog, sink: &Sink) {
    let catching = draft
        .topics
        .iter()
        .find(|topic| topic.id.as_str() == CATCHING_TOPIC);
    let caught = catching.map(|topic| draft.asked_on(topic)).unwrap_or_default();
    for topic in &draft.topics {
        let only_adds = only_adds(draft, topic);
        let mut seen = BTreeSet::new();
        for (index, entry) in topic.assumed_no.iter().enumerate() {
            let mark = Mark::AssumedNo(topic.id.clone(), index);
            let name = draft.findings.name(entry.finding);
            if !seen.insert(entry.finding) {
                let message = format!("\"{name}\" stands twice on this list");
                draft.fault(sink, &mark, FaultKind::Duplicate, message, "take one away");
            }
            if !catalog.texts.contains_key(&format!("finding-{name}")) {
                let message = format!("there is no text \"finding-{name}\"");
                let cure = format!("add finding-{name} to text/en/: the safety net needs words for it");
                draft.fault(sink, &mark, FaultKind::MissingText, message, cure);
            }
            let exempt = topic.id.as_str() == CATCHING_TOPIC || only_adds.contains(&entry.finding);
            check_caught(
                draft,
                catalog,
                topic,
                entry,
                &mark,
                exempt || caught.contains(&entry.finding),
                sink,
            );
        }
    }
}

fn only_adds(draft: &Draft, topic: &Topic) -> BTreeSet<FindingId> {
    let mentions = draft.mentions_on(topic);
    let by = |adds: bool| -> BTreeSet<FindingId> {
        let of = mentions
            .iter()
            .filter(|mention| matches!(mention.user, User::Cause | User::Needs) == adds);
        of.map(|mention| mention.finding).collect()
    };
    by(true).difference(&by(false)).copied().collect()
}

fn check_caught(
    draft: &Draft,
    catalog: &Catalog,
    topic: &Topic,
    entry: &AssumedNo,
    mark: &Mark,
    caught: bool,
    sink: &Sink,
) {
    let name = draft.findings.name(entry.finding);
    let Some(word) = &entry.net else {
        if !caught {
            draft.fault(
                sink,
                mark,
                FaultKind::NotCaught,
                format!("\"{name}\" is assumed to be no here, and {CATCHING_TOPIC} does not ask it"),
                format!(
                    "ask it on {CATCHING_TOPIC}, or add net = \"a word of topic-{}.watch\"",
                    topic.id
                ),
            );
        }
        return;
    };
    if !in_safety_net(catalog, topic, word) {
        draft.fault(
            sink,
            mark,
            FaultKind::NotCaught,
            format!("the safety net of {} does not say \"{word}\"", topic.id),
            format!(
                "say it in topic-{0}.watch or topic-{0}.help, or name a word that stands there",
                topic.id
            ),
        );
    }
}

fn in_safety_net(catalog: &Catalog, topic: &Topic, word: &Arc<str>) -> bool {
    ["watch", "help"].iter().any(|part| {
        let variants = catalog.variants(&format!("topic-{}.{part}", topic.id));
        let holds = |text: &String| text.to_lowercase().contains(&word.to_lowercase());
        !variants.is_empty() && variants.iter().all(holds)
    })
}

/// A finding that no rule, cause, step, button or sign names and that is not listed as such, and the reverse.
pub(super) fn unused(draft: &Draft, sink: &Sink) {
    let mut used: BTreeSet<FindingId> = BTreeSet::new();
    for (_, _, row) in draft.rows() {
        used.extend(row.when.literals().iter().map(|literal| literal.finding));
    }
    used.extend(
        draft
            .causes
            .iter()
            .flat_map(|cause| cause.weights.iter().map(|(finding, _)| *finding)),
    );
    let lines = draft.suppressors.iter().flat_map(|suppressor| &suppressor.lines);
    used.extend(lines.flat_map(|line| line.any_of.iter().map(|literal| literal.finding)));
    for expression in draft.steps.iter().filter_map(|step| step.needs.as_ref()) {
        used.extend(expression.literals().iter().map(|literal| literal.finding));
    }
    for choice in &draft.choices {
        used.extend(choice.sets.iter().map(|(finding, _)| *finding));
        used.extend(&choice.also_denies);
        let asked_when = choice.asked_when.iter().flat_map(|when| when.literals());
        used.extend(asked_when.map(|literal| literal.finding));
    }
    for (id, _) in draft.findings.iter() {
        used.extend(draft.members(id).iter().map(|literal| literal.finding));
    }
    for (id, finding) in draft.findings.iter() {
        let listed = draft.not_used_yet.iter().find(|name| name.value == finding.name);
        match (used.contains(&id), listed) {
            (false, None) => draft.fault(
                sink,
                &Mark::Finding(Arc::clone(&finding.name)),
                FaultKind::Unused,
                format!("nothing uses the finding \"{}\"", finding.name),
                "take it away, use it, or put it on the list not_used_yet of findings.toml",
            ),
            (true, Some(name)) => sink.add(name.at.fault(
                FaultKind::Unused,
                format!("\"{}\" is listed as not used yet, and it is used", finding.name),
                "take it off this list",
            )),
            _ => {}
        }
    }
}
