//! What was read is shown back before it is used, and is not asked again.

use nightease::content::Content;

use super::at;

#[test]
fn a_list_waits_for_her_word() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "");
    chat.types("stage:pregnant:210-216 topic:leg_or_foot_pain calf_or_leg_pain_one_side=yes fever=no");
    let text = chat.text();
    assert!(
        text.contains("1 “stage:pregnant:210-216”: I am 30 weeks pregnant."),
        "{text}"
    );
    assert!(
        text.contains("2 “calf_or_leg_pain_one_side=yes”: pain in one leg"),
        "{text}"
    );
    assert!(text.contains("You also wrote no: fever or shivering."), "{text}");
    assert!(text.contains("Then we go on with: Leg or foot pain."), "{text}");
    assert!(chat.session.as_ref().unwrap().answers.is_empty());
    chat.tap("That is right");
    let session = chat.session.as_ref().unwrap();
    assert!(session.heard.is_none(), "words are kept after her yes");
    assert!(session.quotes.is_empty(), "words are kept after her yes");
    // The first list, and then no question about the weeks.
    assert!(
        chat.text().contains("Is any of this true right now?"),
        "{}",
        chat.text()
    );
    chat.tap("None of these");
    assert_eq!(
        chat.replies.last().unwrap().screen.as_ref().unwrap().as_str(),
        "legs"
    );
    chat.tap("None of these");
    assert!(
        chat.text().contains("You said no: fever or shivering."),
        "{}",
        chat.text()
    );
}

#[test]
fn one_thing_can_be_left_out_and_all_of_it() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "");
    chat.types("topic:leg_cramps stage:pregnant:100-106 varicose_veins=yes");
    let mut none = chat.clone();
    none.tap("None of it");
    assert!(none.has("Cramp right now"), "{}", none.text());
    assert_eq!(none.told(), (Vec::new(), Vec::new()));
    chat.tap("Leave out 2");
    assert!(!chat.text().contains("varicose"), "{}", chat.text());
    chat.tap("That is right");
    assert_eq!(chat.told().0, Vec::<String>::new());
    chat.tap("None of these");
    assert_eq!(
        chat.replies.last().unwrap().screen.as_ref().unwrap().as_str(),
        "legs"
    );
}

#[test]
fn what_she_told_is_not_asked_again() {
    let content = Content::embedded().unwrap();
    let mut chat = at(
        &content,
        "Cramp right now > None of these > 20 to 27 weeks > None of these > None of these",
    );
    assert!(chat.has("Hot day, drank little"), "{}", chat.text());
    chat.types("low_fluid_intake=yes stood_or_walked_a_lot=yes");
    chat.tap("That is right");
    assert!(!chat.has("Hot day, drank little"), "{}", chat.text());
    chat.types("low_fluid_intake=yes");
    assert!(chat.text().contains("I have that already."), "{}", chat.text());
}

#[test]
fn a_stage_between_two_buttons_is_asked() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "Cramp right now");
    chat.types("stage:pregnant:130-150");
    assert!(chat.text().contains("I will ask which it is."), "{}", chat.text());
    chat.tap("That is right");
    chat.tap("None of these");
    assert_eq!(
        chat.replies.last().unwrap().screen.as_ref().unwrap().as_str(),
        "stage"
    );
}

#[test]
fn asked_for_her_weeks_she_may_type_them() {
    let content = Content::embedded().unwrap();
    for typed in ["stage:pregnant:210-216", "30", "28 to 36 weeks"] {
        let mut chat = at(&content, "Cramp right now > None of these");
        chat.types(typed);
        assert_eq!(
            chat.replies.last().unwrap().screen.as_ref().unwrap().as_str(),
            "legs",
            "{typed}"
        );
        let session = chat.session.as_ref().unwrap();
        assert_eq!(
            session.answers.last().unwrap().chosen[0].as_str(),
            "weeks_28_to_36"
        );
    }
}

