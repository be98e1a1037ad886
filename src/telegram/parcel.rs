//! The form in which a request waits in the outbox.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use teloxide::requests::Payload;

/// One request to the Bot API. It may hold her words, so it has no `Debug`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// The method.
    pub method: String,
    /// What is sent.
    pub request: Value,
    /// What is sent with `sendMessage` instead, if a message cannot be edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Value>,
    /// Is it tidying up, and given up at the first failure, so that no message waits behind it?
    #[serde(default)]
    pub best_effort: bool,
}

impl Request {
    pub(super) fn new<P: Payload + Serialize>(payload: &P) -> Request {
        Request {
            method: P::NAME.to_owned(),
            request: to_value(payload),
            fallback: None,
            best_effort: false,
        }
    }

    pub(super) fn or_send<P: Payload + Serialize>(mut self, payload: &P) -> Request {
        self.fallback = Some(to_value(payload));
        self
    }

    pub(super) fn best_effort(mut self) -> Request {
        self.best_effort = true;
        self
    }

    /// The bytes that lie in the outbox.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Text and numbers under text keys: there is nothing in it that JSON could refuse.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads them again. `None` if another program wrote them.
    #[must_use]
    pub fn from_bytes(body: &[u8]) -> Option<Request> {
        serde_json::from_slice(body).ok()
    }
}

fn to_value<P: Serialize>(payload: &P) -> Value {
    serde_json::to_value(payload).unwrap_or_default()
}
