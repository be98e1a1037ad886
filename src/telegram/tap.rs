//! A tap, of which only what matters is kept: who tapped which button of which message. With it Telegram sends the
//! whole message that carries the button, its text and all its buttons, and the name of the one who tapped; none of that
//! is read, and so none of it is stored.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::update::Address;

/// An update that brings a tap, in its usual form. What has another form is read leniently, elsewhere.
#[derive(Serialize, Deserialize)]
pub(super) struct TapUpdate<'a> {
    pub(super) update_id: i64,
    #[serde(borrow)]
    callback_query: Tap<'a>,
}

#[derive(Serialize, Deserialize)]
struct Tap<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    from: Person,
    #[serde(borrow)]
    message: Carrier<'a>,
    #[serde(borrow)]
    data: Cow<'a, str>,
}

#[derive(Serialize, Deserialize)]
struct Person {
    id: i64,
}

#[derive(Serialize, Deserialize)]
struct Carrier<'a> {
    message_id: i32,
    #[serde(borrow)]
    chat: Chat<'a>,
    date: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    message_thread_id: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    is_topic_message: Option<bool>,
}

#[derive(Serialize, Deserialize)]
struct Chat<'a> {
    id: i64,
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
}

impl<'a> TapUpdate<'a> {
    /// Reads it. `None` if it brings anything else, or has another form.
    pub(super) fn read(body: &'a [u8]) -> Option<TapUpdate<'a>> {
        serde_json::from_slice(body).ok()
    }

    pub(super) fn address(&self) -> Address {
        Address {
            update_id: self.update_id,
            chat_id: self.callback_query.message.chat.id,
            callback_query_id: Some(self.callback_query.id.clone().into_owned()),
        }
    }

    /// What is kept.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // Text and numbers under text keys: there is nothing in it that JSON could refuse.
        serde_json::to_vec(self).unwrap_or_default()
    }
}
