//! The conversation as lines of text: what `chat` prints, and what the transcripts in `tests/transcripts/` hold.
//!
//! ```text
//! > /start
//! Woken by pain? Tap what fits.
//! …
//!   1  Cramp right now
//!   2  Something feels wrong
//!
//! > Cramp right now
//! Sit up. Straight knee. …
//! ```
//!
//! A line she types is a number, the label of a button, a command, or words. Lines with `!` do what a keyboard cannot:
//! `!again` taps the last button once more, `!old LABEL` taps it on the oldest message that had it, `!photo`,
//! `!voice`, `!sticker`, `!other`, `!edit WORDS`, `!late MINUTES WORDS`.

use jiff::SignedDuration;

use crate::content::Content;
use crate::conversation::{
    Arrival, Button, Command, Event, Keep, Press, Reply, Session, Surroundings, Turn, Unreadable, turn,
};
use crate::private::Private;

/// One conversation in memory, played line by line.
pub struct Player<'c> {
    content: &'c Content,
    around: Surroundings,
    session: Option<Session>,
    buttons: Vec<Button>,
    seen: Vec<Button>,
    last_tap: Option<String>,
    /// How many messages of hers there are, as Telegram would number them.
    sent: i64,
}

impl<'c> Player<'c> {
    /// A conversation that has not begun.
    #[must_use]
    pub fn new(content: &'c Content, around: Surroundings) -> Player<'c> {
        Player {
            content,
            around,
            session: None,
            buttons: Vec::new(),
            seen: Vec::new(),
            last_tap: None,
            sent: 0,
        }
    }

    /// The session so far.
    #[must_use]
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// Plays one line and gives back what is said.
    pub fn play(&mut self, line: &str) -> Vec<Reply> {
        let arrival = self.read(line.trim());
        self.hear(&arrival)
    }

    /// Plays one event.
    pub fn hear(&mut self, arrival: &Arrival) -> Vec<Reply> {
        let Turn { keep, replies, .. } = turn(self.content, self.session.take(), arrival, &self.around);
        self.session = match keep {
            Keep::Session(session) => Some(session),
            Keep::Nothing | Keep::Wipe => None,
        };
        if !replies.is_empty() {
            self.buttons = replies
                .iter()
                .flat_map(|reply| reply.rows.iter().flatten())
                .filter(|button| is_tap(button))
                .cloned()
                .collect();
            self.seen.extend(self.buttons.iter().cloned());
        }
        replies
    }

    /// What a line means now.
    pub fn read(&mut self, line: &str) -> Arrival {
        let mut sent_at = Some(self.around.now);
        let event = if let Some(directive) = line.strip_prefix('!') {
            if let Some((minutes, _)) = directive
                .strip_prefix("late ")
                .and_then(|rest| rest.split_once(' '))
            {
                let minutes = minutes.parse().unwrap_or(0);
                sent_at = Some(self.around.now - SignedDuration::from_mins(minutes));
            }
            self.directive(directive)
        } else if let Some(token) = self.token_of(line) {
            self.last_tap = Some(token.clone());
            Event::Tap(token)
        } else {
            typed(line)
        };
        let message = match event {
            Event::Tap(_) => None,
            // She changes the last one.
            Event::Edited(_) => Some(self.sent),
            _ => {
                self.sent += 1;
                Some(self.sent)
            }
        };
        let sent_at = sent_at.filter(|_| message.is_some());
        Arrival {
            event,
            sent_at,
            message,
        }
    }

    fn token_of(&self, line: &str) -> Option<String> {
        let by_number = line
            .parse::<usize>()
            .ok()
            .and_then(|number| self.buttons.get(number.checked_sub(1)?));
        let by_label = || self.buttons.iter().find(|button| same_label(&button.label, line));
        by_number.or_else(by_label).and_then(token)
    }

    fn directive(&self, directive: &str) -> Event {
        let (name, rest) = directive.split_once(' ').unwrap_or((directive, ""));
        match name {
            "again" => Event::Tap(self.last_tap.clone().unwrap_or_default()),
            "old" => {
                let old = self
                    .seen
                    .iter()
                    .find(|button| same_label(&button.label, rest))
                    .and_then(token);
                Event::Tap(old.unwrap_or_default())
            }
            "photo" => Event::Unreadable(Unreadable::Picture),
            "voice" => Event::Unreadable(Unreadable::Voice),
            "sticker" => Event::Unreadable(Unreadable::Sticker),
            "edit" => Event::Edited(Private::new(rest.to_owned())),
            "late" => typed(rest.split_once(' ').map_or("", |(_, words)| words)),
            _ => Event::Unreadable(Unreadable::Other),
        }
    }
}

fn is_tap(button: &Button) -> bool {
    matches!(button.press, Press::Tap { .. })
}

fn token(button: &Button) -> Option<String> {
    match &button.press {
        Press::Tap { token, .. } => Some(token.clone()),
        Press::Copy(_) | Press::Open(_) => None,
    }
}

pub(super) fn same_label(label: &str, line: &str) -> bool {
    let bare = |text: &str| text.trim_start_matches("✓ ").trim().to_lowercase();
    !line.is_empty() && bare(label) == bare(line)
}

/// A command, or words.
#[must_use]
pub fn typed(line: &str) -> Event {
    match line.strip_prefix('/') {
        Some(command) => Event::Command(command_of(command)),
        None => Event::Text(Private::new(line.to_owned())),
    }
}

/// Reads a command without its slash.
#[must_use]
pub fn command_of(text: &str) -> Command {
    let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let payload = Some(rest.trim())
        .filter(|rest| !rest.is_empty())
        .map(str::to_owned);
    Command::named(&name.to_lowercase(), payload)
}

/// Replies as they are printed: each message with its buttons, numbered through.
#[must_use]
pub fn print(replies: &[Reply]) -> String {
    let mut text = String::new();
    let mut number = 0;
    for reply in replies {
        text.push_str(reply.text.words().trim_end());
        text.push('\n');
        let taps = reply.rows.iter().flatten().filter(|button| is_tap(button));
        for button in taps {
            number += 1;
            text.push_str(&format!("  {number:>2}  {}\n", button.label));
        }
        text.push('\n');
    }
    text
}
