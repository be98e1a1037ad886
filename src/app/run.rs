//! From settings to a running service: logging, key, database, client, signals.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use tokio::net::TcpListener;
use tracing::Level;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::content::Content;
use crate::conversation::Surroundings;
use crate::delivery::{Clock, Settings, panic};
use crate::store::key::Key;
use crate::store::sqlite::{Reserved, SqliteStore};
use crate::telegram::{Client, FirstPoll, PollSettings, Tls, WebhookSettings, delete_webhook};

use super::given_back::give_back_program;
use super::health::{self, Watched};
use super::serve::{Door, Gauges, Service};
use super::settings::{BotSettings, PaceSettings, ServeSettings, StoreSettings, WebhookFlags};
use super::signals::stop_on_signal;

/// A start is over by then, and so are the first words with Telegram.
const START: Duration = Duration::from_secs(1);

/// Runs the bot until a signal ends it. The content is made while Telegram is asked what waits: neither needs the other.
///
/// # Errors
/// When a setting cannot be used, there is no content, the database cannot be opened, or Telegram refuses the token.
pub fn run_service(
    settings: ServeSettings,
    content: impl FnOnce() -> anyhow::Result<Content> + Send + 'static,
) -> anyhow::Result<()> {
    start_logging(&settings.log)?;
    panic::log_place_only();
    let start = Start::new(settings)?;
    // One thread for all that waits for the network, and others for what blocks: nothing here computes for long, and
    // waking another thread costs as much as a turn.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("the program could not start its tasks")?;
    let ended = runtime.block_on(start.run(content));
    // A blocking call that hangs must not keep the program from ending.
    runtime.shutdown_timeout(Duration::from_secs(1));
    ended
}

/// What is known before anything is made, and before anybody is asked.
struct Start {
    settings: ServeSettings,
    key: Option<Key>,
    client: Arc<Client>,
    webhook: Option<(WebhookSettings, SocketAddr)>,
    clock: Clock,
    surroundings: Surroundings,
    polling: PollSettings,
    place: Reserved,
}

impl Start {
    fn new(settings: ServeSettings) -> anyhow::Result<Start> {
        let clock: Clock = Arc::new(Timestamp::now);
        let polling = PollSettings {
            hold_seconds: u32::from(settings.poll_seconds),
            ..PollSettings::default()
        };
        Ok(Start {
            key: known_key(&settings.store)?,
            client: Arc::new(client(&settings.bot)?),
            webhook: webhook(&settings.webhook)?,
            surroundings: settings.place.surroundings(clock())?,
            clock,
            polling,
            // Last, and before Telegram is asked: a second program on the same database must not take a poll from the
            // first.
            place: Reserved::take(&settings.store.database)?,
            settings,
        })
    }

    async fn run(
        self,
        content: impl FnOnce() -> anyhow::Result<Content> + Send + 'static,
    ) -> anyhow::Result<()> {
        let stop = stop_on_signal().context("the program could not listen for signals")?;
        let polls = self.webhook.is_none();
        let first_poll = polls.then(|| FirstPoll::start(Arc::clone(&self.client), self.polling));
        let (settings, key, place) = (self.settings.store, self.key, self.place);
        let made = tokio::task::spawn_blocking(move || {
            let store = open(&settings, key, place)?;
            anyhow::Ok((Arc::new(store), content()?))
        });
        let (store, content) = made.await.context("the start panicked")??;
        let gauges = Gauges::default();
        if let Some(address) = self.settings.health_address {
            let watched = Watched {
                store: Arc::clone(&store),
                clock: Arc::clone(&self.clock),
                gauges: gauges.clone(),
                longest_silence: polls.then(|| longest_silence(self.polling)),
            };
            watch(address, watched).await?;
        }
        let door = match self.webhook {
            None => Door::Polling(self.polling),
            Some((webhook, address)) => Door::Webhook(webhook, listen(address).await?),
        };
        let service = Service {
            content: Arc::new(content),
            key: store.names().clone(),
            store,
            client: self.client,
            surroundings: self.surroundings,
            clock: self.clock,
            door,
            first_poll,
            sending: sending(self.settings.pace),
            gauges,
        };
        tokio::spawn(async {
            tokio::time::sleep(START).await;
            give_back_program();
        });
        Ok(service.run(stop).await?)
    }
}

