//! What delivery has done since it started, for health and metrics. Numbers only.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts that only rise.
#[derive(Debug, Default)]
pub struct Counters {
    /// Updates handled, parked ones among them.
    pub handled: AtomicU64,
    /// Tries that failed: a panic, or a session that could not be written.
    pub failed: AtomicU64,
    /// Updates parked with an apology after the last try. Wants a look at the log.
    pub parked: AtomicU64,
    /// Messages sent.
    pub sent: AtomicU64,
    /// Tries to send that have to be made again.
    pub retried: AtomicU64,
    /// Messages that can never be sent. Wants a look at the log.
    pub given_up: AtomicU64,
    /// Chats found gone.
    pub chats_gone: AtomicU64,
    /// Errors of the store.
    pub store_errors: AtomicU64,
}

/// Raises a count by one.
pub(super) fn rise(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}
