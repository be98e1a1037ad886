//! The country, asked by button: every one is within reach, nothing waits for it, and no tap on its list can touch an
//! answer of hers.

use std::collections::{BTreeMap, BTreeSet};

use nightease::content::{Content, Hours, Level, LineKind};
use nightease::conversation::{Command, Event, Press, Reply, Session};
use nightease::private::Private;

use super::chat::{Chat, stored, taps, told};
use super::places::{state, states};
use crate::dice::Dice;

const EMERGENCY: &str = "Cramp right now > Chest or breath trouble";
const GO_NOW: &str = "Cramp right now > None of these > 20 to 27 weeks > One leg is bigger > Done";
const SAME_DAY: &str =
    "Cramp right now > None of these > 20 to 27 weeks > None of these > Itchy palms or soles > Done";
const ASK: &str = "Number for my country";

/// What the buttons of a message copy.
fn copies(reply: &Reply) -> Vec<&str> {
    let buttons = reply.rows.iter().flatten();
    buttons
        .filter_map(|button| match &button.press {
            Press::Copy(text) => Some(text.as_str()),
            Press::Tap { .. } | Press::Open(_) => None,
        })
        .collect()
}

fn offers(chat: &Chat<'_>, label: &str) -> bool {
    chat.buttons().iter().any(|(shown, _)| shown == label)
}

/// The list of countries at an emergency, and each of its other parts.
fn lists(content: &Content) -> Vec<Chat<'_>> {
    let mut first = state(content, EMERGENCY);
    first.tap(ASK);
    let mut all = vec![first.clone()];
    for (label, token) in first.buttons() {
        if token.contains(".p:") {
            let mut part = first.clone();
            part.tap(&label);
            all.push(part);
        }
    }
    all
}

#[test]
fn every_country_is_three_taps_away_and_shows_its_number() {
    let content = Content::embedded().unwrap();
    let mut reached = BTreeSet::new();
    for list in lists(&content) {
        let buttons = list.buttons();
        let countries = buttons.iter().filter(|(_, token)| token.contains(".g:"));
        assert!(countries.clone().count() <= 14, "{buttons:?}");
        for (label, token) in countries {
            let code = token.split_once(":").unwrap().1;
            assert!(reached.insert(code.to_owned()), "{code} stands on the list twice");
            let mut chat = list.clone();
            chat.tap(label);
            let emergency = &content.numbers_of(code).unwrap().emergency.number;
            let [answer] = chat.replies.as_slice() else {
                panic!("{label}: {}", chat.text());
            };
            let call = format!("Call your emergency number ({emergency}) now.");
            assert!(answer.text.words().starts_with(&call), "{label}: {}", chat.text());
            assert_eq!(copies(answer).first(), Some(&&**emergency), "{label}");
            assert!(answer.urgent);
        }
    }
    let listed: BTreeSet<String> = content
        .numbers
        .iter()
        .map(|numbers| numbers.country.to_string())
        .collect();
    assert_eq!(reached, listed);
}

#[test]
fn the_danger_answer_is_complete_before_any_country_is_asked() {
    let content = Content::embedded().unwrap();
    for path in [EMERGENCY, GO_NOW, SAME_DAY] {
        let asked = state(&content, path);
        let mut set = Chat::new(&content);
        // A country that is set and not listed: nothing is asked, and the words are the same.
        set.around.country = Some("XX".to_owned());
        set.hear(Event::Command(Command::Start(None)));
        for label in path.split(" > ") {
            set.tap(label);
        }
        assert_eq!(asked.text(), set.text());
        assert!(offers(&asked, ASK) && !offers(&set, ASK), "{path}");
    }
    let calm = state(
        &content,
        "Cramp right now > None of these > 20 to 27 weeks > None of these > None of these > Skip",
    );
    assert!(!offers(&calm, ASK), "{}", calm.text());
}

#[test]
fn a_country_that_is_set_is_never_asked() {
    let content = Content::embedded().unwrap();
    for (place, mut chat) in states(&content) {
        let tokens = chat.tapped.clone();
        chat.around.country = Some("GB".to_owned());
        let mut events = vec![
            Event::Command(Command::Urgent),
            Event::Text(Private::new("where".to_owned())),
        ];
        events.extend(tokens.into_iter().map(Event::Tap));
        for event in events {
            let mut then = chat.clone();
            then.hear(event.clone());
            let labels: Vec<String> = then.buttons().into_iter().map(|(label, _)| label).collect();
            for label in [ASK, "Change country", "Other country"] {
                assert!(
                    !labels.iter().any(|shown| shown == label),
                    "{event:?} in {place}: {labels:?}"
                );
            }
        }
    }
}

