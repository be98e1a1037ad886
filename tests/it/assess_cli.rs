//! `nightease assess`: JSON lines in, JSON lines out, with the real program.

use serde_json::{Value as Json, json};

use crate::shared::{content, json_lines, level, listed, run};

/// The answers to these lines, and the exit code.
fn assess(lines: &[String]) -> (Vec<Json>, i32) {
    let output = run(&["assess"], (lines.join("\n") + "\n").as_bytes());
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    (json_lines(&output.stdout), output.status.code().unwrap())
}

fn good(lines: &[Json]) -> Vec<Json> {
    let lines: Vec<String> = lines.iter().map(Json::to_string).collect();
    let (answers, code) = assess(&lines);
    assert_eq!(answers.len(), lines.len());
    for answer in &answers {
        assert!(answer.get("error").is_none(), "{answer}");
    }
    assert_eq!(code, 0);
    answers
}

/// A case on leg cramps at 25 weeks.
fn case(findings: &Json, unlisted: &str) -> Json {
    json!({
        "id": "a", "topic": "leg_cramps", "stage": { "phase": "pregnant", "days": [175, 175] },
        "findings": findings, "unlisted": unlisted,
    })
}

#[test]
fn an_answer_has_every_field() {
    let answers = good(&[case(&json!({ "leg_swelling_one_side": true }), "no")]);
    let keys: Vec<&String> = answers[0].as_object().unwrap().keys().collect();
    let mut keys: Vec<&str> = keys.into_iter().map(String::as_str).collect();
    keys.sort_unstable();
    let mut expected = [
        "id", "level", "rules", "because", "causes", "steps", "withheld", "text",
    ];
    expected.sort_unstable();
    assert_eq!(keys, expected);
    assert_eq!(answers[0]["id"], "a");
    assert_eq!(answers[0]["level"], "GO_NOW");
    // The row for "not sure" holds for a yes too.
    assert_eq!(answers[0]["rules"], json!(["R20", "R20?"]));
    assert_eq!(answers[0]["because"], json!(["leg_swelling_one_side"]));
    assert_eq!(answers[0]["causes"], json!([]));
    assert_eq!(answers[0]["steps"], json!([]));
    let text = answers[0]["text"].as_str().unwrap();
    for words in [
        "now, day or night",
        "I am 25 weeks pregnant.",
        "One leg is swollen.",
        "one leg is swollen",
    ] {
        assert!(text.contains(words), "{text}");
    }
    // Every step that would be hers waits, because of what decided.
    let withheld = answers[0]["withheld"].as_array().unwrap();
    assert!(withheld.len() > 10);
    for step in withheld {
        assert_eq!(step["because"], json!(["leg_swelling_one_side"]), "{step}");
        assert!(step["step"].is_string());
    }
}

#[test]
fn all_rules_that_fire_are_named_and_only_the_highest_are_reasons() {
    let told =
        json!({ "fever": true, "leg_swelling_one_side": true, "hard_red_vein": true, "chest_pain": true });
    let answers = good(&[case(&told, "no")]);
    assert_eq!(level(&answers[0]), "EMERGENCY");
    let rules = listed(&answers[0], "rules");
    for rule in ["R02", "R20", "R23", "R52"] {
        assert!(rules.contains(&rule), "{rules:?}");
    }
    let because = listed(&answers[0], "because");
    assert!(because.contains(&"chest_pain"));
    for lower in ["fever", "leg_swelling_one_side", "hard_red_vein"] {
        assert!(!because.contains(&lower), "{because:?}");
    }
}

