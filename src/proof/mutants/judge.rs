//! Who notices a slip. The cheapest are asked first, and whoever notices ends it: vignettes written by hand that speak of
//! what was changed, properties on women who tell it, checks of form, frozen vignettes, and last the walk over all paths.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::content::form::Form;
use crate::content::{
    Content, ExpectedSteps, FaultKind, Faults, FindingId, Level, Literal, Row, TopicId, Value, Vignette,
    stage,
};
use crate::proof::all::explore_all;
use crate::proof::properties::{quick, verdicts};
use crate::proof::vignettes::{Ready, Vignettes};
use crate::proof::vocabulary::sign_of;
use crate::triage::record::stands_for;

use super::{Change, Mutant, all, equal};

/// Who noticed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Noticed {
    /// A vignette written by hand.
    HandWritten(String),
    /// A property.
    Property(&'static str),
    /// A check of form.
    Form(String),
    /// A generated vignette.
    Generated(String),
    /// Nobody, and it changes no level, no step and no question.
    Equal,
    /// Nobody, although somebody comes to something else: whom, and to what.
    Nobody(String),
}

/// A slip and who noticed it.
#[derive(Clone, PartialEq, Debug)]
pub struct Judged {
    /// The slip.
    pub mutant: Mutant,
    /// Who noticed.
    pub noticed: Noticed,
}

/// Lets everybody look at every slip, or at each `every`-th.
///
/// # Errors
/// When the folder cannot be read again.
pub fn judge_all(
    content: &Content,
    folder: Option<&Path>,
    vignettes: &Vignettes,
    every: usize,
) -> Result<Vec<Judged>, Faults> {
    let mutants: Vec<Mutant> = all(content).into_iter().step_by(every.max(1)).collect();
    let judge = Judge::new(content, vignettes);
    let next = AtomicUsize::new(0);
    let one = || -> Result<Vec<(usize, Judged)>, Faults> {
        let mut form = Form::of(folder)?;
        let mut judged = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(mutant) = mutants.get(place) else {
                return Ok(judged);
            };
            let noticed = judge.judge(mutant, &mut form);
            judged.push((
                place,
                Judged {
                    mutant: mutant.clone(),
                    noticed,
                },
            ));
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut judged = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(one)).collect();
        let mut judged = Vec::new();
        for running in running {
            let part = running.join();
            judged.extend(part.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(judged)
    })?;
    judged.sort_by_key(|(place, _)| *place);
    Ok(judged.into_iter().map(|(_, judged)| judged).collect())
}

struct Judge<'c> {
    content: &'c Content,
    hand_written: Vec<Case<'c>>,
    generated: Vec<Case<'c>>,
}

/// A vignette with the findings it says yes or not sure to, and the signs that stand for them.
struct Case<'c> {
    ready: Ready<'c>,
    told: BTreeSet<FindingId>,
}

