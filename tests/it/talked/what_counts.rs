//! What of a reading counts, what is asked first, and what she has told already.

use nightease::conversation::Placement;
use nightease::conversation::token::Action;

use super::at;
use crate::every_state::chat::{Chat, told};
use crate::shared::content;

const OTHER_WEEKS: &str = "You told me other weeks before.";
const KNOWN: &str = "I have that already.";

/// The token of a button, changed.
fn changed(chat: &Chat<'_>, label: &str, change: impl Fn(Action) -> Action) -> String {
    let (_, token) = chat
        .buttons()
        .into_iter()
        .find(|(shown, _)| shown == label)
        .unwrap();
    let (revision, action) = Action::parse(&token).unwrap();
    change(action).token(revision)
}

/// Each list has a mark of its own, and its buttons count for no other.
#[test]
fn a_button_with_the_mark_of_another_list_counts_for_nothing() {
    let mut chat = at(content(), "Cramp right now");
    chat.types("varicose_veins=yes high_blood_pressure=yes");
    let mut other = at(content(), "Cramp right now");
    other.types("varicose_veins=yes low_fluid_intake=yes");
    let mark = |chat: &Chat<'_>| changed(chat, "That is right", |action| action);
    assert_ne!(mark(&chat), mark(&other));
    let next = |action| match action {
        Action::Right(mark) => Action::Right(mark.wrapping_add(1)),
        Action::LeaveOut(place, mark) => Action::LeaveOut(place, mark.wrapping_add(1)),
        Action::NoneOfIt(mark) => Action::NoneOfIt(mark.wrapping_add(1)),
        action => action,
    };
    for label in ["That is right", "Leave out 1", "None of it"] {
        let mut then = chat.clone();
        then.tap_token(&changed(&chat, label, next));
        assert_eq!(
            told(then.session.as_ref()),
            told(chat.session.as_ref()),
            "{label}"
        );
    }
    // While a doubt is in front of her, the list behind it does not count.
    let right = changed(&chat, "That is right", |action| action);
    chat.types("breathless=unsure");
    let before = told(chat.session.as_ref());
    chat.tap_token(&right);
    assert_eq!(told(chat.session.as_ref()), before);
}

#[test]
fn other_weeks_than_she_told_are_named_and_the_same_are_known() {
    let at_weeks = || at(content(), "Cramp right now > None of these > 20 to 27 weeks");
    for (typed, line) in [
        ("stage:pregnant:210-216", OTHER_WEEKS),
        ("stage:after:150-156", OTHER_WEEKS),
        ("stage:pregnant:150-156", KNOWN),
    ] {
        let mut chat = at_weeks();
        chat.types(typed);
        assert!(chat.text().contains(line), "{typed}: {}", chat.text());
        let other = if line == KNOWN { OTHER_WEEKS } else { KNOWN };
        assert!(!chat.text().contains(other), "{typed}: {}", chat.text());
    }
}

#[test]
fn a_word_mended_twice_is_asked_about_and_one_mended_once_is_taken() {
    let mut once = at(content(), "Cramp right now");
    once.types("breathless=typo1");
    assert_eq!(once.level(), Some("EMERGENCY"), "{}", once.text());
    let mut twice = at(content(), "Cramp right now");
    twice.types("breathless=typo2");
    assert!(twice.has("Yes"), "{}", twice.text());
}

/// Weak words that could make it no worse are taken as they stand.
#[test]
fn weak_words_that_change_nothing_are_listed_as_a_yes() {
    let mut chat = at(content(), "Cramp right now");
    chat.types("varicose_veins=weak");
    assert!(chat.text().contains("bulging leg veins"), "{}", chat.text());
    assert!(!chat.text().contains("not sure"), "{}", chat.text());
    chat.types("low_fluid_intake=unsure");
    assert!(chat.text().contains("not sure about"), "{}", chat.text());
}

#[test]
fn a_doubt_that_makes_it_no_worse_is_not_asked() {
    let mut chat = at(content(), "Cramp right now");
    chat.types("itching_palms_or_soles=yes wound_red_or_open=unsure");
    assert!(!chat.has("Yes"), "{}", chat.text());
    assert!(chat.has("That is right"), "{}", chat.text());
}

/// *Spotting* was told; *heavy* is more, and is no repetition.
#[test]
fn more_of_the_same_is_not_taken_as_known() {
    let mut chat = at(content(), "Cramp right now > None of these");
    chat.tap("28 to 36 weeks");
    chat.types("vaginal_bleeding=0");
    let first = chat.level();
    chat.types("vaginal_bleeding=0");
    assert_eq!(chat.level(), first);
    chat.types("vaginal_bleeding=2");
    assert_eq!(chat.level(), Some("EMERGENCY"), "{}", chat.text());
}

