//! `vignettes/*.toml`: cases written by hand, one file for each topic.

use std::sync::Arc;

use super::parts;
use super::walk::{Item, Table, one_of};
use crate::content::draft::{Draft, Name};
use crate::content::fault::{FaultKind, Marked, Place};
use crate::content::id::{FindingId, TopicId, VignetteId};
use crate::content::level::{Level, Outcome};
use crate::content::model::Value;
use crate::content::parse_moment;
use crate::content::stage::Stage;
use crate::content::vignette::{ExpectedSteps, Origin, Spot, Vignette};

const KEYS: [&str; 15] = [
    "id",
    "story",
    "stage",
    "temperature",
    "yes",
    "unsure",
    "no",
    "distractors",
    "level",
    "must_show",
    "must_not_show",
    "screens",
    "sources",
    "note",
    "signed",
];

pub(super) fn read(root: &Table, draft: &mut Draft) {
    let root = root.clone().only(&["schema", "topic", "vignette"]);
    root.schema_is_one();
    let Some(topic) = root.need_text("topic") else {
        return;
    };
    draft.refer(Name::Topic, &topic);
    let topic = TopicId::from(&*topic.value);
    for table in root.tables("vignette") {
        if let Some(vignette) = read_vignette(table, &topic, draft) {
            draft.vignettes.push(vignette);
        }
    }
}

fn read_vignette(table: Table, topic: &TopicId, draft: &mut Draft) -> Option<Vignette> {
    let table = table.only(&KEYS);
    let id = table.need_text("id")?;
    let fresh = draft.name(Name::Vignette, &id, table.sink());
    let story = table.need_text("story");
    let stage = read_stage(&table, topic, draft);
    let given = read_given(&table, draft);
    let rest = read_rest(&table, draft);
    let outcome = read_outcome(&table);
    let shown = draft.refer_all(Name::Step, &table.texts("must_show"));
    let not_shown = draft.refer_all(Name::Step, &table.texts("must_not_show"));
    let screens = draft.refer_all(Name::Screen, &table.texts("screens"));
    let sources = parts::sources(&table, draft);
    let signed = read_signature(&table);
    let temperature_fits = temperature_fits(&table, &given, draft);
    let distractors = read_distractors(&table, &given, draft);
    // A reason for the reader; nothing hangs on it.
    let _ = table.text("note");
    let (stage_words, stage) = stage?;
    let (rest, denied) = rest?;
    let mut given: Vec<(FindingId, Value)> = given
        .into_iter()
        .map(|(finding, value, _)| (finding, value))
        .collect();
    given.extend(denied.into_iter().map(|finding| (finding, Value::No)));
    (fresh && temperature_fits).then_some(())?;
    Some(Vignette {
        id: VignetteId::from(&*id.value),
        story: story?.value,
        origin: Origin::HandWritten,
        topic: topic.clone(),
        stage_words,
        stage,
        given,
        rest,
        distractors,
        outcome: outcome?,
        steps: ExpectedSteps::Some { shown, not_shown },
        screens,
        sources,
        signed: signed?,
        at: spot(&id.at),
    })
}

pub(super) fn spot(at: &Place) -> Spot {
    let there = at.fault(FaultKind::FailingVignette, "", "");
    Spot {
        file: there.file,
        line: there.line,
        column: there.column,
        width: there.width,
        source_line: Arc::from(there.source_line),
    }
}

/// A moment, or the name of a button of the stage. Where the topic hands over to another at that stage, the case
/// belongs to the other.
fn read_stage(table: &Table, topic: &TopicId, draft: &Draft) -> Option<(Arc<str>, Stage)> {
    let written = table.need_text("stage")?;
    let button = draft
        .choices
        .iter()
        .find(|choice| choice.id.as_str() == &*written.value);
    let stage = button
        .and_then(|choice| choice.gives_stage)
        .or_else(|| parse_moment::parse(&written.value));
    let Some(stage) = stage else {
        let message = format!("\"{}\" is not a stage", written.value);
        let fault = written
            .at
            .fault(FaultKind::WrongValue, message, parse_moment::FORMS);
        table.sink().add(fault);
        return None;
    };
    let topic = draft.topics.iter().find(|one| one.id == *topic);
    let over = topic.and_then(|topic| topic.hands_over.as_ref());
    if let Some(over) = over.filter(|over| over.stage.iter().any(|window| window.shows(stage))) {
        table.sink().add(written.at.fault(
            FaultKind::WrongValue,
            format!("at this stage the topic \"{}\" goes on", over.to),
            format!("move the vignette to the file of {}", over.to),
        ));
    }
    Some((written.value, stage))
}

