//! The sender, fed by the engine.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use nightease::delivery::{Fate, Settings};
use nightease::store::{MemoryStore, Store};

use super::world::{Carrier, Running, World, line, quick, wait_for};

fn world(carrier: Carrier) -> World<MemoryStore> {
    World::new(MemoryStore::new(), carrier)
}

fn sent_at(world: &World<MemoryStore>, message: &str) -> Instant {
    let sent = world.carrier.sent.lock().unwrap();
    sent.iter().find(|(sent, _)| sent == message).unwrap().1
}

#[tokio::test]
async fn order_is_kept_through_retries() {
    let world = world(Carrier::taking(2));
    world.carrier.tell(
        "1 2 b",
        &[
            Fate::Retry(None),
            Fate::Retry(None),
            Fate::Retry(Some(Duration::from_millis(30))),
        ],
    );
    let running = world.run();
    world.accept(&[line(1, 1, "a"), line(2, 1, "b"), line(3, 1, "c"), line(4, 1, "d")]);
    world.empty().await;
    running.stop().await;
    assert_eq!(world.carrier.sent_to(1), ["1 a", "2 b", "3 c", "4 d"]);
    assert_eq!(world.counters.retried.load(Ordering::Relaxed), 3);
    assert_eq!(world.counters.sent.load(Ordering::Relaxed), 4);
}

#[tokio::test]
async fn one_held_up_chat_delays_no_other() {
    let world = world(Carrier::taking(2));
    let wish = Duration::from_secs(3);
    world.carrier.tell("1 1 a", &[Fate::Retry(Some(wish))]);
    let running = world.run();
    let start = Instant::now();
    world.accept(&[line(1, 1, "a"), line(2, 1, "b")]);
    for count in 1..=30 {
        world.accept(&[line(2 + count, 2, "hello")]);
        world.sent(count.try_into().unwrap()).await;
    }
    world.empty().await;
    running.stop().await;
    assert!(sent_at(&world, "1 1 a") >= start + wish);
    assert_eq!(world.carrier.sent_to(1), ["1 a", "2 b"]);
    assert!(sent_at(&world, "2 30 hello") < sent_at(&world, "1 1 a"));
}

