//! What Telegram sent, as far as it matters here. Read leniently: every field may be missing or of another form, kinds
//! that are newer than this program are a case of their own, and reading never fails.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::tap::TapUpdate;

use crate::private::Private;

/// The chat a message belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Chat {
    /// Telegram's id of it.
    pub id: i64,
    /// Is it a chat of one person with the bot? All else is read by others.
    pub private: bool,
}

/// What a message carries besides text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Content {
    /// A photo or a video.
    Picture,
    /// A voice or video note, or a sound file.
    Voice,
    /// A sticker, an animation, a dice.
    Sticker,
    /// A position, which also changes by itself while she shares it.
    Position,
    /// Another kind that this program knows: a contact, a poll, a file.
    Thing,
    /// Not written by anybody: somebody joined, a message was pinned.
    Service,
    /// Nothing that this program knows.
    Strange,
}

/// Which field of a message says what it is. The first that is present decides: an animation comes with a `document`
/// and a venue with a `location`. Source: Bot API 10.3, type `Message`.
const FIELDS: &[(&str, Content)] = &[
    ("animation", Content::Sticker),
    ("sticker", Content::Sticker),
    ("dice", Content::Sticker),
    ("photo", Content::Picture),
    ("live_photo", Content::Picture),
    ("video", Content::Picture),
    ("voice", Content::Voice),
    ("audio", Content::Voice),
    ("video_note", Content::Voice),
    ("venue", Content::Thing),
    ("location", Content::Position),
    ("document", Content::Thing),
    ("paid_media", Content::Thing),
    ("story", Content::Thing),
    ("contact", Content::Thing),
    ("poll", Content::Thing),
    ("checklist", Content::Thing),
    ("game", Content::Thing),
    ("invoice", Content::Thing),
    ("new_chat_members", Content::Service),
    ("left_chat_member", Content::Service),
    ("chat_owner_left", Content::Service),
    ("chat_owner_changed", Content::Service),
    ("new_chat_title", Content::Service),
    ("new_chat_photo", Content::Service),
    ("delete_chat_photo", Content::Service),
    ("group_chat_created", Content::Service),
    ("supergroup_chat_created", Content::Service),
    ("channel_chat_created", Content::Service),
    ("message_auto_delete_timer_changed", Content::Service),
    ("migrate_to_chat_id", Content::Service),
    ("migrate_from_chat_id", Content::Service),
    ("pinned_message", Content::Service),
    ("connected_website", Content::Service),
    ("write_access_allowed", Content::Service),
    ("proximity_alert_triggered", Content::Service),
    ("boost_added", Content::Service),
    ("chat_background_set", Content::Service),
    ("checklist_tasks_done", Content::Service),
    ("checklist_tasks_added", Content::Service),
    ("direct_message_price_changed", Content::Service),
    ("paid_message_price_changed", Content::Service),
    ("forum_topic_created", Content::Service),
    ("forum_topic_edited", Content::Service),
    ("forum_topic_closed", Content::Service),
    ("forum_topic_reopened", Content::Service),
    ("general_forum_topic_hidden", Content::Service),
    ("general_forum_topic_unhidden", Content::Service),
    ("giveaway_created", Content::Service),
    ("giveaway", Content::Service),
    ("giveaway_winners", Content::Service),
    ("giveaway_completed", Content::Service),
    ("video_chat_scheduled", Content::Service),
    ("video_chat_started", Content::Service),
    ("video_chat_ended", Content::Service),
    ("video_chat_participants_invited", Content::Service),
];

/// A message or a post.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// Where it was written.
    pub chat: Option<Chat>,
    /// Its number within the chat.
    pub id: Option<i32>,
    /// The topic of a forum, where the chat has them.
    pub thread: Option<i32>,
    /// When it was written.
    pub date: Option<Timestamp>,
    /// When it was last changed.
    pub edit_date: Option<Timestamp>,
    /// Did a program write it? An anonymous administrator or a channel that speaks through one is not a program.
    pub from_program: bool,
    /// Its text or the caption of what it carries, unless that is blank.
    pub text: Option<Private<String>>,
    /// What else it carries.
    pub content: Content,
}

