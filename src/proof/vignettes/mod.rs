//! Vignettes against the decision as it runs: cases with the level and the steps that must come of them.
//!
//! - hand-written ones are read by `content`, from `vignettes/*.toml`
//! - [`recipe`] which cases are generated from the content
//! - [`order`] the screens she meets
//! - [`lock`] the generated ones, frozen: as text, read again, compared
//! - [`faults`] what `nightease check` says of both
//!
//! ```text
//! let vignettes = Vignettes::of(&content);
//! let wrong = failures(&mutated, vignettes.hand_written());
//! ```

pub mod faults;
pub mod lock;
pub mod order;
pub mod recipe;

use crate::content::{
    Content, ExpectedSteps, FindingId, Origin, Outcome, ScreenId, StepId, TopicId, Value, Vignette,
};
use crate::triage::{Case, Record, assess};

/// All vignettes of a content: those written by hand and those that are frozen. They may be run against another
/// content with the same findings, such as one with a rule changed.
#[derive(Clone, Debug, Default)]
pub struct Vignettes {
    all: Vec<Vignette>,
    /// Who signed the frozen ones, and when.
    lock_signed: bool,
}

impl Vignettes {
    /// The vignettes of this content. Frozen ones that the content cannot read any more are left out;
    /// [`faults`] names them.
    #[must_use]
    pub fn of(content: &Content) -> Vignettes {
        let mut all = content.vignettes.hand_written.clone();
        let frozen = lock::read(content);
        all.extend(frozen.vignettes);
        Vignettes {
            all,
            lock_signed: frozen.signed,
        }
    }

    /// All of them, the hand-written first.
    pub fn iter(&self) -> impl Iterator<Item = &Vignette> {
        self.all.iter()
    }

    /// Written by hand.
    pub fn hand_written(&self) -> impl Iterator<Item = &Vignette> {
        self.all.iter().filter(|one| one.origin == Origin::HandWritten)
    }

    /// Generated and frozen.
    pub fn generated(&self) -> impl Iterator<Item = &Vignette> {
        self.all.iter().filter(|one| one.origin == Origin::Generated)
    }

    /// Those of one topic.
    pub fn of_topic(&self, topic: &TopicId) -> impl Iterator<Item = &Vignette> {
        self.all.iter().filter(move |one| one.topic == *topic)
    }

    /// How many a clinician has signed.
    #[must_use]
    pub fn signed(&self) -> usize {
        let signed = |one: &&Vignette| match one.origin {
            Origin::HandWritten => one.signed.is_some(),
            Origin::Generated => self.lock_signed,
        };
        self.all.iter().filter(signed).count()
    }
}

/// What a case comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Got {
    /// The level, or out of scope.
    pub outcome: Outcome,
    /// The steps that are shown, sorted by name.
    pub steps: Vec<StepId>,
}

/// What is wrong with what came of a vignette.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// Another level.
    Outcome,
    /// A step that must be shown is not, or one that must not be is.
    Steps {
        /// Missing.
        missing: Vec<StepId>,
        /// Too much.
        surplus: Vec<StepId>,
    },
    /// She meets other screens, or in another order: these.
    Screens(Vec<ScreenId>),
    /// Without the findings that must not matter it comes to something else.
    Distractor(Vec<FindingId>),
}

/// A vignette that does not hold.
#[derive(Clone, PartialEq, Debug)]
pub struct Failure<'v> {
    /// The vignette.
    pub vignette: &'v Vignette,
    /// What it came to.
    pub got: Got,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// The vignettes that do not hold on this content. An empty list means that all do.
pub fn failures<'v>(content: &Content, vignettes: impl Iterator<Item = &'v Vignette>) -> Vec<Failure<'v>> {
    vignettes
        .filter_map(|vignette| failure(content, vignette))
        .collect()
}