#[test]
fn no_tap_around_the_list_touches_an_answer() {
    let content = Content::embedded().unwrap();
    let answers = |chat: &Chat<'_>| {
        let session = chat.session.clone().unwrap();
        (
            session.topic,
            session.answers,
            session.ticks,
            session.earlier,
            session.more,
        )
    };
    for path in [EMERGENCY, GO_NOW, SAME_DAY] {
        let answer = state(&content, path);
        let mut open = answer.clone();
        open.tap(ASK);
        // Each button of the list, tapped twice, and the list opened twice.
        for (label, token) in open.buttons() {
            let mut chat = open.clone();
            chat.tap_token(&token);
            let once = told(chat.session.as_ref());
            chat.tap_token(&token);
            assert_eq!(answers(&chat), answers(&answer), "{label}");
            assert_eq!(told(chat.session.as_ref()), once, "{label}, doubled");
        }
        let mut twice = open.clone();
        let opened = open.tapped.last().unwrap().clone();
        twice.tap_token(&opened);
        assert_eq!(answers(&twice), answers(&answer));
        // Back, typed or tapped, leads back to the answer, and one more leads on from there.
        for typed in [false, true] {
            let mut chat = open.clone();
            if typed {
                chat.hear(Event::Command(Command::Back));
            } else {
                chat.tap("Back");
            }
            assert_eq!(answers(&chat), answers(&answer));
            assert!(offers(&chat, ASK), "{}", chat.text());
            chat.hear(Event::Command(Command::Back));
            assert_ne!(answers(&chat), answers(&answer));
        }
    }
}

#[test]
fn the_question_under_the_list_can_still_be_answered() {
    let content = Content::embedded().unwrap();
    let mut chat = state(&content, "Cramp right now");
    chat.hear(Event::Command(Command::Urgent));
    let question = chat.buttons();
    chat.tap(ASK);
    let (_, token) = question
        .iter()
        .find(|(label, _)| label == "Chest or breath trouble")
        .unwrap();
    chat.tap_token(token);
    assert!(chat.text().contains("now."), "{}", chat.text());
    let level = chat.replies.last().unwrap().outcome.unwrap().level();
    assert_eq!(level, Some(Level::Emergency));
    // The list does not come back by itself.
    chat.hear(Event::Text(Private::new("what now".to_owned())));
    assert!(!chat.text().contains("Which country"), "{}", chat.text());
}

#[test]
fn its_button_under_an_older_message_still_opens_the_list() {
    let content = Content::embedded().unwrap();
    let mut chat = state(&content, EMERGENCY);
    let asked = chat
        .buttons()
        .into_iter()
        .find(|(label, _)| label == ASK)
        .unwrap()
        .1;
    chat.tap("Start again");
    chat.tap_token(&asked);
    assert!(
        chat.text().starts_with("Which country are you in?"),
        "{}",
        chat.text()
    );
    let old = chat.buttons();
    chat.tap("Ireland");
    assert!(
        chat.text().starts_with("Call your emergency number (112) now."),
        "{}",
        chat.text()
    );
    // A country of the list that she has left is an old button.
    let kept = told(chat.session.as_ref());
    let other = old.iter().find(|(label, _)| label == "India").unwrap();
    chat.tap_token(&other.1);
    assert_eq!(told(chat.session.as_ref()), kept);
}

#[test]
fn a_session_from_before_countries_goes_on() {
    let content = Content::embedded().unwrap();
    for (place, chat) in states(&content) {
        let Some(session) = &chat.session else {
            continue;
        };
        let mut json = serde_json::to_value(session).unwrap();
        let fields = json.as_object_mut().unwrap();
        assert!(fields.remove("country").is_some() && fields.remove("countries").is_some());
        let old: Session = serde_json::from_value(json).unwrap();
        assert_eq!(
            (old.country.clone(), old.answers.len()),
            (None, session.answers.len()),
            "{place}"
        );
        assert_eq!(stored(old.clone()), old);
    }
}

/// Walks by chance in a country, each to its answer.
fn answers_in<'c>(content: &'c Content, country: &str) -> Vec<(Level, Chat<'c>)> {
    let mut all = Vec::new();
    for seed in 0..1_500 {
        let mut dice = Dice(seed * 6_007 + 11);
        let mut chat = Chat::new(content);
        chat.around.country = Some(country.to_owned());
        chat.hear(Event::Command(Command::Start(None)));
        for _ in 0..12 {
            let last = chat.replies.last().unwrap();
            if let Some(level) = last.outcome.and_then(|outcome| outcome.level()) {
                all.push((level, chat.clone()));
                break;
            }
            let leads_on = ["t:", "c:", "d:", "n:", "u:", "k:"];
            let buttons: Vec<_> = taps(last)
                .into_iter()
                .filter(|(_, token)| leads_on.iter().any(|code| token.contains(&format!(".{code}"))))
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
            chat.tap_token(&pressed.1);
        }
    }
    all
}