impl<'c> Judge<'c> {
    fn new(content: &'c Content, vignettes: &'c Vignettes) -> Judge<'c> {
        let case = |vignette: &'c Vignette| Case {
            ready: Ready::new(content, vignette),
            told: told(content, vignette),
        };
        Judge {
            content,
            hand_written: vignettes.hand_written().map(case).collect(),
            generated: vignettes.generated().map(case).collect(),
        }
    }

    fn judge(&self, mutant: &Mutant, form: &mut Form) -> Noticed {
        if let Change::Text(of, under) = mutant.change {
            // P19: what a text must say; P18: what it is given. Both are looked at when content is read.
            let faults = form.faults_of_text(of, under);
            return match faults.iter().map(|fault| fault.kind).max() {
                Some(FaultKind::WrongWords) => Noticed::Property("P19"),
                Some(FaultKind::UnknownPlaceholder | FaultKind::MissingPlaceholder) => {
                    Noticed::Property("P18")
                }
                Some(other) => Noticed::Form(other.words().to_owned()),
                None => Noticed::Nobody("other words".to_owned()),
            };
        }
        let changed = mutant.applied(self.content);
        if let Some(by) = self.failing(&self.hand_written, mutant, &changed) {
            return Noticed::HandWritten(by);
        }
        if let Change::Row(flag, row, new) = &mutant.change {
            let old = self.row(*flag, *row);
            let literals: Vec<Literal> = old
                .into_iter()
                .chain(new)
                .flat_map(|row| row.when.literals())
                .collect();
            let findings: BTreeSet<FindingId> = literals.iter().map(|literal| literal.finding).collect();
            if let Some(property) = quick(&changed, &findings) {
                return Noticed::Property(property);
            }
        }
        if let Some(fault) = form.faults(&changed).first() {
            return Noticed::Form(fault.kind.words().to_owned());
        }
        if let Some(by) = self.failing(&self.generated, mutant, &changed) {
            return Noticed::Generated(by);
        }
        let Some(difference) = equal::first_difference(self.content, &changed, &mutant.change) else {
            return Noticed::Equal;
        };
        match on_all_paths(&changed) {
            Some(property) => Noticed::Property(property),
            None => Noticed::Nobody(difference),
        }
    }

    fn row(&self, flag: usize, row: usize) -> Option<&Row> {
        self.content.red_flags.get(flag)?.rows.get(row)
    }

    /// The first of these that fails on the changed content, among those that the change can touch.
    fn failing(&self, cases: &[Case<'_>], mutant: &Mutant, changed: &Content) -> Option<String> {
        let fails = |case: &&Case<'_>| self.touches(&mutant.change, case) && case.ready.fails(changed);
        cases
            .iter()
            .find(fails)
            .map(|case| case.ready.vignette.id.to_string())
    }

    fn touches(&self, change: &Change, case: &Case<'_>) -> bool {
        let vignette = case.ready.vignette;
        match change {
            Change::Row(flag, row, new) => {
                let rows = self.row(*flag, *row).into_iter().chain(new);
                rows.into_iter().any(|row| {
                    (row.topics.is_empty() || row.topics.contains(&vignette.topic))
                        && stage::may_hold(&row.stage, vignette.stage)
                        && row
                            .when
                            .literals()
                            .iter()
                            .any(|literal| case.told.contains(&literal.finding))
                })
            }
            Change::Step(place, _) => {
                let step = self.content.steps.get(*place);
                step.is_some_and(|step| step.topics.contains(&vignette.topic) && speaks_of_steps(vignette))
            }
            Change::Suppressor(place, _) => {
                let suppressor = self.content.suppressors.get(*place);
                suppressor.is_some_and(|suppressor| {
                    let on = |topic: &TopicId| {
                        let mut steps = self.content.steps.iter();
                        steps.any(|step| {
                            step.topics.contains(topic) && step.suppressors.contains(&suppressor.id)
                        })
                    };
                    speaks_of_steps(vignette) && on(&vignette.topic)
                })
            }
            Change::Flow(..) => !vignette.screens.is_empty(),
            Change::Text(..) => false,
        }
    }
}

fn speaks_of_steps(vignette: &Vignette) -> bool {
    let calm = vignette.outcome.level().is_some_and(|level| level < Level::GoNow);
    calm && match &vignette.steps {
        ExpectedSteps::Some { shown, not_shown } => !(shown.is_empty() && not_shown.is_empty()),
        ExpectedSteps::Exactly(_) => true,
    }
}

fn told(content: &Content, vignette: &Vignette) -> BTreeSet<FindingId> {
    let said = vignette.given.iter().filter(|(_, value)| *value > Value::No);
    let mut told: BTreeSet<FindingId> = said.map(|(finding, _)| *finding).collect();
    loop {
        let over = content.findings.iter().map(|(id, _)| id).filter(|id| {
            !told.contains(id)
                && sign_of(content, *id).is_some_and(|sign| told.iter().any(|one| stands_for(sign, *one)))
        });
        let more: Vec<FindingId> = over.collect();
        if more.is_empty() {
            return told;
        }
        told.extend(more);
    }
}

/// The first property that is broken on some path. A topic that cannot be walked any more is refused, too.
fn on_all_paths(changed: &Content) -> Option<&'static str> {
    let Ok(explored) = explore_all(changed) else {
        return Some("too much");
    };
    let all = verdicts(changed, &explored);
    all.iter()
        .find(|verdict| !verdict.holds())
        .map(|verdict| verdict.property)
}
