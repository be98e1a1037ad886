//! Vignettes: a case told in one line, and what must come of it. Those of `vignettes/*.toml` are written by hand from
//! the clinical reference; those of `vignettes/vignettes.lock` are generated from the content and frozen.

use std::sync::Arc;

use super::fault::{Fault, FaultKind};
use super::id::{FindingId, ScreenId, SourceId, StepId, TopicId, VignetteId};
use super::level::Outcome;
use super::model::Value;
use super::stage::Stage;

/// Where the generated vignettes are frozen, below `dialogues/`.
pub const LOCK: &str = "vignettes/vignettes.lock";

/// Who wrote a vignette.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Origin {
    /// A person, from the clinical reference.
    HandWritten,
    /// The recipe, from the content itself.
    Generated,
}

/// The steps a vignette speaks of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ExpectedSteps {
    /// These must be shown and those must not; nothing is said of the rest.
    Some {
        /// Must be shown.
        shown: Vec<StepId>,
        /// Must not be shown.
        not_shown: Vec<StepId>,
    },
    /// These and no others, sorted by name.
    Exactly(Vec<StepId>),
}

/// Where something stands in a file, for a fault that is found after reading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spot {
    /// The file, as the person who edits it names it.
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// How many characters are meant; at least 1.
    pub width: usize,
    /// The line itself.
    pub source_line: Arc<str>,
}

impl Spot {
    /// A fault at this place.
    #[must_use]
    pub fn fault(&self, kind: FaultKind, message: String, cure: String) -> Fault {
        Fault {
            file: Arc::clone(&self.file),
            line: self.line,
            column: self.column,
            width: self.width,
            source_line: self.source_line.to_string(),
            kind,
            message,
            cure,
        }
    }
}

/// A case and what must come of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Vignette {
    /// Its name; for a generated one the case itself in short.
    pub id: VignetteId,
    /// What happened, in plain words; empty for a generated one.
    pub story: Arc<str>,
    /// Who wrote it.
    pub origin: Origin,
    /// What she came with.
    pub topic: TopicId,
    /// Where she is, as it is written.
    pub stage_words: Arc<str>,
    /// Where she is.
    pub stage: Stage,
    /// What is said of her.
    pub given: Vec<(FindingId, Value)>,
    /// What counts for all else: no, or nothing was asked.
    pub rest: Option<Value>,
    /// Findings among those given that must not matter.
    pub distractors: Vec<FindingId>,
    /// What it must end with.
    pub outcome: Outcome,
    /// The steps.
    pub steps: ExpectedSteps,
    /// The screens she meets, in this order, if she answers truthfully; nothing is said of them where there is none.
    pub screens: Vec<ScreenId>,
    /// Where the expectation comes from; none for a generated one.
    pub sources: Vec<SourceId>,
    /// Who signed it, and when.
    pub signed: Option<Arc<str>>,
    /// Where it stands.
    pub at: Spot,
}

/// The frozen file as it was read. `proof` gives it a meaning.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lock {
    /// The file, as the person who edits it names it.
    pub file: Arc<str>,
    /// What stands in it.
    pub text: Arc<str>,
}

/// What stands in `vignettes/`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct VignetteFiles {
    /// Written by hand, in the order of the files.
    pub hand_written: Vec<Vignette>,
    /// The frozen ones.
    pub lock: Option<Lock>,
    /// How the folder is named in reports, with a slash at its end.
    pub folder: Arc<str>,
}
