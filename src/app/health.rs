//! `/health/live`, `/health/ready` and `/metrics`, for whatever watches over the program, on an address of their own.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use jiff::SignedDuration;
use tokio::net::TcpListener;

use crate::delivery::Clock;
use crate::store::{Store, StoreError, Waiting};

use super::metrics;
use super::serve::Gauges;

/// An inbox row older than this means that she is not answered.
const OLDEST_ROW: SignedDuration = SignedDuration::from_secs(60);

/// What could not be stored longer ago than this Telegram would have brought again.
const STUMBLE: SignedDuration = SignedDuration::from_secs(180);

/// What is looked at.
pub struct Watched<S> {
    /// What waits.
    pub store: Arc<S>,
    /// Tells the time.
    pub clock: Clock,
    /// What the parts write down.
    pub gauges: Gauges,
    /// A poll that succeeded longer ago than this means that polling is stuck. `None` for a webhook: when nobody writes,
    /// nothing comes.
    pub longest_silence: Option<SignedDuration>,
}

/// Answers on an address of its own, until the program ends.
///
/// # Errors
/// When the address is taken or is not ours.
pub async fn serve<S: Store>(address: SocketAddr, watched: Watched<S>) -> io::Result<()> {
    let listener = TcpListener::bind(address).await?;
    let routes = Router::new()
        .route("/health/live", get(|| async { "live\n" }))
        .route("/health/ready", get(ready::<S>))
        .route("/metrics", get(numbers::<S>))
        .with_state(Arc::new(watched));
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, routes).await {
            tracing::error!("the health address stopped answering: {error}");
        }
    });
    Ok(())
}

impl<S: Store> Watched<S> {
    async fn waiting(&self) -> Option<Waiting> {
        let store = Arc::clone(&self.store);
        let waiting: Result<Result<Waiting, StoreError>, _> =
            tokio::task::spawn_blocking(move || store.waiting()).await;
        waiting.ok()?.ok()
    }

    /// What keeps it from being ready.
    fn trouble(&self, waiting: Option<Waiting>) -> Option<&'static str> {
        let now = (self.clock)();
        let since = |moment| now.duration_since(moment);
        // The clock was set back: the silence is counted from now on.
        if self.gauges.pulse.last().is_some_and(|heard| heard > now) {
            self.gauges.pulse.beat(now);
        }
        let Some(waiting) = waiting else {
            return Some("the database does not answer\n");
        };
        if waiting.oldest.is_some_and(|oldest| since(oldest) > OLDEST_ROW) {
            return Some("an update has waited for more than a minute\n");
        }
        let stumbled = self.gauges.pulse.stumbled();
        if stumbled.is_some_and(|stumbled| since(stumbled) < STUMBLE) {
            return Some("updates cannot be stored\n");
        }
        let Some(heard) = self.gauges.pulse.last() else {
            return Some("Telegram has not answered yet\n");
        };
        let longest = self.longest_silence?;
        (since(heard) > longest).then_some("no poll has succeeded for too long\n")
    }
}

async fn ready<S: Store>(State(watched): State<Arc<Watched<S>>>) -> (StatusCode, &'static str) {
    let waiting = watched.waiting().await;
    match watched.trouble(waiting) {
        Some(trouble) => (StatusCode::SERVICE_UNAVAILABLE, trouble),
        None => (StatusCode::OK, "ready\n"),
    }
}

async fn numbers<S: Store>(State(watched): State<Arc<Watched<S>>>) -> impl IntoResponse {
    let waiting = watched.waiting().await;
    let text = metrics::text(&watched.gauges, waiting, (watched.clock)());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}
