//! Tests of the rooms together.

mod content;
