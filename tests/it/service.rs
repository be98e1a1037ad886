//! The service as it runs, against the fake server, in the test process.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use nightease::app::serve::{Door, Gauges, ServeError, Service};
use nightease::content::Content;
use nightease::conversation::Surroundings;
use nightease::delivery::{Clock, Settings};
use nightease::store::{Key, SqliteStore};
use nightease::telegram::{Client, Lines, PollSettings, Telegram};
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::fake_telegram::FakeTelegram;

/// A running service with a database of its own.
pub struct Running {
    stop: watch::Sender<bool>,
    task: JoinHandle<Result<(), ServeError>>,
    pub folder: TempDir,
    pub gauges: Gauges,
}

impl Running {
    /// Starts it. Its clock is the fake server's.
    pub async fn start(telegram: &FakeTelegram, surroundings: Surroundings) -> Running {
        Running::start_in(tempfile::tempdir().unwrap(), telegram, surroundings).await
    }

    /// Starts it on the database of an earlier one.
    pub async fn start_in(folder: TempDir, telegram: &FakeTelegram, surroundings: Surroundings) -> Running {
        Running::start_with(folder, telegram, surroundings, polling()).await
    }

    /// Starts it with this door.
    pub async fn start_with(
        folder: TempDir,
        telegram: &FakeTelegram,
        surroundings: Surroundings,
        door: Door,
    ) -> Running {
        let skew = telegram.now() - Timestamp::now().as_second();
        let clock: Clock =
            Arc::new(move || Timestamp::from_second(Timestamp::now().as_second() + skew).unwrap());
        Running::start_as(folder, telegram, surroundings, door, clock, fast())
    }

    /// Starts it with a clock and a pace of its own.
    pub fn start_as(
        folder: TempDir,
        telegram: &FakeTelegram,
        surroundings: Surroundings,
        door: Door,
        clock: Clock,
        sending: Settings,
    ) -> Running {
        let gauges = Gauges::default();
        let key = Key::from_bytes([7; 32]);
        let store = SqliteStore::open(&folder.path().join("test.sqlite"), &key).unwrap();
        let token = SecretString::from(telegram.token());
        let service = Service {
            content: Arc::new(Content::embedded().unwrap()),
            store: Arc::new(store),
            key,
            client: Arc::new(Client::new(&telegram.url(), token).unwrap()),
            surroundings,
            clock,
            door,
            first_poll: None,
            sending,
            gauges: gauges.clone(),
        };
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(service.run(stopped));
        Running {
            stop,
            task,
            folder,
            gauges,
        }
    }

    /// Stops it and waits for its end. Gives back the folder with its database.
    pub async fn stop(self) -> TempDir {
        self.stop.send(true).unwrap();
        tokio::time::timeout(Duration::from_secs(10), self.task)
            .await
            .unwrap()
            .unwrap()
            .unwrap();
        self.folder
    }
}

/// Polling, with little patience.
pub fn polling() -> Door {
    Door::Polling(PollSettings {
        hold_seconds: 5,
        grace: Duration::from_secs(10),
    })
}

/// The platform alone, with this apology.
pub fn telegram(username: &str, apology: &str) -> Telegram {
    let lines = Lines {
        apology: apology.to_owned(),
        flood: "So many.".to_owned(),
    };
    Telegram::new(username, lines)
}

/// Without pacing: the tests are not about it.
pub fn fast() -> Settings {
    Settings {
        overall_per_second: 100_000.0,
        overall_burst: 100_000.0,
        conversation_per_second: 100_000.0,
        conversation_burst: 100_000.0,
        ..Settings::default()
    }
}
