//! `nightease serve`: the parts of the house put together, and taken apart in the right order.
//!
//! Start: who the bot is → engine and sender → polling, whose first poll may be under way already. Stop: polling → engine → sender, so that what was accepted is
//! answered and what was answered is sent, and the whole within ten seconds.

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use crate::content::{Content, LanguageId};
use crate::conversation::{Surroundings, turn};
use crate::delivery::{Clock, Counters, Engine, Pulse, Sender, Settings, Taker, Usage};
use crate::store::key::Key;
use crate::store::seal::conversation_key;
use crate::store::{Store, StoreError};
use crate::telegram::{
    Client, FirstPoll, KeyOf, Lines, PollSettings, Poller, Profile, StartError, Telegram, TelegramCourier,
    Webhook, WebhookSettings, introduce, private_link,
};

/// The engine gets this long to finish what is in hand.
const ENGINE_WAIT: Duration = Duration::from_secs(3);
/// After the stop, messages that are due still go out for this long.
const DRAIN: Duration = Duration::from_secs(3);
/// After that, requests under way are waited for this long.
const LAST_WAIT: Duration = Duration::from_secs(2);

/// What `serve` is made of.
pub struct Service<S> {
    /// What the dialogues say.
    pub content: Arc<Content>,
    /// Inbox, sessions, outbox.
    pub store: Arc<S>,
    /// Makes the names of conversations.
    pub key: Key,
    /// The way to Telegram.
    pub client: Arc<Client>,
    /// Where the people are.
    pub surroundings: Surroundings,
    /// Tells the time.
    pub clock: Clock,
    /// How updates come.
    pub door: Door,
    /// The first poll, if it was begun while the rest of the service was made.
    pub first_poll: Option<FirstPoll>,
    /// How to send.
    pub sending: Settings,
    /// What is watched over.
    pub gauges: Gauges,
}

/// How updates come.
pub enum Door {
    /// They are fetched.
    Polling(PollSettings),
    /// They are brought, to this listener.
    Webhook(WebhookSettings, TcpListener),
}

/// What the parts write down for health and metrics.
#[derive(Clone, Default)]
pub struct Gauges {
    /// What was done.
    pub counters: Arc<Counters>,
    /// How it is used.
    pub usage: Arc<Usage>,
    /// When Telegram was last heard.
    pub pulse: Arc<Pulse>,
}

