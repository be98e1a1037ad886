//! The slips, as `cargo mutants` lists them.

use std::ops::Range;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};
use serde::Deserialize;

/// One small change of the program.
#[derive(Clone, Debug, Deserialize)]
pub struct Slip {
    /// The file, from the root of the repository.
    pub file: String,
    /// What kind of change it is.
    pub genre: Genre,
    /// File, place and change: what it is known by.
    pub name: String,
    /// What stands in place of what is there.
    pub replacement: String,
    /// Where.
    pub span: Span,
}

/// The kinds of change that `cargo mutants` makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
pub enum Genre {
    /// A function gives back a fixed value.
    FnValue,
    /// Another operator between two values.
    BinaryOperator,
    /// A `!` or `-` is gone.
    UnaryOperator,
    /// An arm of a `match` is gone.
    MatchArm,
    /// The guard of an arm is always true, or never.
    MatchArmGuard,
    /// A field is gone, and the rest of the structure fills it.
    StructField,
}

/// A place in a file.
#[derive(Clone, Debug, Deserialize)]
pub struct Span {
    start: Place,
    end: Place,
}

/// Line and column, both from one; columns count characters.
#[derive(Clone, Debug, Deserialize)]
struct Place {
    line: usize,
    column: usize,
}

impl Span {
    /// The place in bytes.
    #[must_use]
    pub fn bytes(&self, lines: &Lines<'_>) -> Range<usize> {
        let at = |place: &Place| lines.byte(place.line, place.column.saturating_sub(1));
        at(&self.start)..at(&self.end)
    }
}

/// Where the lines of a text begin.
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Of this text.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(ends).collect();
        Lines { text, starts }
    }

    /// The byte of a place: lines count from one, columns from zero and in characters.
    #[must_use]
    pub fn byte(&self, line: usize, column: usize) -> usize {
        let start = self
            .starts
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(self.text.len());
        let rest = self.text.get(start..).unwrap_or_default();
        rest.char_indices()
            .nth(column)
            .map_or(self.text.len(), |(at, _)| start + at)
    }
}

/// Asks `cargo mutants` for the slips of some files, in the order in which the files are named.
///
/// # Errors
/// When `cargo mutants` is not there or says no.
pub fn list(root: &Path, files: &[String]) -> anyhow::Result<Vec<Slip>> {
    let mut slips: Vec<Slip> = Vec::new();
    for file in files {
        let output = Command::new("cargo")
            .args(["mutants", "--list", "--json", "--file", file])
            .current_dir(root)
            .output()
            .context("cargo mutants could not be run")?;
        if !output.status.success() {
            bail!("cargo mutants: {}", String::from_utf8_lossy(&output.stderr));
        }
        let listed: Vec<Slip> =
            serde_json::from_slice(&output.stdout).context("the list of cargo mutants")?;
        for slip in listed {
            if slips.iter().all(|known| known.name != slip.name) {
                slips.push(slip);
            }
        }
    }
    Ok(slips)
}
