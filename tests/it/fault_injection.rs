//! A panic in the middle of a turn, planted in the real binary: she is told, nobody else notices, and the log names the
//! place and none of her words.

use nightease::content::Content;
use nightease::conversation::Surroundings;
use nightease::terminal::transcript::Player;

use crate::fake_telegram::{FakeTelegram, Seen};
use crate::process::{Process, serve};

const CANARY: &str = "kestrelfeather";

fn said(message: &Seen) -> (String, Vec<String>) {
    let labels = message.labels().into_iter().map(str::to_owned);
    (message.text.clone(), labels.collect())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p2_p30_a_planted_panic_is_survived_and_nothing_of_it_is_told() {
    let telegram = FakeTelegram::start().await;
    let folder = tempfile::tempdir().unwrap();
    let mut process = Process::start(serve(folder.path(), &telegram), folder.path());
    let her = telegram.user(31);
    let other = telegram.user(32);
    let third = telegram.user(33);
    her.send_text("/start legs");
    her.wait_events(2).await;
    her.tap("None of these");
    her.wait_events(3).await;
    her.send_text("hello");
    let before = said(her.wait_events(4).await.last());
    // Others speak before, beside and after it.
    other.send_text("/start");
    her.send_text(&format!("please plant a panic, {CANARY}, my leg"));
    third.send_text("/start");
    other.send_text("/help");
    let apology = her.wait_events(5).await.last().text.clone();
    assert!(apology.contains("Something went wrong on my side"), "{apology}");
    assert!(apology.contains("call your emergency number (112"), "{apology}");
    third.wait_events(1).await;
    // The opening, the help, the opening.
    other.wait_events(3).await;
    // Her next words are answered with the same screen as her last ones before, and its buttons work.
    her.send_text("hello");
    let after = said(her.wait_events(6).await.last());
    assert_eq!(before, after);
    her.tap("20 to 27 weeks");
    her.wait_events(7).await;
    // It comes again, and is survived again.
    her.send_text(&format!("plant a panic {CANARY}"));
    her.wait_events(8).await;
    assert!(process.runs());
    telegram.wait_confirmed().await;
    process.signal("TERM");
    let (status, _) = process.end().await;
    assert_eq!(status.code(), Some(0));
    let log = process.log();
    assert!(!log.contains(CANARY) && !log.contains("plant"), "{log}");
    assert!(log.contains("a panic at src/conversation/talk.rs:"), "{log}");
    assert!(log.contains("TRACE") || log.contains("DEBUG"), "{log}");
    assert_eq!(
        log.matches("an update could not be handled: she is told so")
            .count(),
        2
    );
}

#[test]
fn fault_injection_hits_only_the_planted_words() {
    let content = Content::embedded().unwrap();
    let around = Surroundings {
        now: "2026-11-22T03:10:00Z".parse().unwrap(),
        time_zone: None,
        country: None,
        private_link: None,
    };
    let mut player = Player::new(&content, around);
    assert!(!player.play("plant a rose").is_empty());
    let fell = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        player.play(&format!("plant a panic {CANARY}"))
    }));
    let payload = fell.unwrap_err();
    let words = payload.downcast_ref::<String>().unwrap();
    assert!(
        words.contains(CANARY),
        "the canary must be in the payload: {words}"
    );
}
