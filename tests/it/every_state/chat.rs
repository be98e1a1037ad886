//! One conversation in memory, that can be copied and tried out.

use jiff::Timestamp;
use nightease::content::Content;
use nightease::conversation::{
    Arrival, Event, Keep, Press, Reader, Reply, Session, Surroundings, Turn, turn_with,
};

pub fn around() -> Surroundings {
    Surroundings {
        now: "2026-11-22T03:10:00Z".parse().unwrap(),
        time_zone: None,
        country: None,
        private_link: None,
    }
}

/// One conversation that can be copied and tried out.
#[derive(Clone)]
pub struct Chat<'c> {
    pub content: &'c Content,
    pub around: Surroundings,
    pub session: Option<Session>,
    pub replies: Vec<Reply>,
    /// Tokens that were tapped, in order.
    pub tapped: Vec<String>,
    /// What reads her words.
    pub reader: Reader,
}

impl<'c> Chat<'c> {
    pub fn new(content: &'c Content) -> Chat<'c> {
        Chat {
            content,
            around: around(),
            session: None,
            replies: Vec::new(),
            tapped: Vec::new(),
            reader: nightease::understanding::read,
        }
    }

    pub fn hear(&mut self, event: Event) -> &[Reply] {
        let arrival = Arrival {
            event,
            sent_at: Some(self.around.now),
            message: None,
        };
        self.hear_arrival(&arrival)
    }

    pub fn hear_arrival(&mut self, arrival: &Arrival) -> &[Reply] {
        let Turn { keep, replies, .. } = turn_with(
            self.content,
            self.session.take(),
            arrival,
            &self.around,
            self.reader,
        );
        self.session = match keep {
            Keep::Session(session) => Some(stored(session)),
            Keep::Nothing | Keep::Wipe => None,
        };
        self.replies = replies;
        &self.replies
    }

    /// Buttons of the last turn, with their tokens.
    pub fn buttons(&self) -> Vec<(String, String)> {
        self.replies.iter().flat_map(taps).collect()
    }

    pub fn tap(&mut self, label: &str) {
        let buttons = self.buttons();
        let found = buttons
            .iter()
            .find(|(shown, _)| shown.trim_start_matches("✓ ") == label);
        let Some((_, token)) = found else {
            panic!("no button {label:?} among {buttons:?}\n{}", self.text());
        };
        self.tap_token(&token.clone());
    }

    pub fn tap_token(&mut self, token: &str) {
        self.tapped.push(token.to_owned());
        self.hear(Event::Tap(token.to_owned()));
    }

    pub fn text(&self) -> String {
        let texts = self.replies.iter().map(|reply| reply.text.words());
        texts.collect::<Vec<_>>().join("\n\n")
    }
}

/// As the store keeps it: JSON and back is the identity.
pub fn stored(session: Session) -> Session {
    let bytes = serde_json::to_vec(&session).unwrap();
    let again: Session = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(session, again);
    again
}

pub fn taps(reply: &Reply) -> Vec<(String, String)> {
    let buttons = reply.rows.iter().flatten();
    buttons
        .filter_map(|button| match &button.press {
            Press::Tap { token, .. } => Some((button.label.clone(), token.clone())),
            Press::Copy(_) | Press::Open(_) => None,
        })
        .collect()
}

pub fn labels(reply: &Reply) -> Vec<String> {
    taps(reply).into_iter().map(|(label, _)| label).collect()
}

/// All that counts of a session.
pub fn told(session: Option<&Session>) -> Option<Session> {
    session.cloned().map(|session| Session {
        revision: 0,
        screen_since: 0,
        applied: Vec::new(),
        last_message: None,
        forgetting: false,
        countries: None,
        last_event: Timestamp::UNIX_EPOCH,
        ..session
    })
}
