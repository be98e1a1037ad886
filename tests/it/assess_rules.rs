//! The rules that no button reaches, because a button stands for several signs: told as facts, they hold too.
//!
//! The levels are those of the clinical reference, sections 2.1 to 2.3; a doubt is one level lower.

use nightease::content::Content;
use nightease::conversation::Surroundings;
use nightease::terminal::assess::answer_line;
use serde_json::Value as Json;

use crate::transcripts_complete::ONLY_TOLD;

const PREGNANT_25: &str = r#"{"phase":"pregnant","days":[140,195]}"#;
const AFTER_1: &str = r#"{"phase":"after_birth","days":[0,13]}"#;
const AFTER_9: &str = r#"{"phase":"after_birth","days":[42,83]}"#;
const LEGS: &str = "leg_cramps";
const WRONG: &str = "something_feels_wrong";
const FOOT: &str = "leg_or_foot_pain";
const BACK: &str = "back_pain_in_pregnancy";
const AFTER: &str = "back_pain_after_birth";

/// Rule, topic, stage, findings, level.
const CASES: [(&str, &str, &str, &str, &str); 47] = [
    (
        "R01",
        LEGS,
        PREGNANT_25,
        r#"{"breathless":true,"chest_pain":true}"#,
        "EMERGENCY",
    ),
    (
        "R01",
        LEGS,
        AFTER_1,
        r#"{"breathless":true,"leg_swelling_one_side":true}"#,
        "EMERGENCY",
    ),
    (
        "R01",
        WRONG,
        AFTER_1,
        r#"{"breathless":true,"fast_heartbeat":true}"#,
        "EMERGENCY",
    ),
    (
        "R01",
        LEGS,
        PREGNANT_25,
        r#"{"coughing_blood":true}"#,
        "EMERGENCY",
    ),
    (
        "R01",
        LEGS,
        PREGNANT_25,
        r#"{"chest_pain_worse_breathing_in":true}"#,
        "EMERGENCY",
    ),
    ("R02", LEGS, PREGNANT_25, r#"{"chest_pain":true}"#, "EMERGENCY"),
    (
        "R02",
        WRONG,
        AFTER_1,
        r#"{"tearing_chest_or_upper_back_pain":true}"#,
        "EMERGENCY",
    ),
    ("R02?", LEGS, PREGNANT_25, r#"{"chest_pain":"unsure"}"#, "GO_NOW"),
    (
        "R02?",
        WRONG,
        AFTER_1,
        r#"{"tearing_chest_or_upper_back_pain":"unsure"}"#,
        "GO_NOW",
    ),
    ("R06", WRONG, PREGNANT_25, r#"{"urge_to_push":true}"#, "EMERGENCY"),
    ("R06", LEGS, PREGNANT_25, r#"{"urge_to_push":true}"#, "EMERGENCY"),
    (
        "R06?",
        WRONG,
        PREGNANT_25,
        r#"{"urge_to_push":"unsure"}"#,
        "GO_NOW",
    ),
    (
        "R21",
        LEGS,
        AFTER_1,
        r#"{"groin_or_thigh_pain_one_side":true,"whole_leg_swollen":true}"#,
        "GO_NOW",
    ),
    (
        "R21",
        LEGS,
        PREGNANT_25,
        r#"{"groin_or_thigh_pain_one_side":true,"leg_pain_constant":true}"#,
        "GO_NOW",
    ),
    (
        "R21",
        WRONG,
        PREGNANT_25,
        r#"{"groin_or_thigh_pain_one_side":true,"leg_swelling_one_side":true}"#,
        "GO_NOW",
    ),
    (
        "R21?",
        LEGS,
        PREGNANT_25,
        r#"{"groin_or_thigh_pain_one_side":true,"leg_pain_constant":"unsure"}"#,
        "SAME_DAY",
    ),
    (
        "R33",
        WRONG,
        PREGNANT_25,
        r#"{"pain_in_waves_to_groin":true}"#,
        "GO_NOW",
    ),
    (
        "R33",
        LEGS,
        AFTER_1,
        r#"{"pain_in_waves_to_groin":true}"#,
        "GO_NOW",
    ),
    (
        "R33?",
        WRONG,
        AFTER_1,
        r#"{"pain_in_waves_to_groin":"unsure"}"#,
        "SAME_DAY",
    ),
    (
        "E9",
        LEGS,
        PREGNANT_25,
        r#"{"pain_down_both_legs":true}"#,
        "SAME_DAY",
    ),
    ("E9", LEGS, AFTER_1, r#"{"pain_down_both_legs":true}"#, "SAME_DAY"),
    (
        "E9?",
        LEGS,
        PREGNANT_25,
        r#"{"pain_down_both_legs":"unsure"}"#,
        "SAME_DAY",
    ),
    (
        "R57",
        LEGS,
        PREGNANT_25,
        r#"{"cannot_bear_weight":true}"#,
        "SAME_DAY",
    ),
    ("R57", LEGS, AFTER_1, r#"{"cannot_bear_weight":true}"#, "SAME_DAY"),
    (
        "R57?",
        LEGS,
        PREGNANT_25,
        r#"{"cannot_bear_weight":"unsure"}"#,
        "SAME_DAY",
    ),
    ("R01", FOOT, AFTER_1, r#"{"coughing_blood":true}"#, "EMERGENCY"),
    (
        "R02",
        BACK,
        PREGNANT_25,
        r#"{"tearing_chest_or_upper_back_pain":true}"#,
        "EMERGENCY",
    ),
    ("R02?", AFTER, AFTER_1, r#"{"chest_pain":"unsure"}"#, "GO_NOW"),
    ("R06", BACK, PREGNANT_25, r#"{"urge_to_push":true}"#, "EMERGENCY"),
    (
        "R06?",
        BACK,
        PREGNANT_25,
        r#"{"urge_to_push":"unsure"}"#,
        "GO_NOW",
    ),
    (
        "R21",
        FOOT,
        PREGNANT_25,
        r#"{"groin_or_thigh_pain_one_side":true,"whole_leg_swollen":true}"#,
        "GO_NOW",
    ),
    (
        "R21",
        AFTER,
        AFTER_1,
        r#"{"groin_or_thigh_pain_one_side":true,"leg_pain_constant":true}"#,
        "GO_NOW",
    ),
    ("E10", BACK, PREGNANT_25, r#"{"hard_red_vein":true}"#, "GO_NOW"),
    ("E10", AFTER, AFTER_1, r#"{"hard_red_vein":true}"#, "GO_NOW"),
    (
        "R33",
        BACK,
        PREGNANT_25,
        r#"{"pain_in_waves_to_groin":true}"#,
        "GO_NOW",
    ),
    (
        "R33",
        AFTER,
        AFTER_1,
        r#"{"pain_in_waves_to_groin":true}"#,
        "GO_NOW",
    ),
    (
        "R33?",
        BACK,
        PREGNANT_25,
        r#"{"pain_in_waves_to_groin":"unsure"}"#,
        "SAME_DAY",
    ),
    ("E9", FOOT, AFTER_1, r#"{"pain_down_both_legs":true}"#, "SAME_DAY"),
    (
        "E9",
        BACK,
        PREGNANT_25,
        r#"{"pain_down_both_legs":true}"#,
        "SAME_DAY",
    ),
    (
        "E9?",
        AFTER,
        AFTER_1,
        r#"{"pain_down_both_legs":"unsure"}"#,
        "SAME_DAY",
    ),
    (
        "R55",
        BACK,
        PREGNANT_25,
        r#"{"pain_constant_not_eased_by_position":true,"pain_duration_days":14}"#,
        "SAME_DAY",
    ),
    (
        "R55",
        AFTER,
        AFTER_1,
        r#"{"pain_constant_not_eased_by_position":true,"pain_duration_days":20}"#,
        "SAME_DAY",
    ),
    (
        "R57",
        FOOT,
        PREGNANT_25,
        r#"{"cannot_bear_weight":true}"#,
        "SAME_DAY",
    ),
    (
        "R57",
        BACK,
        PREGNANT_25,
        r#"{"cannot_bear_weight":true}"#,
        "SAME_DAY",
    ),
    (
        "R57?",
        AFTER,
        AFTER_1,
        r#"{"cannot_bear_weight":"unsure"}"#,
        "SAME_DAY",
    ),
    ("N4", AFTER, AFTER_9, r#"{"pain_duration_days":50}"#, "ROUTINE"),
    ("N4", BACK, PREGNANT_25, r#"{"pain_duration_days":42}"#, "ROUTINE"),
];

fn around() -> Surroundings {
    Surroundings {
        now: "2026-11-22T03:10:00Z".parse().unwrap(),
        time_zone: None,
        country: None,
        private_link: None,
    }
}

#[test]
fn every_rule_that_no_button_reaches_holds_for_told_facts() {
    let content = Content::embedded().unwrap();
    let mut wrong = Vec::new();
    for (rule, topic, stage, findings, level) in CASES {
        let line = format!(
            r#"{{"id":"1","topic":"{topic}","stage":{stage},"findings":{findings},"unlisted":"no"}}"#
        );
        let answer = answer_line(&content, &around(), &line);
        let fires = answer["rules"]
            .as_array()
            .is_some_and(|rules| rules.contains(&Json::from(rule)));
        if !fires || answer["level"] != level {
            wrong.push(format!(
                "{line}\n  expected {rule} {level}, found {} {}",
                answer["rules"], answer["level"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (rule, _) in ONLY_TOLD {
        assert!(
            CASES.iter().any(|(known, ..)| *known == rule),
            "{rule} has no case"
        );
    }
}
