//! A typed no is a mark and no answer; short replies answer only what they can mean.

use nightease::content::Content;

use super::at;
use crate::every_state::chat::told;

#[test]
fn a_typed_no_leaves_every_list_open() {
    let content = Content::embedded().unwrap();
    for path in [
        "Cramp right now",
        "Cramp right now > None of these > 20 to 27 weeks",
        "Back pain > Not sure",
    ] {
        for typed in ["no", "None", "nope", "None of these", "no to all"] {
            let mut chat = at(&content, path);
            let before = chat.clone();
            chat.types(typed);
            assert!(
                chat.text().contains("I take a no by button only"),
                "{typed} at {path}: {}",
                chat.text()
            );
            assert_eq!(told(chat.session.as_ref()), told(before.session.as_ref()));
        }
    }
}

#[test]
fn a_denial_marks_the_list_that_asks_it_and_counts_for_nothing() {
    let content = Content::embedded().unwrap();
    let mut chat = at(
        &content,
        "Cramp right now > None of these > 20 to 27 weeks > None of these",
    );
    chat.types("fever=no");
    let text = chat.text();
    assert!(text.starts_with("You wrote no: fever or shivering."), "{text}");
    assert!(chat.has("Fever or shivering"), "{text}");
    assert_eq!(chat.told(), (Vec::new(), vec!["fever".to_owned()]));
    chat.tap("Fever or shivering");
    chat.tap("Done");
    assert_eq!(chat.level(), Some("GO_NOW"));
}

#[test]
fn yes_and_not_sure_answer_what_can_mean_only_one_thing() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "Cramp right now");
    chat.types("yes");
    assert!(chat.text().starts_with("Which one?"), "{}", chat.text());
    chat.types("idk");
    assert!(chat.text().contains("Let us look again"), "{}", chat.text());
    let mut chat = at(
        &content,
        "Cramp right now > None of these > 20 to 27 weeks > None of these > None of these",
    );
    chat.types("none");
    assert_eq!(chat.level(), Some("SELF_CARE"), "{}", chat.text());
    let mut chat = at(&content, "");
    chat.types("varicose_veins=yes");
    chat.types("Yes");
    assert_eq!(chat.told().0, ["varicose_veins"]);
}

#[test]
fn the_words_of_a_button_press_it() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "");
    chat.types("back pain");
    assert!(
        chat.text().contains("Is any of this true now?"),
        "{}",
        chat.text()
    );
    chat.types("heavy bleeding!");
    assert_eq!(chat.level(), Some("EMERGENCY"), "{}", chat.text());
    chat.types("Back");
    assert!(
        chat.text().contains("Is any of this true now?"),
        "{}",
        chat.text()
    );
    chat.types("3");
    assert_eq!(chat.level(), Some("EMERGENCY"), "{}", chat.text());
}

#[test]
fn a_doubt_is_denied_by_button_only() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "Cramp right now");
    chat.types("breathless=unsure");
    chat.types("no");
    assert!(chat.text().contains("Is this true now"), "{}", chat.text());
    assert!(
        chat.text().starts_with("I take a no by button only"),
        "{}",
        chat.text()
    );
    chat.types("yes");
    assert_eq!(chat.level(), Some("EMERGENCY"));
}