#[test]
fn a_loss_and_who_types_stay_with_a_list_that_grows() {
    let mut chat = at(content(), "Cramp right now");
    chat.types("lost varicose_veins=yes");
    chat.types("low_fluid_intake=yes");
    chat.tap("That is right");
    assert!(chat.session.as_ref().unwrap().ended);
    let mut chat = at(content(), "Cramp right now");
    chat.types("proxy varicose_veins=yes");
    chat.types("low_fluid_intake=yes");
    let is_for_her = |chat: &Chat<'_>| chat.session.as_ref().unwrap().for_her;
    assert!(is_for_her(&chat));
    chat.tap("None of it");
    assert!(!is_for_her(&chat));
}

/// Words that tell nothing urgent open no topic by themselves.
#[test]
fn what_is_not_urgent_leaves_the_way_in_to_her() {
    let mut chat = at(content(), "");
    chat.types("varicose_veins=yes");
    assert!(!chat.text().contains("Then we go on with"), "{}", chat.text());
    let mut chat = at(content(), "");
    chat.types("itching_palms_or_soles=yes");
    assert!(
        chat.text().contains("Then we go on with: Something feels wrong"),
        "{}",
        chat.text()
    );
}

/// Marks that turn the writing round or cannot be seen are not shown back.
#[test]
fn hidden_marks_in_her_words_are_not_repeated() {
    let mut chat = at(content(), "Cramp right now");
    chat.reader = nightease::understanding::read;
    chat.types("my calf\u{202e} is\u{7} red\u{200b} and\u{feff} hot");
    let text = chat.text();
    assert!(text.starts_with("I read in your words"), "{text}");
    assert!(
        !text.contains(['\u{202e}', '\u{7}', '\u{200b}', '\u{feff}']),
        "{text:?}"
    );
}

/// Thoughts of harm are answered the first time they are told, at the call too, and not with every message after.
#[test]
fn harm_breaks_in_at_the_call_once() {
    let mut chat = at(content(), "Cramp right now");
    chat.types("breathless=yes");
    assert_eq!(chat.level(), Some("EMERGENCY"));
    chat.types("suicidal_thoughts=yes");
    assert!(
        chat.text()
            .starts_with("I read in your words: “suicidal_thoughts=yes”"),
        "{}",
        chat.text()
    );
    let facts = chat.told().0.len();
    chat.types("thoughts_of_harming_baby=yes");
    assert_eq!(chat.told().0.len(), facts, "{}", chat.text());
}

/// An answer stands under what she tapped; only what is to be hidden takes its place.
#[test]
fn only_what_is_to_be_hidden_takes_the_place_of_the_list() {
    let placements = |chat: &Chat<'_>| -> Vec<bool> {
        let replies = chat.replies.iter();
        replies
            .map(|reply| reply.placement == Placement::InPlace)
            .collect()
    };
    let mut hidden = at(content(), "Cramp right now");
    hidden.types("unsafe_at_home=yes");
    assert!(hidden.level().is_some(), "{}", hidden.text());
    assert_eq!(placements(&hidden).iter().position(|in_place| *in_place), Some(0));
    assert!(placements(&hidden).iter().skip(1).all(|in_place| !in_place));
    let mut plain = at(content(), "Cramp right now");
    plain.types("breathless=yes");
    assert!(
        placements(&plain).iter().all(|in_place| !in_place),
        "{:?}",
        placements(&plain)
    );
}

#[test]
fn a_country_is_not_chosen_where_the_operator_has_set_one() {
    let mut chat = at(content(), "Cramp right now");
    chat.around.country = Some("GB".to_owned());
    let revision = chat.session.as_ref().unwrap().revision;
    chat.tap_token(&Action::Country("FR".into()).token(revision));
    assert_eq!(chat.session.as_ref().unwrap().country, None);
}

#[test]
fn a_doubt_is_answered_by_short_words_too() {
    let level = |typed: &str| {
        let mut chat = at(content(), "Cramp right now");
        chat.types("coughing_blood=unsure");
        assert!(chat.has("Yes"), "{}", chat.text());
        chat.types(typed);
        chat.level()
    };
    assert_eq!(
        (level("yes"), level("not sure")),
        (Some("EMERGENCY"), Some("GO_NOW"))
    );
}
