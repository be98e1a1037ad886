//! Pitfalls of bots (`ARCHITECTURE.md` has the list), each over real HTTP, as a woman would meet it.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use nightease::conversation::Surroundings;
use rusqlite::{Connection, OpenFlags};

use crate::fake_telegram::{FakeTelegram, Happened, Person};
use crate::process::{Process, serve};
use crate::service::Running;

const QUIET: Duration = Duration::from_millis(200);

async fn start(telegram: &FakeTelegram) -> Running {
    let around = Surroundings {
        now: Timestamp::now(),
        time_zone: None,
        country: None,
        private_link: None,
    };
    Running::start(telegram, around).await
}

async fn sees(her: &Person, words: &str) {
    her.wait(words, |chat| {
        chat.of_bot()
            .last()
            .is_some_and(|last| last.text.contains(words) && !last.rows.is_empty())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p6_a_tap_that_is_too_old_to_be_answered_counts_all_the_same() {
    let telegram = FakeTelegram::start().await;
    let folder = tempfile::tempdir().unwrap();
    let mut process = Process::start(serve(folder.path(), &telegram), folder.path());
    let her = telegram.user(61);
    her.send_text("/start legs");
    sees(&her, "Is any of this true right now?").await;
    // The server forgets it while the tap is on its way.
    telegram.forget_taps_at_once();
    her.tap("None of these");
    sees(&her, "Where are you now?").await;
    telegram
        .wait("a refused answer", |telegram| {
            let answers = telegram.requests_of("answercallbackquery");
            answers.iter().any(|answer| answer.refused.is_some())
        })
        .await;
    process.signal("TERM");
    process.end().await;
    assert_eq!(telegram.requests_of("answercallbackquery").len(), 1);
    let log = process.log();
    let line = log.lines().find(|line| line.contains("a tap was not answered"));
    assert!(line.is_some_and(|line| line.contains("DEBUG")), "{log}");
    assert!(!log.contains("ERROR"), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p7_p9_a_tap_sent_again_five_times_changes_one_thing_once() {
    let telegram = FakeTelegram::start().await;
    let running = start(&telegram).await;
    let her = telegram.user(71);
    her.send_text("/start legs");
    sees(&her, "Is any of this true right now?").await;
    her.tap("None of these");
    sees(&her, "Where are you now?").await;
    her.tap("20 to 27 weeks");
    sees(&her, "Look at both legs").await;
    let said = her
        .turn(QUIET, |her| {
            her.tap("One leg is bigger");
            for _ in 0..4 {
                her.tap_again();
            }
        })
        .await;
    // One edit: the tick. All else would be the same message once more, and is not sent or counts as sent.
    let edits = said
        .iter()
        .filter(|event| matches!(event, Happened::Edited { .. } | Happened::KeyboardChanged { .. }));
    assert_eq!((said.len(), edits.count()), (1, 1), "{said:?}");
    let ticked = her.transcript().last().labels().join(" ");
    assert!(ticked.contains("✓ One leg is bigger"), "{ticked}");
    let failed = running
        .gauges
        .counters
        .given_up
        .load(std::sync::atomic::Ordering::Relaxed);
    assert_eq!(failed, 0);
    running.stop().await;
}

/// How many sessions and messages the database holds.
fn kept(folder: &Path) -> (i64, i64) {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let database = Connection::open_with_flags(folder.join("test.sqlite"), flags).unwrap();
    let count = |table: &str| {
        let query = format!("SELECT COUNT(*) FROM {table}");
        database.query_row(&query, (), |row| row.get(0)).unwrap()
    };
    (count("session"), count("outbox"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p13_blocking_wipes_whether_it_is_told_or_found_and_she_may_come_back() {
    let telegram = FakeTelegram::start().await;
    let running = start(&telegram).await;
    let path = running.folder.path().to_owned();
    for (chat, is_told) in [(131, true), (132, false)] {
        let her = telegram.user(chat);
        her.send_text("/start legs");
        sees(&her, "Is any of this true right now?").await;
        assert_eq!(kept(&path).0, 1);
        if is_told {
            her.block();
        } else {
            // Telegram says nothing, but takes no more messages.
            her.refuse(403, "Forbidden: bot was blocked by the user", None);
            her.tap("None of these");
        }
        let begun = tokio::time::Instant::now();
        while kept(&path) != (0, 0) {
            assert!(
                begun.elapsed() < Duration::from_secs(10),
                "{:?} is kept",
                kept(&path)
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let before = her.events().len();
        her.unblock();
        her.send_text("/start");
        her.wait_events(before + 1).await;
        sees(&her, "Woken by pain?").await;
        her.send_text("/cancel");
        her.wait_events(before + 2).await;
    }
    running.stop().await;
}
