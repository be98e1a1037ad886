//! The webhook: Telegram brings updates by itself. 200 is said only once they are in the inbox, so what is not stored
//! comes again; a request without a valid secret is refused. A stop never deletes the webhook, or one program that is
//! started anew would take it away from all.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use subtle::{Choice, ConstantTimeEq};
use teloxide::payloads::{DeleteWebhook, SetWebhook};
use teloxide::requests::Payload;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use url::Url;

use super::client::{CallError, Client, REQUEST_LIMIT};
use super::fate::{Verdict, judge};
use super::polling::{ALLOWED_UPDATES, KeyOf, answer_tap, jitter, waiting_time};
use super::setup::{Profile, StartError, set_up};
use super::tls::Tls;
use super::update::Kept;
use crate::delivery::counters::rise;
use crate::delivery::{Clock, Counters, Intake, Pulse, Stop, TakenIn, stopped};
use crate::store::RawUpdate;

/// The header that carries the secret. Source: Bot API, `setWebhook`.
const SECRET: &str = "x-telegram-bot-api-secret-token";
/// No update is longer than this, in bytes.
const LONGEST_BODY: usize = 1024 * 1024;
/// How long an update may take to come in.
const BODY_LIMIT: Duration = Duration::from_secs(15);
/// When Telegram may try again what could not be stored, in seconds.
const RETRY_AFTER: &str = "5";
/// Requests that Telegram may make at once, of 1 to 100.
const CONNECTIONS: u8 = 40;

/// How Telegram reaches this program.
#[derive(Clone, Debug)]
pub struct WebhookSettings {
    /// The address that Telegram calls, with a path of its own and without the token.
    pub url: String,
    /// What Telegram has to know. The first is the one that is set; the others still count, so that one can be
    /// exchanged for another without losing what is under way.
    pub secrets: Vec<SecretString>,
    /// The certificate to speak TLS with. Without one a proxy in front has to.
    pub tls: Option<Tls>,
}

/// A setting of the webhook that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// Not an address that Telegram calls.
    #[error("NIGHTEASE_WEBHOOK_URL is not an address such as https://bot.example.org/updates")]
    Address,
    /// Not a secret.
    #[error(
        "NIGHTEASE_WEBHOOK_SECRET takes 16 to 256 letters, digits, _ and -: make one with `openssl rand -hex 32`"
    )]
    Secret,
}

impl WebhookSettings {
    /// Settings that can be used.
    ///
    /// # Errors
    /// When the address or a secret is not one.
    pub fn new(url: &str, secrets: Vec<SecretString>) -> Result<WebhookSettings, WebhookError> {
        let known = Url::parse(url).map_err(|_| WebhookError::Address)?;
        if !matches!(known.scheme(), "http" | "https") || known.path().len() < 2 {
            return Err(WebhookError::Address);
        }
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let good = |secret: &SecretString| {
            let secret = secret.expose_secret();
            (16..=256).contains(&secret.len()) && secret.bytes().all(allowed)
        };
        if secrets.is_empty() || !secrets.iter().all(good) {
            return Err(WebhookError::Secret);
        }
        Ok(WebhookSettings {
            url: url.to_owned(),
            secrets,
            tls: None,
        })
    }

    fn path(&self) -> String {
        Url::parse(&self.url).map_or_else(|_| "/".to_owned(), |url| url.path().to_owned())
    }

    /// Does somebody know one of the secrets? Takes as long whatever is given, but for its length.
    fn knows(&self, given: &[u8]) -> bool {
        let mut known = Choice::from(0);
        for secret in &self.secrets {
            known |= secret.expose_secret().as_bytes().ct_eq(given);
        }
        known.into()
    }
}

/// Takes updates until it is told to stop.
pub struct Webhook<S> {
    /// The way to the server.
    pub client: Arc<Client>,
    /// Where updates go: the store alone, or the engine with it.
    pub store: Arc<S>,
    /// Makes conversation keys.
    pub key_of: KeyOf,
    /// Wakes the engine.
    pub engine: Arc<Notify>,
    /// Tells the time.
    pub clock: Clock,
    /// How Telegram reaches it.
    pub settings: WebhookSettings,
    /// Beats once the webhook is set.
    pub pulse: Arc<Pulse>,
    /// What was done.
    pub counters: Arc<Counters>,
    /// What to show of the bot.
    pub profile: Option<Profile>,
}

#[derive(Serialize)]
struct Wish<'a> {
    url: &'a str,
    secret_token: &'a str,
    max_connections: u8,
    allowed_updates: &'static [&'static str],
}

