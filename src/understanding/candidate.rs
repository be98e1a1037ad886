//! Stages that may be hers, and the one that comes of several.

use std::sync::Arc;

use crate::content::{Days, Phase, Stage};

/// A stage that may be hers.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) stage: Stage,
    pub(super) rule: &'static str,
    pub(super) tokens: Vec<usize>,
    /// Left aside if something firmer is said.
    pub(super) weak: bool,
    /// Said of herself, or alone between commas: before weeks that stand among other words.
    pub(super) alone: bool,
    /// A word of now stands beside it.
    pub(super) now: bool,
}

impl Candidate {
    fn is_pregnant(&self) -> bool {
        self.stage.phase == Phase::Pregnant
    }
}

/// Pregnant, so many days.
pub(super) fn pregnant(least: i32, most: i32) -> Option<Stage> {
    let most = most.min(i32::from(Days::LAST_OF_PREGNANCY));
    stage(Phase::Pregnant, least, most)
}

/// So many days after a birth.
pub(super) fn after(least: i32, most: i32) -> Option<Stage> {
    stage(Phase::AfterBirth, least, most.min(365))
}

fn stage(phase: Phase, least: i32, most: i32) -> Option<Stage> {
    let days = Days::new(u16::try_from(least.max(0)).ok()?, u16::try_from(most).ok()?)?;
    Some(Stage { phase, days })
}

/// Pregnant, from so many completed weeks to the end of so many.
pub(super) fn weeks(least: u16, most: u16) -> Option<Stage> {
    pregnant(i32::from(least) * 7, i32::from(most) * 7 + 6)
}

/// So many completed weeks after a birth.
pub(super) fn after_weeks(number: u16) -> Option<Stage> {
    let days = i32::from(number) * 7;
    (number <= 52).then(|| after(days, days + 6))?
}

/// One stage out of several: what all say together, else what she says of herself or alone between commas before the weeks
/// among other words ("sick all through 14 weeks … 21+1").
pub(super) fn settle(found: Vec<Candidate>) -> Option<(Stage, Arc<str>, Vec<usize>, bool)> {
    let mut alone = found.clone();
    alone.retain(|candidate| candidate.alone || candidate.rule != "stage.weeks");
    let parted = alone.len() < found.len() && alone.iter().any(Candidate::is_pregnant);
    // "Tripped back in week 20 … now 35 weeks".
    let mut now = found.clone();
    now.retain(|candidate| candidate.now);
    together(found)
        .or_else(|| together(alone).filter(|_| parted))
        .or_else(|| together(now))
}

/// What is firm before what is weak, a range over several that are near each other, nothing if they cannot both be.
fn together(found: Vec<Candidate>) -> Option<(Stage, Arc<str>, Vec<usize>, bool)> {
    let firm = found.iter().any(|candidate| !candidate.weak);
    let mut left: Vec<Candidate> = found
        .into_iter()
        .filter(|candidate| !(firm && candidate.weak))
        .collect();
    // An older baby, and weeks: she is pregnant again.
    let older = |candidate: &Candidate| {
        candidate.stage.phase == Phase::AfterBirth && candidate.stage.days.lo() > Days::LAST_AFTER_BIRTH
    };
    if left.iter().any(Candidate::is_pregnant) {
        left.retain(|candidate| !older(candidate));
    }
    // After a birth, weeks of pregnancy are how far it went.
    if left
        .iter()
        .any(|candidate| candidate.stage.phase == Phase::AfterBirth && candidate.rule != "stage.day_number")
        && left.iter().any(Candidate::is_pregnant)
    {
        let current = left
            .iter()
            .filter(|candidate| candidate.is_pregnant())
            .any(|candidate| candidate.rule != "stage.weeks");
        if current {
            return None;
        }
        left.retain(|candidate| candidate.stage.phase == Phase::AfterBirth);
    }
    let mut rest = left.into_iter();
    let mut whole = rest.next()?;
    for next in rest {
        if next.stage.phase != whole.stage.phase {
            return None;
        }
        let (one, other) = (whole.stage.days, next.stage.days);
        // The narrower of two that agree.
        let inside = |inner: Days, outer: Days| outer.contains(inner.lo()) && outer.contains(inner.hi());
        if inside(one, other) {
            continue;
        }
        if inside(other, one) {
            whole = next;
            continue;
        }
        let days = Days::new(one.lo().min(other.lo()), one.hi().max(other.hi()))?;
        if days.hi() - days.lo() > 5 * 7 {
            return None;
        }
        whole.stage.days = days;
        whole.tokens.extend(next.tokens);
        whole.rule = "stage.several";
    }
    Some((whole.stage, Arc::from(whole.rule), whole.tokens, whole.weak))
}
