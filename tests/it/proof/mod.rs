//! All paths of the shipped content: what was counted, which button catches which rule, and that the machine which is
//! walked says in every merged state what the decision says.

mod counts;
mod hazards;
mod mutants;
mod properties;
mod proved;
mod sessions;
mod vignettes;

use std::sync::OnceLock;

use nightease::proof::{Explored, agree, coverage, explore_all};

use crate::shared::content;

/// The shipped content, explored once for all tests.
pub fn explored() -> &'static [Explored<'static>] {
    static EXPLORED: OnceLock<Vec<Explored<'static>>> = OnceLock::new();
    EXPLORED.get_or_init(|| explore_all(content()).unwrap())
}

#[test]
fn machine_and_decision_say_the_same_in_every_merged_state() {
    for one in explored() {
        let difference = agree::first_difference(&one.model, &one.graph);
        assert!(difference.is_none(), "{}: {difference:#?}", one.model.topic.id);
    }
}

#[test]
fn the_table_of_coverage_is_what_the_program_says() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/coverage.md");
    let written = std::fs::read_to_string(file).unwrap_or_default();
    let said = coverage(content(), explored()).document();
    assert!(
        written == said,
        "docs/coverage.md is old: cargo run --release -- check --coverage > docs/coverage.md"
    );
}