#[test]
fn an_answer_names_the_lines_that_fit_and_copies_what_it_names() {
    let content = Content::embedded().unwrap();
    let lines = &content.numbers_of("AU").unwrap().lines;
    let number = |kind: LineKind| {
        let line = lines.iter().find(|line| line.kind == kind).unwrap();
        (&*line.phone.number, line.hours == Hours::Always)
    };
    let (health, always) = number(LineKind::Health);
    let (midwife, day_only) = number(LineKind::Maternity);
    assert!(always && !day_only);
    let (mut named, mut met) = (BTreeMap::<Level, usize>::new(), BTreeMap::<Level, usize>::new());
    for (level, chat) in answers_in(&content, "AU") {
        let replies = &chat.replies;
        let text = replies[0].text.words();
        let copied = copies(replies.last().unwrap());
        assert!(text.chars().count() <= 600, "{text}");
        let tells = |number: &str| replies.iter().any(|reply| reply.text.words().contains(number));
        let both = |number: &str| (tells(number), copied.contains(&number));
        match level {
            Level::SelfCare | Level::Routine => {
                assert_eq!(
                    (both(health), both(midwife)),
                    ((false, false), (false, false)),
                    "{text}"
                );
                assert!(copied.is_empty());
            }
            Level::Emergency => {
                assert_eq!(copied.first(), Some(&"000"), "{text}");
                assert_eq!(
                    (both(health), both(midwife)),
                    ((false, false), (false, false)),
                    "{text}"
                );
            }
            Level::GoNow => {
                assert_eq!(copied.first(), Some(&"000"), "{text}");
                // It may be night there: no line that may not answer.
                assert_eq!(both(midwife), (false, false), "{text}");
            }
            Level::SameDay => assert!(!copied.contains(&"000"), "{text}"),
        }
        // What is named can be copied.
        for line in lines.iter().map(|line| &*line.phone.number) {
            assert!(!tells(line) || copied.contains(&line), "{line}: {text}");
        }
        *met.entry(level).or_default() += 1;
        *named.entry(level).or_default() += usize::from(tells(health) || tells(midwife));
    }
    println!("answers: {met:?}, with a line: {named:?}");
    // A line gives way where all is full; its button stays.
    for (level, percent) in [(Level::SameDay, 95), (Level::GoNow, 95)] {
        assert!(met[&level] > 50, "{met:?}");
        assert!(
            named[&level] * 100 >= met[&level] * percent,
            "{level:?}: {named:?} of {met:?}"
        );
    }
}

#[test]
fn what_she_picked_her_country_for_is_told_at_once() {
    let content = Content::embedded().unwrap();
    let (mut met, mut led) = (0, 0);
    for (_, mut chat) in answers_in(&content, "XX") {
        chat.around.country = None;
        // With no country set, the same answer asks for it.
        chat.hear(Event::Command(Command::About));
        let level = chat.replies.last().and_then(|reply| reply.outcome?.level());
        if level < Some(Level::SameDay) {
            assert!(!offers(&chat, ASK), "{}", chat.text());
            continue;
        }
        chat.tap(ASK);
        chat.tap("Australia");
        let text = chat.text();
        assert!(text.contains("000"), "{text}");
        if level < Some(Level::Emergency) {
            let told = text.contains("Health line: 1800 022 222, day and night");
            assert!(told || text.contains("Crisis line: 13 11 14"), "{text}");
        }
        let length = |reply: &Reply| reply.text.words().chars().count();
        assert!(chat.replies.iter().all(|reply| length(reply) <= 600), "{text}");
        met += 1;
        led += usize::from(chat.replies.len() > 1);
    }
    assert!(met > 500 && led > 50, "{met}, {led}");
}

#[test]
fn low_mood_and_thoughts_of_harm_have_lines_of_their_own() {
    let content = Content::embedded().unwrap();
    let in_country = |country: &str, path: &str| {
        let mut chat = Chat::new(&content);
        chat.around.country = Some(country.to_owned());
        chat.hear(Event::Command(Command::Start(None)));
        for label in path.split(" > ") {
            chat.tap(label);
        }
        chat
    };
    let harm = "Cramp right now > Thoughts of harm";
    let might = "Cramp right now > Not sure > Thoughts of harm";
    let low = "Something feels wrong > None of these > 0-2 weeks after > Mood or not safe > Low or very worried > Done";
    for (country, path, said, not_said) in [
        ("US", harm, "Crisis line: 988, day and night.", "1-833-852-6262"),
        ("US", might, "Crisis line: 988, day and night.", "1-833-852-6262"),
        (
            "US",
            low,
            "Line for low mood: 1-833-852-6262, day and night.",
            "988",
        ),
        (
            "IE",
            low,
            "Crisis line: 116 123, day and night.",
            "Line for low mood",
        ),
        // The line is more to her than the quote of what she said.
        (
            "AU",
            low,
            "Line for low mood: 1300 726 306, Monday to Friday, 9:00 to 16:00.",
            "13 11 14",
        ),
        ("FR", harm, "Crisis line: 3114, day and night.", "116 123"),
    ] {
        let chat = in_country(country, path);
        let text = chat.text();
        assert!(text.contains(said), "{country}, {path}: {text}");
        assert!(!text.contains(not_said), "{country}, {path}: {text}");
    }
}
