//! P11–P14, P17 and P20 hold wherever a conversation can stand, and each finds the one fault that is planted against it in
//! a copy of the conversation or of the store. `nightease check` plays every merged state; here each 40th.

use nightease::content::Content;
use nightease::conversation::token::Action;
use nightease::conversation::{Arrival, Command, Event, Keep, Session, Surroundings, Turn, turn};
use nightease::proof::properties::Verdict;
use nightease::proof::sessions::{Layer, SESSION_PROPERTIES, session_verdicts};

use super::explored;
use crate::histories::content;

const EVERY: usize = 40;

#[test]
fn every_property_of_the_conversation_holds() {
    let all = session_verdicts(content(), explored(), Layer::default(), EVERY);
    assert_eq!(all.len(), SESSION_PROPERTIES.len());
    for verdict in &all {
        let first = verdict.broken.first().map(|broken| broken.text(content()));
        assert!(
            verdict.holds(),
            "{} times: {}",
            verdict.broken.len(),
            first.unwrap()
        );
        assert!(
            verdict.looked_at > 900,
            "{} was hardly looked at",
            verdict.property
        );
    }
}

/// Expects the property to be broken by a conversation that holds these words.
fn finds(property: &str, layer: Layer, words: &[&str]) {
    let all = session_verdicts(content(), explored(), layer, 5 * EVERY);
    let found: Vec<&Verdict> = all
        .iter()
        .filter(|verdict| verdict.property == property)
        .collect();
    let [verdict] = found.as_slice() else {
        panic!("{property} is not looked at")
    };
    let broken = verdict
        .broken
        .first()
        .unwrap_or_else(|| panic!("{property} found nothing"));
    let text = broken.text(content());
    let told = ["\n   she taps: ", "\n   by name:  "];
    for word in words.iter().chain(&told) {
        assert!(text.contains(word), "\"{word}\" is not in\n{text}");
    }
    assert!(
        verdict
            .broken
            .iter()
            .all(|other| other.answers.len() >= broken.answers.len())
    );
}

fn of_turn(turn: fn(&Content, Option<Session>, &Arrival, &Surroundings) -> Turn) -> Layer {
    Layer {
        turn,
        ..Layer::default()
    }
}

/// A turn, and what a fault makes of the session after it.
fn spoiled(
    content: &Content,
    session: Option<Session>,
    arrival: &Arrival,
    around: &Surroundings,
    spoils: impl Fn(&mut Session),
) -> Turn {
    let mut turned = turn(content, session, arrival, around);
    if let Keep::Session(session) = &mut turned.keep {
        spoils(session);
    }
    turned
}

fn back_without_ticks(
    content: &Content,
    session: Option<Session>,
    arrival: &Arrival,
    around: &Surroundings,
) -> Turn {
    let back = arrival.event == Event::Command(Command::Back);
    spoiled(content, session, arrival, around, |session| {
        if back {
            session.ticks.clear();
        }
    })
}

#[test]
fn p11_finds_a_back_that_loses_ticks() {
    finds(
        "P11",
        of_turn(back_without_ticks),
        &["then Back", "the session is", "[x] "],
    );
}

fn restart_in_english(
    content: &Content,
    session: Option<Session>,
    arrival: &Arrival,
    around: &Surroundings,
) -> Turn {
    let restart = arrival.event == Event::Command(Command::Restart);
    spoiled(content, session, arrival, around, |session| {
        if restart {
            session.language = "en".into();
        }
    })
}

#[test]
fn p12_finds_a_new_start_that_loses_the_language() {
    finds(
        "P12",
        of_turn(restart_in_english),
        &["then Start again: the session is"],
    );
}

fn read_whatever(bytes: &[u8]) -> Option<Session> {
    serde_json::from_slice(bytes).ok()
}

#[test]
fn p13_finds_a_session_of_another_form_that_is_read() {
    let layer = Layer {
        read: read_whatever,
        ..Layer::default()
    };
    finds("P13", layer, &["a session of form 2 is read as one of form 3"]);
}

fn read_half(bytes: &[u8]) -> Option<Session> {
    let mut session = Session::from_bytes(bytes)?;
    session.ticks.clear();
    session.answers.truncate(1);
    Some(session)
}

#[test]
fn p13_finds_a_session_that_is_read_in_half() {
    let layer = Layer {
        read: read_half,
        ..Layer::default()
    };
    finds("P13", layer, &["stored was", "read is"]);
}

/// *None* is taken for *Not sure*.
fn none_is_not_sure(
    content: &Content,
    session: Option<Session>,
    arrival: &Arrival,
    around: &Surroundings,
) -> Turn {
    let mut arrival = arrival.clone();
    if let Event::Tap(token) = &arrival.event
        && let Some((revision, Action::None(asks))) = Action::parse(token)
    {
        arrival.event = Event::Tap(Action::NotSure(asks).token(revision));
    }
    turn(content, session, &arrival, around)
}

#[test]
fn p14_finds_a_button_that_is_taken_for_another() {
    finds(
        "P14",
        of_turn(none_is_not_sure),
        &["the button", "is not offered"],
    );
}

/// Whoever does not speak English is taken to have told a loss.
fn language_decides(
    content: &Content,
    session: Option<Session>,
    arrival: &Arrival,
    around: &Surroundings,
) -> Turn {
    spoiled(content, session, arrival, around, |session| {
        if session.language.as_str() != "en" {
            session.ended = true;
        }
    })
}

#[test]
fn p17_finds_a_language_that_changes_what_is_known() {
    finds(
        "P17",
        of_turn(language_decides),
        &["in another language the session is"],
    );
}

/// The question has no words but English ones.
fn always_english(
    content: &Content,
    session: Option<Session>,
    arrival: &Arrival,
    around: &Surroundings,
) -> Turn {
    let language = session.as_ref().map(|session| session.language.clone());
    let session = session.map(|session| Session {
        language: "en".into(),
        ..session
    });
    spoiled(content, session, arrival, around, |session| {
        session.language = language.clone().unwrap();
    })
}

#[test]
fn p17_finds_a_text_that_stays_english() {
    finds(
        "P17",
        of_turn(always_english),
        &["in another language this stays English"],
    );
}

/// Long words make a message that Telegram refuses.
fn too_long(content: &Content, session: Option<Session>, arrival: &Arrival, around: &Surroundings) -> Turn {
    let mut turned = turn(content, session, arrival, around);
    for reply in turned.replies.iter_mut().filter(|reply| reply.outcome.is_some()) {
        reply.text.push("ö".repeat(4_000));
    }
    turned
}

#[test]
fn p20_finds_a_message_that_is_too_long() {
    finds("P20", of_turn(too_long), &["UTF-16 units"]);
}

/// A text with a mark that is never closed.
fn left_open(content: &Content, session: Option<Session>, arrival: &Arrival, around: &Surroundings) -> Turn {
    let mut turned = turn(content, session, arrival, around);
    for reply in &mut turned.replies {
        reply.text.push("<b>");
    }
    turned
}

#[test]
fn p20_finds_what_is_left_open() {
    finds("P20", of_turn(left_open), &["something is left open"]);
}
