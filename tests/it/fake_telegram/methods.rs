//! The methods but `getUpdates`.

use std::time::Instant;

use serde_json::{Map, Value, json};

use super::rules;
use super::world::{Answer, Happened, Refused, Stored, World, bad};

type Arguments = Map<String, Value>;

/// Integers may come as text, as in forms.
pub fn integer(arguments: &Arguments, name: &str) -> Option<i64> {
    let value = arguments.get(name)?;
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

pub fn call(world: &mut World, method: &str, arguments: &Arguments) -> Answer {
    match method {
        "getme" => Ok(me(world)),
        "sendmessage" => send(world, arguments),
        "editmessagetext" => edit_text(world, arguments),
        "editmessagereplymarkup" => edit_keyboard(world, arguments),
        "answercallbackquery" => answer_tap(world, arguments),
        "setmycommands" => set_commands(world, arguments),
        "getmycommands" => Ok(world.commands.clone()),
        "setmydescription" => {
            world.description = about(world, arguments, "description", 512)?;
            Ok(true.into())
        }
        "getmydescription" => Ok(json!({"description": world.description})),
        "setmyshortdescription" => {
            world.short_description = about(world, arguments, "short_description", 120)?;
            Ok(true.into())
        }
        "getmyshortdescription" => Ok(json!({"short_description": world.short_description})),
        "setwebhook" => {
            let text = |name: &str| arguments.get(name).and_then(Value::as_str);
            world.webhook = text("url").filter(|url| !url.is_empty()).map(str::to_owned);
            world.webhook_secret = text("secret_token").unwrap_or_default().to_owned();
            Ok(true.into())
        }
        "deletewebhook" => {
            world.webhook = None;
            Ok(true.into())
        }
        "getwebhookinfo" => Ok(json!({
            "url": world.webhook.clone().unwrap_or_default(),
            "has_custom_certificate": false,
            "pending_update_count": world.updates.len(),
        })),
        _ => {
            world.violate(format!("no method {method}"));
            Err(Refused {
                code: 404,
                description: "Not Found: method not found".to_owned(),
                parameters: None,
            })
        }
    }
}

fn me(world: &World) -> Value {
    let mut me = world.bot();
    me["can_join_groups"] = true.into();
    me["can_read_all_group_messages"] = false.into();
    me["supports_inline_queries"] = false.into();
    me
}

/// The chat of a request, if the bot may write there now.
fn open_chat(world: &mut World, arguments: &Arguments) -> Result<i64, Refused> {
    let chat = integer(arguments, "chat_id").ok_or_else(|| bad("chat_id is empty"))?;
    let room = world.rooms.get_mut(&chat).ok_or_else(|| bad("chat not found"))?;
    if let Some(refused) = &room.refuses {
        return Err(refused.clone());
    }
    if let Some(until) = room.flood_until {
        let left = until.saturating_duration_since(Instant::now());
        if !left.is_zero() {
            let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
            return Err(too_many(seconds));
        }
        room.flood_until = None;
    }
    Ok(chat)
}

pub fn too_many(seconds: u64) -> Refused {
    Refused {
        code: 429,
        description: format!("Too Many Requests: retry after {seconds}"),
        parameters: Some(json!({"retry_after": seconds})),
    }
}

fn send(world: &mut World, arguments: &Arguments) -> Answer {
    let chat = open_chat(world, arguments)?;
    let (text, entities) = rules::text(world, arguments)?;
    let keyboard = rules::keyboard(world, arguments)?;
    let mut extra = Map::new();
    if let Some(thread) = arguments.get("message_thread_id") {
        extra.insert("message_thread_id".to_owned(), thread.clone());
        extra.insert("is_topic_message".to_owned(), true.into());
    }
    let id = world.new_message_id();
    let date = world.now();
    let message = Stored {
        id,
        by_bot: true,
        text: text.clone(),
        entities,
        keyboard,
        date,
        edited: false,
        extra,
    };
    let answer = world.message_json(chat, &message);
    let room = world.room(chat);
    room.messages.insert(id, message);
    room.events.push(Happened::Sent { id, text });
    Ok(answer)
}

/// The message of a request, if it is the bot's to edit.
fn own_message(world: &mut World, arguments: &Arguments, chat: i64) -> Result<Stored, Refused> {
    let id = integer(arguments, "message_id").and_then(|id| i32::try_from(id).ok());
    let id = id.ok_or_else(|| bad("message identifier is not specified"))?;
    let message = world
        .room(chat)
        .messages
        .get(&id)
        .ok_or_else(|| bad("message to edit not found"))?;
    if message.by_bot {
        Ok(message.clone())
    } else {
        Err(bad("message can't be edited"))
    }
}

fn not_modified() -> Refused {
    bad(
        "message is not modified: specified new message content and reply markup are exactly the same as a current \
         content and reply markup of the message",
    )
}

fn edit_text(world: &mut World, arguments: &Arguments) -> Answer {
    let chat = open_chat(world, arguments)?;
    let before = own_message(world, arguments, chat)?;
    let (text, entities) = rules::text(world, arguments)?;
    let keyboard = rules::keyboard(world, arguments)?;
    if (&before.text, &before.entities, &before.keyboard) == (&text, &entities, &keyboard) {
        return Err(not_modified());
    }
    let event = Happened::Edited {
        id: before.id,
        text: text.clone(),
    };
    let after = Stored {
        text,
        entities,
        keyboard,
        edited: true,
        ..before
    };
    Ok(put(world, chat, after, event))
}

fn edit_keyboard(world: &mut World, arguments: &Arguments) -> Answer {
    let chat = open_chat(world, arguments)?;
    let before = own_message(world, arguments, chat)?;
    let keyboard = rules::keyboard(world, arguments)?;
    if before.keyboard == keyboard {
        return Err(not_modified());
    }
    let event = if keyboard.is_empty() {
        Happened::KeyboardRemoved { id: before.id }
    } else {
        Happened::KeyboardChanged { id: before.id }
    };
    Ok(put(world, chat, Stored { keyboard, ..before }, event))
}

fn put(world: &mut World, chat: i64, message: Stored, event: Happened) -> Value {
    let now = world.now();
    let mut answer = world.message_json(chat, &message);
    answer["edit_date"] = now.into();
    let room = world.room(chat);
    room.messages.insert(message.id, message);
    room.events.push(event);
    answer
}

fn answer_tap(world: &mut World, arguments: &Arguments) -> Answer {
    let now = world.now();
    let id = arguments
        .get("callback_query_id")
        .and_then(Value::as_str)
        .unwrap_or_default();
    match world.taps.get_mut(id) {
        Some(tap) if !tap.answered && tap.expires > now => {
            tap.answered = true;
            Ok(true.into())
        }
        _ => Err(bad(
            "query is too old and response timeout expired or query ID is invalid",
        )),
    }
}

fn set_commands(world: &mut World, arguments: &Arguments) -> Answer {
    let commands = arguments
        .get("commands")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let is_name = |name: &str| {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        (1..=32).contains(&name.len()) && name.bytes().all(allowed)
    };
    let fine = |command: &Value| {
        let text = command["description"].as_str().unwrap_or_default();
        command["command"].as_str().is_some_and(is_name) && (1..=256).contains(&text.chars().count())
    };
    if commands.len() > 100 || !commands.iter().all(fine) {
        world.violate("setmycommands: a name or a description that is not allowed");
        return Err(bad("BOT_COMMAND_INVALID"));
    }
    world.commands = commands.into();
    Ok(true.into())
}

fn about(world: &mut World, arguments: &Arguments, name: &str, limit: usize) -> Result<String, Refused> {
    let text = arguments
        .get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .trim();
    if text.chars().count() > limit {
        world.violate(format!("{name} of more than {limit} characters"));
        return Err(bad("bot description is too long"));
    }
    Ok(text.to_owned())
}
