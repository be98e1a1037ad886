//! What many tests share: the shipped content, read once, and the real program.

use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use nightease::content::{Content, Days, Phase, Stage};
use nightease::conversation::Surroundings;
use nightease::terminal::assess::answer_line;
use serde_json::{Value as Json, json};

/// The shipped content. Loading takes a moment, so it is loaded once.
pub fn content() -> &'static Content {
    static CONTENT: OnceLock<Content> = OnceLock::new();
    CONTENT.get_or_init(|| Content::embedded().unwrap())
}

/// A night of which nothing is known but the time.
pub fn around() -> Surroundings {
    Surroundings {
        now: "2026-11-22T03:10:00Z".parse().unwrap(),
        time_zone: None,
        country: None,
        private_link: None,
    }
}

/// A stage.
pub fn stage(phase: Phase, lo: u16, hi: u16) -> Stage {
    let days = Days::new(lo, hi).unwrap();
    Stage { phase, days }
}

/// The stages a woman can choose, by the names of their buttons.
pub fn stages() -> Vec<(&'static str, Stage)> {
    use Phase::{AfterBirth, Neither, PeriodLate, Pregnant};
    vec![
        ("under_13_weeks", stage(Pregnant, 0, 90)),
        ("weeks_13_to_19", stage(Pregnant, 91, 139)),
        ("weeks_20_to_27", stage(Pregnant, 140, 195)),
        ("weeks_28_to_36", stage(Pregnant, 196, 258)),
        ("weeks_37_or_more", stage(Pregnant, 259, 300)),
        ("week_not_known", stage(Pregnant, 0, 300)),
        ("after_0_to_2_weeks", stage(AfterBirth, 0, 13)),
        ("after_2_to_6_weeks", stage(AfterBirth, 14, 41)),
        ("after_6_to_12_weeks", stage(AfterBirth, 42, 83)),
        ("after_3_to_6_months", stage(AfterBirth, 84, 182)),
        ("period_late", stage(PeriodLate, 0, 90)),
        ("neither", stage(Neither, 0, 300)),
    ]
}

/// A stage as `assess` reads it.
pub fn stage_json(stage: Stage) -> Json {
    json!({ "phase": stage.phase, "days": [stage.days.lo(), stage.days.hi()] })
}

/// What `assess` says to a case.
pub fn assessed(topic: Option<&str>, stage: Stage, findings: &Json, unlisted: &str) -> Json {
    let line = json!({
        "id": 1, "topic": topic, "stage": stage_json(stage), "findings": findings, "unlisted": unlisted,
    });
    let answer = answer_line(content(), &around(), &line.to_string());
    assert!(answer.get("error").is_none(), "{line}\n{answer}");
    answer
}

/// The place of a level in the order of urgency.
pub fn rank(level: &str) -> usize {
    [
        "OUT_OF_SCOPE",
        "SELF_CARE",
        "ROUTINE",
        "SAME_DAY",
        "GO_NOW",
        "EMERGENCY",
    ]
    .iter()
    .position(|known| *known == level)
    .unwrap_or_else(|| panic!("{level} is no level"))
}

/// The level in an answer.
pub fn level(answer: &Json) -> &str {
    answer["level"].as_str().unwrap()
}

/// The words of a list in an answer.
pub fn listed<'a>(answer: &'a Json, key: &str) -> Vec<&'a str> {
    let items = answer[key].as_array().unwrap().iter();
    items.map(|item| item.as_str().unwrap()).collect()
}

/// The program, in an empty folder and with none of its settings set.
pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nightease"));
    command.args(arguments).current_dir(std::env::temp_dir());
    for (name, _) in std::env::vars() {
        if name.starts_with("NIGHTEASE_") || name.starts_with("TELOXIDE_") {
            command.env_remove(name);
        }
    }
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs the program to its end with this input.
pub fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut running = program(arguments).spawn().unwrap();
    let mut stdin = running.stdin.take().unwrap();
    let input = input.to_vec();
    // It writes while it reads, so its input is fed beside.
    let feeding = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = running.wait_with_output().unwrap();
    feeding.join().unwrap();
    output
}

/// The lines of an output, each as JSON.
pub fn json_lines(output: &[u8]) -> Vec<Json> {
    let text = std::str::from_utf8(output).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}
