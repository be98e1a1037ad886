//! Long polling: updates go into the store before the offset moves, so a crash loses none; taps are answered at once,
//! before anything else is done with them, because a tap that waits shows her a spinner.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::value::RawValue;
use teloxide::payloads::{AnswerCallbackQuery, GetUpdates};
use teloxide::requests::Payload;
use teloxide::types::CallbackQueryId;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::client::{CallError, Client, Fetched, REQUEST_LIMIT, Refusal};
use super::fate::{Verdict, judge};
use super::setup::{Profile, set_up};
use super::update::Kept;
use crate::delivery::{Clock, Intake, Pulse, Stop, stopped};
use crate::store::{ConversationKey, RawUpdate, StoreError};

/// The kinds of update that are asked for. Sent with every poll: the server keeps what it was told last.
pub const ALLOWED_UPDATES: &[&str] = &[
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "channel_post",
    "edited_channel_post",
];

/// The most updates of one poll. Source: Bot API, `getUpdates`.
const BATCH: u8 = 100;
/// The first and the longest wait after an error.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// An empty answer that comes faster than this was not held by the server, and asking again at once would be a storm.
const HELD: Duration = Duration::from_secs(1);
const UNHELD_WAIT: Duration = Duration::from_millis(100);

/// Makes the conversation's key of a chat id.
pub type KeyOf = Arc<dyn Fn(&str) -> ConversationKey + Send + Sync>;

/// How to poll.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PollSettings {
    /// How long the server may hold a poll while there is nothing to say, in seconds; Telegram holds 50 at the most.
    pub hold_seconds: u32,
    /// How much longer than that a poll may take before it is dropped.
    pub grace: Duration,
}

impl Default for PollSettings {
    fn default() -> PollSettings {
        PollSettings {
            hold_seconds: 20,
            grace: Duration::from_secs(5),
        }
    }
}

#[derive(Serialize)]
struct Poll {
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<i64>,
    limit: u8,
    timeout: u32,
    allowed_updates: &'static [&'static str],
}

/// What can go wrong in one round.
enum Trouble {
    Call(CallError),
    Store(StoreError),
    Panicked,
}

/// A first poll that is under way before there is a place for what it brings: asking takes as long as making that place.
/// It confirms nothing, so that what it brings comes again if the program ends before.
pub struct FirstPoll(JoinHandle<Result<Fetched, CallError>>);

impl FirstPoll {
    /// Asks.
    #[must_use]
    pub fn start(client: Arc<Client>, settings: PollSettings) -> FirstPoll {
        FirstPoll(tokio::spawn(
            async move { poll(&client, settings, None, 0).await },
        ))
    }

    async fn answer(self) -> Result<Fetched, CallError> {
        self.0.await.unwrap_or(Err(CallError::Broken))
    }
}

async fn poll(
    client: &Client,
    settings: PollSettings,
    offset: Option<i64>,
    hold: u32,
) -> Result<Fetched, CallError> {
    let poll = Poll {
        offset,
        limit: BATCH,
        timeout: hold,
        allowed_updates: ALLOWED_UPDATES,
    };
    let limit = Duration::from_secs(u64::from(hold)) + settings.grace;
    client.fetch(GetUpdates::NAME, &poll, limit).await
}

/// Fetches updates until it is told to stop.
pub struct Poller<S> {
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
    /// How to poll.
    pub settings: PollSettings,
    /// Beats with every poll that succeeds.
    pub pulse: Arc<Pulse>,
    /// What to show of the bot. It is set once, after the first poll that succeeds.
    pub profile: Option<Profile>,
    /// The first poll, if it was begun already.
    pub first: Option<FirstPoll>,
}

impl<S: Intake> Poller<S> {
    /// Polls until `stop` becomes true or its sender is gone. Errors are logged and waited out: whatever it is, it can
    /// pass, and the messages of the chats must not depend on a restart.
    pub async fn run(mut self, mut stop: Stop) {
        let mut offset = None;
        let mut failures = 0;
        // Updates that could not be stored come again; their taps are not answered again.
        let mut answered = HashSet::new();
        // The first poll comes back at once, so that a good start is known as one.
        let mut hold = 0;
        while !*stop.borrow() {
            let asked = Instant::now();
            let polled = tokio::select! {
                biased;
                _ = stopped(&mut stop) => break,
                polled = self.poll(offset, hold) => polled,
            };
            let accepted = match polled {
                Ok(fetched) => self.accept(&fetched, &mut answered).await,
                Err(error) => Err(Trouble::Call(error)),
            };
            let wait = match accepted {
                Ok(next) => {
                    failures = 0;
                    self.pulse.beat((self.clock)());
                    self.pulse.steady();
                    hold = self.settings.hold_seconds;
                    self.show_profile();
                    let unheld = next.is_none() && asked.elapsed() < HELD;
                    offset = next.or(offset);
                    if unheld { UNHELD_WAIT } else { Duration::ZERO }
                }
                Err(trouble) => {
                    failures += 1;
                    if !matches!(trouble, Trouble::Call(_)) {
                        self.pulse.stumble((self.clock)());
                    }
                    trouble.tell();
                    trouble.wait(failures)
                }
            };
            if !wait.is_zero() {
                tokio::select! {
                    biased;
                    _ = stopped(&mut stop) => break,
                    () = tokio::time::sleep(wait) => {}
                }
            }
        }
    }

