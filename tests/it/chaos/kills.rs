//! The real binary is killed again and again while people talk with it over HTTP: every update is answered, no answer
//! is applied twice, and a message comes twice at the most, once for each kill.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use nightease::store::{Key, Waiting};
use tokio::task::JoinSet;

use super::{times, waiting};
use crate::dice::Dice;
use crate::fake_telegram::{FakeTelegram, Fault, Person, Trouble};
use crate::process::{Process, serve};
use crate::talkers::{Chat, SCRIPTS};

/// How often it is killed in all, if nobody wishes another number: `NIGHTEASE_KILLS=300 cargo test kills`.
const KILLS: u32 = 30;
/// So many programs run beside each other, each with a server of its own.
const WORLDS: u32 = 3;
/// In each of them.
const CHATS: i64 = 6;
/// Another seed gives other moments.
const SEED: u64 = 0x6e69_6768_7465_6173;
const KEY: &str = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a";

fn command(folder: &Path, telegram: &FakeTelegram) -> Command {
    let mut command = serve(folder, telegram);
    command.env("NIGHTEASE_KEY", KEY).env("NIGHTEASE_LOG", "warn");
    command
}

/// Plays scripts until the last kill, and the one begun to its end.
async fn talk(her: Person, number: usize, now: Timestamp, kills: Arc<AtomicU32>, last: u32) -> Chat {
    let mut chat = Chat::new(her, now, Arc::clone(&kills));
    let mut played = 0;
    while kills.load(Ordering::SeqCst) < last {
        for line in SCRIPTS[(number + played) % SCRIPTS.len()] {
            chat.act(line).await;
        }
        played += 1;
    }
    chat
}

/// One program with its server, killed so often. Gives back how many messages were due, and how many came twice.
async fn world(seed: u64, last: u32) -> (usize, u32) {
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
        let number = usize::try_from(number).unwrap();
        chats.spawn(talk(her, number, now, Arc::clone(&kills), last));
    }
    let mut dice = Dice(seed);
    while kills.load(Ordering::SeqCst) < last {
        // From before it is ready to far into the conversations.
        let moment = 250 + u64::try_from(dice.below(1_000)).unwrap();
        tokio::time::sleep(Duration::from_millis(moment)).await;
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
    telegram.wait_confirmed().await;
    process.signal("TERM");
    let (status, _) = process.end().await;
    assert_eq!(status.code(), Some(0), "{}", process.log());
    let key = Key::parse(KEY).unwrap();
    let left = waiting(&folder.path().join("nightease.sqlite"), &key);
    assert_eq!(left, Waiting::default());
    (said, doubled)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p1_p20_kills_at_random_moments_lose_no_update_and_apply_no_answer_twice() {
    let all = times("NIGHTEASE_KILLS", KILLS);
    println!("{all} kills, seed {SEED:#x}");
    let worlds = WORLDS.min(all.max(1));
    let mut running = JoinSet::new();
    for number in 0..worlds {
        let last = all / worlds + u32::from(number < all % worlds);
        running.spawn(world(SEED + u64::from(number), last));
    }
    let (mut said, mut doubled) = (0, 0);
    while let Some(ended) = running.join_next().await {
        let (more, twice) = ended.unwrap();
        said += more;
        doubled += twice;
    }
    println!("{said} messages, {doubled} of them twice");
    assert!(said > usize::try_from(all).unwrap(), "only {said} messages");
    assert!(doubled <= all * 2, "{doubled} messages doubled by {all} kills");
}
