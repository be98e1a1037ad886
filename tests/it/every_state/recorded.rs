//! What a button says that it records, for programs that talk with the bot.

use nightease::content::{Content, FindingId, Value};
use nightease::conversation::{Press, Reply};

use super::places::state;
use crate::shared::content;

struct Recorded {
    sets: Vec<(String, Value)>,
    any_of: Vec<String>,
}

fn of(content: &Content, replies: &[Reply], label: &str) -> Recorded {
    let name = |finding: &FindingId| content.findings.name(*finding).to_owned();
    let buttons = replies.iter().flat_map(|reply| reply.rows.iter().flatten());
    let button = buttons.into_iter().find(|button| button.label == label).unwrap();
    let Press::Tap { sets, any_of, .. } = &button.press else {
        panic!("{label} records nothing");
    };
    Recorded {
        sets: sets
            .iter()
            .map(|(finding, value)| (name(finding), *value))
            .collect(),
        any_of: any_of.iter().map(name).collect(),
    }
}

#[test]
fn a_button_names_all_that_it_stands_for() {
    let chat = state(content(), "Cramp right now");
    let gate = |chat: &super::chat::Chat<'_>, label: &str| of(content(), &chat.replies, label);
    let chest = gate(&chat, "Chest or breath trouble");
    assert_eq!(chest.sets, [("sign_chest_or_breath".to_owned(), Value::Yes)]);
    assert_eq!(
        chest.any_of,
        [
            "breathless",
            "chest_pain",
            "chest_pain_worse_breathing_in",
            "coughing_blood",
            "tearing_chest_or_upper_back_pain"
        ]
    );
    let ill = gate(&chat, "Faint, fit or very ill");
    assert_eq!(
        ill.any_of.last().map(String::as_str),
        Some("fast_heartbeat"),
        "{:?}",
        ill.any_of
    );
    // A tick that is there is taken away again, and records nothing.
    let ticked = state(
        content(),
        "Cramp right now > None of these > 20 to 27 weeks > One leg hot or darker",
    );
    let ticked = of(content(), &ticked.replies, "✓ One leg hot or darker");
    assert!(ticked.sets.is_empty() && ticked.any_of.is_empty());
}

/// Every button of every list, against the content: a sign's members, each once; a plain finding only beside what its
/// line spells out.
#[test]
fn what_a_tick_stands_for_is_what_its_line_says() {
    use nightease::content::FindingKind;
    let mut looked_at = [0; 3];
    for path in [
        "Cramp right now",
        "Cramp right now > None of these > 28 to 36 weeks",
        "Back pain > None of these > 28 to 36 weeks",
        "Something feels wrong > None of these > 28 to 36 weeks",
        "Cramp right now > None of these > 28 to 36 weeks > None of these",
    ] {
        let chat = state(content(), path);
        for screen in &content().screens {
            for choice in &screen.choices {
                let buttons = chat.replies.iter().flat_map(|reply| reply.rows.iter().flatten());
                let pressed = buttons.into_iter().find_map(|button| match &button.press {
                    Press::Tap {
                        token, sets, any_of, ..
                    } if token.ends_with(&format!(".c:{}", choice.id)) => {
                        Some((sets.clone(), any_of.clone()))
                    }
                    _ => None,
                });
                let Some((sets, any_of)) = pressed else { continue };
                if sets.is_empty() {
                    continue;
                }
                let kind = |finding: FindingId| content().findings.get(finding).map(|finding| &finding.kind);
                for (finding, _) in &sets {
                    match kind(*finding) {
                        Some(FindingKind::Sign(sign)) => {
                            looked_at[0] += 1;
                            for member in &sign.members {
                                assert_eq!(
                                    any_of.iter().filter(|one| **one == member.finding).count(),
                                    1,
                                    "{}",
                                    choice.id
                                );
                            }
                        }
                        _ if choice.also_denies.is_empty() => {
                            looked_at[1] += 1;
                            assert!(!any_of.contains(finding), "{}", choice.id);
                        }
                        _ => {
                            looked_at[2] += 1;
                            assert!(any_of.contains(finding), "{}", choice.id);
                        }
                    }
                }
                assert!(
                    choice.also_denies.iter().all(|denied| any_of.contains(denied)),
                    "{}",
                    choice.id
                );
            }
        }
    }
    assert!(looked_at.iter().all(|times| *times > 0), "{looked_at:?}");
}

/// *None of these* names only what becomes a no by it.
#[test]
fn a_no_that_is_known_is_not_recorded_again() {
    let first = state(content(), "Cramp right now");
    let known = of(content(), &first.replies, "None of these").sets;
    assert!(!known.is_empty() && known.iter().all(|(_, value)| *value == Value::No));
    let later = state(content(), "Cramp right now > None of these > 28 to 36 weeks");
    let sets = of(content(), &later.replies, "None of these").sets;
    assert!(!sets.is_empty());
    for set in &sets {
        assert_eq!(set.1, Value::No);
        assert!(!known.contains(set), "{set:?}");
    }
}
