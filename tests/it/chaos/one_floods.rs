//! One chat sends ten thousand messages: no other waits for it, it is told once that not every message is answered, and
//! what is urgent in between is answered.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use nightease::delivery::Settings;

use super::{answer_to, around, heads};
use crate::fake_telegram::FakeTelegram;
use crate::service::{Running, fast, polling};

const MANY: usize = 10_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_messages_of_one_chat_delay_no_other_and_their_danger_is_seen() {
    let telegram = FakeTelegram::start().await;
    let sending = Settings {
        conversation_per_second: 4.0,
        conversation_burst: 10.0,
        ..fast()
    };
    let clock = std::sync::Arc::new(Timestamp::now);
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start_as(folder, &telegram, around(), polling(), clock, sending);
    let flooder = telegram.user(11_000);
    flooder.send_text("/start");
    flooder.wait_events(1).await;
    for number in 0..MANY {
        match number {
            // In the middle of it all.
            5_000..5_200 => flooder.send_text("/urgent"),
            _ => flooder.send_text("are you there?"),
        };
    }
    let mut longest = Duration::ZERO;
    for number in 0..10 {
        let other = telegram.user(11_001 + number);
        // She writes now, and stands behind what the other has sent already only as long as Telegram hands that over.
        let begun = Instant::now();
        other.send_text("/start");
        other.wait_events(1).await;
        longest = longest.max(begun.elapsed());
    }
    println!("nobody waited longer than {longest:?}");
    assert!(longest < Duration::from_secs(8), "{longest:?}");
    telegram.wait_confirmed().await;
    let urgent = answer_to("/urgent");
    let line = "You sent many messages";
    flooder
        .wait("the line, and the urgent answer", |_| {
            let said = heads(&flooder);
            said.iter().any(|said| said.contains(line)) && said.contains(&urgent)
        })
        .await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let said = heads(&flooder);
    let lines = said.iter().filter(|said| said.contains(line)).count();
    assert_eq!(lines, 1, "{said:#?}");
    // The same answer does not wait twice.
    let told = said.iter().filter(|said| **said == urgent).count();
    assert!((1..12).contains(&told), "{told}");
    // What is answered one by one is a handful: a burst, and what waited behind it.
    assert!(said.len() < 60, "{}", said.len());
    running.stop().await;
}
