//! Carries one request of the outbox to Telegram and says what became of it.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value};
use teloxide::payloads::SendMessage;
use teloxide::requests::Payload;

use super::client::{CallError, Client, REQUEST_LIMIT};
use super::fate::{Verdict, judge};
use super::parcel::Request;
use crate::delivery::{Courier, Fate};

/// How long to wait when the token is refused: only an operator can mend that.
const TOKEN_WAIT: Duration = Duration::from_secs(60);

/// Carries requests with a client.
#[derive(Clone, Debug)]
pub struct TelegramCourier {
    client: Arc<Client>,
}

impl TelegramCourier {
    /// A courier that uses this client.
    #[must_use]
    pub fn new(client: Arc<Client>) -> TelegramCourier {
        TelegramCourier { client }
    }

    async fn carry(&self, request: &Request) -> Fate {
        let first = self.attempt(&request.method, &request.request).await;
        match (first, request.or_send) {
            // Whatever keeps a message from being edited must not keep her from reading it.
            (
                Err(Failure {
                    verdict: Verdict::CannotEdit | Verdict::GiveUp | Verdict::Bug,
                    ..
                }),
                true,
            ) => settle(self.attempt(SendMessage::NAME, &in_place_of(request)).await),
            (Err(failure), _) if request.best_effort && !failure.is_worth_more_than_tidying() => {
                tracing::debug!("tidying up is left out: {}", failure.error);
                Fate::LeftOut
            }
            (outcome, _) => settle(outcome),
        }
    }

    /// Sends one request, and once more if the group has moved.
    async fn attempt(&self, method: &str, request: &RawValue) -> Result<(), Failure> {
        let first = self.post(method, request).await;
        let Err(Failure {
            verdict: Verdict::Moved(chat),
            ..
        }) = first
        else {
            return first;
        };
        let mut moved: Map<String, Value> = serde_json::from_str(request.get()).unwrap_or_default();
        moved.insert("chat_id".to_owned(), chat.into());
        self.post(method, &raw(&moved)).await
    }

    async fn post(&self, method: &str, request: &RawValue) -> Result<(), Failure> {
        let body = request.get().as_bytes();
        let sent = self.client.send(method, body, REQUEST_LIMIT).await;
        sent.map_err(|error| Failure {
            verdict: judge(&error),
            error,
        })
    }
}

/// The message that is sent when the one it would edit cannot be edited.
fn in_place_of(request: &Request) -> Box<RawValue> {
    raw(&request.fallback())
}

fn raw(value: &impl Serialize) -> Box<RawValue> {
    // Taken from JSON a moment ago, so it can be written as JSON.
    to_raw_value(value).unwrap_or_default()
}

struct Failure {
    verdict: Verdict,
    error: CallError,
}

impl Failure {
    /// Is it nothing wrong at all, or something that must be known whatever the request was for?
    fn is_worth_more_than_tidying(&self) -> bool {
        matches!(self.verdict, Verdict::Standing | Verdict::ChatGone | Verdict::Bug)
    }
}

fn settle(outcome: Result<(), Failure>) -> Fate {
    let Err(Failure { verdict, error }) = outcome else {
        return Fate::Sent;
    };
    match verdict {
        Verdict::Standing => Fate::Sent,
        Verdict::ChatGone => {
            tracing::info!("a chat is gone: {error}");
            Fate::ChatGone
        }
        Verdict::Wait(wish) => {
            tracing::warn!("a message has to wait: {error}");
            Fate::Retry(wish)
        }
        Verdict::TokenRefused => {
            tracing::error!(
                "Telegram refuses the token or the method; messages wait until that is mended: {error}"
            );
            Fate::Retry(Some(TOKEN_WAIT))
        }
        Verdict::CannotEdit | Verdict::StaleTap => {
            tracing::debug!("too late: {error}");
            Fate::GiveUp
        }
        Verdict::GiveUp | Verdict::Moved(_) => {
            tracing::warn!("a message is not wanted there: {error}");
            Fate::GiveUp
        }
        Verdict::Bug => {
            tracing::error!("a message can never be sent, which is a fault of this program: {error}");
            Fate::GiveUp
        }
    }
}

impl Courier for TelegramCourier {
    async fn send(&self, body: &[u8]) -> Fate {
        match Request::from_bytes(body) {
            Some(request) => self.carry(&request).await,
            None => {
                tracing::error!("a parcel in the outbox is not a request of this program; it is given up");
                Fate::GiveUp
            }
        }
    }
}
