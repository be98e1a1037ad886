//! What a button sends back: opaque to the doors, at most 64 bytes, and it carries the revision of the session it was
//! made for, so that a doubled, late or re-sent tap is known as one.
//!
//! ```text
//! c.c:one_leg_bigger      revision 12 (base 36), choose one_leg_bigger
//! c.n:legs                revision 12, none of these, asked by the screen legs
//! c.u:legs~               revision 12, still not sure, asked by its check screen
//! ```

use crate::content::{ChoiceId, CountryId, ScreenId, TopicId};

/// A screen that asks. Buttons that answer all of it name it: a session begun anew counts its revisions anew, and
/// *None of these* from before it must never answer another question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// The screen.
    pub screen: ScreenId,
    /// Is it the check behind *Not sure*?
    pub check: bool,
}

impl Question {
    fn name(&self) -> String {
        let check = if self.check { CHECK } else { "" };
        format!("{}{check}", self.screen)
    }

    fn parse(name: &str) -> Question {
        Question {
            screen: ScreenId::from(name.strip_suffix(CHECK).unwrap_or(name)),
            check: name.ends_with(CHECK),
        }
    }
}

const CHECK: &str = "~";

/// What a tap asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    /// A topic of the opening.
    Topic(TopicId),
    /// A button of the present screen.
    Choose(ChoiceId),
    /// Ticks are complete.
    Done(Question),
    /// None of these.
    None(Question),
    /// Not sure.
    NotSure(Question),
    /// Record nothing, go on.
    Skip(Question),
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
    /// Somebody types for her.
    ForHer,
    /// She types herself, after all.
    ForHerself,
    /// Hide what is on the phone's screen, and forget it.
    Hide,
    /// The list of countries.
    Countries,
    /// Another part of that list.
    CountriesFrom(u8),
    /// The country she is in.
    Country(CountryId),
    /// A country that is not listed.
    OtherCountry,
    /// What was read is right: of the list with this mark.
    Right(u16),
    /// Leave out this one of the list with that mark.
    LeaveOut(u8, u16),
    /// Nothing of the list with this mark is right.
    NoneOfIt(u16),
    /// An answer to a doubt about this finding.
    Doubt(String, DoubtReply),
    /// What was read was not what she meant.
    NotMeant,
    /// The first list, below an answer that her words led to before it was asked.
    Worse,
}

/// What she says to a doubt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DoubtReply {
    /// Yes, now.
    Yes,
    /// No.
    No,
    /// Not sure.
    NotSure,
}

/// Bots may put 64 bytes on a button (Bot API, `InlineKeyboardButton.callback_data`).
pub const LONGEST_TOKEN: usize = 64;

impl Action {
    /// The token for this action at this revision.
    #[must_use]
    pub fn token(&self, revision: u32) -> String {
        let (code, name) = match self {
            Action::Topic(topic) => ("t", Some(topic.to_string())),
            Action::Choose(choice) => ("c", Some(choice.to_string())),
            Action::Done(question) => ("d", Some(question.name())),
            Action::None(question) => ("n", Some(question.name())),
            Action::NotSure(question) => ("u", Some(question.name())),
            Action::Skip(question) => ("k", Some(question.name())),
            Action::Country(country) => ("g", Some(country.to_string())),
            Action::CountriesFrom(part) => ("p", Some(part.to_string())),
            Action::Right(mark) => ("s", Some(mark.to_string())),
            Action::LeaveOut(place, mark) => ("v", Some(format!("{place}.{mark}"))),
            Action::NoneOfIt(mark) => ("f", Some(mark.to_string())),
            Action::Doubt(finding, DoubtReply::Yes) => ("dy", Some(finding.clone())),
            Action::Doubt(finding, DoubtReply::No) => ("dn", Some(finding.clone())),
            Action::Doubt(finding, DoubtReply::NotSure) => ("du", Some(finding.clone())),
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
            Some(("d", name)) => Action::Done(Question::parse(name)),
            Some(("n", name)) => Action::None(Question::parse(name)),
            Some(("u", name)) => Action::NotSure(Question::parse(name)),
            Some(("k", name)) => Action::Skip(Question::parse(name)),
            Some(("g", name)) => Action::Country(CountryId::from(name)),
            Some(("p", part)) => Action::CountriesFrom(part.parse().ok()?),
            Some(("s", mark)) => Action::Right(mark.parse().ok()?),
            Some(("v", name)) => {
                let (place, mark) = name.split_once('.')?;
                Action::LeaveOut(place.parse().ok()?, mark.parse().ok()?)
            }
            Some(("f", mark)) => Action::NoneOfIt(mark.parse().ok()?),
            Some(("dy", finding)) => Action::Doubt(finding.to_owned(), DoubtReply::Yes),
            Some(("dn", finding)) => Action::Doubt(finding.to_owned(), DoubtReply::No),
            Some(("du", finding)) => Action::Doubt(finding.to_owned(), DoubtReply::NotSure),
            Some(_) => return None,
            None => SIMPLE
                .iter()
                .find(|(code, _)| *code == rest)
                .map(|(_, action)| action.clone())?,
        };
        Some((revision, action))
    }
}

const SIMPLE: [(&str, Action); 18] = [
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
    ("h", Action::ForHer),
    ("i", Action::ForHerself),
    ("y", Action::Hide),
    ("o", Action::Countries),
    ("z", Action::OtherCountry),
    ("j", Action::NotMeant),
    ("gw", Action::Worse),
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
        let question = |check| Question {
            screen: ScreenId::from("legs"),
            check,
        };
        let named = [
            Action::Topic(TopicId::from("leg_cramps")),
            Action::Choose(ChoiceId::from("one_leg_bigger")),
            Action::Done(question(false)),
            Action::None(question(true)),
            Action::NotSure(question(false)),
            Action::NotSure(question(true)),
            Action::Skip(question(false)),
            Action::Country(CountryId::from("GB")),
            Action::CountriesFrom(3),
            Action::Right(65_535),
            Action::LeaveOut(3, 12),
            Action::NoneOfIt(0),
            Action::Doubt("chest_pain".to_owned(), DoubtReply::Yes),
            Action::Doubt("chest_pain".to_owned(), DoubtReply::No),
            Action::Doubt("chest_pain".to_owned(), DoubtReply::NotSure),
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
            "1.n",
            "!.n",
            "1.y:a",
            "1.p:x",
            "1.p:256",
            "1.s:x",
            "1.v:3",
            "1.v:300.1",
            "99999999999.n",
            &"1.c:".repeat(40),
        ] {
            assert_eq!(Action::parse(token), None, "{token}");
        }
    }

    #[test]
    fn the_longest_token_is_read_and_no_longer_one() {
        let named = |letters: usize| format!("0.t:{}", "a".repeat(letters - 4));
        assert!(Action::parse(&named(LONGEST_TOKEN)).is_some());
        assert_eq!(Action::parse(&named(LONGEST_TOKEN + 1)), None);
    }
}
