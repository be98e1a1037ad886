//! Canary words: what people write, are called and are told, the token, the secrets and the key are looked for in all that
//! the real binary leaves behind at the most talkative level: its log and output, every file beside it (the database and its
//! log while it runs, and after), `/metrics` and the health pages. Both doors, all flows, and a server that quotes what it
//! was sent in its errors.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use nightease::content::Content;
use serde_json::json;
use tokio::task::JoinSet;

use crate::fake_telegram::{FakeTelegram, Fault, Person, Trouble};
use crate::process::{Process, serve};
use crate::transcripts::all;

/// What she writes, in every message.
const WORD: &str = "kestrelfeather";
/// What she is called, and her number.
const NAMES: [&str; 4] = ["Zephyrine", "Quillwright", "zephyrq_night", "+49 151 5550 1934"];
/// Chats are easily found in a log.
const CHAT: i64 = 5_719_284_000;
/// A stranger's.
const GUESS: &str = "a-secret-that-a-stranger-guessed";
const SECRET: &str = "webhook-canary-secret-0123456789";
const KEY: &str = "c0ffee5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5adecade";
/// Of the transcripts each so many-th is played: `NIGHTEASE_CANARY_EVERY=1 cargo test canary` plays all.
const EVERY: usize = 6;
/// Sooner than that nothing more comes.
const QUIET: Duration = Duration::from_millis(60);

fn command(folder: &Path, telegram: &FakeTelegram, health: SocketAddr) -> Command {
    let mut command = serve(folder, telegram);
    command
        .env("RUST_LOG", "trace")
        .env("NIGHTEASE_LOG", "trace")
        .env("NIGHTEASE_KEY", KEY)
        .env("NIGHTEASE_HEALTH_ADDRESS", health.to_string())
        .env("NIGHTEASE_MESSAGES_PER_SECOND", "1000000")
        .env("NIGHTEASE_CHAT_MESSAGES_PER_SECOND", "1000000")
        .env("NIGHTEASE_CHAT_BURST", "1000000");
    let output = fs::File::create(folder.join("output.txt")).unwrap();
    command.stdout(Stdio::from(output));
    command
}

fn free_address() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap()
}

/// What must be nowhere: canaries, and of what she was told and tapped all that is long enough to be known again.
fn forbidden(telegram: &FakeTelegram, people: &[Person]) -> Vec<String> {
    let mut words: Vec<String> = vec![WORD.into(), GUESS.into(), SECRET.into(), KEY.into()];
    words.extend(NAMES.map(str::to_owned));
    let token = telegram.token();
    words.push(token.split_once(':').unwrap().1.to_owned());
    for her in people {
        words.push(her.chat_id.to_string());
        let chat = her.transcript();
        for message in &chat.messages {
            let lines = message
                .text
                .lines()
                .filter(|line| line.len() > 12 && !line.starts_with('/'));
            words.extend(lines.map(str::to_owned));
            let buttons = message.rows.iter().flatten();
            let data = buttons.filter_map(|button| button.data.clone());
            words.extend(data.filter(|data| data.len() > 6));
        }
    }
    // What she could tell, by its name.
    let content = crate::shared::content();
    words.extend(names_of_what_she_tells(content));
    words.sort();
    words.dedup();
    words
}

fn names_of_what_she_tells(content: &Content) -> Vec<String> {
    let findings = content
        .findings
        .iter()
        .map(|(_, finding)| finding.name.to_string());
    findings.filter(|name| name.len() > 6).collect()
}

/// All bytes of all files, with their names.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let files = entries.map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        // A file may go away in between.
        let bytes = fs::read(entry.path()).unwrap_or_default();
        (
            format!("the name {name}"),
            [name.as_bytes(), &b"\n"[..], &bytes].concat(),
        )
    });
    files.collect()
}

async fn pages(health: SocketAddr) -> Vec<(String, Vec<u8>)> {
    let mut pages = Vec::new();
    for path in ["/metrics", "/health/ready", "/health/live", "/", "/nowhere"] {
        let answer = reqwest::get(format!("http://{health}{path}")).await.unwrap();
        let head = format!("{:?}", answer.headers());
        let body = answer.bytes().await.unwrap();
        pages.push((path.to_owned(), [head.as_bytes(), &body[..]].concat()));
    }
    pages
}

fn look(places: &[(String, Vec<u8>)], words: &[String]) {
    let told = names_of_what_she_tells(crate::shared::content());
    for (place, bytes) in places {
        let bare = without_rules(bytes);
        for word in words {
            let found = holds(if told.contains(word) { &bare } else { bytes }, word.as_bytes());
            assert!(!found, "{word:?} is in {place}:\n{}", lines_with(bytes, word));
        }
    }
}

