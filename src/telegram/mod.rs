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
mod update;
mod webhook;

pub use client::{CallError, Client, ClientError, Refusal};
pub use courier::TelegramCourier;
pub use decode::{Place, Router};
pub use fate::{Verdict, judge};
pub use parcel::Request;
pub use polling::{ALLOWED_UPDATES, KeyOf, PollSettings, Poller, waiting_time};
pub use setup::{Me, Profile, StartError, introduce, set_up};
pub use split::{Piece, split};
pub use update::{Address, Kept, address};
pub use webhook::{DeleteError, Webhook, WebhookError, WebhookSettings, delete_webhook};

use crate::conversation::{Arrival, Reply, Text};
use crate::delivery::Platform;
use crate::store::NewParcel;

/// The platform: what the engine needs to read what came and to write what goes.
pub struct Telegram {
    router: Router,
    apology: Text,
}

impl Telegram {
    /// The platform for a bot of this username (without `@`). The apology is what she gets when an update could not be
    /// handled; it carries the emergency line.
    #[must_use]
    pub fn new(username: &str, apology: impl Into<String>) -> Telegram {
        Telegram {
            router: Router::new(username),
            apology: Text::plain(apology),
        }
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
        // Where others read along, the emergency line would be a health word.
        let place = place.as_ref().filter(|place| place.private)?;
        let mut reply = Reply::new(self.apology.clone());
        reply.urgent = true;
        render::render(
            &Place {
                tapped: None,
                ..*place
            },
            &[reply],
        )
        .into_iter()
        .next()
    }
}

/// The link that opens a private chat with the bot, for groups.
#[must_use]
pub fn private_link(username: &str) -> String {
    format!("https://t.me/{username}?start=group")
}
