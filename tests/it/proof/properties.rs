//! What must hold on every path holds on the shipped content; and each property finds the one fault that is planted
//! against it in a copy, and names it with the shortest conversation.

use nightease::content::{Content, Files};
use nightease::proof::explore_all;
use nightease::proof::properties::{PROPERTIES, Verdict, verdicts};

use super::explored;
use crate::shared::content;

#[test]
fn every_property_holds_on_the_shipped_content() {
    let all = verdicts(content(), explored());
    assert_eq!(all.len(), PROPERTIES.len());
    for verdict in &all {
        let first = verdict.broken.first().map(|broken| broken.text(content()));
        assert!(
            verdict.holds(),
            "{} times: {}",
            verdict.broken.len(),
            first.unwrap()
        );
        assert!(
            verdict.looked_at > 100,
            "{} was hardly looked at",
            verdict.property
        );
    }
}

/// The shipped files with pieces of text changed; each piece is put in the place of the first that reads so.
pub fn planted(edits: &[(&str, &str, &str)]) -> Content {
    let mut files = Files::embedded();
    for (path, from, to) in edits {
        let text = String::from_utf8(files.get(path).unwrap().to_vec()).unwrap();
        assert!(text.contains(from), "\"{from}\" is not in {path}");
        files.put(path, text.replacen(from, to, 1).as_bytes());
    }
    Content::load(&files).unwrap_or_else(|faults| panic!("a fault of form:\n{faults}"))
}

/// Plants one fault, and expects the property to be broken by a conversation that holds these words.
fn finds(property: &str, edits: &[(&str, &str, &str)], words: &[&str]) {
    let content = planted(edits);
    let all = verdicts(&content, &explore_all(&content).unwrap());
    let found: Vec<&Verdict> = all
        .iter()
        .filter(|verdict| verdict.property == property)
        .collect();
    let [verdict] = found.as_slice() else {
        panic!("{property} is not looked at")
    };
    let text = verdict
        .broken
        .first()
        .unwrap_or_else(|| panic!("{property} found nothing"))
        .text(&content);
    for word in words {
        assert!(text.contains(word), "\"{word}\" is not in\n{text}");
    }
    assert!(
        text.contains("\n   she taps: ") && text.contains("\n   by name:  "),
        "{text}"
    );
}

#[test]
fn p01_finds_a_button_that_is_answered_lower_than_what_it_stands_for() {
    let row = "{ rule = \"E1\", when = \"breathless | sign_chest_or_breath\", level = ";
    finds(
        "P01",
        &[(
            "red_flags.toml",
            &format!("{row}\"EMERGENCY\""),
            &format!("{row}\"GO_NOW\""),
        )],
        &["she ends GO_NOW", "is EMERGENCY", "chosen chest_or_breath"],
    );
}

#[test]
fn p02_finds_doubt_that_is_more_urgent_than_a_yes() {
    let row = "  { rule = \"E4\", when = \"vaginal_bleeding>=moderate\"";
    let more = "  { rule = \"E99\", when = \"vaginal_bleeding>=moderate?\", level = \"EMERGENCY\", stage = [\"pregnant ..13w\"] },\n";
    finds(
        "P02",
        &[("red_flags.toml", row, &format!("{more}{row}"))],
        &["smear_of_blood", "not sure EMERGENCY, yes SAME_DAY"],
    );
}

#[test]
fn p03_finds_an_answer_that_takes_a_level_back() {
    let row = "  { when = \"sign_belly_emergency? | tummy_hard_all_the_time? | tummy_pain_constant_severe?\", level = ";
    finds(
        "P03",
        &[(
            "red_flags.toml",
            &format!("{row}\"GO_NOW\""),
            &format!("{row}\"SAME_DAY\", stage = [\"pregnant\"]"),
        )],
        &["takes SAME_DAY back to SELF_CARE", "stage: chosen after_"],
    );
}