async fn watch(address: SocketAddr, watched: Watched<SqliteStore>) -> anyhow::Result<()> {
    health::serve(address, watched).await.with_context(|| {
        format!("NIGHTEASE_HEALTH_ADDRESS {address} cannot be used: choose a free address of this machine")
    })
}

/// Opens the database at its place, and makes it and its key if there are none.
fn open(settings: &StoreSettings, key: Option<Key>, place: Reserved) -> anyhow::Result<SqliteStore> {
    let key = match key {
        Some(key) => key,
        None => make_key(&settings.key_file)?,
    };
    let store = place.open(&key)?;
    if let Some(megabytes) = settings.database_megabytes {
        store.keep_within(megabytes)?;
    }
    Ok(store)
}

/// The client of this bot.
///
/// # Errors
/// When the address or the token is none.
pub fn client(settings: &BotSettings) -> anyhow::Result<Client> {
    let token = SecretString::from(settings.token().unwrap_or_default().to_owned());
    Ok(Client::new(&settings.api_url, token)?)
}

/// Deletes the webhook of this bot.
///
/// # Errors
/// When Telegram refuses the token or is not reached.
pub fn remove_webhook(settings: &BotSettings) -> anyhow::Result<()> {
    let client = client(settings)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    Ok(runtime.block_on(delete_webhook(&client))?)
}

fn webhook(flags: &WebhookFlags) -> anyhow::Result<Option<(WebhookSettings, SocketAddr)>> {
    let (Some(url), Some(address)) = (&flags.webhook_url, flags.webhook_address) else {
        return Ok(None);
    };
    let secrets = [&flags.webhook_secret, &flags.webhook_old_secret];
    let secrets = secrets.into_iter().flatten().filter(|secret| !secret.is_empty());
    let secrets = secrets.map(|secret| SecretString::from(secret.clone()));
    let mut settings = WebhookSettings::new(url, secrets.collect())?;
    if let (Some(certificate), Some(key)) = (&flags.webhook_cert, &flags.webhook_key) {
        settings.tls = Some(Tls::read(certificate, key)?);
    }
    Ok(Some((settings, address)))
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("NIGHTEASE_WEBHOOK_ADDRESS {address} cannot be used: choose a free address of this machine")
    })
}

/// A poll that succeeded longer ago than this was followed by one that ended in nothing, and by another.
fn longest_silence(polling: PollSettings) -> SignedDuration {
    let poll = Duration::from_secs(u64::from(polling.hold_seconds)) + polling.grace;
    SignedDuration::try_from(poll * 2).unwrap_or(SignedDuration::MAX)
}

/// The key of the database, unless it is still to be made.
fn known_key(settings: &StoreSettings) -> anyhow::Result<Option<Key>> {
    if let Some(text) = settings.key() {
        return Ok(Some(Key::parse(text).context("NIGHTEASE_KEY")?));
    }
    if settings.key_file.exists() {
        return Ok(Some(Key::load_or_create(&settings.key_file)?));
    }
    Ok(None)
}

fn make_key(file: &Path) -> anyhow::Result<Key> {
    let key = Key::load_or_create(file)?;
    tracing::warn!(
        "made a new key in {}: move it where the database's backups are not, and set NIGHTEASE_KEY_FILE to it",
        file.display()
    );
    Ok(key)
}

fn sending(pace: PaceSettings) -> Settings {
    let overall = f64::from(pace.messages_per_second);
    Settings {
        overall_per_second: overall,
        // What leaves within any second stays near the pace, also after a pause.
        overall_burst: (overall / 14.0).max(1.0),
        conversation_per_second: f64::from(pace.chat_messages_per_second),
        conversation_burst: f64::from(pace.chat_burst),
        public_per_second: f64::from(pace.group_messages_per_minute) / 60.0,
        ..Settings::default()
    }
}

/// Only this program's own words are logged: those of the libraries below it may hold the token or her words.
fn start_logging(level: &str) -> anyhow::Result<()> {
    let level: Level = level.trim().parse().map_err(|_| {
        anyhow!("{level} is not a log level: NIGHTEASE_LOG takes error, warn, info, debug or trace")
    })?;
    let filter = Targets::new().with_target("nightease", level);
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_target(false);
    tracing_subscriber::registry()
        .with(lines.with_filter(filter))
        .init();
    Ok(())
}
