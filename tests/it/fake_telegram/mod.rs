//! A strict Bot API server in the test process, over real HTTP, with types of its own: it knows nothing of the program
//! it tests. What a real server would refuse it refuses with the same words; what a real server would let pass though
//! it is wrong (unknown fields) it writes down, and the test fails at its end.
//!
//! ```ignore
//! let telegram = FakeTelegram::start().await;
//! // … point the bot at telegram.url() with telegram.token() …
//! let her = telegram.user(101);
//! her.send_text("/start");
//! let chat = her.wait_events(1).await;
//! her.tap("Cramp right now");
//! ```

mod faults;
mod methods;
mod people;
mod polls;
mod rules;
mod serve;
pub mod transcript;
mod webhooks;
mod world;

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use faults::{Fault, Trouble};
pub use people::{PATIENCE, Person};
pub use transcript::Seen;
pub use world::{Happened, Logged};

use world::{Shared, World};

/// The server. Dropping it ends it, and fails the test if there were violations.
pub struct FakeTelegram {
    shared: Arc<Shared>,
    address: SocketAddr,
    server: JoinHandle<()>,
}

impl FakeTelegram {
    /// Starts a server on a free port of 127.0.0.1.
    pub async fn start() -> FakeTelegram {
        FakeTelegram::start_at("").await
    }

