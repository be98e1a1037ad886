//! D9 to D20.

use nightease::content::{Phase, Value};
use serde_json::json;

use crate::shared::{content, level, listed, rank, stages};

use super::{
    AFTER, BACK, CLOT_QUESTIONS, CRAMPS, LEG, NERVE_QUESTIONS, PAINS, has, her_stages, leaflet, never,
    never_together, on, on_cramps, stages_on, step, steps_of, waits_for, with, words_of,
};

#[test]
fn d9_no_bone_is_blamed() {
    never(&["spur", "spondyl", "osteo", "vertebra"]);
    never_together(&["bone"], &["slip", "loss", "thin", "weak"]);
    // A slip is named only where she says that a doctor told her of one.
    for (key, sentence) in with(&["slip"]) {
        let told = [
            "choice-told_of_a_slip",
            "finding-known_spondylolisthesis",
            "cause-spondylolisthesis",
            "step-physiotherapist_first",
        ];
        assert!(
            told.iter().any(|start| key.starts_with(start)) && !sentence.contains("may have"),
            "{key}: {sentence}"
        );
    }
    for (name, at) in stages_on(AFTER) {
        let pattern = json!({ "eases_on_getting_up": true, "worse_bending_back": true, "age_over_35": true });
        let answer = on(AFTER, at, &pattern);
        let causes = answer["causes"].to_string();
        assert!(
            !causes.contains("spondylolisthesis") && !causes.contains("bone"),
            "{name}: {causes}"
        );
        assert!(
            !listed(&answer, "steps").contains(&"physiotherapist_first"),
            "{name}"
        );
    }
}

/// What the article leaves out is asked before any cause of pain that eases on getting up.
#[test]
fn d9_the_rare_serious_causes_come_first() {
    for (name, at) in stages_on(AFTER) {
        let early = at.days.hi() < 42;
        for (told, least) in [
            ("fever", "GO_NOW"),
            ("sudden_back_pain_after_small_strain", "SAME_DAY"),
            ("heavy_bleeding_after_birth", "EMERGENCY"),
            ("leg_swelling_one_side", "GO_NOW"),
            ("breathless", "EMERGENCY"),
            ("saddle_numbness", "EMERGENCY"),
            ("pain_constant_not_eased_by_position", "SAME_DAY"),
            (
                "back_pain_worse_at_injection_site",
                if early { "GO_NOW" } else { "SELF_CARE" },
            ),
            ("severe_headache", if early { "GO_NOW" } else { "SELF_CARE" }),
            (
                "smelly_discharge_after_birth",
                if early { "GO_NOW" } else { "SELF_CARE" },
            ),
        ] {
            let answer = on(AFTER, at, &json!({ told: true, "eases_on_getting_up": true }));
            assert!(rank(level(&answer)) >= rank(least), "{told} at {name}");
            let calm = rank(level(&answer)) < rank("SAME_DAY");
            assert!(calm || answer["causes"] == json!([]), "{told} at {name}");
        }
        // The commonest look-alike leads to a visit.
        let stiff = json!({ "eases_on_getting_up": true, "woken_second_half_of_night": true, "morning_stiffness_over_30_min": true });
        let answer = on(AFTER, at, &stiff);
        assert_eq!(level(&answer), "ROUTINE", "{name}");
        assert_eq!(answer["causes"][0]["id"], "inflammatory_back_pain", "{name}");
    }
}

#[test]
fn d10_nothing_is_tied_round_the_belly() {
    never(&["belt", "binder", "girdle", "corset"]);
    never_together(&["tie", "wrap", "tight"], &["belly", "bump", "waist"]);
    // A soft support may be tried: low, by day, off if it hurts, and only once it was asked what speaks against it.
    let support: Vec<_> = with(&["support"])
        .into_iter()
        .filter(|(key, _)| !key.contains("shoes"))
        .collect();
    for (key, sentence) in &support {
        assert!(key.starts_with("step-soft_pelvic_support"), "{key}: {sentence}");
    }
    let words = words_of("step-soft_pelvic_support");
    assert!(
        words.contains("soft") && words.contains("low round the hips"),
        "{words}"
    );
    let caution = words_of("step-soft_pelvic_support.caution");
    for rule in ["Off at night", "off if it hurts", "breathing hard"] {
        assert!(caution.contains(rule), "{caution}");
    }
    assert!(!leaflet().contains(&"soft_pelvic_support"));
    let against = [
        "outer_thigh_burning",
        "breathless",
        "vaginal_bleeding",
        "waters_leaking",
    ];
    waits_for(BACK, "soft_pelvic_support", &[], &against);
}

#[test]
fn d11_no_side_is_better_than_the_other() {
    never_together(&["left", "right"], &["lie", "sleep", "settle", "turn"]);
    let mut found = with(&["left"]);
    found.retain(|(_, sentence)| sentence.contains("left side"));
    assert!(found.is_empty(), "{found:?}");
    assert!(words_of("step-settle_on_a_side").contains("either side"));
    // Who wakes on her back is told to roll over, not that she did harm.
    assert!(words_of("step-woke_on_back").contains("Roll over to a side and sleep on."));
    never_together(&["woke", "wake"], &["harm", "danger", "risk"]);
}

