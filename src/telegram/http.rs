//! As much HTTP/1.1 as the Bot API needs: `POST` with a length, answers of any form, connections that are kept open and
//! used again. A general client costs several times as much for each request. It never tries a request a second time:
//! whoever sends one knows whether that is harmless.

mod answer;
mod line;

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};
use tokio_rustls::rustls::pki_types::ServerName;
use url::{Host, Url};

pub(super) use self::answer::Answer;
use self::answer::{Reader, Trouble};
use self::line::{Line, Security};

/// How long connecting may take.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);
/// A connection that was idle for longer is not used again: what lies between may have forgotten it without a word.
const LONGEST_IDLE: Duration = Duration::from_secs(30);
/// So many idle connections are kept.
const MOST_IDLE: usize = 512;

/// Why a request came to nothing.
pub(super) enum Failure {
    /// There is no connection.
    Unreachable(String),
    /// Nothing came in time.
    TimedOut,
    /// The connection broke before the answer was whole.
    Broken,
    /// What came is no answer in HTTP, or a longer one than this program takes.
    Garbled(u16),
}

/// A server, and the connections to it.
pub(super) struct Http {
    host: String,
    port: u16,
    /// What stands in `Host`.
    authority: String,
    security: Option<Security>,
    idle: Mutex<Vec<Idle>>,
}

/// A connection that waits for its next request.
struct Idle {
    line: Line,
    since: Instant,
}

impl fmt::Debug for Http {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Http")
    }
}

impl Http {
    /// The server of this address. `None` if it is not one with `http` or `https`.
    pub(super) fn new(url: &Url) -> Option<Http> {
        let host = url.host()?;
        let port = url.port_or_known_default()?;
        // An address in brackets is one for `Host`, and one without for connecting.
        let plain = match &host {
            Host::Domain(name) => (*name).to_owned(),
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => address.to_string(),
        };
        let security = match url.scheme() {
            "http" => None,
            "https" => Some(Security::new(ServerName::try_from(plain.clone()).ok()?)),
            _ => return None,
        };
        let authority = url
            .port()
            .map_or_else(|| host.to_string(), |port| format!("{host}:{port}"));
        Some(Http {
            host: plain,
            port,
            authority,
            security,
            idle: Mutex::default(),
        })
    }

    /// Posts JSON to this path, and waits for the answer no longer than `limit`.
    pub(super) async fn post(
        &self,
        path: &SecretString,
        method: &str,
        body: &[u8],
        limit: Duration,
    ) -> Result<Answer, Failure> {
        let request = self.request(path, method, body);
        match tokio::time::timeout(limit, self.exchange(&request)).await {
            Ok(answer) => answer,
            Err(_) => Err(Failure::TimedOut),
        }
    }

    /// The request as it is sent, in one piece.
    fn request(&self, path: &SecretString, method: &str, body: &[u8]) -> Vec<u8> {
        let length = body.len().to_string();
        let parts: [&[u8]; 10] = [
            b"POST ",
            path.expose_secret().as_bytes(),
            method.as_bytes(),
            b" HTTP/1.1\r\nhost: ",
            self.authority.as_bytes(),
            b"\r\naccept: */*\r\ncontent-type: application/json\r\ncontent-length: ",
            length.as_bytes(),
            b"\r\n\r\n",
            body,
            b"",
        ];
        parts.concat()
    }

    async fn exchange(&self, request: &[u8]) -> Result<Answer, Failure> {
        let mut line = match self.used_before() {
            Some(line) => line,
            None => self.connect().await?,
        };
        line.write(request).await.map_err(|_| Failure::Broken)?;
        let (answer, reusable) =
            Reader::default()
                .read(&mut line)
                .await
                .map_err(|trouble| match trouble {
                    Trouble::Broken => Failure::Broken,
                    Trouble::Garbled(status) => Failure::Garbled(status),
                })?;
        if reusable {
            self.put_back(line);
        }
        Ok(answer)
    }

    /// The connection that was used last, if there is one the server has not closed.
    fn used_before(&self) -> Option<Line> {
        let mut idle = self.idle();
        while let Some(mut last) = idle.pop() {
            if last.since.elapsed() > LONGEST_IDLE {
                // Those below it have been idle for longer.
                idle.clear();
            } else if last.line.is_quiet() {
                return Some(last.line);
            }
        }
        None
    }

    fn put_back(&self, line: Line) {
        let mut idle = self.idle();
        if idle.len() < MOST_IDLE {
            let since = Instant::now();
            idle.push(Idle { line, since });
        }
    }

    async fn connect(&self) -> Result<Line, Failure> {
        let connected = Line::connect(&self.host, self.port, self.security.as_ref());
        match tokio::time::timeout(CONNECT_LIMIT, connected).await {
            Ok(Ok(line)) => Ok(line),
            Ok(Err(error)) => Err(Failure::Unreachable(error.to_string())),
            Err(_) => Err(Failure::Unreachable(format!(
                "no connection within {} seconds",
                CONNECT_LIMIT.as_secs()
            ))),
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
