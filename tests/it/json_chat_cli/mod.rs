//! `nightease chat --json` with the real program, and a robot that knows nothing but what the program writes: what
//! each button records. Whatever she tells it, the conversation ends no lower than `assess` puts her.

mod robot;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout};

use serde_json::{Value as Json, json};

use crate::shared::{json_lines, program, run};

/// A running program that is talked to line by line.
pub struct Talk {
    program: Child,
    pub input: ChildStdin,
    output: BufReader<ChildStdout>,
    turns: u64,
}

impl Talk {
    pub fn begin() -> Talk {
        let mut program = program(&["chat", "--json", "--now", "2026-11-22T03:10:00Z"])
            .spawn()
            .unwrap();
        let input = program.stdin.take().unwrap();
        let output = BufReader::new(program.stdout.take().unwrap());
        Talk {
            program,
            input,
            output,
            turns: 0,
        }
    }

    pub fn line(&mut self) -> Json {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    /// One turn: the replies.
    pub fn say(&mut self, line: &Json) -> Vec<Json> {
        writeln!(self.input, "{line}").unwrap();
        self.turns += 1;
        let mut replies = Vec::new();
        loop {
            let reply = self.line();
            if let Some(turn) = reply.get("turn") {
                assert_eq!(*turn, json!(self.turns));
                assert!(!replies.is_empty(), "silence after {line}");
                return replies;
            }
            assert!(reply.get("error").is_none(), "{line}: {reply}");
            replies.push(reply);
        }
    }

    pub fn text(&mut self, text: &str) -> Vec<Json> {
        self.say(&json!({ "text": text }))
    }

    pub fn tap(&mut self, id: &Json) -> Vec<Json> {
        self.say(&json!({ "tap": id }))
    }

    /// A line that is no turn: the error.
    pub fn wrong(&mut self, line: &[u8]) -> String {
        self.input.write_all(line).unwrap();
        self.input.write_all(b"\n").unwrap();
        let answer = self.line();
        assert_eq!(answer.as_object().unwrap().len(), 1, "{answer}");
        answer["error"].as_str().unwrap().to_owned()
    }

    pub fn end(mut self) {
        drop(self.input);
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).unwrap();
        assert!(rest.is_empty(), "{rest}");
        assert_eq!(self.program.wait().unwrap().code(), Some(0));
    }
}

pub fn choices(replies: &[Json]) -> &Vec<Json> {
    replies.last().unwrap()["choices"].as_array().unwrap()
}

pub fn labelled<'a>(replies: &'a [Json], label: &str) -> &'a Json {
    let all = choices(replies);
    let found = all.iter().find(|choice| choice["label"] == label);
    found.unwrap_or_else(|| panic!("no {label} among {all:?}"))
}

#[test]
fn it_is_silent_until_the_first_line_and_ends_with_the_input() {
    let output = run(&["chat", "--json"], b"");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.is_empty() && output.stderr.is_empty());
    let output = run(&["chat", "--json"], b"\n  \n{\"text\":\"/start\"}");
    assert_eq!(output.status.code(), Some(0));
    let lines = json_lines(&output.stdout);
    assert_eq!(lines.last().unwrap(), &json!({ "turn": 1 }));
}

#[test]
fn a_reply_has_every_field_and_only_the_last_has_choices() {
    let mut talk = Talk::begin();
    let opening = talk.text("/start");
    assert_eq!(opening.len(), 1);
    let first = talk.tap(&labelled(&opening, "Cramp right now")["id"]);
    assert_eq!(first.len(), 2, "the stretch, then the first question");
    for reply in opening.iter().chain(&first) {
        let keys: BTreeSet<&str> = reply.as_object().unwrap().keys().map(String::as_str).collect();
        let expected = ["text", "screen", "stage", "level", "end", "choices"];
        assert_eq!(keys, BTreeSet::from(expected));
        assert_eq!(reply["level"], Json::Null);
        assert_eq!(reply["end"], false);
        assert_eq!(reply["stage"], Json::Null);
    }
    assert_eq!(first[0]["choices"], json!([]));
    assert_eq!(first[0]["screen"], Json::Null);
    assert_eq!(first[1]["screen"], "gate");
    for choice in choices(&opening).iter().chain(choices(&first)) {
        for key in ["id", "label", "sets", "any_of"] {
            assert!(choice.get(key).is_some(), "{choice}");
        }
    }
    let answer = talk.tap(&labelled(&first, "Heavy bleeding")["id"]);
    assert_eq!(answer.len(), 1);
    assert_eq!(answer[0]["level"], "EMERGENCY");
    assert_eq!(answer[0]["end"], true);
    talk.end();
}

