//! Where updates go when they come.

use crate::store::{RawUpdate, Store, StoreError};

use super::{Clock, Engine, Platform};

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

/// The turn is taken in the commit that takes them in, so that most never wait.
impl<P: Platform, S: Store> Intake for Engine<P, S> {
    fn take_in(&self, updates: &[RawUpdate], _clock: &Clock) -> Result<TakenIn, StoreError> {
        let taken = self.take(updates)?;
        Ok(TakenIn {
            new: taken.new,
            waits: taken.worked.done < taken.new,
        })
    }
}
