//! A process that is killed at any moment, again and again: nothing lost, nothing applied twice.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use nightease::store::{Key, RawUpdate, SqliteStore};

use super::world::{Carrier, World, line};

const DIRECTORY: &str = "NIGHTEASE_TEST_DIRECTORY";
const CHATS: i64 = 20;
const EACH: i64 = 40;
const KILLS: u64 = 20;

fn updates() -> Vec<RawUpdate> {
    let numbers = 0..CHATS * EACH;
    let lines = numbers.map(|id| line(id, u8::try_from(id % CHATS).unwrap(), "hello"));
    lines.collect()
}

fn play(directory: &std::path::Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "delivery::killed::plays_until_killed", "--ignored"])
        .env(DIRECTORY, directory)
        .stdout(Stdio::null());
    command
}

#[test]
fn twenty_kills_lose_nothing_and_apply_nothing_twice() {
    let directory = tempfile::tempdir().unwrap();
    for number in 0..KILLS {
        let mut child = play(directory.path()).spawn().unwrap();
        // Steps through the moments from before the database is open to far into the work.
        std::thread::sleep(Duration::from_millis(10 + number * 37 % 120));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert!(play(directory.path()).status().unwrap().success());

    let book = std::fs::read_to_string(directory.path().join("sent.txt")).unwrap();
    let mut sent: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for message in book.lines() {
        let (chat, words) = message.split_once(' ').unwrap();
        sent.entry(chat).or_default().push(words);
    }
    let expected: Vec<_> = (1..=EACH).map(|count| format!("{count} hello")).collect();
    assert_eq!(sent.len(), usize::try_from(CHATS).unwrap());
    for messages in sent.values_mut() {
        // Sent and not yet written down when it was killed: such a message goes out once more, in its place.
        messages.dedup();
        assert_eq!(*messages, expected);
    }
}

#[test]
#[ignore = "run by the test above"]
fn plays_until_killed() {
    let directory = PathBuf::from(std::env::var_os(DIRECTORY).unwrap());
    let store = SqliteStore::open(&directory.join("night.sqlite"), &Key::from_bytes([3; 32])).unwrap();
    let book = OpenOptions::new()
        .create(true)
        .append(true)
        .open(directory.join("sent.txt"));
    let carrier = Carrier {
        book: Some(book.unwrap()),
        ..Carrier::taking(3)
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let world = World::new(store, carrier);
        let running = world.run();
        // All of them again at every start, as from a server that has not heard of a new offset.
        for some in updates().chunks(10) {
            world.accept(some);
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        world.empty().await;
        running.stop().await;
    });
}
