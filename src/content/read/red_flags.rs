//! `red_flags.toml`: red flags and other rules, row by row.

use super::parts;
use super::walk::Table;
use crate::content::draft::{Draft, Mark, Name};
use crate::content::id::{FlagId, RuleId};
use crate::content::level::Level;
use crate::content::model::{RedFlag, Row};
use crate::content::numbers::LineKind;

pub(super) fn read(root: &Table, draft: &mut Draft) {
    let root = root.clone().only(&["schema", "red_flag"]);
    root.schema_is_one();
    for table in root.tables("red_flag") {
        if let Some(flag) = read_flag(table, draft) {
            draft.red_flags.push(flag);
        }
    }
}

fn read_flag(table: Table, draft: &mut Draft) -> Option<RedFlag> {
    let table = table.only(&["id", "grade", "line", "sources", "rows"]);
    let id = table.need_text("id")?;
    if !draft.name(Name::Flag, &id, table.sink()) {
        return None;
    }
    let flag = FlagId::from(&*id.value);
    draft.mark(Mark::Flag(flag.clone()), &id.at);
    let sources = parts::sources(&table, draft);
    let grade = parts::grade(&table);
    let kinds = LineKind::ALL.map(|kind| (kind.word(), kind));
    let line = table.get("line").and_then(|_| table.word("line", &kinds));
    table.need("rows");
    let mut rows = Vec::new();
    for row in table.tables("rows") {
        rows.extend(read_row(row, &flag, rows.len(), draft));
    }
    Some(RedFlag {
        id: flag,
        rows,
        grade: grade?,
        line,
        sources,
    })
}

fn read_row(table: Table, flag: &FlagId, index: usize, draft: &mut Draft) -> Option<Row> {
    let table = table.only(&["rule", "when", "level", "stage", "topics"]);
    let when = table.need_text("when");
    let level = table.word("level", &Level::ALL.map(|level| (level.word(), level)));
    let topics = draft.refer_all(Name::Topic, &table.texts("topics"));
    let own_name = table.text("rule");
    let stage = parts::windows(&table);
    let when = when?;
    let rule = parts::rule(&when, draft, table.sink());
    let (rule, level) = (rule?, level?);
    draft.mark(Mark::Row(flag.clone(), index), &when.at);
    for (number, at) in rule.literals.iter().enumerate() {
        draft.mark(Mark::RowLiteral(flag.clone(), index, number), at);
    }
    let unsure = rule.expression.literals().iter().any(|literal| literal.or_unsure);
    let name = own_name.map_or_else(|| flag.to_string(), |name| name.value.to_string());
    // A name of its own may be written with or without the mark of a row for not sure.
    let name = name.trim_end_matches('?');
    let mark = if unsure { "?" } else { "" };
    Some(Row {
        rule: RuleId::from(format!("{name}{mark}").as_str()),
        when: rule.expression,
        level,
        stage,
        topics,
        unsure,
    })
}
