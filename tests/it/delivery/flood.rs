//! One chat that writes and writes: it delays nobody, its surplus gets no answers of its own, and what it says still
//! counts.

use std::time::{Duration, Instant};

use nightease::delivery::Settings;
use nightease::store::{MemoryStore, Store};

use super::world::{Carrier, World, quick, wait_for};

/// Ten messages at once, and then as good as none.
fn slow_chats() -> Settings {
    Settings {
        conversation_per_second: 0.5,
        conversation_burst: 10.0,
        ..quick()
    }
}

fn flood(from: i64, count: i64, words: &str) -> Vec<nightease::store::RawUpdate> {
    (from..from + count)
        .map(|id| super::world::line(id, 1, words))
        .collect()
}

#[tokio::test]
async fn ten_thousand_messages_of_one_chat_delay_no_other() {
    let mut world = World::new(MemoryStore::new(), Carrier::default());
    world.settings = slow_chats();
    let running = world.run();
    world.accept(&flood(1, 10_000, "same"));
    let begun = Instant::now();
    world.accept(&[super::world::line(20_000, 2, "hello")]);
    wait_for("the answer to the other", || !world.carrier.sent_to(2).is_empty()).await;
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    wait_for("an empty inbox", || world.store.waiting().unwrap().inbox == 0).await;
    // Ten at once, ten that wait, and no more: the rest says nothing new.
    let waiting = world.store.waiting().unwrap().outbox;
    let sent = world.carrier.sent_to(1).len();
    assert!(
        waiting <= 12 && sent + waiting <= 40,
        "{sent} sent, {waiting} wait"
    );
    running.kill().await;
}

#[tokio::test]
async fn what_is_urgent_and_what_changes_something_is_never_left_out() {
    let mut world = World::new(MemoryStore::new(), Carrier::default());
    world.settings = slow_chats();
    world.accept(&flood(1, 300, "same"));
    world.accept(&flood(301, 1, "urgent fever"));
    world.accept(&flood(302, 300, "same"));
    world.accept(&flood(602, 1, "answer 7"));
    world.accept(&flood(603, 1, "urgent bleeding"));
    world.handle_all().await;
    let due = |store: &MemoryStore| store.waiting().unwrap().outbox;
    assert!((10..=16).contains(&due(&world.store)), "{}", due(&world.store));
    world.settings = quick();
    let running = world.run();
    world.empty().await;
    running.stop().await;
    let sent = world.carrier.sent_to(1);
    // The second is answered though the first still waits: it says something else.
    for words in ["urgent fever", "answer 7", "urgent bleeding"] {
        assert!(sent.iter().any(|message| message.ends_with(words)), "{sent:?}");
    }
    let lines = sent.iter().filter(|message| *message == "so many").count();
    assert_eq!(lines, 1, "{sent:?}");
}

#[tokio::test]
async fn changes_without_end_are_not_all_told() {
    let mut world = World::new(MemoryStore::new(), Carrier::default());
    world.settings = slow_chats();
    let mut updates = flood(1, 12, "same");
    for round in 0..200 {
        updates.extend(flood(13 + round, 1, &format!("answer {round}")));
    }
    world.accept(&updates);
    world.handle_all().await;
    assert!(world.store.waiting().unwrap().outbox <= 41);
}

#[tokio::test]
async fn she_is_told_once_though_the_flood_comes_back() {
    let mut world = World::new(MemoryStore::new(), Carrier::default());
    for round in 0..2 {
        world.settings = slow_chats();
        world.accept(&flood(1 + round * 1000, 300, "same"));
        world.handle_all().await;
        world.settings = quick();
        let running = world.run();
        world.empty().await;
        running.stop().await;
    }
    let sent = world.carrier.sent_to(1);
    let lines = sent.iter().filter(|message| *message == "so many").count();
    assert_eq!(lines, 1, "{sent:?}");
}
