//! D9 to D20.

use nightease::content::{Phase, Value};
use serde_json::json;

use crate::shared::{content, level, stages};

use super::{
    CLOT_QUESTIONS, has, her_stages, leaflet, never, never_together, on_cramps, steps_of, waits_for, with,
    words_of,
};

#[test]
fn d9_no_bone_is_blamed() {
    never(&["spur", "spondyl", "osteo", "vertebra"]);
    never_together(&["bone"], &["slip", "loss", "thin", "weak"]);
}

#[test]
fn d10_nothing_is_tied_round_the_belly() {
    never(&["belt", "binder", "girdle", "corset"]);
    never_together(&["tie", "wrap", "tight"], &["belly", "bump", "waist"]);
}

#[test]
fn d11_no_side_is_better_than_the_other() {
    never_together(&["left", "right"], &["lie", "sleep", "settle", "turn"]);
    let mut found = with(&["left"]);
    found.retain(|(_, sentence)| sentence.contains("left side"));
    assert!(found.is_empty(), "{found:?}");
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

// D15 is about back pain after a birth. What this content could do: one level for what differs.
#[test]
fn d15_numbness_weakness_and_long_pain_are_not_one_thing() {
    for (name, at) in her_stages() {
        assert_eq!(
            level(&on_cramps(at, &json!({ "saddle_numbness": true }))),
            "EMERGENCY",
            "{name}"
        );
        assert_eq!(
            level(&on_cramps(at, &json!({ "foot_drop": true }))),
            "SAME_DAY",
            "{name}"
        );
        assert_eq!(
            level(&on_cramps(at, &json!({ "pain_duration_days": 60 }))),
            "SELF_CARE",
            "{name}"
        );
        assert_eq!(
            level(&on_cramps(at, &json!({ "numb_or_tingling_leg": true }))),
            "SELF_CARE",
            "{name}"
        );
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
            let answer = on_cramps(
                at,
                &json!({ "baby_moving_less": value, "sudden_hard_muscle_knot": true, "cramp_eases_with_stretch": true }),
            );
            assert_eq!(level(&answer), "GO_NOW", "{value} at {name}");
            assert_eq!(answer["causes"], json!([]));
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
        let answer = on_cramps(at, &json!({ "tightenings_regular": true }));
        assert_eq!(level(&answer), "GO_NOW", "{name}");
        assert_eq!(answer["causes"], json!([]));
    }
}

#[test]
fn d18_nothing_warm_before_numb_skin_was_asked() {
    never(&["tens", "electr", "infrared"]);
    let warm: Vec<&str> = with(&["warm", "lukewarm", "heat", "hot", "soak", "bath"])
        .into_iter()
        .filter(|(key, sentence)| {
            let heat_is_advised = has(sentence, &["warm", "lukewarm", "soak", "bath"])
                && !sentence.contains("keep warm.")
                && !sentence.ends_with("keep warm");
            key.starts_with("step-") && heat_is_advised
        })
        .map(|(key, _)| key)
        .collect();
    let known = [
        "step-light_rub_or_warmth",
        "step-light_rub_or_warmth.name",
        "step-warm_foot_bath",
        "step-warm_foot_bath.name",
    ];
    for key in &warm {
        assert!(known.contains(key), "{key} is warm and is not looked at here");
    }
    let takes_heat_away = ["numb_or_tingling_leg", "fever", "shivering", "leg_cold_or_pale"];
    for step in ["light_rub_or_warmth", "warm_foot_bath"] {
        waits_for(step, &[], &takes_heat_away);
        waits_for(step, &[], &CLOT_QUESTIONS);
        assert!(!leaflet().contains(&step));
    }
    for (_, at) in her_stages() {
        for spot in ["epidural_site_red_or_oozing", "leg_numb_suddenly"] {
            let told = [(spot, Some(Value::Unsure))];
            let shown = steps_of(at, &told);
            let early = at.phase == Phase::AfterBirth && at.days.lo() < 42;
            if spot == "leg_numb_suddenly" || early {
                assert!(!shown.contains(&"warm_foot_bath"), "{spot}");
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