#[test]
fn causes_have_a_score_and_steps_are_safe() {
    let told = json!({ "sudden_hard_muscle_knot": true, "cramp_eases_with_stretch": true, "low_fluid_intake": true });
    let answers = good(&[case(&told, "no")]);
    assert_eq!(level(&answers[0]), "SELF_CARE");
    assert_eq!(
        answers[0]["causes"],
        json!([{ "id": "ordinary_pregnancy_cramp", "score": 9 }, { "id": "dehydration", "score": 4 }])
    );
    let steps = listed(&answers[0], "steps");
    assert!(
        steps.contains(&"toes_up") && steps.contains(&"light_rub_or_warmth"),
        "{steps:?}"
    );
    assert_eq!(answers[0]["withheld"], json!([]));
    let text = answers[0]["text"].as_str().unwrap();
    assert!(text.contains("You can try this tonight."), "{text}");
}

#[test]
fn what_takes_a_step_away_is_named() {
    let told = json!({ "numb_or_tingling_leg": "unsure" });
    let answers = good(&[case(&told, "no")]);
    let withheld = answers[0]["withheld"].as_array().unwrap();
    let rub = withheld
        .iter()
        .find(|step| step["step"] == "light_rub_or_warmth")
        .unwrap();
    assert_eq!(rub["because"], json!(["numb_or_tingling_leg"]));
    assert!(!listed(&answers[0], "steps").contains(&"light_rub_or_warmth"));
}

#[test]
fn every_form_of_a_value_is_read() {
    let answers = good(&[
        case(&json!({ "fever": true }), "no"),
        case(&json!({ "fever": false }), "no"),
        case(&json!({ "fever": "unsure" }), "no"),
        case(&json!({ "vaginal_bleeding": "spotting" }), "no"),
        case(&json!({ "vaginal_bleeding": "heavy" }), "no"),
        case(&json!({ "vaginal_bleeding": false }), "no"),
        case(&json!({ "vaginal_bleeding": true }), "no"),
        case(&json!({ "cramp_nights_per_week": 7 }), "no"),
        case(&json!({ "cramp_nights_per_week": 1 }), "no"),
        case(&json!({ "cramp_nights_per_week": 0 }), "no"),
        case(&json!({ "pain_location": "calf", "pain_side": "left" }), "no"),
        case(&json!({ "sign_bigger": true }), "no"),
        case(&json!({}), "no"),
    ]);
    let levels: Vec<&str> = answers.iter().map(level).collect();
    assert_eq!(
        levels,
        [
            "GO_NOW",
            "SELF_CARE",
            "SAME_DAY",
            "GO_NOW",
            "EMERGENCY",
            "SELF_CARE",
            "GO_NOW",
            "ROUTINE",
            "SELF_CARE",
            "SELF_CARE",
            "SELF_CARE",
            "GO_NOW",
            "SELF_CARE"
        ]
    );
}

#[test]
fn every_form_of_a_stage_is_read() {
    let stages = [
        json!({ "phase": "pregnant", "days": [0, 300] }),
        json!({ "phase": "pregnant", "days": [140, 140] }),
        json!({ "phase": "pregnant", "days": [310, 320] }),
        json!({ "phase": "after_birth", "days": [0, 13] }),
        json!({ "phase": "after_birth", "days": [0, 65535] }),
        json!({ "phase": "period_late", "days": [0, 90] }),
        json!({ "phase": "period_late" }),
        json!({ "phase": "period_late", "days": null }),
        json!({ "phase": "neither", "days": null }),
        json!({ "phase": "neither" }),
        json!({ "phase": "unknown", "days": null }),
        json!({ "phase": "unknown" }),
        json!({ "phase": "unknown", "days": [0, 300] }),
        // a week that is not known is every week
        json!({ "phase": "pregnant", "days": null }),
        json!({ "phase": "after_birth" }),
    ];
    let lines: Vec<Json> = stages
        .iter()
        .map(|stage| json!({ "id": 7, "topic": "leg_cramps", "stage": stage, "findings": { "fever": true }, "unlisted": "no" }))
        .collect();
    for (answer, stage) in good(&lines).iter().zip(&stages) {
        let expected = if stage["phase"] == "neither" {
            "OUT_OF_SCOPE"
        } else {
            "GO_NOW"
        };
        let neither_is_calm = level(answer) == expected;
        assert!(neither_is_calm, "{stage}: {}", level(answer));
    }
}

