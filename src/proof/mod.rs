//! Explores every path of the content and the conversation, and says what holds on all of them.
//!
//! - `bits`, `vocabulary`, `situation`, [`model`] a topic as a machine that can be walked fast
//! - [`explore`](mod@explore) all conversations of a topic, states merged that go on alike
//! - [`agree`] the machine against the decision as it runs, in every merged state

pub mod agree;
pub mod all;
pub mod bits;
pub mod count;
pub mod coverage;
pub mod explore;
pub mod model;
pub mod person;
pub mod situation;
pub mod vocabulary;

pub use explore::{Graph, Node, explore};
pub use model::{Model, TooMuch};
