//! From settings to a running service: logging, key, database, client, signals.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use jiff::Timestamp;
use secrecy::SecretString;
use tracing::Level;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::content::Content;
use crate::delivery::{Clock, Counters, Settings, panic};
use crate::store::key::Key;
use crate::store::sqlite::SqliteStore;
use crate::telegram::{Client, PollSettings};

use super::health;
use super::serve::Service;
use super::settings::{PaceSettings, ServeSettings};
use super::signals::stop_on_signal;

/// Runs the bot until a signal ends it.
///
/// # Errors
/// When a setting cannot be used, the database cannot be opened, or Telegram refuses the token.
pub fn run_service(settings: &ServeSettings, content: Content) -> anyhow::Result<()> {
    start_logging(&settings.log)?;
    panic::log_place_only();
    let key = key(settings)?;
    let clock: Clock = Arc::new(Timestamp::now);
    let store = Arc::new(SqliteStore::open(&settings.database, &key)?);
    let token = SecretString::from(settings.token().unwrap_or_default().to_owned());
    let service = Service {
        content: Arc::new(content),
        store: Arc::clone(&store),
        key,
        client: Arc::new(Client::new(&settings.api_url, token)?),
        surroundings: settings.place.surroundings(clock())?,
        clock: Arc::clone(&clock),
        polling: PollSettings {
            hold_seconds: u32::from(settings.poll_seconds),
            ..PollSettings::default()
        },
        sending: sending(settings.pace),
        counters: Arc::new(Counters::default()),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("the program could not start its tasks")?;
    let ended = runtime.block_on(async {
        let stop = stop_on_signal().context("the program could not listen for signals")?;
        if let Some(address) = settings.health_address {
            health::serve(address, store, clock).await.with_context(|| {
                format!(
                    "NIGHTEASE_HEALTH_ADDRESS {address} cannot be used: choose a free address of this machine"
                )
            })?;
        }
        service.run(stop).await?;
        Ok(())
    });
    // A blocking call that hangs must not keep the program from ending.
    runtime.shutdown_timeout(Duration::from_secs(1));
    ended
}

fn key(settings: &ServeSettings) -> anyhow::Result<Key> {
    if let Some(text) = settings.key() {
        return Key::parse(text).context("NIGHTEASE_KEY");
    }
    let begun = !settings.key_file.exists();
    let key = Key::load_or_create(&settings.key_file)?;
    if begun {
        tracing::warn!(
            "made a new key in {}: move it where the database's backups are not, and set NIGHTEASE_KEY_FILE to it",
            settings.key_file.display()
        );
    }
    Ok(key)
}

fn sending(pace: PaceSettings) -> Settings {
    let overall = f64::from(pace.messages_per_second);
    Settings {
        overall_per_second: overall,
        overall_burst: overall,
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