impl<S: Intake> Webhook<S> {
    /// Answers on this listener until `stop` becomes true or its sender is gone. What is under way is finished.
    pub async fn run(mut self, listener: TcpListener, stop: Stop) {
        let tls = self.settings.tls.take();
        let webhook = Arc::new(self);
        let setting = tokio::spawn(Arc::clone(&webhook).set(stop.clone()));
        let routes = Router::new()
            .route(&webhook.settings.path(), post(take::<S>))
            .layer(DefaultBodyLimit::max(LONGEST_BODY))
            .with_state(webhook);
        let mut stop = stop;
        let until = async move { stopped(&mut stop).await };
        let served = match tls {
            None => axum::serve(listener, routes).with_graceful_shutdown(until).await,
            Some(tls) => {
                axum::serve(tls.on(listener), routes)
                    .with_graceful_shutdown(until)
                    .await
            }
        };
        if let Err(error) = served {
            tracing::error!("the webhook stopped answering: {error}");
        }
        setting.abort();
    }

    /// Tells Telegram where to call, until it has heard. Said at every start, with the kinds of update that are wanted.
    async fn set(self: Arc<Self>, mut stop: Stop) {
        let secret = self.settings.secrets.first();
        let wish = Wish {
            url: &self.settings.url,
            secret_token: secret.map_or("", |secret| secret.expose_secret()),
            max_connections: CONNECTIONS,
            allowed_updates: ALLOWED_UPDATES,
        };
        let mut failures = 0;
        loop {
            match self.client.post(SetWebhook::NAME, &wish, REQUEST_LIMIT).await {
                Ok(_) => break,
                Err(error) => {
                    failures += 1;
                    tracing::error!("the webhook could not be set, and is tried again: {error}");
                    let wait = match judge(&error) {
                        Verdict::Wait(Some(wish)) => wish,
                        _ => waiting_time(failures, jitter()),
                    };
                    tokio::select! {
                        () = stopped(&mut stop) => return,
                        () = tokio::time::sleep(wait) => {}
                    }
                }
            }
        }
        self.pulse.beat((self.clock)());
        tracing::info!("the webhook is set: listening");
        if let Some(profile) = &self.profile {
            set_up(&self.client, profile).await;
        }
    }

    async fn accept(&self, body: &Bytes) -> bool {
        let kept = Kept::of(body);
        // Where nobody can be answered there is nothing to keep.
        let Some(address) = kept.address else {
            return true;
        };
        let update = RawUpdate {
            update_id: address.update_id,
            conversation: (self.key_of)(&address.chat_id.to_string()),
            body: kept.body,
        };
        let (store, clock) = (Arc::clone(&self.store), Arc::clone(&self.clock));
        let stored = tokio::task::spawn_blocking(move || store.take_in(&[update], &clock)).await;
        let why = match stored {
            Ok(Ok(taken)) => {
                self.pulse.steady();
                self.go_on(address.callback_query_id, taken);
                return true;
            }
            Ok(Err(error)) => error.to_string(),
            Err(_) => "the database panicked".to_owned(),
        };
        self.pulse.stumble((self.clock)());
        tracing::error!("an update could not be stored and comes again: {why}");
        false
    }

    /// What was brought is stored.
    fn go_on(&self, tap: Option<String>, taken: TakenIn) {
        if let Some(tap) = tap.filter(|_| taken.new > 0) {
            answer_tap(&self.client, tap);
        }
        if taken.waits {
            self.engine.notify_one();
        }
    }
}

async fn take<S: Intake>(State(webhook): State<Arc<Webhook<S>>>, request: Request) -> Response {
    let given = request
        .headers()
        .get(SECRET)
        .map_or(&b""[..], |value| value.as_bytes());
    if !webhook.settings.knows(given) {
        rise(&webhook.counters.refused);
        return StatusCode::UNAUTHORIZED.into_response();
    }
    // Of a stranger nothing is read.
    let body = match tokio::time::timeout(BODY_LIMIT, Bytes::from_request(request, &())).await {
        Ok(Ok(body)) => body,
        Ok(Err(refused)) => return refused.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    if webhook.accept(&body).await {
        return StatusCode::OK.into_response();
    }
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(header::RETRY_AFTER, RETRY_AFTER)],
    )
        .into_response()
}

/// Deletes the webhook, so that polling works again. What waits at the server stays there.
///
/// # Errors
/// When the server refuses the token or is not reached.
pub async fn delete_webhook(client: &Client) -> Result<(), DeleteError> {
    match client.call(&DeleteWebhook::new()).await {
        Ok(_) => Ok(()),
        Err(error) if judge(&error) == Verdict::TokenRefused => Err(StartError::TokenRefused.into()),
        Err(error) => Err(error.into()),
    }
}

/// The webhook was not deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeleteError {
    /// Telegram does not know the token.
    #[error(transparent)]
    Start(#[from] StartError),
    /// Telegram was not reached, or said no.
    #[error("the webhook could not be deleted: {0}")]
    Call(#[from] CallError),
}
