//! The same transcripts through the Telegram door: real HTTP against the strict fake server, and what she sees there
//! is what the terminal prints.

use std::collections::BTreeMap;
use std::time::Duration;

use nightease::conversation::{Event, Press, Reply, Unreadable};
use nightease::terminal::transcript::Player;
use serde_json::json;
use tokio::task::JoinSet;

use crate::fake_telegram::{FakeTelegram, Happened, Person};
use crate::service::Running;
use crate::transcripts::{Transcript, all};

/// How many chats talk at the same time.
const AT_ONCE: usize = 48;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_transcript_holds_in_telegram() {
    let mut groups: BTreeMap<String, Vec<Transcript>> = BTreeMap::new();
    for transcript in all() {
        let around = &transcript.around;
        let zone = around
            .time_zone
            .as_ref()
            .and_then(|zone| zone.iana_name())
            .unwrap_or("")
            .to_owned();
        let key = format!("{} {zone} {:?}", around.now, around.country);
        groups.entry(key).or_default().push(transcript);
    }
    let mut wrong = Vec::new();
    for transcripts in groups.into_values() {
        wrong.extend(play_group(transcripts).await);
    }
    assert!(
        wrong.is_empty(),
        "{} transcripts differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

async fn play_group(transcripts: Vec<Transcript>) -> Vec<String> {
    let telegram = FakeTelegram::start().await;
    let around = transcripts[0].around.clone();
    telegram.pass(around.now.as_second() - telegram.now());
    let running = Running::start(&telegram, around).await;
    let mut wrong = Vec::new();
    let mut chats = JoinSet::new();
    for (place, transcript) in transcripts.into_iter().enumerate() {
        if chats.len() >= AT_ONCE {
            wrong.extend(chats.join_next().await.unwrap().unwrap());
        }
        let her = telegram.user(1_000 + i64::try_from(place).unwrap());
        chats.spawn(play(her, transcript));
    }
    while let Some(ended) = chats.join_next().await {
        wrong.extend(ended.unwrap());
    }
    running.stop().await;
    wrong.extend(telegram.violations());
    wrong
}

/// Plays one transcript; gives back what differs.
async fn play(her: Person, transcript: Transcript) -> Option<String> {
    let content = crate::shared::content();
    let mut player = Player::new(content, transcript.around.clone());
    let mut last_own = 0;
    for line in &transcript.lines {
        let arrival = player.read(line);
        let before = her.events().len();
        act(
            &her,
            line,
            &arrival.event,
            transcript.around.now.as_second(),
            &mut last_own,
        );
        let expected = player.hear(&arrival);
        if let Err(difference) = settle(&her, before, &expected, is_tapped_again(line)).await {
            return Some(format!("{}, at {line:?}: {difference}", transcript.name()));
        }
    }
    None
}

/// A second tap on what she tapped already, or on a message that has changed since, may change nothing she sees.
fn is_tapped_again(line: &str) -> bool {
    line == "!again" || line.starts_with("!old ")
}

fn act(her: &Person, line: &str, event: &Event, now: i64, last_own: &mut i32) {
    match event {
        Event::Tap(token) => {
            let transcript = her.transcript();
            let carries = |message: &&crate::fake_telegram::Seen| {
                message
                    .rows
                    .iter()
                    .flatten()
                    .any(|button| button.data.as_deref() == Some(token))
            };
            match transcript.messages.iter().rev().find(carries) {
                Some(message) => her.tap_on(message.id, token),
                None => her.tap_raw(token),
            }
        }
        Event::Edited(words) => her.edit_text(*last_own, words.reveal()),
        Event::Unreadable(kind) => {
            *last_own = match kind {
                Unreadable::Picture => her.send_photo(None),
                Unreadable::Voice => {
                    her.send(json!({"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}}))
                }
                Unreadable::Sticker => her.send(
                    json!({"sticker": {"file_id": "s", "file_unique_id": "s", "type": "regular",
                        "width": 1, "height": 1, "is_animated": false, "is_video": false}}),
                ),
                Unreadable::Other => her.send(json!({"location": {"latitude": 1.0, "longitude": 2.0}})),
            };
        }
        _ => match line.strip_prefix("!late ").and_then(|rest| rest.split_once(' ')) {
            Some((minutes, words)) => {
                let sent = now - minutes.parse::<i64>().unwrap() * 60;
                *last_own = her.send(json!({"text": words, "date": sent}));
            }
            None => *last_own = her.send_text(line),
        },
    }
}

/// Waits until she sees what the terminal would print.
async fn settle(her: &Person, before: usize, expected: &[Reply], doubled: bool) -> Result<(), String> {
    let texts: Vec<String> = expected.iter().map(|reply| reply.text.words()).collect();
    let labels: Vec<&str> = expected
        .last()
        .iter()
        .flat_map(|reply| reply.rows.iter().flatten())
        .filter(|button| matches!(button.press, Press::Tap { .. }))
        .map(|button| button.label.as_str())
        .collect();
    // A tap that may change nothing is given a moment to change something.
    let quiet = tokio::time::Instant::now() + Duration::from_millis(400);
    let deadline = tokio::time::Instant::now() + Duration::from_secs(8);
    loop {
        let transcript = her.transcript();
        let said: Vec<String> = transcript.events[before..].iter().filter_map(text_of).collect();
        let newest = transcript.of_bot();
        let shown = newest
            .iter()
            .rev()
            .find(|message| Some(&message.text) == texts.last());
        let buttons: Vec<&str> = shown
            .iter()
            .flat_map(|message| message.rows.iter().flatten())
            .filter(|button| button.data.is_some())
            .map(|button| button.label.as_str())
            .collect();
        if (said == texts
            || (doubled && said.is_empty() && shown.is_some() && tokio::time::Instant::now() > quiet))
            && buttons == labels
        {
            return Ok(());
        }
        if tokio::time::Instant::now() > deadline {
            return Err(format!(
                "expected {texts:?} with {labels:?}\n  found {said:?} with {buttons:?}"
            ));
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn text_of(event: &Happened) -> Option<String> {
    match event {
        Happened::Sent { text, .. } | Happened::Edited { text, .. } => Some(text.clone()),
        Happened::KeyboardRemoved { .. } | Happened::KeyboardChanged { .. } => None,
    }
}
