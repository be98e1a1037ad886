//! The people of a test: what they do comes to the bot as updates, what they see is the transcript.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::transcript::Transcript;
use super::world::{Happened, Refused, Shared, Stored, Tap, World};

/// How long a test waits for something before it fails.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// One chat, with the one who writes there.
#[derive(Clone)]
pub struct Person {
    pub(super) shared: Arc<Shared>,
    pub chat_id: i64,
}

impl Person {
    /// Gives her a name.
    pub fn is_called(&self, first: &str, last: &str, username: &str) {
        self.shared.change(|world| {
            let room = world.room(self.chat_id);
            for fields in [&mut room.json, &mut room.person] {
                fields["first_name"] = first.into();
                fields["last_name"] = last.into();
                fields["username"] = username.into();
            }
        });
    }

    /// Writes a message. Gives back its id.
    pub fn send_text(&self, text: &str) -> i32 {
        let mut fields = json!({"text": text});
        if text.starts_with('/') {
            let length = text.split_whitespace().next().unwrap().encode_utf16().count();
            fields["entities"] = json!([{"type": "bot_command", "offset": 0, "length": length}]);
        }
        self.send(fields)
    }

    /// Sends a photo.
    pub fn send_photo(&self, caption: Option<&str>) -> i32 {
        let size =
            json!({"file_id": "p1", "file_unique_id": "u1", "width": 90, "height": 60, "file_size": 900});
        let mut fields = json!({"photo": [size]});
        if let Some(caption) = caption {
            fields["caption"] = caption.into();
        }
        self.send(fields)
    }

    /// Sends a message with these fields. `date` may be among them.
    pub fn send(&self, fields: Value) -> i32 {
        self.write(fields, "message")
    }

    /// Posts into a channel.
    pub fn post(&self, text: &str) -> i32 {
        self.write(json!({"text": text}), "channel_post")
    }

    fn write(&self, fields: Value, kind: &str) -> i32 {
        let Value::Object(mut extra) = fields else {
            panic!("fields of a message are an object")
        };
        self.shared.change(|world| {
            let id = world.new_message_id();
            let date = extra
                .remove("date")
                .and_then(|date| date.as_i64())
                .unwrap_or_else(|| world.now());
            let text = match extra.remove("text") {
                Some(Value::String(text)) => text,
                _ => String::new(),
            };
            let entities = match extra.remove("entities") {
                Some(Value::Array(entities)) => entities,
                _ => Vec::new(),
            };
            let keyboard = Vec::new();
            let message = Stored {
                id,
                by_bot: false,
                text,
                entities,
                keyboard,
                date,
                edited: false,
                extra,
            };
            let body = world.message_json(self.chat_id, &message);
            world.room(self.chat_id).messages.insert(id, message);
            world.queue(kind, body);
            id
        })
    }

    /// Changes a message that was sent before.
    pub fn edit_text(&self, message: i32, text: &str) {
        self.shared.change(|world| {
            let now = world.now();
            let stored = world
                .room(self.chat_id)
                .messages
                .get_mut(&message)
                .expect("no such message");
            stored.text = text.to_owned();
            let stored = stored.clone();
            let mut body = world.message_json(self.chat_id, &stored);
            body["edit_date"] = now.into();
            world.queue("edited_message", body);
        });
    }

    /// Taps the button with this label on the newest message that has one.
    pub fn tap(&self, label: &str) {
        let (message, data) = {
            let mut world = self.shared.lock();
            let room = world.room(self.chat_id);
            let found = room.messages.values().rev().find_map(|message| {
                let button = message
                    .keyboard
                    .iter()
                    .flatten()
                    .find(|button| button["text"] == label)?;
                Some((message.id, button["callback_data"].as_str()?.to_owned()))
            });
            found.unwrap_or_else(|| panic!("no button {label:?} to tap in\n{}", Transcript::of(room)))
        };
        self.tap_on(message, &data);
    }

    /// The same, if it is still there.
    pub fn tap_if_there(&self, label: &str) {
        let chat = self.transcript();
        let found = chat.messages.iter().rev().find_map(|message| {
            let mut buttons = message.rows.iter().flatten();
            let button = buttons.find(|button| button.label == label)?;
            Some((message.id, button.data.clone()?))
        });
        if let Some((message, data)) = found {
            self.tap_on(message, &data);
        }
    }

    /// Waits until the bot has done something, for two seconds at the most, and then nothing for `quiet`.
    pub async fn until_quiet(&self, before: usize, quiet: Duration) {
        let mut bell = self.shared.listen();
        let mut count = before;
        let mut deadline = tokio::time::Instant::now() + Duration::from_secs(2);
        while tokio::time::timeout_at(deadline, bell.changed()).await.is_ok() {
            let now = self.events().len();
            if now > count {
                count = now;
                deadline = tokio::time::Instant::now() + quiet;
            }
        }
    }

    /// Taps with this data on the newest message of the bot.
    pub fn tap_raw(&self, data: &str) {
        let message = {
            let mut world = self.shared.lock();
            let room = world.room(self.chat_id);
            room.messages
                .values()
                .rev()
                .find(|message| message.by_bot)
                .expect("no message to tap on")
                .id
        };
        self.tap_on(message, data);
    }

