//! The webhook: the same conversation brought instead of fetched, and who is let in.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::Timestamp;
use nightease::app::serve::Door;
use nightease::conversation::Surroundings;
use nightease::delivery::{Counters, Pulse};
use nightease::store::{
    ConversationKey, Handled, Job, MemoryStore, Parcel, ParcelId, RawUpdate, Settlement, Store, StoreError,
    Waiting, Worked,
};
use nightease::telegram::{Client, Webhook, WebhookSettings};
use reqwest::StatusCode;
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};

use crate::fake_telegram::{FakeTelegram, Person};
use crate::process::nightease;
use crate::service::Running;

const SECRET: &str = "a-secret-of-the-tests";
const OLD: &str = "the-secret-before-it";

fn around() -> Surroundings {
    Surroundings {
        now: Timestamp::now(),
        time_zone: None,
        country: None,
        private_link: None,
    }
}

fn settings(address: SocketAddr, secrets: &[&str]) -> WebhookSettings {
    let secrets = secrets.iter().map(|secret| SecretString::from(*secret)).collect();
    WebhookSettings::new(&format!("http://{address}/updates"), secrets).unwrap()
}

async fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

async fn sees(her: &Person, words: &str) {
    her.wait(words, |chat| {
        chat.of_bot()
            .last()
            .is_some_and(|last| last.text.contains(words) && !last.rows.is_empty())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p29_updates_are_brought_and_a_stop_leaves_the_webhook_set() {
    let telegram = FakeTelegram::start().await;
    let bringer = telegram.deliver();
    let (listener, address) = listener().await;
    let door = Door::Webhook(settings(address, &[SECRET]), listener);
    let running = Running::start_with(tempfile::tempdir().unwrap(), &telegram, around(), door).await;
    let her = telegram.user(101);
    her.send_text("/start");
    sees(&her, "Woken by pain?").await;
    her.tap("Cramp right now");
    sees(&her, "Is any of this true right now?").await;
    her.tap("None of these");
    sees(&her, "Where are you now?").await;
    let set = telegram.requests_of("setwebhook");
    assert_eq!(set.len(), 1);
    assert_eq!(set[0].arguments["secret_token"], SECRET);
    let kinds = set[0].arguments["allowed_updates"].as_array().unwrap();
    assert!(kinds.contains(&json!("my_chat_member")) && kinds.contains(&json!("callback_query")));
    // Every tap was answered, on the fast lane.
    telegram
        .wait("two answered taps", |telegram| {
            telegram.requests_of("answercallbackquery").len() == 2
        })
        .await;
    running.stop().await;
    assert!(telegram.requests_of("deletewebhook").is_empty());
    assert!(telegram.requests_of("getupdates").is_empty());
    bringer.abort();
}

/// A store that can be told to refuse.
#[derive(Default)]
struct Sulky {
    inner: MemoryStore,
    refuses: std::sync::atomic::AtomicBool,
}

impl Store for Sulky {
    fn accept(&self, updates: &[RawUpdate], now: Timestamp) -> Result<usize, StoreError> {
        if self.refuses.load(Ordering::SeqCst) {
            return Err(StoreError::Database {
                path: "here".into(),
                what: "full".into(),
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

struct Scene {
    telegram: FakeTelegram,
    store: Arc<Sulky>,
    counters: Arc<Counters>,
    pulse: Arc<Pulse>,
    address: SocketAddr,
    _stop: watch::Sender<bool>,
}

impl Scene {
    async fn start() -> Scene {
        let telegram = FakeTelegram::start().await;
        let (listener, address) = listener().await;
        let (store, counters) = (Arc::new(Sulky::default()), Arc::new(Counters::default()));
        let pulse = Arc::new(Pulse::default());
        let webhook = Webhook {
            client: Arc::new(Client::new(&telegram.url(), SecretString::from(telegram.token())).unwrap()),
            store: Arc::clone(&store),
            key_of: Arc::new(|_: &str| ConversationKey([1; 16])),
            engine: Arc::new(Notify::new()),
            clock: Arc::new(Timestamp::now),
            settings: settings(address, &[SECRET, OLD]),
            pulse: Arc::clone(&pulse),
            counters: Arc::clone(&counters),
            profile: None,
        };
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(webhook.run(listener, stopped));
        Scene {
            telegram,
            store,
            counters,
            pulse,
            address,
            _stop: stop,
        }
    }

    async fn post(&self, path: &str, secret: Option<&str>, body: String) -> reqwest::Response {
        let mut request = reqwest::Client::new().post(format!("http://{}{path}", self.address));
        if let Some(secret) = secret {
            request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
        }
        request.body(body).send().await.unwrap()
    }

    fn inbox(&self) -> usize {
        self.store.waiting().unwrap().inbox
    }
}

fn update(id: i64) -> Value {
    json!({"update_id": id, "message": {
        "message_id": 7, "date": 1_790_000_000, "text": "hello",
        "chat": {"id": 5, "type": "private"}, "from": {"id": 5, "is_bot": false},
    }})
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p18_only_who_knows_a_secret_is_let_in() {
    let scene = Scene::start().await;
    let long = "a".repeat(300);
    let almost = &SECRET[..SECRET.len() - 1];
    for wrong in [None, Some(""), Some("wrong"), Some(almost), Some(long.as_str())] {
        let answer = scene.post("/updates", wrong, update(1).to_string()).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{wrong:?}");
    }
    assert_eq!(scene.inbox(), 0);
    assert_eq!(scene.counters.refused.load(Ordering::Relaxed), 5);
    // Two count while one is exchanged for the other.
    for (id, secret) in [(1, SECRET), (2, OLD)] {
        let answer = scene.post("/updates", Some(secret), update(id).to_string()).await;
        assert_eq!(answer.status(), StatusCode::OK);
    }
    assert_eq!(scene.inbox(), 2);
    let elsewhere = scene.post("/else", Some(SECRET), update(3).to_string()).await;
    assert_eq!(elsewhere.status(), StatusCode::NOT_FOUND);
    let got = reqwest::get(format!("http://{}/updates", scene.address))
        .await
        .unwrap();
    assert_eq!(got.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p21_it_says_200_only_for_what_is_stored() {
    let scene = Scene::start().await;
    scene.store.refuses.store(true, Ordering::SeqCst);
    let answer = scene.post("/updates", Some(SECRET), update(1).to_string()).await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.headers()["retry-after"], "5");
    assert!(scene.pulse.stumbled().is_some());
    scene.store.refuses.store(false, Ordering::SeqCst);
    for _ in 0..3 {
        // The same one, brought again, is one.
        let answer = scene.post("/updates", Some(SECRET), update(1).to_string()).await;
        assert_eq!(answer.status(), StatusCode::OK);
    }
    assert!(scene.pulse.stumbled().is_none());
    assert_eq!(scene.inbox(), 1);
    for nothing in ["", "{}", "[1]", "no json", r#"{"update_id": 7}"#] {
        let answer = scene.post("/updates", Some(SECRET), nothing.to_owned()).await;
        assert_eq!(answer.status(), StatusCode::OK, "{nothing}");
    }
    assert_eq!(scene.inbox(), 1);
    let large = format!(r#"{{"update_id": 8, "x": "{}"}}"#, "x".repeat(1024 * 1024));
    let answer = scene.post("/updates", Some(SECRET), large).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    drop(scene.telegram);
}

#[test]
fn settings_that_cannot_work_are_refused() {
    let secret = || vec![SecretString::from(SECRET)];
    for url in [
        "bot.example.org",
        "ftp://example.org/x",
        "https://example.org",
        "https://example.org/",
    ] {
        assert!(WebhookSettings::new(url, secret()).is_err(), "{url}");
    }
    for wrong in ["short", "with a blank in it, and long", &"a".repeat(257)] {
        let secrets = vec![SecretString::from(wrong)];
        assert!(
            WebhookSettings::new("https://example.org/u", secrets).is_err(),
            "{wrong}"
        );
    }
    assert!(WebhookSettings::new("https://example.org/u", Vec::new()).is_err());
    assert!(WebhookSettings::new("https://example.org/u", secret()).is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_set_again_until_the_server_has_heard() {
    use crate::fake_telegram::{Fault, Trouble};
    let telegram = FakeTelegram::start().await;
    telegram.plan(Fault::new(Trouble::BadGateway).on("setWebhook"));
    let (listener, address) = listener().await;
    let door = Door::Webhook(settings(address, &[SECRET]), listener);
    let running = Running::start_with(tempfile::tempdir().unwrap(), &telegram, around(), door).await;
    telegram
        .wait("a second try", |telegram| {
            telegram.requests_of("setwebhook").len() == 2
        })
        .await;
    let begun = std::time::Instant::now();
    while running.gauges.pulse.last().is_none() {
        assert!(begun.elapsed() < Duration::from_secs(10));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p29_only_a_command_deletes_the_webhook_and_what_waits_stays() {
    let telegram = FakeTelegram::start().await;
    let her = telegram.user(101);
    telegram.set_webhook(Some("https://example.org/updates"));
    her.send_text("/start");
    let folder = tempfile::tempdir().unwrap();
    let mut command = nightease(folder.path());
    command
        .args(["webhook", "delete"])
        .env("TELOXIDE_TOKEN", telegram.token())
        .env("TELOXIDE_API_URL", telegram.url());
    let ended = tokio::task::spawn_blocking(move || command.status())
        .await
        .unwrap();
    assert!(ended.unwrap().success());
    let deleted = telegram.requests_of("deletewebhook");
    assert_eq!(deleted.len(), 1);
    assert!(deleted[0].arguments.is_empty(), "{:?}", deleted[0].arguments);
    assert_eq!(telegram.pending().len(), 1);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// A stranger's body is not waited for: the refusal comes before it is sent.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p18_of_a_stranger_nothing_is_read() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let scene = Scene::start().await;
    let mut stranger = tokio::net::TcpStream::connect(scene.address).await.unwrap();
    let head = "POST /updates HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n";
    stranger.write_all(head.as_bytes()).await.unwrap();
    let mut said = vec![0; 12];
    let answered = tokio::time::timeout(Duration::from_secs(5), stranger.read_exact(&mut said)).await;
    answered.expect("it waits for the body of a stranger").unwrap();
    assert_eq!(said, b"HTTP/1.1 401");
}
