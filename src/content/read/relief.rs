//! `relief.toml` and `suppressors.toml`: what helps, and what takes it away.

use super::parts;
use super::walk::Table;
use crate::content::draft::{Draft, Mark, Name};
use crate::content::id::{StepId, SuppressorId};
use crate::content::model::{Step, StepGroup, Suppressor, SuppressorLine};

const STEP_KEYS: [&str; 11] = [
    "id",
    "topics",
    "group",
    "stage",
    "suppressors",
    "needs",
    "for_causes",
    "first_aid",
    "leaflet",
    "grade",
    "sources",
];

const GROUPS: [(&str, StepGroup); 3] = [
    ("now", StepGroup::Now),
    ("tonight", StepGroup::Tonight),
    ("more", StepGroup::More),
];

pub(super) fn read_steps(root: &Table, draft: &mut Draft) {
    let root = root.clone().only(&["schema", "step"]);
    root.schema_is_one();
    for table in root.tables("step") {
        if let Some(step) = read_step(table, draft) {
            draft.steps.push(step);
        }
    }
}

fn read_step(table: Table, draft: &mut Draft) -> Option<Step> {
    let table = table.only(&STEP_KEYS);
    let id = table.need_text("id")?;
    if !draft.name(Name::Step, &id, table.sink()) {
        return None;
    }
    let step = StepId::from(&*id.value);
    draft.mark(Mark::Step(step.clone()), &id.at);
    let topics = draft.refer_all(Name::Topic, &table.texts("topics"));
    let suppressors = draft.refer_all(Name::Suppressor, &table.texts("suppressors"));
    let for_causes = draft.refer_all(Name::Cause, &table.texts("for_causes"));
    let needs = table
        .text("needs")
        .and_then(|text| parts::rule(&text, draft, table.sink()));
    for (number, at) in needs.iter().flat_map(|needs| needs.literals.iter().enumerate()) {
        draft.mark(Mark::StepNeeds(step.clone(), number), at);
    }
    let group = table.word("group", &GROUPS);
    let sources = parts::sources(&table, draft);
    let grade = parts::grade(&table);
    Some(Step {
        id: step,
        topics,
        group: group?,
        stage: parts::windows(&table),
        suppressors,
        needs: needs.map(|needs| needs.expression),
        for_causes,
        first_aid: table.flag("first_aid"),
        leaflet: table.flag("leaflet"),
        grade: grade?,
        sources,
    })
}

pub(super) fn read_suppressors(root: &Table, draft: &mut Draft) {
    let root = root.clone().only(&["schema", "suppressor"]);
    root.schema_is_one();
    for table in root.tables("suppressor") {
        if let Some(suppressor) = read_suppressor(table, draft) {
            draft.suppressors.push(suppressor);
        }
    }
}

fn read_suppressor(table: Table, draft: &mut Draft) -> Option<Suppressor> {
    let table = table.only(&["id", "sources", "lines"]);
    let id = table.need_text("id")?;
    if !draft.name(Name::Suppressor, &id, table.sink()) {
        return None;
    }
    let suppressor = SuppressorId::from(&*id.value);
    draft.mark(Mark::Suppressor(suppressor.clone()), &id.at);
    let sources = parts::sources(&table, draft);
    table.need("lines");
    let mut lines = Vec::new();
    for line in table.tables("lines") {
        let line = line.only(&["any_of", "stage"]);
        line.need("any_of");
        let mut any_of = Vec::new();
        for text in line.texts("any_of") {
            let Some(literal) = parts::literal(&text, draft, table.sink()) else {
                continue;
            };
            draft.mark(
                Mark::SuppressorLiteral(suppressor.clone(), lines.len(), any_of.len()),
                &text.at,
            );
            any_of.push(literal);
        }
        lines.push(SuppressorLine {
            any_of,
            stage: parts::windows(&line),
        });
    }
    Some(Suppressor {
        id: suppressor,
        lines,
        sources,
    })
}
