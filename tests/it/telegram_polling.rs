//! Polling over real HTTP: nothing is confirmed before it is stored, taps are answered at once, trouble passes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use nightease::store::{
    ConversationKey, Handled, Job, MemoryStore, Parcel, ParcelId, RawUpdate, SessionChange, Settlement,
    Store, StoreError, Waiting, Worked,
};
use nightease::telegram::{
    ALLOWED_UPDATES, Client, FirstPoll, PollSettings, Poller, Profile, StartError, introduce, waiting_time,
};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use crate::fake_telegram::{FakeTelegram, Fault, Trouble};

/// A store that refuses to accept as long as it is told to.
struct Moody {
    inner: MemoryStore,
    refuses: AtomicBool,
}

impl Store for Moody {
    fn accept(&self, updates: &[RawUpdate], now: Timestamp) -> Result<usize, StoreError> {
        if self.refuses.load(Ordering::SeqCst) {
            return Err(StoreError::Database {
                path: "x".into(),
                what: "disk full".into(),
            });
        }
        self.inner.accept(updates, now)
    }
    fn work(
        &self,
        limit: usize,
        now: Timestamp,
        handle: &mut dyn FnMut(Job<'_>) -> Handled,
    ) -> Result<Worked, StoreError> {
        self.inner.work(limit, now, handle)
    }
    fn due(&self, limit: usize, now: Timestamp, busy: &[ConversationKey]) -> Result<Vec<Parcel>, StoreError> {
        self.inner.due(limit, now, busy)
    }
    fn next_due(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        self.inner.next_due(now)
    }
    fn settle(&self, settled: &[(ParcelId, Settlement)], now: Timestamp) -> Result<(), StoreError> {
        self.inner.settle(settled, now)
    }
    fn forget(&self, conversation: ConversationKey) -> Result<(), StoreError> {
        self.inner.forget(conversation)
    }
    fn sweep(&self, now: Timestamp) -> Result<usize, StoreError> {
        self.inner.sweep(now)
    }
    fn waiting(&self) -> Result<Waiting, StoreError> {
        self.inner.waiting()
    }
}

struct Running {
    store: Arc<Moody>,
    engine: Arc<Notify>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

fn key_of(chat: &str) -> ConversationKey {
    let mut key = [0; 16];
    key.iter_mut().zip(chat.bytes()).for_each(|(to, from)| *to = from);
    ConversationKey(key)
}

fn client(telegram: &FakeTelegram) -> Arc<Client> {
    Arc::new(Client::new(&telegram.url(), SecretString::from(telegram.token())).unwrap())
}

fn start(telegram: &FakeTelegram, settings: PollSettings, profile: Option<Profile>) -> Running {
    start_after(None, telegram, settings, profile)
}

fn start_after(
    first: Option<FirstPoll>,
    telegram: &FakeTelegram,
    settings: PollSettings,
    profile: Option<Profile>,
) -> Running {
    let store = Arc::new(Moody {
        inner: MemoryStore::new(),
        refuses: AtomicBool::new(false),
    });
    let engine = Arc::new(Notify::new());
    let (stop, stopped) = watch::channel(false);
    let poller = Poller {
        client: client(telegram),
        store: Arc::clone(&store),
        key_of: Arc::new(key_of),
        engine: Arc::clone(&engine),
        clock: Arc::new(Timestamp::now),
        settings,
        pulse: Arc::default(),
        profile,
        first,
    };
    let task = tokio::spawn(poller.run(stopped));
    Running {
        store,
        engine,
        stop,
        task,
    }
}

impl Running {
    /// Takes what is in the inbox.
    fn take(&self) -> Vec<(i64, ConversationKey, Value)> {
        let mut taken = Vec::new();
        let mut handle = |job: Job<'_>| {
            taken.push((
                job.update_id,
                job.conversation,
                serde_json::from_slice(job.body).unwrap(),
            ));
            Handled::Done {
                session: SessionChange::Keep,
                parcels: Vec::new(),
            }
        };
        self.store.work(1000, Timestamp::now(), &mut handle).unwrap();
        taken
    }