    async fn poll(&mut self, offset: Option<i64>, hold: u32) -> Result<Fetched, CallError> {
        match self.first.take() {
            Some(first) => first.answer().await,
            None => poll(&self.client, self.settings, offset, hold).await,
        }
    }

    /// Puts updates into the store and gives back the next offset, or `None` if there were none.
    async fn accept(
        &self,
        fetched: &Fetched,
        answered: &mut HashSet<String>,
    ) -> Result<Option<i64>, Trouble> {
        let updates: Vec<&RawValue> = fetched.result().map_err(Trouble::Call)?;
        let mut last = None;
        let mut raw = Vec::with_capacity(updates.len());
        for update in updates {
            let kept = Kept::of(update.get().as_bytes());
            last = last.max(kept.update_id);
            // Where nobody can be answered there is nothing to keep.
            let Some(address) = kept.address else {
                continue;
            };
            if let Some(tap) = address.callback_query_id
                && answered.insert(tap.clone())
            {
                answer_tap(&self.client, tap);
            }
            raw.push(RawUpdate {
                update_id: address.update_id,
                conversation: (self.key_of)(&address.chat_id.to_string()),
                body: kept.body,
            });
        }
        let Some(last) = last else {
            return Ok(None);
        };
        let (store, clock) = (Arc::clone(&self.store), Arc::clone(&self.clock));
        let done = tokio::task::spawn_blocking(move || store.take_in(&raw, &clock)).await;
        let taken = done.map_err(|_| Trouble::Panicked)?.map_err(Trouble::Store)?;
        answered.clear();
        tracing::debug!(new = taken.new, "updates accepted");
        if taken.waits {
            self.engine.notify_one();
        }
        Ok(Some(last.saturating_add(1)))
    }

    fn show_profile(&mut self) {
        let Some(profile) = self.profile.take() else {
            return;
        };
        tracing::info!("the first poll succeeded: listening");
        let client = Arc::clone(&self.client);
        tokio::spawn(async move { set_up(&client, &profile).await });
    }
}

/// Answers a tap on the fast lane: at once, empty, once.
pub(super) fn answer_tap(client: &Arc<Client>, tap: String) {
    let client = Arc::clone(client);
    tokio::spawn(async move {
        let answer = AnswerCallbackQuery::new(CallbackQueryId(tap));
        let body = serde_json::to_vec(&answer).unwrap_or_default();
        let answered = client.send(AnswerCallbackQuery::NAME, &body, REQUEST_LIMIT).await;
        if let Err(error) = answered {
            tracing::debug!("a tap was not answered: {error}");
        }
    });
}

impl Trouble {
    fn tell(&self) {
        match self {
            Trouble::Call(CallError::Refused(Refusal {
                code: 409,
                description,
                ..
            })) => {
                if description.to_lowercase().contains("webhook") {
                    tracing::error!(
                        "a webhook is set for this bot, so polling gets nothing: remove it with `nightease webhook delete`, \
                         or give this program the token of another bot"
                    );
                } else {
                    tracing::error!(
                        "another program polls with the same token: stop that one, or give this one the token of \
                         another bot"
                    );
                }
            }
            Trouble::Call(error) if judge(error) == Verdict::TokenRefused => {
                tracing::error!(
                    "Telegram refuses the token: put a valid one of @BotFather into TELOXIDE_TOKEN ({error})"
                );
            }
            Trouble::Call(error) => tracing::warn!("polling failed and is tried again: {error}"),
            Trouble::Store(error) => {
                tracing::error!("updates could not be stored and stay with Telegram: {error}");
            }
            Trouble::Panicked => {
                tracing::error!("storing updates failed in the middle; they stay with Telegram");
            }
        }
    }

    fn wait(&self, failures: u32) -> Duration {
        let wait = waiting_time(failures, jitter());
        match self {
            Trouble::Call(error) => match judge(error) {
                Verdict::TokenRefused => LONGEST_WAIT,
                Verdict::Wait(Some(wish)) => wait.max(wish),
                _ => wait,
            },
            Trouble::Store(_) | Trouble::Panicked => wait,
        }
    }
}

/// How long to wait after this many failures in a row: 1, 2, 4 … seconds and up to a quarter more (`jitter` of 255),
/// 30 at the most. Jitter keeps many programs from coming back at the same moment.
#[must_use]
pub fn waiting_time(failures: u32, jitter: u8) -> Duration {
    let wait = FIRST_WAIT * 2_u32.pow(failures.saturating_sub(1).min(5));
    (wait + wait / 4 * u32::from(jitter) / 255).min(LONGEST_WAIT)
}

/// A byte by chance; without chance there is no jitter.
pub(super) fn jitter() -> u8 {
    let mut byte = [0];
    match getrandom::fill(&mut byte) {
        Ok(()) => byte.first().copied().unwrap_or(0),
        Err(_) => 0,
    }
}
