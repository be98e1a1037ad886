//! Words that are hers: they can be read where they are needed, and never be printed by accident.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// A value that must not reach a log. `Debug` prints a length and nothing else; there is no `Display`.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Private<T: Zeroize>(T);

impl<T: Zeroize> Private<T> {
    /// Wraps it.
    pub fn new(value: T) -> Private<T> {
        Private(value)
    }

    /// The value itself. Whoever calls this answers for where it goes.
    pub fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize + AsRef<[u8]>> fmt::Debug for Private<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Private({} bytes)", self.0.as_ref().len())
    }
}

impl<T: Zeroize> Drop for Private<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
