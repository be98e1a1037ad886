//! The histories can fail: with one fault put into the conversation or the store, the shortest bad chat is found.

use nightease::content::Content;
use nightease::conversation::token::Action;
use nightease::conversation::{Arrival, Command, Event, Keep, Session, Surroundings, Turn, turn};
use nightease::proof::sessions::Layer;

use super::shortest_bad_chat;

const ENOUGH: u32 = 3_000;

fn finds(layer: Layer, words: &[&str]) {
    let chats = (7..11).filter_map(|seed| shortest_bad_chat(layer, ENOUGH, seed));
    let chat = chats
        .min_by_key(|chat| chat.lines().count())
        .expect("nothing was found");
    println!("{chat}\n");
    for word in words {
        assert!(chat.contains(word), "{word:?} is not in\n{chat}");
    }
    // Opening and topic are two events of two lines each.
    assert!(chat.lines().count() <= 16, "not the shortest chat:\n{chat}");
}

fn of_turn(turn: fn(&Content, Option<Session>, &Arrival, &Surroundings) -> Turn) -> Layer {
    Layer {
        turn,
        ..Layer::default()
    }
}

/// Old taps are taken for present ones.
fn believes_old_taps(
    content: &Content,
    session: Option<Session>,
    arrival: &Arrival,
    around: &Surroundings,
) -> Turn {
    let mut arrival = arrival.clone();
    if let (Some(session), Event::Tap(token)) = (&session, &arrival.event)
        && let Some((_, action)) = Action::parse(token)
    {
        arrival.event = Event::Tap(action.token(session.revision));
    }
    turn(content, session, &arrival, around)
}

#[test]
fn p21_a_doubled_tap_that_counts_twice_is_found() {
    finds(
        of_turn(believes_old_taps),
        &["an old or foreign button changed something"],
    );
}

/// Words make her last answer undone.
fn words_undo(content: &Content, session: Option<Session>, arrival: &Arrival, around: &Surroundings) -> Turn {
    let mut session = session;
    if let (Some(session), Event::Text(_)) = (&mut session, &arrival.event) {
        session.answers.pop();
    }
    turn(content, session, arrival, around)
}

#[test]
fn an_answer_that_words_take_back_is_found() {
    finds(of_turn(words_undo), &["she types", "she told"]);
}

/// Back forgets two answers.
fn back_twice(content: &Content, session: Option<Session>, arrival: &Arrival, around: &Surroundings) -> Turn {
    let first = turn(content, session, arrival, around);
    match (&arrival.event, first.keep) {
        (Event::Command(Command::Back), Keep::Session(session)) if session.answers.len() > 1 => {
            turn(content, Some(session), arrival, around)
        }
        (_, keep) => Turn { keep, ..first },
    }
}

#[test]
fn a_back_that_goes_too_far_is_found() {
    finds(of_turn(back_twice), &["/back", "Back"]);
}

/// A panic behind some words.
fn panics(content: &Content, session: Option<Session>, arrival: &Arrival, around: &Surroundings) -> Turn {
    if let Event::Text(words) = &arrival.event {
        assert!(!words.reveal().contains('n'), "planted");
    }
    turn(content, session, arrival, around)
}

#[test]
fn p22_a_panic_is_found() {
    finds(of_turn(panics), &["Text(", "it panicked"]);
}

/// The last answer decides alone.
fn forgets_while_answering(
    content: &Content,
    session: Option<Session>,
    arrival: &Arrival,
    around: &Surroundings,
) -> Turn {
    let mut turned = turn(content, session, arrival, around);
    if let Keep::Session(session) = &mut turned.keep
        && let [.., before, _] = session.answers.as_mut_slice()
    {
        before.chosen.clear();
    }
    turned
}

#[test]
fn p14_an_answer_that_a_later_one_wipes_is_found() {
    finds(
        of_turn(forgets_while_answering),
        &["what counts as told is not what the buttons said"],
    );
}

/// The store forgets who is typing.
fn written_short(session: &Session) -> Option<Vec<u8>> {
    let short = Session {
        ticks: Vec::new(),
        ..session.clone()
    };
    short.to_bytes()
}

#[test]
fn p13_a_store_that_loses_ticks_is_found() {
    let layer = Layer {
        write: written_short,
        ..Layer::default()
    };
    finds(layer, &["stored was"]);
}