#[test]
fn a_wider_stage_is_never_less_urgent() {
    let told = json!({ "baby_moving_less": true });
    let wide = json!({ "id": 1, "topic": null, "stage": { "phase": "pregnant", "days": [100, 150] }, "findings": told, "unlisted": "no" });
    let narrow = json!({ "id": 1, "topic": null, "stage": { "phase": "pregnant", "days": [100, 120] }, "findings": told, "unlisted": "no" });
    let answers = good(&[wide, narrow]);
    assert_eq!(level(&answers[0]), "GO_NOW");
    assert_eq!(level(&answers[1]), "SELF_CARE");
}

#[test]
fn what_is_not_listed_is_no_or_unsure() {
    let answers = good(&[
        case(&json!({}), "no"),
        case(&json!({}), "unsure"),
        json!({ "id": 1, "topic": "leg_cramps", "stage": { "phase": "pregnant", "days": [175, 175] }, "findings": {} }),
    ]);
    assert_eq!(level(&answers[0]), "SELF_CARE");
    assert_eq!(level(&answers[1]), "GO_NOW");
    // Nothing said about it is not sure: nobody is cleared by silence.
    assert_eq!(level(&answers[2]), "GO_NOW");
    assert_eq!(answers[1]["steps"], json!([]));
    assert_eq!(answers[1]["causes"], json!([]));
}

#[test]
fn without_a_topic_every_rule_counts_and_nothing_else() {
    let stage = json!({ "phase": "after_birth", "days": [3, 3] });
    let line = |topic: Json, findings: Json| json!({ "id": 1, "topic": topic, "stage": stage, "findings": findings, "unlisted": "no" });
    let answers = good(&[
        line(Json::Null, json!({ "hand_spasms": true })),
        line(Json::Null, json!({ "sudden_hard_muscle_knot": true })),
        line(json!("something_feels_wrong"), json!({})),
        line(json!("something_feels_wrong"), json!({ "on_statin": true })),
    ]);
    assert_eq!(level(&answers[0]), "GO_NOW");
    assert_eq!(level(&answers[1]), "SELF_CARE");
    for key in ["causes", "steps", "withheld"] {
        assert_eq!(answers[1][key], json!([]), "{key}");
    }
    assert!(!answers[1]["text"].as_str().unwrap().is_empty());
    // She said that something is wrong: that is a rule of its own.
    assert_eq!(level(&answers[2]), "SAME_DAY");
    assert_eq!(answers[2]["rules"], json!(["E14"]));
    assert_eq!(level(&answers[3]), "SAME_DAY");
}

#[test]
fn out_of_scope_is_told_apart_from_calm() {
    let line = |findings: Json| json!({ "id": 1, "topic": "leg_cramps", "stage": { "phase": "neither" }, "findings": findings, "unlisted": "no" });
    let answers = good(&[line(json!({})), line(json!({ "chest_pain": true }))]);
    assert_eq!(level(&answers[0]), "OUT_OF_SCOPE");
    assert!(answers[0]["text"].as_str().unwrap().contains("emergency number"));
    assert_eq!(level(&answers[1]), "EMERGENCY");
}

#[test]
fn the_hour_decides_what_same_day_says() {
    let line = |now: &str| {
        let mut line = case(&json!({ "hard_red_vein": true }), "no");
        line["now"] = json!(now);
        line["lang"] = json!("en");
        line.to_string()
    };
    let lines = [line("2026-11-22T03:10:00Z"), line("2026-11-22T12:00:00Z")].join("\n");
    let output = run(&["assess", "--time-zone", "Europe/Vienna"], lines.as_bytes());
    let answers = json_lines(&output.stdout);
    let text = |place: usize| answers[place]["text"].as_str().unwrap();
    assert!(text(0).contains("It is night now."), "{}", text(0));
    assert!(!text(1).contains("night now"), "{}", text(1));
}

