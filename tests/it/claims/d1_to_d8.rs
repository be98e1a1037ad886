//! D1 to D8.

use std::collections::BTreeSet;

use nightease::content::{FindingKind, ScreenRole, Value};
use serde_json::json;

use crate::shared::{assessed, content, level, listed, rank, stages};

use super::{
    AFTER, BACK, CLOT_QUESTIONS, CRAMPS, LEG, NERVE_QUESTIONS, PAINS, finding, has, her_stages, leaflet,
    never, never_together, on, on_cramps, stages_on, step, steps_of, waits_for, with, wordings, words_of,
};

#[test]
fn d1_kelp_is_only_ever_stopped() {
    for (key, sentence) in with(&["kelp", "seaweed", "iodine"]) {
        let asks = key.starts_with("choice-kelp_often") || key.starts_with("finding-takes_kelp");
        let warns = has(&sentence, &["stop", "no", "far"]);
        assert!(asks || warns, "{key}: {sentence}");
        assert!(
            !has(
                &sentence,
                &["eat", "good", "help", "feed", "prevent", "cure", "rich"]
            ),
            "{sentence}"
        );
    }
    for (name, at) in her_stages() {
        let answer = on_cramps(at, &json!({ "takes_kelp_or_seaweed": true }));
        assert!(listed(&answer, "steps").contains(&"stop_daily_kelp"), "{name}");
        let without = on_cramps(at, &json!({}));
        assert!(!listed(&without, "steps").contains(&"stop_daily_kelp"), "{name}");
    }
    let step = words_of("step-stop_daily_kelp");
    assert!(step.contains("Stop") && step.contains("midwife"), "{step}");
}

#[test]
fn d2_no_rub_before_every_clot_question_is_a_clear_no() {
    never(&["massag", "knead"]);
    for (key, sentence) in with(&["rub", "rubs", "rubbing"]) {
        let offered = key.starts_with("step-light_rub_or_warmth");
        let warned = [
            "do not rub",
            "no rub",
            "no jerk, no force, no rub",
            "a rub can loosen it",
            "before any rub",
        ]
        .iter()
        .any(|words| sentence.contains(words));
        assert!(offered || warned, "{key}: {sentence}");
        assert!(
            !has(&sentence, &["hard", "firm", "daily", "regular"]),
            "{sentence}"
        );
    }
    // A hand on the back is offered in one place only, lightly, and never on the legs.
    for (key, sentence) in with(&["stroke"]) {
        assert!(key.starts_with("step-helper_strokes_back"), "{key}: {sentence}");
    }
    let words = words_of("step-helper_strokes_back") + &words_of("step-helper_strokes_back.caution");
    assert!(
        words.contains("lightly") && words.contains("not the legs"),
        "{words}"
    );
    for (topic, name) in [(CRAMPS, "light_rub_or_warmth"), (BACK, "helper_strokes_back")] {
        waits_for(topic, name, &[], &CLOT_QUESTIONS);
        // Told in words, pain high in one leg takes it away too; no button asks it but with swelling or pain that stays.
        for value in [Value::Yes, Value::Unsure] {
            for (_, at) in stages_on(topic) {
                let told = [("groin_or_thigh_pain_one_side", Some(value))];
                assert!(!steps_of(topic, at, &told).contains(&name));
            }
        }
        assert!(!leaflet().contains(&name));
        assert!(!step(name).first_aid, "first aid is shown with nothing asked");
    }
}