/// The bot cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Telegram does not let it.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The store does not let it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl<S: Store> Service<S> {
    /// Runs until `stop` turns true, and then until what is in hand is finished.
    ///
    /// # Errors
    /// When Telegram refuses the token.
    pub async fn run(mut self, stop: watch::Receiver<bool>) -> Result<(), ServeError> {
        let Some(me) = introduce(&self.client, stop.clone()).await? else {
            return Ok(());
        };
        self.surroundings.private_link = Some(private_link(&me.username));
        tracing::info!("serving as @{}, content {}", me.username, self.content.digest);
        let inbox = Arc::new(Notify::new());
        let outbox = Arc::new(Notify::new());
        let (stop_engine, engine_stop) = watch::channel(false);
        let (stop_sender, sender_stop) = watch::channel(false);
        // It handles updates where they are taken in; what had to wait it takes from the inbox.
        let engine = Arc::new(self.engine(&me.username, &inbox, &outbox));
        let (taker, at_once) = Taker::new(Arc::clone(&engine));
        let engine = tokio::spawn(engine.keep_running(engine_stop));
        let sender = tokio::spawn(self.sender(&outbox).run_with(at_once, sender_stop));
        let taker = Arc::new(taker);
        match std::mem::replace(&mut self.door, Door::Polling(PollSettings::default())) {
            Door::Polling(settings) => {
                let first = self.first_poll.take();
                self.poller(settings, first, taker, &inbox).run(stop).await;
            }
            Door::Webhook(settings, listener) => {
                self.webhook(settings, taker, &inbox).run(listener, stop).await
            }
        }
        tracing::info!("stopping: finishing what is in hand");
        let _ = stop_engine.send(true);
        finish("engine", engine, ENGINE_WAIT).await;
        let _ = stop_sender.send(true);
        finish("sender", sender, DRAIN + LAST_WAIT).await;
        Ok(())
    }

    fn engine(&self, username: &str, inbox: &Arc<Notify>, outbox: &Arc<Notify>) -> Engine<Telegram, S> {
        let english = LanguageId::from("en");
        let lines = Lines {
            apology: self.text(&english, "apology"),
            flood: self.text(&english, "flood"),
        };
        Engine {
            content: Arc::clone(&self.content),
            store: Arc::clone(&self.store),
            platform: Arc::new(Telegram::new(username, lines)),
            turn,
            surroundings: self.surroundings.clone(),
            clock: Arc::clone(&self.clock),
            inbox: Arc::clone(inbox),
            outbox: Arc::clone(outbox),
            counters: Arc::clone(&self.gauges.counters),
            usage: Arc::clone(&self.gauges.usage),
            floods: Arc::default(),
        }
    }

    fn sender(&self, outbox: &Arc<Notify>) -> Sender<TelegramCourier, S> {
        Sender {
            courier: Arc::new(TelegramCourier::new(Arc::clone(&self.client))),
            store: Arc::clone(&self.store),
            settings: Settings {
                drain: DRAIN,
                last_wait: LAST_WAIT,
                ..self.sending
            },
            clock: Arc::clone(&self.clock),
            outbox: Arc::clone(outbox),
            counters: Arc::clone(&self.gauges.counters),
        }
    }

    fn key_of(&self) -> KeyOf {
        let key = self.key.clone();
        Arc::new(move |chat| conversation_key(&key, "telegram", chat))
    }

    fn poller<I>(
        &self,
        settings: PollSettings,
        first: Option<FirstPoll>,
        store: Arc<I>,
        inbox: &Arc<Notify>,
    ) -> Poller<I> {
        Poller {
            client: Arc::clone(&self.client),
            store,
            key_of: self.key_of(),
            engine: Arc::clone(inbox),
            clock: Arc::clone(&self.clock),
            settings,
            pulse: Arc::clone(&self.gauges.pulse),
            profile: Some(self.profile()),
            first,
        }
    }

    fn webhook<I>(&self, settings: WebhookSettings, store: Arc<I>, inbox: &Arc<Notify>) -> Webhook<I> {
        Webhook {
            client: Arc::clone(&self.client),
            store,
            key_of: self.key_of(),
            engine: Arc::clone(inbox),
            clock: Arc::clone(&self.clock),
            settings,
            pulse: Arc::clone(&self.gauges.pulse),
            counters: Arc::clone(&self.gauges.counters),
            profile: Some(self.profile()),
        }
    }

    /// What Telegram shows of the bot: the commands, and the texts of an empty chat.
    fn profile(&self) -> Profile {
        let english = LanguageId::from("en");
        let leaflets = self
            .content
            .topics
            .iter()
            .filter_map(|topic| topic.leaflet_command.as_deref());
        let names = ["start", "help", "tips"]
            .into_iter()
            .chain(leaflets)
            .chain(COMMANDS);
        Profile {
            commands: names
                .map(|name| (name.to_owned(), self.text(&english, &format!("command-{name}"))))
                .collect(),
            description: self.text(&english, "profile-description"),
            short_description: self.text(&english, "profile-short"),
        }
    }

    /// A text that knows nothing of her: with the emergency number of the country that was set.
    fn text(&self, language: &LanguageId, key: &str) -> String {
        use crate::conversation::wording::Words;
        let words = Words {
            content: &self.content,
            language,
            topic: None,
            stage: crate::content::Stage::UNKNOWN,
            ended: false,
            country: self.surroundings.country.as_deref(),
            around: &self.surroundings,
        };
        words.get(key)
    }
}

const COMMANDS: [&str; 8] = [
    "urgent", "back", "restart", "why", "cancel", "privacy", "forget", "about",
];

async fn finish(name: &str, task: JoinHandle<()>, wait: Duration) {
    match tokio::time::timeout(wait, task).await {
        Ok(Ok(())) => {}
        Ok(Err(_)) => tracing::error!("the {name} ended by a panic; what it had in hand is in the database"),
        Err(_) => tracing::warn!("the {name} was not done in time; what it had in hand is in the database"),
    }
}