#[test]
fn d12_no_amount_of_drink_before_it_was_asked() {
    never(&["cups", "cup", "glass", "glasses"]);
    for (key, sentence) in with(&["litre", "liter", "ml"]) {
        assert!(key.starts_with("step-drink_amount"), "{key}: {sentence}");
    }
    never_together(&["pee", "urine"], &["clear"]);
    never_together(&["drink"], &["as much as", "lots", "plenty", "force"]);
    waits_for(
        CRAMPS,
        "drink_amount",
        &[],
        &[
            "kidney_or_heart_illness",
            "high_blood_pressure",
            "on_diuretic_or_laxative",
        ],
    );
    assert!(!leaflet().contains(&"drink_amount"));
    assert!(words_of("step-drink_to_thirst.caution").contains("limit drinks"));
}

#[test]
fn d13_no_weight_is_to_be_lost() {
    never(&["diet", "overweight", "obes", "calorie", "slim", "bmi"]);
    for (key, sentence) in with(&["weight"]) {
        let told = key.starts_with("finding-fast_weight_gain");
        // Weight lost without trying is a danger sign, and told as one.
        let danger = sentence.contains("weight loss: without trying")
            || sentence.contains("without trying")
            || key.starts_with("choice-cancer_or_weight_loss");
        assert!(
            told || danger || sentence.contains("bear weight"),
            "{key}: {sentence}"
        );
    }
    let shown = content()
        .causes
        .iter()
        .find(|cause| cause.id.as_str() == "weight_gain")
        .unwrap();
    assert!(
        shown.never_shown.is_some(),
        "a woman is told that her weight is to blame"
    );
}

#[test]
fn d14_no_tablet_is_counted_or_advised() {
    for (key, sentence) in with(&["calcium", "magnesium", "iron", "vitamin"]) {
        let counted = ["one", "two", "a day", "daily", "twice"]
            .iter()
            .any(|word| has(&sentence, &[word]))
            || sentence.contains("a day");
        assert!(!counted, "{key}: {sentence}");
        if has(&sentence, &["tablet", "pill"]) {
            assert!(has(&sentence, &["ask"]), "{key}: {sentence}");
        }
    }
    never_together(&["take", "buy"], &["calcium"]);
    never_together(&["lack", "short", "low"], &["milk"]);
    // Calcium by mouth is never among the likely reasons for a cramp.
    for (name, at) in her_stages() {
        let answer = on_cramps(
            at,
            &json!({ "low_calcium_diet": true, "sudden_hard_muscle_knot": true }),
        );
        let causes = answer["causes"].as_array().unwrap();
        assert!(
            causes
                .iter()
                .all(|cause| cause["id"] != "low_calcium_diet_possible"),
            "{name}"
        );
    }
}

/// Numbness, weakness and long pain each have a level of their own, and what the article omits has one too.
#[test]
fn d15_numbness_weakness_and_long_pain_are_not_one_thing() {
    for topic in PAINS {
        let back = topic == BACK || topic == AFTER;
        for (name, at) in stages_on(topic) {
            for (told, expected) in [
                (json!({ "saddle_numbness": true }), "EMERGENCY"),
                (json!({ "cannot_pee": true }), "EMERGENCY"),
                (json!({ "weak_both_legs": true }), "EMERGENCY"),
                (json!({ "weakness_getting_worse": true }), "EMERGENCY"),
                (json!({ "foot_drop": true }), "SAME_DAY"),
                (json!({ "numb_or_tingling_leg": true }), "SELF_CARE"),
                (
                    json!({ "pain_duration_days": 60 }),
                    if back { "ROUTINE" } else { "SELF_CARE" },
                ),
            ] {
                let answer = on(topic, at, &told);
                assert_eq!(level(&answer), expected, "{told} on {topic} at {name}");
            }
        }
    }
    for (name, at) in stages_on(AFTER) {
        let worse = json!({ "pain_duration_days": 60, "worse_after_standing_or_sitting": true });
        assert_eq!(level(&on(AFTER, at, &worse)), "ROUTINE", "{name}");
        assert_eq!(
            level(&on(AFTER, at, &json!({ "fever": true }))),
            "GO_NOW",
            "{name}"
        );
        let bleeding = json!({ "heavy_bleeding_after_birth": true });
        assert_eq!(level(&on(AFTER, at, &bleeding)), "EMERGENCY", "{name}");
    }
}

#[test]
fn d16_fewer_movements_are_never_explained_by_a_cramp() {
    never_together(
        &["cramp"],
        &["movement", "moves", "moving", "kick", "womb", "baby"],
    );
    for (name, at) in her_stages()
        .into_iter()
        .filter(|(name, at)| at.days.hi() >= 140 && !name.starts_with("after"))
    {
        for value in [json!(true), json!("unsure")] {
            for topic in [CRAMPS, LEG, BACK] {
                let answer = on(
                    topic,
                    at,
                    &json!({ "baby_moving_less": value, "sudden_hard_muscle_knot": true, "cramp_eases_with_stretch": true }),
                );
                assert_eq!(level(&answer), "GO_NOW", "{value} on {topic} at {name}");
                assert_eq!(answer["causes"], json!([]));
            }
        }
    }
}

