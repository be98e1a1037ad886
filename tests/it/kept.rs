//! What is left in the files of the database: no word of hers, and nothing of a conversation that has expired or was
//! forgotten.

use std::fs;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use nightease::conversation::Surroundings;
use rusqlite::{Connection, OpenFlags};
use tokio::time::Instant;

use crate::fake_telegram::{FakeTelegram, Fault, Trouble};
use crate::service::Running;

const CANARY: &str = "kestrelfeather";
const HER_CHAT: i64 = 5_719_284_603;

fn now() -> Surroundings {
    Surroundings {
        now: Timestamp::now(),
        time_zone: None,
        country: None,
        private_link: None,
    }
}

/// All bytes of all files beside the database, and their names.
fn bytes(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        all.extend(entry.file_name().as_encoded_bytes());
        all.extend(fs::read(entry.path()).unwrap());
    }
    all
}

fn holds(folder: &Path, wanted: &[u8]) -> bool {
    bytes(folder).windows(wanted.len()).any(|part| part == wanted)
}

/// The sealed sessions, as they lie in the database.
fn sessions(folder: &Path) -> Vec<Vec<u8>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let database = Connection::open_with_flags(folder.join("test.sqlite"), flags).unwrap();
    let mut rows = database.prepare("SELECT body FROM session").unwrap();
    let bodies = rows.query_map((), |row| row.get(0)).unwrap();
    bodies.collect::<Result<_, _>>().unwrap()
}

async fn until(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(
            begun.elapsed() < Duration::from_secs(15),
            "waited in vain for {what}"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn her_words_and_her_chat_are_never_in_the_files() {
    let telegram = FakeTelegram::start().await;
    // Replies wait in the outbox for a while.
    telegram.plan(Fault::new(Trouble::BadGateway).on("sendMessage").times(2));
    let running = Running::start(&telegram, now()).await;
    let path = running.folder.path().to_owned();
    let her = telegram.user(HER_CHAT);
    let first = her.send_text(&format!("{CANARY} in my calf"));
    telegram.wait_confirmed().await;
    let secrets = || {
        let id = HER_CHAT.to_string();
        for secret in [CANARY.as_bytes(), b"calf", b"Woken by pain", id.as_bytes()] {
            assert!(!holds(&path, secret), "{}", String::from_utf8_lossy(secret));
        }
    };
    secrets();
    her.wait_events(1).await;
    her.edit_text(first, &format!("{CANARY}, since noon"));
    her.wait_events(2).await;
    her.send_photo(Some(CANARY));
    her.wait_events(3).await;
    her.send_text(&format!("/start {CANARY}"));
    her.wait_events(4).await;
    secrets();
    let folder = running.stop().await;
    assert!(!holds(folder.path(), CANARY.as_bytes()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_day_nothing_of_a_conversation_is_left() {
    let telegram = FakeTelegram::start().await;
    let running = Running::start(&telegram, now()).await;
    let her = telegram.user(HER_CHAT);
    her.send_text("/start legs");
    her.wait_events(2).await;
    her.tap("None of these");
    her.wait_events(3).await;
    let kept = sessions(running.folder.path());
    assert_eq!(kept.len(), 1);
    assert!(holds(running.folder.path(), &kept[0]));
    // A little less than a day later it is still there.
    let folder = running.stop().await;
    telegram.pass(23 * 3600 + 3500);
    let running = Running::start_in(folder, &telegram, now()).await;
    her.send_text("/help");
    her.wait_events(5).await;
    let kept = sessions(running.folder.path());
    assert_eq!(kept.len(), 1);
    // And a day after that it is not, though she never came back. The first thing a start does is to sweep.
    let folder = running.stop().await;
    telegram.pass(24 * 3600 + 1);
    let running = Running::start_in(folder, &telegram, now()).await;
    let path = running.folder.path().to_owned();
    until("the sweep", || sessions(&path).is_empty()).await;
    until("the files to hold nothing of it", || !holds(&path, &kept[0])).await;
    // She comes back to a fresh chat, and her old buttons are met calmly.
    her.tap("20 to 27 weeks");
    let chat = her
        .wait("a way on", |chat| {
            chat.last().text.contains("no longer kept") && !chat.last().rows.is_empty()
        })
        .await;
    assert!(chat.last().text.contains("Woken by pain?"), "{chat}");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forget_and_cancel_leave_nothing_at_once() {
    let telegram = FakeTelegram::start().await;
    let running = Running::start(&telegram, now()).await;
    let path = running.folder.path().to_owned();
    for (chat, way) in [(HER_CHAT, "/forget"), (HER_CHAT + 1, "/cancel")] {
        let her = telegram.user(chat);
        her.send_text("/start legs");
        her.wait_events(2).await;
        her.tap("None of these");
        her.wait_events(3).await;
        her.send_text("/help");
        her.wait_events(5).await;
        let kept = sessions(&path);
        assert_eq!(kept.len(), 1);
        her.send_text(way);
        her.wait_events(6).await;
        if way == "/forget" {
            her.tap("Yes, forget all");
        }
        until("the wipe", || sessions(&path).is_empty()).await;
        until("the files to hold nothing of it", || !holds(&path, &kept[0])).await;
    }
    running.stop().await;
}
