//! Transcripts as tests: `tests/transcripts/*.txt` hold what is typed (`> …`) beside what is said. Each is played
//! through the terminal door here, and over HTTP through the Telegram door in `doors.rs`, with equal results.
//!
//! The head of a transcript says what the turns knew of the world (`# now:`, `# country:`, `# time zone:`) and what
//! must come out (`# expect: level=GO_NOW rule=R20 cause=dehydration step=toes_up`), written by hand from the clinical
//! reference. `# open: …` is what should come out and does not yet; once it does, the test asks to move it.
//! `NIGHTEASE_BLESS=1 cargo test transcripts` writes the present words into the files; the expectations stay.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use nightease::content::{Argument, Content, LanguageId, Outcome};
use nightease::conversation::wording::LONGEST_MESSAGE;
use nightease::conversation::{Reply, Session, Surroundings};
use nightease::terminal::transcript::{Player, print};
use nightease::triage::screens;

/// One transcript file.
pub struct Transcript {
    pub file: PathBuf,
    pub head: Vec<String>,
    pub lines: Vec<String>,
    pub body: String,
    pub around: Surroundings,
}

impl Transcript {
    pub fn read(file: &Path) -> Transcript {
        let text = fs::read_to_string(file).unwrap();
        let head: Vec<String> = text
            .lines()
            .take_while(|line| line.starts_with('#'))
            .map(str::to_owned)
            .collect();
        let body = text
            .lines()
            .skip(head.len())
            .collect::<Vec<_>>()
            .join("\n")
            .trim()
            .to_owned();
        let lines = body
            .lines()
            .filter_map(|line| line.strip_prefix("> "))
            .map(str::to_owned)
            .collect();
        let value = |key: &str| {
            head.iter()
                .find_map(|line| line.strip_prefix(&format!("# {key}: ")))
                .map(|text| text.trim().to_owned())
        };
        let around = Surroundings {
            now: value("now")
                .unwrap_or_else(|| "2026-11-22T03:10:00Z".to_owned())
                .parse()
                .unwrap(),
            time_zone: value("time zone").map(|name| jiff::tz::TimeZone::get(&name).unwrap()),
            country: value("country"),
            private_link: None,
        };
        Transcript {
            file: file.to_owned(),
            head,
            lines,
            body,
            around,
        }
    }

    pub fn name(&self) -> String {
        self.file.file_stem().unwrap().to_string_lossy().into_owned()
    }

    /// What must come out: pairs of `key=value`.
    pub fn expectations(&self) -> Vec<(String, String)> {
        self.pairs("# expect: ")
    }

    /// What must come out and does not yet: a known defect.
    pub fn open(&self) -> Vec<(String, String)> {
        self.pairs("# open: ")
    }

    fn pairs(&self, mark: &str) -> Vec<(String, String)> {
        let lines = self.head.iter().filter_map(|line| line.strip_prefix(mark));
        lines
            .flat_map(str::split_whitespace)
            .map(|pair| {
                pair.split_once('=')
                    .unwrap_or_else(|| panic!("{}: {pair}", self.name()))
            })
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect()
    }
}

pub fn all() -> Vec<Transcript> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    files.iter().map(|file| Transcript::read(file)).collect()
}

/// What one transcript says when it is played.
pub struct Played {
    text: String,
    replies: Vec<Reply>,
    /// The session after each line.
    pub sessions: Vec<Option<Session>>,
}

impl Played {
    /// The session at the end; after `/cancel` and the like, the last one there was.
    pub fn session(&self) -> Option<&Session> {
        self.sessions.iter().rev().flatten().next()
    }
}

/// Plays a transcript in memory.
pub fn play(content: &Content, transcript: &Transcript) -> Played {
    let mut player = Player::new(content, transcript.around.clone());
    let mut text = String::new();
    let mut all = Vec::new();
    let mut sessions = Vec::new();
    for line in &transcript.lines {
        let replies = player.play(line);
        write!(text, "> {line}\n{}", print(&replies)).unwrap();
        all.extend(replies);
        sessions.push(player.session().cloned());
    }
    Played {
        text: text.trim().to_owned(),
        replies: all,
        sessions,
    }
}