#[test]
fn d17_tightening_is_never_a_spasm_of_the_womb() {
    never(&["spasm", "braxton", "practice"]);
    never_together(
        &["womb", "tighten", "waves"],
        &["usual", "common", "worse and worse"],
    );
    for (name, at) in stages()
        .into_iter()
        .filter(|(name, _)| !name.starts_with("after") && *name != "neither")
    {
        for topic in [CRAMPS, LEG, BACK] {
            let answer = on(topic, at, &json!({ "tightenings_regular": true }));
            assert_eq!(level(&answer), "GO_NOW", "{name} on {topic}");
            assert_eq!(answer["causes"], json!([]));
        }
    }
}

/// The steps that warm, with the topic.
const WARM: [(&str, &str); 4] = [
    (CRAMPS, "light_rub_or_warmth"),
    (CRAMPS, "warm_foot_bath"),
    (BACK, "warm_pack"),
    (AFTER, "warm_pack_after"),
];

#[test]
fn d18_nothing_warm_before_numb_skin_was_asked() {
    for (key, sentence) in with(&["warm", "lukewarm", "soak", "bath"]) {
        let warned = has(&sentence, &["no", "not", "never"]) || sentence.contains("keep warm");
        let Some(step) = key.strip_prefix("step-").filter(|_| !warned) else {
            continue;
        };
        let step = step.trim_end_matches(".name").trim_end_matches(".caution");
        assert!(
            WARM.iter().any(|(_, known)| *known == step),
            "{key} is warm and is not looked at here: {sentence}"
        );
    }
    for (topic, name) in WARM {
        waits_for(topic, name, &[], &["numb_or_tingling_leg", "fever", "shivering"]);
        waits_for(topic, name, &[], &CLOT_QUESTIONS);
        assert!(!leaflet().contains(&name));
        // Over a needle spot, a broken bone, a limb without blood or a nerve that fails nothing is warmed.
        for (_, at) in stages_on(topic) {
            let early = at.phase == Phase::AfterBirth && at.days.lo() < 42;
            let bone = at.phase == Phase::AfterBirth || at.days.hi() >= 196;
            let back = topic == BACK || topic == AFTER;
            for (told, counts) in [
                ("epidural_site_red_or_oozing", early),
                ("back_pain_worse_at_injection_site", early),
                ("sudden_back_pain_after_small_strain", bone && back),
                ("leg_cold_or_pale", !back),
                ("leg_numb_suddenly", !back),
            ] {
                let shown = steps_of(topic, at, &[(told, Some(Value::Unsure))]);
                assert!(!counts || !shown.contains(&name), "{name} with {told}");
            }
        }
    }
    for (topic, name) in [(BACK, "warm_pack"), (AFTER, "warm_pack_after")] {
        waits_for(topic, name, &[], &NERVE_QUESTIONS);
    }
    assert!(words_of("step-warm_pack.caution").contains("Not on the belly"));
    assert!(
        words_of("step-warm_pack_after.caution")
            .contains("Not on a wound, or on a red or sore epidural spot")
    );
}

/// The nerve machine is named to keep her from using it on her own; nobody strokes a back with a broken bone.
#[test]
fn d18_no_machine_on_her_own_and_no_hand_on_a_broken_bone() {
    never(&["electr", "infrared"]);
    let mut found = with(&["tens"]);
    found.retain(|(_, sentence)| !has(sentence, &["tense", "tension"]));
    assert!(found.is_empty(), "{found:?}");
    for (key, sentence) in with(&["machine"]) {
        assert!(key.starts_with("step-machine_for_pain"), "{key}: {sentence}");
    }
    let words = words_of("step-machine_for_pain");
    for rule in ["not for use on your own", "physiotherapist", "Never on the belly"] {
        assert!(words.contains(rule), "{words}");
    }
    assert_eq!(step("machine_for_pain").topics, [BACK.into()]);
    for (name, at) in stages_on(BACK).into_iter().filter(|(_, at)| at.days.hi() >= 196) {
        for bone in [
            "sudden_back_pain_after_small_strain",
            "pain_on_tapping_spine",
            "lost_height_or_stooped",
        ] {
            for value in [Value::Yes, Value::Unsure] {
                let shown = steps_of(BACK, at, &[(bone, Some(value))]);
                for step in [
                    "helper_strokes_back",
                    "warm_pack",
                    "lift_and_sit",
                    "all_fours_round",
                ] {
                    assert!(!shown.contains(&step), "{step} with {bone} at {name}");
                }
            }
        }
    }
}

#[test]
fn d19_no_bone_medicine_is_named() {
    never(&[
        "bisphosph",
        "alendron",
        "zoledron",
        "calcitriol",
        "calcitonin",
        "denosumab",
    ]);
}

#[test]
fn d20_honey_is_not_mentioned() {
    never(&["honey"]);
}