impl Message {
    fn read(fields: &Map<String, Value>) -> Message {
        let from_bot = flag(fields.get("from").and_then(Value::as_object), "is_bot");
        let content = FIELDS
            .iter()
            .find(|(name, _)| fields.get(*name).is_some_and(|value| !value.is_null()));
        Message {
            chat: fields.get("chat").and_then(read_chat),
            id: number(fields, "message_id"),
            thread: number(fields, "message_thread_id").filter(|_| flag(Some(fields), "is_topic_message")),
            date: moment(fields, "date"),
            edit_date: moment(fields, "edit_date"),
            from_program: flag(Some(fields), "is_automatic_forward")
                || (from_bot && !fields.contains_key("sender_chat")),
            text: words(fields, "text").or_else(|| words(fields, "caption")),
            content: content.map_or(Content::Strange, |(_, content)| *content),
        }
    }
}

/// A tap on a button.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Callback {
    /// What it is answered by.
    pub id: Option<String>,
    /// Who tapped. In a private chat this is the chat's id as well.
    pub from: Option<i64>,
    /// The message that carries the button. Telegram may know no more of it than where it stood.
    pub message: Option<Message>,
    /// What the button held. Empty for a button that held nothing.
    pub data: String,
}

impl Callback {
    fn read(fields: &Map<String, Value>) -> Callback {
        let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
        Callback {
            id: text("id"),
            from: fields.get("from").and_then(read_id),
            message: fields
                .get("message")
                .and_then(Value::as_object)
                .map(Message::read),
            data: text("data").unwrap_or_default(),
        }
    }
}

/// The bot's own standing in a chat has changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Membership {
    /// Which chat.
    pub chat: Option<Chat>,
    /// When.
    pub date: Option<Timestamp>,
    /// Could the bot be met there before?
    pub was_inside: bool,
    /// Can it be met there now? In a private chat: has she not blocked it?
    pub is_inside: bool,
}

impl Membership {
    fn read(fields: &Map<String, Value>) -> Membership {
        Membership {
            chat: fields.get("chat").and_then(read_chat),
            date: moment(fields, "date"),
            was_inside: inside(fields.get("old_chat_member"), false),
            is_inside: inside(fields.get("new_chat_member"), true),
        }
    }
}

/// What an update brings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A message in a private chat or a group.
    Message(Arc<Message>),
    /// A message that was changed.
    EditedMessage(Arc<Message>),
    /// A post in a channel.
    ChannelPost(Arc<Message>),
    /// A post that was changed.
    EditedChannelPost(Arc<Message>),
    /// A tap.
    Callback(Arc<Callback>),
    /// The bot was added, removed, blocked, unblocked.
    Membership(Arc<Membership>),
    /// Anything else.
    Other,
}

/// One update.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Update {
    /// Unique for the bot.
    pub update_id: Option<i64>,
    /// What it brings.
    pub kind: Kind,
}

impl Update {
    /// Reads the bytes of one update. Bytes that are no JSON object bring nothing.
    #[must_use]
    pub fn parse(body: &[u8]) -> Update {
        Update::read(&serde_json::from_slice(body).unwrap_or_default())
    }

    /// Reads an update that is parsed already.
    #[must_use]
    pub fn read(update: &Value) -> Update {
        let object = |name: &str| update.get(name).and_then(Value::as_object);
        let message = |name: &str| object(name).map(|fields| Arc::new(Message::read(fields)));
        let kind = (message("message").map(Kind::Message))
            .or_else(|| message("edited_message").map(Kind::EditedMessage))
            .or_else(|| message("channel_post").map(Kind::ChannelPost))
            .or_else(|| message("edited_channel_post").map(Kind::EditedChannelPost))
            .or_else(|| object("callback_query").map(|tap| Kind::Callback(Arc::new(Callback::read(tap)))))
            .or_else(|| object("my_chat_member").map(|it| Kind::Membership(Arc::new(Membership::read(it)))));
        Update {
            update_id: update.get("update_id").and_then(Value::as_i64),
            kind: kind.unwrap_or(Kind::Other),
        }
    }
}

