//! Whatever she sends, wherever she is: a calm way on that ends with buttons, and her answers stay unless she asked for
//! something else. And Back leads to exactly where she was.

use std::collections::{BTreeSet, HashSet};

use jiff::{SignedDuration, Timestamp};
use nightease::content::Content;
use nightease::conversation::{
    Arrival, Command, Event, Keep, Placement, Press, Reply, Session, Surroundings, Turn, Unreadable, turn,
};
use nightease::private::Private;

fn around() -> Surroundings {
    Surroundings {
        now: "2026-11-22T03:10:00Z".parse().unwrap(),
        time_zone: None,
        country: None,
        private_link: None,
    }
}

/// One conversation that can be copied and tried out.
#[derive(Clone)]
struct Chat<'c> {
    content: &'c Content,
    around: Surroundings,
    session: Option<Session>,
    replies: Vec<Reply>,
    /// Tokens that were tapped, in order.
    tapped: Vec<String>,
}

impl<'c> Chat<'c> {
    fn new(content: &'c Content) -> Chat<'c> {
        Chat {
            content,
            around: around(),
            session: None,
            replies: Vec::new(),
            tapped: Vec::new(),
        }
    }

    fn hear(&mut self, event: Event) -> &[Reply] {
        let arrival = Arrival {
            event,
            sent_at: Some(self.around.now),
        };
        self.hear_arrival(&arrival)
    }

    fn hear_arrival(&mut self, arrival: &Arrival) -> &[Reply] {
        let Turn { keep, replies } = turn(self.content, self.session.take(), arrival, &self.around);
        self.session = match keep {
            Keep::Session(session) => Some(stored(session)),
            Keep::Nothing | Keep::Wipe => None,
        };
        self.replies = replies;
        &self.replies
    }

    /// Buttons of the last message, with their tokens.
    fn buttons(&self) -> Vec<(String, String)> {
        self.replies.last().map(taps).unwrap_or_default()
    }

    fn tap(&mut self, label: &str) {
        let buttons = self.buttons();
        let found = buttons
            .iter()
            .find(|(shown, _)| shown.trim_start_matches("✓ ") == label);
        let Some((_, token)) = found else {
            panic!("no button {label:?} among {buttons:?}\n{}", self.text());
        };
        self.tap_token(&token.clone());
    }

    fn tap_token(&mut self, token: &str) {
        self.tapped.push(token.to_owned());
        self.hear(Event::Tap(token.to_owned()));
    }

    fn text(&self) -> String {
        let texts = self.replies.iter().map(|reply| reply.text.words());
        texts.collect::<Vec<_>>().join("\n\n")
    }
}

/// As the store keeps it: JSON and back is the identity.
fn stored(session: Session) -> Session {
    let bytes = serde_json::to_vec(&session).unwrap();
    let again: Session = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(session, again);
    again
}

fn taps(reply: &Reply) -> Vec<(String, String)> {
    let buttons = reply.rows.iter().flatten();
    buttons
        .filter_map(|button| match &button.press {
            Press::Tap { token, .. } => Some((button.label.clone(), token.clone())),
            Press::Copy(_) | Press::Open(_) => None,
        })
        .collect()
}

fn labels(reply: &Reply) -> Vec<String> {
    taps(reply).into_iter().map(|(label, _)| label).collect()
}

/// All that counts of a session.
fn told(session: Option<&Session>) -> Option<Session> {
    session.cloned().map(|session| Session {
        revision: 0,
        forgetting: false,
        last_event: Timestamp::UNIX_EPOCH,
        ..session
    })
}

/// Every kind of place a conversation can be in, by the labels that lead there.
const STATES: [(&str, &[&str]); 27] = [
    ("opening", &[]),
    ("gate", &["Cramp right now"]),
    ("gate checked", &["Cramp right now", "Not sure"]),
    ("stage", &["Cramp right now", "None of these"]),
    (
        "stage after a loss",
        &["Cramp right now", "None of these", "My pregnancy ended"],
    ),
    ("list", &["Cramp right now", "None of these", "20 to 27 weeks"]),
    (
        "list with ticks",
        &[
            "Cramp right now",
            "None of these",
            "20 to 27 weeks",
            "One leg hot or darker",
            "One leg is bigger",
        ],
    ),
    (
        "list checked",
        &["Cramp right now", "None of these", "20 to 27 weeks", "Not sure"],
    ),
    (
        "list checked with a tick",
        &[
            "Cramp right now",
            "None of these",
            "20 to 27 weeks",
            "Not sure",
            "One leg is bigger",
        ],
    ),
    (
        "second list",
        &[
            "Cramp right now",
            "None of these",
            "20 to 27 weeks",
            "None of these",
        ],
    ),
    (
        "second list with a tick",
        &[
            "Cramp right now",
            "None of these",
            "20 to 27 weeks",
            "None of these",
            "Fever or shivering",
        ],
    ),
    (
        "detail",
        &[
            "Cramp right now",
            "None of these",
            "20 to 27 weeks",
            "None of these",
            "Headache, sight, swollen",
            "Done",
        ],
    ),
    (
        "another detail",
        &[
            "Cramp right now",
            "None of these",
            "20 to 27 weeks",
            "Weak leg or can't stand",
            "Done",
        ],
    ),
    (
        "causes",
        &[
            "Cramp right now",
            "None of these",
            "20 to 27 weeks",
            "None of these",
            "None of these",
        ],
    ),
    (
        "causes with a tick",
        &[
            "Cramp right now",
            "None of these",
            "20 to 27 weeks",
            "None of these",
            "None of these",
            "Knot, gone in minutes",
        ],
    ),
    (
        "self-care",
        &[
            "Cramp right now",
            "None of these",
            "20 to 27 weeks",
            "None of these",
            "None of these",
            "Skip",
        ],
    ),
    (
        "routine",
        &[
            "Cramp right now",
            "None of these",
            "20 to 27 weeks",
            "None of these",
            "None of these",
            "Cramps every night",
            "Done",
        ],
    ),
    (
        "same day or more",
        &[
            "Cramp right now",
            "None of these",
            "20 to 27 weeks",
            "Hard sore cord in skin",
            "Done",
        ],
    ),
    (
        "go now",
        &[
            "Cramp right now",
            "None of these",
            "20 to 27 weeks",
            "One leg is bigger",
            "Done",
        ],
    ),
    ("emergency", &["Cramp right now", "Chest or breath trouble"]),
    ("out of scope", &["Cramp right now", "None of these", "Neither"]),
    (
        "fit",
        &[
            "Cramp right now",
            "None of these",
            "20 to 27 weeks",
            "None of these",
            "None of these",
            "Skip",
            "More steps",
        ],
    ),
    (
        "fit with a tick",
        &[
            "Cramp right now",
            "None of these",
            "20 to 27 weeks",
            "None of these",
            "None of these",
            "Skip",
            "More steps",
            "Kidney or heart illness",
        ],
    ),
    (
        "more steps",
        &[
            "Cramp right now",
            "None of these",
            "20 to 27 weeks",
            "None of these",
            "None of these",
            "Skip",
            "More steps",
            "None of these",
        ],
    ),
    (
        "why",
        &[
            "Cramp right now",
            "None of these",
            "20 to 27 weeks",
            "None of these",
            "None of these",
            "Skip",
            "Why?",
        ],
    ),
    (
        "something else too",
        &[
            "Cramp right now",
            "None of these",
            "20 to 27 weeks",
            "None of these",
            "None of these",
            "Skip",
            "Something else too",
        ],
    ),
    (
        "something feels wrong",
        &["Something feels wrong", "None of these"],
    ),
];

fn state<'c>(content: &'c Content, path: &[&str]) -> Chat<'c> {
    let mut chat = Chat::new(content);
    chat.hear(Event::Command(Command::Start(None)));
    for label in path {
        chat.tap(label);
    }
    chat
}

