//! Buttons and events: what they ask for, and what they may do.

use jiff::Timestamp;
use nightease::conversation::token::Action;
use nightease::conversation::{Command, Event, Press, Reply, Session};

use super::told::Says;

/// The only events that may take back what she told. `corrects`: what waits for her word would take the place of an
/// earlier message.
pub fn takes_back(event: &Event, action: Option<&Action>, corrects: bool) -> bool {
    match event {
        Event::Command(Command::Back | Command::Start(_) | Command::Restart) => true,
        // The words of a button press it.
        Event::Text(words) => {
            let typed = words.reveal().to_lowercase();
            let takes = ["back", "start again", "that is not what i meant"];
            // A typed yes lets a changed message stand, as the button does.
            let agrees = ["yes", "y", "yes i do", "ok", "that is right", "take it out"];
            takes.contains(&typed.trim()) || corrects && agrees.contains(&typed.trim())
        }
        Event::Tap(_) => match action {
            Some(Action::Back | Action::StartAgain | Action::NotMeant) => true,
            Some(Action::Right(_)) => corrects,
            _ => false,
        },
        _ => false,
    }
}

/// What a tap asks for, if it is one of the present revision; *Back* for the command as well.
pub fn present_action(before: Option<&Session>, event: &Event) -> Option<Action> {
    match event {
        Event::Command(Command::Back) => Some(Action::Back),
        Event::Tap(token) => {
            let (revision, action) = Action::parse(token)?;
            let quick = matches!(action, Action::Choose(_));
            (quick || before?.revision == revision).then_some(action)
        }
        _ => None,
    }
}

pub fn is_leaflet(event: &Event) -> bool {
    match event {
        Event::Command(Command::Tips | Command::TipsOn(_)) => true,
        Event::Tap(token) => matches!(Action::parse(token), Some((_, Action::Tips))),
        _ => false,
    }
}

/// Does the button answer, or tell the stage?
pub fn goes_on(action: &Action) -> bool {
    matches!(
        action,
        Action::Topic(_) | Action::Done(_) | Action::None(_) | Action::NotSure(_) | Action::Skip(_)
    ) || matches!(action, Action::Choose(choice) if is_stage(choice.as_str()))
}

fn is_stage(choice: &str) -> bool {
    choice.starts_with("weeks_") || choice.starts_with("after_")
}

/// A session without what only counts turns.
pub fn plain(session: &Session) -> Session {
    Session {
        revision: 0,
        screen_since: 0,
        applied: Vec::new(),
        last_message: None,
        forgetting: false,
        last_event: Timestamp::UNIX_EPOCH,
        ..session.clone()
    }
}

pub fn taps(reply: &Reply) -> impl Iterator<Item = (&str, &str, Says)> {
    reply
        .rows
        .iter()
        .flatten()
        .filter_map(|button| match &button.press {
            Press::Tap {
                token, sets, stage, ..
            } => {
                let says = Says {
                    facts: sets.clone(),
                    stage: *stage,
                };
                Some((button.label.as_str(), token.as_str(), says))
            }
            Press::Copy(_) | Press::Open(_) => None,
        })
}
