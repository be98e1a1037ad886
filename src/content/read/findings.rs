//! `findings.toml`: the facts there are, and the signs that stand for several of them.

use std::sync::Arc;

use super::parts;
use super::walk::{Item, Table};
use crate::content::draft::{Draft, Mark, Name};
use crate::content::expression::{Expression, Literal};
use crate::content::fault::{FaultKind, Marked};
use crate::content::model::{Finding, FindingKind, Sign};

pub(super) fn read(root: &Table, draft: &mut Draft) {
    let root = root.clone().only(&["schema", "finding", "sign", "not_used_yet"]);
    root.schema_is_one();
    let findings = root.need("finding").and_then(|item| item.table());
    for (name, item) in findings.iter().flat_map(Table::entries) {
        if let Some(kind) = kind(&item, &root) {
            add(&name, kind, &root, draft);
        }
    }
    let signs = root.get("sign").and_then(|item| item.table());
    let signs: Vec<_> = signs.iter().flat_map(Table::entries).collect();
    // All names first: a sign may stand for another.
    for (name, _) in &signs {
        add(name, FindingKind::Sign(Sign::default()), &root, draft);
    }
    for (name, item) in &signs {
        let sign = item.table().map(|table| read_sign(&table, draft));
        if let (Some(id), Some(sign)) = (draft.findings.id(&name.value), sign) {
            draft.findings.set_kind(id, FindingKind::Sign(sign));
        }
    }
    draft.not_used_yet = root.texts("not_used_yet");
    for name in draft.not_used_yet.clone() {
        draft.refer(Name::Finding, &name);
    }
}

fn add(name: &Marked<Arc<str>>, kind: FindingKind, root: &Table, draft: &mut Draft) {
    if !draft.name(Name::Finding, name, root.sink()) {
        return;
    }
    draft.mark(Mark::Finding(Arc::clone(&name.value)), &name.at);
    if draft
        .findings
        .add(Finding {
            name: Arc::clone(&name.value),
            kind,
        })
        .is_none()
    {
        root.sink().add(
            name.at
                .fault(FaultKind::WrongValue, "there are too many findings", "65,535 fit"),
        );
    }
}

fn kind(item: &Item, root: &Table) -> Option<FindingKind> {
    if item.is_list() {
        let words: Vec<_> = item.list()?.iter().filter_map(Item::text).collect();
        if words.is_empty() {
            let cure = "list its words, mildest first, or write \"yes_no\"";
            root.sink().add(
                item.at
                    .fault(FaultKind::WrongValue, "this list of words is empty", cure),
            );
            return None;
        }
        return Some(FindingKind::Words(
            words.into_iter().map(|word| word.value).collect(),
        ));
    }
    if item.is_text() {
        let word = item.text()?;
        return super::walk::one_of(&word, &[("yes_no", ())], root.sink()).map(|()| FindingKind::YesNo);
    }
    let table = item.table()?.only(&["unit", "min", "max"]);
    let bound = |key| table.need(key).and_then(|item| item.number(0..65536));
    let (unit, min, max) = (table.need_text("unit"), bound("min"), bound("max"));
    let (unit, min, max) = (unit?.value, min?, max?);
    if min.value > max.value {
        let cure = "write the smaller one first";
        root.sink().add(
            min.at
                .fault(FaultKind::WrongValue, "min is greater than max", cure),
        );
    }
    Some(FindingKind::Number {
        unit,
        min: u16::try_from(min.value).ok()?,
        max: u16::try_from(max.value).ok()?,
    })
}

fn read_sign(table: &Table, draft: &Draft) -> Sign {
    let table = table.clone().only(&["members", "conditional"]);
    let sink = table.sink();
    let members: Vec<Literal> = table
        .texts("members")
        .iter()
        .filter_map(|text| parts::literal(text, draft, sink))
        .collect();
    let conditional: Vec<(Literal, Expression)> = table
        .tables("conditional")
        .into_iter()
        .filter_map(|entry| {
            let entry = entry.only(&["finding", "with"]);
            let literal = entry
                .need_text("finding")
                .and_then(|text| parts::literal(&text, draft, sink));
            let with = entry
                .need_text("with")
                .and_then(|text| parts::rule(&text, draft, sink));
            Some((literal?, with?.expression))
        })
        .collect();
    if table.get("members").is_none() && conditional.is_empty() {
        table.need("members");
    }
    Sign { members, conditional }
}
