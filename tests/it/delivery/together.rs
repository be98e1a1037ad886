//! Engine and sender over both stores: nothing lost, nothing applied twice.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use nightease::store::{Key, MemoryStore, RawUpdate, SqliteStore, Store};

use super::world::{Carrier, World, line, wait_for};

const CHATS: u8 = 20;
const EACH: i64 = 10;

fn updates() -> Vec<RawUpdate> {
    let all = (0..EACH * i64::from(CHATS))
        .map(|id| line(id, u8::try_from(id % i64::from(CHATS)).unwrap(), "hello"));
    all.collect()
}

fn expected() -> Vec<String> {
    (1..=EACH).map(|count| format!("{count} hello")).collect()
}

fn open(directory: &Path) -> SqliteStore {
    SqliteStore::open(&directory.join("night.sqlite"), &Key::from_bytes([3; 32])).unwrap()
}

async fn all_are_answered_in_order(store: impl Store) {
    let world = World::new(store, Carrier::taking(1));
    let running = world.run();
    for some in updates().chunks(7) {
        world.accept(some);
        // What comes twice is taken once.
        world.accept(some);
    }
    world.sent(updates().len()).await;
    running.stop().await;
    for chat in 0..CHATS {
        assert_eq!(world.carrier.sent_to(chat), expected());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_are_answered_in_order_from_memory() {
    all_are_answered_in_order(MemoryStore::new()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_are_answered_in_order_from_sqlite() {
    let directory = tempfile::tempdir().unwrap();
    all_are_answered_in_order(open(directory.path())).await;
}

/// Waits until no thread works on the store any more.
async fn closed<S: Store>(world: &World<S>) {
    wait_for("the end of all work", || Arc::strong_count(&world.store) == 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_in_the_middle_loses_and_doubles_nothing() {
    let directory = tempfile::tempdir().unwrap();
    // So long that there is time to stop, on a busy machine too.
    let carrier = Arc::new(Carrier::taking(150));
    let mut world = World::new(open(directory.path()), Carrier::default());
    world.carrier = Arc::clone(&carrier);
    world.settings.drain = Duration::ZERO;
    let running = world.run();
    world.accept(&updates()[..120]);
    world.sent(40).await;
    running.stop().await;
    closed(&world).await;
    assert!(
        carrier.sent().len() < 120,
        "the stop came too late to show anything"
    );
    drop(world);

    let mut world = World::new(open(directory.path()), Carrier::default());
    world.carrier = Arc::clone(&carrier);
    let running = world.run();
    world.accept(&updates());
    world.empty().await;
    running.stop().await;
    for chat in 0..CHATS {
        assert_eq!(carrier.sent_to(chat), expected());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn being_killed_loses_nothing_and_applies_nothing_twice() {
    let directory = tempfile::tempdir().unwrap();
    let carrier = Arc::new(Carrier::taking(3));
    let all = updates();
    for round in 1..=9 {
        let mut world = World::new(open(directory.path()), Carrier::default());
        world.carrier = Arc::clone(&carrier);
        let running = world.run();
        // What came before comes once more every time, as it does when the offset was not moved.
        world.accept(&all[..25 * round.min(8)]);
        if round < 9 {
            tokio::time::sleep(Duration::from_millis(3 * u64::try_from(round).unwrap())).await;
            running.kill().await;
        } else {
            world.empty().await;
            running.stop().await;
        }
        closed(&world).await;
    }
    let mut doubled = 0;
    for chat in 0..CHATS {
        // A message that was sent and not yet written down goes out once more. The turn is applied once all the same.
        let mut sent = carrier.sent_to(chat);
        let all = sent.len();
        sent.dedup();
        doubled += all - sent.len();
        assert_eq!(sent, expected());
    }
    assert!(doubled <= 8 * usize::from(CHATS), "{doubled}");
}
