//! What every refusal of the real server comes to. Source of the texts: tdlib/telegram-bot-api, `Client.cpp`.

use std::time::Duration;

use nightease::telegram::Verdict::{CannotEdit, ChatGone, GiveUp, StaleTap, Standing, TokenRefused, Wait};
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
    (
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
        Standing,
    ),
    (400, "Bad Request: message to edit not found", CannotEdit),
    (400, "Bad Request: message can't be edited", CannotEdit),
    (400, "Bad Request: MESSAGE_ID_INVALID", CannotEdit),
    (
        400,
        "Bad Request: message identifier is not specified",
        CannotEdit,
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
    (400, "Bad Request: chat not found", ChatGone),
    (400, "Bad Request: private chat not found", ChatGone),
    (400, "Bad Request: PEER_ID_INVALID", ChatGone),
    (403, "Forbidden: bot was blocked by the user", ChatGone),
    (403, "Forbidden: user is deactivated", ChatGone),
    (403, "Forbidden: bot was kicked from the group chat", ChatGone),
    (
        403,
        "Forbidden: bot was kicked from the supergroup chat",
        ChatGone,
    ),
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
    (403, "blocked by a firewall", Wait(None)),
    (400, "Bad Request: message is too long", GiveUp),
    (400, "Bad Request: message text is empty", GiveUp),
    (400, "Bad Request: BUTTON_DATA_INVALID", GiveUp),
    (
        400,
        "Bad Request: can't parse entities: unsupported start tag",
        GiveUp,
    ),
    (
        400,
        "Bad Request: not enough rights to send text messages to the chat",
        GiveUp,
    ),
    (400, "Bad Request: secret token is too long", GiveUp),
    (413, "Request Entity Too Large", GiveUp),
    (401, "Unauthorized", TokenRefused),
    (404, "Not Found", TokenRefused),
    (404, "Not Found: method not found", TokenRefused),
    (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        Wait(None),
    ),
    (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        Wait(None),
    ),
    (429, "Too Many Requests: retry after 5", Wait(None)),
    (500, "Internal Server Error", Wait(None)),
    (502, "Bad Gateway", Wait(None)),
    (504, "Gateway Timeout", Wait(None)),
    (400, "Bad Request: something new", GiveUp),
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
fn a_quoted_secret_is_not_printed() {
    let said =
        "Bad Request: wrong URL https://api.telegram.org/bot123456:AAAAAAAAAAAAAAAAAAAA/x, see text=\"leg\"";
    let printed = refused(400, said).to_string();
    assert!(printed.contains("400 Bad Request: wrong URL"), "{printed}");
    assert!(!printed.contains("AAAA") && !printed.contains("leg"), "{printed}");
}
