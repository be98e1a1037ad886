//! The client's HTTP, byte by byte: each test says what the server writes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use nightease::telegram::{CallError, Client};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with one request.
#[derive(Clone, Copy)]
enum Move {
    /// Writes this, in pieces, and waits for the next request.
    Says(&'static [&'static str]),
    /// Writes this and hangs up.
    Ends(&'static str),
}

struct Script {
    client: Client,
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
}

impl Script {
    /// A server that does these things, one for each request, whatever connection it comes on.
    async fn new(moves: &'static [Move]) -> Script {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let script = Script {
            client: Client::new(&address, SecretString::from("1:a")).unwrap(),
            connections: Arc::default(),
            requests: Arc::default(),
        };
        let (connections, requests) = (Arc::clone(&script.connections), Arc::clone(&script.requests));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(talk(stream, moves, Arc::clone(&requests)));
            }
        });
        script
    }

    async fn ask(&self) -> Result<Value, CallError> {
        let body = json!({"chat_id": 5});
        self.client.post("getMe", &body, Duration::from_secs(5)).await
    }

    fn met(&self) -> (usize, usize) {
        (
            self.connections.load(Ordering::SeqCst),
            self.requests.load(Ordering::SeqCst),
        )
    }
}

async fn talk(mut stream: TcpStream, moves: &[Move], requests: Arc<AtomicUsize>) {
    let mut held = vec![0; 4096];
    while let Ok(length) = stream.read(&mut held).await {
        if length == 0 {
            return;
        }
        let request = String::from_utf8_lossy(&held[..length]).into_owned();
        assert!(
            request.starts_with("POST /bot1:a/getMe HTTP/1.1\r\nhost: 127.0.0.1:"),
            "{request}"
        );
        assert!(request.contains("\r\ncontent-length: 13\r\n"), "{request}");
        assert!(request.ends_with("\r\n\r\n{\"chat_id\":5}"), "{request}");
        match moves[requests.fetch_add(1, Ordering::SeqCst)] {
            Move::Says(pieces) => {
                for piece in pieces {
                    stream.write_all(piece.as_bytes()).await.unwrap();
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            }
            Move::Ends(piece) => {
                stream.write_all(piece.as_bytes()).await.unwrap();
                return;
            }
        }
    }
}

const SHORT: Move = Move::Says(&[
    "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"ok\":true,\"result\":",
    "7}",
]);
/// The length above leaves out the last letter; this is the true one.
const WHOLE: Move = Move::Says(&[
    "HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{\"ok\":true,",
    "\"result\":7}",
]);

#[tokio::test]
async fn a_connection_is_used_again() {
    let script = Script::new(&[WHOLE, WHOLE]).await;
    assert_eq!(script.ask().await, Ok(json!(7)));
    assert_eq!(script.ask().await, Ok(json!(7)));
    assert_eq!(script.met(), (1, 2));
}

#[tokio::test]
async fn an_answer_longer_than_it_says_spoils_only_itself() {
    let script = Script::new(&[SHORT, WHOLE]).await;
    assert_eq!(script.ask().await, Err(CallError::Garbled { status: 200 }));
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(script.ask().await, Ok(json!(7)));
    assert_eq!(script.met(), (2, 2));
}

#[tokio::test]
async fn chunks_are_put_together() {
    const CHUNKS: Move = Move::Says(&[
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "A;of=it\r\n{\"ok\":true",
        "\r\n",
        "b\r\n,\"result\":7\r\n1\r\n}\r\n0",
        "\r\nTrailer: x\r\n",
        "\r\n",
    ]);
    let script = Script::new(&[CHUNKS, WHOLE]).await;
    assert_eq!(script.ask().await, Ok(json!(7)));
    assert_eq!(script.ask().await, Ok(json!(7)));
    assert_eq!(script.met(), (1, 2));
}

#[tokio::test]
async fn an_answer_without_a_length_ends_with_the_connection() {
    let script = Script::new(&[
        Move::Ends("HTTP/1.1 200 OK\r\n\r\n{\"ok\":true,\"result\":7}"),
        WHOLE,
    ])
    .await;
    assert_eq!(script.ask().await, Ok(json!(7)));
    assert_eq!(script.ask().await, Ok(json!(7)));
    assert_eq!(script.met(), (2, 2));
}

#[tokio::test]
async fn an_answer_to_come_is_waited_for() {
    let script = Script::new(&[Move::Says(&[
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 50\r\n\r\n",
        "{\"ok\":false,\"error_code\":400,\"description\":\"no\"}  ",
    ])])
    .await;
    let refused = script.ask().await;
    assert!(matches!(refused, Err(CallError::Refused(refusal)) if refusal.code == 400));
}

#[tokio::test]
async fn a_connection_that_was_closed_while_it_was_idle_is_not_used() {
    const LAST: Move = Move::Ends("HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{\"ok\":true,\"result\":7}");
    let script = Script::new(&[LAST, WHOLE]).await;
    assert_eq!(script.ask().await, Ok(json!(7)));
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(script.ask().await, Ok(json!(7)));
    assert_eq!(script.met(), (2, 2));
}

#[tokio::test]
async fn nothing_is_sent_twice() {
    let script = Script::new(&[WHOLE, Move::Ends("HTTP/1.1 200 OK\r\nContent-Le"), WHOLE]).await;
    assert_eq!(script.ask().await, Ok(json!(7)));
    assert_eq!(script.ask().await, Err(CallError::Broken));
    assert_eq!(script.met(), (1, 2));
}

#[tokio::test]
async fn what_is_no_answer_or_too_long_a_one_is_garbled() {
    const LONG: Move = Move::Says(&["HTTP/1.1 200 OK\r\nContent-Length: 17000000\r\n\r\n{"]);
    const CHUNK: Move = Move::Says(&["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffff\r\n{"]);
    let script = Script::new(&[Move::Says(&["SSH-2.0-OpenSSH_9.2\r\n"]), LONG, CHUNK]).await;
    for status in [0, 200, 200] {
        assert_eq!(script.ask().await, Err(CallError::Garbled { status }));
    }
    assert_eq!(script.met(), (3, 3));
}
