//! A database that cannot be written. It may grow no further, while Telegram takes nothing: what comes stays with Telegram,
//! nothing that was taken in is lost, and once messages can leave again there is room again, by itself. Or another program
//! holds it for long.

use std::time::Duration;

use nightease::store::{Key, Waiting};

use super::{answer_to, heads, waiting};
use crate::fake_telegram::{FakeTelegram, Fault, Person, Trouble};
use crate::process::{Process, serve};

const KEY: &str = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a";
/// More than one MiB of answers.
const CHATS: i64 = 160;
const ASKED: [&str; 4] = ["/about", "/privacy", "/tips", "/help"];

fn is_answered(her: &Person) -> bool {
    let said = heads(her);
    let answers = ASKED.map(answer_to);
    let said: Vec<&String> = said.iter().filter(|said| answers.contains(said)).collect();
    // Each once, in the order in which they were asked.
    said.iter().copied().eq(answers.iter())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_database_loses_nothing_and_recovers_by_itself() {
    let telegram = FakeTelegram::start().await;
    telegram.plan(
        Fault::new(Trouble::BadGateway)
            .on("sendMessage")
            .times(usize::MAX),
    );
    let folder = tempfile::tempdir().unwrap();
    let mut command = serve(folder.path(), &telegram);
    command
        .env("NIGHTEASE_KEY", KEY)
        .env("NIGHTEASE_LOG", "error")
        .env("NIGHTEASE_DATABASE_MEGABYTES", "1")
        .env("NIGHTEASE_MESSAGES_PER_SECOND", "1000000")
        .env("NIGHTEASE_CHAT_MESSAGES_PER_SECOND", "1000000");
    let mut process = Process::start(command, folder.path());
    let people: Vec<Person> = (0..CHATS).map(|number| telegram.user(8_000 + number)).collect();
    for command in ASKED {
        for her in &people {
            her.send_text(command);
        }
    }
    process.logs("it is nearly full").await;
    // It goes on trying, and what it could not store is still with Telegram.
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert!(process.runs());
    assert!(!telegram.pending().is_empty(), "there was room for everything");
    let size = folder.path().join("nightease.sqlite").metadata().unwrap().len();
    assert!(size <= 1024 * 1024, "{size}");
    telegram.clear_up();
    for her in &people {
        her.wait("every answer, in order", |_| is_answered(her)).await;
    }
    telegram.wait_confirmed().await;
    process.signal("TERM");
    assert_eq!(process.end().await.0.code(), Some(0), "{}", process.log());
    let left = waiting(&folder.path().join("nightease.sqlite"), &Key::parse(KEY).unwrap());
    assert_eq!(left, Waiting::default());
}

/// Longer than the program waits for it at a time.
const HELD: Duration = Duration::from_secs(7);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_held_for_long_loses_nothing_and_doubles_nothing() {
    let telegram = FakeTelegram::start().await;
    let folder = tempfile::tempdir().unwrap();
    let mut command = serve(folder.path(), &telegram);
    command
        .env("NIGHTEASE_LOG", "info")
        .env("NIGHTEASE_POLL_SECONDS", "1");
    let mut process = Process::start(command, folder.path());
    process.logs("listening").await;
    let people: Vec<Person> = (0..10).map(|number| telegram.user(8_500 + number)).collect();
    let database = folder.path().join("nightease.sqlite");
    let holder = std::thread::spawn(move || {
        let other = rusqlite::Connection::open(database).unwrap();
        other.busy_timeout(Duration::from_secs(5)).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        std::thread::sleep(HELD);
        other.execute_batch("ROLLBACK").unwrap();
    });
    // So that it holds it by now.
    tokio::time::sleep(Duration::from_millis(200)).await;
    for command in ASKED {
        for her in &people {
            her.send_text(command);
        }
    }
    process.logs("another program holds it").await;
    holder.join().unwrap();
    for her in &people {
        her.wait("every answer, in order", |_| is_answered(her)).await;
    }
    telegram.wait_confirmed().await;
    process.signal("TERM");
    assert_eq!(process.end().await.0.code(), Some(0), "{}", process.log());
    for her in &people {
        assert!(is_answered(her), "{}", her.transcript());
    }
}