/// The states, with those that no path of labels leads to.
fn states(content: &Content) -> Vec<(String, Chat<'_>)> {
    let mut all: Vec<(String, Chat<'_>)> = STATES
        .iter()
        .map(|(name, path)| ((*name).to_owned(), state(content, path)))
        .collect();
    let mut asked = state(content, STATES[6].1);
    asked.hear(Event::Command(Command::Forget));
    all.push(("asked whether to forget".to_owned(), asked));
    all.push(("no session".to_owned(), Chat::new(content)));
    let mut old = state(content, STATES[6].1);
    old.around.now = old.around.now + SignedDuration::from_hours(25);
    all.push(("expired".to_owned(), old));
    all
}

fn words(text: &str) -> Private<String> {
    Private::new(text.to_owned())
}

/// What may come in any state, with whether it leaves her answers alone.
fn events() -> Vec<(&'static str, Event, bool)> {
    let command = |name, command, keeps| (name, Event::Command(command), keeps);
    vec![
        command("/start", Command::Start(None), false),
        command("/start legs", Command::Start(Some("legs".to_owned())), false),
        command(
            "/start nonsense",
            Command::Start(Some("nonsense".to_owned())),
            false,
        ),
        command("/help", Command::Help, true),
        command("/tips", Command::Tips, true),
        command("/tips_legs", Command::TipsOn("tips_legs".to_owned()), true),
        command(
            "/tips_of_tomorrow",
            Command::TipsOn("tips_of_tomorrow".to_owned()),
            true,
        ),
        command("/urgent", Command::Urgent, true),
        command("/back", Command::Back, false),
        command("/restart", Command::Restart, false),
        command("/why", Command::Why, true),
        command("/privacy", Command::Privacy, true),
        command("/forget", Command::Forget, true),
        command("/about", Command::About, true),
        command("/nonsense", Command::Unknown, true),
        ("text", Event::Text(words("my leg hurts")), true),
        ("no words", Event::Text(words("")), true),
        ("edited", Event::Edited(words("my leg hurt")), true),
        ("photo", Event::Unreadable(Unreadable::Picture), true),
        ("voice", Event::Unreadable(Unreadable::Voice), true),
        ("sticker", Event::Unreadable(Unreadable::Sticker), true),
        (
            "location, or a kind of tomorrow",
            Event::Unreadable(Unreadable::Other),
            true,
        ),
        ("a tap of tomorrow", Event::Tap("v9:what".to_owned()), true),
        ("an empty tap", Event::Tap(String::new()), true),
        ("a tap of long ago", Event::Tap("0.n:gate".to_owned()), true),
    ]
}

/// Every reply is whole, and the last one has buttons to tap.
fn calm(name: &str, replies: &[Reply]) {
    let last = replies.last().unwrap_or_else(|| panic!("{name}: silence"));
    assert!(
        !taps(last).is_empty(),
        "{name}: no buttons under {:?}",
        last.text.words()
    );
    for reply in replies {
        let text = reply.text.words();
        assert!(!text.trim().is_empty(), "{name}: an empty message");
        assert!(text.chars().count() <= 600, "{name}: too long: {text}");
        assert!(!text.contains(['{', '[']), "{name}: a text is missing: {text}");
    }
}

#[test]
fn whatever_comes_in_whatever_state_is_met_with_a_way_on() {
    let content = Content::embedded().unwrap();
    let mut tried = HashSet::new();
    for (place, chat) in states(&content) {
        for (what, event, keeps) in events() {
            let name = format!("{what} in {place}");
            let mut then = chat.clone();
            then.hear(event);
            calm(&name, &then.replies);
            if keeps && place != "expired" && place != "no session" {
                assert_eq!(told(chat.session.as_ref()), told(then.session.as_ref()), "{name}");
            }
            // The way on works: none of its buttons is an old one.
            for (label, token) in then.buttons() {
                // The same button from the same place leads to the same.
                if !tried.insert(format!("{:?} {token}", then.session)) {
                    continue;
                }
                let mut further = then.clone();
                further.tap_token(&token);
                assert!(!further.replies.is_empty(), "{label:?} after {name}: silence");
                let text = further.text();
                assert!(!text.contains("older message"), "{label:?} after {name}: {text}");
                if label != "Yes, forget all" {
                    calm(&format!("{label:?} after {name}"), &further.replies);
                }
            }
        }
        let mut then = chat.clone();
        then.hear(Event::Command(Command::Cancel));
        assert_eq!(
            (then.replies.len(), then.session),
            (1, None),
            "/cancel in {place}"
        );
    }
}

#[test]
fn the_question_is_shown_again_under_a_notice() {
    let content = Content::embedded().unwrap();
    for (place, chat) in states(&content) {
        let question = chat.replies.last().is_some_and(|reply| reply.screen.is_some());
        if !question || place == "expired" {
            continue;
        }
        let shown = chat.replies.last().unwrap();
        for (what, event, keeps) in events() {
            if !keeps || what == "/forget" {
                continue;
            }
            let mut then = chat.clone();
            then.hear(event);
            let last = then.replies.last().unwrap();
            assert_eq!(taps(shown), taps(last), "{what} in {place}");
            assert!(
                last.text.words().ends_with(&shown.text.words()),
                "{what} in {place}: {}",
                last.text.words()
            );
        }
    }
}

#[test]
fn a_doubled_tap_and_an_old_button_change_nothing() {
    let content = Content::embedded().unwrap();
    for (place, chat) in states(&content) {
        if chat.session.is_none() {
            continue;
        }
        for (age, token) in chat.tapped.iter().rev().enumerate() {
            let mut then = chat.clone();
            then.hear(Event::Tap(token.clone()));
            let name = format!("tap {age} before the present one in {place}");
            calm(&name, &then.replies);
            // "Why?" changes nothing, so its button is never old.
            if place != "expired" {
                assert_eq!(told(chat.session.as_ref()), told(then.session.as_ref()), "{name}");
            }
        }
    }
}

#[test]
fn a_message_from_before_an_outage_is_met_with_an_excuse() {
    let content = Content::embedded().unwrap();
    for (place, chat) in states(&content) {
        for (what, event, _) in events() {
            if matches!(event, Event::Tap(_)) {
                continue;
            }
            let mut then = chat.clone();
            let sent_at = Some(then.around.now - SignedDuration::from_mins(45));
            then.hear_arrival(&Arrival { event, sent_at });
            let name = format!("late {what} in {place}");
            calm(&name, &then.replies);
            let first = then.replies[0].text.words();
            assert!(first.starts_with("I was away and am back."), "{name}: {first}");
        }
    }
}

#[test]
fn a_button_of_a_forgotten_conversation_never_answers_another_question() {
    let content = Content::embedded().unwrap();
    let paths = STATES.map(|(_, path)| path);
    let mut met = 0;
    for before in paths {
        let old = state(&content, before);
        for after in paths {
            let new = state(&content, after);
            let same = new.session.as_ref().unwrap().revision == old.session.as_ref().unwrap().revision;
            let screen = |chat: &Chat<'_>| chat.replies.last().unwrap().screen.clone();
            if !same || screen(&old) == screen(&new) || screen(&old).is_none() {
                continue;
            }
            for (label, token) in old.buttons() {
                if ![
                    "None of these",
                    "None, I checked",
                    "Not sure",
                    "Still not sure",
                    "Done",
                    "Skip",
                ]
                .contains(&label.as_str())
                {
                    continue;
                }
                met += 1;
                let mut then = new.clone();
                then.tap_token(&token);
                let name = format!("{label:?} of {before:?} after {after:?}");
                calm(&name, &then.replies);
                assert_eq!(told(new.session.as_ref()), told(then.session.as_ref()), "{name}");
            }
        }
    }
    assert!(met > 20, "only {met} such buttons");
}

/// Numbers that look like chance, the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// Buttons that lead one step further, so that Back has something to undo. A tick is taken back by its own button.
fn leads_on(token: &str) -> bool {
    let action = token.split_once('.').unwrap().1;
    let first = action.split(':').next().unwrap();
    ["t", "c", "d", "n", "u", "k", "m", "e"].contains(&first)
}

#[test]
fn back_leads_to_exactly_where_she_was() {
    let content = Content::embedded().unwrap();
    let mut met = BTreeSet::new();
    for seed in 0..200 {
        let mut dice = Dice(seed * 7_919 + 13);
        let mut chat = state(&content, &[]);
        // What was to be seen before each step that Back undoes, with the chat as it stood.
        let mut depths: Vec<Chat<'_>> = Vec::new();
        let mut trail = Vec::new();
        for _ in 0..14 {
            let buttons: Vec<_> = chat
                .buttons()
                .into_iter()
                .filter(|(_, token)| leads_on(token))
                .collect();
            if buttons.is_empty() {
                break;
            }
            // Danger ends most walks early: mostly the closing buttons are pressed.
            let closing: Vec<_> = buttons
                .iter()
                .filter(|(_, token)| !token.contains(".c:"))
                .collect();
            let pressed = if !closing.is_empty() && dice.below(3) > 0 {
                closing[dice.below(closing.len())].clone()
            } else {
                buttons[dice.below(buttons.len())].clone()
            };
            let before = chat.clone();
            trail.push(pressed.0.clone());
            chat.tap_token(&pressed.1);
            if steps(&before) == steps(&chat) {
                continue;
            }
            depths.push(before);
            if let Some(reply) = chat.replies.last() {
                met.insert(reply.outcome.map(|outcome| outcome.word().to_owned()));
            }
        }
        for before in depths.into_iter().rev() {
            chat.hear(Event::Command(Command::Back));
            let name = format!("seed {seed}: {trail:?}, back to {:?}", before.text());
            let now = chat.session.clone().unwrap();
            assert_eq!(told(before.session.as_ref()), told(Some(&now)), "{name}");
            same_screen(&name, &before, &chat);
        }
    }
    assert!(met.len() >= 5, "the walks met only {met:?}");
}

/// How many steps Back can undo.
fn steps(chat: &Chat<'_>) -> (usize, usize, usize, u8) {
    chat.session.as_ref().map_or((0, 0, 0, 0), |session| {
        (
            usize::from(session.topic.is_some()),
            session.answers.len(),
            session.earlier.len(),
            session.more,
        )
    })
}

fn same_screen(name: &str, before: &Chat<'_>, after: &Chat<'_>) {
    let (Some(then), Some(now)) = (before.replies.last(), after.replies.last()) else {
        panic!("{name}: silence");
    };
    assert_eq!(then.text.words(), now.text.words(), "{name}");
    assert_eq!(labels(then), labels(now), "{name}");
    assert_eq!(then.screen, now.screen, "{name}");
    assert!(now.placement == Placement::New || then.screen.is_some(), "{name}");
}

#[cfg(not(feature = "fault-injection"))]
#[test]
fn the_planted_words_do_nothing_in_a_release() {
    let content = Content::embedded().unwrap();
    let mut chat = state(&content, &[]);
    chat.hear(Event::Text(words("plant a panic")));
    calm("planted words", &chat.replies);
}
