//! May this content be served? All paths of it are walked, and what must hold on them is looked at, before the program
//! starts. Only what is embedded may pass without: its digest was written down by the test that walked it.

use crate::content::Content;

use super::all::explore_all;
use super::model::TooMuch;
use super::properties::verdicts;

/// Content that must not be served.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It cannot be walked.
    #[error("the dialogues cannot be proved: {0}")]
    TooMuch(#[from] TooMuch),
    /// A property is broken.
    #[error(
        "the dialogues break {broken} of the properties that hold on every path; the first, by the shortest conversation:\n{by}\nMend it, and look again with: nightease check DIR"
    )]
    Broken {
        /// How many properties.
        broken: usize,
        /// The first, as [`super::properties::Broken::text`] tells it.
        by: String,
    },
}

/// The digest of the embedded content that the tests have proved (`tests/it/proof/proved.rs` writes it).
#[must_use]
pub fn proved_digest() -> &'static str {
    include_str!("proved_digest.txt").trim()
}

/// Walks all paths and looks at P01–P10 and P16.
///
/// # Errors
/// When a property is broken, or a topic is too much to be walked.
pub fn prove(content: &Content) -> Result<(), Refused> {
    let explored = explore_all(content)?;
    let all = verdicts(content, &explored);
    let mut broken = all.iter().filter_map(|verdict| verdict.broken.first());
    match broken.next() {
        None => Ok(()),
        Some(first) => Err(Refused::Broken {
            broken: 1 + broken.count(),
            by: first.text(content),
        }),
    }
}

/// As [`prove`], but what decides as the embedded content does, whose digest the tests have proved, is not walked again:
/// texts, and the words that are read, decide nothing.
///
/// # Errors
/// As [`prove`].
pub fn prove_to_serve(content: &Content) -> Result<(), Refused> {
    if Content::embedded_digest() == proved_digest() && content.decides_as_embedded() {
        return Ok(());
    }
    prove(content)
}
