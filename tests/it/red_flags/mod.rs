//! The red-flag table, written by hand from the clinical table and not from `red_flags.toml`: which facts, at which
//! stages, must come to which level at the least; what *not sure* about them comes to; what must stay calm; and that
//! more facts or more doubt never make an answer less urgent.

mod monotone;
mod table;

use nightease::content::{Phase, Stage};
use serde_json::{Map, Value as Json, json};

use crate::shared::{assessed, level, rank, stage, stages};

use table::{Row, UNSURE, YES};

fn stage_of(name: &str) -> Stage {
    let all = stages();
    all.iter().find(|(known, _)| *known == name).unwrap().1
}

fn facts(text: &str, value: &Json) -> Json {
    let pairs = text.split_whitespace().map(|fact| match fact.split_once('=') {
        Some((name, word)) if value.as_bool() == Some(true) => (name.to_owned(), json!(word)),
        Some((name, _)) => (name.to_owned(), value.clone()),
        None => (fact.to_owned(), value.clone()),
    });
    Json::Object(pairs.collect::<Map<_, _>>())
}

fn below(rows: &[Row], value: &Json) -> Vec<String> {
    let mut wrong = Vec::new();
    for (rule, told, topics, stages, least) in rows {
        for (topic, name) in topics
            .iter()
            .flat_map(|topic| stages.iter().map(move |name| (topic, name)))
        {
            let answer = assessed(*topic, stage_of(name), &facts(told, value), "no");
            if rank(level(&answer)) < rank(least) {
                wrong.push(format!(
                    "{rule}: {told} at {name} on {topic:?}: {} instead of {least}",
                    level(&answer)
                ));
            }
        }
    }
    wrong
}

