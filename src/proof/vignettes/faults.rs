//! What `nightease check` says of vignettes: those that fail, and frozen ones that are not what the content says now.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content::vignette::{LOCK, Spot};
use crate::content::{Content, Fault, FaultKind, Outcome, ScreenId, StepId};

use super::lock::{self, FrozenText, Line};
use super::{Failure, Vignettes, Wrong, failures};

const ACCEPT: &str =
    "if this is meant, run nightease check DIR --accept, and have a clinician look at the lines that change";

/// All faults of the vignettes of a content, in the order of the files.
#[must_use]
pub fn faults(content: &Content, vignettes: &Vignettes) -> Vec<Fault> {
    let mut found: Vec<Fault> = failures(content, vignettes.hand_written())
        .iter()
        .map(|failure| of_failure(content, failure))
        .collect();
    found.extend(of_lock(content));
    found
}

fn of_failure(content: &Content, failure: &Failure<'_>) -> Fault {
    let vignette = failure.vignette;
    let names = |steps: &[StepId]| steps.iter().map(StepId::as_str).collect::<Vec<_>>().join(", ");
    let levels = |got: Outcome| format!("expected {}, got {}", vignette.outcome.word(), got.word());
    let what = match &failure.wrong {
        Wrong::Outcome => levels(failure.got.outcome),
        Wrong::Steps { missing, surplus } => {
            let mut parts = Vec::new();
            if !missing.is_empty() {
                parts.push(format!("expected to be shown, and is not: {}", names(missing)));
            }
            if !surplus.is_empty() {
                parts.push(format!("must not be shown, and is: {}", names(surplus)));
            }
            parts.join("; ")
        }
        Wrong::Screens(met) => {
            let ids = |screens: &[ScreenId]| {
                screens
                    .iter()
                    .map(ScreenId::as_str)
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            format!(
                "expected the screens {}, met {}",
                ids(&vignette.screens),
                ids(met)
            )
        }
        Wrong::Distractor(findings) => {
            let named: Vec<&str> = findings.iter().map(|id| content.findings.name(*id)).collect();
            format!(
                "{} must not matter, and without it: {}",
                named.join(", "),
                levels(failure.got.outcome)
            )
        }
    };
    vignette.at.fault(
        FaultKind::FailingVignette,
        format!("\"{}\": {what}. Its story: {}", vignette.id, vignette.story),
        "find out which is right: mend the rule or step, or correct the vignette and say why in note"
            .to_owned(),
    )
}

/// What differs between the frozen file and the content.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Difference {
    /// Lines with another expectation.
    pub changed: usize,
    /// New lines.
    pub added: usize,
    /// Lines that are gone.
    pub removed: usize,
}

/// The file as `--accept` writes it, and how it differs from the one that is there.
#[must_use]
pub fn frozen_anew(content: &Content) -> (String, Difference) {
    let lines = lock::lines(content);
    let old = lock::frozen_text(content).unwrap_or_default();
    let mut difference = Difference::default();
    let mut before = by_case(&old);
    for line in &lines {
        match before.remove(line.case.as_str()) {
            None => difference.added += 1,
            Some((_, frozen)) if frozen.comes != line.comes => difference.changed += 1,
            Some(_) => {}
        }
    }
    difference.removed = before.len();
    // Whoever signed has not seen what changed.
    let signed = if difference == Difference::default() {
        &*old.signed
    } else {
        ""
    };
    (lock::text(&lines, signed), difference)
}

fn by_case(text: &FrozenText) -> BTreeMap<&str, (usize, &Line)> {
    let frozen = text.lines.iter().enumerate();
    frozen
        .map(|(place, frozen)| (frozen.line.case.as_str(), (place, &frozen.line)))
        .collect()
}

/// Nothing is compared where there is no vignette at all, frozen or by hand.
fn of_lock(content: &Content) -> Vec<Fault> {
    let Some(lock) = &content.vignettes.lock else {
        let nothing = content.vignettes.hand_written.is_empty();
        return (!nothing).then(|| no_lock(content)).into_iter().collect();
    };
    let Some(text) = lock::frozen_text(content) else {
        return Vec::new();
    };
    let mut found: Vec<Fault> = text
        .odd
        .iter()
        .map(|number| odd_line(&lock.file, *number))
        .collect();
    let mut before = by_case(&text);
    if before.len() < text.lines.len() {
        found.extend(doubled(&lock.file, &text));
    }
    for line in lock::lines(content) {
        match before.remove(line.case.as_str()) {
            None => found.push(missing(&lock.file, &line)),
            Some((place, frozen)) if frozen.comes != line.comes => {
                let message = format!("{}: was {}; is {}", line.case, frozen.comes, line.comes);
                found.extend(at(&lock.file, &text, place, message));
            }
            Some(_) => {}
        }
    }
    for (place, frozen) in before.into_values() {
        let message = format!(
            "{}: was {}; no rule, step or stage makes this case any more",
            frozen.case, frozen.comes
        );
        found.extend(at(&lock.file, &text, place, message));
    }
    found.sort_by_key(|fault| fault.line);
    found
}

fn at(file: &Arc<str>, text: &FrozenText, place: usize, message: String) -> Option<Fault> {
    let spot = lock::spot(file, text.lines.get(place)?);
    Some(spot.fault(FaultKind::FrozenVignette, message, ACCEPT.to_owned()))
}

fn doubled(file: &Arc<str>, text: &FrozenText) -> Vec<Fault> {
    let mut seen = std::collections::BTreeSet::new();
    let lines = text.lines.iter().enumerate();
    lines
        .filter(|(_, frozen)| !seen.insert(frozen.line.case.as_str()))
        .filter_map(|(place, frozen)| {
            let message = format!("{}: this case stands there already", frozen.line.case);
            at(file, text, place, message)
        })
        .collect()
}

fn missing(file: &Arc<str>, line: &Line) -> Fault {
    let message = format!("{}: is missing; is {}", line.case, line.comes);
    of_file(file, FaultKind::FrozenVignette, message)
}

fn no_lock(content: &Content) -> Fault {
    let name = LOCK.rsplit('/').next().unwrap_or(LOCK);
    let file: Arc<str> = Arc::from(format!("{}{name}", content.vignettes.folder));
    of_file(
        &file,
        FaultKind::MissingFile,
        "no vignettes are frozen".to_owned(),
    )
}

fn of_file(file: &Arc<str>, kind: FaultKind, message: String) -> Fault {
    Fault {
        file: Arc::clone(file),
        line: 0,
        column: 0,
        width: 1,
        source_line: String::new(),
        kind,
        message,
        cure: ACCEPT.to_owned(),
    }
}

fn odd_line(file: &Arc<str>, number: usize) -> Fault {
    let spot = Spot {
        file: Arc::clone(file),
        line: number,
        column: 1,
        width: 1,
        source_line: Arc::from(""),
    };
    spot.fault(
        FaultKind::FrozenVignette,
        "this line is no frozen vignette".to_owned(),
        ACCEPT.to_owned(),
    )
}
