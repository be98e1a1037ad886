//! Hazards, what is done against them, and whether what is said to show it does: a table, and a fault for each hazard
//! that stands open.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Serialize;

use crate::content::{Content, Control, Evidence, Fault, FaultKind, Hazard, VignetteId};

use super::report::Property;

/// What came of one check.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    /// It holds.
    Holds,
    /// It does not.
    Broken,
    /// The tests of the program run it, and not this check.
    InTests,
    /// People do it.
    ByPeople,
}

/// One check of a control.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// As it is written.
    pub check: String,
    /// What came of it.
    pub came: Came,
}

/// A hazard with what is done against it.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// `H01`.
    pub id: String,
    /// The controls by name, each with its checks.
    pub controls: BTreeMap<String, Vec<Check>>,
}

/// How many, and those that stand open.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HazardFigures {
    /// Hazards.
    pub hazards: usize,
    /// Controls.
    pub controls: usize,
    /// Checks of all controls, each once.
    pub checks: usize,
    /// Of these, how many hold here and now.
    pub hold: usize,
    /// How many the tests of the program run.
    pub in_tests: usize,
    /// How many people do.
    pub by_people: usize,
    /// Hazards that stand open.
    pub open: usize,
    /// All hazards with their controls.
    pub matrix: Vec<Line>,
}

/// Properties that the check of form looks at: content that was read holds them.
const OF_FORM: [&str; 2] = ["P18", "P19"];

/// What holds: properties, and vignettes that fail.
pub struct Known<'k> {
    properties: &'k [Property],
    failing: BTreeSet<&'k VignetteId>,
}

impl<'k> Known<'k> {
    /// From the figures of the report and the vignettes that fail.
    pub fn new(properties: &'k [Property], failing: impl Iterator<Item = &'k VignetteId>) -> Known<'k> {
        Known {
            properties,
            failing: failing.collect(),
        }
    }

    fn came(&self, evidence: &Evidence) -> Came {
        let holds = match evidence {
            Evidence::Property(name) => {
                let looked_at = self.properties.iter().find(|one| *one.name == **name);
                OF_FORM.contains(&&**name) || looked_at.is_some_and(|one| one.broken == 0)
            }
            Evidence::Vignette(id) => !self.failing.contains(id),
            // Content with such a fault is not here.
            Evidence::Form(_) => true,
            Evidence::Test(..) => return Came::InTests,
            Evidence::People(_) => return Came::ByPeople,
        };
        if holds { Came::Holds } else { Came::Broken }
    }
}

/// Counts, and names what stands open.
#[must_use]
pub fn hazards(content: &Content, known: &Known<'_>) -> (HazardFigures, Vec<Fault>) {
    let all = &content.hazards;
    let mut figures = HazardFigures {
        hazards: all.hazards.len(),
        controls: all.controls.len(),
        ..HazardFigures::default()
    };
    let mut faults = Vec::new();
    for control in &all.controls {
        for evidence in &control.by {
            figures.checks += 1;
            match known.came(evidence) {
                Came::Holds => figures.hold += 1,
                Came::InTests => figures.in_tests += 1,
                Came::ByPeople => figures.by_people += 1,
                Came::Broken => faults.push(broken(control, evidence)),
            }
        }
    }
    for hazard in &all.hazards {
        let controls = || {
            all.controls
                .iter()
                .filter(|one| hazard.controls.contains(&one.id))
        };
        let checks = controls().map(|control| {
            let checks = control.by.iter().map(|evidence| Check {
                check: evidence.words(),
                came: known.came(evidence),
            });
            (control.id.to_string(), checks.collect())
        });
        figures.matrix.push(Line {
            id: hazard.id.to_string(),
            controls: checks.collect(),
        });
        let fails = |control: &Control| control.by.iter().any(|one| known.came(one) == Came::Broken);
        if controls().any(fails) {
            figures.open += 1;
            faults.push(open(hazard));
        }
    }
    (figures, faults)
}

fn broken(control: &Control, evidence: &Evidence) -> Fault {
    control.at.fault(
        FaultKind::OpenHazard,
        format!(
            "{} does not show that \"{}\" works: it does not hold",
            evidence.words(),
            control.id
        ),
        "mend what is broken, or name another check that exists".to_owned(),
    )
}

fn open(hazard: &Hazard) -> Fault {
    hazard.at.fault(
        FaultKind::OpenHazard,
        format!(
            "{} stands open, because a check of what is done against it does not hold",
            hazard.id
        ),
        "mend that check first; the faults beside this one name it".to_owned(),
    )
}

impl HazardFigures {
    /// One line.
    #[must_use]
    pub fn text(&self) -> String {
        format!(
            "hazards: {} with {} controls, {} open; checks of these: {} hold here, {} run in the tests, {} are done by people",
            self.hazards, self.controls, self.open, self.hold, self.in_tests, self.by_people
        )
    }
}

/// The table of `docs/safety.md`: hazards, then controls.
#[must_use]
pub fn table(content: &Content) -> String {
    let all = &content.hazards;
    let mut text =
        "| hazard | how bad | likely before → after | what is done against it |\n|---|---|---|---|\n"
            .to_owned();
    // Writing into a String cannot fail.
    for hazard in &all.hazards {
        let _ = writeln!(
            text,
            "| **{}** {} | {} | {} → {} | {} |",
            hazard.id,
            hazard.text,
            hazard.severity,
            hazard.before,
            hazard.after,
            hazard.controls.join(", ")
        );
    }
    text.push_str("\n| control | what is done | shown by |\n|---|---|---|\n");
    for control in &all.controls {
        let by: Vec<String> = control.by.iter().map(Evidence::words).collect();
        let _ = writeln!(text, "| {} | {} | {} |", control.id, control.text, by.join(" · "));
    }
    text
}
