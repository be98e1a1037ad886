//! Updates that come twice, late, and in any order, as a webhook brings them: taps and words of one person travel on
//! different ways. Each is answered once, and what stands in front of her in the end is what an ordered conversation shows.

use std::net::SocketAddr;
use std::time::Duration;

use nightease::app::serve::Door;
use nightease::conversation::Event;
use nightease::telegram::WebhookSettings;
use nightease::terminal::transcript::Player;
use secrecy::SecretString;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::{answer_to, around, heads};
use crate::dice::Dice;
use crate::fake_telegram::{FakeTelegram, Person, Seen};
use crate::service::Running;

const SECRET: &str = "a-secret-of-the-tests";
const CHATS: i64 = 12;
/// Commands that change nothing, and so may come before or after a tap.
const ASIDE: [&str; 3] = ["/about", "/privacy", "/help"];
/// What is tapped, one after the other; the last is only looked for.
const TAPS: [&str; 7] = [
    "Cramp right now",
    "None of these",
    "20 to 27 weeks",
    "None of these",
    "None of these",
    "Skip",
    "More steps",
];

/// Brings an update until it is taken.
async fn bring(client: reqwest::Client, address: SocketAddr, update: Value) {
    loop {
        let request = client
            .post(format!("http://{address}/updates"))
            .header("X-Telegram-Bot-Api-Secret-Token", SECRET)
            .body(update.to_string());
        if request
            .send()
            .await
            .is_ok_and(|answer| answer.status().is_success())
        {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Brings all these in an order by chance, each up to three times.
async fn bring_all(address: SocketAddr, updates: &[Value], dice: &mut Dice) {
    let mut all: Vec<Value> = Vec::new();
    for update in updates {
        for _ in 0..=dice.below(3) {
            all.push(update.clone());
        }
    }
    for place in (1..all.len()).rev() {
        all.swap(place, dice.below(place + 1));
    }
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut under_way = JoinSet::new();
    for update in all {
        if under_way.len() >= 8 {
            under_way.join_next().await.unwrap().unwrap();
        }
        under_way.spawn(bring(client.clone(), address, update));
    }
    while let Some(brought) = under_way.join_next().await {
        brought.unwrap();
    }
}

/// The token of the button with this label, as an ordered conversation has it now.
fn token(player: &mut Player<'_>, label: &str) -> String {
    match player.read(label).event {
        Event::Tap(token) => token,
        other => panic!("{label} is no button now but {other:?}"),
    }
}

/// The message that carries a button with this token.
fn message_with(her: &Person, token: &str) -> Option<i32> {
    let chat = her.transcript();
    let carries = |message: &&Seen| {
        let mut buttons = message.rows.iter().flatten();
        buttons.any(|button| button.data.as_deref() == Some(token))
    };
    chat.messages.iter().rev().find(carries).map(|message| message.id)
}

/// Is everything she asked aside answered, as often as she asked?
fn is_settled(her: &Person) -> bool {
    let said = heads(her);
    let chat = her.transcript();
    ASIDE.iter().all(|command| {
        let hers = chat.messages.iter().filter(|message| !message.by_bot);
        let asked = hers.filter(|message| message.text == *command).count();
        let answer = answer_to(command);
        said.iter().filter(|said| **said == answer).count() == asked
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p9_p19_p26_updates_in_any_order_and_any_number_are_answered_once() {
    let telegram = FakeTelegram::start().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let url = format!("http://{address}/updates");
    let settings = WebhookSettings::new(&url, vec![SecretString::from(SECRET)]).unwrap();
    let door = Door::Webhook(settings, listener);
    let running = Running::start_with(tempfile::tempdir().unwrap(), &telegram, around(), door).await;
    let mut dice = Dice(26);
    let people: Vec<Person> = (0..CHATS).map(|number| telegram.user(7_000 + number)).collect();
    let mut player = Player::new(crate::shared::content(), around());
    player.play("/start");
    for her in &people {
        her.send_text("/start");
    }
    let mut brought = Vec::new();
    for (step, label) in TAPS.iter().enumerate() {
        let updates = telegram.take_pending();
        bring_all(address, &updates, &mut dice).await;
        brought.extend(updates);
        let next = token(&mut player, label);
        for her in &people {
            her.wait("the button of an ordered conversation, and every answer", |_| {
                message_with(her, &next).is_some() && is_settled(her)
            })
            .await;
            if step + 1 < TAPS.len() {
                let message = message_with(her, &next).unwrap();
                her.send_text(ASIDE[dice.below(ASIDE.len())]);
                her.tap_on(message, &next);
                her.tap_on(message, &next);
                her.send_text(ASIDE[dice.below(ASIDE.len())]);
            }
        }
        player.play(label);
    }
    let events = || people.iter().map(|her| her.events().len()).collect::<Vec<_>>();
    let mut before = events();
    loop {
        tokio::time::sleep(Duration::from_millis(400)).await;
        let now = events();
        if now == before {
            break;
        }
        before = now;
    }
    // Later all of them come once more.
    bring_all(address, &brought, &mut dice).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(before, events());
    running.stop().await;
}
