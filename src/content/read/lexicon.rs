//! `lexicon/*.toml`: words, classes, patterns and cues for free text.

use std::sync::Arc;

use super::lexicon_parts::{self as parts, Marks};
use super::walk::{Item, Table};
use crate::content::draft::{Draft, LexiconDraft};
use crate::content::fault::{FaultKind, Marked};
use crate::content::id::{FindingId, LanguageId};
use crate::content::lexicon::{Cue, CueKind, MEASURES, Reach, Shape, Source};

const KEYS: [&str; 32] = [
    "schema",
    "language",
    "joined",
    "fillers",
    "light",
    "subject",
    "and",
    "or",
    "yes",
    "no",
    "negators",
    "join",
    "common",
    "protected",
    "body",
    "history",
    "fever",
    "score",
    "slang",
    "class",
    "measure",
    "number",
    "ordinal",
    "month",
    "weekday",
    "holiday",
    "find",
    "cue",
    "stage",
    "lost",
    "route",
    "topic",
];

pub(super) fn read(root: &Table, draft: &mut Draft) {
    let root = root.clone().only(&KEYS);
    root.schema_is_one();
    let Some(language) = root.need_text("language") else {
        return;
    };
    let mut source = Source {
        joined: root.flag("joined"),
        fillers: words(&root, "fillers"),
        light: words(&root, "light"),
        subject: words(&root, "subject"),
        and: words(&root, "and"),
        or: words(&root, "or"),
        yes: words(&root, "yes"),
        no: words(&root, "no"),
        negators: words(&root, "negators"),
        join: words(&root, "join"),
        common: words(&root, "common"),
        protected: protected(&root),
        ..Source::default()
    };
    let mut marks = Marks::default();
    for key in ["class", "measure"] {
        classes(&root, key, &mut source, &mut marks);
    }
    for (name, at) in root.texts("body").into_iter().map(|name| (name.value, name.at)) {
        marks.class(&name, &at, root.sink());
        source.body.push(name);
    }
    let finding = |name: &Marked<Arc<str>>| super::parts::finding(name, draft, root.sink());
    source.history = root.texts("history").iter().filter_map(finding).collect();
    let one = |key: &str| -> Option<FindingId> { root.text(key).as_ref().and_then(finding) };
    source.fever = one("fever");
    source.score = one("score");
    source.slang = slang(&root);
    source.numbers = numbers(&root, "number");
    source.ordinals = numbers(&root, "ordinal");
    source.months = numbers(&root, "month");
    source.weekdays = numbers(&root, "weekday");
    source.holidays = numbers(&root, "holiday");
    for key in ["find", "stage", "lost", "route", "topic"] {
        for table in root.tables(key) {
            source
                .patterns
                .extend(parts::pattern(key, table, draft, &mut marks));
        }
    }
    for table in root.tables("cue") {
        source.cues.extend(cue(table, &mut marks));
    }
    draft.lexicons.push(LexiconDraft {
        language: LanguageId::from(&*language.value),
        at: language.at,
        source,
        classes: marks.classes,
    });
}

/// A list of words; a text may hold several.
fn words(root: &Table, key: &str) -> Vec<Arc<str>> {
    let texts = root.texts(key);
    texts
        .iter()
        .flat_map(|text| text.value.split_whitespace())
        .map(Arc::from)
        .collect()
}

fn protected(root: &Table) -> Vec<(Arc<str>, Arc<str>)> {
    let pair = |item: &Item| {
        let words: Vec<_> = item.list()?.iter().filter_map(Item::text).collect();
        if let [from, to] = words.as_slice() {
            return Some((Arc::clone(&from.value), Arc::clone(&to.value)));
        }
        let cure = "write [\"fewer\", \"fever\"]: what is typed, and what it is never taken for";
        root.sink().add(
            item.at
                .fault(FaultKind::WrongValue, "this is not a pair of words", cure),
        );
        None
    };
    root.list("protected").iter().filter_map(pair).collect()
}

fn classes(root: &Table, key: &str, source: &mut Source, marks: &mut Marks) {
    let table = root.get(key).and_then(|item| item.table());
    for (name, item) in table.iter().flat_map(Table::entries) {
        let entries: Vec<_> = item
            .list()
            .unwrap_or_default()
            .iter()
            .filter_map(Item::text)
            .collect();
        for entry in &entries {
            parts::check_words(&entry.value, &entry.at, root.sink());
        }
        if key == "measure" && !MEASURES.contains(&&*name.value) {
            let names = MEASURES.iter().copied();
            let listed = format!("the lists are: {}", MEASURES.join(", "));
            let cure = crate::content::fault::did_you_mean(&name.value, names, &listed);
            root.sink().add(name.at.fault(
                FaultKind::UnknownKey,
                format!("\"{}\" is not a list of [measure]", name.value),
                cure,
            ));
            continue;
        }
        marks.add_class(&name, root.sink());
        let entries = entries.into_iter().map(|entry| entry.value).collect();
        source.classes.push((name.value, entries));
    }
}

fn slang(root: &Table) -> Vec<(Arc<str>, Vec<Arc<str>>)> {
    let table = root.get("slang").and_then(|item| item.table());
    let entries = table.iter().flat_map(Table::entries);
    entries
        .filter_map(|(typed, meant)| {
            let meant = meant.text()?;
            let words = meant.value.split_whitespace().map(Arc::from).collect();
            Some((typed.value, words))
        })
        .collect()
}

fn numbers(root: &Table, key: &str) -> Vec<(Arc<str>, u16)> {
    let table = root.get(key).and_then(|item| item.table());
    let entries = table.iter().flat_map(Table::entries);
    entries
        .filter_map(|(word, number)| {
            let number = number.number(0..10_000)?;
            Some((word.value, u16::try_from(number.value).ok()?))
        })
        .collect()
}

fn cue(table: Table, marks: &mut Marks) -> Option<Cue> {
    let table = table.only(&[
        "id",
        "kind",
        "seq",
        "near",
        "within",
        "same_clause",
        "reach",
        "words",
        "strict",
        "hide",
        "yes",
        "no",
        "note",
    ]);
    let id = table.need_text("id")?;
    let kind = table.word("kind", &CueKind::WORDS);
    let shape = parts::shape(&table, marks);
    let reach = match table.get("reach") {
        Some(_) => table.word("reach", &[("after", Reach::After), ("frame", Reach::Frame)])?,
        None => Reach::Beside,
    };
    let (kind, shape) = (kind?, shape?);
    marks.rule(&id, &shape, &[], format!("{kind:?}"), table.sink());
    let near = matches!(shape, Shape::Near { .. });
    let default = if reach == Reach::After { 2 } else { 6 };
    let number = |key: &str, left_out: i64| u8::try_from(table.number(key, left_out, 0..30)).unwrap_or(0);
    if near && kind == CueKind::Deny {
        let cure = "write it as seq: what denies has a direction";
        table.sink().add(
            id.at
                .fault(FaultKind::WrongValue, "a denial cannot be written as near", cure),
        );
    }
    Some(Cue {
        kind,
        shape,
        reach,
        words: number("words", default),
        strict: number("strict", 0),
        hide: table.flag("hide"),
        lines: parts::lines(&table),
        id: id.value,
    })
}
