//! The engine alone.

use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use jiff::Timestamp;
use nightease::store::{
    ConversationKey, Handled, Job, MemoryStore, Parcel, ParcelId, RawUpdate, SessionChange, Settlement,
    Store, StoreError, Waiting, Worked,
};

use super::world::{CANARY, Carrier, World, begin, chat, line};

fn world() -> World<MemoryStore> {
    World::new(MemoryStore::new(), Carrier::default())
}

fn due(store: &dyn Store) -> Vec<String> {
    let mut words = Vec::new();
    loop {
        let due = store.due(100, Timestamp::now(), &[]).unwrap();
        if due.is_empty() {
            return words;
        }
        for parcel in due {
            words.push(String::from_utf8(parcel.body).unwrap());
            store
                .settle(&[(parcel.id, Settlement::Finished)], Timestamp::now())
                .unwrap();
        }
    }
}

#[tokio::test]
async fn handles_more_than_one_batch() {
    let world = world();
    let updates: Vec<_> = (0..450)
        .map(|id| line(id, u8::try_from(id % 50).unwrap(), "hello"))
        .collect();
    world.accept(&updates);
    world.handle_all().await;
    assert_eq!(due(&*world.store).len(), 450);
    assert_eq!(world.counters.handled.load(Ordering::Relaxed), 450);
}

#[tokio::test]
async fn p2_a_panic_is_tried_three_times_and_parked_and_the_next_is_served() {
    let world = world();
    world.accept(&[
        line(1, 1, "one"),
        line(2, 1, "panic"),
        line(3, 1, "two"),
        line(4, 2, "other"),
    ]);
    world.handle_all().await;
    // The session counts the turns: the failed tries have left no trace in it.
    assert_eq!(due(&*world.store), ["1 1 one", "2 1 other", "1 sorry", "1 2 two"]);
    let count = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::Relaxed);
    assert_eq!(
        (count(&world.counters.failed), count(&world.counters.parked)),
        (3, 1)
    );
    assert_eq!(world.store.waiting().unwrap(), Waiting::default());
}

#[tokio::test]
async fn an_update_that_cannot_be_read_holds_nobody_up() {
    let world = world();
    world.accept(&[line(1, 1, "unreadable"), line(2, 1, "one")]);
    world.handle_all().await;
    // Nobody knows where an apology would have to go.
    assert_eq!(due(&*world.store), ["1 1 one"]);
}

#[tokio::test]
async fn gone_wipes_and_nothing_does_nothing() {
    let world = world();
    world.accept(&[line(1, 1, "one"), line(2, 2, "one")]);
    world.handle_all().await;
    world.accept(&[line(3, 1, "gone"), line(4, 2, "nothing")]);
    world.handle_all().await;
    assert_eq!(due(&*world.store), ["2 1 one"]);
    world.accept(&[line(5, 1, "two"), line(6, 2, "two")]);
    world.handle_all().await;
    assert_eq!(due(&*world.store), ["1 1 two", "2 2 two"]);
}

#[tokio::test]
async fn wipe_leaves_only_its_own_message() {
    let world = world();
    world.accept(&[line(1, 1, "one"), line(2, 1, "wipe"), line(3, 1, "again")]);
    world.handle_all().await;
    assert_eq!(due(&*world.store), ["1 2 wipe", "1 1 again"]);
}

#[tokio::test]
async fn p5_a_session_of_another_form_is_begun_anew() {
    let mut old = begin(Timestamp::now());
    old.revision = 41;
    old.version += 1;
    let newer = serde_json::to_vec(&old).unwrap();
    for body in [newer, b"{\"version\":1}".to_vec(), b"no JSON".to_vec()] {
        let world = world();
        world.accept(&[line(1, 1, "old")]);
        let put = &mut |_: Job<'_>| Handled::Done {
            session: SessionChange::Put(body.clone()),
            parcels: Vec::new(),
        };
        world.store.work(1, Timestamp::now(), put).unwrap();
        world.accept(&[line(2, 1, "new")]);
        world.handle_all().await;
        assert_eq!(due(&*world.store), ["1 1 new"]);
    }
}