/// Where an update came from: enough to accept it and to answer a tap, before it is understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// Unique for the bot.
    pub update_id: i64,
    /// The chat; for a tap without a message the person, whose id is that of the private chat.
    pub chat_id: i64,
    /// What a tap is answered by.
    pub callback_query_id: Option<String>,
}

impl Address {
    /// Reads it off an update that is parsed already.
    #[must_use]
    pub fn of(update: &Value) -> Option<Address> {
        let fields = update.as_object()?;
        let update_id = fields.get("update_id")?.as_i64()?;
        let tap = fields.get("callback_query");
        let inner = || fields.values().filter(|value| value.is_object());
        let chat = (tap.and_then(|tap| tap.get("message")?.get("chat")))
            .or_else(|| inner().find_map(|value| value.get("chat")));
        let person = || inner().find_map(|value| value.get("from").or_else(|| value.get("user")));
        Some(Address {
            update_id,
            chat_id: chat.and_then(read_id).or_else(|| person().and_then(read_id))?,
            callback_query_id: tap.and_then(|tap| Some(tap.get("id")?.as_str()?.to_owned())),
        })
    }
}

/// Reads the address off the bytes of one update. `None` if there is nobody to answer, or no update id.
#[must_use]
pub fn address(body: &[u8]) -> Option<Address> {
    Kept::of(body).address
}

/// What is kept of an update until it is handled.
pub struct Kept {
    /// Its id, if it has one.
    pub update_id: Option<i64>,
    /// Where it came from. `None` if there is nobody to answer, or no update id.
    pub address: Option<Address>,
    /// The update as it came; of a tap, only what is read of it.
    pub body: Vec<u8>,
}

impl Kept {
    /// Looks at the bytes of one update.
    #[must_use]
    pub fn of(body: &[u8]) -> Kept {
        if let Some(tap) = TapUpdate::read(body) {
            return Kept {
                update_id: Some(tap.update_id),
                address: Some(tap.address()),
                body: tap.to_bytes(),
            };
        }
        let update: Value = serde_json::from_slice(body).unwrap_or_default();
        Kept {
            update_id: update.get("update_id").and_then(Value::as_i64),
            address: Address::of(&update),
            body: body.to_vec(),
        }
    }
}

fn read_id(holder: &Value) -> Option<i64> {
    holder.get("id")?.as_i64()
}

fn read_chat(chat: &Value) -> Option<Chat> {
    let id = read_id(chat)?;
    let private = match chat.get("type").and_then(Value::as_str) {
        Some(kind) => kind == "private",
        // People have positive ids; groups and channels have negative ones.
        None => id > 0,
    };
    Some(Chat { id, private })
}

fn flag(fields: Option<&Map<String, Value>>, name: &str) -> bool {
    let value = fields.and_then(|fields| fields.get(name));
    value.and_then(Value::as_bool).unwrap_or(false)
}

fn number(fields: &Map<String, Value>, name: &str) -> Option<i32> {
    i32::try_from(fields.get(name)?.as_i64()?).ok()
}

/// Telegram writes moments in seconds, and 0 where it does not know.
fn moment(fields: &Map<String, Value>, name: &str) -> Option<Timestamp> {
    let seconds = fields.get(name)?.as_i64().filter(|seconds| *seconds > 0)?;
    Timestamp::from_second(seconds).ok()
}

fn words(fields: &Map<String, Value>, name: &str) -> Option<Private<String>> {
    let text = fields
        .get(name)?
        .as_str()
        .filter(|text| !text.trim().is_empty())?;
    Some(Private::new(text.to_owned()))
}

fn inside(member: Option<&Value>, unless_known: bool) -> bool {
    match member.and_then(|member| member.get("status")?.as_str()) {
        Some("left" | "kicked") => false,
        Some("restricted") => member
            .and_then(|member| member.get("is_member")?.as_bool())
            .unwrap_or(true),
        Some(_) => true,
        None => unless_known,
    }
}
