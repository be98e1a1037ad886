//! The Telegram door: raw update → event, reply → request, and the client that carries them.

mod client;
mod command;
mod courier;
mod decode;
mod fate;
mod http;
mod parcel;
mod polling;
mod render;
mod setup;
mod split;
mod tap;
mod tls;
mod update;
mod webhook;

pub use client::{CallError, Client, ClientError, Refusal};
pub use courier::TelegramCourier;
pub use decode::{Place, Router};
pub use fate::{Verdict, judge};
pub use parcel::Request;
pub use polling::{ALLOWED_UPDATES, FirstPoll, KeyOf, PollSettings, Poller, waiting_time};
pub use setup::{Me, Profile, StartError, introduce, set_up};
pub use split::{Piece, split};
pub use tls::{Tls, TlsError};
pub use update::{Address, Kept, address};
pub use webhook::{DeleteError, Webhook, WebhookError, WebhookSettings, delete_webhook};

use crate::conversation::{Arrival, Reply, Text};
use crate::delivery::Platform;
use crate::store::NewParcel;

/// The platform: what the engine needs to read what came and to write what goes.
pub struct Telegram {
    router: Router,
    lines: Lines,
}

/// What is said without a turn.
pub struct Lines {
    /// When an update could not be handled; carries the emergency line.
    pub apology: String,
    /// When she writes faster than can be answered.
    pub flood: String,
}

impl Telegram {
    /// The platform for a bot of this username (without `@`).
    #[must_use]
    pub fn new(username: &str, lines: Lines) -> Telegram {
        Telegram {
            router: Router::new(username),
            lines,
        }
    }

    /// A message of its own. Where others read along, the emergency line would be a health word.
    fn line(place: &Option<Place>, text: &str, urgent: bool) -> Option<NewParcel> {
        let place = place.as_ref().filter(|place| place.private)?;
        let place = Place {
            tapped: None,
            ..*place
        };
        let mut reply = Reply::new(Text::plain(text));
        reply.urgent = urgent;
        render::render(&place, &[reply]).into_iter().next()
    }
}

impl Platform for Telegram {
    type Place = Option<Place>;

    fn decode(&self, body: &[u8]) -> (Arrival, Option<Place>) {
        self.router.decode(body)
    }

    fn render(&self, place: &Option<Place>, replies: &[Reply]) -> Vec<NewParcel> {
        place
            .as_ref()
            .map(|place| render::render(place, replies))
            .unwrap_or_default()
    }

    fn apology(&self, place: &Option<Place>) -> Option<NewParcel> {
        Telegram::line(place, &self.lines.apology, true)
    }

    fn flood(&self, place: &Option<Place>) -> Option<NewParcel> {
        Telegram::line(place, &self.lines.flood, false)
    }
}

/// The link that opens a private chat with the bot, for groups.
#[must_use]
pub fn private_link(username: &str) -> String {
    format!("https://t.me/{username}?start=group")
}
