//! Hazards: what is named as shown by a test is one, what stands open is told, and the document shows what the file says.

use std::collections::BTreeSet;
use std::path::Path;

use nightease::content::{Content, Evidence, Fault, FaultKind, Files};
use nightease::conversation::{Command, Event};
use nightease::proof::hazards::{Came, Known, hazards, table};
use nightease::proof::report::Property;

use crate::every_state::chat::Chat;
use crate::shared::content;

const HAZARDS: &str = "hazards.toml";

/// All properties hold, as the report would say.
fn properties(broken: &str) -> Vec<Property> {
    let names = (1..=22).map(|number| format!("P{number:02}"));
    names
        .map(|name| Property {
            broken: usize::from(name == broken),
            name: Box::leak(name.into_boxed_str()),
            looked_at: 1,
            by: None,
        })
        .collect()
}

fn open(content: &Content, broken: &str) -> Vec<Fault> {
    let properties = properties(broken);
    hazards(content, &Known::new(&properties, std::iter::empty())).1
}

#[test]
fn each_hazard_is_met_and_each_control_is_for_one() {
    let properties = properties("");
    let (figures, faults) = hazards(content(), &Known::new(&properties, std::iter::empty()));
    assert_eq!(faults, []);
    assert_eq!(figures.open, 0);
    assert!(figures.hazards >= 15 && figures.controls >= 30, "{figures:?}");
    let ids: BTreeSet<&str> = figures.matrix.iter().map(|line| line.id.as_str()).collect();
    for number in 1..=15 {
        assert!(ids.contains(format!("H{number:02}").as_str()), "H{number:02}");
    }
    for line in &figures.matrix {
        let checks = line.controls.values().flatten();
        assert!(
            checks.clone().any(|check| check.came != Came::ByPeople),
            "{}",
            line.id
        );
    }
}

#[test]
fn each_test_that_is_named_is_one() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let named = content().hazards.controls.iter().flat_map(|control| &control.by);
    let mut looked_at = 0;
    for evidence in named {
        let Evidence::Test(file, name) = evidence else {
            continue;
        };
        let text =
            std::fs::read_to_string(tests.join(&**file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let at = text
            .find(&format!("fn {name}("))
            .unwrap_or_else(|| panic!("{name} is not in {file}"));
        let before: Vec<&str> = text[..at].lines().rev().take(3).collect();
        let marked = before
            .iter()
            .any(|line| line.contains("#[test]") || line.contains("#[tokio::test"));
        assert!(marked, "{name} in {file} is no test");
        looked_at += 1;
    }
    assert!(looked_at > 30, "{looked_at}");
}

#[test]
fn a_broken_property_opens_the_hazards_it_stands_for() {
    let faults = open(content(), "P16");
    let told: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    assert_eq!(faults.len(), 2, "{told:?}");
    assert!(
        faults
            .iter()
            .all(|fault| fault.kind == FaultKind::OpenHazard && fault.line > 0)
    );
    assert!(
        told.iter()
            .any(|told| told.contains("P16 does not show that \"stage_unknown_is_wide\""))
    );
    assert!(
        told.iter().any(|told| told.contains("H05 stands open")),
        "{told:?}"
    );
}

#[test]
fn a_failing_vignette_opens_its_hazard() {
    let id = content()
        .vignettes
        .hand_written
        .iter()
        .find(|one| one.id.as_str() == "r08_cannot_pee")
        .unwrap();
    let properties = properties("");
    let (figures, faults) = hazards(content(), &Known::new(&properties, std::iter::once(&id.id)));
    assert_eq!((figures.open, faults.len()), (1, 2), "{faults:?}");
}

/// The shipped files with one piece of `hazards.toml` changed.
fn planted(from: &str, to: &str) -> Result<Content, String> {
    let mut files = Files::embedded();
    let text = String::from_utf8(files.get(HAZARDS).unwrap().to_vec()).unwrap();
    assert!(text.contains(from), "{from}");
    files.put(HAZARDS, text.replacen(from, to, 1).as_bytes());
    Content::load(&files).map_err(|faults| faults.to_string())
}

#[test]
fn what_is_badly_written_is_a_fault_of_form() {
    let control =
        "\n[[control]]\nid = \"idle\"\ntext = \"Nothing.\"\nby = [\"P01\"]\n\n[[hazard]]\nid = \"H01\"";
    for (from, to, told) in [
        (
            "\n[[hazard]]\nid = \"H01\"",
            control,
            "\"idle\" is done against no hazard",
        ),
        (
            "controls = [\"no_rub_on_a_clot\", ",
            "controls = [\"no_rub\", ",
            "there is no control \"no_rub\"",
        ),
        (
            "\"vignette r08_cannot_pee\"",
            "\"vignette r08_canot_pee\"",
            "there is no vignette \"r08_canot_pee\"",
        ),
        (
            "\"form withheld advice\"",
            "\"form witheld advice\"",
            "shows nothing that is known here",
        ),
        ("\"P16\"", "\"P1\"", "\"P1\" shows nothing that is known here"),
        (
            "controls = [\"tokens_known\"]",
            "controls = []",
            "nothing is done against H12",
        ),
        (
            "before = 4\nafter = 2",
            "before = 2\nafter = 4",
            "is likelier with what is done",
        ),
        (
            "\"form missing text\",\n  \"people a second",
            "\"people a first\",\n  \"people a second",
            "nothing that a program runs shows that \"translation_reviewed\" works",
        ),
    ] {
        let faults = planted(from, to)
            .err()
            .unwrap_or_else(|| panic!("{told}: no fault"));
        assert!(faults.contains(told), "{told} is not in {faults}");
        assert!(
            faults.contains("dialogues/hazards.toml:") && faults.contains("mend: "),
            "{faults}"
        );
    }
}

#[test]
fn a_property_that_nobody_looks_at_shows_nothing() {
    let content = planted("\"P16\"", "\"P99\"").unwrap();
    let told = open(&content, "")
        .iter()
        .map(|fault| fault.message.clone())
        .collect::<Vec<_>>();
    assert!(
        told.iter().any(|told| told.starts_with("P99 does not show")),
        "{told:?}"
    );
}

#[test]
fn the_document_shows_the_table() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/safety.md");
    let written = std::fs::read_to_string(file).unwrap_or_default();
    assert!(
        written.contains(&table(content())),
        "docs/safety.md is old: put in the place of its two tables what this prints: cargo run --release -- check --hazards"
    );
}

#[test]
fn the_bot_says_that_nobody_has_signed() {
    let mut chat = Chat::new(content());
    chat.hear(Event::Command(Command::About));
    assert!(
        chat.text().contains("No midwife or doctor has signed it yet."),
        "{}",
        chat.text()
    );
    let unsigned = content()
        .vignettes
        .hand_written
        .iter()
        .all(|one| one.signed.is_none());
    assert!(unsigned, "somebody has signed: /about and Why must say who");
}
