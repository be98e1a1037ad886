//! A chat as it looks now.

use std::fmt;

use serde_json::Value;

use super::world::{Happened, Room, Stored};

/// One button.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenButton {
    pub label: String,
    /// `callback_data`, if it is a button to tap.
    pub data: Option<String>,
    pub copies: Option<String>,
    pub opens: Option<String>,
}

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    pub id: i32,
    pub by_bot: bool,
    pub text: String,
    /// The stretches in bold.
    pub bold: Vec<String>,
    pub rows: Vec<Vec<SeenButton>>,
    pub edited: bool,
}

impl Seen {
    pub fn labels(&self) -> Vec<&str> {
        self.rows
            .iter()
            .flatten()
            .map(|button| button.label.as_str())
            .collect()
    }
}

/// A chat.
#[derive(Clone, Debug, PartialEq)]
pub struct Transcript {
    pub messages: Vec<Seen>,
    pub events: Vec<Happened>,
}

impl Transcript {
    pub fn of(room: &Room) -> Transcript {
        Transcript {
            messages: room.messages.values().map(seen).collect(),
            events: room.events.clone(),
        }
    }

    /// The messages of the bot.
    pub fn of_bot(&self) -> Vec<&Seen> {
        self.messages.iter().filter(|message| message.by_bot).collect()
    }

    /// The newest message of the bot.
    pub fn last(&self) -> &Seen {
        self.of_bot().pop().expect("the bot has said nothing")
    }
}

impl fmt::Display for Transcript {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for message in &self.messages {
            let who = if message.by_bot { "bot" } else { "she" };
            writeln!(out, "{who} {}: {}", message.id, message.text)?;
            for row in &message.rows {
                let labels: Vec<String> = row.iter().map(|button| format!("[{}]", button.label)).collect();
                writeln!(out, "      {}", labels.join(" "))?;
            }
        }
        Ok(())
    }
}

fn seen(message: &Stored) -> Seen {
    Seen {
        id: message.id,
        by_bot: message.by_bot,
        text: message.text.clone(),
        bold: message
            .entities
            .iter()
            .filter_map(|entity| bold(&message.text, entity))
            .collect(),
        rows: message
            .keyboard
            .iter()
            .map(|row| row.iter().map(seen_button).collect())
            .collect(),
        edited: message.edited,
    }
}

fn bold(text: &str, entity: &Value) -> Option<String> {
    let number = |name: &str| usize::try_from(entity[name].as_u64()?).ok();
    let units: Vec<u16> = text.encode_utf16().collect();
    let stretch = units
        .iter()
        .skip(number("offset")?)
        .take(number("length")?)
        .copied();
    (entity["type"] == "bold").then(|| String::from_utf16_lossy(&stretch.collect::<Vec<_>>()))
}

fn seen_button(button: &Value) -> SeenButton {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    SeenButton {
        label: text(&button["text"]).unwrap_or_default(),
        data: text(&button["callback_data"]),
        copies: text(&button["copy_text"]["text"]),
        opens: text(&button["url"]),
    }
}
