//! `hazards.toml`: hazards, controls, and what shows that these work.

use std::sync::Arc;

use super::vignettes::spot;
use super::walk::Table;
use crate::content::draft::{Draft, Name};
use crate::content::fault::{FaultKind, Marked, did_you_mean};
use crate::content::hazard::{Control, Evidence, Hazard};
use crate::content::id::VignetteId;

pub(super) fn read(root: &Table, draft: &mut Draft) {
    let root = root.clone().only(&["schema", "control", "hazard"]);
    root.schema_is_one();
    for table in root.tables("control") {
        let control = read_control(table.only(&["id", "text", "by"]), draft);
        draft.hazards.controls.extend(control);
    }
    for table in root.tables("hazard") {
        let keys = ["id", "text", "severity", "before", "after", "controls"];
        let hazard = read_hazard(table.only(&keys), draft);
        draft.hazards.hazards.extend(hazard);
    }
}

fn read_control(table: Table, draft: &mut Draft) -> Option<Control> {
    let id = table.need_text("id")?;
    let fresh = draft.name(Name::Control, &id, table.sink());
    let text = table.need_text("text")?;
    table.need("by")?;
    let written = table.texts("by");
    let by: Vec<Evidence> = written
        .iter()
        .filter_map(|one| evidence(one, &table, draft))
        .collect();
    if by.iter().all(|one| matches!(one, Evidence::People(_))) && by.len() == written.len() {
        table.sink().add(id.at.fault(
            FaultKind::OpenHazard,
            format!("nothing that a program runs shows that \"{}\" works", id.value),
            "name a property, a vignette, a check of form or a test in by = […]",
        ));
    }
    fresh.then_some(Control {
        id: id.value,
        text: text.value,
        by,
        at: spot(&id.at),
    })
}

const FORMS: &str =
    "write \"P05\", \"vignette ID\", \"form SORT OF FAULT\", \"test FILE NAME\" or \"people WHAT THEY DO\"";

fn evidence(written: &Marked<Arc<str>>, table: &Table, draft: &mut Draft) -> Option<Evidence> {
    let (word, rest) = written.value.split_once(' ').unwrap_or((&written.value, ""));
    let digits = word
        .strip_prefix('P')
        .filter(|digits| digits.len() == 2 && digits.bytes().all(|one| one.is_ascii_digit()));
    let found = match (word, rest) {
        (_, "") if digits.is_some() => Some(Evidence::Property(Arc::clone(&written.value))),
        ("vignette", id) if !id.is_empty() => {
            let name = Marked {
                value: Arc::from(id),
                at: written.at.clone(),
            };
            draft.refer(Name::Vignette, &name);
            Some(Evidence::Vignette(VignetteId::from(id)))
        }
        ("form", words) => {
            let kind = FaultKind::ALL.into_iter().find(|kind| kind.words() == words);
            kind.map(Evidence::Form)
        }
        ("test", rest) => rest
            .split_once(' ')
            .filter(|(file, name)| file.ends_with(".rs") && !name.contains(' '))
            .map(|(file, name)| Evidence::Test(Arc::from(file), Arc::from(name))),
        ("people", text) if !text.is_empty() => Some(Evidence::People(Arc::from(text))),
        _ => None,
    };
    if found.is_none() {
        let message = format!("\"{}\" shows nothing that is known here", written.value);
        let kinds = FaultKind::ALL.into_iter().map(FaultKind::words);
        let cure = if word == "form" {
            did_you_mean(rest, kinds, FORMS)
        } else {
            FORMS.to_owned()
        };
        table
            .sink()
            .add(written.at.fault(FaultKind::WrongValue, message, cure));
    }
    found
}

fn read_hazard(table: Table, draft: &mut Draft) -> Option<Hazard> {
    let id = table.need_text("id")?;
    let fresh = draft.name(Name::Hazard, &id, table.sink());
    let text = table.need_text("text")?;
    let number = |key: &str| {
        table.need(key);
        u8::try_from(table.number(key, 1, 1..6)).unwrap_or(1)
    };
    let (severity, before, after) = (number("severity"), number("before"), number("after"));
    let controls = table.texts("controls");
    if controls.is_empty() {
        table.sink().add(id.at.fault(
            FaultKind::OpenHazard,
            format!("nothing is done against {}", id.value),
            "name what is done in controls = […], and write it as a [[control]]",
        ));
    }
    if after > before {
        table.sink().add(id.at.fault(
            FaultKind::WrongValue,
            format!("{} is likelier with what is done than without", id.value),
            "write the likelihood without anything into before, and with all of it into after",
        ));
    }
    for control in &controls {
        draft.refer(Name::Control, control);
    }
    fresh.then_some(Hazard {
        id: id.value,
        text: text.value,
        severity,
        before,
        after,
        controls: controls.into_iter().map(|name| name.value).collect(),
        at: spot(&id.at),
    })
}

/// A control that no hazard asks for.
pub(super) fn unused_controls(draft: &Draft, sink: &crate::content::fault::Sink) {
    for control in &draft.hazards.controls {
        let asked = |hazard: &Hazard| hazard.controls.contains(&control.id);
        if !draft.hazards.hazards.iter().any(asked) {
            sink.add(control.at.fault(
                FaultKind::OpenHazard,
                format!("\"{}\" is done against no hazard", control.id),
                "name it in the controls of the hazard it is for, or take it away".to_owned(),
            ));
        }
    }
}
