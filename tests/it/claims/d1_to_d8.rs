//! D1 to D8.

use std::collections::BTreeSet;

use nightease::content::{FindingKind, ScreenRole, Value};
use serde_json::json;

use crate::shared::{assessed, content, level, listed, rank, stages};

use super::{
    CLOT_QUESTIONS, finding, has, her_stages, leaflet, never, never_together, on_cramps, steps_of, waits_for,
    with, wordings, words_of,
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
    waits_for("light_rub_or_warmth", &[], &CLOT_QUESTIONS);
    // Told in words, pain high in one leg takes it away too; no button asks it but with swelling or pain that stays.
    for value in [Value::Yes, Value::Unsure] {
        for (_, at) in her_stages() {
            let told = [("groin_or_thigh_pain_one_side", Some(value))];
            assert!(!steps_of(at, &told).contains(&"light_rub_or_warmth"));
        }
    }
    assert!(!leaflet().contains(&"light_rub_or_warmth"));
    let step = content()
        .steps
        .iter()
        .find(|step| step.id.as_str() == "light_rub_or_warmth")
        .unwrap();
    assert!(!step.first_aid, "first aid is shown with nothing asked");
}

/// The same for the merged buttons as she meets them.
#[test]
fn d2_no_rub_while_a_clot_button_is_yes_or_not_sure() {
    for sign in [
        "sign_bigger",
        "sign_one_leg_non_stop",
        "sign_chest_or_breath",
        "sign_leg_swollen_or_hot",
    ] {
        for (name, at) in her_stages() {
            for value in [json!(true), json!("unsure")] {
                let answer = on_cramps(at, &json!({ sign: value }));
                for step in [
                    "light_rub_or_warmth",
                    "warm_foot_bath",
                    "compression_stockings",
                    "bedtime_calf_stretch",
                ] {
                    assert!(
                        !listed(&answer, "steps").contains(&step),
                        "{step} with {sign} {value} at {name}"
                    );
                }
            }
        }
    }
}

#[test]
fn d3_the_clot_signs_are_asked_by_buttons_and_stand_in_the_safety_net() {
    let topic = content()
        .topics
        .iter()
        .find(|topic| topic.id.as_str() == "leg_cramps")
        .unwrap();
    let mut asked = BTreeSet::new();
    for screen in content()
        .screens
        .iter()
        .filter(|screen| topic.flow.contains(&screen.id))
    {
        if screen.role != ScreenRole::Danger {
            continue;
        }
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
        assert!(asked.contains(&finding(question)), "{question} is not asked");
    }
    for wording in wordings() {
        let expected: &[&str] = match wording.key.as_str() {
            "topic-leg_cramps.watch" => &["one leg bigger", "hot", "red", "sore all the time"],
            "topic-leg_cramps.help" => &["emergency number", "chest pain", "hard to breathe"],
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
        for words in expected {
            assert!(
                wording.text.contains(words),
                "{} does not say \"{words}\"",
                wording.key
            );
        }
    }
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
        for topic in ["leg_cramps", "something_feels_wrong"] {
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
            assert_eq!(level(&on_cramps(at, &told)), "EMERGENCY", "{told} at {name}");
        }
    }
    // The nerve pain that this topic reaches says what makes it an emergency.
    let caution = words_of("step-tell_about_shooting_pain.caution");
    for sign in [
        "Numb between the legs",
        "weak leg",
        "cannot pee",
        "emergency number",
    ] {
        assert!(caution.contains(sign), "{caution}");
    }
}

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
        "gel",
        "nsaid",
    ]);
    never_together(&["patch"], &["pain", "stick", "wear", "put"]);
}
