//! People who talk with the program over HTTP while something goes wrong. What must come is what an undisturbed
//! conversation says. Buttons carry the number of the change they belong to, so an answer that is applied twice shows in
//! the buttons of everything that follows.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use jiff::Timestamp;
use nightease::content::Content;
use nightease::conversation::{Event, Press, Reply, Surroundings};
use nightease::terminal::transcript::Player;
use tokio::time::Instant;

use crate::fake_telegram::{Happened, Person};

/// A chat waits so long for what is due to it, over all restarts.
const PATIENCE: Duration = Duration::from_secs(120);

/// What the chats do, by label, command or words. No two turns of a script end with the same text.
pub const SCRIPTS: [&[&str]; 5] = [
    &[
        "/start",
        "Cramp right now",
        "None of these",
        "20 to 27 weeks",
        "None of these",
        "my leg is so sore",
        "Not sure",
        "None, I checked",
        "Knot, gone in minutes",
        "Cramps every night",
        "Done",
        "Why?",
        "/back",
    ],
    &[
        "/start",
        "Cramp right now",
        "Not sure",
        "None, I checked",
        "0-2 weeks after",
        "One leg is bigger",
        "Hard sore cord in skin",
        "Done",
        "/help",
        "Back",
        "Done",
        "Start again",
        "/cancel",
    ],
    &[
        "/start legs",
        "None of these",
        "Week not known",
        "Back",
        "28 to 36 weeks",
        "Why do you ask?",
        "None of these",
        "Fever or shivering",
        "Done",
        "is it bad?",
        "Why?",
        "/restart",
        "/cancel",
    ],
    &[
        "/start",
        "Something feels wrong",
        "Heavy bleeding",
        "what now",
        "/back",
        "Thoughts of harm",
        "/urgent",
        "/forget",
        "Yes, forget all",
    ],
    &[
        "/start",
        "Cramp right now",
        "None of these",
        "37 weeks or more",
        "None of these",
        "None of these",
        "Skip",
        "More steps",
        "Kidney or heart illness",
        "Heavy or puffy legs",
        "Done",
        "Something else too",
        "/about",
        "/cancel",
    ],
];

static CONTENT: LazyLock<Content> = LazyLock::new(|| Content::embedded().unwrap());

/// What a chat must have seen so far, and what it has.
pub struct Chat {
    pub her: Person,
    player: Player<'static>,
    pub expected: Vec<String>,
    /// How many of the events are accounted for, and how many of the expected texts have come.
    events: usize,
    come: usize,
    /// The message that holds the newest of them. One that came twice may stand below it.
    newest: i32,
    /// Messages that came twice, by the number of kills before them.
    pub doubled: BTreeMap<u32, u32>,
    /// How often the program was killed so far.
    kills: Arc<AtomicU32>,
}

impl Chat {
    pub fn new(her: Person, now: Timestamp, kills: Arc<AtomicU32>) -> Chat {
        let around = Surroundings {
            now,
            time_zone: None,
            country: None,
            private_link: None,
        };
        Chat {
            her,
            player: Player::new(&CONTENT, around),
            expected: Vec::new(),
            events: 0,
            come: 0,
            newest: 0,
            doubled: BTreeMap::new(),
            kills,
        }
    }

    /// Does something and waits for what has to come then.
    pub async fn act(&mut self, line: &str) {
        let arrival = self.player.read(line);
        match &arrival.event {
            Event::Tap(token) => {
                let chat = self.her.transcript();
                let carries = |message: &&crate::fake_telegram::Seen| {
                    let mut buttons = message.rows.iter().flatten();
                    buttons.any(|button| button.data.as_deref() == Some(token))
                };
                let message = chat.messages.iter().rev().find(carries);
                let message = message.unwrap_or_else(|| panic!("{line:?} with {token} is not in\n{chat}"));
                self.her.tap_on(message.id, token);
            }
            _ => drop(self.her.send_text(line)),
        }
        let replies = self.player.hear(&arrival);
        assert!(!replies.is_empty(), "{line}");
        self.expected
            .extend(replies.iter().map(|reply| reply.text.words()));
        self.settle(line, &replies).await;
    }

    /// Waits for the replies, whatever happens to the program meanwhile.
    async fn settle(&mut self, line: &str, replies: &[Reply]) {
        let begun = Instant::now();
        loop {
            self.account();
            if self.come == self.expected.len() {
                break;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "no answer to {line:?} in chat {}:\n{}",
                self.her.chat_id,
                self.her.transcript()
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let buttons: Vec<&str> = replies.iter().rev().take(1).flat_map(tokens).collect();
        let chat = self.her.transcript();
        let shown = chat.messages.iter().find(|message| message.id == self.newest);
        let shown: Vec<&str> = shown
            .iter()
            .flat_map(|message| message.rows.iter().flatten())
            .filter_map(|button| button.data.as_deref())
            .collect();
        assert_eq!(buttons, shown, "after {line:?} in\n{chat}");
    }

    /// Every event is the next that must come, or the one before once more.
    fn account(&mut self) {
        let events = self.her.events();
        for event in &events[self.events..] {
            let (Happened::Sent { id, text } | Happened::Edited { id, text }) = event else {
                continue;
            };
            if self.expected.get(self.come) == Some(text) {
                self.come += 1;
                self.newest = *id;
            } else if self.come > 0 && self.expected[self.come - 1] == *text {
                *self.doubled.entry(self.kills.load(Ordering::SeqCst)).or_default() += 1;
            } else {
                panic!(
                    "{text:?} came instead of {:?} in\n{}",
                    self.expected.get(self.come),
                    self.her.transcript()
                );
            }
        }
        self.events = events.len();
    }
}

fn tokens(reply: &Reply) -> impl Iterator<Item = &str> {
    reply
        .rows
        .iter()
        .flatten()
        .filter_map(|button| match &button.press {
            Press::Tap { token, .. } => Some(token.as_str()),
            Press::Copy(_) | Press::Open(_) => None,
        })
}