#[test]
fn every_transcript_holds_in_the_terminal() {
    let content = crate::shared::content();
    let bless = std::env::var_os("NIGHTEASE_BLESS").is_some();
    let mut wrong = Vec::new();
    for transcript in all() {
        let played = play(content, &transcript);
        if bless {
            let text = format!("{}\n\n{}\n", transcript.head.join("\n"), played.text);
            fs::write(&transcript.file, text).unwrap();
        } else if played.text != transcript.body {
            wrong.push(format!(
                "{}:\n{}",
                transcript.name(),
                first_difference(&transcript.body, &played.text)
            ));
        }
        wrong.extend(unmet(content, &transcript, &played));
        wrong.extend(unfit(&transcript, &played));
    }
    assert!(
        wrong.is_empty(),
        "{} transcripts differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// A message that is too long, lacks a text, or has a number with nothing behind it.
fn unfit(transcript: &Transcript, played: &Played) -> Vec<String> {
    let texts = played.replies.iter().map(|reply| reply.text.words());
    let empty = |line: &str| line.ends_with(' ') && line.trim().parse::<u8>().is_ok();
    texts
        .filter(|text| {
            text.chars().count() > LONGEST_MESSAGE || text.contains(['[', '{']) || text.lines().any(empty)
        })
        .map(|text| {
            format!(
                "{}: {} characters: {text}",
                transcript.name(),
                text.chars().count()
            )
        })
        .collect()
}

fn first_difference(expected: &str, found: &str) -> String {
    let pairs = expected.lines().zip(found.lines()).enumerate();
    for (place, (expected, found)) in pairs {
        if expected != found {
            return format!(
                "  line {} after the head\n  expected: {expected}\n  found:    {found}",
                place + 1
            );
        }
    }
    format!(
        "  {} lines expected, {} found",
        expected.lines().count(),
        found.lines().count()
    )
}

/// The hand-written expectations that do not hold.
fn unmet(content: &Content, transcript: &Transcript, played: &Played) -> Vec<String> {
    let known = played.session().and_then(|session| session.known(content));
    let found = known.as_ref().map(|known| screens::outcome(content, known));
    let level = played
        .replies
        .iter()
        .rev()
        .find_map(|reply| reply.outcome)
        .map(Outcome::word);
    let texts: Vec<String> = played.replies.iter().map(|reply| reply.text.words()).collect();
    let holds = |key: &str, value: &str| match key {
        "level" => level == Some(value),
        "rule" => found
            .iter()
            .any(|found| found.rules().iter().any(|rule| rule.as_str() == value)),
        "decides" => found
            .iter()
            .any(|found| found.deciding().any(|fired| fired.row.rule.as_str() == value)),
        "cause" => found
            .iter()
            .any(|found| found.causes.iter().any(|it| it.cause.id.as_str() == value)),
        "step" => shown_step(content, value, &texts),
        "no_step" => !shown_step(content, value, &texts),
        "withheld" => found
            .iter()
            .any(|found| found.withheld.iter().any(|(step, _)| step.as_str() == value)),
        "screens" => known
            .as_ref()
            .is_some_and(|known| known.screens.to_string() == value),
        other => panic!("{}: {other} cannot be expected", transcript.name()),
    };
    let mut wrong = Vec::new();
    for (key, value) in transcript.expectations() {
        if !holds(&key, &value) {
            wrong.push(format!(
                "{}: expected {key}={value}; the level is {level:?}",
                transcript.name()
            ));
        }
    }
    for (key, value) in transcript.open() {
        if holds(&key, &value) {
            wrong.push(format!(
                "{}: {key}={value} holds now; write it behind \"# expect:\"",
                transcript.name()
            ));
        }
    }
    wrong
}

/// Was the step's text shown to her, in any message? A step may be worded by phase and after a loss.
fn shown_step(content: &Content, step: &str, texts: &[String]) -> bool {
    let language = LanguageId::from("en");
    let word = |text: &str| Argument::Word(text.to_owned());
    ["pregnant", "after_birth"].iter().any(|phase| {
        ["no", "yes"].iter().any(|loss| {
            let arguments = [
                ("topic", word("leg_cramps")),
                ("phase", word(phase)),
                ("loss", word(loss)),
            ];
            let text = content.texts.get(&language, &format!("step-{step}"), &arguments);
            texts.iter().any(|shown| shown.contains(text.trim()))
        })
    })
}