    /// The app sends the last tap once more, with new ids.
    pub fn tap_again(&self) {
        let last = self.shared.lock().room(self.chat_id).last_tap.clone();
        let (message, data) = last.expect("nothing was tapped yet");
        self.tap_on(message, &data);
    }

    /// Taps on this message with this data. The message may be gone.
    pub fn tap_on(&self, message: i32, data: &str) {
        self.shared.change(|world| {
            world.next_tap += 1;
            let id = format!("44{:016}", world.next_tap);
            let expires = world.now() + world.tap_life;
            world.taps.insert(
                id.clone(),
                Tap {
                    expires,
                    answered: false,
                },
            );
            let stored = world.room(self.chat_id).messages.get(&message).cloned();
            let room = world.room(self.chat_id);
            room.last_tap = Some((message, data.to_owned()));
            let (chat, person) = (room.json.clone(), room.person.clone());
            let carrier = match stored {
                Some(stored) => world.message_json(self.chat_id, &stored),
                None => json!({"chat": chat, "message_id": message, "date": 0}),
            };
            let tap = json!({
                "id": id, "from": person, "message": carrier, "chat_instance": "-77", "data": data,
            });
            world.queue("callback_query", tap);
        });
    }

    /// The message is deleted.
    pub fn delete(&self, message: i32) {
        self.shared
            .change(|world| world.room(self.chat_id).messages.remove(&message));
    }

    /// Blocks the bot.
    pub fn block(&self) {
        self.standing("member", "kicked", Some("bot was blocked by the user"));
    }

    /// Lets the bot write again.
    pub fn unblock(&self) {
        self.standing("kicked", "member", None);
    }

    /// The bot comes into the group.
    pub fn add_bot(&self) {
        self.standing("left", "member", None);
    }

    /// The bot is thrown out of the group.
    pub fn remove_bot(&self) {
        self.standing("member", "kicked", Some("bot was kicked from the group chat"));
    }

    fn standing(&self, old: &str, new: &str, refusal: Option<&str>) {
        self.shared.change(|world| {
            let bot = world.bot();
            let date = world.now();
            let room = world.room(self.chat_id);
            room.refuses = refusal.map(|text| Refused {
                code: 403,
                description: format!("Forbidden: {text}"),
                parameters: None,
            });
            let update = json!({
                "chat": room.json, "from": room.person, "date": date,
                "old_chat_member": {"user": bot, "status": old},
                "new_chat_member": {"user": bot, "status": new},
            });
            world.queue("my_chat_member", update);
        });
    }

    /// The server answers 429 in this chat for so long.
    pub fn flood(&self, how_long: Duration) {
        self.shared
            .change(|world| world.room(self.chat_id).flood_until = Some(Instant::now() + how_long));
    }

    /// The server refuses every message to this chat.
    pub fn refuse(&self, code: u16, description: &str, parameters: Option<Value>) {
        let refused = Refused {
            code,
            description: description.to_owned(),
            parameters,
        };
        self.shared
            .change(|world| world.room(self.chat_id).refuses = Some(refused));
    }

    /// What she sees now, and what happened.
    pub fn transcript(&self) -> Transcript {
        Transcript::of(self.shared.lock().room(self.chat_id))
    }

    /// What the bot did in this chat, in order.
    pub fn events(&self) -> Vec<Happened> {
        self.shared.lock().room(self.chat_id).events.clone()
    }

    /// Waits until the transcript is as described.
    pub async fn wait(&self, what: &str, is_so: impl Fn(&Transcript) -> bool) -> Transcript {
        let mut bell = self.shared.listen();
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let transcript = self.transcript();
            if is_so(&transcript) {
                return transcript;
            }
            let rung = tokio::time::timeout_at(deadline, bell.changed()).await;
            assert!(
                rung.is_ok(),
                "waited in vain for {what}; the chat is\n{transcript}"
            );
        }
    }

    /// Waits until the bot has done so many things in this chat, in all.
    pub async fn wait_events(&self, count: usize) -> Transcript {
        self.wait(&format!("{count} events"), |transcript| {
            transcript.events.len() >= count
        })
        .await
    }

    /// Does something and gives back what the bot did then: everything until nothing has come for `quiet`. Nothing if
    /// nothing comes within two seconds.
    pub async fn turn(&self, quiet: Duration, act: impl FnOnce(&Person)) -> Vec<Happened> {
        let before = self.events().len();
        act(self);
        self.until_quiet(before, quiet).await;
        self.events().split_off(before)
    }
}

/// The chat of one person with the bot.
pub fn private_chat(world: &mut World, chat: i64) {
    let room = world.rooms.entry(chat).or_default();
    room.json = json!({"id": chat, "type": "private", "first_name": "Ada"});
    room.person = json!({"id": chat, "is_bot": false, "first_name": "Ada", "language_code": "en"});
}

/// A chat of many.
pub fn public_chat(world: &mut World, chat: i64, kind: &str) {
    let room = world.rooms.entry(chat).or_default();
    room.json = json!({"id": chat, "type": kind, "title": "Neighbours"});
    room.person = match kind {
        "channel" => Value::Null,
        _ => json!({"id": 900_001, "is_bot": false, "first_name": "Bea"}),
    };
}
