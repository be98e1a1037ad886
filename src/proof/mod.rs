//! Explores every path of the content and the conversation, and says what holds on all of them.
//!
//! - [`bits`], [`vocabulary`], [`place`], [`situation`], [`model`] a topic as a machine that can be walked fast
//! - [`explore`](mod@explore), [`all`] all conversations, states merged that go on alike
//! - [`alike`] two contents side by side · [`mutants`] slips put in on purpose, and who notices them
//! - [`agree`] the machine against the decision as it runs, in every merged state
//! - [`person`] a woman with given facts who answers truthfully
//! - [`properties`] what must hold on every path · [`sessions`] and of the conversation that walks it
//! - [`prove`] whether content may be served
//! - [`hazards`] what could hurt her, and what shows that something is done against it
//! - [`count`], [`taps`], [`report`] the figures · [`coverage`] which button catches which rule

pub mod agree;
pub mod alike;
pub mod all;
pub mod bits;
pub mod count;
pub mod coverage;
pub mod explore;
pub mod hazards;
pub mod model;
pub mod mutants;
pub mod person;
pub mod place;
pub mod properties;
pub mod prove;
pub mod report;
pub mod sessions;
pub mod situation;
pub mod taps;
pub mod vignettes;
pub mod vocabulary;

pub use all::{Explored, explore_all};
pub use coverage::coverage;
pub use explore::{Graph, Node, explore};
pub use model::{Model, TooMuch};
pub use report::report;
pub use vignettes::Vignettes;
