//! One connection, in the clear or in TLS.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// Of several addresses of one server, each gets this long before the next is tried as well.
const HEAD_START: Duration = Duration::from_millis(250);

/// What TLS needs to know of a server. The roots are read when the first connection is made.
pub(super) struct Security {
    name: ServerName<'static>,
    connector: OnceLock<TlsConnector>,
}

impl Security {
    pub(super) fn new(name: ServerName<'static>) -> Security {
        Security {
            name,
            connector: OnceLock::new(),
        }
    }

    fn connector(&self) -> &TlsConnector {
        self.connector.get_or_init(|| {
            let roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
            let config = ClientConfig::builder()
                .with_root_certificates(roots)
                .with_no_client_auth();
            TlsConnector::from(Arc::new(config))
        })
    }
}

/// A connection.
pub(super) enum Line {
    /// For a server on this machine.
    Clear(TcpStream),
    /// For all others.
    Tls(Box<TlsStream<TcpStream>>),
}

impl Line {
    pub(super) async fn connect(host: &str, port: u16, security: Option<&Security>) -> Result<Line> {
        let addresses = tokio::net::lookup_host((host, port)).await?;
        let stream = first_of(addresses.collect()).await?;
        // A request is one piece, and nothing follows it before the answer.
        stream.set_nodelay(true)?;
        match security {
            None => Ok(Line::Clear(stream)),
            Some(security) => {
                let connected = security.connector().connect(security.name.clone(), stream);
                Ok(Line::Tls(Box::new(connected.await?)))
            }
        }
    }

    pub(super) async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        match self {
            Line::Clear(stream) => stream.write_all(bytes).await,
            Line::Tls(stream) => {
                stream.write_all(bytes).await?;
                stream.flush().await
            }
        }
    }

    /// Reads what is there, and puts it behind what is held. 0 when the server has hung up.
    pub(super) async fn read(&mut self, held: &mut Vec<u8>) -> Result<usize> {
        match self {
            Line::Clear(stream) => stream.read_buf(held).await,
            Line::Tls(stream) => stream.read_buf(held).await,
        }
    }

    /// Has the server neither hung up nor said anything since the last answer? Costs nothing: it is known already.
    pub(super) fn is_quiet(&mut self) -> bool {
        let mut byte = [0];
        let mut byte = ReadBuf::new(&mut byte);
        let mut context = Context::from_waker(Waker::noop());
        let read = match self {
            Line::Clear(stream) => std::pin::Pin::new(stream).poll_read(&mut context, &mut byte),
            Line::Tls(stream) => std::pin::Pin::new(stream.as_mut()).poll_read(&mut context, &mut byte),
        };
        matches!(read, Poll::Pending)
    }
}

/// Connects to whichever address answers first. They are tried in order, each with a head start.
async fn first_of(addresses: Vec<SocketAddr>) -> Result<TcpStream> {
    let mut addresses = addresses.into_iter();
    let mut tries = FuturesUnordered::new();
    let mut last = Error::new(ErrorKind::NotFound, "the name of the server has no address");
    loop {
        let next = addresses.next();
        let none_left = next.is_none();
        tries.extend(next.map(TcpStream::connect));
        if tries.is_empty() {
            return Err(last);
        }
        let head_start = async {
            if none_left {
                std::future::pending::<()>().await;
            }
            tokio::time::sleep(HEAD_START).await;
        };
        tokio::select! {
            biased;
            Some(connected) = tries.next() => match connected {
                Ok(stream) => return Ok(stream),
                Err(error) => last = error,
            },
            () = head_start => {}
        }
    }
}
