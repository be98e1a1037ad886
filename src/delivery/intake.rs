//! Where updates go when they come.

use std::sync::Arc;

use tokio::sync::mpsc;

use super::{Clock, Engine, Platform};
use crate::store::{Parcel, RawUpdate, Store, StoreError};

/// So many batches may wait for the sender.
const HANDED_OVER: usize = 16;

/// What became of updates that were handed over.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TakenIn {
    /// How many were new.
    pub new: usize,
    /// Does something wait in the inbox? Then the engine wants to be rung.
    pub waits: bool,
}

/// Takes updates in. Once it has said yes they are on the disk, handled or waiting. It blocks; callers run it on a
/// blocking thread.
pub trait Intake: Send + Sync + 'static {
    /// Takes these updates in, and leaves out those that came before.
    ///
    /// # Errors
    /// When they could not be stored; then none of them is.
    fn take_in(&self, updates: &[RawUpdate], clock: &Clock) -> Result<TakenIn, StoreError>;
}

/// All of them wait in the inbox.
impl<S: Store> Intake for S {
    fn take_in(&self, updates: &[RawUpdate], clock: &Clock) -> Result<TakenIn, StoreError> {
        let new = self.accept(updates, clock())?;
        Ok(TakenIn { new, waits: new > 0 })
    }
}

/// Takes updates in with the engine: the turn is taken in the commit that takes them in, so that most never wait, and
/// what may be sent at once goes straight to the sender.
pub struct Taker<P: Platform, S: Store> {
    engine: Arc<Engine<P, S>>,
    at_once: mpsc::Sender<Vec<Parcel>>,
}

impl<P: Platform, S: Store> Taker<P, S> {
    /// A taker for this engine; the other end is for the sender ([`super::Sender::run_with`]).
    #[must_use]
    pub fn new(engine: Arc<Engine<P, S>>) -> (Taker<P, S>, mpsc::Receiver<Vec<Parcel>>) {
        let (at_once, receiver) = mpsc::channel(HANDED_OVER);
        (Taker { engine, at_once }, receiver)
    }
}

impl<P: Platform, S: Store> Intake for Taker<P, S> {
    fn take_in(&self, updates: &[RawUpdate], _clock: &Clock) -> Result<TakenIn, StoreError> {
        let taken = self.engine.take(updates, &mut |parcels| {
            // What is not handed over, the sender finds in the outbox; what stands behind it, when that is sent.
            if self.at_once.try_send(parcels).is_err() {
                self.engine.outbox.notify_one();
            }
        })?;
        Ok(TakenIn {
            new: taken.new,
            waits: taken.worked.done < taken.new,
        })
    }
}
