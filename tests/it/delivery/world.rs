//! A platform whose updates are lines `CHAT WORDS`, a conversation that counts, and a courier that notes what it carries.

use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use nightease::content::{Content, LanguageId};
use nightease::conversation::{Arrival, Event, Keep, Reply, Session, Surroundings, Text, Turn};
use nightease::delivery::{Clock, Counters, Courier, Engine, Fate, Floods, Platform, Sender, Settings, Stop};
use nightease::private::Private;
use nightease::store::{ConversationKey, NewParcel, RawUpdate, Store};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

/// What a planted panic carries; must be seen nowhere.
pub const CANARY: &str = "payload-canary";

pub struct Lines;

fn split(body: &[u8]) -> (u8, String) {
    let line = String::from_utf8(body.to_vec()).unwrap();
    let (chat, words) = line.split_once(' ').unwrap();
    (chat.parse().unwrap(), words.to_owned())
}

impl Platform for Lines {
    type Place = u8;

    fn decode(&self, body: &[u8]) -> (Arrival, u8) {
        let (chat, words) = split(body);
        assert!(words != "unreadable", "{CANARY}");
        let event = match words.as_str() {
            "gone" => Event::Gone,
            "nothing" => Event::Nothing,
            _ => Event::Text(Private::new(words)),
        };
        (
            Arrival {
                event,
                sent_at: None,
                message: None,
            },
            chat,
        )
    }

    fn render(&self, chat: &u8, replies: &[Reply]) -> Vec<NewParcel> {
        let parcels = replies.iter().map(|reply| NewParcel {
            body: format!("{chat} {}", reply.text.words()).into_bytes(),
            urgent: reply.urgent,
            public: false,
        });
        parcels.collect()
    }

    fn apology(&self, chat: &u8) -> Option<NewParcel> {
        Some(NewParcel {
            body: format!("{chat} sorry").into_bytes(),
            urgent: true,
            public: false,
        })
    }

    fn flood(&self, chat: &u8) -> Option<NewParcel> {
        Some(NewParcel {
            body: format!("{chat} so many").into_bytes(),
            urgent: false,
            public: false,
        })
    }
}

/// Counts the turns of a conversation in the session's revision, and answers with the count and the words.
pub fn count(_: &Content, session: Option<Session>, arrival: &Arrival, surroundings: &Surroundings) -> Turn {
    let mut session = session.unwrap_or_else(|| begin(surroundings.now));
    session.revision += 1;
    let Event::Text(words) = &arrival.event else {
        panic!("only words come here");
    };
    let words = words.reveal().as_str();
    assert!(!words.starts_with("panic"), "{CANARY} {words}");
    if let Some(page) = words.strip_prefix("answer ") {
        session.more = page.parse().unwrap();
    }
    let mut reply = Reply::new(Text::plain(format!("{} {words}", session.revision)));
    reply.urgent = words.starts_with("urgent");
    let keep = if words == "wipe" {
        Keep::Wipe
    } else {
        Keep::Session(session)
    };
    Turn {
        keep,
        replies: vec![reply],
        rules: Vec::new(),
    }
}

pub fn begin(now: Timestamp) -> Session {
    Session::new(LanguageId::from("en"), now)
}

/// Notes what it carries; does as it was told for messages it was told about.
#[derive(Default)]
pub struct Carrier {
    pub sent: Mutex<Vec<(String, Instant)>>,
    pub tries: Mutex<Vec<(String, Instant)>>,
    pub fates: Mutex<HashMap<String, VecDeque<Fate>>>,
    /// Where every message sent is written as a line, for those who look from another process.
    pub book: Option<File>,
    pub takes: Duration,
    pub now: AtomicUsize,
    pub most: AtomicUsize,
}

impl Carrier {
    pub fn taking(milliseconds: u64) -> Carrier {
        Carrier {
            takes: Duration::from_millis(milliseconds),
            ..Carrier::default()
        }
    }

    pub fn tell(&self, message: &str, fates: &[Fate]) {
        self.fates
            .lock()
            .unwrap()
            .insert(message.to_owned(), fates.iter().copied().collect());
    }

    pub fn sent(&self) -> Vec<String> {
        self.sent
            .lock()
            .unwrap()
            .iter()
            .map(|(message, _)| message.clone())
            .collect()
    }

    pub fn sent_to(&self, chat: u8) -> Vec<String> {
        let start = format!("{chat} ");
        let sent = self.sent();
        sent.iter()
            .filter_map(|message| message.strip_prefix(&start).map(str::to_owned))
            .collect()
    }
}

