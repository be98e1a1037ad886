//! `screens.toml`: the buttons, and the screens they stand on.

use super::parts;
use super::walk::{Table, one_of};
use crate::content::draft::{Draft, Mark, Name};
use crate::content::fault::FaultKind;
use crate::content::id::{ChoiceId, ScreenId};
use crate::content::level::Level;
use crate::content::model::{Choice, MightBe, Screen, ScreenKind, ScreenRole};
use crate::content::stage::{Days, Phase, Stage};

pub(super) fn read(root: &Table, draft: &mut Draft) {
    let root = root.clone().only(&["schema", "choice", "screen"]);
    root.schema_is_one();
    for table in root.tables("choice") {
        if let Some(choice) = read_choice(table, draft) {
            draft.choices.push(choice);
        }
    }
    for table in root.tables("screen") {
        if let Some(screen) = read_screen(table, draft) {
            draft.screens.push(screen);
        }
    }
}

const CHOICE_KEYS: [&str; 11] = [
    "id",
    "sets",
    "also_denies",
    "stage",
    "topics",
    "asked_when",
    "only_after",
    "gives_stage",
    "might_be",
    "not_after_loss",
    "hide",
];

fn read_choice(table: Table, draft: &mut Draft) -> Option<Choice> {
    let table = table.only(&CHOICE_KEYS);
    let sink = table.sink();
    let id = table.need_text("id")?;
    if !draft.name(Name::Choice, &id, sink) {
        return None;
    }
    draft.mark(Mark::Choice(ChoiceId::from(&*id.value)), &id.at);
    let topics = draft.refer_all(Name::Topic, &table.texts("topics"));
    let only_after = draft.refer_all(Name::Choice, &table.texts("only_after"));
    let might_be = table
        .text("might_be")
        .and_then(|word| one_of(&word, &[("yes", MightBe::Yes), ("unsure", MightBe::Unsure)], sink));
    let denied = table.texts("also_denies");
    Some(Choice {
        id: ChoiceId::from(&*id.value),
        sets: table
            .texts("sets")
            .iter()
            .filter_map(|text| parts::setting(text, draft, table.sink()))
            .collect(),
        also_denies: denied
            .iter()
            .filter_map(|name| parts::finding(name, draft, sink))
            .collect(),
        stage: parts::windows(&table),
        topics,
        asked_when: table
            .text("asked_when")
            .and_then(|text| parts::rule(&text, draft, sink))
            .map(|rule| rule.expression),
        only_after,
        gives_stage: table
            .get("gives_stage")
            .and_then(|item| item.table())
            .and_then(read_stage),
        might_be: might_be.unwrap_or_default(),
        not_after_loss: table.flag("not_after_loss"),
        hide: table.flag("hide"),
    })
}

const PHASES: [(&str, Phase); 5] = [
    ("pregnant", Phase::Pregnant),
    ("after_birth", Phase::AfterBirth),
    ("period_late", Phase::PeriodLate),
    ("neither", Phase::Neither),
    ("unknown", Phase::Unknown),
];

fn read_stage(table: Table) -> Option<Stage> {
    let table = table.only(&["phase", "days"]);
    let phase = table.word("phase", &PHASES)?;
    let Some(item) = table.get("days") else {
        let days = match phase {
            Phase::AfterBirth => Days::new(0, Days::LAST_AFTER_BIRTH)?,
            Phase::PeriodLate => Days::new(0, 90)?,
            Phase::Pregnant | Phase::Neither | Phase::Unknown => Stage::UNKNOWN.days,
        };
        return Some(Stage { phase, days });
    };
    let numbers: Vec<u16> = item
        .list()?
        .iter()
        .filter_map(|item| item.number(0..65536))
        .filter_map(|number| u16::try_from(number.value).ok())
        .collect();
    let days = match *numbers.as_slice() {
        [lo, hi] => Days::new(lo, hi),
        _ => None,
    };
    if days.is_none() {
        let message = "these are not a first and a last day";
        table.sink().add(item.at.fault(
            FaultKind::WrongValue,
            message,
            "write for example days = [140, 195]",
        ));
    }
    days.map(|days| Stage { phase, days })
}

const SCREEN_KEYS: [&str; 9] = [
    "id", "kind", "role", "tier", "check", "numbered", "columns", "no_none", "choices",
];

const ROLES: [(&str, ScreenRole); 6] = [
    ("danger", ScreenRole::Danger),
    ("stage", ScreenRole::Stage),
    ("branch", ScreenRole::Branch),
    ("detail", ScreenRole::Detail),
    ("causes", ScreenRole::Causes),
    ("fit", ScreenRole::Fit),
];

fn read_screen(table: Table, draft: &mut Draft) -> Option<Screen> {
    let table = table.only(&SCREEN_KEYS);
    let id = table.need_text("id")?;
    if !draft.name(Name::Screen, &id, table.sink()) {
        return None;
    }
    draft.mark(Mark::Screen(ScreenId::from(&*id.value)), &id.at);
    let kind = table.word(
        "kind",
        &[
            ("pick_one", ScreenKind::PickOne),
            ("pick_many", ScreenKind::PickMany),
        ],
    );
    let role = table.word("role", &ROLES);
    let tier = read_tier(&table, role);
    let choices = read_screen_choices(&table, draft);
    Some(Screen {
        id: ScreenId::from(&*id.value),
        kind: kind?,
        role: role?,
        tier,
        check: table.flag("check"),
        numbered: table.flag("numbered"),
        columns: u8::try_from(table.number("columns", 1, 1..3)).unwrap_or(1),
        none: !table.flag("no_none"),
        choices,
    })
}

fn read_tier(table: &Table, role: Option<ScreenRole>) -> Option<Level> {
    let levels = Level::ALL.map(|level| (level.word(), level));
    match (role, table.get("tier")) {
        (Some(ScreenRole::Danger), _) => table.word("tier", &levels),
        (Some(_), Some(item)) => {
            let message = "only a danger screen has a tier";
            table.sink().add(
                item.at
                    .fault(FaultKind::WrongValue, message, "take the tier away"),
            );
            None
        }
        _ => None,
    }
}

fn read_screen_choices(table: &Table, draft: &mut Draft) -> Vec<Choice> {
    let names = table
        .need("choices")
        .and_then(|item| item.list())
        .unwrap_or_default();
    let mut choices: Vec<Choice> = Vec::new();
    for name in names.iter().filter_map(|item| item.text()) {
        if choices.iter().any(|choice| choice.id.as_str() == &*name.value) {
            table.sink().add(name.at.fault(
                FaultKind::Duplicate,
                format!("the choice \"{}\" stands twice on this screen", name.value),
                "take one away",
            ));
            continue;
        }
        draft.refer(Name::Choice, &name);
        choices.extend(
            draft
                .choices
                .iter()
                .find(|choice| choice.id.as_str() == &*name.value)
                .cloned(),
        );
    }
    choices
}
