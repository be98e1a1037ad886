//! Bad weather, by fixed seeds over real HTTP: 429, pages of proxies, connections that break before and after, late
//! answers, updates that come twice, a database that somebody else holds. Every update is answered in order, no answer
//! is applied twice, nothing goes to the wrong chat, and a message comes twice only when its own connection broke.

use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::time::Duration;

use jiff::Timestamp;
use nightease::store::{Key, Waiting};
use rusqlite::Connection;
use tokio::task::JoinSet;

use super::{around, times, waiting};
use crate::fake_telegram::{FakeTelegram, Fault, Person, Trouble};
use crate::service::Running;
use crate::talkers::{Chat, SCRIPTS};

const CHATS: i64 = 5;

/// Five in a hundred of each, and three that are late.
fn turn_bad(telegram: &FakeTelegram, seed: u64) {
    let flood = Trouble::Refuse {
        code: 429,
        description: "Too Many Requests: retry after 1".to_owned(),
        retry_after: Some(1),
    };
    let late = Trouble::Delay(Duration::from_secs(3));
    let troubles = [
        (flood, 5),
        (Trouble::BadGateway, 5),
        (Trouble::DropBefore, 5),
        (Trouble::DropAfter, 5),
        (late, 3),
    ];
    for (place, (trouble, percent)) in (0..).zip(troubles) {
        telegram.plan(Fault::new(trouble).percent(percent, seed * 100 + place));
    }
}

async fn talk(her: Person, number: usize, now: Timestamp) -> Chat {
    let mut chat = Chat::new(her, now, Arc::new(AtomicU32::new(0)));
    for line in SCRIPTS[number % SCRIPTS.len()] {
        chat.act(line).await;
    }
    chat
}

/// Somebody else holds the database for a moment, again and again.
async fn hold(database: std::path::PathBuf) {
    let other = Connection::open(database).unwrap();
    loop {
        // Busy now and then: that is the point.
        if other.execute_batch("BEGIN IMMEDIATE").is_ok() {
            tokio::time::sleep(Duration::from_millis(150)).await;
            other.execute_batch("ROLLBACK").unwrap();
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

async fn weather(seed: u64) {
    let telegram = FakeTelegram::start().await;
    let running = Running::start(&telegram, around()).await;
    telegram
        .wait("the first poll", |telegram| {
            !telegram.requests_of("getupdates").is_empty()
        })
        .await;
    turn_bad(&telegram, seed);
    let holder = tokio::spawn(hold(running.folder.path().join("test.sqlite")));
    let mut chats = JoinSet::new();
    for number in 0..CHATS {
        let her = telegram.user(3_000 + number);
        chats.spawn(talk(her, usize::try_from(number).unwrap(), Timestamp::now()));
    }
    let mut doubled = 0;
    loop {
        tokio::select! {
            ended = chats.join_next() => match ended {
                Some(chat) => doubled += chat.unwrap().doubled.values().sum::<u32>(),
                None => break,
            },
            () = tokio::time::sleep(Duration::from_millis(250)) => {
                // What is not confirmed comes once more, under the same id.
                let mut pending = telegram.pending();
                pending.dedup();
                for update in pending {
                    telegram.redeliver(&update);
                }
            }
        }
    }
    holder.abort();
    let broken = telegram.dropped_after();
    assert!(broken > 0, "the weather was fine");
    assert!(
        usize::try_from(doubled).unwrap() <= broken,
        "{doubled} doubled, {broken} broken"
    );
    println!("seed {seed}: {doubled} messages twice, {broken} connections broken after the request");
    let folder = running.stop().await;
    let left = waiting(&folder.path().join("test.sqlite"), &Key::from_bytes([7; 32]));
    assert_eq!(left, Waiting::default());
}

/// `NIGHTEASE_SEEDS=30 cargo test weather` plays more of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p1_p8_p19_p20_bad_weather_loses_nothing_and_applies_nothing_twice() {
    let mut seeds = JoinSet::new();
    for seed in 1..=times("NIGHTEASE_SEEDS", 3) {
        while seeds.len() >= 3 {
            seeds.join_next().await.unwrap().unwrap();
        }
        seeds.spawn(weather(u64::from(seed)));
    }
    while let Some(ended) = seeds.join_next().await {
        ended.unwrap();
    }
}
