//! How fast messages leave, counted at the server: the real binary with the paces as shipped, a chat that is held up, and
//! what is urgent before what is not.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use nightease::delivery::Settings;

use super::{answer_to, around, heads};
use crate::fake_telegram::{FakeTelegram, Person};
use crate::process::{Process, serve};
use crate::service::{Running, fast, polling};

/// The most of these moments within any stretch of this length.
fn densest(moments: &[Instant], stretch: Duration) -> usize {
    let within = |from: &Instant| {
        let inside = moments.iter().filter(|at| *at >= from && **at < *from + stretch);
        inside.count()
    };
    moments.iter().map(within).max().unwrap_or(0)
}

fn sent(telegram: &FakeTelegram, is_hers: impl Fn(i64) -> bool) -> Vec<Instant> {
    let sends = telegram.requests_of("sendmessage").into_iter();
    let hers = sends.filter(|request| request.refused.is_none() && request.chat.is_some_and(&is_hers));
    hers.map(|request| request.at).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p8_messages_leave_at_the_pace_that_telegram_bears_and_no_chat_has_more_than_its_burst() {
    let telegram = FakeTelegram::start().await;
    let folder = tempfile::tempdir().unwrap();
    // All had time to rest: the first second must not be the exception.
    let mut process = Process::start(serve(folder.path(), &telegram), folder.path());
    process.logs("listening").await;
    tokio::time::sleep(Duration::from_millis(1100)).await;
    let people: Vec<Person> = (0..75).map(|number| telegram.user(12_000 + number)).collect();
    for her in &people {
        her.send_text("/start");
    }
    let talks = telegram.user(12_900);
    for events in [4, 8, 12, 14] {
        // Answers of two messages: ten at once, then one a second.
        for _ in (talks.events().len()..events).step_by(2) {
            talks.send_text("/about");
        }
        talks.wait_events(events).await;
    }
    for her in &people {
        her.wait_events(1).await;
    }
    let all = sent(&telegram, |_| true);
    let most = densest(&all, Duration::from_secs(1));
    // 28, a burst of two, and what a busy machine bunches together on the way.
    assert!((25..=34).contains(&most), "{most} messages within a second");
    let hers = sent(&telegram, |chat| chat == 12_900);
    assert!(
        hers[12] - hers[0] >= Duration::from_millis(2900),
        "{:?}",
        hers[12] - hers[0]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p8_a_chat_that_is_held_up_delays_no_other() {
    let telegram = FakeTelegram::start().await;
    let running = Running::start(&telegram, around()).await;
    let (held, other) = (telegram.user(12_001), telegram.user(12_002));
    let wait = Duration::from_secs(3);
    held.flood(wait);
    let begun = Instant::now();
    for command in ["/about", "/privacy", "/help"] {
        held.send_text(command);
    }
    let mut longest = Duration::ZERO;
    let mut turns = 0;
    while begun.elapsed() < wait - Duration::from_millis(500) {
        let before = other.events().len();
        let asked = Instant::now();
        other.send_text("/about");
        other.wait_events(before + 2).await;
        longest = longest.max(asked.elapsed());
        turns += 1;
    }
    assert!(
        turns > 5 && longest < Duration::from_millis(1000),
        "{turns} turns, {longest:?}"
    );
    assert!(held.events().is_empty());
    held.wait_events(6).await;
    assert!(begun.elapsed() >= wait, "{:?}", begun.elapsed());
    let answers = ["/about", "/privacy", "/help"].map(answer_to);
    let said = heads(&held);
    let in_order: Vec<&String> = said.iter().filter(|said| answers.contains(said)).collect();
    assert!(in_order.into_iter().eq(answers.iter()), "{said:#?}");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_urgent_leaves_before_what_waits_for_others() {
    let telegram = FakeTelegram::start().await;
    let sending = Settings {
        overall_per_second: 20.0,
        overall_burst: 1.0,
        ..fast()
    };
    let clock = std::sync::Arc::new(Timestamp::now);
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start_as(folder, &telegram, around(), polling(), clock, sending);
    let people: Vec<Person> = (0..60).map(|number| telegram.user(12_100 + number)).collect();
    for her in &people {
        her.send_text("/start");
    }
    people[0].wait_events(1).await;
    // Three seconds of messages wait.
    let urgent = telegram.user(12_990);
    urgent.send_text("/urgent");
    urgent.wait_events(1).await;
    let passed_by = people.iter().filter(|her| her.events().is_empty()).count();
    assert!(passed_by > 20, "only {passed_by} still wait");
    for her in &people {
        her.wait_events(1).await;
    }
    running.stop().await;
}
