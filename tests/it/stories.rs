//! Stories told as people tell them, as transcripts `tests/transcripts/story_*.txt`: `# story:` in the teller's words,
//! `# benign: yes` where nothing is wrong, `# expect: level=…` written by hand from the clinical reference, then the
//! buttons that an honest, tired woman would press.
//!
//! `# reference: LEVEL, …` stands only where the content goes higher on purpose than the clinical reference, with the
//! rule that does. Over-triage is counted against the reference, so such a rule cannot hide it.

use nightease::content::{LanguageId, Outcome, ScreenRole};
use nightease::conversation::Reply;
use nightease::terminal::transcript::Player;
use nightease::triage::{Asked, Next, screens};

use crate::shared::{content, rank};
use crate::transcripts::{Transcript, all};

const FEWEST: usize = 60;
/// At most one benign story in so many is sent higher than its level.
const ONE_TOO_HIGH_IN: usize = 12;

struct Story {
    transcript: Transcript,
    benign: bool,
    /// The level by the clinical reference.
    reference: String,
}

impl Story {
    fn name(&self) -> String {
        self.transcript.name()
    }

    fn head(&self, key: &str) -> Option<&str> {
        head(&self.transcript, key)
    }
}

fn head<'t>(transcript: &'t Transcript, key: &str) -> Option<&'t str> {
    let mark = format!("# {key}: ");
    let mut lines = transcript.head.iter();
    lines.find_map(|line| line.strip_prefix(&mark)).map(str::trim)
}

/// The level written by hand for what must come out.
fn expected(transcript: &Transcript) -> String {
    let pairs = transcript.expectations();
    let level = pairs.iter().find(|(key, _)| key == "level");
    let (_, level) = level.unwrap_or_else(|| panic!("{}: no # expect: level=…", transcript.name()));
    level.clone()
}

fn stories() -> Vec<Story> {
    let files = all()
        .into_iter()
        .filter(|transcript| transcript.name().starts_with("story_"));
    files
        .map(|transcript| {
            let higher = head(&transcript, "reference").and_then(|text| text.split(',').next());
            let reference = higher.map_or_else(|| expected(&transcript), str::to_owned);
            Story {
                benign: head(&transcript, "benign") == Some("yes"),
                reference,
                transcript,
            }
        })
        .collect()
}

/// The first level that an answer in these replies gives.
fn level(replies: &[Reply]) -> Option<&'static str> {
    replies.iter().find_map(|reply| reply.outcome).map(Outcome::word)
}

