//! The webhook speaks TLS by itself, with a certificate and a key from files, and takes new ones while it runs.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use nightease::app::serve::Door;
use nightease::conversation::Surroundings;
use nightease::telegram::{Tls, TlsError, WebhookSettings};
use reqwest::{Certificate, StatusCode};
use secrecy::SecretString;
use serde_json::json;
use tempfile::TempDir;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};

use crate::fake_telegram::FakeTelegram;
use crate::process::{Process, refusal, serve};
use crate::service::Running;

const SECRET: &str = "a-secret-of-the-tests";

/// A certificate for `localhost` that nobody has signed, and its key.
fn write(folder: &Path) -> Certificate {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    fs::write(folder.join("chain.pem"), made.cert.pem()).unwrap();
    fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    Certificate::from_pem(made.cert.pem().as_bytes()).unwrap()
}

fn read(folder: &Path) -> Result<Tls, TlsError> {
    Tls::read(&folder.join("chain.pem"), &folder.join("key.pem"))
}

/// A client that trusts this certificate and no other.
fn client(trusted: Certificate) -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .tls_built_in_root_certs(false)
        .add_root_certificate(trusted)
        .pool_max_idle_per_host(0)
        .timeout(Duration::from_secs(5))
        .build()
        .unwrap()
}

async fn bring(client: &reqwest::Client, address: SocketAddr, id: i64) -> Result<StatusCode, reqwest::Error> {
    let update = json!({"update_id": id, "message": {
        "message_id": id, "date": Timestamp::now().as_second(), "text": "/start",
        "chat": {"id": 5, "type": "private"}, "from": {"id": 5, "is_bot": false},
    }});
    let request = client.post(format!("https://localhost:{}/updates", address.port()));
    let request = request.header("X-Telegram-Bot-Api-Secret-Token", SECRET);
    Ok(request.body(update.to_string()).send().await?.status())
}

async fn start(telegram: &FakeTelegram, files: &TempDir) -> (Running, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let url = format!("https://localhost:{}/updates", address.port());
    let mut settings = WebhookSettings::new(&url, vec![SecretString::from(SECRET)]).unwrap();
    settings.tls = Some(read(files.path()).unwrap());
    let around = Surroundings {
        now: Timestamp::now(),
        time_zone: None,
        country: None,
        private_link: None,
    };
    let door = Door::Webhook(settings, listener);
    let running = Running::start_with(tempfile::tempdir().unwrap(), telegram, around, door).await;
    (running, address)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn updates_come_over_tls_and_a_slow_stranger_holds_nobody_up() {
    let telegram = FakeTelegram::start().await;
    let files = tempfile::tempdir().unwrap();
    let trusted = client(write(files.path()));
    let (running, address) = start(&telegram, &files).await;
    let her = telegram.user(5);
    // They connect and say nothing, or something else than TLS.
    let silent: Vec<TcpStream> = vec![
        TcpStream::connect(address).await.unwrap(),
        TcpStream::connect(address).await.unwrap(),
    ];
    let plain = reqwest::Client::builder().no_proxy().build().unwrap();
    let plain = plain
        .post(format!("http://{address}/updates"))
        .timeout(Duration::from_secs(5));
    assert!(plain.send().await.is_err());
    let begun = Instant::now();
    assert_eq!(bring(&trusted, address, 1).await.unwrap(), StatusCode::OK);
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    her.wait("the answer", |chat| !chat.of_bot().is_empty()).await;
    let elsewhere = tempfile::tempdir().unwrap();
    let other = client(write(elsewhere.path()));
    assert!(
        bring(&other, address, 2).await.is_err(),
        "another certificate is trusted"
    );
    drop(silent);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_certificate_is_taken_without_a_restart() {
    let telegram = FakeTelegram::start().await;
    let files = tempfile::tempdir().unwrap();
    let old = client(write(files.path()));
    let (running, address) = start(&telegram, &files).await;
    telegram.user(5);
    assert_eq!(bring(&old, address, 1).await.unwrap(), StatusCode::OK);
    // Half of a pair changes nothing.
    let elsewhere = tempfile::tempdir().unwrap();
    let new = client(write(elsewhere.path()));
    fs::copy(elsewhere.path().join("chain.pem"), files.path().join("chain.pem")).unwrap();
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(bring(&old, address, 2).await.unwrap(), StatusCode::OK);
    fs::copy(elsewhere.path().join("key.pem"), files.path().join("key.pem")).unwrap();
    let begun = Instant::now();
    while bring(&new, address, 3).await.is_err() {
        assert!(
            begun.elapsed() < Duration::from_secs(10),
            "it goes on with the old one"
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert!(bring(&old, address, 4).await.is_err());
    running.stop().await;
}

#[test]
fn files_that_cannot_be_used_are_named() {
    let files = tempfile::tempdir().unwrap();
    let said = |folder: &Path| read(folder).unwrap_err().to_string();
    assert!(said(files.path()).contains("NIGHTEASE_WEBHOOK_CERT"));
    write(files.path());
    fs::write(files.path().join("chain.pem"), "no certificate").unwrap();
    assert!(said(files.path()).contains("chain.pem"));
    write(files.path());
    fs::write(files.path().join("key.pem"), "no key").unwrap();
    let told = said(files.path());
    assert!(
        told.contains("NIGHTEASE_WEBHOOK_KEY") && told.contains("key.pem"),
        "{told}"
    );
    let other = tempfile::tempdir().unwrap();
    write(other.path());
    write(files.path());
    fs::copy(other.path().join("key.pem"), files.path().join("key.pem")).unwrap();
    assert!(said(files.path()).contains("does not belong"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_binary_speaks_tls_with_both_files_and_refuses_one_alone() {
    let telegram = FakeTelegram::start().await;
    let folder = tempfile::tempdir().unwrap();
    let trusted = client(write(folder.path()));
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let command = || {
        let mut command = serve(folder.path(), &telegram);
        command
            .env(
                "NIGHTEASE_WEBHOOK_URL",
                format!("https://localhost:{}/updates", address.port()),
            )
            .env("NIGHTEASE_WEBHOOK_ADDRESS", address.to_string())
            .env("NIGHTEASE_WEBHOOK_SECRET", SECRET)
            .env("NIGHTEASE_WEBHOOK_CERT", "chain.pem");
        command
    };
    let (code, lines) = refusal(command(), folder.path()).await;
    assert_eq!(code, Some(2), "{lines:?}");
    let mut both = command();
    both.env("NIGHTEASE_WEBHOOK_KEY", "key.pem");
    let mut process = Process::start(both, folder.path());
    process.logs("listening").await;
    let her = telegram.user(5);
    assert_eq!(bring(&trusted, address, 1).await.unwrap(), StatusCode::OK);
    her.wait("the answer", |chat| !chat.of_bot().is_empty()).await;
    // A connection that is open does not hold the stop up.
    let mut silent = TcpStream::connect(address).await.unwrap();
    process.signal("TERM");
    let (status, took) = process.end().await;
    assert_eq!(status.code(), Some(0), "{}", process.log());
    assert!(took < Duration::from_secs(10), "{took:?}");
    let mut rest = Vec::new();
    let _ = silent.read_to_end(&mut rest).await;
    assert!(rest.is_empty());
}
