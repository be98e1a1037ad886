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
        Some((name, word)) if value.as_bool() == Some(true) => {
            let number = word.parse::<u32>().map(|number| json!(number));
            (name.to_owned(), number.unwrap_or_else(|_| json!(word)))
        }
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
fn every_row_of_the_clinical_table_is_in_the_tables() {
    let numbers = (1..=14).chain(20..=40).chain(50..=61);
    for rule in numbers.map(|number| format!("R{number:02}")) {
        for (table, rows) in [("yes", YES), ("not sure", UNSURE)] {
            let there = rows.iter().any(|(known, ..)| *known == rule);
            // The signs of R40 are those of R24.
            let merged = table == "not sure" && rule == "R40";
            assert!(there || merged, "{rule}, {table}");
        }
    }
}

const CRAMPS: &str = "leg_cramps";
const LEG: &str = "leg_or_foot_pain";
const PREGNANT_BACK: &str = "back_pain_in_pregnancy";
const AFTER_BACK: &str = "back_pain_after_birth";

/// Facts, topic, stage, the level exactly.
#[rustfmt::skip]
const OUTSIDE: &[(&str, &str, &str, &str)] = &[
    ("baby_moving_less", CRAMPS, "weeks_13_to_19", "SELF_CARE"),
    ("baby_moving_less", LEG, "weeks_13_to_19", "SELF_CARE"),
    ("baby_moving_less", PREGNANT_BACK, "weeks_13_to_19", "SELF_CARE"),
    ("fall_or_injury", CRAMPS, "under_13_weeks", "SELF_CARE"),
    ("fall_or_injury", PREGNANT_BACK, "under_13_weeks", "SELF_CARE"),
    ("pelvic_pressure_or_show", CRAMPS, "under_13_weeks", "SELF_CARE"),
    ("pelvic_pressure_or_show", PREGNANT_BACK, "under_13_weeks", "SELF_CARE"),
    // at term pressure is expected
    ("pelvic_pressure_or_show", PREGNANT_BACK, "weeks_37_or_more", "SELF_CARE"),
    ("severe_headache", CRAMPS, "weeks_13_to_19", "SELF_CARE"),
    ("severe_headache", CRAMPS, "after_6_to_12_weeks", "SELF_CARE"),
    ("severe_headache", LEG, "after_6_to_12_weeks", "SELF_CARE"),
    ("vision_changes", PREGNANT_BACK, "weeks_13_to_19", "SELF_CARE"),
    ("severe_headache", AFTER_BACK, "after_3_to_6_months", "SELF_CARE"),
    ("headache_worse_sitting_up", CRAMPS, "after_6_to_12_weeks", "SELF_CARE"),
    ("neck_stiff", AFTER_BACK, "after_6_to_12_weeks", "SELF_CARE"),
    // merged with the headache of R27 on its button, and so one level more
    ("headache_worse_sitting_up", CRAMPS, "after_2_to_6_weeks", "GO_NOW"),
    ("one_sided_low_tummy_pain", CRAMPS, "weeks_13_to_19", "SELF_CARE"),
    ("one_sided_low_tummy_pain", PREGNANT_BACK, "weeks_13_to_19", "SELF_CARE"),
    ("right_low_tummy_pain", AFTER_BACK, "after_2_to_6_weeks", "SELF_CARE"),
    ("upper_tummy_pain", CRAMPS, "after_6_to_12_weeks", "SAME_DAY"),
    ("upper_tummy_pain", PREGNANT_BACK, "weeks_13_to_19", "SAME_DAY"),
    ("upper_tummy_pain", AFTER_BACK, "after_3_to_6_months", "SAME_DAY"),
    ("fever", CRAMPS, "after_6_to_12_weeks", "SAME_DAY"),
    ("fever", LEG, "after_3_to_6_months", "SAME_DAY"),
    ("vaginal_bleeding=spotting", CRAMPS, "under_13_weeks", "SAME_DAY"),
    ("vaginal_bleeding=spotting", PREGNANT_BACK, "period_late", "SAME_DAY"),
    ("epidural_or_spinal", CRAMPS, "after_0_to_2_weeks", "SELF_CARE"),
    ("epidural_or_spinal", AFTER_BACK, "after_0_to_2_weeks", "SELF_CARE"),
    ("sign_needle_spot epidural_or_spinal", AFTER_BACK, "after_0_to_2_weeks", "SELF_CARE"),
    ("back_pain_worse_at_injection_site", AFTER_BACK, "after_6_to_12_weeks", "SELF_CARE"),
    ("epidural_site_red_or_oozing", AFTER_BACK, "after_3_to_6_months", "SELF_CARE"),
    ("smelly_discharge_after_birth", AFTER_BACK, "after_6_to_12_weeks", "SELF_CARE"),
    // a broken bone of the spine is looked for from 28 weeks on
    ("sudden_back_pain_after_small_strain pain_score=8", PREGNANT_BACK, "weeks_20_to_27", "SELF_CARE"),
    ("pain_on_tapping_spine", PREGNANT_BACK, "under_13_weeks", "SELF_CARE"),
    // rows of other topics
    ("pain_constant_not_eased_by_position night_sweats", LEG, "weeks_28_to_36", "SELF_CARE"),
    ("pain_constant_not_eased_by_position", CRAMPS, "after_2_to_6_weeks", "SELF_CARE"),
    ("cancer_history", LEG, "weeks_28_to_36", "SELF_CARE"),
    ("weight_loss_unexplained", CRAMPS, "after_2_to_6_weeks", "SELF_CARE"),
    ("sudden_back_pain_after_small_strain", LEG, "after_2_to_6_weeks", "SELF_CARE"),
    ("on_statin", LEG, "weeks_28_to_36", "SELF_CARE"),
    ("hand_spasms", LEG, "weeks_28_to_36", "SELF_CARE"),
    ("tingling_round_mouth", PREGNANT_BACK, "weeks_28_to_36", "SELF_CARE"),
    ("hard_red_vein", LEG, "weeks_28_to_36", "SAME_DAY"),
    ("urge_to_move_legs", PREGNANT_BACK, "weeks_28_to_36", "SELF_CARE"),
    ("cramp_nights_per_week=7", LEG, "weeks_28_to_36", "SELF_CARE"),
    ("pain_duration_days=60", LEG, "weeks_28_to_36", "SELF_CARE"),
    // long pain is a visit, and no more
    ("pain_duration_days=41", AFTER_BACK, "after_6_to_12_weeks", "SELF_CARE"),
    ("pain_duration_days=42", AFTER_BACK, "after_6_to_12_weeks", "ROUTINE"),
    ("pain_duration_days=60", PREGNANT_BACK, "weeks_28_to_36", "ROUTINE"),
];