#[test]
fn p04_finds_a_step_that_is_shown_too_early() {
    let step = "id = \"shake_out_position\"\n";
    finds(
        "P04",
        &[("relief.toml", step, &format!("{step}first_aid = true\n"))],
        &["shake_out_position is shown", "chosen weak_leg"],
    );
}

#[test]
fn p05_finds_a_question_before_the_emergencies() {
    finds(
        "P05",
        &[(
            "topics/leg_or_foot_pain.toml",
            "flow = [\"gate\", \"stage\", ",
            "flow = [\"stage\", \"gate\", ",
        )],
        &["stage is asked before gate"],
    );
}

#[test]
fn p06_finds_an_emergency_that_is_asked_late() {
    finds(
        "P06",
        &[
            (
                "screens.toml",
                "  \"thoughts_of_harm\",\n  \"leg_cold\",\n",
                "  \"thoughts_of_harm\",\n",
            ),
            (
                "screens.toml",
                "  \"hard_sore_cord\",\n  \"weak_leg\",\n]",
                "  \"hard_sore_cord\",\n  \"weak_leg\",\n  \"leg_cold\",\n]",
            ),
        ],
        &[
            "leg_cold_or_pale is an emergency and takes 4 taps",
            "chosen at once leg_cold",
        ],
    );
}

#[test]
fn p07_finds_a_step_that_nobody_is_shown() {
    let step = "id = \"shake_out_position\"\n";
    finds(
        "P07",
        &[(
            "relief.toml",
            step,
            &format!("{step}stage = [\"pregnant 12w..14w\"]\n"),
        )],
        &["the step shake_out_position is met on no path"],
    );
}

#[test]
fn p08_finds_a_screen_without_a_way_on() {
    let gate = "id = \"gate\"\nkind = \"pick_one\"\n";
    finds(
        "P08",
        &[("screens.toml", gate, &format!("{gate}no_none = true\n"))],
        &["on gate there is no button for whom nothing fits"],
    );
}

#[test]
fn p09_finds_a_conversation_that_is_too_long() {
    finds(
        "P09",
        &[(
            "topics/back_pain_in_pregnancy.toml",
            "\"waves\", \"body\", \"detail\"",
            "\"waves\", \"body\", \"birth_body\", \"birth_signs\", \"detail\"",
        )],
        &["8 screens, more than 7"],
    );
}

#[test]
fn p10_finds_a_question_that_changes_nothing() {
    let screen = "[[screen]]\nid = \"once_more\"\nkind = \"pick_many\"\nrole = \"danger\"\ntier = \"SAME_DAY\"\nchoices = [\"pills\"]\n\n";
    let before = "# --- What fits: causes. Asked last";
    finds(
        "P10",
        &[
            (
                "topics/leg_cramps.toml",
                "\"legs_body\", \"detail\", ",
                "\"legs_body\", \"once_more\", \"detail\", ",
            ),
            ("screens.toml", before, &format!("{screen}{before}")),
            (
                "text/en/leg_cramps.ftl",
                "screen-legs =",
                "screen-once_more = Once more. Is this true?\n    .why = It is asked again.\n\nscreen-legs =",
            ),
        ],
        &[
            "once_more is asked, and every answer to it comes to the same",
            "chosen pills",
        ],
    );
}

#[test]
fn p16_finds_a_button_that_is_missing_where_the_stage_is_not_known() {
    let button = "sets = [\"sign_baby_or_birth\"]\nstage = [\"pregnant 20w..\"";
    finds(
        "P16",
        &[(
            "screens.toml",
            &format!("{button}, \"unknown\"]"),
            &format!("{button}]"),
        )],
        &["at a wider stage", "stage: not sure"],
    );
}

/// P01 to P22: each has a test named after it, that plants a fault against it or, for P15, looks for one by chance.
#[test]
fn each_property_has_a_test_of_its_own() {
    let mut all = String::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/it"
    ))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                all.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    for number in 1..=22 {
        let found = format!("fn p{number:02}_");
        assert!(all.contains(&found), "P{number:02} has no test of its own");
    }
}
