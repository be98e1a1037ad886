//! As much HTTP/1.1 as a Bot API client speaks: requests with a length, kept-alive connections. By hand, because the
//! load must cost less than what it measures.

use anyhow::bail;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One request.
pub struct Request {
    /// The method of the Bot API, in lower case.
    pub method: String,
    /// Its body.
    pub body: Vec<u8>,
}

/// A connection of a client.
pub struct Connection {
    stream: TcpStream,
    held: Vec<u8>,
}

impl Connection {
    /// Takes over a connection.
    #[must_use]
    pub fn new(stream: TcpStream) -> Connection {
        Connection {
            stream,
            held: Vec::with_capacity(8 * 1024),
        }
    }

    /// The next request; `None` when the client has hung up.
    ///
    /// # Errors
    /// When it is no request.
    pub async fn next(&mut self) -> anyhow::Result<Option<Request>> {
        let head = loop {
            if let Some(end) = find(&self.held, b"\r\n\r\n") {
                break end + 4;
            }
            if self.stream.read_buf(&mut self.held).await? == 0 {
                return Ok(None);
            }
        };
        let (method, length) = read_head(&self.held[..head])?;
        while self.held.len() < head + length {
            if self.stream.read_buf(&mut self.held).await? == 0 {
                return Ok(None);
            }
        }
        let body = self.held[head..head + length].to_vec();
        self.held.drain(..head + length);
        Ok(Some(Request { method, body }))
    }

    /// Answers the last request.
    ///
    /// # Errors
    /// When the client has gone.
    pub async fn answer(&mut self, body: &str) -> anyhow::Result<()> {
        let mut all = Vec::with_capacity(body.len() + 96);
        all.extend_from_slice(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ");
        all.extend_from_slice(body.len().to_string().as_bytes());
        all.extend_from_slice(b"\r\n\r\n");
        all.extend_from_slice(body.as_bytes());
        self.stream.write_all(&all).await?;
        Ok(())
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// The method at the end of the path, and the length of the body.
fn read_head(head: &[u8]) -> anyhow::Result<(String, usize)> {
    let head = std::str::from_utf8(head)?;
    let mut lines = head.split("\r\n");
    let path = lines.next().and_then(|line| line.split(' ').nth(1));
    let Some(method) = path.and_then(|path| path.rsplit('/').next()) else {
        bail!("a request without a path");
    };
    let mut length = 0;
    for line in lines {
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse()?;
        }
    }
    Ok((method.to_ascii_lowercase(), length))
}