#[test]
fn outside_its_window_a_row_does_not_speak() {
    let mut wrong = Vec::new();
    for (told, topic, name, expected) in OUTSIDE {
        let answer = assessed(Some(topic), stage_of(name), &facts(told, &json!(true)), "no");
        if level(&answer) != *expected {
            wrong.push(format!(
                "{told} on {topic} at {name}: {} by {}, not {expected}",
                level(&answer),
                answer["rules"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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

/// Facts that are calm on every topic of pain, at every stage.
#[rustfmt::skip]
const CALM: &[&str] = &[
    "",
    "calf_or_leg_pain_one_side",
    "sudden_hard_muscle_knot cramp_eases_with_stretch calf_or_leg_pain_one_side",
    "sudden_hard_muscle_knot sore_next_day",
    "leg_swelling_both heavy_aching_legs_evening eases_with_feet_up",
    "varicose_veins",
    "stood_or_walked_a_lot very_tired",
    "low_fluid_intake hot_day_or_sweating",
    "cold_room_or_feet tight_bedding_or_pointed_toes",
    "lies_on_back",
    "takes_kelp_or_seaweed",
    // sick in the morning
    "vomiting",
    // a heart that races with nothing beside it, and stress leaks alone, are no rule of the table
    "fast_heartbeat",
    "new_leak_urine_or_stool",
    "peeing_more_often",
    "night_sweats",
    "shoots_below_knee numb_or_tingling_leg",
    "outer_thigh_burning",
    "heel_pain_first_steps foot_arch_ache",
    "ache_both_sides_low_back worse_end_of_day worse_after_standing_or_sitting",
    "eases_with_change_of_position",
    "eases_on_getting_up minutes_to_ease=5",
    "pain_turning_in_bed pain_on_stairs_or_one_leg pain_at_front_of_pelvis buttock_pain",
    "soft_or_sagging_mattress slouching_or_leaning_back high_heels",
    "heavy_lifting fast_weight_gain multiple_pregnancy",
    "previous_back_problem worse_bending_forward",
    "known_spondylolisthesis worse_bending_back",
    "hunched_feeding lifting_baby_badly",
    "morning_stiffness_over_30_min",
    "woken_second_half_of_night",
    "tailbone_pain assisted_birth",
    "cramps_while_feeding breastfeeding caesarean",
    "heavy_exercise_unusual",
    "epidural_or_spinal",
    // what makes a clot likelier is no sign of one
    "previous_clot recent_long_journey recent_bed_rest smoker bmi_30_or_more age_over_35",
];

/// Facts that ask for a visit, on their topics.
const VISIT: &[(&str, &[&str])] = &[
    ("urge_to_move_legs relief_by_walking", &[CRAMPS, LEG]),
    ("urge_to_move_legs", &[CRAMPS, LEG]),
    ("cramp_nights_per_week=7", &[CRAMPS]),
    (
        "morning_stiffness_over_30_min woken_second_half_of_night eases_on_getting_up",
        &[PREGNANT_BACK, AFTER_BACK],
    ),
    ("pain_duration_days=50", &[PREGNANT_BACK, AFTER_BACK]),
];

#[test]
fn what_is_benign_stays_calm() {
    let pains = [CRAMPS, LEG, PREGNANT_BACK, AFTER_BACK];
    let calm = CALM.iter().map(|told| (told, "SELF_CARE", pains.as_slice()));
    let visit = VISIT.iter().map(|(told, topics)| (told, "ROUTINE", *topics));
    let rows: Vec<_> = calm.chain(visit).collect();
    for (name, at) in stages().into_iter().filter(|(name, _)| *name != "neither") {
        for (told, expected, topics) in &rows {
            for topic in *topics {
                let answer = assessed(Some(topic), at, &facts(told, &json!(true)), "no");
                assert_eq!(
                    level(&answer),
                    *expected,
                    "{told} on {topic} at {name}: {}",
                    answer["rules"]
                );
            }
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
    let topics = [CRAMPS, LEG, PREGNANT_BACK, AFTER_BACK, "something_feels_wrong"];
    let all = stages();
    let places = topics
        .iter()
        .flat_map(|topic| all.iter().map(move |(name, at)| (topic, name, *at)));
    for (topic, name, at) in places {
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
                let answer = assessed(Some(topic), at, &told, "no");
                assert!(
                    rank(level(&answer)) >= before,
                    "{word} {beside} on {topic} at {name}"
                );
                before = rank(level(&answer));
            }
        }
    }
}

/// A fact told by itself is told as itself, though a merged button stands for it too; and a merged button asks for a
/// check of all that it stands for.
#[test]
fn the_phone_is_told_what_she_said() {
    #[rustfmt::skip]
    let said = [
        (CRAMPS, "baby_moving_less", "weeks_28_to_36", "I need my baby checked now."),
        (CRAMPS, "vaginal_bleeding=spotting", "weeks_20_to_27", "I need a check for the bleeding."),
        (CRAMPS, "neck_stiff", "after_0_to_2_weeks", "I need a check of my headache."),
        (CRAMPS, "severe_headache", "weeks_28_to_36", "I need my blood pressure and my pee checked now."),
        (CRAMPS, "sign_baby_or_birth", "weeks_28_to_36", "I need a check now."),
        (CRAMPS, "leg_swelling_one_side", "weeks_28_to_36", "I need a check for a clot today."),
        (CRAMPS, "one_sided_low_tummy_pain", "under_13_weeks", "pain at the shoulder tip: call your emergency number."),
        (CRAMPS, "vaginal_bleeding=spotting", "under_13_weeks", "pain at the shoulder tip: call your emergency number."),
        (PREGNANT_BACK, "sign_bleed_or_leak", "weeks_37_or_more", "I need a check for blood or a leak."),
        (PREGNANT_BACK, "vaginal_bleeding=spotting", "weeks_37_or_more", "I need a check for the bleeding."),
        (PREGNANT_BACK, "sign_bad_belly_or_rib", "weeks_28_to_36", "I need my belly, my blood pressure and my pee checked now."),
        (PREGNANT_BACK, "sign_fall_or_sudden", "weeks_28_to_36", "I need a check after a fall, or of my spine."),
        (PREGNANT_BACK, "sign_leg_clot", "weeks_28_to_36", "I need a check for a clot today."),
        (PREGNANT_BACK, "flank_pain fever", "weeks_20_to_27", "I need a check for a kidney infection."),
        (AFTER_BACK, "pain_constant_not_eased_by_position night_sweats", "after_2_to_6_weeks", "I need a check for an infection of the spine."),
        (AFTER_BACK, "sign_sudden_or_bone", "after_2_to_6_weeks", "I need someone to look at my spine today."),
        (AFTER_BACK, "sign_needle_spot fever", "after_0_to_2_weeks", "It may come from my epidural. I need a check now."),
        (AFTER_BACK, "sign_cancer_or_weight", "after_2_to_6_weeks", "Because of that, my back needs a check."),
        (LEG, "sign_weak_leg", "weeks_28_to_36", "I need someone to check the nerves of my leg."),
    ];
    for (topic, told, name, words) in said {
        let answer = assessed(Some(topic), stage_of(name), &facts(told, &json!(true)), "no");
        let text = answer["text"].as_str().unwrap();
        assert!(text.contains(words), "{told} on {topic} at {name}:\n{text}");
    }
}

/// A yes leads before a doubt: what she is not sure of is never what the call is for.
#[test]
fn a_doubt_does_not_speak_for_a_yes() {
    let mut told = facts("pain_constant_not_eased_by_position", &json!(true));
    told["fall_or_injury"] = json!("unsure");
    let answer = assessed(Some(PREGNANT_BACK), stage_of("weeks_20_to_27"), &told, "no");
    assert_eq!(level(&answer), "SAME_DAY");
    let text = answer["text"].as_str().unwrap();
    assert!(text.contains("My back needs a check today."), "{text}");
    assert!(!text.contains("after a fall"), "{text}");
}