    async fn end(self) {
        let begun = Instant::now();
        self.stop.send(true).unwrap();
        self.task.await.unwrap();
        assert!(
            begun.elapsed() < Duration::from_secs(1),
            "stopping took {:?}",
            begun.elapsed()
        );
    }
}

#[tokio::test]
async fn updates_are_stored_and_then_confirmed() {
    let telegram = FakeTelegram::start().await;
    let her = telegram.user(5);
    her.send_text("one");
    let running = start(&telegram, PollSettings::default(), None);
    running.engine.notified().await;
    for number in 0..130 {
        her.send_text(&format!("text {number}"));
    }
    telegram.user(6).send_text("two");
    telegram.wait_confirmed().await;
    let taken = running.take();
    assert_eq!(taken.len(), 132);
    assert_eq!(taken[0].2["message"]["text"], "one");
    assert!(
        taken
            .iter()
            .any(|(_, key, body)| *key == key_of("6") && body["message"]["text"] == "two")
    );
    running.end().await;
    let polls = telegram.requests_of("getupdates");
    for poll in &polls {
        assert_eq!(poll.arguments["allowed_updates"], json!(ALLOWED_UPDATES));
        assert_eq!(poll.arguments["limit"], 100);
    }
    assert_eq!(polls[0].arguments.get("offset"), None);
    assert_eq!(polls[0].arguments["timeout"], 0);
    assert_eq!(polls[1].arguments["timeout"], 20);
}

#[tokio::test]
async fn a_poll_that_is_begun_before_there_is_a_store_confirms_nothing() {
    let telegram = FakeTelegram::start().await;
    telegram.user(5).send_text("one");
    let settings = PollSettings::default();
    // The program ends before it has a store.
    drop(FirstPoll::start(client(&telegram), settings));
    let first = FirstPoll::start(client(&telegram), settings);
    telegram
        .wait("both polls", |it| it.requests_of("getupdates").len() == 2)
        .await;
    assert_eq!(telegram.pending().len(), 1);
    let running = start_after(Some(first), &telegram, settings, None);
    telegram.wait_confirmed().await;
    telegram
        .wait("the poll that confirms", |it| {
            it.requests_of("getupdates").len() >= 3
        })
        .await;
    assert_eq!(running.take().len(), 1);
    running.end().await;
    let polls = telegram.requests_of("getupdates");
    assert!(
        polls[..2]
            .iter()
            .all(|poll| poll.arguments["timeout"] == 0 && poll.arguments.get("offset").is_none())
    );
    assert_eq!(polls[2].arguments["timeout"], 20);
}

#[tokio::test]
async fn what_could_not_be_stored_stays_with_telegram() {
    let telegram = FakeTelegram::start().await;
    let her = telegram.user(5);
    let running = start(&telegram, PollSettings::default(), None);
    running.store.refuses.store(true, Ordering::SeqCst);
    her.tap_on(3, "v1:a");
    telegram
        .wait("a poll that was answered", |it| {
            it.requests_of("getupdates").len() >= 2
        })
        .await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(telegram.pending().len(), 1);
    running.store.refuses.store(false, Ordering::SeqCst);
    telegram.wait_confirmed().await;
    assert_eq!(running.take().len(), 1);
    assert_eq!(telegram.requests_of("answercallbackquery").len(), 1);
    running.end().await;
}

#[tokio::test]
async fn p6_taps_are_answered_before_they_are_stored_and_only_once() {
    let telegram = FakeTelegram::start().await;
    let her = telegram.user(5);
    her.tap_on(3, "v1:old");
    let running = start(&telegram, PollSettings::default(), None);
    telegram
        .wait("an answer", |it| it.requests_of("answercallbackquery").len() == 1)
        .await;
    let answer = telegram.requests_of("answercallbackquery").remove(0);
    assert_eq!(answer.refused, None);
    assert_eq!(answer.arguments.len(), 1);
    // A tap that is too old changes nothing for the others, and is not tried again.
    her.tap_on(3, "v1:new");
    telegram.plan(Fault::new(Trouble::BadGateway).on("answerCallbackQuery"));
    telegram
        .wait("a second answer", |it| {
            it.requests_of("answercallbackquery").len() == 2
        })
        .await;
    telegram.wait_confirmed().await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(telegram.requests_of("answercallbackquery").len(), 2);
    assert_eq!(running.take().len(), 2);
    running.end().await;
}

#[tokio::test]
async fn a_slow_answer_to_a_tap_holds_nothing_up() {
    let telegram = FakeTelegram::start().await;
    let her = telegram.user(5);
    telegram.plan(Fault::new(Trouble::Hang).on("answerCallbackQuery"));
    her.tap_on(3, "v1:a");
    let running = start(&telegram, PollSettings::default(), None);
    telegram.wait_confirmed().await;
    assert_eq!(running.take().len(), 1);
    running.end().await;
}

#[tokio::test]
async fn trouble_is_waited_out() {
    let telegram = FakeTelegram::start().await;
    let her = telegram.user(5);
    for trouble in [Trouble::BadGateway, Trouble::DropBefore] {
        telegram.plan(Fault::new(trouble).on("getUpdates"));
    }
    her.send_text("one");
    let begun = Instant::now();
    let running = start(&telegram, PollSettings::default(), None);
    telegram.wait_confirmed().await;
    assert!(begun.elapsed() >= Duration::from_secs(3), "{:?}", begun.elapsed());
    assert_eq!(running.take().len(), 1);
    running.end().await;
}

#[tokio::test]
async fn a_poll_that_hangs_is_dropped() {
    let telegram = FakeTelegram::start().await;
    let her = telegram.user(5);
    telegram.plan(Fault::new(Trouble::Hang).on("getUpdates"));
    her.send_text("one");
    let settings = PollSettings {
        hold_seconds: 1,
        grace: Duration::from_millis(300),
    };
    let running = start(&telegram, settings, None);
    telegram.wait_confirmed().await;
    assert_eq!(running.take().len(), 1);
    running.end().await;
}

#[tokio::test]
async fn a_poll_that_is_not_held_is_no_storm() {
    let telegram = FakeTelegram::start().await;
    telegram.hold_at_most(Duration::ZERO);
    let running = start(&telegram, PollSettings::default(), None);
    tokio::time::sleep(Duration::from_millis(1050)).await;
    let polls = telegram.requests_of("getupdates").len();
    assert!((2..=11).contains(&polls), "{polls}");
    running.end().await;
}

#[tokio::test]
async fn p29_a_webhook_or_a_second_poller_is_waited_for() {
    let telegram = FakeTelegram::start().await;
    telegram.set_webhook(Some("https://example.org"));
    telegram.user(5).send_text("one");
    let running = start(&telegram, PollSettings::default(), None);
    telegram
        .wait("a refused poll", |it| !it.requests_of("getupdates").is_empty())
        .await;
    assert_eq!(
        telegram.requests_of("getupdates")[0].refused.as_ref().unwrap().0,
        409
    );
    telegram.set_webhook(None);
    telegram.wait_confirmed().await;
    assert!(telegram.requests_of("deletewebhook").is_empty());
    running.end().await;
}

fn profile() -> Profile {
    Profile {
        commands: vec![
            ("start".into(), "Begin".into()),
            ("help".into(), "How to get help".into()),
        ],
        description: "What this is.\n".into(),
        short_description: "Short.".into(),
    }
}

#[tokio::test]
async fn the_profile_is_set_when_it_differs() {
    let telegram = FakeTelegram::start().await;
    let setters = |it: &FakeTelegram| {
        it.requests()
            .iter()
            .filter(|it| it.method.starts_with("setmy"))
            .count()
    };
    let questions = |it: &FakeTelegram| {
        it.requests()
            .iter()
            .filter(|it| it.method.starts_with("getmy"))
            .count()
    };
    let running = start(&telegram, PollSettings::default(), Some(profile()));
    telegram.wait("the profile", |it| setters(it) == 3).await;
    let commands = json!([
        {"command": "start", "description": "Begin"}, {"command": "help", "description": "How to get help"},
    ]);
    assert_eq!(
        telegram.profile(),
        (commands, "What this is.".to_owned(), "Short.".to_owned())
    );
    assert_eq!(telegram.requests()[0].method, "getupdates");
    running.end().await;
    let running = start(&telegram, PollSettings::default(), Some(profile()));
    telegram.wait("the questions", |it| questions(it) == 6).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(setters(&telegram), 3);
    running.end().await;
}

#[tokio::test]
async fn the_bot_asks_who_it_is() {
    let telegram = FakeTelegram::start().await;
    let (stop, stopped) = watch::channel(false);
    telegram.plan(Fault::new(Trouble::BadGateway).on("getMe"));
    let me = introduce(&client(&telegram), stopped.clone())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(me.username, telegram.username());
    let wrong = Client::new(&telegram.url(), SecretString::from("123:wrong")).unwrap();
    assert!(matches!(
        introduce(&wrong, stopped.clone()).await,
        Err(StartError::TokenRefused)
    ));
    let nowhere = Client::new("http://127.0.0.1:1", SecretString::from("123:abc")).unwrap();
    let (asked, ()) = tokio::join!(introduce(&nowhere, stopped), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        stop.send(true).unwrap();
    });
    assert!(asked.unwrap().is_none());
}

#[test]
fn waits_grow_and_end_at_thirty_seconds() {
    let seconds: Vec<u64> = (1..=8)
        .map(|failures| waiting_time(failures, 0).as_secs())
        .collect();
    assert_eq!(seconds, [1, 2, 4, 8, 16, 30, 30, 30]);
    assert_eq!(waiting_time(1, 255), Duration::from_millis(1250));
    assert_eq!(waiting_time(u32::MAX, 255), Duration::from_secs(30));
}
