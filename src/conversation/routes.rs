//! Complaints that are none of the four pains: named, and sent to the list that asks about them or to who can help.

use crate::content::{Choice, ChoiceId, Content, FindingId, Level, Stage, Value};
use crate::triage::{Case, Record, assess};
use crate::understanding::{Reading, RouteMention};

/// The routes to *Something feels wrong*, with the kind that asks about them where it is the same in every week.
const ASKED: [(&str, Option<&str>); 5] = [
    ("reduced_movements", None),
    ("bleeding", None),
    ("headache", Some("kind_head")),
    ("itching", Some("kind_skin")),
    ("mood", Some("kind_mood")),
];

/// Is one of them asked about by *Something feels wrong*?
pub(super) fn is_asked(routes: &[RouteMention]) -> bool {
    routes.iter().any(|named| of(named).is_some())
}

fn of(named: &RouteMention) -> Option<(&'static str, Option<&'static str>)> {
    ASKED
        .into_iter()
        .find(|(route, _)| *route == named.route.as_str())
}

/// The kind of *Something feels wrong* that asks about it, if she named one and no other.
pub(super) fn kind(content: &Content, routes: &[RouteMention]) -> Option<ChoiceId> {
    let mut kinds = routes.iter().filter_map(of);
    let (_, kind) = kinds.next()?;
    let kind = ChoiceId::from(kind?);
    let mut choices = content.screens.iter().flat_map(|screen| &screen.choices);
    let is_there = choices.any(|choice| choice.id == kind && choice.stage.is_empty());
    (is_there && kinds.next().is_none()).then_some(kind)
}

/// The kind of *Something feels wrong* whose list asks what she told, if it is one and the same in every week.
pub(super) fn kind_of_facts(content: &Content, told: &[FindingId]) -> Option<ChoiceId> {
    let choices = || content.screens.iter().flat_map(|screen| &screen.choices);
    let asks = |choice: &&Choice| choice.sets.iter().any(|(set, _)| told.contains(set));
    let mut kinds: Vec<&ChoiceId> = choices()
        .filter(asks)
        .flat_map(|choice| &choice.only_after)
        .collect();
    kinds.dedup();
    let [kind] = kinds.as_slice() else {
        return None;
    };
    let is_there = choices().any(|choice| choice.id == **kind && choice.stage.is_empty());
    is_there.then(|| (*kind).clone())
}

/// Has she affirmed a sign that asks for somebody today, whatever she came with?
pub(super) fn needs_all(content: &Content, reading: &Reading) -> bool {
    let given: Vec<(FindingId, Value)> = reading.affirmed().collect();
    let case = Case {
        topic: None,
        stage: reading.stage.as_ref().map_or(Stage::UNKNOWN, |said| said.stage),
        record: Record::told(&content.findings, &given, None),
    };
    !given.is_empty() && assess(content, &case).outcome.level() >= Some(Level::SameDay)
}

/// The lines that name them, by the keys of their texts; `is_text` says whether there is such a text.
pub(super) fn lines(reading: &Reading, is_text: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for named in &reading.routes {
        let own = format!("route-{}", named.route);
        let key = if is_text(&own) {
            own
        } else {
            "words-elsewhere".to_owned()
        };
        if !lines.contains(&key) {
            lines.push(key);
        }
    }
    lines.truncate(2);
    lines
}
