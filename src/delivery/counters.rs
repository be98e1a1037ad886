//! What delivery has done since it started, for health and metrics. Numbers only.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::Timestamp;

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
    /// Answers left out because many waited for the same chat already.
    pub left_out: AtomicU64,
    /// Requests to the webhook without a valid secret.
    pub refused: AtomicU64,
}

/// When the platform was last heard (the last poll that succeeded, or the webhook being set), and whether what it brought
/// could be stored.
#[derive(Debug, Default)]
pub struct Pulse {
    heard: AtomicI64,
    stumbled: AtomicI64,
}

impl Pulse {
    /// It was heard now.
    pub fn beat(&self, now: Timestamp) {
        self.heard.store(now.as_millisecond(), Ordering::Relaxed);
    }

    /// When it was last heard, if ever.
    #[must_use]
    pub fn last(&self) -> Option<Timestamp> {
        read(&self.heard)
    }

    /// What it brought could not be stored.
    pub fn stumble(&self, now: Timestamp) {
        self.stumbled.store(now.as_millisecond(), Ordering::Relaxed);
    }

    /// What it brought was stored.
    pub fn steady(&self) {
        self.stumbled.store(0, Ordering::Relaxed);
    }

    /// When something could not be stored, if nothing was since.
    #[must_use]
    pub fn stumbled(&self) -> Option<Timestamp> {
        read(&self.stumbled)
    }
}

fn read(moment: &AtomicI64) -> Option<Timestamp> {
    let moment = moment.load(Ordering::Relaxed);
    let known = (moment != 0).then(|| Timestamp::from_millisecond(moment).ok());
    known.flatten()
}

/// Raises a count by one.
pub(crate) fn rise(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}
