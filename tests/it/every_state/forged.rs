//! Buttons that were never under what is in front of her, and replies at the edges of time. Nothing of them counts.

use jiff::SignedDuration;
use nightease::content::ScreenId;
use nightease::conversation::token::{Action, Question};
use nightease::conversation::{Arrival, Command, Event};
use nightease::private::Private;

use super::chat::{Chat, told};
use super::places::state;
use crate::shared::content;

const CAUSES: &str = "Cramp right now > None of these > 20 to 27 weeks > None of these > None of these";

fn question(screen: &str) -> Question {
    Question {
        screen: ScreenId::from(screen),
        check: false,
    }
}

fn counts_for_nothing(path: &str, action: &Action) {
    let mut chat = state(content(), path);
    let before = told(chat.session.as_ref());
    let revision = chat.session.as_ref().unwrap().revision;
    chat.tap_token(&action.token(revision));
    assert_eq!(told(chat.session.as_ref()), before, "{path}: {action:?}");
}

#[test]
fn a_screen_is_closed_only_by_a_button_it_has() {
    let gate = "Cramp right now";
    let stage = "Cramp right now > None of these";
    counts_for_nothing(gate, &Action::Skip(question("gate")));
    counts_for_nothing(gate, &Action::Done(question("gate")));
    counts_for_nothing(stage, &Action::None(question("stage")));
    counts_for_nothing(stage, &Action::Done(question("stage")));
    let causes = state(content(), CAUSES);
    let buttons = causes.buttons();
    let (_, skip) = buttons.iter().find(|(label, _)| label == "Skip").unwrap();
    let Some((_, Action::Skip(screen))) = Action::parse(skip) else {
        panic!("{skip}");
    };
    counts_for_nothing(CAUSES, &Action::None(screen));
}

#[test]
fn what_a_calm_answer_offers_is_offered_nowhere_else() {
    for path in [
        "Cramp right now",
        "Cramp right now > Chest or breath trouble",
        "Cramp right now > None of these > 20 to 27 weeks > One leg is bigger > Done",
    ] {
        counts_for_nothing(path, &Action::MoreSteps);
        counts_for_nothing(path, &Action::SomethingElse);
        counts_for_nothing(path, &Action::Hide);
        counts_for_nothing(path, &Action::Ended);
    }
}

#[test]
fn back_after_a_loss_told_by_button_takes_the_loss_back_and_no_answer() {
    let mut chat = state(content(), "Cramp right now > None of these");
    let before = told(chat.session.as_ref());
    chat.tap("My pregnancy ended");
    assert!(chat.session.as_ref().unwrap().ended);
    chat.hear(Event::Command(Command::Back));
    assert_eq!(told(chat.session.as_ref()), before);
}

#[test]
fn tips_on_what_there_are_none_for_is_a_command_that_is_not_known() {
    assert_eq!(Command::named("legs", None), Command::Unknown);
    assert_eq!(
        Command::named("tips_sky", None),
        Command::TipsOn("tips_sky".to_owned())
    );
    let mut chat = state(content(), "");
    chat.hear(Event::Command(Command::TipsOn("tips_sky".to_owned())));
    assert!(
        chat.text().starts_with("I do not know this command."),
        "{}",
        chat.text()
    );
}

#[test]
fn tips_leave_an_open_list_of_countries_open() {
    let mut chat = state(content(), "");
    chat.hear(Event::Command(Command::Urgent));
    chat.tap("Number for my country");
    chat.hear(Event::Command(Command::Tips));
    let countries = chat
        .buttons()
        .into_iter()
        .filter(|(_, token)| token.contains(".g:"));
    assert!(countries.count() > 1, "{:?}", chat.buttons());
}

fn types(chat: &mut Chat<'_>, words: &str) {
    chat.hear(Event::Text(Private::new(words.to_owned())));
}

