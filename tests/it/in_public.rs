//! Groups and channels, over HTTP: one line with a way into the private chat, never a health word, never a flood.

use std::time::Duration;

use jiff::Timestamp;
use nightease::conversation::Surroundings;
use serde_json::json;

use crate::fake_telegram::{FakeTelegram, Happened, Person, Seen};
use crate::service::Running;

const QUIET: Duration = Duration::from_millis(300);
/// What no group may read. Parts of words count too.
const HEALTH_WORDS: [&str; 34] = [
    "pain",
    "cramp",
    "pregnan",
    "bleed",
    "blood",
    "leg",
    "clot",
    "baby",
    "fever",
    "midwife",
    "maternity",
    "birth",
    "womb",
    "foot",
    "feet",
    "calf",
    "ill",
    "sick",
    "doctor",
    "nurse",
    "hospital",
    "health",
    "emergency",
    "urgent",
    "danger",
    "unit",
    "woken",
    "night",
    "week",
    "mother",
    "symptom",
    "sign",
    "112",
    "999",
];

fn now() -> Surroundings {
    Surroundings {
        now: Timestamp::now(),
        time_zone: None,
        country: Some("GB".to_owned()),
        private_link: None,
    }
}

fn fine(telegram: &FakeTelegram, message: &Seen) {
    let mut all = message.text.to_lowercase();
    for label in message.labels() {
        all.push(' ');
        all.push_str(&label.to_lowercase());
    }
    for word in HEALTH_WORDS {
        let said = all.split(|letter: char| !letter.is_alphanumeric()).any(|part| {
            // Short ones only as words of their own.
            part == word || (word.len() > 4 && part.starts_with(word))
        });
        assert!(!said, "{word:?} in {all:?}");
    }
    assert!(!message.text.contains('\n'), "{:?}", message.text);
    assert_eq!(message.rows.len(), 1, "{message:?}");
    let button = &message.rows[0][0];
    let link = format!("https://t.me/{}?start=", telegram.username());
    assert!(
        button
            .opens
            .as_ref()
            .is_some_and(|opens| opens.starts_with(&link)),
        "{button:?}"
    );
}

async fn says_its_line(telegram: &FakeTelegram, room: &Person, act: impl FnOnce(&Person)) {
    let said = room.turn(QUIET, act).await;
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(matches!(said[0], Happened::Sent { .. }), "{said:?}");
    fine(telegram, room.transcript().last());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p12_a_group_and_a_channel_get_one_line_and_no_health_word() {
    let telegram = FakeTelegram::start().await;
    let running = Running::start(&telegram, now()).await;
    let words = "I am pregnant and my leg hurts";
    let all = [
        telegram.group(-1_001),
        telegram.group(-1_002),
        telegram.group(-1_003),
        telegram.group(-1_004),
        telegram.group(-1_005),
    ];
    says_its_line(&telegram, &all[0], |room| _ = room.send_text(words)).await;
    says_its_line(&telegram, &all[1], |room| _ = room.send_text("/start legs")).await;
    says_its_line(&telegram, &all[2], Person::add_bot).await;
    says_its_line(&telegram, &all[3], |room| _ = room.send_photo(Some(words))).await;
    says_its_line(&telegram, &all[4], |room| {
        room.send(json!({"text": words, "message_thread_id": 44, "is_topic_message": true}));
    })
    .await;
    let channel = telegram.channel(-1_006);
    says_its_line(&telegram, &channel, |room| _ = room.post(words)).await;
    // Every command, and none of them says more.
    for command in [
        "/help",
        "/tips",
        "/tips_legs",
        "/urgent",
        "/back",
        "/restart",
        "/why",
        "/cancel",
        "/privacy",
        "/forget",
        "/about",
        "/nonsense",
    ] {
        says_its_line(&telegram, &all[1], |room| _ = room.send_text(command)).await;
    }
    // Being thrown out is no reason to write there.
    let said = all[2].turn(QUIET, Person::remove_bot).await;
    assert!(said.is_empty(), "{said:?}");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_that_talks_on_is_not_flooded() {
    let telegram = FakeTelegram::start().await;
    let running = Running::start(&telegram, now()).await;
    let lively = telegram.group(-1_001);
    let other = telegram.group(-1_002);
    let her = telegram.user(5);
    let said = lively
        .turn(QUIET, |room| {
            for number in 0..50 {
                room.send_text(&format!("message {number}"));
            }
        })
        .await;
    assert_eq!(said.len(), 1, "{said:?}");
    // Commands are answered all the same, another group and a woman are not held up.
    says_its_line(&telegram, &lively, |room| _ = room.send_text("/start")).await;
    says_its_line(&telegram, &other, |room| _ = room.send_text("hello")).await;
    her.send_text("/start");
    her.wait_events(1).await;
    // Ten minutes after the last line the next message is answered, and only the next.
    let folder = running.stop().await;
    telegram.pass(11 * 60);
    let running = Running::start_in(folder, &telegram, now()).await;
    let said = lively
        .turn(QUIET, |room| {
            room.send_text("still there?");
            room.send_text("hello?");
        })
        .await;
    assert_eq!(said.len(), 1, "{said:?}");
    running.stop().await;
}