#[test]
fn a_button_says_what_it_records() {
    let mut talk = Talk::begin();
    let gate = talk.text("/start cramp");
    let merged = labelled(&gate, "Heavy bleeding");
    assert_eq!(merged["sets"], json!({ "sign_heavy_bleeding": true }));
    assert_eq!(
        merged["any_of"],
        json!(["heavy_bleeding_after_birth", "vaginal_bleeding"])
    );
    let single = labelled(&gate, "Leg cold, white or blue");
    assert_eq!(single["sets"], json!({ "leg_cold_or_pale": true }));
    assert_eq!(single["any_of"], json!([]));
    for navigation in ["Back", "Why do you ask?", "Start again"] {
        assert_eq!(labelled(&gate, navigation)["sets"], json!({}), "{navigation}");
    }
    let none = &labelled(&gate, "None of these")["sets"];
    for denied in [
        "sign_heavy_bleeding",
        "breathless",
        "saddle_numbness",
        "suicidal_thoughts",
        "leg_cold_or_pale",
    ] {
        assert_eq!(none[denied], false, "{denied}");
    }
    // No heavy bleeding is not no bleeding.
    assert!(none.get("vaginal_bleeding").is_none());
    let stage = talk.tap(&labelled(&gate, "None of these")["id"]);
    let band = labelled(&stage, "20 to 27 weeks");
    assert_eq!(band["stage"], json!({ "phase": "pregnant", "days": [140, 195] }));
    assert_eq!(labelled(&stage, "Not sure")["stage"]["phase"], "unknown");
    let legs = talk.tap(&band["id"]);
    assert_eq!(
        legs[0]["stage"],
        json!({ "phase": "pregnant", "days": [140, 195] })
    );
    let ticked = talk.tap(&labelled(&legs, "Hard sore cord in skin")["id"]);
    // A second tap takes the tick away; it records nothing.
    assert_eq!(labelled(&ticked, "✓ Hard sore cord in skin")["sets"], json!({}));
    let done = labelled(&ticked, "Done");
    assert_eq!(done["sets"]["sign_bigger"], false);
    assert_eq!(done["sets"]["leg_swelling_one_side"], false);
    assert!(done["sets"].get("hard_red_vein").is_none());
    talk.end();
}

#[test]
fn an_old_button_shows_the_present_screen_again() {
    let mut talk = Talk::begin();
    let gate = talk.text("/start cramp");
    let old = labelled(&gate, "None of these")["id"].clone();
    let stage = talk.tap(&old);
    assert_eq!(stage[0]["screen"], "stage");
    assert_ne!(labelled(&stage, "Back")["id"], labelled(&gate, "Back")["id"]);
    let doubled = talk.tap(&old);
    assert_eq!(doubled.last().unwrap()["screen"], "stage");
    let legs = talk.tap(&labelled(&doubled, "20 to 27 weeks")["id"]);
    assert_eq!(legs[0]["screen"], "legs");
    for never in [
        old,
        json!("nonsense"),
        json!(""),
        json!("zzzzzzzzzz.c:fever"),
        json!("0.c:fever"),
        json!("é".repeat(200)),
    ] {
        let again = talk.tap(&never);
        assert_eq!(again.last().unwrap()["screen"], "legs", "{never}");
        assert_eq!(choices(&again).len(), choices(&legs).len());
    }
    // A button of another screen, with the right revision, records nothing.
    let revision = labelled(&legs, "Back")["id"]
        .as_str()
        .unwrap()
        .split_once('.')
        .unwrap()
        .0
        .to_owned();
    for forged in ["c:fever", "c:under_13_weeks", "c:no_such_choice", "k", "fy", "fn"] {
        let again = talk.tap(&json!(format!("{revision}.{forged}")));
        assert_eq!(again.last().unwrap()["screen"], "legs", "{forged}");
        assert_eq!(again.last().unwrap()["level"], Json::Null);
    }
    talk.end();
}

#[test]
fn a_bad_line_is_an_error_and_the_conversation_goes_on() {
    let mut talk = Talk::begin();
    let gate = talk.text("/start cramp");
    let bad: [&[u8]; 14] = [
        b"nonsense",
        b"{",
        b"[]",
        b"3",
        b"null",
        b"{}",
        b"{\"text\":3}",
        b"{\"tap\":null}",
        b"{\"text\":\"/start\",\"tap\":\"0.n\"}",
        b"{\"words\":\"/start\"}",
        b"{\"text\":[\"/start\"]}",
        b"\xff\xfe\x00",
        b"{\"text\":\"\xc3\x28\"}",
        b"\0",
    ];
    for line in bad {
        assert!(!talk.wrong(line).is_empty());
    }
    assert!(!talk.wrong("[".repeat(100_000).as_bytes()).is_empty());
    // Two newlines are no line; then it goes on where it was.
    talk.input.write_all(b"\n\n").unwrap();
    let stage = talk.tap(&labelled(&gate, "None of these")["id"]);
    assert_eq!(stage[0]["screen"], "stage");
    let huge = talk.text(&"hello ".repeat(400_000));
    assert_eq!(huge.last().unwrap()["screen"], "stage");
    for text in [
        "",
        " ",
        "/",
        "//",
        "/start\u{0}",
        "/tips_",
        "/tips_nothing",
        "/START cramp",
        "\u{202e}",
        "/back now",
    ] {
        talk.text(text);
    }
    talk.end();
}

#[test]
fn a_tap_before_the_first_word_is_answered() {
    let mut talk = Talk::begin();
    let replies = talk.tap(&json!("5.c:heavy_bleeding"));
    assert!(!choices(&replies).is_empty());
    talk.end();
}