/// What is wrong with one vignette, if anything is. Whoever only wants to know whether any fails stops at the first.
#[must_use]
pub fn failure<'v>(content: &Content, vignette: &'v Vignette) -> Option<Failure<'v>> {
    let got = run(content, vignette, &[]);
    if let Some(wrong) = unmet(vignette, &got) {
        return Some(Failure { vignette, got, wrong });
    }
    if let Some(wrong) = order::other_screens(content, vignette) {
        let wrong = Wrong::Screens(wrong);
        return Some(Failure { vignette, got, wrong });
    }
    without(vignette).find_map(|without| {
        let got = run(content, vignette, without);
        unmet(vignette, &got)?;
        let wrong = Wrong::Distractor(without.to_vec());
        Some(Failure { vignette, got, wrong })
    })
}

/// A vignette whose cases are made ready once, to be run against many contents with the same findings.
pub struct Ready<'v> {
    /// The vignette.
    pub vignette: &'v Vignette,
    /// As it is told, then without its distractors.
    cases: Vec<Case>,
}

impl<'v> Ready<'v> {
    /// Makes a vignette ready.
    #[must_use]
    pub fn new(content: &Content, vignette: &'v Vignette) -> Ready<'v> {
        let mut cases = vec![case(content, vignette, &[])];
        cases.extend(without(vignette).map(|without| case(content, vignette, without)));
        Ready { vignette, cases }
    }

    /// Does it come to something else than it expects?
    #[must_use]
    pub fn fails(&self, content: &Content) -> bool {
        let wrong = |case: &Case| unmet(self.vignette, &come_of(content, case)).is_some();
        self.cases.iter().any(wrong) || order::other_screens(content, self.vignette).is_some()
    }
}

/// The distractors each by itself, then all together: two may hide each other.
fn without(vignette: &Vignette) -> impl Iterator<Item = &[FindingId]> {
    let each = vignette.distractors.iter().map(std::slice::from_ref);
    let all = (vignette.distractors.len() > 1).then_some(&*vignette.distractors);
    each.chain(all)
}

fn run(content: &Content, vignette: &Vignette, without: &[FindingId]) -> Got {
    come_of(content, &case(content, vignette, without))
}

fn case(content: &Content, vignette: &Vignette, without: &[FindingId]) -> Case {
    let kept = |finding: &FindingId| !without.contains(finding);
    let given: Vec<(FindingId, Value)> = vignette
        .given
        .iter()
        .copied()
        .filter(|(finding, _)| kept(finding))
        .collect();
    Case {
        topic: Some(vignette.topic.clone()),
        stage: vignette.stage,
        record: Record::told(&content.findings, &given, vignette.rest),
    }
}

/// What a case comes to.
#[must_use]
pub fn come_of(content: &Content, case: &Case) -> Got {
    let assessment = assess(content, case);
    let mut steps: Vec<StepId> = assessment.steps.iter().map(|step| step.id.clone()).collect();
    steps.sort_unstable();
    Got {
        outcome: assessment.outcome,
        steps,
    }
}

fn unmet(vignette: &Vignette, got: &Got) -> Option<Wrong> {
    if got.outcome != vignette.outcome {
        return Some(Wrong::Outcome);
    }
    let has = |step: &StepId| got.steps.binary_search(step).is_ok();
    let (missing, surplus): (Vec<StepId>, Vec<StepId>) = match &vignette.steps {
        ExpectedSteps::Some { shown, not_shown } => (
            shown.iter().filter(|step| !has(step)).cloned().collect(),
            not_shown.iter().filter(|step| has(step)).cloned().collect(),
        ),
        ExpectedSteps::Exactly(steps) if *steps == got.steps => return None,
        ExpectedSteps::Exactly(steps) => (
            steps.iter().filter(|step| !has(step)).cloned().collect(),
            got.steps
                .iter()
                .filter(|step| steps.binary_search(step).is_err())
                .cloned()
                .collect(),
        ),
    };
    (!missing.is_empty() || !surplus.is_empty()).then_some(Wrong::Steps { missing, surplus })
}
