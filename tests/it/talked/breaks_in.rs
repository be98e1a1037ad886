//! A danger sign that she affirms is answered at once, wherever she is; what is doubtful and matters is asked first.

use nightease::content::Content;

use super::at;
use crate::every_state::chat::{labels, told};
use crate::every_state::places::states;

#[test]
fn a_red_flag_breaks_in_from_every_place_and_can_be_taken_back() {
    let content = Content::embedded().unwrap();
    let mut met = 0;
    for (place, chat) in states(&content) {
        let mut before = chat.clone();
        before.reader = super::reader::read;
        let mut then = before.clone();
        then.types("it is chest_pain=yes now");
        assert_eq!(then.level(), Some("EMERGENCY"), "{place}: {}", then.text());
        let text = then.text();
        if text.starts_with("What you wrote does not change this.") {
            continue;
        }
        met += 1;
        let text = then.text();
        assert!(
            text.starts_with("I read in your words: “chest_pain=yes”"),
            "{place}: {text}"
        );
        assert!(then.replies.iter().all(|reply| reply.urgent), "{place}");
        assert!(
            then.replies.len() <= 3,
            "{place}: {} messages",
            then.replies.len()
        );
        then.tap("That is not what I meant");
        if place == "expired" || place == "no session" {
            continue;
        }
        let (was, is) = (told(before.session.as_ref()), told(then.session.as_ref()));
        let (mut was, mut is) = (was.unwrap(), is.unwrap());
        was.ticks.clear();
        is.ticks.clear();
        assert_eq!(was, is, "{place}");
    }
    assert!(met > 40, "only {met} places");
}

#[test]
fn words_add_up_with_what_is_known() {
    let content = Content::embedded().unwrap();
    let mut chat = at(
        &content,
        "Back pain > None of these > 28 to 36 weeks > None of these > Eases when I move",
    );
    chat.types("flank_pain=yes");
    assert!(chat.text().contains("Is it right?"), "{}", chat.text());
    chat.tap("That is right");
    chat.types("vomiting=yes");
    assert_eq!(chat.level(), Some("GO_NOW"), "{}", chat.text());
    assert!(chat.text().contains("“vomiting=yes”"));
}

#[test]
fn thoughts_of_harm_are_answered_at_once_however_they_are_told() {
    let content = Content::embedded().unwrap();
    for told in ["yes", "unsure", "no", "past", "weak"] {
        for path in ["", "Cramp right now", "Leg or foot pain > None of these"] {
            let mut chat = at(&content, path);
            chat.types(&format!("well suicidal_thoughts={told} it is"));
            assert_eq!(
                chat.level(),
                Some("EMERGENCY"),
                "{told} at {path:?}: {}",
                chat.text()
            );
            assert!(
                chat.replies.iter().all(|reply| reply.screen.is_none()),
                "{told}: a question"
            );
        }
    }
}

#[test]
fn a_doubt_that_matters_becomes_the_next_question_with_the_number() {
    let content = Content::embedded().unwrap();
    for told in ["unsure", "past", "weak"] {
        let mut chat = at(&content, "Cramp right now > None of these > 20 to 27 weeks");
        let before = chat.clone();
        chat.types(&format!("hm breathless={told} perhaps"));
        let text = chat.text();
        assert!(
            text.contains("Is this true now: hard to breathe?"),
            "{told}: {text}"
        );
        assert!(
            text.contains("If yes, call your emergency number"),
            "{told}: {text}"
        );
        assert_eq!(
            labels(chat.replies.last().unwrap())[..3],
            ["Yes", "No", "Not sure"]
        );
        let mut yes = chat.clone();
        yes.tap("Yes");
        assert_eq!(yes.level(), Some("EMERGENCY"), "{}", yes.text());
        let mut unsure = chat.clone();
        unsure.tap("Not sure");
        assert_eq!(unsure.level(), Some("GO_NOW"), "{}", unsure.text());
        let mut no = chat.clone();
        no.tap("No");
        assert_eq!(no.level(), None, "{}", no.text());
        assert_eq!(
            no.replies.last().unwrap().screen,
            before.replies.last().unwrap().screen
        );
        let mut back = chat.clone();
        back.back();
        assert_eq!(told_of(&back), told_of(&before));
    }
}

fn told_of(chat: &crate::every_state::chat::Chat<'_>) -> Option<nightease::conversation::Session> {
    told(chat.session.as_ref())
}

#[test]
fn a_doubt_worse_than_the_answer_is_asked_below_it() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "Leg or foot pain");
    chat.types("leg_hot_or_red=yes and breathless=unsure");
    assert!(
        chat.replies[0].text.words().contains("Phone your maternity unit"),
        "{}",
        chat.text()
    );
    let last = chat.replies.last().unwrap().text.words();
    assert!(last.contains("Is this true now: hard to breathe?"), "{last}");
    let mut no = chat.clone();
    no.tap("No");
    assert_eq!(no.level(), Some("GO_NOW"));
    chat.tap("Yes");
    assert_eq!(chat.level(), Some("EMERGENCY"));
}

#[test]
fn at_the_call_nothing_else_distracts() {
    let content = Content::embedded().unwrap();
    let mut chat = at(
        &content,
        "Cramp right now > None of these > 20 to 27 weeks > One leg is bigger > Done",
    );
    let before = told(chat.session.as_ref());
    chat.types("sudden_hard_muscle_knot=yes");
    assert!(chat.text().contains("does not change this"), "{}", chat.text());
    assert_eq!(told(chat.session.as_ref()), before);
}

#[test]
fn below_an_answer_that_went_past_it_the_first_list_is_offered() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "");
    chat.types("leg_hot_or_red=yes");
    let answer = told(chat.session.as_ref());
    chat.tap("Check for worse signs");
    assert!(
        chat.text().contains("Is any of this true now?"),
        "{}",
        chat.text()
    );
    let mut back = chat.clone();
    back.back();
    assert_eq!(told(back.session.as_ref()), answer);
    let mut none = chat.clone();
    none.tap("None of these");
    assert_eq!(none.level(), Some("GO_NOW"), "{}", none.text());
    assert!(!none.has("Check for worse signs"));
    none.back();
    none.back();
    assert_eq!(told(none.session.as_ref()), answer);
    chat.tap("Chest or breath trouble");
    assert_eq!(chat.level(), Some("EMERGENCY"));
    // Where the list was asked, it is not offered again.
    let mut chat = at(&content, "Leg or foot pain > None of these");
    chat.types("leg_hot_or_red=yes");
    assert!(!chat.has("Check for worse signs"), "{}", chat.text());
}
