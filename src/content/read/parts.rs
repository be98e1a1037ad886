//! What several files hold: rules, single findings, windows, sources, grades.

use std::sync::Arc;

use super::walk::{Item, Table, one_of};
use crate::content::draft::{Draft, Name};
use crate::content::expression::{Expression, Literal};
use crate::content::fault::{FaultKind, Marked, Place, Sink, did_you_mean};
use crate::content::id::{FindingId, SourceId};
use crate::content::model::{FindingKind, Value};
use crate::content::parse_expression::{Slip, parse, parse_literal};
use crate::content::parse_window;
use crate::content::stage::Window;

/// A rule and the places of its literals.
pub(super) struct Rule {
    pub(super) expression: Expression,
    pub(super) literals: Vec<Place>,
}

fn report(slips: Vec<Slip>, at: &Place, sink: &Sink) {
    for slip in slips {
        sink.add(at.inside(slip.range).fault(slip.kind, slip.message, slip.cure));
    }
}

/// Reads a written rule.
pub(super) fn rule(text: &Marked<Arc<str>>, draft: &Draft, sink: &Sink) -> Option<Rule> {
    let (read, slips) = parse(&text.value, &draft.findings);
    report(slips, &text.at, sink);
    read.map(|read| Rule {
        expression: read.expression,
        literals: read
            .literals
            .into_iter()
            .map(|range| text.at.inside(range))
            .collect(),
    })
}

/// Reads one written finding, with its threshold.
pub(super) fn literal(text: &Marked<Arc<str>>, draft: &Draft, sink: &Sink) -> Option<Literal> {
    let (literal, slips) = parse_literal(&text.value, &draft.findings);
    report(slips, &text.at, sink);
    literal
}

/// Reads the name of a finding.
pub(super) fn finding(name: &Marked<Arc<str>>, draft: &Draft, sink: &Sink) -> Option<FindingId> {
    let found = draft.findings.id(&name.value);
    if found.is_none() {
        let names = draft.findings.iter().map(|(_, finding)| &*finding.name);
        sink.add(name.at.fault(
            FaultKind::UnknownFinding,
            format!("\"{}\" is not in findings.toml", name.value),
            did_you_mean(
                &name.value,
                names,
                "add it to findings.toml, or name another finding",
            ),
        ));
    }
    found
}

/// What is told of a finding: `fever`, `fever=no`, `vaginal_bleeding=spotting`, `cramp_nights_per_week=5`.
pub(super) fn setting(text: &Marked<Arc<str>>, draft: &Draft, sink: &Sink) -> Option<(FindingId, Value)> {
    let (name, value) = text.value.split_once('=').unwrap_or((&text.value, "yes"));
    let name_at = text.at.inside(0..name.len());
    let value_at = if text.value.contains('=') {
        text.at.inside(name.len() + 1..text.value.len())
    } else {
        name_at.clone()
    };
    let id = finding(
        &Marked {
            value: Arc::from(name),
            at: name_at,
        },
        draft,
        sink,
    )?;
    let kind = &draft.findings.get(id)?.kind;
    let read = match (value, kind) {
        ("no", _) => Some(Value::No),
        ("unsure", _) => Some(Value::Unsure),
        ("yes", FindingKind::YesNo | FindingKind::Sign(_)) => Some(Value::Yes),
        (_, FindingKind::Words(words)) => words
            .iter()
            .position(|word| **word == *value)
            .and_then(|place| u16::try_from(place).ok())
            .map(Value::Amount),
        (_, FindingKind::Number { min, max, .. }) => value
            .parse::<u16>()
            .ok()
            .filter(|number| min <= number && number <= max)
            .map(Value::Amount),
        _ => None,
    };
    if read.is_none() {
        let listed = match kind {
            FindingKind::Words(words) => format!("write \"{name}=\" and one of: {}", words.join(", ")),
            FindingKind::Number { min, max, unit } => {
                format!("write \"{name}=\" and {min} to {max} ({unit})")
            }
            _ => format!("write \"{name}\" for yes, or \"{name}=no\""),
        };
        let message = format!("\"{name}\" cannot be \"{value}\"");
        sink.add(value_at.fault(FaultKind::WrongValue, message, listed));
    }
    read.map(|value| (id, value))
}

/// The windows under the key `stage`.
pub(super) fn windows(table: &Table) -> Vec<Window> {
    let read = |item: &Item| {
        let text = item.text()?;
        parse_window::parse(&text.value)
            .map_err(|message| {
                table
                    .sink()
                    .add(text.at.fault(FaultKind::WrongValue, message, parse_window::FORMS));
            })
            .ok()
    };
    table.list("stage").iter().filter_map(read).collect()
}

/// The sources of something that must have one.
pub(super) fn sources(table: &Table, draft: &mut Draft) -> Vec<SourceId> {
    let named = table.texts("sources");
    if named.is_empty() && table.get("sources").is_none_or(|item| item.is_list()) {
        let at = table
            .get("sources")
            .map_or_else(|| table.at().clone(), |item| item.at);
        table.sink().add(at.fault(
            FaultKind::MissingSource,
            "no source is named here",
            "add sources = [\"…\"] with names from sources.toml",
        ));
    }
    draft.refer_all(Name::Source, &named)
}

/// The evidence grade.
pub(super) fn grade(table: &Table) -> Option<Arc<str>> {
    let written = table.need_text("grade")?;
    one_of(
        &written,
        &[("A", ()), ("B", ()), ("C", ()), ("K", ())],
        table.sink(),
    )?;
    Some(written.value)
}
