//! The real binary is killed again and again while people talk with it over HTTP: every update is answered, no answer
//! is applied twice, and a message comes twice at the most, once for each kill.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use nightease::store::{Key, SqliteStore, Store};
use tokio::task::JoinSet;

use crate::dice::Dice;
use crate::fake_telegram::{FakeTelegram, Fault, Person, Trouble};
use crate::process::{Process, serve};
use crate::talkers::{Chat, SCRIPTS};

/// How often it is killed, if nobody wishes another number: `NIGHTEASE_KILLS=300 cargo test kills`.
const KILLS: u32 = 20;
const CHATS: i64 = 6;
/// Another seed gives other moments.
const SEED: u64 = 0x6e69_6768_7465_6173;
const KEY: &str = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a";

fn how_many() -> u32 {
    std::env::var("NIGHTEASE_KILLS")
        .ok()
        .and_then(|wish| wish.parse().ok())
        .unwrap_or(KILLS)
}

fn command(folder: &Path, telegram: &FakeTelegram) -> Command {
    let mut command = serve(folder, telegram);
    command.env("NIGHTEASE_KEY", KEY).env("NIGHTEASE_LOG", "warn");
    command
}

/// Plays scripts until the last kill, and the one begun to its end.
async fn talk(her: Person, number: usize, now: Timestamp, kills: Arc<AtomicU32>) -> Chat {
    let mut chat = Chat::new(her, now, Arc::clone(&kills));
    let mut played = 0;
    while kills.load(Ordering::SeqCst) < how_many() {
        for line in SCRIPTS[(number + played) % SCRIPTS.len()] {
            chat.act(line).await;
        }
        played += 1;
    }
    chat
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_kills_lose_no_update_and_apply_no_answer_twice() {
    println!("seed {SEED:#x}");
    let telegram = FakeTelegram::start().await;
    // Between taking updates in and telling the server so there is time to die, and they come again.
    let slow = Trouble::Delay(Duration::from_millis(200));
    telegram.plan(Fault::new(slow).on("getUpdates").times(usize::MAX));
    let folder = tempfile::tempdir().unwrap();
    let now = Timestamp::now();
    let mut process = Process::start(command(folder.path(), &telegram), folder.path());
    let kills = Arc::new(AtomicU32::new(0));
    let mut chats = JoinSet::new();
    for number in 0..CHATS {
        let her = telegram.user(2_000 + number);
        chats.spawn(talk(
            her,
            usize::try_from(number).unwrap(),
            now,
            Arc::clone(&kills),
        ));
    }
    let mut dice = Dice(SEED);
    while kills.load(Ordering::SeqCst) < how_many() {
        // From before it is ready to far into the conversations.
        tokio::time::sleep(Duration::from_millis(
            250 + u64::try_from(dice.below(1_500)).unwrap(),
        ))
        .await;
        process.kill();
        kills.fetch_add(1, Ordering::SeqCst);
        process = Process::start(command(folder.path(), &telegram), folder.path());
        // A chat that has failed need not be waited for.
        if let Some(ended) = chats.try_join_next() {
            ended.unwrap();
            panic!("a chat ended before the last kill");
        }
    }
    let (mut said, mut doubled) = (0, 0);
    while let Some(chat) = chats.join_next().await {
        let chat = chat.unwrap();
        for (kill, times) in &chat.doubled {
            assert!(
                *times <= 1,
                "{times} messages doubled by kill {kill}:\n{}",
                chat.her.transcript()
            );
            doubled += times;
        }
        said += chat.expected.len();
    }
    println!("{said} messages, {doubled} of them twice");
    assert!(doubled <= how_many() * 2, "{doubled} messages doubled");
    telegram.wait_confirmed().await;
    process.signal("TERM");
    let (status, _) = process.end().await;
    assert_eq!(status.code(), Some(0), "{}", process.log());
    let key = Key::parse(KEY).unwrap();
    let store = SqliteStore::open(&folder.path().join("nightease.sqlite"), &key).unwrap();
    let waiting = store.waiting().unwrap();
    assert_eq!((waiting.inbox, waiting.outbox), (0, 0));
}