#[tokio::test]
async fn what_can_never_be_sent_is_counted_and_the_next_goes_out() {
    let world = world(Carrier::default());
    world.carrier.tell("1 1 a", &[Fate::GiveUp]);
    let running = world.run();
    world.accept(&[line(1, 1, "a"), line(2, 1, "b")]);
    world.empty().await;
    running.stop().await;
    assert_eq!(world.carrier.sent(), ["1 2 b"]);
    assert_eq!(world.counters.given_up.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_gone_chat_gets_nothing_more_until_she_comes_back() {
    let world = world(Carrier::default());
    world.carrier.tell("1 1 a", &[Fate::ChatGone]);
    world.accept(&[line(1, 1, "a"), line(2, 1, "b"), line(3, 2, "other")]);
    world.handle_all().await;
    let running = world.run();
    world.empty().await;
    assert_eq!(world.carrier.sent(), ["2 1 other"]);
    world.accept(&[line(4, 1, "back")]);
    world.sent(2).await;
    running.stop().await;
    assert_eq!(world.carrier.sent_to(1), ["1 back"]);
    assert_eq!(world.counters.chats_gone.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn urgent_goes_first_and_no_more_are_under_way_than_allowed() {
    let mut world = world(Carrier::taking(5));
    world.settings.in_flight = 3;
    let mut updates: Vec<_> = (1..=20).map(|id| line(i64::from(id), id, "hello")).collect();
    updates.push(line(21, 21, "urgent help"));
    world.accept(&updates);
    world.handle_all().await;
    let running = world.run();
    world.empty().await;
    running.stop().await;
    assert_eq!(world.carrier.tries.lock().unwrap()[0].0, "21 1 urgent help");
    assert_eq!(world.carrier.most.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn a_conversation_has_its_pace() {
    let mut world = world(Carrier::default());
    world.settings = Settings {
        conversation_per_second: 4.0,
        conversation_burst: 4.0,
        ..quick()
    };
    let updates: Vec<_> = (1..=7)
        .map(|id| line(id, 1, "hello"))
        .chain([line(8, 2, "other")])
        .collect();
    world.accept(&updates);
    world.handle_all().await;
    let running = world.run();
    let start = Instant::now();
    world.empty().await;
    running.stop().await;
    let after = |message: &str| sent_at(&world, message) - start;
    assert!(
        after("1 4 hello") < Duration::from_millis(240),
        "{:?}",
        after("1 4 hello")
    );
    assert!(
        after("2 1 other") < Duration::from_millis(240),
        "{:?}",
        after("2 1 other")
    );
    assert!(
        after("1 5 hello") >= Duration::from_millis(245),
        "{:?}",
        after("1 5 hello")
    );
    assert!(
        after("1 7 hello") >= Duration::from_millis(740),
        "{:?}",
        after("1 7 hello")
    );
}

async fn stop_within(running: Running, limit: Duration) {
    let start = Instant::now();
    running.stop().await;
    assert!(start.elapsed() < limit, "{:?}", start.elapsed());
}

#[tokio::test]
async fn the_stop_lets_out_what_is_due() {
    let mut world = world(Carrier::taking(100));
    world.settings.in_flight = 4;
    let running = world.run();
    let updates: Vec<_> = (1..=12).map(|id| line(i64::from(id), id, "hello")).collect();
    world.accept(&updates);
    wait_for("requests", || !world.carrier.tries.lock().unwrap().is_empty()).await;
    stop_within(running, Duration::from_millis(2900)).await;
    assert_eq!(world.carrier.sent().len(), 12);
    assert_eq!(world.store.waiting().unwrap().outbox, 0);
}

#[tokio::test]
async fn the_stop_waits_for_the_pace() {
    let mut world = world(Carrier::default());
    world.settings.conversation_per_second = 10.0;
    world.settings.conversation_burst = 1.0;
    world.accept(&[line(1, 1, "a"), line(2, 1, "b"), line(3, 1, "c")]);
    world.handle_all().await;
    stop_within(world.run(), Duration::from_millis(1900)).await;
    assert_eq!(world.carrier.sent_to(1), ["1 a", "2 b", "3 c"]);
}

#[tokio::test]
async fn an_empty_outbox_stops_at_once() {
    let mut world = world(Carrier::default());
    world.settings.drain = Duration::from_secs(60);
    let running = world.run();
    world.accept(&[line(1, 1, "hello")]);
    world.empty().await;
    stop_within(running, Duration::from_millis(1500)).await;
}

#[tokio::test]
async fn a_stop_does_not_wait_for_a_message_put_off() {
    let world = world(Carrier::default());
    world
        .carrier
        .tell("1 1 a", &[Fate::Retry(Some(Duration::from_secs(3600)))]);
    let running = world.run();
    world.accept(&[line(1, 1, "a")]);
    wait_for("a try", || world.counters.retried.load(Ordering::Relaxed) == 1).await;
    stop_within(running, Duration::from_millis(1500)).await;
    assert_eq!(world.store.waiting().unwrap().outbox, 1);
}

#[tokio::test]
async fn a_server_that_hangs_does_not_hold_the_stop_up() {
    let mut world = world(Carrier::taking(60_000));
    world.settings.drain = Duration::from_millis(200);
    world.settings.last_wait = Duration::from_millis(200);
    let running = world.run();
    world.accept(&[line(1, 1, "a")]);
    wait_for("a try", || !world.carrier.tries.lock().unwrap().is_empty()).await;
    stop_within(running, Duration::from_millis(3000)).await;
    assert_eq!(
        world.store.waiting().unwrap().outbox,
        1,
        "it goes out after the next start"
    );
}
