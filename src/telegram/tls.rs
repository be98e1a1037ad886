//! TLS for the webhook, where no proxy speaks it: a certificate and its key from files, read again when they change, so
//! that a certificate can be renewed while the bot runs.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::server::TlsStream;

/// How long the two ends may take to agree.
const HANDSHAKE_LIMIT: Duration = Duration::from_secs(10);
/// Handshakes at the same time. Telegram makes 40 connections at the most; others must not use up the machine.
const MOST_HANDSHAKES: usize = 256;
/// The files are looked at no more often than this.
const LOOK: Duration = Duration::from_secs(1);

/// The certificate or its key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// Not a certificate.
    #[error(
        "NIGHTEASE_WEBHOOK_CERT {0} holds no certificate that can be read: it takes the whole chain, as PEM"
    )]
    Certificate(PathBuf),
    /// Not a key.
    #[error("NIGHTEASE_WEBHOOK_KEY {0} holds no private key that can be read: it takes one, as PEM")]
    Key(PathBuf),
    /// They do not fit.
    #[error("the key in NIGHTEASE_WEBHOOK_KEY does not belong to the certificate in NIGHTEASE_WEBHOOK_CERT")]
    Pair,
}

/// A certificate and its key, from files.
#[derive(Clone)]
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    acceptor: TlsAcceptor,
    written: Written,
}

/// When the two files were last written.
type Written = [Option<SystemTime>; 2];

impl fmt::Debug for Tls {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Tls({})", self.certificate.display())
    }
}

impl Tls {
    /// Reads the files.
    ///
    /// # Errors
    /// When one of them cannot be used, or they do not belong together.
    pub fn read(certificate: &Path, key: &Path) -> Result<Tls, TlsError> {
        // Before they are read: what is written in between is read once more.
        let written = written(certificate, key);
        let no_certificate = || TlsError::Certificate(certificate.to_owned());
        let chain = CertificateDer::pem_file_iter(certificate).map_err(|_| no_certificate())?;
        let chain: Vec<_> = chain.collect::<Result<_, _>>().map_err(|_| no_certificate())?;
        if chain.is_empty() {
            return Err(no_certificate());
        }
        let secret = PrivateKeyDer::from_pem_file(key).map_err(|_| TlsError::Key(key.to_owned()))?;
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()));
        let config = config.with_safe_default_protocol_versions();
        let config = config.map_err(|_| TlsError::Pair)?.with_no_client_auth();
        let mut config = config
            .with_single_cert(chain, secret)
            .map_err(|_| TlsError::Pair)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Tls {
            certificate: certificate.to_owned(),
            key: key.to_owned(),
            acceptor: TlsAcceptor::from(Arc::new(config)),
            written,
        })
    }

    /// Speaks it on this listener.
    #[must_use]
    pub(super) fn on(self, listener: TcpListener) -> TlsListener {
        TlsListener {
            listener,
            tls: self,
            handshakes: JoinSet::new(),
            looked: Instant::now(),
        }
    }

    /// Reads the files again if they have changed. Files that cannot be used change nothing: half of a pair may have
    /// been written a moment ago.
    fn look(&mut self) {
        let now = written(&self.certificate, &self.key);
        if now == self.written {
            return;
        }
        match Tls::read(&self.certificate, &self.key) {
            Ok(new) => {
                tracing::info!("the certificate of the webhook was read anew");
                *self = new;
            }
            Err(error) => {
                tracing::error!("the webhook goes on with the certificate it had: {error}");
                self.written = now;
            }
        }
    }
}

fn written(certificate: &Path, key: &Path) -> Written {
    [certificate, key].map(|file| file.metadata().and_then(|known| known.modified()).ok())
}

/// A listener that speaks TLS. One that is slow to agree holds up nobody else.
pub(super) struct TlsListener {
    listener: TcpListener,
    tls: Tls,
    handshakes: JoinSet<Option<(TlsStream<TcpStream>, SocketAddr)>>,
    looked: Instant,
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            tokio::select! {
                (stream, address) = Listener::accept(&mut self.listener),
                    if self.handshakes.len() < MOST_HANDSHAKES =>
                {
                    if self.looked.elapsed() >= LOOK {
                        self.looked = Instant::now();
                        self.tls.look();
                    }
                    let agreed = self.tls.acceptor.accept(stream);
                    self.handshakes.spawn(async move {
                        let agreed = tokio::time::timeout(HANDSHAKE_LIMIT, agreed).await;
                        Some((agreed.ok()?.ok()?, address))
                    });
                }
                Some(agreed) = self.handshakes.join_next() => {
                    if let Ok(Some(met)) = agreed {
                        return met;
                    }
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}