/// What is yes and what is not sure, each with its place.
fn read_given(table: &Table, draft: &Draft) -> Vec<(FindingId, Value, Place)> {
    let sink = table.sink();
    let mut given: Vec<(FindingId, Value, Place)> = Vec::new();
    let mut add = |finding: FindingId, value: Value, at: &Place| {
        if given.iter().any(|(known, ..)| *known == finding) {
            let message = format!("\"{}\" is told twice", draft.findings.name(finding));
            sink.add(at.fault(FaultKind::Duplicate, message, "take one away"));
        } else {
            given.push((finding, value, at.clone()));
        }
    };
    for written in table.texts("yes") {
        match parts::setting(&written, draft, sink) {
            Some((_, Value::No | Value::Unsure)) => sink.add(written.at.fault(
                FaultKind::WrongValue,
                "only what is yes belongs here",
                "move it to unsure = […] or to no = […]",
            )),
            Some((finding, value)) => add(finding, value, &written.at),
            None => {}
        }
    }
    for written in table.texts("unsure") {
        if let Some(finding) = parts::finding(&written, draft, sink) {
            add(finding, Value::Unsure, &written.at);
        }
    }
    given
}

/// `no = "rest"`: all else is no. A list: only these are, and all else was not asked.
fn read_rest(table: &Table, draft: &Draft) -> Option<(Option<Value>, Vec<FindingId>)> {
    let item = table.need("no")?;
    if item.is_list() {
        let written: Vec<Marked<Arc<str>>> = item.list()?.iter().filter_map(Item::text).collect();
        let denied = written
            .iter()
            .filter_map(|name| parts::finding(name, draft, table.sink()));
        return Some((None, denied.collect()));
    }
    let word = item.text()?;
    one_of(&word, &[("rest", ())], table.sink())?;
    Some((Some(Value::No), Vec::new()))
}

fn read_outcome(table: &Table) -> Option<Outcome> {
    let levels = Level::ALL.map(|level| (level.word(), Outcome::Level(level)));
    let mut words = levels.to_vec();
    words.push((Outcome::OutOfScope.word(), Outcome::OutOfScope));
    table.word("level", &words)
}

/// Findings that are told and must not matter.
fn read_distractors(table: &Table, given: &[(FindingId, Value, Place)], draft: &Draft) -> Vec<FindingId> {
    let mut found = Vec::new();
    for written in table.texts("distractors") {
        let Some(finding) = parts::finding(&written, draft, table.sink()) else {
            continue;
        };
        if given.iter().any(|(known, ..)| *known == finding) {
            found.push(finding);
            continue;
        }
        table.sink().add(written.at.fault(
            FaultKind::WrongValue,
            format!("the distractor \"{}\" is not told", written.value),
            "name it in yes = […] or unsure = […] too",
        ));
    }
    found
}

/// 38.0 C or more is a fever, less is none: the number and the finding must say the same.
fn temperature_fits(table: &Table, given: &[(FindingId, Value, Place)], draft: &Draft) -> bool {
    let Some(written) = table.text("temperature") else {
        return true;
    };
    let tenths = written.value.split_once('.').and_then(|(whole, tenth)| {
        let whole = whole
            .parse::<u16>()
            .ok()
            .filter(|whole| (30..45).contains(whole))?;
        let tenth = tenth.parse::<u16>().ok().filter(|tenth| *tenth < 10)?;
        Some(whole * 10 + tenth)
    });
    let Some(tenths) = tenths else {
        let message = format!("\"{}\" is not a temperature", written.value);
        let cure = "write degrees Celsius with one decimal, such as \"38.4\"";
        table
            .sink()
            .add(written.at.fault(FaultKind::WrongValue, message, cure));
        return false;
    };
    let fever = draft.findings.id("fever");
    let told = given
        .iter()
        .any(|(finding, value, _)| Some(*finding) == fever && *value > Value::Unsure);
    if told != (tenths >= 380) {
        let (message, cure) = if told {
            (
                "fever is told, and this is less than 38.0",
                "take fever or the temperature away",
            )
        } else {
            (
                "this is a fever, and fever is not told",
                "add \"fever\" to yes = […]",
            )
        };
        table
            .sink()
            .add(written.at.fault(FaultKind::WrongValue, message, cure));
        return false;
    }
    true
}

/// Empty until a clinician signs: who, and when.
fn read_signature(table: &Table) -> Option<Option<Arc<str>>> {
    let written = table.need("signed")?.text()?;
    if written.value.is_empty() {
        return Some(None);
    }
    let day = written.value.rsplit_once(", ").map_or("", |(_, day)| day);
    let is_day = day.len() == 10
        && day.char_indices().all(|(place, letter)| match place {
            4 | 7 => letter == '-',
            _ => letter.is_ascii_digit(),
        });
    if !is_day {
        table.sink().add(written.at.fault(
            FaultKind::WrongValue,
            "this signature does not say who and when",
            "write signed = \"NAME, ROLE, YEAR-MONTH-DAY\", or signed = \"\" until somebody signs",
        ));
        return None;
    }
    Some(Some(written.value))
}
