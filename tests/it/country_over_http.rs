//! The country asked by button, over HTTP: the list of countries makes room for the answer, and the number can be copied.

use jiff::Timestamp;
use nightease::conversation::Surroundings;

use crate::fake_telegram::{FakeTelegram, Seen};
use crate::service::Running;

fn now(country: Option<&str>) -> Surroundings {
    Surroundings {
        now: Timestamp::now(),
        time_zone: None,
        country: country.map(str::to_owned),
        private_link: None,
    }
}

/// What the buttons of a message copy, with their labels.
fn copies(message: &Seen) -> Vec<(&str, &str)> {
    let buttons = message.rows.iter().flatten();
    buttons
        .filter_map(|button| Some((button.label.as_str(), button.copies.as_deref()?)))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_number_of_her_country_can_be_copied() {
    let telegram = FakeTelegram::start().await;
    let running = Running::start(&telegram, now(None)).await;
    let her = telegram.user(7);
    her.send_text("/start legs");
    her.wait_events(2).await;
    her.tap("Thoughts of harm");
    let chat = her
        .wait("the answer", |chat| {
            chat.last().text.contains("Thank you for telling me")
        })
        .await;
    let answer = chat.last().clone();
    assert!(
        answer.text.contains("(112, 911 or 999 in many places)"),
        "{}",
        answer.text
    );
    assert_eq!(copies(&answer), []);
    her.tap("Number for my country");
    let chat = her
        .wait("the list", |chat| chat.last().text.starts_with("Which country"))
        .await;
    let list = chat.last().id;
    // The answer stays where it is, above the list.
    let still = chat
        .messages
        .iter()
        .find(|message| message.id == answer.id)
        .unwrap();
    assert_eq!(still.text, answer.text);
    assert_ne!(list, answer.id);
    her.tap("H to N");
    her.wait("another part", |chat| chat.last().labels().contains(&"Malta"))
        .await;
    her.tap("Back");
    her.wait("the first part", |chat| {
        chat.last().labels().contains(&"United States")
    })
    .await;
    her.tap("United States");
    let chat = her
        .wait("the number", |chat| chat.last().text.contains("(911)"))
        .await;
    let last = chat.last();
    assert_eq!(last.id, list, "the list makes room for the answer: {chat}");
    assert!(
        last.text.contains("Crisis line: 988, day and night."),
        "{}",
        last.text
    );
    assert_eq!(copies(last), [("Copy 911", "911"), ("Copy crisis line", "988")]);
    running.stop().await;
    assert_eq!(telegram.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn urgent_copies_the_number_that_is_set() {
    let telegram = FakeTelegram::start().await;
    let running = Running::start(&telegram, now(Some("NZ"))).await;
    let her = telegram.user(8);
    her.send_text("/start");
    her.wait_events(1).await;
    her.send_text("/urgent");
    let chat = her.wait("both messages", |chat| chat.of_bot().len() == 3).await;
    let urgent = chat.of_bot()[1];
    assert!(
        urgent.text.starts_with("Call your emergency number (111) now."),
        "{}",
        urgent.text
    );
    assert_eq!(copies(urgent), [("Copy 111", "111")]);
    assert_eq!(urgent.labels(), ["Copy 111"]);
    running.stop().await;
    assert_eq!(telegram.violations(), Vec::<String>::new());
}