    /// The same behind a path, such as `/telegram`.
    pub async fn start_at(prefix: &str) -> FakeTelegram {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared::new(new_world(prefix)));
        let router = serve::router(Arc::clone(&shared));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        FakeTelegram {
            shared,
            address,
            server,
        }
    }

    /// What belongs into `TELOXIDE_API_URL`.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.shared.lock().prefix)
    }

    /// What belongs into `TELOXIDE_TOKEN`.
    pub fn token(&self) -> String {
        self.shared.lock().token.clone()
    }

    pub fn username(&self) -> String {
        self.shared.lock().username.clone()
    }

    /// The chat of one person with the bot.
    pub fn user(&self, chat_id: i64) -> Person {
        self.shared.change(|world| people::private_chat(world, chat_id));
        Person {
            shared: Arc::clone(&self.shared),
            chat_id,
        }
    }

    /// A group the bot is in.
    pub fn group(&self, chat_id: i64) -> Person {
        self.public(chat_id, "supergroup")
    }

    /// A channel the bot is in.
    pub fn channel(&self, chat_id: i64) -> Person {
        self.public(chat_id, "channel")
    }

    fn public(&self, chat_id: i64, kind: &str) -> Person {
        self.shared
            .change(|world| people::public_chat(world, chat_id, kind));
        Person {
            shared: Arc::clone(&self.shared),
            chat_id,
        }
    }

    /// Queues an update of this kind with this content. Gives back its id.
    pub fn inject(&self, kind: &str, content: Value) -> i64 {
        self.shared.change(|world| world.queue(kind, content))
    }

    /// Queues the last update once more, under the same id.
    pub fn redeliver(&self, update: &Value) {
        self.shared.change(|world| {
            let id = update["update_id"].as_i64().unwrap();
            let expires = world.now() + 3600;
            // In the order of the ids: a server that gave a later one first would make a program confirm what it never saw.
            let place = world.updates.partition_point(|queued| queued.id <= id);
            let again = world::Queued {
                id,
                body: update.clone(),
                expires,
            };
            world.updates.insert(place, again);
        });
    }

    /// The updates that are not confirmed yet.
    pub fn pending(&self) -> Vec<Value> {
        self.shared
            .lock()
            .updates
            .iter()
            .map(|update| update.body.clone())
            .collect()
    }

    /// The same, and they count as confirmed: somebody else brings them.
    pub fn take_pending(&self) -> Vec<Value> {
        let taken = self.shared.change(|world| std::mem::take(&mut world.updates));
        taken.into_iter().map(|update| update.body).collect()
    }

    /// Taps made from now on are too old to be answered.
    pub fn forget_taps_at_once(&self) {
        self.shared.lock().tap_life = 0;
    }

    /// Plans trouble.
    pub fn plan(&self, fault: Fault) {
        self.shared.lock().faults.push(fault);
    }

    /// The weather clears up: no trouble is planned any more.
    pub fn clear_up(&self) {
        self.shared.lock().faults.clear();
    }

    /// How many connections broke after the request was carried out.
    pub fn dropped_after(&self) -> usize {
        self.shared.lock().dropped_after
    }

    /// Holds polls no longer than this.
    pub fn hold_at_most(&self, how_long: Duration) {
        self.shared.lock().hold_cap = how_long;
    }

    /// Sets a webhook, as another program would.
    pub fn set_webhook(&self, url: Option<&str>) {
        self.shared.lock().webhook = url.map(str::to_owned);
    }

    /// Brings updates to the webhook that is set, one after the other, each until it is taken. Ends when dropped.
    pub fn deliver(&self) -> JoinHandle<()> {
        tokio::spawn(webhooks::deliver(Arc::clone(&self.shared)))
    }

    /// Moves the server's clock on. Updates and taps grow old by it.
    pub fn pass(&self, seconds: i64) {
        self.shared.change(|world| world.skew += seconds);
    }

    /// The server's clock, in seconds since 1970.
    pub fn now(&self) -> i64 {
        self.shared.lock().now()
    }

    /// What was set by `setMyCommands`, and both descriptions.
    pub fn profile(&self) -> (Value, String, String) {
        let world = self.shared.lock();
        (
            world.commands.clone(),
            world.description.clone(),
            world.short_description.clone(),
        )
    }

    /// Every request so far, in the order in which they were carried out.
    pub fn requests(&self) -> Vec<Logged> {
        self.shared.lock().log.clone()
    }

    /// The requests of one method (in lower case).
    pub fn requests_of(&self, method: &str) -> Vec<Logged> {
        self.requests()
            .into_iter()
            .filter(|request| request.method == method)
            .collect()
    }

    /// Waits until this holds.
    pub async fn wait(&self, what: &str, is_so: impl Fn(&FakeTelegram) -> bool) {
        let mut bell = self.shared.listen();
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while !is_so(self) {
            let rung = tokio::time::timeout_at(deadline, bell.changed()).await;
            assert!(rung.is_ok(), "waited in vain for {what}");
        }
    }

    /// Waits until every update is confirmed.
    pub async fn wait_confirmed(&self) {
        self.wait("every update to be confirmed", |telegram| {
            telegram.pending().is_empty()
        })
        .await;
    }

    /// What the bot did that it must not.
    pub fn violations(&self) -> Vec<String> {
        self.shared.lock().violations.clone()
    }

    /// The same, and they are forgiven.
    pub fn take_violations(&self) -> Vec<String> {
        std::mem::take(&mut self.shared.lock().violations)
    }
}

impl Drop for FakeTelegram {
    fn drop(&mut self) {
        self.server.abort();
        let violations = self.violations();
        if !std::thread::panicking() {
            assert!(
                violations.is_empty(),
                "the bot broke rules of the Bot API: {violations:#?}"
            );
        }
    }
}

fn new_world(prefix: &str) -> World {
    World {
        token: "7000000001:AAFakeTokenOfTheTests_0123456789abcde".to_owned(),
        prefix: prefix.to_owned(),
        username: "NightEaseTestBot".to_owned(),
        rooms: std::collections::BTreeMap::new(),
        updates: VecDeque::new(),
        next_update: 814_000_001,
        next_message: 10,
        next_tap: 0,
        tap_life: 150,
        taps: HashMap::new(),
        allowed_updates: None,
        webhook: None,
        webhook_secret: String::new(),
        poll_generation: 0,
        last_poll: None,
        hold_cap: Duration::from_secs(5),
        commands: json!([]),
        description: String::new(),
        short_description: String::new(),
        log: Vec::new(),
        violations: Vec::new(),
        faults: Vec::new(),
        dropped_after: 0,
        skew: 0,
    }
}
