//! `nightease serve` as a process: its start, its end, and every setting it cannot use.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::fake_telegram::{FakeTelegram, Person};
use crate::process::{Process, nightease, refusal, serve};

/// Words that no log may hold.
const HER_WORDS: &str = "kestrelfeather in my calf since noon";
/// A chat id that is easily found in a log.
const HER_CHAT: i64 = 5_719_284_603;

struct Scene {
    telegram: FakeTelegram,
    folder: TempDir,
}

impl Scene {
    async fn new() -> Scene {
        Scene {
            telegram: FakeTelegram::start().await,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn serve(&self) -> Command {
        serve(self.path(), &self.telegram)
    }

    fn start(&self) -> Process {
        Process::start(self.serve(), self.path())
    }

    /// Expects that it does not start, and says why in one line.
    async fn refused(&self, command: Command, words: &[&str]) {
        let (code, lines) = refusal(command, self.path()).await;
        assert!(code.is_some_and(|code| code != 0), "{code:?} {lines:?}");
        assert_eq!(lines.len(), 1, "{lines:#?}");
        for word in words {
            assert!(lines[0].contains(word), "{word:?} is missing in {lines:?}");
        }
        assert!(lines[0].len() < 300, "{lines:?}");
        assert!(!lines[0].contains(&self.telegram.token()), "{lines:?}");
    }

    async fn refused_with(&self, name: &str, value: &str, words: &[&str]) {
        let mut command = self.serve();
        command.env(name, value).env("NIGHTEASE_LOG", "error");
        if name == "NIGHTEASE_LOG" {
            command.env(name, value);
        }
        self.refused(command, words).await;
    }
}

/// The bot's newest message has this text, and buttons.
async fn sees(her: &Person, words: &str) {
    her.wait(words, |chat| {
        chat.of_bot()
            .last()
            .is_some_and(|last| last.text.contains(words) && !last.rows.is_empty())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_serves_and_ends_on_both_signals_with_nothing_lost() {
    let scene = Scene::new().await;
    let her = scene.telegram.user(HER_CHAT);
    for (number, signal) in ["TERM", "INT", "TERM", "INT"].into_iter().enumerate() {
        let mut process = scene.start();
        her.send_text("/start");
        sees(&her, "Woken by pain?").await;
        her.tap("Cramp right now");
        sees(&her, "Is any of this true right now?").await;
        // In the middle of a turn, or just after.
        let before = her.events().len();
        her.tap("None of these");
        her.send_text(HER_WORDS);
        tokio::time::sleep(Duration::from_millis(3 * u64::try_from(number).unwrap())).await;
        process.signal(signal);
        let (status, took) = process.end().await;
        assert_eq!(status.code(), Some(0), "{signal}\n{}", process.log());
        assert!(took < Duration::from_secs(10), "{signal} took {took:?}");
        // What was not answered before the end is answered after the next start.
        let again = scene.start();
        her.wait("an answer to both", |_| her.events().len() >= before + 2)
            .await;
        sees(&her, "Where are you now?").await;
        sees(&her, "I found no sign that I know in that").await;
        scene.telegram.wait_confirmed().await;
        drop(again);
    }
    let log = fs::read_to_string(scene.path().join("log.txt")).unwrap();
    let chat = HER_CHAT.to_string();
    let token = scene.telegram.token();
    let secret = token.split_once(':').unwrap().1;
    for word in ["kestrelfeather", "calf", chat.as_str(), token.as_str(), secret] {
        assert!(!log.contains(word), "{word:?} is in the log:\n{log}");
    }
    assert!(log.contains("updates accepted"), "trace is logged: {log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signal_while_telegram_is_away_ends_it_too() {
    let scene = Scene::new().await;
    let mut command = scene.serve();
    // Nobody listens there.
    command.env("TELOXIDE_API_URL", "http://127.0.0.1:9");
    let mut process = Process::start(command, scene.path());
    process.logs("is asked again").await;
    process.signal("TERM");
    let (status, took) = process.end().await;
    assert_eq!(status.code(), Some(0));
    assert!(took < Duration::from_secs(10), "{took:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_token_two_lines_say_what_to_do() {
    let scene = Scene::new().await;
    for token in [None, Some(""), Some("  ")] {
        let mut command = scene.serve();
        match token {
            None => command.env_remove("TELOXIDE_TOKEN"),
            Some(token) => command.env("TELOXIDE_TOKEN", token),
        };
        let (code, lines) = refusal(command, scene.path()).await;
        assert!(code.is_some_and(|code| code != 0));
        assert_eq!(lines.len(), 2, "{lines:#?}");
        let all = lines.join("\n");
        assert!(
            all.contains("@BotFather") && all.contains("nightease chat"),
            "{all}"
        );
    }
    assert!(scene.telegram.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_refused_or_cannot_be_one_is_one_line() {
    let scene = Scene::new().await;
    scene
        .refused_with(
            "TELOXIDE_TOKEN",
            "7000000002:AAnotThisOne",
            &["token", "@BotFather"],
        )
        .await;
    for token in ["700 1:AA", "7000:AA/getMe", "7000:AA?x", "7000:ÄÄ"] {
        scene
            .refused_with("TELOXIDE_TOKEN", token, &["token", "@BotFather"])
            .await;
    }
    for url in ["nowhere", "ftp://127.0.0.1", "http://127.0.0.1/?x=1"] {
        scene
            .refused_with("TELOXIDE_API_URL", url, &["TELOXIDE_API_URL"])
            .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_other_setting_that_cannot_be_used_is_one_line() {
    let scene = Scene::new().await;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for (name, value, words) in [
        (
            "NIGHTEASE_TIME_ZONE",
            "Atlantis/Poseidonis",
            "NIGHTEASE_TIME_ZONE",
        ),
        ("NIGHTEASE_COUNTRY", "Albion", "NIGHTEASE_COUNTRY"),
        ("NIGHTEASE_COUNTRY", "1!", "NIGHTEASE_COUNTRY"),
        ("NIGHTEASE_LOG", "chatty", "NIGHTEASE_LOG"),
        ("NIGHTEASE_KEY", "beef", "NIGHTEASE_KEY"),
        ("NIGHTEASE_KEY_FILE", "no/such/folder/key", "no/such/folder/key"),
        ("NIGHTEASE_DATABASE", "no/such/folder/db", "no/such/folder/db"),
        ("NIGHTEASE_DATABASE", ".", "database"),
        (
            "NIGHTEASE_HEALTH_ADDRESS",
            address.as_str(),
            "NIGHTEASE_HEALTH_ADDRESS",
        ),
    ] {
        scene.refused_with(name, value, &[words]).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn values_of_another_form_name_the_setting_that_they_belong_to() {
    let scene = Scene::new().await;
    for (name, value, flag) in [
        ("NIGHTEASE_POLL_SECONDS", "51", "--poll-seconds"),
        ("NIGHTEASE_POLL_SECONDS", "long", "--poll-seconds"),
        ("NIGHTEASE_HEALTH_ADDRESS", "localhost", "--health-address"),
        ("NIGHTEASE_MESSAGES_PER_SECOND", "0", "--messages-per-second"),
    ] {
        let mut command = scene.serve();
        command.env(name, value);
        let (code, lines) = refusal(command, scene.path()).await;
        assert_eq!(code, Some(2), "{lines:?}");
        assert!(lines[0].contains(flag), "{lines:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_of_another_is_left_alone() {
    let scene = Scene::new().await;
    let mut first = scene.start();
    first.logs("listening").await;
    scene
        .refused_with("NIGHTEASE_DATABASE", "nightease.sqlite", &["in use by another"])
        .await;
    assert!(first.runs());
    // Nor was a poll taken from it: a first one is not held.
    let polls = scene.telegram.requests_of("getupdates");
    assert_eq!(
        polls.iter().filter(|poll| poll.arguments["timeout"] == 0).count(),
        1
    );
    first.kill();
    scene
        .refused_with(
            "NIGHTEASE_KEY",
            &"7b".repeat(32),
            &["does not open with this key"],
        )
        .await;
    fs::write(
        scene.path().join("other.sqlite"),
        "A shopping list, not a database. ".repeat(99),
    )
    .unwrap();
    scene
        .refused_with("NIGHTEASE_DATABASE", "other.sqlite", &["other.sqlite"])
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_come_from_a_file_too_and_a_broken_one_is_named() {
    let scene = Scene::new().await;
    let her = scene.telegram.user(HER_CHAT);
    let line = format!(
        "TELOXIDE_TOKEN={}\nTELOXIDE_API_URL={}\nNIGHTEASE_POLL_SECONDS=1\n",
        scene.telegram.token(),
        scene.telegram.url()
    );
    fs::write(scene.path().join(".env"), &line).unwrap();
    let mut command = nightease(scene.path());
    command.arg("serve");
    let mut process = Process::start(command, scene.path());
    her.send_text("/start");
    sees(&her, "Woken by pain?").await;
    process.kill();
    fs::write(
        scene.path().join(".env"),
        format!("TELOXIDE_TOKEN={} and more\n{line}", scene.telegram.token()),
    )
    .unwrap();
    let mut command = nightease(scene.path());
    command.arg("serve");
    scene.refused(command, &[".env"]).await;
}

#[test]
fn the_version_names_the_content() {
    let folder = tempfile::tempdir().unwrap();
    let told = nightease(folder.path())
        .arg("--version")
        .stdout(Stdio::piped())
        .output()
        .unwrap();
    let digest = nightease::content::Content::embedded().unwrap().digest;
    assert_eq!(
        String::from_utf8(told.stdout).unwrap(),
        format!("nightease {} (content {digest})\n", env!("CARGO_PKG_VERSION"))
    );
    assert!(told.status.success());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let there = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &there);
        } else {
            fs::copy(entry.path(), there).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_does_not_start_on_content_with_a_fault() {
    let scene = Scene::new().await;
    let broken = scene.path().join("broken");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("dialogues"), &broken);
    let check = || {
        let mut command = nightease(scene.path());
        command
            .args(["check", "broken"])
            .stdout(Stdio::piped())
            .output()
            .unwrap()
    };
    assert_eq!(check().status.code(), Some(0));
    let file = broken.join("causes.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}\n[[no_such_thing]]\nid = \"x\"\n")).unwrap();
    let told = check();
    assert_eq!(told.status.code(), Some(1));
    let faults = String::from_utf8(told.stdout).unwrap();
    assert!(
        faults.contains("causes.toml") && faults.contains("no_such_thing"),
        "{faults}"
    );
    let mut command = scene.serve();
    command.args(["--dialogues", "broken"]);
    let (code, lines) = refusal(command, scene.path()).await;
    assert_eq!(code, Some(1));
    assert!(lines.join("\n").contains("causes.toml"), "{lines:?}");
    assert!(scene.telegram.requests().is_empty());
    assert!(!scene.path().join("nightease.sqlite").exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_and_texts_are_set_once_after_the_first_poll() {
    let scene = Scene::new().await;
    let setters = ["setmycommands", "setmydescription", "setmyshortdescription"];
    let set = |telegram: &FakeTelegram| {
        setters
            .iter()
            .map(|method| telegram.requests_of(method).len())
            .sum::<usize>()
    };
    let asked = |telegram: &FakeTelegram| telegram.requests_of("getmyshortdescription").len();
    let mut first = scene.start();
    scene
        .telegram
        .wait("the texts to be set", |telegram| set(telegram) == 3)
        .await;
    first.signal("TERM");
    first.end().await;
    let requests = scene.telegram.requests();
    let place = |method: &str| requests.iter().position(|request| request.method == method);
    for method in setters {
        assert!(place("getupdates").unwrap() < place(method).unwrap(), "{method}");
    }
    let (commands, description, short) = scene.telegram.profile();
    assert!(commands.as_array().unwrap().len() >= 12, "{commands}");
    assert!(!description.is_empty() && !short.is_empty());
    let before = asked(&scene.telegram);
    let _second = scene.start();
    let her = scene.telegram.user(HER_CHAT);
    her.send_text("/start");
    sees(&her, "Woken by pain?").await;
    scene
        .telegram
        .wait("the texts to be looked at", |telegram| asked(telegram) > before)
        .await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(set(&scene.telegram), 3);
}
