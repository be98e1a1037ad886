//! Delivery: every update answered, no answer applied twice, order kept within a conversation.
//!
//! `engine` turns updates into sessions and outbox rows inside the store's transaction, in the very commit that takes
//! them in where that can be ([`Intake`]), else from the inbox; `sender` drains the outbox. They speak to the world
//! through [`Platform`] and [`Courier`]. Whoever leaves updates in the inbox rings the engine's `inbox` afterwards; the
//! engine rings `outbox` when it has put messages there.

pub mod counters;
pub mod engine;
pub mod flood;
pub mod intake;
mod pace;
pub mod panic;
pub mod sender;
pub mod usage;

pub use counters::{Counters, Pulse};
pub use engine::{Engine, TurnFunction};
pub use flood::Floods;
pub use intake::{Intake, TakenIn, Taker};
pub use sender::{Sender, Settings};
pub use usage::Usage;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::conversation::{Arrival, Reply};
use crate::store::NewParcel;

/// Tells the time. An argument, so that tests can choose it.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Turns true, or loses its other end, when it is time to stop. The engine and the sender each get one of their own:
/// stop the engine, wait for its end, then stop the sender, so that the last answers still go out.
pub type Stop = tokio::sync::watch::Receiver<bool>;

/// Resolves when it is time to stop.
pub(crate) async fn stopped(stop: &mut Stop) {
    // An error means that the other end is gone: nobody could stop us later.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// What the engine needs of a platform: reading what came, and writing what goes. Pure.
pub trait Platform: Send + Sync + 'static {
    /// Where replies to an update go (a chat, a tapped message).
    type Place;

    /// Reads an update. Never fails: what cannot be understood is an event too.
    fn decode(&self, body: &[u8]) -> (Arrival, Self::Place);

    /// Writes replies as requests of the platform, in order.
    fn render(&self, place: &Self::Place, replies: &[Reply]) -> Vec<NewParcel>;

    /// The request that says sorry after an update could not be handled, with the emergency line. Built without the
    /// conversation, which has just failed. `None` where there is nobody to answer.
    fn apology(&self, place: &Self::Place) -> Option<NewParcel>;

    /// The request that says that not every one of so many messages is answered. `None` where others read along, or
    /// where there is nobody to answer.
    fn flood(&self, place: &Self::Place) -> Option<NewParcel>;
}

/// What became of one request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// Sent, or it stands there already.
    Sent,
    /// This message can never be sent; others to the same chat may.
    GiveUp,
    /// It only tidied up, and came to nothing: she misses nothing by it.
    LeftOut,
    /// The chat is gone.
    ChatGone,
    /// Try again, not before this long from now (the server's own wish, or none).
    Retry(Option<Duration>),
}

/// What the sender needs of a platform: carrying one request.
pub trait Courier: Send + Sync + 'static {
    /// Sends one request and says what became of it.
    fn send(&self, body: &[u8]) -> impl Future<Output = Fate> + Send;
}
