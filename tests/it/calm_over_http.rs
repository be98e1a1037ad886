//! A sample of what she may send in the middle of a conversation, over HTTP: what comes back ends with buttons, and
//! her place is kept.

use std::time::Duration;

use jiff::Timestamp;
use nightease::conversation::Surroundings;
use serde_json::{Value, json};

use crate::fake_telegram::{FakeTelegram, Happened, Person};
use crate::service::Running;

const QUIET: Duration = Duration::from_millis(150);

async fn start(telegram: &FakeTelegram) -> Running {
    let around = Surroundings {
        now: Timestamp::now(),
        time_zone: None,
        country: None,
        private_link: None,
    };
    Running::start(telegram, around).await
}

/// Kinds of messages with how they are answered.
fn kinds() -> Vec<(Value, &'static str)> {
    let file = |more: Value| {
        let mut file = json!({"file_id": "f", "file_unique_id": "u"});
        file.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        file
    };
    vec![
        (json!({"text": "it hurts so much"}), "found no sign that I know"),
        (json!({"text": "/nonsense"}), "do not know this command"),
        (
            json!({"photo": [file(json!({"width": 9, "height": 9}))]}),
            "pictures",
        ),
        (
            json!({"video": file(json!({"width": 9, "height": 9, "duration": 3}))}),
            "pictures",
        ),
        (json!({"voice": file(json!({"duration": 3}))}), "voice"),
        (
            json!({"video_note": file(json!({"length": 9, "duration": 3}))}),
            "voice",
        ),
        (json!({"sticker": file(json!({"type": "regular"}))}), "stickers"),
        (json!({"dice": {"emoji": "🎲", "value": 4}}), "stickers"),
        (
            json!({"location": {"latitude": 1.5, "longitude": 2.5}}),
            "this kind of message",
        ),
        (
            json!({"contact": {"phone_number": "1", "first_name": "A"}}),
            "this kind of message",
        ),
        (json!({"document": file(json!({}))}), "this kind of message"),
        (
            json!({"poll": {"id": "1", "question": "?"}}),
            "this kind of message",
        ),
        (
            json!({"hologram_of_tomorrow": {"depth": 3}}),
            "this kind of message",
        ),
        (json!({}), "this kind of message"),
    ]
}

async fn is_asked_again(her: &Person, words: &str, act: impl FnOnce(&Person)) {
    let said = her.turn(QUIET, act).await;
    assert!(!said.is_empty(), "silence instead of {words:?}");
    let chat = her.transcript();
    let last = chat.last();
    assert!(last.text.contains(words), "{words:?} is missing:\n{chat}");
    assert!(last.text.contains("Where are you now?"), "{chat}");
    assert!(last.labels().contains(&"20 to 27 weeks"), "{chat}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p15_p27_whatever_she_sends_is_met_with_the_question_again() {
    let telegram = FakeTelegram::start().await;
    let running = start(&telegram).await;
    let her = telegram.user(71);
    her.send_text("/start");
    her.wait_events(1).await;
    let old = her.transcript().last().clone();
    her.tap("Cramp right now");
    her.wait_events(4).await;
    her.tap("None of these");
    her.wait_events(5).await;
    for (message, words) in kinds() {
        is_asked_again(&her, words, |her| _ = her.send(message)).await;
    }
    let first = her.transcript().messages[0].id;
    is_asked_again(&her, "found no sign that I know", |her| {
        her.edit_text(first, "I meant this")
    })
    .await;
    let button = old.rows[0][0].data.clone().unwrap();
    is_asked_again(&her, "older message", |her| her.tap_on(old.id, &button)).await;
    is_asked_again(&her, "older message", |her| her.tap_on(1, "v9:what")).await;
    // From before an outage.
    let long_ago = telegram.now() - 3600;
    is_asked_again(&her, "I was away", |her| {
        _ = her.send(json!({"text": "are you there?", "date": long_ago}));
    })
    .await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p9_p27_a_doubled_tap_is_applied_once_and_kinds_of_tomorrow_disturb_nobody() {
    let telegram = FakeTelegram::start().await;
    let running = start(&telegram).await;
    let her = telegram.user(72);
    her.send_text("/start legs");
    her.wait_events(2).await;
    // Both taps leave before the first is answered.
    let said = her
        .turn(QUIET, |her| {
            her.tap("None of these");
            her.tap_again();
        })
        .await;
    let edits = said.iter().filter(|it| matches!(it, Happened::Edited { .. }));
    assert_eq!((said.len(), edits.count()), (1, 1), "{said:?}");
    assert!(her.transcript().last().text.contains("Where are you now?"));
    let taps = telegram.requests_of("answercallbackquery");
    assert_eq!(taps.len(), 2);
    // An update twice under the same id, and one of a kind that this program does not know.
    let update = json!({"update_id": 814_999_001, "message": {
        "message_id": 9001, "date": telegram.now(), "text": "hello",
        "chat": {"id": 72, "type": "private"}, "from": {"id": 72, "is_bot": false}}});
    let said = her
        .turn(QUIET, |_| {
            telegram.redeliver(&update);
            telegram.redeliver(&update);
            let strange =
                json!({"update_id": 814_999_002, "telepathy": {"chat": {"id": 72, "type": "private"}}});
            telegram.redeliver(&strange);
        })
        .await;
    assert_eq!(said.len(), 1, "{said:?}");
    // She is served as before.
    her.tap("20 to 27 weeks");
    her.wait("the next question", |chat| {
        chat.last().text.contains("Look at both legs")
    })
    .await;
    running.stop().await;
}
