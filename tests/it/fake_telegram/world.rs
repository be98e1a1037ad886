//! What the server knows: chats, messages, queued updates, faults to come.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value, json};
use tokio::sync::watch;

use super::faults::Fault;

pub const BOT_ID: i64 = 7_000_000_001;
/// Lifetimes of queued updates, in seconds.
const MESSAGE_LIFE: i64 = 24 * 3600;
const CALLBACK_LIFE: i64 = 150;
/// What is delivered to a bot that never said what it wants.
const NOT_BY_DEFAULT: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// A refusal as the server words it.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    pub code: u16,
    pub description: String,
    pub parameters: Option<Value>,
}

pub fn bad(description: &str) -> Refused {
    Refused {
        code: 400,
        description: format!("Bad Request: {description}"),
        parameters: None,
    }
}

pub type Answer = Result<Value, Refused>;

/// A message as it stands now.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    pub id: i32,
    pub by_bot: bool,
    pub text: String,
    pub entities: Vec<Value>,
    pub keyboard: Vec<Vec<Value>>,
    pub date: i64,
    pub edited: bool,
    /// Everything else a message of a person carries.
    pub extra: Map<String, Value>,
}

/// What the bot did in a chat, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Happened {
    Sent { id: i32, text: String },
    Edited { id: i32, text: String },
    KeyboardRemoved { id: i32 },
    KeyboardChanged { id: i32 },
}

#[derive(Default)]
pub struct Room {
    pub json: Value,
    pub person: Value,
    pub messages: BTreeMap<i32, Stored>,
    pub events: Vec<Happened>,
    pub refuses: Option<Refused>,
    pub flood_until: Option<Instant>,
    pub last_tap: Option<(i32, String)>,
}

#[derive(Clone, Debug)]
pub struct Queued {
    pub id: i64,
    pub body: Value,
    pub expires: i64,
}

pub struct Tap {
    pub expires: i64,
    pub answered: bool,
}

/// One request the bot made.
#[derive(Clone, Debug)]
pub struct Logged {
    /// In lower case.
    pub method: String,
    /// As it was written.
    pub method_as_sent: String,
    pub arguments: Map<String, Value>,
    pub chat: Option<i64>,
    /// The error code and description, if it was refused.
    pub refused: Option<(u16, String)>,
    pub at: Instant,
}

pub struct World {
    pub token: String,
    pub prefix: String,
    pub username: String,
    pub rooms: BTreeMap<i64, Room>,
    pub updates: VecDeque<Queued>,
    pub next_update: i64,
    pub next_message: i32,
    pub next_tap: u64,
    /// How long a tap can be answered, in seconds.
    pub tap_life: i64,
    pub taps: HashMap<String, Tap>,
    pub allowed_updates: Option<Vec<String>>,
    pub webhook: Option<String>,
    pub webhook_secret: String,
    pub poll_generation: u64,
    pub last_poll: Option<(i64, Instant)>,
    pub hold_cap: std::time::Duration,
    pub commands: Value,
    pub description: String,
    pub short_description: String,
    pub log: Vec<Logged>,
    pub violations: Vec<String>,
    pub faults: Vec<Fault>,
    /// How many connections broke after the request was carried out.
    pub dropped_after: usize,
    /// How far the server's clock is ahead of the machine's, in seconds.
    pub skew: i64,
}

impl World {
    pub fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        i64::try_from(since.as_secs()).unwrap() + self.skew
    }

    pub fn violate(&mut self, what: impl Into<String>) {
        self.violations.push(what.into());
    }

    pub fn room(&mut self, chat: i64) -> &mut Room {
        self.rooms
            .get_mut(&chat)
            .expect("the test uses a chat that it did not open")
    }

    pub fn new_message_id(&mut self) -> i32 {
        self.next_message += 1;
        self.next_message
    }

    /// Queues an update, if the bot wants its kind. Gives back its id.
    pub fn queue(&mut self, kind: &str, content: Value) -> i64 {
        let date = content
            .get("date")
            .and_then(Value::as_i64)
            .unwrap_or_else(|| self.now());
        let life = if kind == "callback_query" {
            CALLBACK_LIFE
        } else {
            MESSAGE_LIFE
        };
        let wanted = match &self.allowed_updates {
            Some(list) => list.iter().any(|name| name == kind),
            None => !NOT_BY_DEFAULT.contains(&kind),
        };
        let id = self.next_update;
        self.next_update += 1;
        if wanted {
            let mut body = Map::new();
            body.insert("update_id".to_owned(), id.into());
            body.insert(kind.to_owned(), content);
            self.updates.push_back(Queued {
                id,
                body: body.into(),
                expires: date + life,
            });
        }
        id
    }

    pub fn expire(&mut self) {
        let now = self.now();
        self.updates.retain(|update| update.expires > now);
    }

    pub fn bot(&self) -> Value {
        json!({"id": BOT_ID, "is_bot": true, "first_name": "NightEase", "username": self.username})
    }

    /// A message as the server writes it.
    pub fn message_json(&self, chat: i64, message: &Stored) -> Value {
        let room = &self.rooms[&chat];
        let mut fields = message.extra.clone();
        fields.insert("message_id".to_owned(), message.id.into());
        fields.insert("chat".to_owned(), room.json.clone());
        fields.insert("date".to_owned(), message.date.into());
        if message.by_bot {
            fields.insert("from".to_owned(), self.bot());
        } else if !fields.contains_key("from") && !room.person.is_null() {
            fields.insert("from".to_owned(), room.person.clone());
        }
        if !message.text.is_empty() {
            fields.insert("text".to_owned(), message.text.clone().into());
        }
        if !message.entities.is_empty() {
            fields.insert("entities".to_owned(), message.entities.clone().into());
        }
        if !message.keyboard.is_empty() {
            fields.insert(
                "reply_markup".to_owned(),
                json!({"inline_keyboard": message.keyboard}),
            );
        }
        fields.into()
    }
}

/// The world behind a lock, and a bell that rings at every change.
pub struct Shared {
    world: Mutex<World>,
    bell: watch::Sender<u64>,
}

impl Shared {
    pub fn new(world: World) -> Shared {
        Shared {
            world: Mutex::new(world),
            bell: watch::Sender::new(0),
        }
    }

    pub fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    pub fn ring(&self) {
        self.bell.send_modify(|count| *count += 1);
    }

    pub fn listen(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }

    /// Changes the world and rings.
    pub fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let done = change(&mut self.lock());
        self.ring();
        done
    }
}
