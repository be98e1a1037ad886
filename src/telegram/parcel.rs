//! The form in which a request waits in the outbox: as it will be sent, so that sending reads nothing of it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use teloxide::requests::Payload;

/// One request to the Bot API. It may hold her words, so it has no `Debug`.
#[derive(Serialize, Deserialize)]
pub struct Request {
    /// The method.
    pub method: String,
    /// What is sent, as JSON.
    pub request: Box<RawValue>,
    /// Is it sent as a message of its own, if the message it would edit cannot be edited?
    #[serde(default, skip_serializing_if = "is_false")]
    pub or_send: bool,
    /// The topic of the chat for that message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<i32>,
    /// Is it tidying up, and given up at the first failure, so that no message waits behind it?
    #[serde(default, skip_serializing_if = "is_false")]
    pub best_effort: bool,
}

// The form is given by serde.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Request {
    pub(super) fn new<P: Payload + Serialize>(payload: &P) -> Request {
        Request {
            method: P::NAME.to_owned(),
            // Text and numbers under text keys: there is nothing in it that JSON could refuse.
            request: serde_json::value::to_raw_value(payload).unwrap_or_default(),
            or_send: false,
            thread: None,
            best_effort: false,
        }
    }

    pub(super) fn or_send(mut self, thread: Option<i32>) -> Request {
        self.or_send = true;
        self.thread = thread;
        self
    }

    pub(super) fn best_effort(mut self) -> Request {
        self.best_effort = true;
        self
    }

    /// What is sent with `sendMessage` instead, if a message cannot be edited and that is wanted then.
    #[must_use]
    pub fn fallback(&self) -> Option<Value> {
        let mut request: Value = serde_json::from_str(self.request.get()).ok()?;
        let fields = request.as_object_mut().filter(|_| self.or_send)?;
        fields.remove("message_id");
        if let Some(thread) = self.thread {
            fields.insert("message_thread_id".to_owned(), thread.into());
        }
        Some(request)
    }

    /// The bytes that lie in the outbox.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads them again. `None` if another program wrote them.
    #[must_use]
    pub fn from_bytes(body: &[u8]) -> Option<Request> {
        serde_json::from_slice(body).ok()
    }
}
