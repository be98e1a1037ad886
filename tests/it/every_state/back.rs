//! Back leads to exactly where she was, at every depth.

use std::collections::BTreeSet;

use nightease::content::Content;
use nightease::conversation::{Command, Event, Placement};

use super::chat::{Chat, labels, told};
use super::places::state;
use crate::dice::Dice;

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
        let mut chat = state(&content, "");
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