/// A store that fails a few times before it works.
struct Flaky {
    inner: MemoryStore,
    failures: AtomicU32,
}

impl Flaky {
    fn check(&self) -> Result<(), StoreError> {
        let left = self
            .failures
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        match left {
            Ok(1) => panic!("{CANARY}: a store that panics"),
            Ok(_) => Err(StoreError::Database {
                path: "night.sqlite".to_owned(),
                what: "disk full".to_owned(),
            }),
            Err(_) => Ok(()),
        }
    }
}

impl Store for Flaky {
    fn accept(&self, updates: &[RawUpdate], now: Timestamp) -> Result<usize, StoreError> {
        self.inner.accept(updates, now)
    }
    fn work(
        &self,
        limit: usize,
        now: Timestamp,
        handle: &mut dyn FnMut(Job<'_>) -> Handled,
    ) -> Result<Worked, StoreError> {
        self.check()?;
        self.inner.work(limit, now, handle)
    }
    fn due(&self, limit: usize, now: Timestamp, busy: &[ConversationKey]) -> Result<Vec<Parcel>, StoreError> {
        self.check()?;
        self.inner.due(limit, now, busy)
    }
    fn next_due(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        self.inner.next_due(now)
    }
    fn settle(&self, settled: &[(ParcelId, Settlement)], now: Timestamp) -> Result<(), StoreError> {
        self.check()?;
        self.inner.settle(settled, now)
    }
    fn forget(&self, conversation: ConversationKey) -> Result<(), StoreError> {
        self.inner.forget(conversation)
    }
    fn sweep(&self, now: Timestamp) -> Result<usize, StoreError> {
        self.inner.sweep(now)
    }
    fn waiting(&self) -> Result<Waiting, StoreError> {
        self.inner.waiting()
    }
}

#[tokio::test]
async fn errors_of_the_store_are_survived() {
    let store = Flaky {
        inner: MemoryStore::new(),
        failures: AtomicU32::new(0),
    };
    let world = World::new(store, Carrier::taking(20));
    let running = world.run();
    for round in 1..=3i64 {
        world.store.failures.store(4, Ordering::SeqCst);
        world.accept(&[line(round, 1, "hello")]);
        world.sent(usize::try_from(round).unwrap()).await;
        // While the message is under way or just sent: its settlement meets the errors.
        world.store.failures.store(3, Ordering::SeqCst);
        world.empty().await;
    }
    running.stop().await;
    assert_eq!(world.carrier.sent(), ["1 1 hello", "1 2 hello", "1 3 hello"]);
    assert_eq!(
        world.carrier.tries.lock().unwrap().len(),
        3,
        "nothing may be sent twice"
    );
    assert!(world.counters.store_errors.load(Ordering::Relaxed) >= 6);
}

/// The hook and the log belong to the whole process, so this one runs in a process of its own, and all that process
/// wrote is looked at.
#[test]
fn the_log_tells_where_a_panic_was_and_nothing_of_it() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "delivery::engine::plays_a_panic",
            "--ignored",
            "--nocapture",
        ])
        .output()
        .unwrap();
    let mut log = String::from_utf8(output.stdout).unwrap();
    log.push_str(&String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success() && log.contains("1 passed"), "{log}");
    let place = "a panic at tests/it/delivery/world.rs:";
    assert_eq!(log.matches(place).count(), 3, "{log}");
    assert!(log.contains("she is told so"), "{log}");
    assert!(!log.contains("canary"), "{log}");
    assert!(!log.contains(&format!("{:?}", chat(77))), "{log}");
}

#[test]
#[ignore = "run by the test above"]
fn plays_a_panic() {
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    nightease::delivery::panic::log_place_only();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let world = world();
        let running = world.run();
        world.accept(&[
            line(1, 77, "words-canary"),
            line(2, 77, "panic words-canary"),
            line(3, 77, "two"),
        ]);
        world.sent(3).await;
        running.stop().await;
        assert_eq!(world.carrier.sent_to(77)[1..], ["sorry", "2 two"]);
    });
}
