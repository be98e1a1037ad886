//! The client of the Bot API. It sends one request and says what came back; it never sleeps, never tries again, and
//! never prints a token, an address with one, or what was sent.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use axum::body::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use teloxide::requests::Payload;

use super::fate::printable;

/// How long connecting may take.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);
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
    /// The machine refuses.
    #[error("the HTTP client could not be made on this machine: {0}")]
    Machine(String),
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

const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// How every server begins the answer to a request that it has carried out.
const CARRIED_OUT: &[u8] = b"{\"ok\":true";

#[derive(Default, Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

/// A client of one bot.
pub struct Client {
    http: reqwest::Client,
    /// The server.
    base: Url,
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
        let host = url
            .host_str()
            .filter(|_| matches!(url.scheme(), "http" | "https"));
        let host = host.ok_or(ClientError::Address)?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(ClientError::Address);
        }
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-');
        let secret = token.expose_secret();
        if secret.is_empty() || !secret.bytes().all(allowed) {
            return Err(ClientError::Token);
        }
        // A redirect would carry the token somewhere else.
        let mut builder = reqwest::Client::builder()
            .connect_timeout(CONNECT_LIMIT)
            .redirect(Policy::none());
        builder = builder.tcp_nodelay(true).tcp_keepalive(Duration::from_secs(30));
        if matches!(host, "localhost" | "127.0.0.1" | "[::1]") {
            builder = builder.no_proxy();
        }
        let http = builder
            .build()
            .map_err(|error| ClientError::Machine(innermost(&error)))?;
        let path = format!("{}/bot{secret}/", url.path().trim_end_matches('/'));
        Ok(Client {
            http,
            base: url,
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
        let (status, bytes) = self.exchange(method, body, limit).await?;
        let result = understand(status, &bytes)?;
        serde_json::from_str(result.get()).map_err(|_| garbled(status))
    }

    /// Sends one request whose result does not matter, and waits for the answer no longer than `limit`.
    pub async fn send(&self, method: &str, body: Vec<u8>, limit: Duration) -> Result<(), CallError> {
        let (status, bytes) = self.exchange(method, body, limit).await?;
        if status == StatusCode::OK && bytes.starts_with(CARRIED_OUT) {
            return Ok(());
        }
        understand(status, &bytes).map(drop)
    }

    /// Sends one request, and gives back the result as it came, as JSON.
    pub(super) async fn fetch<B: Serialize + ?Sized>(
        &self,
        method: &str,
        body: &B,
        limit: Duration,
    ) -> Result<Fetched, CallError> {
        let body = serde_json::to_vec(body).unwrap_or_default();
        let (status, bytes) = self.exchange(method, body, limit).await?;
        Ok(Fetched { status, bytes })
    }

    async fn exchange(
        &self,
        method: &str,
        body: Vec<u8>,
        limit: Duration,
    ) -> Result<(StatusCode, Bytes), CallError> {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{}", self.path.expose_secret(), as_documented(method)));
        let request = self.http.post(url).timeout(limit).header(CONTENT_TYPE, JSON);
        let sent = request.body(body).send().await;
        let response = sent.map_err(|error| transport(&error, limit))?;
        let status = response.status();
        let bytes = response.bytes().await.map_err(|error| transport(&error, limit))?;
        Ok((status, bytes))
    }
}

/// An answer as it came.
pub(super) struct Fetched {
    status: StatusCode,
    bytes: Bytes,
}

impl Fetched {
    /// The result.
    pub(super) fn result<'a, T: Deserialize<'a>>(&'a self) -> Result<T, CallError> {
        let result = understand(self.status, &self.bytes)?;
        serde_json::from_str(result.get()).map_err(|_| garbled(self.status))
    }
}

fn garbled(status: StatusCode) -> CallError {
    CallError::Garbled {
        status: status.as_u16(),
    }
}

fn understand(status: StatusCode, bytes: &[u8]) -> Result<&RawValue, CallError> {
    let answer: Answer<'_> = serde_json::from_slice(bytes).map_err(|_| garbled(status))?;
    if answer.ok && status.is_success() {
        return Ok(answer.result.unwrap_or(RawValue::NULL));
    }
    let parameters = answer.parameters.unwrap_or_default();
    Err(CallError::Refused(Refusal {
        code: answer.error_code.unwrap_or_else(|| i64::from(status.as_u16())),
        description: answer.description.unwrap_or_default(),
        retry_after: parameters.retry_after.map(Duration::from_secs),
        migrate_to_chat_id: parameters.migrate_to_chat_id,
    }))
}

fn transport(error: &reqwest::Error, limit: Duration) -> CallError {
    if error.is_connect() {
        CallError::Unreachable(innermost(error))
    } else if error.is_timeout() {
        CallError::TimedOut(limit)
    } else {
        CallError::Broken
    }
}

/// The cause at the bottom. Those above it print the address, and so the token.
fn innermost(error: &reqwest::Error) -> String {
    let mut cause = error.source();
    let mut told = None;
    while let Some(inner) = cause {
        told = Some(inner);
        cause = inner.source();
    }
    told.map_or_else(|| "no cause is known".to_owned(), ToString::to_string)
}
