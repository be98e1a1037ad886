//! Her words → a [`Reading`]. Pure: no clock, no chance, no I/O; the day it is comes as an argument.
//!
//! The way of a message:
//!
//! - `mask`, `cut`, `look_up` → `tokens`: what is not hers is left out; words are folded, looked up, repaired; sentences part
//! - `spot`, `near`, `settle` patterns and cues of the lexicon, the longer before the shorter
//! - `scene`, `scope`, `when` clauses, who is spoken of, and what the words around a finding make of it
//! - `numbers`, `degrees`, `dates`, `context`, `whose`, `candidate`, `named_day`, `reached`, `months`, `weeks`,
//!   `spans`, `stage` temperatures, scores, and where she is
//! - `merge`, `read` one value for each finding · `about` whom the message is about
//! - [`reading`] what comes out: findings with the words that led to them, stage, routes, whose it is
//! - [`lines`] the test lines of a lexicon
//!
//! A finding may be believed on weak evidence and denied only on strong; everything between is *not sure*.

mod about;
mod candidate;
mod context;
mod cut;
mod dates;
mod degrees;
pub mod lines;
mod look_up;
mod mask;
mod merge;
mod months;
mod named_day;
mod near;
mod numbers;
mod reached;
mod read;
pub mod reading;
mod scene;
mod scope;
mod settle;
mod spans;
mod spot;
mod stage;
mod tokens;
mod weeks;
mod when;
mod whose;

pub use read::{LONGEST, read, read_with};
pub use reading::{Mention, Reading, RouteMention, Scope, StageMention, Temperature, Told, TopicMention};
