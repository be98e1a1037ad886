//! The client of the Bot API. It sends one request and says what came back; it never sleeps, never tries again, and
//! never prints a token, an address with one, or what was sent.

use std::fmt;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use teloxide::requests::Payload;
use url::Url;

use super::fate::printable;
use super::http::{Answer as Received, Failure, Http};

/// How long a request may take that the server answers at once.
pub(super) const REQUEST_LIMIT: Duration = Duration::from_secs(15);

/// The client cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// Not an address.
    #[error("TELOXIDE_API_URL is not an address: write it like https://api.telegram.org")]
    Address,
    /// Not a token.
    #[error("the token has letters that no token has: copy it whole from @BotFather into TELOXIDE_TOKEN")]
    Token,
}

/// What the server said no with.
#[derive(Clone, PartialEq, Eq)]
pub struct Refusal {
    /// `error_code`, or the HTTP status where there is none.
    pub code: i64,
    /// `description`, as it came. It may quote what was sent, so it is never printed.
    pub description: String,
    /// `parameters.retry_after`.
    pub retry_after: Option<Duration>,
    /// `parameters.migrate_to_chat_id`.
    pub migrate_to_chat_id: Option<i64>,
}

impl fmt::Debug for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Refusal({})", printable(self))
    }
}

/// Why a request came to nothing. What it prints holds no token and nothing that was sent.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CallError {
    /// The server said no.
    #[error("the server refused it: {}", printable(.0))]
    Refused(Refusal),
    /// What came back is not what a Bot API server says, such as a page of a proxy.
    #[error("the answer is not one of a Bot API server (HTTP status {status})")]
    Garbled {
        /// The HTTP status.
        status: u16,
    },
    /// Nothing came back in time.
    #[error("no answer within {} seconds", .0.as_secs())]
    TimedOut(Duration),
    /// The server was not reached.
    #[error("the server cannot be reached: {0}")]
    Unreachable(String),
    /// The connection broke before the answer was whole. The request may have been carried out.
    #[error("the connection broke before the answer was whole")]
    Broken,
}

#[derive(Deserialize)]
struct Answer<'a> {
    ok: bool,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    error_code: Option<i64>,
    description: Option<String>,
    parameters: Option<Parameters>,
}

/// How every server begins the answer to a request that it has carried out.
const CARRIED_OUT: &[u8] = b"{\"ok\":true";

#[derive(Default, Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

/// A client of one bot.
pub struct Client {
    http: Http,
    /// The path in front of every method, with the token.
    path: SecretString,
}

impl fmt::Debug for Client {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Client")
    }
}

/// `SendMessage` as `sendMessage`: the server takes either, its documentation knows the second.
fn as_documented(method: &str) -> String {
    let mut letters = method.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

impl Client {
    /// A client for the server at `api_url` (a path in front is kept) and the bot with this token.
    pub fn new(api_url: &str, token: SecretString) -> Result<Client, ClientError> {
        let base = api_url.trim().trim_end_matches('/').to_owned();
        let url = Url::parse(&base).map_err(|_| ClientError::Address)?;
        let http = Http::new(&url).ok_or(ClientError::Address)?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(ClientError::Address);
        }
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-');
        let secret = token.expose_secret();
        if secret.is_empty() || !secret.bytes().all(allowed) {
            return Err(ClientError::Token);
        }
        let path = format!("{}/bot{secret}/", url.path().trim_end_matches('/'));
        Ok(Client {
            http,
            path: SecretString::from(path),
        })
    }

    /// Sends one request that the server answers at once.
    pub async fn call<P: Payload + Serialize>(&self, payload: &P) -> Result<Value, CallError> {
        self.post(P::NAME, payload, REQUEST_LIMIT).await
    }

    /// Sends one request and waits for the answer no longer than `limit`.
    pub async fn post<B: Serialize + ?Sized>(
        &self,
        method: &str,
        body: &B,
        limit: Duration,
    ) -> Result<Value, CallError> {
        // All that is posted is text and numbers under text keys, which JSON does not refuse.
        let body = serde_json::to_vec(body).unwrap_or_default();
        let answer = self.exchange(method, &body, limit).await?;
        let result = understand(answer.status, answer.body())?;
        serde_json::from_str(result.get()).map_err(|_| garbled(answer.status))
    }

    /// Sends one request whose result does not matter, and waits for the answer no longer than `limit`.
    pub async fn send(&self, method: &str, body: &[u8], limit: Duration) -> Result<(), CallError> {
        let answer = self.exchange(method, body, limit).await?;
        if answer.status == 200 && answer.body().starts_with(CARRIED_OUT) {
            return Ok(());
        }
        understand(answer.status, answer.body()).map(drop)
    }

    /// Sends one request, and gives back the result as it came, as JSON.
    pub(super) async fn fetch<B: Serialize + ?Sized>(
        &self,
        method: &str,
        body: &B,
        limit: Duration,
    ) -> Result<Fetched, CallError> {
        let body = serde_json::to_vec(body).unwrap_or_default();
        Ok(Fetched(self.exchange(method, &body, limit).await?))
    }

    async fn exchange(&self, method: &str, body: &[u8], limit: Duration) -> Result<Received, CallError> {
        let sent = self
            .http
            .post(&self.path, &as_documented(method), body, limit)
            .await;
        sent.map_err(|failure| match failure {
            Failure::Unreachable(cause) => CallError::Unreachable(cause),
            Failure::TimedOut => CallError::TimedOut(limit),
            Failure::Broken => CallError::Broken,
            Failure::Garbled(status) => garbled(status),
        })
    }
}

/// An answer as it came.
pub(super) struct Fetched(Received);

impl Fetched {
    /// The result.
    pub(super) fn result<'a, T: Deserialize<'a>>(&'a self) -> Result<T, CallError> {
        let result = understand(self.0.status, self.0.body())?;
        serde_json::from_str(result.get()).map_err(|_| garbled(self.0.status))
    }
}

fn garbled(status: u16) -> CallError {
    CallError::Garbled { status }
}

fn understand(status: u16, bytes: &[u8]) -> Result<&RawValue, CallError> {
    let answer: Answer<'_> = serde_json::from_slice(bytes).map_err(|_| garbled(status))?;
    if answer.ok && (200..300).contains(&status) {
        return Ok(answer.result.unwrap_or(RawValue::NULL));
    }
    let parameters = answer.parameters.unwrap_or_default();
    Err(CallError::Refused(Refusal {
        code: answer.error_code.unwrap_or_else(|| i64::from(status)),
        description: answer.description.unwrap_or_default(),
        retry_after: parameters.retry_after.map(Duration::from_secs),
        migrate_to_chat_id: parameters.migrate_to_chat_id,
    }))
}
