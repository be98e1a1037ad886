//! Raw update → event. Which update leads where is a `dptree` tree, built once; its futures are all ready, so it is
//! walked without waiting.

use std::future::{Ready, ready};
use std::ops::ControlFlow;
use std::sync::Arc;

use dptree::Handler;
use futures_util::FutureExt;
use jiff::Timestamp;

use super::command::{self, Spoken};
use super::update::{Callback, Content, Kind, Membership, Message, Update};
use crate::conversation::{Arrival, Event, Unreadable};

/// Where the replies to an update go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// The chat.
    pub chat_id: i64,
    /// The topic of a forum, where the chat has them.
    pub thread: Option<i32>,
    /// The message whose button was tapped.
    pub tapped: Option<i32>,
    /// Is she alone with the bot there?
    pub private: bool,
}

impl Place {
    /// A chat of one person with the bot, without a tapped message.
    #[must_use]
    pub fn private(chat_id: i64) -> Place {
        Place {
            chat_id,
            thread: None,
            tapped: None,
            private: true,
        }
    }
}

/// Finds out what an update means.
pub struct Router {
    tree: Handler<'static, Event>,
}

impl Router {
    /// The router of a bot with this username (without `@`), which decides whose a command in a group is.
    #[must_use]
    pub fn new(username: &str) -> Router {
        let tree = dptree::entry()
            .branch(dptree::case![Kind::Message(message)].chain(messages(username)))
            .branch(dptree::case![Kind::EditedMessage(message)].endpoint(edited))
            .branch(dptree::case![Kind::ChannelPost(message)].endpoint(overheard))
            .branch(dptree::case![Kind::Callback(callback)].endpoint(tapped))
            .branch(dptree::case![Kind::Membership(membership)].endpoint(membership_changed))
            // An edited post was answered when it was written; reactions, payments and kinds that are newer than this
            // program want no answer.
            .branch(dptree::endpoint(|| ready(Event::Nothing)));
        Router { tree }
    }

    /// Reads one update. What cannot be read is an event too, with no place where nobody can be answered.
    #[must_use]
    pub fn decode(&self, body: &[u8]) -> (Arrival, Option<Place>) {
        let update = Update::parse(body);
        let place = place(&update.kind);
        let sent_at = sent_at(&update.kind);
        let message = message_number(&update.kind);
        let walked = self.tree.dispatch(dptree::deps![update.kind]).now_or_never();
        let event = match walked {
            Some(ControlFlow::Break(event)) => event,
            Some(ControlFlow::Continue(_)) | None => Event::Nothing,
        };
        let arrival = Arrival {
            event,
            sent_at,
            message,
        };
        (arrival, place)
    }
}

/// What becomes of a message.
fn messages(username: &str) -> Handler<'static, Event> {
    let ours = username.to_ascii_lowercase();
    dptree::entry()
        .branch(
            dptree::filter(|message: Arc<Message>| {
                message.from_program || message.content == Content::Service
            })
            .endpoint(|| ready(Event::Nothing)),
        )
        .branch(
            dptree::filter(|message: Arc<Message>| message.chat.is_some_and(|chat| chat.private))
                .branch(dptree::filter_map(spoken).endpoint(|it: Spoken| ready(Event::Command(it.command))))
                .branch(
                    dptree::filter_map(|message: Arc<Message>| message.text.clone().map(Event::Text))
                        .endpoint(ready::<Event>),
                )
                .branch(dptree::endpoint(|message: Arc<Message>| {
                    ready(Event::Unreadable(unreadable(message.content)))
                })),
        )
        .branch(
            dptree::filter_map(spoken)
                .filter(move |it: Spoken| it.to.is_some_and(|to| to != ours))
                .endpoint(|| ready(Event::Nothing)),
        )
        .branch(dptree::endpoint(overheard))
}

fn spoken(message: Arc<Message>) -> Option<Spoken> {
    command::read(message.text.as_ref()?.reveal())
}

