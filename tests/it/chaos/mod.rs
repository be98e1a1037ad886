//! The worst that can happen, with fixed seeds, over real HTTP against the strict fake server. Whatever it is: every update
//! is answered, no answer is applied twice, order is kept within a chat, a crash sends at most one message of a chat
//! twice, and nothing goes to a wrong chat.
//!
//! What a test does for a few seconds in `cargo test` it does for longer in `.ci/run`, by a variable it names.

mod backlog;
mod clocks;
mod full_disk;
mod kills;
mod one_floods;
mod paces;
mod signals;
mod unordered;
mod weather;

use jiff::Timestamp;
use nightease::conversation::Surroundings;
use nightease::store::{Key, SqliteStore, Store, Waiting};
use std::path::Path;

use crate::fake_telegram::Person;

/// Nothing is known but the time.
fn around() -> Surroundings {
    Surroundings {
        now: Timestamp::now(),
        time_zone: None,
        country: None,
        private_link: None,
    }
}

/// How often something is done: as often as the variable says, or this often.
fn times(variable: &str, otherwise: u32) -> u32 {
    let wish = std::env::var(variable).ok();
    wish.map_or(otherwise, |wish| wish.parse().unwrap())
}

/// The first line of each message of the bot, in order.
fn heads(her: &Person) -> Vec<String> {
    let chat = her.transcript();
    let heads = chat.of_bot().into_iter().map(|message| head(&message.text));
    heads.collect()
}

fn head(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// The first line of what a command is answered with.
fn answer_to(command: &str) -> String {
    let content = crate::shared::content();
    let mut player = nightease::terminal::transcript::Player::new(content, around());
    head(&player.play(command)[0].text.words())
}

/// What still waits in a database that nobody has open.
fn waiting(database: &Path, key: &Key) -> Waiting {
    SqliteStore::open(database, key).unwrap().waiting().unwrap()
}
