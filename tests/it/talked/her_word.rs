//! Her word on a list of what was read: which list it was for, how much fits into one, and what stays of her earlier
//! messages when she changes one.

use nightease::content::{Content, FindingKind};
use nightease::conversation::wording::LONGEST_MESSAGE;
use nightease::conversation::{Event, Press};

use super::at;
use crate::every_state::chat::{Chat, told};
use crate::shared::content;

const READ: &str = "I read in your words";
const CHANGED: &str = "You changed your message.";

fn text_of(chat: &Chat<'_>) -> Vec<String> {
    chat.replies.iter().map(|reply| reply.text.words()).collect()
}

/// Findings that are listed together for her word: none of them, nor all of them, is urgent.
fn listed(content: &'static Content) -> Vec<&'static str> {
    let plain = content
        .findings
        .iter()
        .filter(|(_, finding)| finding.kind == FindingKind::YesNo);
    let mut names: Vec<&str> = Vec::new();
    for (_, finding) in plain.take(120) {
        names.push(&finding.name);
        let mut chat = at(content, "Cramp right now");
        chat.types(&all_yes(&names));
        if !chat.has("That is right") {
            names.pop();
        }
    }
    names
}

fn all_yes(names: &[&str]) -> String {
    let yes: Vec<String> = names.iter().map(|name| format!("{name}=yes")).collect();
    yes.join(" ")
}

#[test]
fn a_button_of_a_list_that_has_changed_since_counts_for_nothing() {
    let mut chat = at(content(), "Cramp right now");
    chat.types("varicose_veins=yes high_blood_pressure=yes");
    let old = chat.buttons();
    chat.types("low_fluid_intake=yes");
    for label in ["That is right", "Leave out 1", "None of it"] {
        let (_, token) = old.iter().find(|(shown, _)| shown == label).unwrap();
        let mut then = chat.clone();
        then.tap_token(token);
        assert_eq!(
            told(then.session.as_ref()),
            told(chat.session.as_ref()),
            "{label}"
        );
    }
}

#[test]
fn what_does_not_fit_into_the_list_is_not_used() {
    let names = listed(content());
    assert!(names.len() > 20, "{}", names.len());
    let mut chat = at(content(), "Cramp right now");
    chat.types(&all_yes(&names));
    let text = chat.text();
    assert!(text.chars().count() <= LONGEST_MESSAGE, "{text}");
    assert!(text.chars().count() > LONGEST_MESSAGE / 2, "{text}");
    chat.tap("That is right");
    let (facts, _) = chat.told();
    assert!(facts.len() > 3 && facts.len() < names.len(), "{facts:?}");
    for fact in facts {
        assert!(
            text.contains(&format!("{fact}=yes")),
            "{fact} was not shown: {text}"
        );
    }
}

#[test]
fn why_a_long_list_is_asked_fits_one_message() {
    let mut chat = at(content(), "Cramp right now");
    chat.types(&all_yes(&listed(content())));
    chat.tap("Why do you ask?");
    for text in text_of(&chat) {
        assert!(text.chars().count() <= LONGEST_MESSAGE, "{text}");
    }
    assert!(chat.text().contains("rule."), "{}", chat.text());
}

/// What decided stands first, and no more than three are quoted.
#[test]
fn the_words_that_decided_are_quoted_first() {
    let plain = content()
        .findings
        .iter()
        .filter(|(_, finding)| finding.kind == FindingKind::YesNo);
    let mut looked_at = 0;
    for (_, finding) in plain {
        let mut alone = at(content(), "Cramp right now");
        alone.types(&format!("{}=yes", finding.name));
        if !alone.text().starts_with(READ) {
            continue;
        }
        let mut chat = at(content(), "Cramp right now");
        let mild = "varicose_veins=yes high_blood_pressure=yes low_fluid_intake=yes";
        chat.types(&format!("{mild} {}=yes", finding.name));
        let text = chat.text();
        let line = text.lines().next().unwrap();
        assert!(
            line.starts_with(&format!("{READ}: “{}=yes”", finding.name)),
            "{line}"
        );
        assert_eq!(line.matches('“').count(), 3, "{line}");
        looked_at += 1;
    }
    assert!(looked_at > 20, "{looked_at}");
}

/// Long words of hers push no answer over its length.
#[test]
fn an_answer_headed_by_long_words_still_fits() {
    let plain = content()
        .findings
        .iter()
        .filter(|(_, finding)| finding.kind == FindingKind::YesNo);
    for (_, finding) in plain {
        for country in [None, Some("GB")] {
            let mut chat = at(content(), "Cramp right now");
            chat.around.country = country.map(str::to_owned);
            chat.types(&format!(
                "{}=yes severe_headache=yes varicose_veins=yes high_blood_pressure=yes low_fluid_intake=yes",
                finding.name
            ));
            for text in text_of(&chat) {
                assert!(text.chars().count() <= LONGEST_MESSAGE, "{text}");
            }
        }
    }
}

#[test]
fn what_she_is_not_sure_of_is_not_quoted_as_what_she_said() {
    let mut chat = at(content(), "Cramp right now");
    chat.types("chest_pain=unsure");
    chat.tap("Not sure");
    assert_eq!(chat.level(), Some("GO_NOW"));
    assert!(!chat.text().contains(READ), "{}", chat.text());
}

#[test]
fn a_doubt_that_may_be_urgent_is_sent_as_urgent_and_no_other() {
    for (typed, urgent) in [
        ("breathless=unsure", true),
        ("coughing_blood=unsure", true),
        ("itching_palms_or_soles=unsure", false),
    ] {
        let mut chat = at(content(), "Cramp right now");
        chat.types(typed);
        assert!(chat.has("Yes"), "{typed}: {}", chat.text());
        assert!(chat.replies.iter().all(|reply| reply.urgent == urgent), "{typed}");
    }
}

#[test]
fn a_doubt_no_worse_than_the_answer_is_not_asked_below_it() {
    let mut chat = at(content(), "Cramp right now");
    chat.types("breathless=yes coughing_blood=unsure");
    assert_eq!(chat.level(), Some("EMERGENCY"));
    assert!(!chat.has("Yes"), "{}", chat.text());
    let mut chat = at(content(), "Cramp right now");
    chat.types("baby_moving_less=yes");
    assert_eq!(chat.level(), Some("GO_NOW"));
    for typed in ["severe_headache=unsure", "itching_palms_or_soles=unsure"] {
        let mut then = chat.clone();
        then.types(typed);
        assert!(!then.has("Yes"), "{typed}: {}", then.text());
    }
    chat.types("breathless=unsure");
    assert!(chat.has("Yes"), "{}", chat.text());
}

#[test]
fn where_she_is_alone_is_noted_before_she_has_said_what_hurts() {
    let mut chat = at(content(), "");
    chat.types("stage:pregnant:210-216");
    chat.tap("That is right");
    assert!(chat.text().contains("I have noted that."), "{}", chat.text());
}

/// Only where it is asked is a week an answer by itself; elsewhere it is read back.
#[test]
fn a_week_told_at_another_question_waits_for_her_word() {
    let mut chat = at(content(), "Cramp right now");
    chat.types("stage:pregnant:210-216");
    assert!(chat.has("That is right"), "{}", chat.text());
}

#[test]
fn a_changed_message_takes_only_itself_back() {
    let mut chat = at(content(), "Cramp right now");
    for (message, typed) in [(7, "varicose_veins=yes"), (8, "high_blood_pressure=yes")] {
        chat.sends(message, typed);
        chat.tap("That is right");
    }
    chat.edits(8, "low_fluid_intake=yes");
    assert!(chat.text().contains(CHANGED), "{}", chat.text());
    chat.tap("That is right");
    let (facts, _) = chat.told();
    assert_eq!(facts, ["varicose_veins", "low_fluid_intake"]);
}

#[test]
fn a_message_that_was_never_counted_is_changed_like_a_new_one() {
    let mut chat = at(content(), "Cramp right now");
    chat.sends(7, "varicose_veins=yes");
    let mut waits = chat.clone();
    waits.edits(5, "high_blood_pressure=yes");
    for name in ["varicose_veins=yes", "high_blood_pressure=yes"] {
        assert!(waits.text().contains(name), "{}", waits.text());
    }
    chat.tap("That is right");
    chat.edits(5, "high_blood_pressure=yes");
    assert!(!chat.text().contains(CHANGED), "{}", chat.text());
    let mut marks = at(content(), "Cramp right now");
    marks.sends(7, "fever=no");
    marks.edits(7, "varicose_veins=yes");
    assert!(!marks.text().contains(CHANGED), "{}", marks.text());
}

#[test]
fn a_doubt_goes_with_the_message_it_came_from() {
    let mut chat = at(content(), "Cramp right now");
    chat.sends(7, "baby_moving_less=yes breathless=unsure");
    assert!(chat.has("Yes"), "{}", chat.text());
    chat.edits(7, "baby_moving_less=yes");
    assert!(!chat.has("Yes"), "{}", chat.text());
    assert_eq!(chat.level(), Some("GO_NOW"));
}

#[test]
fn a_loss_told_in_a_message_is_taken_back_with_it() {
    let mut chat = at(content(), "Cramp right now");
    chat.sends(7, "lost varicose_veins=yes");
    chat.tap("That is right");
    assert!(chat.session.as_ref().unwrap().ended);
    chat.edits(7, "varicose_veins=yes");
    chat.tap("That is right");
    assert!(!chat.session.as_ref().unwrap().ended);
}

/// Two complaints that two lists ask about: she is asked which comes first.
#[test]
fn one_complaint_opens_its_list_and_two_open_none() {
    let head = |typed: &str| {
        let mut chat = at(content(), "");
        chat.types(typed);
        chat.session.unwrap().heard.map(|heard| heard.kind.is_some())
    };
    let one = head("route:headache varicose_veins=yes");
    let two = head("route:headache route:itching varicose_veins=yes");
    let told = head("itching_palms_or_soles=yes");
    assert_eq!((one, two, told), (Some(true), Some(false), Some(true)));
}

#[test]
fn the_number_to_call_can_be_copied_where_she_is_to_call_at_once() {
    let copied = |typed: &str| {
        let mut chat = at(content(), "Cramp right now");
        chat.around.country = Some("GB".to_owned());
        chat.types(typed);
        let buttons = chat.replies.iter().flat_map(|reply| reply.rows.iter().flatten());
        let numbers: Vec<String> = buttons
            .filter_map(|button| match &button.press {
                Press::Copy(number) => Some(number.clone()),
                _ => None,
            })
            .collect();
        (chat.level(), numbers.contains(&"999".to_owned()))
    };
    assert_eq!(copied("breathless=yes"), (Some("EMERGENCY"), true));
    assert_eq!(copied("baby_moving_less=yes"), (Some("GO_NOW"), true));
    let mut urgent = at(content(), "");
    urgent.around.country = Some("GB".to_owned());
    urgent.hear(Event::Command(nightease::conversation::Command::Urgent));
    let buttons = urgent
        .replies
        .iter()
        .flat_map(|reply| reply.rows.iter().flatten());
    assert!(
        buttons
            .into_iter()
            .any(|button| button.press == Press::Copy("999".to_owned()))
    );
}