#[test]
fn a_bad_line_names_the_field_and_the_rest_go_on() {
    let fine = case(&json!({ "fever": true }), "no").to_string();
    let with = |key: &str, value: Json| {
        let mut line = case(&json!({}), "no");
        line["id"] = json!(["any", 3]);
        line[key] = value;
        line.to_string()
    };
    let without = |key: &str| {
        let mut line = case(&json!({}), "no");
        line["id"] = json!(["any", 3]);
        line.as_object_mut().unwrap().remove(key);
        line.to_string()
    };
    let days = |days: Json| with("stage", json!({ "phase": "pregnant", "days": days }));
    let told = |name: &str, value: Json| with("findings", json!({ name: value }));
    let bad: Vec<(String, &[&str])> = vec![
        (with("topic", json!("leg_cramp")), &["topic", "leg_cramps"]),
        (with("topic", json!(3)), &["topic"]),
        (with("stage", json!("pregnant")), &["stage"]),
        (with("stage", json!([140, 195])), &["stage"]),
        (with("stage", Json::Null), &["stage"]),
        (without("stage"), &["stage", "missing"]),
        (with("stage", json!({ "days": [1, 2] })), &["stage.phase"]),
        (
            with("stage", json!({ "phase": "Pregnant", "days": [1, 2] })),
            &["stage.phase"],
        ),
        (
            with("stage", json!({ "phase": "pregnant", "day": [1, 2] })),
            &["stage.day"],
        ),
        (days(json!([20, 10])), &["stage.days"]),
        (days(json!([-1, 10])), &["stage.days"]),
        (days(json!([1.5, 10])), &["stage.days"]),
        (days(json!([1])), &["stage.days"]),
        (days(json!([1, 2, 3])), &["stage.days"]),
        (days(json!([0, 99_999_999_999_u64])), &["stage.days"]),
        (days(json!("140")), &["stage.days"]),
        (with("findings", json!([])), &["findings"]),
        (with("findings", json!(null)), &["findings"]),
        (
            told("leg_sweling_one_side", json!(true)),
            &["leg_sweling_one_side", "leg_swelling_one_side"],
        ),
        (told("", json!(true)), &["findings."]),
        (
            told("entirely_unheard_of_things", json!(true)),
            &["entirely_unheard_of_things"],
        ),
        (told("fever", json!("yes")), &["findings.fever"]),
        (told("fever", json!(1)), &["findings.fever"]),
        (told("fever", json!(null)), &["findings.fever"]),
        (told("fever", json!({})), &["findings.fever"]),
        (
            told("vaginal_bleeding", json!("lots")),
            &["findings.vaginal_bleeding", "spotting"],
        ),
        (told("vaginal_bleeding", json!(2)), &["findings.vaginal_bleeding"]),
        (
            told("cramp_nights_per_week", json!(8)),
            &["findings.cramp_nights_per_week", "0 to 7"],
        ),
        (
            told("cramp_nights_per_week", json!(-1)),
            &["findings.cramp_nights_per_week"],
        ),
        (
            told("cramp_nights_per_week", json!(2.5)),
            &["findings.cramp_nights_per_week"],
        ),
        (
            told("cramp_nights_per_week", json!("often")),
            &["findings.cramp_nights_per_week"],
        ),
        (with("unlisted", json!("yes")), &["unlisted"]),
        (with("unlisted", json!(false)), &["unlisted"]),
        (with("now", json!("3 in the morning")), &["now"]),
        (with("now", json!(3)), &["now"]),
        (with("lang", json!("xx")), &["lang", "en"]),
        (with("lang", json!(1)), &["lang"]),
        (with("finding", json!({})), &["finding"]),
    ];
    let mut lines = Vec::new();
    for (line, _) in &bad {
        lines.push(line.clone());
        lines.push(fine.clone());
    }
    let (answers, code) = assess(&lines);
    assert_eq!(code, 2);
    assert_eq!(answers.len(), lines.len());
    for ((line, words), pair) in bad.iter().zip(answers.chunks(2)) {
        let error = pair[0]["error"]
            .as_str()
            .unwrap_or_else(|| panic!("{line}\n{}", pair[0]));
        assert_eq!(pair[0].as_object().unwrap().len(), 2, "{}", pair[0]);
        assert_eq!(pair[0]["id"], json!(["any", 3]), "{line}");
        for word in *words {
            assert!(error.contains(word), "{line}\n{error}");
        }
        assert_eq!(level(&pair[1]), "GO_NOW");
    }
}

