//! `causes.toml`: likely causes and their weights.

use std::sync::Arc;

use super::parts;
use super::walk::Table;
use crate::content::draft::{Draft, Mark, Name};
use crate::content::fault::Marked;
use crate::content::id::{CauseId, TopicId};
use crate::content::model::Cause;

const KEYS: [&str; 9] = [
    "id",
    "topic",
    "prior",
    "weights",
    "stage",
    "red_flag",
    "never_shown",
    "grade",
    "sources",
];

pub(super) fn read(root: &Table, draft: &mut Draft) {
    let root = root.clone().only(&["schema", "cause"]);
    root.schema_is_one();
    for table in root.tables("cause") {
        if let Some(cause) = read_cause(table, draft) {
            draft.causes.push(cause);
        }
    }
}

fn read_cause(table: Table, draft: &mut Draft) -> Option<Cause> {
    let table = table.only(&KEYS);
    let (id, topic) = (table.need_text("id"), table.need_text("topic"));
    let (id, topic) = (id?, topic?);
    draft.refer(Name::Topic, &topic);
    let (cause, topic) = (CauseId::from(&*id.value), TopicId::from(&*topic.value));
    // The same cause may stand in the tables of several topics, once in each.
    let again = draft
        .causes
        .iter()
        .any(|other| other.id == cause && other.topic != topic);
    if !again && !draft.name(Name::Cause, &id, table.sink()) {
        return None;
    }
    draft.mark(Mark::Cause(topic.clone(), cause.clone()), &id.at);
    let sources = parts::sources(&table, draft);
    let grade = parts::grade(&table);
    let mut weights = Vec::new();
    let written = table.need("weights").and_then(|item| item.table());
    for (name, item) in written.iter().flat_map(Table::entries) {
        let name = Marked {
            value: Arc::clone(&name.value),
            at: name.at.clone(),
        };
        let weight = item
            .number(-3..4)
            .and_then(|number| i8::try_from(number.value).ok());
        let finding = parts::finding(&name, draft, table.sink());
        if let (Some(finding), Some(weight)) = (finding, weight) {
            draft.mark(
                Mark::CauseWeight(topic.clone(), cause.clone(), weights.len()),
                &name.at,
            );
            weights.push((finding, weight));
        }
    }
    Some(Cause {
        id: cause,
        topic,
        prior: i8::try_from(table.number("prior", 0, 0..4)).unwrap_or(0),
        weights,
        stage: parts::windows(&table),
        red_flag: table.flag("red_flag"),
        never_shown: table.text("never_shown").map(|reason| reason.value),
        sources,
        grade: grade?,
    })
}