fn unreadable(content: Content) -> Unreadable {
    match content {
        Content::Picture => Unreadable::Picture,
        Content::Voice => Unreadable::Voice,
        Content::Sticker => Unreadable::Sticker,
        Content::Position | Content::Thing | Content::Service | Content::Strange => Unreadable::Other,
    }
}

/// In a group or a channel. A message that holds nothing known there is most likely a service message of a newer kind.
fn overheard(message: Arc<Message>) -> Ready<Event> {
    let said = message.text.is_some() || !matches!(message.content, Content::Service | Content::Strange);
    ready(if said && !message.from_program && message.chat.is_some() {
        let command = spoken(message).is_some();
        Event::Overheard { command }
    } else {
        Event::Nothing
    })
}

fn edited(message: Arc<Message>) -> Ready<Event> {
    let private = message.chat.is_some_and(|chat| chat.private);
    ready(match (&message.text, message.content) {
        // In a group the message was answered when it was written.
        _ if !private || message.from_program => Event::Nothing,
        (Some(text), _) => Event::Edited(text.clone()),
        // A shared position is edited by her phone, again and again.
        (None, Content::Position | Content::Service) => Event::Nothing,
        (None, content) => Event::Unreadable(unreadable(content)),
    })
}

fn tapped(callback: Arc<Callback>) -> Ready<Event> {
    let chat = callback.message.as_ref().and_then(|message| message.chat);
    ready(match (chat, callback.from) {
        (Some(chat), _) if !chat.private => Event::Overheard { command: false },
        (None, None) => Event::Nothing,
        (Some(_), _) | (None, Some(_)) => Event::Tap(callback.data.clone()),
    })
}

fn membership_changed(membership: Arc<Membership>) -> Ready<Event> {
    ready(match membership.chat {
        Some(chat) if chat.private && !membership.is_inside => Event::Gone,
        Some(chat) if !chat.private && membership.is_inside && !membership.was_inside => {
            Event::Overheard { command: false }
        }
        Some(_) | None => Event::Nothing,
    })
}

fn place(kind: &Kind) -> Option<Place> {
    let of_message = |message: &Message| {
        let chat = message.chat?;
        Some(Place {
            chat_id: chat.id,
            thread: message.thread,
            tapped: None,
            private: chat.private,
        })
    };
    match kind {
        Kind::Message(message)
        | Kind::EditedMessage(message)
        | Kind::ChannelPost(message)
        | Kind::EditedChannelPost(message) => of_message(message),
        Kind::Callback(callback) => match callback.message.as_ref() {
            Some(message) => of_message(message)
                .map(|place| Place {
                    tapped: message.id.filter(|_| place.private),
                    ..place
                })
                .or_else(|| callback.from.map(Place::private)),
            None => callback.from.map(Place::private),
        },
        Kind::Membership(membership) => membership.chat.map(|chat| Place {
            chat_id: chat.id,
            thread: None,
            tapped: None,
            private: chat.private,
        }),
        Kind::Other => None,
    }
}

/// The number of a message of hers, before and after she changed it.
fn message_number(kind: &Kind) -> Option<i64> {
    match kind {
        Kind::Message(message) | Kind::EditedMessage(message) => message.id.map(i64::from),
        _ => None,
    }
}

/// Taps carry no time: the date of their message is when the bot sent it.
fn sent_at(kind: &Kind) -> Option<Timestamp> {
    match kind {
        Kind::Message(message) | Kind::ChannelPost(message) => message.date,
        Kind::EditedMessage(message) | Kind::EditedChannelPost(message) => message.edit_date.or(message.date),
        Kind::Membership(membership) => membership.date,
        Kind::Callback(_) | Kind::Other => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_asks_for_nothing_it_is_not_given() {
        let router = Router::new("NightEaseBot");
        dptree::type_check(router.tree.sig(), &dptree::deps![Kind::Other], &[]);
    }
}
