//! Updates that are handled as they are taken in, and messages that go straight to the sender.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use nightease::delivery::{Intake, Settings, Taker};
use nightease::store::{Key, MemoryStore, Parcel, SqliteStore, Store};
use tokio::sync::{mpsc, watch};

use super::world::{Carrier, Lines, Running, World, line, quick};

/// Engine and sender at work, with a taker in front of them.
fn run<S: Store>(world: &World<S>) -> (Arc<Taker<Lines, S>>, Running) {
    let (stop_engine, engine_stop) = watch::channel(false);
    let (stop_sender, sender_stop) = watch::channel(false);
    let engine = Arc::new(world.engine());
    let (taker, at_once) = Taker::new(Arc::clone(&engine));
    let running = Running {
        stop_engine,
        stop_sender,
        engine: tokio::spawn(engine.keep_running(engine_stop)),
        sender: tokio::spawn(world.sender().run_with(at_once, sender_stop)),
    };
    (Arc::new(taker), running)
}

async fn all_are_answered_once_and_in_order<S: Store>(store: S) {
    const CHATS: u8 = 20;
    let world = World::new(store, Carrier::taking(1));
    let (taker, running) = run(&world);
    for id in 0..200 {
        // Two chats at a time, and some come twice.
        let some = [id, (id + 7).min(199)].map(|id| line(id, u8::try_from(id % 20).unwrap(), "hello"));
        let (taker, clock) = (Arc::clone(&taker), World::<S>::clock());
        let taken = tokio::task::spawn_blocking(move || taker.take_in(&some, &clock)).await;
        assert!(!taken.unwrap().unwrap().waits);
        if id % 10 == 0 {
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
    }
    world.sent(200).await;
    world.empty().await;
    running.stop().await;
    assert_eq!(world.carrier.sent().len(), 200);
    for chat in 0..CHATS {
        let expected: Vec<_> = (1..=10).map(|count| format!("{count} hello")).collect();
        assert_eq!(world.carrier.sent_to(chat), expected);
    }
}

#[tokio::test]
async fn what_is_taken_is_answered_once_and_in_order_from_memory() {
    all_are_answered_once_and_in_order(MemoryStore::new()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_taken_is_answered_once_and_in_order_from_sqlite() {
    let directory = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&directory.path().join("night.sqlite"), &Key::from_bytes([3; 32]));
    all_are_answered_once_and_in_order(store.unwrap()).await;
}

#[tokio::test]
async fn a_turn_that_fails_is_tried_again_from_the_inbox() {
    let world = World::new(MemoryStore::new(), Carrier::default());
    let (taker, running) = run(&world);
    let rows = [line(1, 1, "panic"), line(2, 1, "a"), line(3, 2, "b")];
    assert!(
        taker
            .take_in(&rows, &World::<MemoryStore>::clock())
            .unwrap()
            .waits
    );
    world.inbox.notify_one();
    world.empty().await;
    running.stop().await;
    assert_eq!(world.carrier.sent_to(1), ["sorry", "1 a"]);
    assert_eq!(world.carrier.sent_to(2), ["1 b"]);
}

/// The sender alone, and what it is handed.
fn sender(world: &World<MemoryStore>) -> (mpsc::Sender<Vec<Parcel>>, watch::Sender<bool>) {
    let (give, at_once) = mpsc::channel(4);
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(world.sender().run_with(at_once, stopped));
    (give, stop)
}

#[tokio::test]
async fn what_a_look_has_found_is_not_sent_again_when_it_is_handed_over_late() {
    let world = World::new(MemoryStore::new(), Carrier::default());
    world.accept(&[line(1, 1, "a"), line(2, 2, "b")]);
    world.handle_all().await;
    let late = world.store.due(10, Timestamp::now(), &[]).unwrap();
    let (give, _stop) = sender(&world);
    world.sent(2).await;
    world.empty().await;
    give.send(late).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(world.carrier.sent().len(), 2);
}

#[tokio::test]
async fn what_is_handed_over_overtakes_nothing() {
    let mut world = World::new(MemoryStore::new(), Carrier::default());
    world.settings = Settings {
        overall_per_second: 20.0,
        overall_burst: 1.0,
        ..quick()
    };
    let before: Vec<_> = (1..=5u8).map(|chat| line(chat.into(), chat, "a")).collect();
    world.accept(&before);
    world.handle_all().await;
    let (give, _stop) = sender(&world);
    world.sent(1).await;
    world.accept(&[line(6, 6, "last")]);
    world.handle_all().await;
    let due = world.store.due(10, Timestamp::now(), &[]).unwrap();
    let last = due.into_iter().filter(|parcel| parcel.body.ends_with(b"last"));
    give.send(last.collect()).await.unwrap();
    world.sent(6).await;
    assert_eq!(world.carrier.sent().last().unwrap(), "6 1 last");
    assert_eq!(world.carrier.sent().len(), 6);
}
