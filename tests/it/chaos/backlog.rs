//! The bot was away for a day. Everybody who wrote is answered, in order, with a word about it; the urgent first.

use std::time::{Duration, Instant};

use nightease::app::serve::Door;
use nightease::delivery::Settings;
use nightease::telegram::PollSettings;
use serde_json::json;

use super::{answer_to, around, heads};
use crate::fake_telegram::{FakeTelegram, Happened, Person};
use crate::service::{Running, fast};

const CHATS: i64 = 300;
const DAY: i64 = 24 * 3600;
const ASKED: [&str; 3] = ["/start", "/about", "/help"];

/// Something she wrote so many seconds ago.
fn wrote(telegram: &FakeTelegram, her: &Person, text: &str, ago: i64) {
    her.send(json!({
        "text": text,
        "date": telegram.now() - ago,
        "entities": [{"type": "bot_command", "offset": 0, "length": text.len()}],
    }));
}

fn sent(her: &Person) -> Vec<String> {
    let texts = her.events().into_iter().filter_map(|event| match event {
        Happened::Sent { text, .. } => Some(text),
        _ => None,
    });
    texts.collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p28_a_backlog_of_a_day_is_answered_in_order() {
    let telegram = FakeTelegram::start().await;
    let people: Vec<Person> = (0..CHATS).map(|number| telegram.user(10_000 + number)).collect();
    for (number, her) in (0..).zip(&people) {
        // From 23 hours and 55 minutes ago to half an hour ago.
        let begun = DAY - 300 - number * (DAY - 2100) / CHATS;
        for (place, command) in (0..).zip(ASKED) {
            wrote(&telegram, her, command, begun - place * 60);
        }
    }
    let late = telegram.user(10_999);
    wrote(&telegram, &late, "/start", DAY + 60);
    // The last of all is urgent.
    let urgent = telegram.user(10_998);
    wrote(&telegram, &urgent, "/urgent", 1800);
    let door = Door::Polling(PollSettings {
        hold_seconds: 5,
        grace: Duration::from_secs(10),
    });
    let sending = Settings {
        // So that what is urgent has something to pass by.
        overall_per_second: 400.0,
        overall_burst: 10.0,
        ..fast()
    };
    let begun = Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let clock = std::sync::Arc::new(jiff::Timestamp::now);
    let running = Running::start_as(folder, &telegram, around(), door, clock, sending);
    urgent.wait_events(1).await;
    let before: usize = people.iter().map(|her| her.events().len()).sum();
    let all = usize::try_from(CHATS).unwrap() * ASKED.len();
    assert!(
        before < all,
        "{before} calm messages went out before the urgent one"
    );
    let away = "I was away and am back";
    let excuses = |her: &Person| sent(her).iter().filter(|text| text.contains(away)).count();
    let answers = ASKED.map(answer_to);
    for her in &people {
        her.wait("all answers", |_| {
            excuses(her) == ASKED.len() && sent(her).len() >= 5
        })
        .await;
        // In order: the excuse stands above or before each answer, which follows.
        let said: Vec<String> = sent(her);
        let place = |answer: &str| said.iter().position(|text| text.contains(answer));
        let places: Vec<_> = answers.iter().map(|answer| place(answer).unwrap()).collect();
        assert!(places.is_sorted(), "{places:?}\n{}", her.transcript());
    }
    println!("{all} updates of a day were answered in {:?}", begun.elapsed());
    // What is older than a day Telegram does not keep.
    assert!(heads(&late).is_empty());
    running.stop().await;
}
