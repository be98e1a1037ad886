//! SIGTERM while many talk: it ends within ten seconds and with 0, and nobody gets a message less or one twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use tokio::task::JoinSet;

use super::times;
use crate::dice::Dice;
use crate::fake_telegram::{FakeTelegram, Fault, PATIENCE, Person, Trouble};
use crate::process::{Process, serve};
use crate::talkers::{Chat, SCRIPTS};

const STOPS: u32 = 6;
const CHATS: i64 = 24;
const SEED: u64 = 15;

async fn talk(her: Person, number: usize, now: Timestamp, stops: Arc<AtomicU32>, last: u32) -> Chat {
    let mut chat = Chat::new(her, now, Arc::clone(&stops));
    let mut played = 0;
    while stops.load(Ordering::SeqCst) < last {
        for line in SCRIPTS[(number + played) % SCRIPTS.len()] {
            chat.act(line).await;
        }
        played += 1;
    }
    chat
}

/// `NIGHTEASE_STOPS=50 cargo test signals` does it more often.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_under_load_is_quick_and_nobody_notices_it() {
    let last = times("NIGHTEASE_STOPS", STOPS);
    let telegram = FakeTelegram::start().await;
    // Requests are under way for a while, so that a stop meets some.
    let slow = Trouble::Delay(Duration::from_millis(40));
    telegram.plan(Fault::new(slow).on("sendMessage").times(usize::MAX));
    let folder = tempfile::tempdir().unwrap();
    let now = Timestamp::now();
    let start = || {
        let mut command = serve(folder.path(), &telegram);
        command
            .env("NIGHTEASE_LOG", "info")
            .env("NIGHTEASE_MESSAGES_PER_SECOND", "1000000")
            .env("NIGHTEASE_CHAT_MESSAGES_PER_SECOND", "1000000");
        Process::start(command, folder.path())
    };
    let mut process = start();
    let stops = Arc::new(AtomicU32::new(0));
    let mut chats = JoinSet::new();
    for number in 0..CHATS {
        let her = telegram.user(6_000 + number);
        let number = usize::try_from(number).unwrap();
        chats.spawn(talk(her, number, now, Arc::clone(&stops), last));
    }
    let mut dice = Dice(SEED);
    while stops.load(Ordering::SeqCst) < last {
        // Whoever is told to end before it listens to signals has nothing in hand, and no code of its own.
        let starts = usize::try_from(stops.load(Ordering::SeqCst)).unwrap() + 1;
        let begun = tokio::time::Instant::now();
        while process.log().matches("listening").count() < starts {
            let runs = process.runs();
            assert!(runs && begun.elapsed() < PATIENCE, "{}", process.log());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let moment = 200 + u64::try_from(dice.below(700)).unwrap();
        tokio::time::sleep(Duration::from_millis(moment)).await;
        process.signal("TERM");
        let (status, took) = process.end().await;
        assert_eq!(status.code(), Some(0), "{}", process.log());
        assert!(took < Duration::from_secs(10), "{took:?}");
        stops.fetch_add(1, Ordering::SeqCst);
        process = start();
        if let Some(ended) = chats.try_join_next() {
            ended.unwrap();
            panic!("a chat ended before the last stop");
        }
    }
    let mut said = 0;
    while let Some(chat) = chats.join_next().await {
        let chat = chat.unwrap();
        assert!(chat.doubled.is_empty(), "{}", chat.her.transcript());
        said += chat.expected.len();
    }
    println!("{said} messages over {last} stops, none twice");
    assert!(!process.log().contains("it goes out again"), "{}", process.log());
    telegram.wait_confirmed().await;
}
