//! What the server takes: fields per method, lengths, entities, keyboards. Source: Bot API 10.3 and its server.

use serde_json::{Map, Value};

use super::world::{Refused, World, bad};

const TEXT_LIMIT: usize = 4096;
const ENTITY_LIMIT: usize = 100;
const ROW_LIMIT: usize = 8;
const BUTTON_LIMIT: usize = 100;

const ENTITY_TYPES: &[&str] = &[
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "date_time",
];

/// Method, fields it must have, fields it may have.
const METHODS: &[(&str, &[&str], &[&str])] = &[
    ("getme", &[], &[]),
    (
        "getupdates",
        &[],
        &["offset", "limit", "timeout", "allowed_updates"],
    ),
    (
        "sendmessage",
        &["chat_id", "text"],
        &[
            "business_connection_id",
            "message_thread_id",
            "direct_messages_topic_id",
            "parse_mode",
            "entities",
            "link_preview_options",
            "disable_notification",
            "protect_content",
            "allow_paid_broadcast",
            "message_effect_id",
            "suggested_post_parameters",
            "reply_parameters",
            "reply_markup",
        ],
    ),
    (
        "editmessagetext",
        &["chat_id", "message_id", "text"],
        &[
            "business_connection_id",
            "parse_mode",
            "entities",
            "link_preview_options",
            "reply_markup",
        ],
    ),
    (
        "editmessagereplymarkup",
        &["chat_id", "message_id"],
        &["business_connection_id", "reply_markup"],
    ),
    (
        "answercallbackquery",
        &["callback_query_id"],
        &["text", "show_alert", "url", "cache_time"],
    ),
    ("setmycommands", &["commands"], &["scope", "language_code"]),
    ("getmycommands", &[], &["scope", "language_code"]),
    ("setmydescription", &[], &["description", "language_code"]),
    ("getmydescription", &[], &["language_code"]),
    (
        "setmyshortdescription",
        &[],
        &["short_description", "language_code"],
    ),
    ("getmyshortdescription", &[], &["language_code"]),
    (
        "setwebhook",
        &["url"],
        &[
            "secret_token",
            "allowed_updates",
            "max_connections",
            "drop_pending_updates",
        ],
    ),
    ("deletewebhook", &[], &["drop_pending_updates"]),
    ("getwebhookinfo", &[], &[]),
];

/// What form a field has.
pub fn form(field: &str) -> &'static str {
    match field {
        "chat_id" | "message_id" | "offset" | "limit" | "timeout" | "message_thread_id" | "cache_time"
        | "max_connections" => "integer",
        "entities" | "commands" | "allowed_updates" => "array",
        "reply_markup" | "link_preview_options" | "scope" | "reply_parameters" => "object",
        "disable_notification" | "protect_content" | "show_alert" | "drop_pending_updates" => "boolean",
        _ => "string",
    }
}

fn has_form(value: &Value, form: &str) -> bool {
    match form {
        "integer" => value.is_i64() || value.as_str().is_some_and(|text| text.parse::<i64>().is_ok()),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "boolean" => value.is_boolean(),
        _ => value.is_string(),
    }
}

/// Writes down what is wrong with the fields of a request.
pub fn check_fields(world: &mut World, method: &str, arguments: &Map<String, Value>) {
    let Some((_, must, may)) = METHODS.iter().find(|(name, ..)| *name == method) else {
        return;
    };
    for field in *must {
        if !arguments.contains_key(*field) {
            world.violate(format!("{method} without {field}"));
        }
    }
    for (field, value) in arguments {
        if !must.contains(&field.as_str()) && !may.contains(&field.as_str()) {
            world.violate(format!("{method} has no field {field}"));
        } else if !has_form(value, form(field)) {
            world.violate(format!("{method}: {field} is not of the form {}", form(field)));
        }
    }
    if arguments.contains_key("parse_mode") {
        world.violate(format!(
            "{method} with parse_mode, which this server does not read"
        ));
    }
}

pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A text with its entities, trimmed as the server trims it.
pub fn text(world: &mut World, arguments: &Map<String, Value>) -> Result<(String, Vec<Value>), Refused> {
    let whole = arguments.get("text").and_then(Value::as_str).unwrap_or_default();
    let trimmed = whole.trim();
    if trimmed.is_empty() {
        world.violate("an empty text");
        return Err(bad("message text is empty"));
    }
    if units(trimmed) > TEXT_LIMIT {
        world.violate(format!("a text of {} UTF-16 units", units(trimmed)));
        return Err(bad("message is too long"));
    }
    let entities = arguments
        .get("entities")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    if entities.len() > ENTITY_LIMIT {
        world.violate(format!("{} entities", entities.len()));
    }
    let lead = units(whole) - units(whole.trim_start());
    let mut kept = Vec::new();
    for entity in entities {
        kept.push(check_entity(world, whole, lead, entity)?);
    }
    Ok((trimmed.to_owned(), kept))
}