#[test]
fn a_hint_alone_opens_its_topic_with_first_aid() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "");
    chat.types("topic:leg_cramps");
    assert!(chat.text().starts_with("So: Cramp right now."), "{}", chat.text());
    assert!(chat.text().contains("Sit up. Straight knee."), "{}", chat.text());
    chat.back();
    assert!(chat.has("Cramp right now"), "{}", chat.text());
}

#[test]
fn somebody_else_and_questions_are_not_taken_for_signs() {
    let content = Content::embedded().unwrap();
    for (typed, line) in [
        ("other", "That is about somebody else"),
        ("asks", "I cannot answer typed questions"),
        ("hello", "I found no sign that I know in that."),
        ("route:medicines", "I give no advice on medicines."),
        ("truncated", "That was very long."),
    ] {
        let mut chat = at(&content, "Cramp right now > None of these");
        chat.types(typed);
        assert!(chat.text().starts_with(line), "{typed}: {}", chat.text());
        assert_eq!(
            chat.replies.last().unwrap().screen.as_ref().unwrap().as_str(),
            "stage",
            "{typed}"
        );
    }
}

#[test]
fn a_complaint_that_is_none_of_the_four_opens_its_list() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "");
    chat.types("route:headache");
    assert!(
        chat.text()
            .contains("I ask about it under Something feels wrong."),
        "{}",
        chat.text()
    );
    chat.tap("None of these");
    chat.tap("20 to 27 weeks");
    assert!(chat.has("Bad headache"), "{}", chat.text());
}

#[test]
fn a_loss_in_words_is_met_like_the_button() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "Cramp right now > None of these");
    chat.types("lost");
    assert!(chat.text().starts_with("I am so sorry."), "{}", chat.text());
    assert!(chat.session.as_ref().unwrap().ended);
    assert!(!chat.has("20 to 27 weeks"));
    chat.back();
    assert!(!chat.session.as_ref().unwrap().ended);
    assert!(chat.has("20 to 27 weeks"));
}

#[test]
fn somebody_who_types_for_her_is_heard() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "Leg or foot pain");
    chat.types("proxy leg_hot_or_red=yes");
    assert!(chat.text().contains("Say it for her:"), "{}", chat.text());
    chat.tap("That is not what I meant");
    assert!(!chat.session.as_ref().unwrap().for_her);
}

#[test]
fn a_loss_in_the_middle_denies_nothing_that_was_not_shown() {
    let content = Content::embedded().unwrap();
    let mut chat = at(
        &content,
        "Cramp right now > None of these > 13 to 19 weeks > Hard sore cord in skin > Done > None of these",
    );
    chat.types("lost stage:after:3-3");
    assert!(
        chat.text().contains("Your pregnancy has ended."),
        "{}",
        chat.text()
    );
    chat.tap("That is right");
    assert!(chat.text().starts_with("I am so sorry."), "{}", chat.text());
    // The lists are asked anew, as after a loss; what she ticked stays.
    assert_eq!(
        chat.replies.last().unwrap().screen.as_ref().unwrap().as_str(),
        "legs"
    );
    assert!(!chat.has("Hard sore cord in skin"), "{}", chat.text());
    assert_eq!(chat.told().0, ["hard_red_vein"]);
    chat.tap("None of these");
    assert!(chat.has("Headache, sight, ribs"), "{}", chat.text());
}

#[test]
fn a_temperature_of_a_fever_is_a_fever() {
    let content = Content::embedded().unwrap();
    let mut chat = at(&content, "Back pain");
    chat.reader = |content, language, text, today| {
        let mut reading = super::reader::read(content, language, text, today);
        reading.temperature = Some(nightease::understanding::Temperature {
            tenths: 386,
            words: std::iter::once(0..4).collect(),
        });
        reading
    };
    chat.types("38.6 fever=no");
    assert_eq!(chat.level(), Some("GO_NOW"), "{}", chat.text());
    assert!(chat.text().contains("“38.6”"), "{}", chat.text());
}
