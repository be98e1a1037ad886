//! What every refusal of the real server comes to. Source of the texts: tdlib/telegram-bot-api, `Client.cpp`.

use std::time::Duration;

use nightease::telegram::Verdict::{
    Bug, CannotEdit, ChatGone, GiveUp, StaleTap, Standing, TokenRefused, Wait,
};
use nightease::telegram::{CallError, Refusal, Verdict, judge};

fn refused(code: i64, description: &str) -> CallError {
    CallError::Refused(Refusal {
        code,
        description: description.to_owned(),
        retry_after: None,
        migrate_to_chat_id: None,
    })
}

const TEXTS: &[(i64, &str, Verdict)] = &[
    // Client::fail_query_with_error.
    (
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
        Standing,
    ),
    (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
        StaleTap,
    ),
    (
        400,
        "Bad Request: query is too old and response timeout expired or query id is invalid",
        StaleTap,
    ),
    (400, "Bad Request: QUERY_ID_INVALID", StaleTap),
    (400, "Bad Request: reply markup is too long", Bug),
    (403, "Forbidden: user is deactivated", ChatGone),
    (403, "Forbidden: bot was blocked by the user", ChatGone),
    (400, "Bad Request: FROZEN_METHOD_INVALID", TokenRefused),
    // Client::check_message, and what TDLib says of messages.
    (400, "Bad Request: message to edit not found", CannotEdit),
    (400, "Bad Request: message can't be edited", CannotEdit),
    (400, "Bad Request: message not found", CannotEdit),
    (400, "Bad Request: MESSAGE_ID_INVALID", CannotEdit),
    (
        400,
        "Bad Request: message identifier is not specified",
        CannotEdit,
    ),
    (
        400,
        "Bad Request: there is no text in the message to edit",
        CannotEdit,
    ),
    (400, "Bad Request: MESSAGE_EDIT_TIME_EXPIRED", CannotEdit),
    (400, "Bad Request: MESSAGE_AUTHOR_REQUIRED", CannotEdit),
    // Client::check_chat_access.
    (400, "Bad Request: chat not found", ChatGone),
    (400, "Bad Request: private chat not found", ChatGone),
    (400, "Bad Request: PEER_ID_INVALID", ChatGone),
    (400, "Bad Request: have no access to the user", ChatGone),
    (400, "Bad Request: user not found", ChatGone),
    (400, "Bad Request: CHANNEL_PRIVATE", ChatGone),
    (403, "Forbidden: bot was kicked from the group chat", ChatGone),
    (
        403,
        "Forbidden: bot was kicked from the supergroup chat",
        ChatGone,
    ),
    (403, "Forbidden: bot was kicked from the channel chat", ChatGone),
    (403, "Forbidden: bot is not a member of the group chat", ChatGone),
    (
        403,
        "Forbidden: bot is not a member of the supergroup chat",
        ChatGone,
    ),
    (
        403,
        "Forbidden: bot is not a member of the channel chat",
        ChatGone,
    ),
    (403, "Forbidden: the group chat was deleted", ChatGone),
    (
        403,
        "Forbidden: bot can't initiate conversation with a user",
        ChatGone,
    ),
    (403, "Forbidden: bots can't send messages to bots", ChatGone),
    (403, "Forbidden: something that is said tomorrow", ChatGone),
    (403, "blocked by a firewall", Wait(None)),
    // Rights and topics of groups.
    (
        400,
        "Bad Request: not enough rights to send text messages to the chat",
        GiveUp,
    ),
    (400, "Bad Request: have no rights to send a message", GiveUp),
    (400, "Bad Request: have no write access to the chat", GiveUp),
    (
        400,
        "Bad Request: need administrator rights in the channel chat",
        GiveUp,
    ),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN", GiveUp),
    (400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN", GiveUp),
    (400, "Bad Request: CHAT_RESTRICTED", GiveUp),
    (400, "Bad Request: CHAT_ADMIN_REQUIRED", GiveUp),
    (400, "Bad Request: USER_BANNED_IN_CHANNEL", GiveUp),
    (400, "Bad Request: message thread not found", GiveUp),
    (400, "Bad Request: TOPIC_CLOSED", GiveUp),
    (400, "Bad Request: TOPIC_DELETED", GiveUp),
    // What a program does wrong.
    (400, "Bad Request: message is too long", Bug),
    (400, "Bad Request: text is too long", Bug),
    (400, "Bad Request: message text is empty", Bug),
    (400, "Bad Request: MESSAGE_EMPTY", Bug),
    (400, "Bad Request: BUTTON_DATA_INVALID", Bug),
    (400, "Bad Request: BUTTON_COPY_TEXT_INVALID", Bug),
    (400, "Bad Request: BUTTON_URL_INVALID", Bug),
    (
        400,
        "Bad Request: can't parse entities: unsupported start tag",
        Bug,
    ),
    (
        400,
        "Bad Request: can't parse MessageEntity: field \"offset\" must be a number",
        Bug,
    ),
    (400, "Bad Request: ENTITY_BOUNDS_INVALID", Bug),
    (400, "Bad Request: chat_id is empty", Bug),
    (400, "Bad Request: chat identifier is empty", Bug),
    (400, "Bad Request: text must be encoded in UTF-8", Bug),
    (400, "Bad Request: BOT_COMMAND_INVALID", Bug),
    (400, "Bad Request: invalid webhook URL specified", Bug),
    (
        400,
        "Bad Request: bad webhook: HTTPS URL must be provided for webhook",
        Bug,
    ),
    (400, "Bad Request: secret token is too long", Bug),
    (
        400,
        "Bad Request: secret token contains unallowed characters",
        Bug,
    ),
    (400, "Bad Request: something new", Bug),
    (413, "Request Entity Too Large", Bug),
    // ClientManager::send, Client::get_closing_error, Client::on_cmd.
    (400, "Logged out", TokenRefused),
    (400, "Bad Request: the bot has already been closed", TokenRefused),
    (401, "Unauthorized", TokenRefused),
    (401, "Unauthorized: invalid token specified", TokenRefused),
    (401, "Unauthorized: invalid api-id/api-hash", TokenRefused),
    (404, "Not Found", TokenRefused),
    (404, "Not Found: method not found", TokenRefused),
    (
        404,
        "Not Found: absolute URI is specified in the Request-Line",
        TokenRefused,
    ),
    (
        421,
        "Misdirected Request: unallowed token specified",
        TokenRefused,
    ),
    (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        Wait(None),
    ),
    (409, "Conflict: terminated by setWebhook request", Wait(None)),
    (409, "Conflict: terminated by other setWebhook", Wait(None)),
    (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        Wait(None),
    ),
    (429, "Too Many Requests: retry after 5", Wait(None)),
    (500, "Internal Server Error: restart", Wait(None)),
    (
        500,
        "Internal Server Error: sent message was immediately deleted and can't be returned",
        Wait(None),
    ),
    (500, "Internal Server Error", Wait(None)),
    (502, "Bad Gateway", Wait(None)),
    (504, "Gateway Timeout", Wait(None)),
];

#[test]
fn every_text_of_the_server() {
    for (code, description, verdict) in TEXTS {
        assert_eq!(
            judge(&refused(*code, description)),
            *verdict,
            "{code} {description}"
        );
    }
}

#[test]
fn what_comes_with_parameters() {
    let mut flood = Refusal {
        code: 429,
        description: "Too Many Requests: retry after 35".to_owned(),
        retry_after: Some(Duration::from_secs(35)),
        migrate_to_chat_id: None,
    };
    assert_eq!(
        judge(&CallError::Refused(flood.clone())),
        Verdict::Wait(Some(Duration::from_secs(35)))
    );
    flood.code = 400;
    flood.description = "Bad Request: group chat was upgraded to a supergroup chat".to_owned();
    flood.migrate_to_chat_id = Some(-1007);
    assert_eq!(judge(&CallError::Refused(flood)), Verdict::Moved(-1007));
}

#[test]
fn trouble_on_the_way_passes() {
    let troubles = [
        CallError::Garbled { status: 502 },
        CallError::Garbled { status: 400 },
        CallError::TimedOut(Duration::from_secs(15)),
        CallError::Unreachable("connection refused".to_owned()),
        CallError::Broken,
    ];
    for trouble in troubles {
        assert_eq!(judge(&trouble), Verdict::Wait(None));
    }
}

#[test]
fn p30_nothing_of_what_a_server_quotes_is_printed() {
    for (code, said) in [
        (
            400,
            "Bad Request: can't parse entities: unsupported start tag leg",
        ),
        (
            400,
            "Bad Request: wrong URL https://api.telegram.org/bot123456:AAAAAAAAAAAAAAAAAAAA/x",
        ),
        (400, "leg AAAA"),
        (403, "Forbidden: leg AAAA"),
        (418, "leg AAAA"),
        (500, "Internal Server Error: leg AAAA"),
    ] {
        let error = refused(code, said);
        let printed = format!("{error} {error:?}");
        assert!(printed.contains(&code.to_string()), "{printed}");
        assert!(!printed.contains("AAAA") && !printed.contains("leg"), "{printed}");
    }
    let known = refused(400, "Bad Request: message to edit not found").to_string();
    assert!(known.contains("message to edit not found"), "{known}");
}