/// Without the lines that name the rules which read her words. A rule is called after what it reads (`fever.3`); the line
/// says neither whose words nor which.
fn without_rules(bytes: &[u8]) -> Vec<u8> {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let others = lines.filter(|line| !holds(line, b"words were read"));
    others.flatten().copied().collect()
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    let first = word[0];
    let mut rest = bytes;
    while let Some(place) = rest.iter().position(|byte| *byte == first) {
        if rest[place..].starts_with(word) {
            return true;
        }
        rest = &rest[place + 1..];
    }
    false
}

fn lines_with(bytes: &[u8], word: &str) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.lines()
        .filter(|line| line.contains(word))
        .take(5)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Plays the lines of a transcript as far as they can be played, with canaries in between.
async fn wander(her: Person, lines: Vec<String>) -> Person {
    her.is_called(NAMES[0], NAMES[1], NAMES[2]);
    for line in &lines {
        let before = her.events().len();
        let label = her.transcript().messages.iter().rev().find_map(|message| {
            let label = message.labels().into_iter().find(|label| label == line)?;
            Some(label.to_owned())
        });
        if line.starts_with('!') {
            continue;
        }
        match label {
            Some(label) => her.tap_if_there(&label),
            None if line.starts_with('/') => drop(her.send_text(line)),
            None => drop(her.send_text(&format!("{line} {WORD}"))),
        }
        her.until_quiet(before, QUIET).await;
    }
    her
}

/// Everything else that can be sent.
async fn strange_things(telegram: &FakeTelegram, her: &Person) {
    her.is_called(NAMES[0], NAMES[1], NAMES[2]);
    her.send_text(&format!("/start {WORD}"));
    let first = her.send_text(&format!("{WORD} in my calf"));
    her.edit_text(first, &format!("{WORD} since noon"));
    her.send_photo(Some(WORD));
    her.send(json!({"contact": {"phone_number": NAMES[3], "first_name": NAMES[0], "last_name": NAMES[1]}}));
    her.send(json!({"location": {"latitude": 52.519_171, "longitude": 13.406_091}}));
    her.send(
        json!({"document": {"file_id": WORD, "file_unique_id": "u", "file_name": format!("{WORD}.pdf")}}),
    );
    her.send(json!({"poll": {"id": "1", "question": WORD}}));
    her.send(json!({"hologram": {"says": WORD}}));
    her.send_text(&format!("/{WORD}"));
    her.wait_events(3).await;
    her.tap_raw(&format!("9.{WORD}"));
    telegram.inject(
        "message_reaction",
        json!({"chat": {"id": CHAT, "type": "private"}, "x": WORD}),
    );
    let group = telegram.group(-CHAT);
    group.send_text(&format!("/help {WORD}"));
    group.wait_events(1).await;
}

/// A server that quotes what it was sent, with every code, for every method.
fn quotes(telegram: &FakeTelegram) {
    let say = |code: u16, text: &str| {
        Fault::new(Trouble::Refuse {
            code,
            description: format!("{text}: {WORD} {} {}", NAMES[0], telegram.token()),
            retry_after: (code == 429).then_some(1),
        })
    };
    for method in ["sendMessage", "editMessageText"] {
        for (code, text) in [
            (400, "Bad Request: can't parse entities near"),
            (400, "Bad Request: strange"),
            (401, "Unauthorized"),
            (409, "Conflict"),
            (418, "I am"),
            (429, "Too Many Requests"),
            (500, "Internal Server Error"),
            (503, "Service"),
        ] {
            // The token refused means a long wait, so it has a chat of its own.
            let fault = say(code, text).on(method);
            telegram.plan(if code == 401 {
                fault.within(CHAT + 900)
            } else {
                fault
            });
        }
        let html = format!("<html>{WORD} {}</html>", telegram.token());
        telegram.plan(Fault::new(Trouble::Page(502, html.clone())).on(method));
        telegram.plan(Fault::new(Trouble::Page(400, html)).on(method));
        telegram.plan(Fault::new(Trouble::DropBefore).on(method));
        telegram.plan(Fault::new(Trouble::DropAfter).on(method));
    }
    for method in [
        "answerCallbackQuery",
        "getMe",
        "setWebhook",
        "getMyCommands",
        "setMyDescription",
    ] {
        telegram.plan(say(400, "Bad Request: QUERY").on(method));
        telegram.plan(say(500, "Internal Server Error").on(method));
    }
    telegram.plan(say(500, "Internal Server Error").on("getUpdates"));
    telegram.plan(say(409, "Conflict").on("getUpdates"));
}

