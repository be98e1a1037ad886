//! What an error of the Bot API means. The texts are those of the server's own source (tdlib/telegram-bot-api), which
//! also come as `error_code`; a library that compares whole strings misses some of them.

use std::time::Duration;

use super::client::{CallError, Refusal};

/// What a failed request comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// The message stands there already as it should.
    Standing,
    /// The message cannot be edited: send it anew.
    CannotEdit,
    /// A tap is too old to be answered, or was answered.
    StaleTap,
    /// This request can never succeed; others to the same chat may.
    GiveUp,
    /// Nobody is reached in this chat any more.
    ChatGone,
    /// The group lives on under another id.
    Moved(i64),
    /// Try again, not before this long from now.
    Wait(Option<Duration>),
    /// The server does not know the token, or the method.
    TokenRefused,
}

/// The chat does not exist for the bot.
const CHAT_GONE: &[&str] = &[
    "chat not found",
    "peer_id_invalid",
    "user is deactivated",
    "group chat was deactivated",
];
/// The message to edit is not there, or not the bot's to edit.
const CANNOT_EDIT: &[&str] = &[
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
    "message not found",
];

/// Decides what a failure means.
#[must_use]
pub fn judge(error: &CallError) -> Verdict {
    match error {
        CallError::Refused(refusal) => judge_refusal(refusal),
        CallError::Garbled { .. }
        | CallError::TimedOut(_)
        | CallError::Unreachable(_)
        | CallError::Broken => Verdict::Wait(None),
    }
}

fn judge_refusal(refusal: &Refusal) -> Verdict {
    let said = refusal.description.to_lowercase();
    let says = |texts: &[&str]| texts.iter().any(|text| said.contains(text));
    if let Some(chat) = refusal.migrate_to_chat_id {
        return Verdict::Moved(chat);
    }
    match refusal.code {
        400 if says(&["message is not modified"]) => Verdict::Standing,
        400 if says(&["query is too old", "query_id_invalid", "query id is invalid"]) => Verdict::StaleTap,
        400 if says(CANNOT_EDIT) => Verdict::CannotEdit,
        400 if says(CHAT_GONE) => Verdict::ChatGone,
        401 | 404 => Verdict::TokenRefused,
        403 if said.starts_with("forbidden") => Verdict::ChatGone,
        // Not Telegram's own 403: something in between refuses, and may stop to.
        403 => Verdict::Wait(None),
        429 => Verdict::Wait(refusal.retry_after),
        400..=499 if refusal.code != 409 && refusal.code != 408 => Verdict::GiveUp,
        _ => Verdict::Wait(refusal.retry_after),
    }
}
