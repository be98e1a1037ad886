//! Whatever she sends, wherever she is: a calm way on that ends with buttons, and her answers stay unless she asked for
//! something else.

mod back;
pub mod chat;
mod countries;
mod forged;
pub mod places;
mod recorded;

use std::collections::{BTreeSet, HashSet};

use jiff::SignedDuration;
use nightease::content::Content;
use nightease::conversation::{Arrival, Command, Event, Reply, Unreadable};
use nightease::private::Private;

use chat::{Chat, taps, told};
use places::{PLACES, state, states};

fn words(text: &str) -> Private<String> {
    Private::new(text.to_owned())
}

/// What may come in any state, with whether it leaves her answers alone.
fn events() -> Vec<(&'static str, Event, bool)> {
    let command = |name, command, keeps| (name, Event::Command(command), keeps);
    vec![
        command("/start", Command::Start(None), false),
        command("/start legs", Command::Start(Some("legs".to_owned())), false),
        command("/start back", Command::Start(Some("back".to_owned())), false),
        command(
            "/start nonsense",
            Command::Start(Some("nonsense".to_owned())),
            false,
        ),
        command("/help", Command::Help, true),
        command("/tips", Command::Tips, true),
        command("/tips_legs", Command::TipsOn("tips_legs".to_owned()), true),
        command("/tips_back", Command::TipsOn("tips_back".to_owned()), true),
        command(
            "/tips_after_birth",
            Command::TipsOn("tips_after_birth".to_owned()),
            true,
        ),
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
        ("text", Event::Text(words("hello there")), true),
        ("her words", Event::Text(words("my leg hurts")), false),
        ("no words", Event::Text(words("")), true),
        ("edited", Event::Edited(words("hello again")), true),
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
fn p23_whatever_comes_in_whatever_state_is_met_with_a_way_on() {
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
            then.hear_arrival(&Arrival {
                event,
                sent_at,
                message: None,
            });
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
    let paths = PLACES.map(|(_, path)| path);
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

#[test]
fn about_names_the_content_that_is_served() {
    let content = Content::embedded().unwrap();
    for (place, chat) in states(&content) {
        let mut then = chat.clone();
        then.hear(Event::Command(Command::About));
        assert!(then.text().contains(&*content.digest), "{place}: {}", then.text());
    }
}

#[cfg(not(feature = "fault-injection"))]
#[test]
fn the_planted_words_do_nothing_in_a_release() {
    let content = Content::embedded().unwrap();
    let mut chat = state(&content, "");
    chat.hear(Event::Text(words("plant a panic")));
    calm("planted words", &chat.replies);
}

#[test]
fn the_places_are_of_every_kind() {
    let content = Content::embedded().unwrap();
    let (mut outcomes, mut roles) = (BTreeSet::new(), BTreeSet::new());
    for (_, chat) in states(&content) {
        let Some(last) = chat.replies.last() else {
            continue;
        };
        outcomes.extend(last.outcome.map(|outcome| outcome.word()));
        let screen = last.screen.as_ref().and_then(|id| content.screen(id));
        roles.extend(screen.map(|screen| format!("{:?}", screen.role)));
    }
    let all = [
        "EMERGENCY",
        "GO_NOW",
        "OUT_OF_SCOPE",
        "ROUTINE",
        "SAME_DAY",
        "SELF_CARE",
    ];
    assert_eq!(outcomes, BTreeSet::from(all));
    for role in ["Causes", "Danger", "Detail", "Fit", "Stage"] {
        assert!(roles.contains(role), "{role} is missing: {roles:?}");
    }
}
