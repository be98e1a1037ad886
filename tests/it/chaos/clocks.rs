//! The clock of the machine is set, forwards and back, while people talk and while messages wait.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use nightease::delivery::Clock;
use tokio::task::JoinSet;

use super::around;
use crate::dice::Dice;
use crate::fake_telegram::{FakeTelegram, Fault, Trouble};
use crate::service::{Running, fast, polling};
use crate::talkers::{Chat, SCRIPTS};

/// A clock that can be set.
#[derive(Clone, Default)]
struct Wall(Arc<AtomicI64>);

impl Wall {
    fn is_off_by(&self, seconds: i64) {
        self.0.store(seconds, Ordering::SeqCst);
    }

    fn clock(&self) -> Clock {
        let off = Arc::clone(&self.0);
        Arc::new(move || Timestamp::now() + SignedDuration::from_secs(off.load(Ordering::SeqCst)))
    }
}

fn start(telegram: &FakeTelegram, wall: &Wall) -> Running {
    let folder = tempfile::tempdir().unwrap();
    Running::start_as(folder, telegram, around(), polling(), wall.clock(), fast())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn conversations_go_on_while_the_clock_is_set_again_and_again() {
    let telegram = FakeTelegram::start().await;
    // Some messages have to wait, and the clock is set while they do.
    telegram.plan(Fault::new(Trouble::BadGateway).on("sendMessage").percent(15, 3));
    let wall = Wall::default();
    let running = start(&telegram, &wall);
    let mut chats = JoinSet::new();
    for (number, script) in (0..).zip(SCRIPTS) {
        let her = telegram.user(9_000 + number);
        chats.spawn(async move {
            let mut chat = Chat::new(her, Timestamp::now(), Arc::new(AtomicU32::new(0)));
            for line in script {
                chat.act(line).await;
            }
            assert!(chat.doubled.is_empty(), "{}", chat.her.transcript());
        });
    }
    let mut dice = Dice(41);
    loop {
        tokio::select! {
            ended = chats.join_next() => match ended {
                Some(chat) => chat.unwrap(),
                None => break,
            },
            () = tokio::time::sleep(Duration::from_millis(60)) => {
                // From 20 hours back to nine minutes ahead: further ahead, she is told that the bot was away.
                wall.is_off_by(540 - i64::try_from(dice.below(72_000)).unwrap());
            }
        }
    }
    wall.is_off_by(0);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_does_not_wait_for_a_clock_that_was_set_back() {
    let telegram = FakeTelegram::start().await;
    let wall = Wall::default();
    let running = start(&telegram, &wall);
    let her = telegram.user(9_100);
    let other = telegram.user(9_101);
    telegram.plan(Fault::new(Trouble::BadGateway).on("sendMessage").within(9_100));
    her.flood(Duration::from_secs(1));
    her.send_text("/start");
    telegram
        .wait("a refused message", |telegram| {
            !telegram.requests_of("sendmessage").is_empty()
        })
        .await;
    // One message was put off; the others of this chat wait behind it.
    wall.is_off_by(-5 * 3600);
    her.send_text("/about");
    other.send_text("/start");
    let begun = Instant::now();
    other.wait_events(1).await;
    her.wait_events(3).await;
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_a_day_ahead_ends_conversations_and_answers_everybody() {
    let telegram = FakeTelegram::start().await;
    let wall = Wall::default();
    let running = start(&telegram, &wall);
    let her = telegram.user(9_200);
    her.send_text("/start legs");
    her.wait_events(2).await;
    wall.is_off_by(25 * 3600);
    her.tap("None of these");
    her.wait("a fresh start", |chat| {
        chat.last().text.contains("no longer kept") && !chat.last().rows.is_empty()
    })
    .await;
    wall.is_off_by(0);
    her.tap("Cramp right now");
    her.wait("the first list", |chat| {
        chat.last().text.contains("Is any of this true right now?")
    })
    .await;
    running.stop().await;
}
