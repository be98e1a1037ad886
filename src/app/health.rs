//! `/health/live` and `/health/ready`, for whatever watches over the program.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use jiff::SignedDuration;
use tokio::net::TcpListener;

use crate::delivery::Clock;
use crate::store::Store;

/// An inbox row older than this means that she is not answered.
const OLDEST_ROW: SignedDuration = SignedDuration::from_secs(60);

struct Watched<S> {
    store: Arc<S>,
    clock: Clock,
}

/// Answers on an address of its own, until the program ends.
///
/// # Errors
/// When the address is taken or is not ours.
pub async fn serve<S: Store>(address: SocketAddr, store: Arc<S>, clock: Clock) -> io::Result<()> {
    let listener = TcpListener::bind(address).await?;
    let watched = Arc::new(Watched { store, clock });
    let routes = Router::new()
        .route("/health/live", get(|| async { "live\n" }))
        .route("/health/ready", get(ready::<S>))
        .with_state(watched);
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, routes).await {
            tracing::error!("the health address stopped answering: {error}");
        }
    });
    Ok(())
}

async fn ready<S: Store>(State(watched): State<Arc<Watched<S>>>) -> (StatusCode, &'static str) {
    let store = Arc::clone(&watched.store);
    let waiting = tokio::task::spawn_blocking(move || store.waiting()).await;
    let now = (watched.clock)();
    match waiting {
        Ok(Ok(waiting)) => match waiting.oldest {
            Some(oldest) if now.duration_since(oldest) > OLDEST_ROW => (
                StatusCode::SERVICE_UNAVAILABLE,
                "an update has waited for more than a minute\n",
            ),
            _ => (StatusCode::OK, "ready\n"),
        },
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