#[test]
fn every_row_of_the_table_reaches_its_level() {
    let wrong = below(YES, &json!(true));
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn not_sure_about_a_row_is_never_below_the_same_day() {
    let wrong = below(UNSURE, &json!("unsure"));
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_row_that_these_topics_can_reach_is_in_the_tables() {
    // R31, R54, R55 and R60 are asked on the back topics only, which are not there yet.
    let waiting = ["R31", "R54", "R55", "R60"];
    let numbers = (1..=14).chain(20..=40).chain(50..=61);
    for rule in numbers.map(|number| format!("R{number:02}")) {
        for (table, rows) in [("yes", YES), ("not sure", UNSURE)] {
            let there = rows.iter().any(|(known, ..)| *known == rule);
            // The signs of R40 are those of R24.
            let merged = table == "not sure" && rule == "R40";
            assert!(
                there || merged || waiting.contains(&rule.as_str()),
                "{rule}, {table}"
            );
        }
    }
}

#[test]
fn outside_its_window_a_row_does_not_speak() {
    // facts, stage, the level exactly, on cramps
    let outside = [
        ("baby_moving_less", "weeks_13_to_19", "SELF_CARE"),
        ("fall_or_injury", "under_13_weeks", "SELF_CARE"),
        ("pelvic_pressure_or_show", "under_13_weeks", "SELF_CARE"),
        ("severe_headache", "weeks_13_to_19", "SELF_CARE"),
        ("severe_headache", "after_6_to_12_weeks", "SELF_CARE"),
        ("headache_worse_sitting_up", "after_6_to_12_weeks", "SELF_CARE"),
        // merged with the headache of R27 on its button, and so one level more
        ("headache_worse_sitting_up", "after_2_to_6_weeks", "GO_NOW"),
        ("one_sided_low_tummy_pain", "weeks_13_to_19", "SELF_CARE"),
        ("upper_tummy_pain", "after_6_to_12_weeks", "SAME_DAY"),
        ("fever", "after_6_to_12_weeks", "SAME_DAY"),
        ("vaginal_bleeding=spotting", "under_13_weeks", "SAME_DAY"),
        ("epidural_or_spinal", "after_0_to_2_weeks", "SELF_CARE"),
    ];
    for (told, name, expected) in outside {
        let answer = assessed(
            Some("leg_cramps"),
            stage_of(name),
            &facts(told, &json!(true)),
            "no",
        );
        assert_eq!(level(&answer), expected, "{told} at {name}");
    }
}

#[test]
fn a_band_that_crosses_an_edge_takes_the_wider_rule() {
    let crossing = [
        ("baby_moving_less", stage(Phase::Pregnant, 135, 141), "GO_NOW"),
        ("baby_moving_less", stage(Phase::Pregnant, 135, 139), "SELF_CARE"),
        ("urge_to_push", stage(Phase::Pregnant, 100, 112), "EMERGENCY"),
        (
            "vaginal_bleeding=spotting",
            stage(Phase::Pregnant, 90, 91),
            "GO_NOW",
        ),
        (
            "vaginal_bleeding=spotting",
            stage(Phase::Pregnant, 90, 90),
            "SAME_DAY",
        ),
        ("neck_stiff", stage(Phase::AfterBirth, 13, 20), "GO_NOW"),
        ("fever", stage(Phase::AfterBirth, 41, 60), "GO_NOW"),
        ("fever", stage(Phase::AfterBirth, 42, 60), "SAME_DAY"),
        // longer than any pregnancy or time after birth that is counted here
        ("baby_moving_less", stage(Phase::Pregnant, 310, 320), "GO_NOW"),
        (
            "heavy_bleeding_after_birth",
            stage(Phase::AfterBirth, 300, 400),
            "EMERGENCY",
        ),
        ("shoulder_tip_pain", Stage::UNKNOWN, "EMERGENCY"),
        ("neck_stiff", Stage::UNKNOWN, "GO_NOW"),
    ];
    for (told, at, expected) in crossing {
        let answer = assessed(Some("leg_cramps"), at, &facts(told, &json!(true)), "no");
        assert_eq!(level(&answer), expected, "{told} at {at:?}");
    }
}

#[test]
fn what_is_benign_stays_calm() {
    let calm = [
        ("", "SELF_CARE"),
        (
            "calf_or_leg_pain_one_side sudden_hard_muscle_knot cramp_eases_with_stretch",
            "SELF_CARE",
        ),
        ("calf_or_leg_pain_one_side", "SELF_CARE"),
        ("sudden_hard_muscle_knot sore_next_day", "SELF_CARE"),
        ("sore_next_day", "SELF_CARE"),
        ("leg_swelling_both", "SELF_CARE"),
        (
            "leg_swelling_both heavy_aching_legs_evening eases_with_feet_up",
            "SELF_CARE",
        ),
        ("varicose_veins", "SELF_CARE"),
        ("stood_or_walked_a_lot very_tired", "SELF_CARE"),
        ("low_fluid_intake hot_day_or_sweating", "SELF_CARE"),
        ("cold_room_or_feet tight_bedding_or_pointed_toes", "SELF_CARE"),
        ("lies_on_back", "SELF_CARE"),
        ("takes_kelp_or_seaweed", "SELF_CARE"),
        ("vomiting", "SELF_CARE"),
        // a heart that races with nothing beside it, and stress leaks alone, are no rule of the table
        ("fast_heartbeat", "SELF_CARE"),
        ("new_leak_urine_or_stool", "SELF_CARE"),
        ("urge_to_move_legs relief_by_walking", "ROUTINE"),
        ("urge_to_move_legs", "ROUTINE"),
    ];
    for (name, at) in stages().into_iter().filter(|(name, _)| *name != "neither") {
        for (told, expected) in calm {
            let answer = assessed(Some("leg_cramps"), at, &facts(told, &json!(true)), "no");
            assert_eq!(level(&answer), expected, "{told} at {name}: {}", answer["rules"]);
        }
    }
}

#[test]
fn neither_is_out_of_scope_unless_a_red_flag_fires() {
    let neither = stage_of("neither");
    for (told, expected) in [
        ("", "OUT_OF_SCOPE"),
        ("urge_to_move_legs", "OUT_OF_SCOPE"),
        ("fit_or_seizure", "EMERGENCY"),
        ("leg_swelling_one_side", "GO_NOW"),
    ] {
        let answer = assessed(Some("leg_cramps"), neither, &facts(told, &json!(true)), "no");
        assert_eq!(level(&answer), expected, "{told}");
    }
}

#[test]
fn more_bleeding_is_never_less_urgent() {
    for (name, at) in stages() {
        for beside in [
            "",
            "one_sided_low_tummy_pain",
            "tummy_pain_constant_severe",
            "fever",
        ] {
            let mut before = 0;
            for word in [
                json!(false),
                json!("unsure"),
                json!("spotting"),
                json!("moderate"),
                json!("heavy"),
            ] {
                let mut told = facts(beside, &json!(true));
                told["vaginal_bleeding"] = word.clone();
                let answer = assessed(Some("leg_cramps"), at, &told, "no");
                assert!(rank(level(&answer)) >= before, "{word} {beside} at {name}");
                before = rank(level(&answer));
            }
        }
    }
}

/// A fact told by itself is told as itself, though a merged button stands for it too.
#[test]
fn the_phone_is_told_what_she_said() {
    for (told, name, words) in [
        (
            "baby_moving_less",
            "weeks_28_to_36",
            "I need my baby checked now.",
        ),
        (
            "vaginal_bleeding=spotting",
            "weeks_20_to_27",
            "I need a check for the bleeding.",
        ),
        (
            "neck_stiff",
            "after_0_to_2_weeks",
            "I need a check of my headache.",
        ),
        (
            "severe_headache",
            "weeks_28_to_36",
            "I need my blood pressure and my pee checked now.",
        ),
        ("sign_baby_or_birth", "weeks_28_to_36", "I need a check now."),
        (
            "leg_swelling_one_side",
            "weeks_28_to_36",
            "I need a check for a clot today.",
        ),
        (
            "one_sided_low_tummy_pain",
            "under_13_weeks",
            "pain at the shoulder tip: call your emergency number.",
        ),
        (
            "vaginal_bleeding=spotting",
            "under_13_weeks",
            "pain at the shoulder tip: call your emergency number.",
        ),
    ] {
        let answer = assessed(
            Some("leg_cramps"),
            stage_of(name),
            &facts(told, &json!(true)),
            "no",
        );
        let text = answer["text"].as_str().unwrap();
        assert!(text.contains(words), "{told} at {name}:\n{text}");
    }
}
