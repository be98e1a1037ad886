//! Back, doubled messages, changed messages, and what /why and the store hold of her words.

use nightease::content::Content;
use nightease::conversation::{Command, Event};

use super::at;
use crate::every_state::chat::told;

#[test]
fn back_takes_a_whole_reading_back() {
    let content = Content::embedded().unwrap();
    for path in [
        "",
        "Cramp right now",
        "Back pain > None of these > 28 to 36 weeks > None of these",
    ] {
        let mut chat = at(&content, path);
        let before = told(chat.session.as_ref());
        chat.types("topic:leg_cramps stage:pregnant:100-106 varicose_veins=yes fever=no");
        let waits = told(chat.session.as_ref());
        let mut back = chat.clone();
        back.back();
        assert_eq!(told(back.session.as_ref()), before, "{path}");
        chat.tap("That is right");
        assert_ne!(told(chat.session.as_ref()), waits);
        chat.back();
        assert_eq!(told(chat.session.as_ref()), before, "{path}");
    }
}

#[test]
fn back_over_a_note_takes_the_answer_before_it() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "Cramp right now > None of these");
    let before = told(chat.session.as_ref());
    chat.tap("20 to 27 weeks");
    chat.types("fever=no");
    chat.back();
    assert_eq!(told(chat.session.as_ref()), before);
}

#[test]
fn a_doubled_message_changes_nothing() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "Cramp right now");
    for typed in [
        "leg_hot_or_red=yes",
        "varicose_veins=yes",
        "fever=no",
        "breathless=unsure",
    ] {
        let mut then = chat.clone();
        then.sends(7, typed);
        let once = told(then.session.as_ref());
        then.sends(7, typed);
        assert_eq!(told(then.session.as_ref()), once, "{typed}");
    }
    chat.sends(8, "varicose_veins=yes");
    chat.tap("That is right");
    let once = told(chat.session.as_ref());
    chat.sends(8, "varicose_veins=yes");
    assert_eq!(told(chat.session.as_ref()), once);
}

#[test]
fn p15_a_changed_message_is_offered_in_place_of_the_old_one() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "Cramp right now");
    chat.sends(7, "varicose_veins=yes high_blood_pressure=yes");
    chat.tap("That is right");
    let before = told(chat.session.as_ref());
    chat.edits(7, "varicose_veins=yes");
    assert!(
        chat.text().contains("You changed your message."),
        "{}",
        chat.text()
    );
    let mut kept = chat.clone();
    kept.tap("Keep it as it was");
    assert_eq!(told(kept.session.as_ref()), before);
    chat.tap("That is right");
    assert_eq!(chat.told().0, ["varicose_veins"]);
    chat.edits(7, "hello");
    chat.tap("Take it out");
    assert_eq!(chat.told().0, Vec::<String>::new());
    // A message that told nothing is read anew.
    chat.edits(3, "leg_hot_or_red=yes");
    assert_eq!(chat.level(), Some("GO_NOW"), "{}", chat.text());
}

#[test]
fn a_message_changed_while_it_waits_is_read_anew() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "Cramp right now");
    chat.sends(7, "varicose_veins=yes");
    chat.edits(7, "high_blood_pressure=yes");
    assert!(!chat.text().contains("varicose"), "{}", chat.text());
    assert!(chat.text().contains("high_blood_pressure=yes"), "{}", chat.text());
    chat.edits(7, "breathless=yes");
    assert_eq!(chat.level(), Some("EMERGENCY"));
}

#[test]
fn why_shows_the_words_and_the_rule_while_they_are_kept() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "Leg or foot pain");
    chat.types("my leg_hot_or_red=yes tonight");
    chat.hear(Event::Command(Command::Why));
    assert!(
        chat.text()
            .contains("“leg_hot_or_red=yes” (rule rule.leg_hot_or_red=yes)"),
        "{}",
        chat.text()
    );
    let mut chat = at(&content, "Leg or foot pain");
    chat.types("varicose_veins=yes");
    chat.hear(Event::Command(Command::Why));
    assert!(
        chat.text()
            .contains("“varicose_veins=yes” (rule rule.varicose_veins=yes)"),
        "{}",
        chat.text()
    );
}

#[test]
fn of_a_message_no_more_is_kept_than_what_is_shown() {
    let content = Content::embedded().unwrap();
    let stored = |chat: &crate::every_state::chat::Chat<'_>| {
        String::from_utf8(chat.session.as_ref().unwrap().to_bytes().unwrap()).unwrap()
    };
    let mut chat = at(&content, "Cramp right now");
    chat.types("canaryone varicose_veins=yes canarytwo fever=no");
    assert!(!stored(&chat).contains("canary"));
    chat.tap("That is right");
    // The rule has the words in its name here, so the quote is looked for.
    assert!(!stored(&chat).contains("\"words\":\"varicose"));
    chat.types("canaryone leg_hot_or_red=yes");
    assert!(stored(&chat).contains("\"words\":\"leg_hot"));
    assert!(!stored(&chat).contains("canary"));
    chat.back();
    assert!(!stored(&chat).contains("\"words\":\"leg_hot"));
}

#[test]
fn a_changed_message_that_led_to_the_call_waits_for_her_word() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "Leg or foot pain");
    let before = told(chat.session.as_ref());
    chat.sends(7, "leg_hot_or_red=yes");
    let answer = told(chat.session.as_ref());
    chat.edits(7, "hello");
    assert!(
        chat.text().contains("Shall I take the old one out?"),
        "{}",
        chat.text()
    );
    let mut kept = chat.clone();
    kept.tap("Keep it as it was");
    assert_eq!(kept.level(), Some("GO_NOW"), "{}", kept.text());
    assert_eq!(told(kept.session.as_ref()), answer);
    chat.tap("Take it out");
    assert_eq!(told(chat.session.as_ref()), before);
}
