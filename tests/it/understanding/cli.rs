//! `nightease read`: JSON lines in, JSON lines out, with the real program; and its score.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};

use crate::shared::run;

/// The small content with the lexicon of these tests, in a folder.
fn dialogues() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files = crate::content::small();
    for path in files.paths() {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, files.get(path).unwrap()).unwrap();
    }
    let lexicon = folder.path().join("lexicon");
    fs::create_dir_all(&lexicon).unwrap();
    fs::write(lexicon.join("en.toml"), super::ENGLISH).unwrap();
    folder
}

fn read(folder: &Path, lines: &str) -> (Vec<Json>, i32) {
    let output = run(
        &["read", "--dialogues", folder.to_str().unwrap()],
        lines.as_bytes(),
    );
    let text = String::from_utf8(output.stdout).unwrap();
    let answers = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    (answers, output.status.code().unwrap())
}

#[test]
fn a_message_and_what_is_read() {
    let folder = dialogues();
    let (answers, code) = read(
        folder.path(),
        "{\"id\":7,\"text\":\"30w calf swollen, no fever\",\"lang\":\"en\",\"now\":\"2026-11-22T03:10:00Z\"}\n",
    );
    assert_eq!(code, 0);
    let answer = &answers[0];
    assert_eq!(answer["id"], json!(7));
    assert_eq!(
        answer["findings"]["varicose_veins"],
        json!({"value": true, "words": ["calf swollen"], "rule": "varicose_veins.1"})
    );
    assert_eq!(
        answer["findings"]["fever"],
        json!({"value": false, "words": ["fever"], "rule": "fever.1"})
    );
    assert_eq!(answer["stage"], json!({"phase": "pregnant", "days": [210, 216]}));
    assert_eq!(answer["urgent"], json!(false));
    assert_eq!(answer["scope"], json!("self"));
    assert_eq!(answer["truncated"], json!(false));
}

#[test]
fn bad_lines_say_which_field_and_do_not_stop_the_rest() {
    let folder = dialogues();
    let lines = "nonsense\n{\"id\":1,\"text\":3}\n{\"id\":2,\"text\":\"a\",\"topic\":\"x\"}\n\
                 {\"id\":3,\"text\":\"a\",\"lang\":\"xx\"}\n{\"id\":4,\"text\":\"a\",\"now\":\"soon\"}\n\n\
                 {\"id\":5,\"text\":\"gasping\"}\n";
    let (answers, code) = read(folder.path(), lines);
    assert_eq!(code, 2);
    let errors: Vec<&str> = answers
        .iter()
        .filter_map(|answer| answer["error"].as_str())
        .collect();
    assert_eq!(errors.len(), 5, "{answers:?}");
    for (error, field) in errors.iter().zip(["line", "text", "topic", "lang", "now"]) {
        assert!(error.starts_with(field), "{error}");
    }
    assert_eq!(answers[5]["findings"]["breathless"]["value"], json!(true));
    assert_eq!(answers[5]["urgent"], json!(true));
}

#[test]
fn values_are_written_as_assess_reads_them() {
    let folder = dialogues();
    let (answers, _) = read(
        folder.path(),
        "{\"id\":1,\"text\":\"spotting, 5 nights, maybe a fever, chills yesterday, temp 36.9\"}\n",
    );
    let findings = &answers[0]["findings"];
    assert_eq!(findings["bleeding"]["value"], json!("spotting"));
    assert_eq!(findings["nights"]["value"], json!(5));
    assert_eq!(findings["shivering"]["value"], json!("past"));
    assert_eq!(answers[0]["values"], json!({"temperature_c": 36.9}));
}

#[test]
fn the_score_counts_what_it_says() {
    let folder = dialogues();
    let file = folder.path().join("labelled.jsonl");
    let lines = [
        json!({"id": "a", "text": "gasping", "trap": "plain", "findings": {"breathless": true}, "urgent": true}),
        json!({"id": "b", "text": "no fever", "trap": "negation", "findings": {"fever": true}, "urgent": false}),
        json!({"id": "c", "text": "no fever", "trap": "negation", "findings": {"fever": false}, "urgent": false}),
        json!({"id": "d", "text": "30w", "trap": "stage", "findings": {}, "urgent": false, "held_out": true,
               "stage": {"phase": "pregnant", "days": [210, 216]}}),
        // Jumped to by what need not be read: neither right nor wrong. By what nobody labelled: wrong.
        json!({"id": "e", "text": "gasping", "trap": "idiom", "findings": {}, "allow": {"breathless": true}, "urgent": false}),
        json!({"id": "f", "text": "gasping", "trap": "idiom", "findings": {}, "urgent": false}),
    ];
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    fs::write(&file, text).unwrap();
    let folder_name = folder.path().to_str().unwrap();
    let args = [
        "read",
        "--dialogues",
        folder_name,
        "--score",
        file.to_str().unwrap(),
        "--misses",
    ];
    let output = run(&args, b"");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("tuned: 5 messages"), "{said}");
    assert!(
        said.contains("dangerous denials   danger signs 1, others 0"),
        "{said}"
    );
    assert!(said.contains("red flags surfaced  1.000 (1/1)"), "{said}");
    assert!(said.contains("jump precision      0.500 (1/2)"), "{said}");
    assert!(said.contains("denied, danger      P 0.500 (1/2)"), "{said}");
    assert!(said.contains("held out: 1 messages"), "{said}");
    assert!(said.contains("stage               1.000 (1/1)"), "{said}");
    assert!(said.contains("\"b\" [negation]"), "{said}");
    assert!(said.contains("DANGEROUS fever"), "{said}");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_score_of_a_file_that_is_not_there() {
    let output = run(&["read", "--score", "nowhere.jsonl"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("nowhere.jsonl")
    );
}
