//! Stage + findings → assessment and next screen. Pure, and without any language: a language cannot change a decision.
//!
//! - [`record`] what is known of her: each finding no, unsure, yes, or unasked
//! - [`answers`] what she pressed → record · [`words`] what she told in words
//! - [`rules`] which rules fire, and the level
//! - [`causes`], [`relief`] what may lie behind it, which steps are safe for her
//! - [`assessment`] all of it as one outcome
//! - [`screens`] what to ask next

pub mod answers;
pub mod assessment;
pub mod causes;
pub mod record;
pub mod relief;
pub mod rules;
pub mod screens;
pub mod words;

pub use answers::{Answer, Known, Pressed};
pub use assessment::{Assessment, Case, assess};
pub use record::{Record, Truth};
pub use screens::{Asked, Next, next};
pub use words::{Fact, InWords};

/// The most screens a conversation shows after the opening, *not sure* included.
pub const MOST_SCREENS: usize = 7;