fn check_entity(world: &mut World, text: &str, lead: usize, mut entity: Value) -> Result<Value, Refused> {
    let kind = entity["type"].as_str().unwrap_or_default();
    if !ENTITY_TYPES.contains(&kind) {
        world.violate(format!("an entity of type {kind:?}"));
    }
    let number = |name: &str| {
        entity[name]
            .as_u64()
            .and_then(|number| usize::try_from(number).ok())
    };
    let (Some(offset), Some(length)) = (number("offset"), number("length")) else {
        world.violate("an entity without offset or length");
        return Err(bad("can't parse MessageEntity"));
    };
    let edges: Vec<usize> = edges(text);
    if length == 0 || !edges.contains(&offset) || !edges.contains(&(offset + length)) {
        world.violate(format!(
            "an entity {offset}+{length} in a text of {} units",
            units(text)
        ));
        return Err(bad("entity begins or ends in a wrong place"));
    }
    entity["offset"] = offset.saturating_sub(lead).into();
    Ok(entity)
}

/// Where a letter begins or the text ends, in UTF-16 units.
fn edges(text: &str) -> Vec<usize> {
    let mut at = 0;
    let mut edges = vec![0];
    for letter in text.chars() {
        at += letter.len_utf16();
        edges.push(at);
    }
    edges
}

/// The rows of an inline keyboard; none if there is no markup.
pub fn keyboard(world: &mut World, arguments: &Map<String, Value>) -> Result<Vec<Vec<Value>>, Refused> {
    let Some(markup) = arguments.get("reply_markup") else {
        return Ok(Vec::new());
    };
    let only = markup
        .as_object()
        .is_some_and(|fields| fields.keys().all(|key| key == "inline_keyboard"));
    let rows = markup.get("inline_keyboard").and_then(Value::as_array);
    let (true, Some(rows)) = (only, rows) else {
        world.violate("a reply_markup that is not an inline keyboard");
        return Err(bad("object expected as reply markup"));
    };
    let rows: Vec<Vec<Value>> = rows
        .iter()
        .map(|row| row.as_array().cloned().unwrap_or_default())
        .filter(|row| !row.is_empty())
        .collect();
    let count: usize = rows.iter().map(Vec::len).sum();
    if count > BUTTON_LIMIT || rows.iter().any(|row| row.len() > ROW_LIMIT) {
        world.violate(format!("{count} buttons, or more than {ROW_LIMIT} in a row"));
        return Err(bad("REPLY_MARKUP_TOO_LONG"));
    }
    for button in rows.iter().flatten() {
        if let Err(error) = check_button(button) {
            world.violate(format!("a button: {error}"));
            return Err(bad(error));
        }
    }
    Ok(rows)
}

fn check_button(button: &Value) -> Result<(), &'static str> {
    let fields = button.as_object().ok_or("object expected as button")?;
    if fields
        .keys()
        .any(|key| !["text", "callback_data", "copy_text", "url", "style"].contains(&key.as_str()))
    {
        return Err("unknown field of a button");
    }
    if fields
        .get("text")
        .and_then(Value::as_str)
        .is_none_or(|text| text.trim().is_empty())
    {
        return Err("can't parse inline keyboard button: text must be non-empty");
    }
    let actions = fields
        .keys()
        .filter(|key| !["text", "style"].contains(&key.as_str()))
        .count();
    if actions != 1 {
        return Err("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard");
    }
    if let Some(data) = fields.get("callback_data")
        && data.as_str().is_none_or(|data| !(1..=64).contains(&data.len()))
    {
        return Err("BUTTON_DATA_INVALID");
    }
    if let Some(copy) = fields.get("copy_text")
        && copy["text"]
            .as_str()
            .is_none_or(|text| !(1..=256).contains(&text.chars().count()))
    {
        return Err("BUTTON_COPY_TEXT_INVALID");
    }
    if let Some(url) = fields.get("url")
        && url.as_str().is_none_or(|url| {
            !["https://", "http://", "tg://"]
                .iter()
                .any(|it| url.starts_with(it))
        })
    {
        return Err("inline keyboard button URL is invalid");
    }
    Ok(())
}