/// Everybody talks. Gives back all chats.
async fn everybody(telegram: &FakeTelegram) -> Vec<Person> {
    let every = std::env::var("NIGHTEASE_CANARY_EVERY").map_or(EVERY, |wish| wish.parse().unwrap());
    let mut chats = JoinSet::new();
    let mut people = Vec::new();
    for (number, transcript) in (0..).zip(all().into_iter().step_by(every)) {
        if chats.len() >= 40 {
            people.push(chats.join_next().await.unwrap().unwrap());
        }
        chats.spawn(wander(telegram.user(CHAT + number), transcript.lines));
    }
    while let Some(her) = chats.join_next().await {
        people.push(her.unwrap());
    }
    let blocked = telegram.user(CHAT + 901);
    blocked.send_text("/start legs");
    blocked.wait_events(2).await;
    blocked.block();
    let refused = telegram.user(CHAT + 900);
    refused.send_text(WORD);
    let strange = telegram.user(CHAT + 902);
    strange_things(telegram, &strange).await;
    telegram.wait_confirmed().await;
    people.extend([blocked, refused, strange]);
    people
}

async fn look_everywhere(telegram: &FakeTelegram, people: &[Person], folder: &Path, health: SocketAddr) {
    let words = forbidden(telegram, people);
    assert!(words.len() > 300, "{} words", words.len());
    let (files, pages) = (files(folder), pages(health).await);
    look(&files, &words);
    look(&pages, &words);
    // It is looked where there is something to be found.
    for (word, place) in [
        (telegram.username().as_str(), "log.txt"),
        ("SQLite format 3", "nightease.sqlite"),
        ("\u{7f}", "nightease.sqlite-wal"),
    ] {
        let found = files.iter().find(|(name, _)| name.ends_with(place));
        let (_, bytes) = found.unwrap_or_else(|| panic!("{place} is missing"));
        assert!(holds(bytes, word.as_bytes()), "{word:?} is not in {place}");
    }
    assert!(holds(&pages[0].1, b"nightease_updates_handled_total"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p30_no_word_no_name_and_no_secret_is_left_anywhere_by_polling() {
    let telegram = FakeTelegram::start().await;
    let folder = tempfile::tempdir().unwrap();
    let health = free_address();
    quotes(&telegram);
    let mut process = Process::start(command(folder.path(), &telegram, health), folder.path());
    process.logs("listening").await;
    let people = everybody(&telegram).await;
    look_everywhere(&telegram, &people, folder.path(), health).await;
    process.signal("TERM");
    assert_eq!(process.end().await.0.code(), Some(0));
    look(&files(folder.path()), &forbidden(&telegram, &people));
    let log = process.log();
    for line in [
        "updates accepted",
        "a message has to wait",
        "can never be sent",
        "polling failed",
    ] {
        assert!(log.contains(line), "{line:?} was never logged:\n{log}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p30_no_word_no_name_and_no_secret_is_left_anywhere_by_a_webhook() {
    let telegram = FakeTelegram::start().await;
    let bringer = telegram.deliver();
    let folder = tempfile::tempdir().unwrap();
    let (health, address) = (free_address(), free_address());
    quotes(&telegram);
    let mut command = command(folder.path(), &telegram, health);
    command
        .env("NIGHTEASE_WEBHOOK_URL", format!("http://{address}/updates"))
        .env("NIGHTEASE_WEBHOOK_ADDRESS", address.to_string())
        .env("NIGHTEASE_WEBHOOK_SECRET", SECRET);
    let mut process = Process::start(command, folder.path());
    process.logs("listening").await;
    // Strangers, and bodies that are no updates.
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    for (secret, body) in [
        (
            GUESS,
            json!({"update_id": 1, "message": {"text": WORD}}).to_string(),
        ),
        (
            SECRET,
            format!("{{\"update_id\": 2, \"message\": {{\"text\": \"{WORD}"),
        ),
        (SECRET, format!("[\"{WORD}\"]")),
        (SECRET, WORD.repeat(90_000)),
    ] {
        let request = client.post(format!("http://{address}/updates"));
        let request = request
            .header("X-Telegram-Bot-Api-Secret-Token", secret)
            .body(body);
        // Of a body that is too long not all is read.
        let _ = request.send().await;
    }
    let people = everybody(&telegram).await;
    look_everywhere(&telegram, &people, folder.path(), health).await;
    process.signal("TERM");
    assert_eq!(process.end().await.0.code(), Some(0));
    look(&files(folder.path()), &forbidden(&telegram, &people));
    let log = process.log();
    for line in [
        "the webhook could not be set",
        "a message has to wait",
        "can never be sent",
    ] {
        assert!(log.contains(line), "{line:?} was never logged:\n{log}");
    }
    bringer.abort();
}