/// The same for the merged buttons as she meets them.
#[test]
fn d2_no_rub_while_a_clot_button_is_yes_or_not_sure() {
    #[rustfmt::skip]
    let moved: [(&str, &[&str]); 4] = [
        (CRAMPS, &["light_rub_or_warmth", "warm_foot_bath", "compression_stockings", "bedtime_calf_stretch"]),
        (LEG, &["rest_leg_on_pillow", "feet_up", "foot_pumps", "compression_stockings", "walk_most_days"]),
        (BACK, &["helper_strokes_back", "warm_pack", "regular_exercise", "walk_most_days"]),
        (AFTER, &["warm_pack_after", "short_walks_first_weeks", "bridge_and_bird_dog", "build_up_strength"]),
    ];
    for (topic, steps) in moved {
        for sign in [
            "sign_bigger",
            "sign_one_leg_non_stop",
            "sign_chest_or_breath",
            "sign_leg_swollen_or_hot",
            "sign_leg_clot",
        ] {
            for (name, at) in stages_on(topic) {
                for value in [json!(true), json!("unsure")] {
                    let answer = on(topic, at, &json!({ sign: value, "leg_swelling_both": true }));
                    for step in steps {
                        assert!(
                            !listed(&answer, "steps").contains(step),
                            "{step} with {sign} {value} on {topic} at {name}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn d3_the_clot_signs_are_asked_by_buttons_on_every_topic_of_pain() {
    for topic in content()
        .topics
        .iter()
        .filter(|topic| PAINS.contains(&topic.id.as_str()))
    {
        let mut asked = BTreeSet::new();
        for screen in content()
            .screens
            .iter()
            .filter(|screen| topic.flow.contains(&screen.id) && screen.role == ScreenRole::Danger)
        {
            // A button that is shown only at some stages does not count.
            for choice in screen.choices.iter().filter(|choice| choice.stage.is_empty()) {
                for (id, _) in &choice.sets {
                    asked.insert(*id);
                    if let Some(FindingKind::Sign(sign)) =
                        content().findings.get(*id).map(|finding| &finding.kind)
                    {
                        asked.extend(sign.members.iter().map(|member| member.finding));
                        asked.extend(sign.conditional.iter().map(|(member, _)| member.finding));
                    }
                }
            }
        }
        for question in CLOT_QUESTIONS.into_iter().chain(["groin_or_thigh_pain_one_side"]) {
            assert!(
                asked.contains(&finding(question)),
                "{question} is not asked on {}",
                topic.id
            );
        }
    }
}

#[test]
fn d3_the_clot_signs_stand_in_every_safety_net() {
    let leg: &[&str] = &["one leg bigger", "hot", "red", "sore all the time"];
    let call: &[&str] = &["emergency number", "chest pain", "hard to breathe"];
    let mut found = 0;
    for wording in wordings() {
        let text = wording.text.to_lowercase();
        let expected: &[&str] = match wording.key.as_str() {
            "topic-leg_cramps.watch" | "topic-leg_or_foot_pain.watch" => leg,
            "topic-back_pain_in_pregnancy.watch" | "topic-back_pain_after_birth.watch" => {
                &["one leg bigger", "a weak foot"]
            }
            "topic-leg_cramps.help"
            | "topic-leg_or_foot_pain.help"
            | "topic-back_pain_in_pregnancy.help"
            | "topic-back_pain_after_birth.help" => call,
            "tips" => &[
                "one leg bigger",
                "hot, red, or sore all the time",
                "chest pain",
                "hard to breathe",
            ],
            "urgent" => &[
                "one leg bigger",
                "hot or sore all the time",
                "chest pain",
                "hard to breathe",
            ],
            _ => continue,
        };
        found += 1;
        for words in expected {
            assert!(text.contains(words), "{} does not say \"{words}\"", wording.key);
        }
    }
    assert!(found >= 10, "only {found} safety nets");
    never_together(&["clot"], &["rare", "unlikely", "usual", "common"]);
}

#[test]
fn d4_nothing_is_called_usual_or_without_danger() {
    never(&["miscarr", "harmless", "reassur"]);
    never_together(&["back"], &["usual", "common", "typical"]);
    for (key, sentence) in with(&["usual", "typical"]) {
        let of_movements =
            sentence.contains("not the usual way") || sentence.contains("not sure it moves as usual");
        assert!(of_movements, "{key}: {sentence}");
    }
}

/// What a backache can be the first sign of is never explained by a tired back.
#[test]
fn d4_a_backache_with_a_sign_of_loss_labour_bleed_or_kidney_is_no_tired_back() {
    let tired = json!({ "ache_both_sides_low_back": true, "worse_end_of_day": true, "eases_with_change_of_position": true });
    for (name, at) in stages_on(BACK) {
        let calm = on(BACK, at, &tired);
        assert_eq!(level(&calm), "SELF_CARE", "{name}");
        for (sign, least) in [
            ("vaginal_bleeding", "SAME_DAY"),
            ("waters_leaking", "GO_NOW"),
            ("tightenings_regular", "GO_NOW"),
            ("fever", "GO_NOW"),
            ("flank_pain", "SAME_DAY"),
            ("tummy_hard_all_the_time", "EMERGENCY"),
            ("tummy_pain_constant_severe", "EMERGENCY"),
            ("pain_constant_not_eased_by_position", "SAME_DAY"),
        ] {
            for value in [json!(true), json!("unsure")] {
                let least = if value == json!(true) { least } else { "SAME_DAY" };
                let mut told = tired.clone();
                told[sign] = value;
                let answer = on(BACK, at, &told);
                assert!(rank(level(&answer)) >= rank(least), "{sign} at {name}");
                assert_eq!(answer["causes"], json!([]), "{sign} at {name}");
            }
        }
    }
}

#[test]
fn d5_weakness_is_never_explained_away() {
    never_together(
        &["weak"],
        &["usual", "common", "expected", "bump", "because", "tired"],
    );
    // What asks about weakness that grows says so, and nothing else does.
    let weak = [
        "weak_one_leg",
        "weak_both_legs",
        "weakness_getting_worse",
        "foot_drop",
        "cannot_bear_weight",
        "muscle_weakness_general",
        "sign_weak_leg",
        "sign_numb_or_weak",
    ];
    for (name, at) in stages() {
        for topic in PAINS.into_iter().chain(["something_feels_wrong"]) {
            for told in weak {
                for value in [json!(true), json!("unsure")] {
                    let answer = assessed(Some(topic), at, &json!({ told: value }), "no");
                    assert!(
                        rank(level(&answer)) >= rank("SAME_DAY"),
                        "{told} {value} at {name} on {topic}"
                    );
                    assert_eq!(answer["causes"], json!([]), "{told} at {name}");
                }
            }
        }
    }
    // Nor is any exercise offered to a weak leg.
    for (topic, name) in [
        (CRAMPS, "bedtime_calf_stretch"),
        (LEG, "walk_most_days"),
        (BACK, "all_fours_round"),
        (BACK, "regular_exercise"),
        (AFTER, "bridge_and_bird_dog"),
        (AFTER, "build_up_strength"),
        (AFTER, "pelvic_tilts"),
    ] {
        waits_for(topic, name, &[], &NERVE_QUESTIONS);
    }
    for cause in content()
        .causes
        .iter()
        .filter(|cause| !cause.red_flag && cause.never_shown.is_none())
    {
        for (id, weight) in &cause.weights {
            let told = content().findings.name(*id);
            assert!(
                *weight <= 0 || !weak.contains(&told),
                "{} speaks of {told}",
                cause.id
            );
        }
    }
}

#[test]
fn d6_dark_pee_is_never_just_thirst() {
    never_together(&["dark"], &["drink", "water", "thirst", "dry"]);
    never_together(&["brown"], &["drink", "thirst"]);
    for (name, at) in her_stages() {
        for (beside, least) in [
            ("cola_urine", "GO_NOW"),
            ("no_urine_8_hours", "GO_NOW"),
            ("cannot_keep_fluids_down", "GO_NOW"),
            ("itching_palms_or_soles", "SAME_DAY"),
            ("yellow_skin_or_eyes", "GO_NOW"),
            ("fever", "SAME_DAY"),
            ("pain_on_peeing", "SAME_DAY"),
            ("muscle_weakness_general", "GO_NOW"),
        ] {
            for value in [json!(true), json!("unsure")] {
                let answer = on_cramps(
                    at,
                    &json!({ "dark_urine": true, "low_fluid_intake": true, beside: value }),
                );
                let least = if value == json!(true) { least } else { "SAME_DAY" };
                assert!(rank(level(&answer)) >= rank(least), "{beside} {value} at {name}");
                assert_eq!(answer["causes"], json!([]), "{beside} {value} at {name}");
            }
        }
    }
}

#[test]
fn d7_the_nerves_of_the_spine_never_wait() {
    never(&["surger", "operat", "slipped"]);
    never_together(&["disc"], &["heat", "warm", "wait", "rub"]);
    for (name, at) in stages() {
        for told in [
            json!({ "saddle_numbness": true }),
            json!({ "cannot_pee": true }),
            json!({ "weak_both_legs": true }),
            json!({ "new_leak_urine_or_stool": true, "pain_down_both_legs": true }),
            json!({ "pain_down_both_legs": true, "numb_or_tingling_leg": true }),
        ] {
            for topic in PAINS {
                assert_eq!(
                    level(&on(topic, at, &told)),
                    "EMERGENCY",
                    "{told} on {topic} at {name}"
                );
            }
        }
    }
    // The nerve pain that causes and steps speak of says what makes it an emergency, and so does a slip.
    for step in ["tell_about_shooting_pain", "physiotherapist_first"] {
        let caution = words_of(&format!("step-{step}.caution"));
        for sign in [
            "Numb between the legs",
            "weak leg",
            "cannot pee",
            "emergency number",
        ] {
            assert!(caution.contains(sign), "{caution}");
        }
    }
}

/// In pregnancy what is against swelling is named to keep her from it. After it, a pharmacist is asked.
#[test]
fn d8_no_pain_medicine_for_the_skin_or_to_swallow() {
    never(&[
        "diclofenac",
        "flurbiprofen",
        "ibuprofen",
        "naproxen",
        "ketoprofen",
        "anti-inflam",
        "plaster",
        "ointment",
        "nsaid",
    ]);
    never_together(&["patch"], &["pain", "stick", "wear", "put"]);
    for (key, sentence) in with(&["gel", "gels", "patches"]) {
        let warned = key == "step-ask_before_pain_tablets"
            && sentence.starts_with("no tablets, gels or patches against swelling in pregnancy")
            && sentence.contains("unless a doctor told you");
        let asked = key == "step-ask_before_pain_tablets_after"
            && (sentence.starts_with("ask a pharmacist") || sentence.starts_with("no gel on the breast"));
        assert!(warned || asked, "{key}: {sentence}");
    }
    assert!(words_of("step-ask_before_pain_tablets").contains("They can harm the baby"));
    // The advice of after a birth never meets a pregnant reader.
    assert_eq!(step("ask_before_pain_tablets_after").topics, [AFTER.into()]);
    for (name, at) in stages_on(BACK) {
        let steps = steps_of(BACK, at, &[]);
        assert!(steps.contains(&"ask_before_pain_tablets"), "{name}");
        assert!(!steps.contains(&"ask_before_pain_tablets_after"), "{name}");
    }
    // And a fever is never to be covered.
    for step in ["ask_before_pain_tablets", "ask_before_pain_tablets_after"] {
        assert!(words_of(&format!("step-{step}.caution")).contains("Phone first"));
    }
}
