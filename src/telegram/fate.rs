//! What an error of the Bot API means. The texts are those of the server's own source (tdlib/telegram-bot-api), which
//! also come as `error_code`; a library that compares whole strings misses some of them.
//!
//! Only these texts are ever printed. A server may quote what it was sent, and that may be her words.

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
    /// This message is not wanted there; others to the same chat may be.
    GiveUp,
    /// The request itself is wrong: only a change of this program mends that.
    Bug,
    /// Nobody is reached in this chat any more.
    ChatGone,
    /// The group lives on under another id.
    Moved(i64),
    /// Try again, not before this long from now.
    Wait(Option<Duration>),
    /// The server does not know the token, or the method, or does not let the bot speak at all.
    TokenRefused,
}

/// A code, a part of the text in lower case, and what that comes to. The first that fits counts.
const TEXTS: &[(i64, &str, Verdict)] = &[
    (400, "message is not modified", Verdict::Standing),
    (400, "query is too old", Verdict::StaleTap),
    (400, "query id is invalid", Verdict::StaleTap),
    (400, "query_id_invalid", Verdict::StaleTap),
    (400, "message to edit not found", Verdict::CannotEdit),
    (400, "message can't be edited", Verdict::CannotEdit),
    (400, "message_id_invalid", Verdict::CannotEdit),
    (400, "message identifier is not specified", Verdict::CannotEdit),
    (
        400,
        "there is no text in the message to edit",
        Verdict::CannotEdit,
    ),
    (400, "message not found", Verdict::CannotEdit),
    (400, "message_edit_time_expired", Verdict::CannotEdit),
    (400, "message_author_required", Verdict::CannotEdit),
    (400, "chat not found", Verdict::ChatGone),
    (400, "peer_id_invalid", Verdict::ChatGone),
    (400, "user not found", Verdict::ChatGone),
    (400, "have no access to the user", Verdict::ChatGone),
    (400, "user_is_blocked", Verdict::ChatGone),
    (400, "user is deactivated", Verdict::ChatGone),
    (400, "group chat was deactivated", Verdict::ChatGone),
    (400, "channel_private", Verdict::ChatGone),
    (400, "logged out", Verdict::TokenRefused),
    (400, "frozen_method_invalid", Verdict::TokenRefused),
    (400, "bot has already been closed", Verdict::TokenRefused),
    (400, "not enough rights", Verdict::GiveUp),
    (400, "have no rights to send", Verdict::GiveUp),
    (400, "have no write access", Verdict::GiveUp),
    (400, "need administrator rights", Verdict::GiveUp),
    (400, "chat_write_forbidden", Verdict::GiveUp),
    (400, "chat_send_plain_forbidden", Verdict::GiveUp),
    (400, "chat_restricted", Verdict::GiveUp),
    (400, "chat_admin_required", Verdict::GiveUp),
    (400, "user_banned_in_channel", Verdict::GiveUp),
    (400, "message thread not found", Verdict::GiveUp),
    (400, "topic_closed", Verdict::GiveUp),
    (400, "topic_deleted", Verdict::GiveUp),
    (400, "message is too long", Verdict::Bug),
    (400, "text is too long", Verdict::Bug),
    (400, "message text is empty", Verdict::Bug),
    (400, "message_empty", Verdict::Bug),
    (400, "reply markup is too long", Verdict::Bug),
    (400, "button_data_invalid", Verdict::Bug),
    (400, "button_copy_text_invalid", Verdict::Bug),
    (400, "button_url_invalid", Verdict::Bug),
    (400, "can't parse entities", Verdict::Bug),
    (400, "can't parse messageentity", Verdict::Bug),
    (400, "entity_bounds_invalid", Verdict::Bug),
    (400, "chat_id is empty", Verdict::Bug),
    (400, "chat identifier is empty", Verdict::Bug),
    (400, "text must be encoded in utf-8", Verdict::Bug),
    (400, "invalid webhook url", Verdict::Bug),
    (400, "bad webhook", Verdict::Bug),
    (400, "secret token is too long", Verdict::Bug),
    (400, "secret token contains unallowed characters", Verdict::Bug),
    (400, "bot_command_invalid", Verdict::Bug),
    (401, "unauthorized", Verdict::TokenRefused),
    (403, "bot was blocked by the user", Verdict::ChatGone),
    (403, "user is deactivated", Verdict::ChatGone),
    (403, "bot was kicked", Verdict::ChatGone),
    (403, "bot is not a member", Verdict::ChatGone),
    (403, "the group chat was deleted", Verdict::ChatGone),
    (403, "bot can't initiate conversation", Verdict::ChatGone),
    (403, "bots can't send messages to bots", Verdict::ChatGone),
    // What begins so is the server's own, whatever follows.
    (403, "forbidden:", Verdict::ChatGone),
    (404, "method not found", Verdict::TokenRefused),
    (404, "not found", Verdict::TokenRefused),
    (409, "webhook is active", Verdict::Wait(None)),
    (409, "terminated by other getupdates", Verdict::Wait(None)),
    (409, "terminated by setwebhook", Verdict::Wait(None)),
    (409, "terminated by other setwebhook", Verdict::Wait(None)),
    (413, "request entity too large", Verdict::Bug),
    (421, "unallowed token", Verdict::TokenRefused),
    (429, "too many requests", Verdict::Wait(None)),
    (500, "restart", Verdict::Wait(None)),
    (500, "internal server error", Verdict::Wait(None)),
    (502, "bad gateway", Verdict::Wait(None)),
    (504, "gateway timeout", Verdict::Wait(None)),
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
    if let Some(chat) = refusal.migrate_to_chat_id {
        return Verdict::Moved(chat);
    }
    let known = known(refusal).map(|(_, _, verdict)| *verdict);
    match known {
        Some(Verdict::Wait(_)) => Verdict::Wait(refusal.retry_after),
        Some(verdict) => verdict,
        None => match refusal.code {
            401 | 404 | 421 => Verdict::TokenRefused,
            // Not Telegram's own 403: something in between refuses, and may stop to.
            403 | 408 | 409 => Verdict::Wait(None),
            429 => Verdict::Wait(refusal.retry_after),
            400..=499 => Verdict::Bug,
            _ => Verdict::Wait(refusal.retry_after),
        },
    }
}

fn known(refusal: &Refusal) -> Option<&'static (i64, &'static str, Verdict)> {
    let said = refusal.description.to_lowercase();
    let mut texts = TEXTS.iter();
    texts.find(|(code, text, _)| *code == refusal.code && said.contains(text))
}

/// What may be printed of a refusal: the code, and the text if it is one of those above.
pub(super) fn printable(refusal: &Refusal) -> String {
    let code = refusal.code;
    match (refusal.migrate_to_chat_id, known(refusal)) {
        (Some(_), _) => format!("{code} (the group has moved)"),
        (None, Some((_, text, _))) => format!("{code} ({text})"),
        (None, None) => format!("{code} (in words that this program does not know)"),
    }
}