#[test]
fn what_is_not_json_at_all_is_a_bad_line() {
    let fine = case(&json!({}), "no").to_string();
    let deep = "[".repeat(100_000);
    let huge = format!("{{\"id\":\"{}\"", "x".repeat(3_000_000));
    let huge_fine = {
        let mut line = case(&json!({}), "no");
        line["id"] = json!("y".repeat(3_000_000));
        line.to_string()
    };
    let bad: Vec<Vec<u8>> = vec![
        b"{".to_vec(),
        b"nonsense".to_vec(),
        b"{\"id\":1,}".to_vec(),
        b"[1,2]".to_vec(),
        b"\"text\"".to_vec(),
        b"3".to_vec(),
        b"null".to_vec(),
        b"{} {}".to_vec(),
        b"\xff\xfe{}".to_vec(),
        b"{\"id\":\"\xc3\x28\"}".to_vec(),
        b"\0\0\0".to_vec(),
        deep.into_bytes(),
        huge.into_bytes(),
    ];
    let mut input = Vec::new();
    for line in &bad {
        input.extend_from_slice(line);
        input.extend_from_slice(b"\r\n\n   \n");
        input.extend_from_slice(fine.as_bytes());
        input.push(b'\n');
    }
    // The last line has no end.
    input.extend_from_slice(huge_fine.as_bytes());
    let output = run(&["assess"], &input);
    assert_eq!(output.status.code(), Some(2));
    let answers = json_lines(&output.stdout);
    assert_eq!(answers.len(), bad.len() * 2 + 1, "empty lines get no answer");
    for (line, pair) in bad.iter().zip(answers.chunks(2)) {
        let shown = String::from_utf8_lossy(&line[..line.len().min(40)]).into_owned();
        assert_eq!(pair[0]["id"], Json::Null, "{shown}");
        assert!(
            pair[0]["error"].as_str().is_some_and(|error| error.len() < 400),
            "{shown}"
        );
        assert_eq!(level(&pair[1]), "SELF_CARE");
    }
    assert_eq!(answers.last().unwrap()["id"].as_str().unwrap().len(), 3_000_000);
}

#[test]
fn nothing_in_is_nothing_out() {
    for input in ["", "\n\n", "   \n\t\n"] {
        let output = run(&["assess"], input.as_bytes());
        assert_eq!(output.status.code(), Some(0));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let mut lines = Vec::new();
    for (_, finding) in content().findings.iter() {
        for unlisted in ["no", "unsure"] {
            for topic in [json!("leg_cramps"), json!("something_feels_wrong"), Json::Null] {
                let mut line = case(&json!({ &*finding.name: true }), unlisted);
                line["topic"] = topic;
                line["now"] = json!("2026-11-22T03:10:00Z");
                lines.push(line.to_string());
            }
        }
    }
    let input = lines.join("\n");
    let first = run(&["assess"], input.as_bytes());
    let second = run(&["assess"], input.as_bytes());
    assert_eq!(first.status.code(), Some(0));
    assert!(first.stdout == second.stdout, "two runs differ");
    assert_eq!(json_lines(&first.stdout).len(), lines.len());
}