/// Asked whether to forget all, a short reply is about that, and only the buttons under it answer.
#[test]
fn while_she_is_asked_whether_to_forget_nothing_typed_is_an_answer() {
    for typed in ["Leg cold, white or blue", "help", "no", "not sure"] {
        let mut chat = state(content(), "Cramp right now");
        let before = told(chat.session.as_ref());
        chat.hear(Event::Command(Command::Forget));
        types(&mut chat, typed);
        assert_eq!(told(chat.session.as_ref()), before, "{typed}");
        assert!(
            chat.text().contains("Is any of this true right now?"),
            "{typed}: {}",
            chat.text()
        );
    }
}

/// A button that writes a no down is pressed by hand, and by no words of its own.
#[test]
fn a_button_that_denies_is_not_pressed_by_its_words() {
    let path = "Back pain > None of these > 28 to 36 weeks > None of these";
    for label in ["On and off, no pattern", "Eases when I move"] {
        let mut chat = state(content(), path);
        let before = told(chat.session.as_ref());
        types(&mut chat, label);
        assert_eq!(told(chat.session.as_ref()), before, "{label}");
        assert!(
            chat.text().contains("I take a no by button only"),
            "{}",
            chat.text()
        );
    }
    let mut chat = state(content(), path);
    types(&mut chat, "Waves, again and again");
    assert!(
        !chat.text().contains("I take a no by button only"),
        "{}",
        chat.text()
    );
}

#[test]
fn short_words_answer_as_they_are_meant() {
    let mut list = state(content(), "Cramp right now");
    types(&mut list, "1");
    assert!(
        list.session.as_ref().unwrap().ticks.is_empty(),
        "a number ticks no list"
    );
    for typed in ["don't know", "don’t know", "dont know"] {
        let mut typing = state(content(), "Cramp right now");
        types(&mut typing, typed);
        let mut tapping = state(content(), "Cramp right now");
        tapping.tap("Not sure");
        assert_eq!(
            told(typing.session.as_ref()),
            told(tapping.session.as_ref()),
            "{typed}"
        );
    }
    let mut weeks = state(content(), "Cramp right now > None of these");
    types(&mut weeks, "2");
    assert_eq!(
        weeks.session.as_ref().unwrap().answers.len(),
        1,
        "{}",
        weeks.text()
    );
    types(&mut weeks, "30");
    assert_eq!(
        weeks.session.as_ref().unwrap().answers.len(),
        2,
        "{}",
        weeks.text()
    );
}

/// *No* to what the day was like is *Skip*, as long as nothing is ticked.
#[test]
fn a_no_skips_the_day_only_while_nothing_is_ticked() {
    let mut bare = state(content(), CAUSES);
    types(&mut bare, "no");
    assert!(
        bare.text().starts_with("You can try this tonight."),
        "{}",
        bare.text()
    );
    let mut ticked = state(content(), CAUSES);
    ticked.tap("Knot, gone in minutes");
    let before = told(ticked.session.as_ref());
    types(&mut ticked, "no");
    assert_eq!(told(ticked.session.as_ref()), before, "{}", ticked.text());
}

#[test]
fn a_conversation_ends_after_a_day_to_the_second() {
    let go_on = |after: SignedDuration| {
        let mut chat = state(content(), "Cramp right now > None of these");
        chat.around.now += after;
        chat.hear(Event::Command(Command::Why));
        chat.session.is_some_and(|session| !session.answers.is_empty())
    };
    let day = SignedDuration::from_hours(24);
    assert!(go_on(day - SignedDuration::from_secs(1)));
    assert!(!go_on(day));
}

#[test]
fn a_message_that_waited_ten_minutes_is_in_time_and_one_that_waited_longer_is_excused() {
    let excused = |waited: SignedDuration| {
        let mut chat = state(content(), "Cramp right now");
        let sent_at = Some(chat.around.now);
        chat.around.now += waited;
        let event = Event::Command(Command::Why);
        chat.hear_arrival(&Arrival {
            event,
            sent_at,
            message: None,
        });
        chat.text().contains("I was away")
    };
    let ten = SignedDuration::from_mins(10);
    assert!(!excused(ten));
    assert!(excused(ten + SignedDuration::from_secs(1)));
}
