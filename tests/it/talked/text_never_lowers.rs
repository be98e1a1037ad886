//! P15: text never makes an answer less urgent than leaving it out; whatever is read, and however wrong.

use nightease::content::{Content, Level, Value};
use nightease::conversation::Session;
use nightease::triage::{Answer, Next, screens};

use super::at;
use crate::dice::Dice;
use crate::every_state::chat::Chat;
use crate::every_state::places::PLACES;

const HISTORIES: u64 = 4_000;

/// The same conversation without the facts that words told. Where she is stays: it is the button she would tap.
fn without_facts(session: &Session) -> Session {
    let mut bare = session.clone();
    let clear = |answers: &mut Vec<Answer>| {
        for words in answers.iter_mut().filter_map(|answer| answer.words.as_mut()) {
            words.told.clear();
            words.denied.clear();
        }
    };
    clear(&mut bare.answers);
    for earlier in &mut bare.earlier {
        clear(&mut earlier.answers);
    }
    bare
}

/// The same with the denials left out.
fn without_denials(session: &Session) -> Session {
    let mut bare = session.clone();
    for words in bare.answers.iter_mut().filter_map(|answer| answer.words.as_mut()) {
        words.denied.clear();
    }
    bare
}

fn level(content: &Content, session: &Session) -> Option<Level> {
    session.known(content).map(|known| known.level(content))
}

fn next(content: &Content, session: &Session) -> Option<String> {
    let known = session.known(content)?;
    Some(match screens::next(content, &known, &session.answers) {
        Next::Answer(found) => found.outcome.word().to_owned(),
        Next::Ask(asked) => {
            let choices: Vec<&str> = asked.choices.iter().map(|choice| choice.id.as_str()).collect();
            format!("{} {} {choices:?}", asked.screen.id, asked.check)
        }
    })
}

fn look(content: &Content, chat: &Chat<'_>, name: &str) {
    let Some(session) = &chat.session else { return };
    let (with, without) = (level(content, session), level(content, &without_facts(session)));
    assert!(
        with >= without,
        "{name}: {with:?} with the text, {without:?} without"
    );
    assert_eq!(
        next(content, session),
        next(content, &without_denials(session)),
        "{name}: a denial"
    );
    // Nothing in the record is a no because of words.
    let mut only_words = session.clone();
    only_words.answers.retain(|answer| answer.words.is_some());
    only_words.earlier.clear();
    if let Some(known) = only_words.known(content) {
        for (finding, _) in content.findings.iter() {
            assert_ne!(known.record.said(finding), Some(Value::No), "{name}");
        }
    }
}

#[test]
fn p15_text_never_makes_an_answer_less_urgent() {
    let content = Content::embedded().unwrap();
    let mut dice = Dice(15);
    let (mut urgent, mut shown_back, mut asked) = (0, 0, 0);
    for seed in 0..HISTORIES {
        let (place, path) = PLACES[dice.below(PLACES.len())];
        let mut chat = at(&content, path);
        let mut name = format!("seed {seed} at {place}");
        for step in 0..6u64 {
            let before = chat.session.as_ref().and_then(|session| level(&content, session));
            if dice.below(2) == 0 {
                let words = format!("chance:{}", seed * 10 + step);
                chat.types(&words);
                name = format!("{name}, {words}");
                let now = chat.session.as_ref().and_then(|session| level(&content, session));
                let loss = chat.session.as_ref().is_some_and(|session| session.ended);
                // Where the week is told, what holds in other weeks no longer counts: that is so by button too.
                let stage = chat
                    .session
                    .as_ref()
                    .and_then(|session| session.answers.last())
                    .is_some_and(|answer| !answer.chosen.is_empty());
                assert!(
                    now >= before || loss || stage,
                    "{name}: {before:?} fell to {now:?}"
                );
            } else {
                let buttons = chat.buttons();
                if buttons.is_empty() {
                    break;
                }
                let (label, token) = buttons[dice.below(buttons.len())].clone();
                name = format!("{name}, {label}");
                chat.tap_token(&token);
            }
            urgent += usize::from(chat.has("That is not what I meant"));
            shown_back += usize::from(chat.has("That is right"));
            asked += usize::from(chat.text().contains("Is this true now"));
            assert!(
                chat.replies
                    .iter()
                    .all(|reply| reply.text.words().chars().count() <= 600),
                "{name}"
            );
            look(&content, &chat, &name);
        }
    }
    println!("{urgent} answers at once, {shown_back} lists, {asked} doubts");
    assert!(urgent > 500 && shown_back > 500 && asked > 200);
}