impl Courier for Carrier {
    async fn send(&self, body: &[u8]) -> Fate {
        let message = String::from_utf8(body.to_vec()).unwrap();
        self.tries.lock().unwrap().push((message.clone(), Instant::now()));
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        tokio::time::sleep(self.takes).await;
        self.now.fetch_sub(1, Ordering::SeqCst);
        let told = self
            .fates
            .lock()
            .unwrap()
            .get_mut(&message)
            .and_then(VecDeque::pop_front);
        let fate = told.unwrap_or(Fate::Sent);
        if fate == Fate::Sent {
            if let Some(mut book) = self.book.as_ref() {
                book.write_all(format!("{message}\n").as_bytes()).unwrap();
            }
            self.sent.lock().unwrap().push((message, Instant::now()));
        }
        fate
    }
}

pub fn chat(number: u8) -> ConversationKey {
    ConversationKey([number; 16])
}

pub fn line(update_id: i64, number: u8, words: &str) -> RawUpdate {
    RawUpdate {
        update_id,
        conversation: chat(number),
        body: format!("{number} {words}").into_bytes(),
    }
}

/// Fast enough for tests.
pub fn quick() -> Settings {
    Settings {
        overall_per_second: 100_000.0,
        overall_burst: 1000.0,
        conversation_per_second: 100_000.0,
        conversation_burst: 1000.0,
        first_retry: Duration::from_millis(20),
        drain: Duration::from_secs(2),
        last_wait: Duration::from_secs(1),
        ..Settings::default()
    }
}

/// A store with an engine and a sender at work on it.
pub struct World<S: Store> {
    pub store: Arc<S>,
    pub carrier: Arc<Carrier>,
    pub counters: Arc<Counters>,
    pub floods: Arc<Floods>,
    pub settings: Settings,
    pub inbox: Arc<Notify>,
    pub outbox: Arc<Notify>,
}

pub struct Running {
    pub stop_engine: watch::Sender<bool>,
    pub stop_sender: watch::Sender<bool>,
    pub engine: JoinHandle<()>,
    pub sender: JoinHandle<()>,
}

impl Running {
    /// Stops both in the right order.
    pub async fn stop(self) {
        self.stop_engine.send_replace(true);
        self.engine.await.unwrap();
        self.stop_sender.send_replace(true);
        self.sender.await.unwrap();
    }

    /// As a kill does it.
    pub async fn kill(self) {
        self.engine.abort();
        self.sender.abort();
        let _ = self.engine.await;
        let _ = self.sender.await;
    }
}

impl<S: Store> World<S> {
    pub fn new(store: S, carrier: Carrier) -> World<S> {
        World {
            store: Arc::new(store),
            carrier: Arc::new(carrier),
            counters: Arc::default(),
            floods: Arc::default(),
            settings: quick(),
            inbox: Arc::default(),
            outbox: Arc::default(),
        }
    }

    pub fn clock() -> Clock {
        Arc::new(Timestamp::now)
    }

    pub fn engine(&self) -> Engine<Lines, S> {
        Engine {
            content: Arc::new(content()),
            store: Arc::clone(&self.store),
            platform: Arc::new(Lines),
            turn: count,
            surroundings: Surroundings {
                now: Timestamp::UNIX_EPOCH,
                time_zone: None,
                country: None,
                private_link: None,
            },
            clock: Self::clock(),
            inbox: Arc::clone(&self.inbox),
            outbox: Arc::clone(&self.outbox),
            counters: Arc::clone(&self.counters),
            usage: Arc::default(),
            floods: Arc::clone(&self.floods),
        }
    }

    pub fn sender(&self) -> Sender<Carrier, S> {
        Sender {
            courier: Arc::clone(&self.carrier),
            store: Arc::clone(&self.store),
            settings: self.settings,
            clock: Self::clock(),
            outbox: Arc::clone(&self.outbox),
            counters: Arc::clone(&self.counters),
        }
    }

    pub fn run(&self) -> Running {
        let (stop_engine, engine_stop): (_, Stop) = watch::channel(false);
        let (stop_sender, sender_stop) = watch::channel(false);
        Running {
            stop_engine,
            stop_sender,
            engine: tokio::spawn(self.engine().run(engine_stop)),
            sender: tokio::spawn(self.sender().run(sender_stop)),
        }
    }

    pub fn accept(&self, updates: &[RawUpdate]) {
        self.store.accept(updates, Timestamp::now()).unwrap();
        self.inbox.notify_one();
    }

    /// Handles what is in the inbox, once, without running anything.
    pub async fn handle_all(&self) {
        let (_stop, stopped) = watch::channel(true);
        while self.store.waiting().unwrap().inbox > 0 {
            self.engine().run(stopped.clone()).await;
        }
    }

    /// Waits until this many messages were sent.
    pub async fn sent(&self, count: usize) {
        wait_for("messages", || self.carrier.sent.lock().unwrap().len() >= count).await;
    }

    /// Waits until nothing waits any more.
    pub async fn empty(&self) {
        wait_for("empty boxes", || {
            let waiting = self.store.waiting().unwrap();
            waiting.inbox + waiting.outbox == 0
        })
        .await;
    }
}

pub async fn wait_for(what: &str, mut condition: impl FnMut() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "waited in vain for {what}"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

pub fn content() -> Content {
    Content::embedded().unwrap()
}