/// What she is asked now, if she is asked something.
fn asked(player: &Player<'_>) -> Option<Asked<'static>> {
    let session = player.session()?;
    let known = session.known(content())?;
    match screens::next(content(), &known, &session.answers) {
        Next::Ask(asked) => Some(asked),
        Next::Answer(_) => None,
    }
}

fn answers(player: &Player<'_>) -> usize {
    player.session().map_or(0, |session| session.answers.len())
}

/// Plays lines up to the first answer; gives back its level.
fn play_to_answer(player: &mut Player<'_>, lines: &[String]) -> Option<&'static str> {
    lines.iter().find_map(|line| level(&player.play(line)))
}

/// What a story comes to: the level of its first answer.
fn outcome(story: &Story) -> &'static str {
    let mut player = Player::new(content(), story.transcript.around.clone());
    play_to_answer(&mut player, &story.transcript.lines)
        .unwrap_or_else(|| panic!("{}: no answer at the end", story.name()))
}

/// The lines of a story that answer a screen, before the answer: their places, and the screens.
fn answering_lines(story: &Story) -> Vec<(usize, Asked<'static>)> {
    let mut player = Player::new(content(), story.transcript.around.clone());
    let mut places = Vec::new();
    for (place, line) in story.transcript.lines.iter().enumerate() {
        let before = (asked(&player), answers(&player));
        let replies = player.play(line);
        if let (Some(asked), true) = (before.0, answers(&player) > before.1) {
            places.push((place, asked));
        }
        if level(&replies).is_some() {
            break;
        }
    }
    places
}

/// The story once more, with *Not sure* at one screen. Where a second look follows, *None, I checked*; the list of
/// causes holds no danger sign and goes on; elsewhere she goes back and answers as before.
fn unsure_once(story: &Story, place: usize, asked: &Asked<'_>) -> Result<&'static str, String> {
    let lines = &story.transcript.lines;
    let mut player = Player::new(content(), story.transcript.around.clone());
    for line in &lines[..place] {
        player.play(line);
    }
    let mut last = player.play("Not sure");
    if asked.screen.check {
        let second = self::asked(&player);
        if !second.is_some_and(|second| second.check && second.screen.id == asked.screen.id) {
            return Err("no second look".to_owned());
        }
        last = player.play("None, I checked");
    } else if asked.screen.role != ScreenRole::Causes {
        player.play("Back");
        last = player.play(&lines[place]);
    }
    level(&last)
        .or_else(|| play_to_answer(&mut player, &lines[place + 1..]))
        .ok_or_else(|| "no answer at the end".to_owned())
}

#[test]
fn there_are_enough_stories_and_half_of_them_are_benign() {
    let stories = stories();
    let benign = stories.iter().filter(|story| story.benign).count();
    let urgent = stories.len() - benign;
    assert!(
        stories.len() >= FEWEST,
        "{} stories, wanted {FEWEST}",
        stories.len()
    );
    assert!(
        benign >= FEWEST / 2 && urgent >= FEWEST / 2,
        "{benign} benign, {urgent} urgent"
    );
    for story in &stories {
        let told = story.head("story").unwrap_or_default();
        assert!(
            told.split_whitespace().count() >= 10,
            "{}: # story: in her own words is missing",
            story.name()
        );
        let calm = rank(&story.reference) < rank("SAME_DAY");
        assert_eq!(calm, story.benign, "{}: benign and its level", story.name());
    }
}

#[test]
fn the_stories_go_through_every_topic_and_every_stage() {
    let stories = stories();
    let pressed = |benign: bool, label: &str| {
        let of_kind = stories.iter().filter(|story| story.benign == benign);
        of_kind
            .flat_map(|story| &story.transcript.lines)
            .any(|line| line == label)
    };
    let stage = content().screen(&"stage".into()).unwrap();
    let stages = stage
        .choices
        .iter()
        .filter(|choice| choice.id.as_str() != "neither")
        .map(|choice| {
            content()
                .texts
                .get(&LanguageId::from("en"), &format!("choice-{}", choice.id), &[])
        });
    let both = ["Cramp right now", "Leg or foot pain", "Back pain"].map(str::to_owned);
    let both = both
        .into_iter()
        .chain(["My pregnancy ended", "I am typing for her", "Not sure"].map(str::to_owned));
    let mut missing = Vec::new();
    for label in stages.chain(both) {
        for benign in [true, false] {
            if !pressed(benign, &label) {
                missing.push(format!("{label} (benign: {benign})"));
            }
        }
    }
    // Neither ends below SAME_DAY, so no benign story goes through them.
    for label in ["Something feels wrong", "Still not sure"] {
        if !pressed(false, label) {
            missing.push(label.to_owned());
        }
    }
    assert!(missing.is_empty(), "in no story: {}", missing.join("; "));
}

#[test]
fn no_benign_story_is_sent_to_hospital_and_few_are_sent_higher() {
    let benign: Vec<Story> = stories().into_iter().filter(|story| story.benign).collect();
    let mut too_high = Vec::new();
    for story in &benign {
        let found = outcome(story);
        assert!(
            rank(found) < rank("GO_NOW"),
            "{}: {found} for a benign story",
            story.name()
        );
        assert!(
            rank(found) >= rank(&story.reference),
            "{}: {found} is lower than {}",
            story.name(),
            story.reference
        );
        if rank(found) > rank(&story.reference) {
            too_high.push(format!("{}: {found} for {}", story.name(), story.reference));
        }
    }
    assert!(
        too_high.len() * ONE_TOO_HIGH_IN <= benign.len(),
        "{} of {} benign stories are sent higher:\n{}",
        too_high.len(),
        benign.len(),
        too_high.join("\n")
    );
}

#[test]
fn no_urgent_story_is_sent_lower() {
    for story in stories().iter().filter(|story| !story.benign) {
        let found = outcome(story);
        assert!(
            rank(found) >= rank(&story.reference),
            "{}: {found} is lower than {}",
            story.name(),
            story.reference
        );
    }
}

#[test]
fn what_stands_above_the_reference_names_the_rule_that_goes_higher() {
    for story in stories() {
        let Some(reference) = story.head("reference") else {
            continue;
        };
        let expected = expected(&story.transcript);
        assert!(
            rank(&expected) > rank(&story.reference),
            "{}: # reference: is not lower than # expect:",
            story.name()
        );
        let rules = story.transcript.expectations();
        let named = rules
            .iter()
            .filter(|(key, _)| key == "rule" || key == "decides")
            .any(|(_, rule)| reference.contains(rule.as_str()));
        assert!(
            named,
            "{}: {reference} names no rule that is expected",
            story.name()
        );
    }
}

#[test]
fn a_benign_woman_who_is_not_sure_once_ends_where_she_would_have_ended() {
    let mut wrong = Vec::new();
    let mut played = 0;
    for story in stories().iter().filter(|story| story.benign) {
        // She was not sure once already.
        if story.transcript.lines.iter().any(|line| line == "Not sure") {
            continue;
        }
        let before = outcome(story);
        for (place, asked) in answering_lines(story) {
            played += 1;
            let after = unsure_once(story, place, &asked);
            if after != Ok(before) {
                wrong.push(format!(
                    "{} at {}: {after:?} instead of {before}",
                    story.name(),
                    asked.screen.id
                ));
            }
        }
    }
    assert!(played >= 4 * FEWEST / 2, "only {played} screens were played");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
