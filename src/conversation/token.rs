//! What a button sends back: opaque to the doors, at most 64 bytes, and it carries the revision of the session it was
//! made for, so that a doubled, late or re-sent tap is known as one.
//!
//! ```text
//! c.c:one_leg_bigger      revision 12 (base 36), choose one_leg_bigger
//! c.n                     revision 12, none of these
//! ```

use crate::content::{ChoiceId, TopicId};

/// What a tap asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    /// A topic of the opening.
    Topic(TopicId),
    /// A button of the present screen.
    Choose(ChoiceId),
    /// Ticks are complete.
    Done,
    /// None of these.
    None,
    /// Not sure.
    NotSure,
    /// Record nothing, go on.
    Skip,
    /// Forget the last answer.
    Back,
    /// Why do you ask?
    WhyAsk,
    /// Begin anew.
    StartAgain,
    /// Why this answer?
    Why,
    /// More steps.
    MoreSteps,
    /// Something else too.
    SomethingElse,
    /// Show the answer again.
    ShowAgain,
    /// The pregnancy has ended.
    Ended,
    /// Wipe everything: yes.
    ForgetYes,
    /// Wipe everything: no.
    ForgetNo,
    /// The leaflet.
    Tips,
}

/// Bots may put 64 bytes on a button (Bot API, `InlineKeyboardButton.callback_data`).
pub const LONGEST_TOKEN: usize = 64;

impl Action {
    /// The token for this action at this revision.
    #[must_use]
    pub fn token(&self, revision: u32) -> String {
        let (code, name) = match self {
            Action::Topic(topic) => ("t", Some(topic.as_str())),
            Action::Choose(choice) => ("c", Some(choice.as_str())),
            other => (other.code(), None),
        };
        match name {
            Some(name) => format!("{}.{code}:{name}", base36(revision)),
            None => format!("{}.{code}", base36(revision)),
        }
    }

    fn code(&self) -> &'static str {
        SIMPLE
            .iter()
            .find(|(_, action)| action == self)
            .map_or("?", |(code, _)| code)
    }

    /// Reads a token. `None` for what this program never made.
    #[must_use]
    pub fn parse(token: &str) -> Option<(u32, Action)> {
        if token.len() > LONGEST_TOKEN {
            return None;
        }
        let (revision, rest) = token.split_once('.')?;
        let revision = u32::from_str_radix(revision, 36).ok()?;
        let action = match rest.split_once(':') {
            Some(("t", name)) => Action::Topic(TopicId::from(name)),
            Some(("c", name)) => Action::Choose(ChoiceId::from(name)),
            Some(_) => return None,
            None => SIMPLE
                .iter()
                .find(|(code, _)| *code == rest)
                .map(|(_, action)| action.clone())?,
        };
        Some((revision, action))
    }
}

const SIMPLE: [(&str, Action); 15] = [
    ("d", Action::Done),
    ("n", Action::None),
    ("u", Action::NotSure),
    ("k", Action::Skip),
    ("b", Action::Back),
    ("q", Action::WhyAsk),
    ("r", Action::StartAgain),
    ("w", Action::Why),
    ("m", Action::MoreSteps),
    ("e", Action::SomethingElse),
    ("a", Action::ShowAgain),
    ("x", Action::Ended),
    ("fy", Action::ForgetYes),
    ("fn", Action::ForgetNo),
    ("l", Action::Tips),
];

fn base36(mut number: u32) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit(number % 36, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_survives_its_token() {
        let named = [
            Action::Topic(TopicId::from("leg_cramps")),
            Action::Choose(ChoiceId::from("one_leg_bigger")),
        ];
        for action in SIMPLE.iter().map(|(_, action)| action.clone()).chain(named) {
            for revision in [0, 1, 35, 36, 12_345, u32::MAX] {
                assert_eq!(
                    Action::parse(&action.token(revision)),
                    Some((revision, action.clone()))
                );
            }
        }
    }

    #[test]
    fn what_was_never_made_is_refused() {
        for token in [
            "",
            ".",
            "1.",
            "1.zz",
            "1.c",
            "!.n",
            "1.y:a",
            "99999999999.n",
            &"1.c:".repeat(40),
        ] {
            assert_eq!(Action::parse(token), None, "{token}");
        }
    }
}
