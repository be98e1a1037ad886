//! Who notices a slip: the tests that come by it, the quickest first, until one fails.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use serde::{Deserialize, Serialize};

use crate::play::{End, Switch, Tests};
use crate::reach::Measured;

/// Beyond five times the time the tests take without a slip.
const GRACE: Duration = Duration::from_secs(10);
/// How long the first tests take together; each later group takes four times as long.
const FIRST_GROUP: Duration = Duration::from_secs(1);

/// A part of the tests.
#[derive(Clone, Copy, Debug)]
pub struct Suite {
    /// Its number, from one.
    pub number: usize,
    /// The program of tests: `lib`, or a file below `tests/`.
    pub program: &'static str,
    /// Words in the names of its tests.
    pub words: &'static [&'static str],
}

/// All of them. A test belongs to the first suite that names it.
pub const SUITES: [Suite; 6] = [
    Suite {
        number: 1,
        program: "it",
        words: &["transcripts::", "claims::", "kept"],
    },
    Suite {
        number: 2,
        program: "lib",
        words: &["triage::", "conversation::"],
    },
    Suite {
        number: 3,
        program: "it",
        words: &["assess", "red_flags", "understanding", "talked", "decision"],
    },
    Suite {
        number: 4,
        program: "it",
        words: &["every_state", "stories", "nothing_wrong"],
    },
    Suite {
        number: 5,
        program: "it",
        words: &["paths", "histories"],
    },
    Suite {
        number: 6,
        program: "it",
        words: &["proof"],
    },
];

/// A suite with its tests.
pub struct Judge {
    /// The suite.
    pub suite: Suite,
    /// Runs them.
    pub tests: Tests,
    /// The tests, the quickest first.
    pub measured: Vec<Measured>,
}

/// What became of a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fate {
    /// It does not compile, or nothing can be woven in for it.
    NotBuilt,
    /// A test failed.
    Caught,
    /// The tests did not end.
    Late,
    /// No test noticed.
    Survived,
}

/// A line of the results.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Line {
    /// The name of the slip.
    pub name: String,
    /// What became of it.
    pub fate: Fate,
    /// The suite of that test.
    pub suite: Option<usize>,
    /// The test that failed, or the first of those that did not end.
    pub test: Option<String>,
    /// The tests that came by and did not notice it.
    pub passed: BTreeSet<String>,
}

impl Line {
    /// Of a slip that nobody has looked at.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Line {
            name: name.to_owned(),
            fate: Fate::Survived,
            suite: None,
            test: None,
            passed: BTreeSet::new(),
        }
    }
}

/// Plays the tests that come by a slip and have not seen it yet, of all suites the quickest first. What was noticed once
/// is not shown again.
///
/// # Errors
/// When tests cannot be run.
pub fn judge(number: usize, line: &mut Line, judges: &[Judge], longest: Duration) -> anyhow::Result<()> {
    if line.fate != Fate::Survived {
        return Ok(());
    }
    for program in ["it", "lib"] {
        let of_program = judges.iter().filter(|judge| judge.suite.program == program);
        let tests = of_program.clone().flat_map(|judge| &judge.measured);
        let mut tests: Vec<&Measured> = tests
            .filter(|test| test.reached.contains(&number) && test.took <= longest)
            .filter(|test| !line.passed.contains(&test.name))
            .collect();
        tests.sort_by_key(|test| test.took);
        let Some(plays) = of_program.clone().next() else {
            continue;
        };
        for group in groups(&tests) {
            play(number, line, &plays.tests, &group)?;
            if line.fate != Fate::Survived {
                let failed = line.test.as_ref();
                line.suite = of_program
                    .filter(|judge| judge.measured.iter().any(|test| Some(&test.name) == failed))
                    .map(|judge| judge.suite.number)
                    .next();
                return Ok(());
            }
        }
    }
    Ok(())
}

fn play(number: usize, line: &mut Line, tests: &Tests, group: &[&Measured]) -> anyhow::Result<()> {
    let names: Vec<String> = group.iter().map(|test| test.name.clone()).collect();
    let took: Duration = group.iter().map(|test| test.took).sum();
    match tests.play(&names, Switch::Slip(number), took * 5 + GRACE)? {
        End::Passed => line.passed.extend(names),
        End::Failed(test) => {
            line.fate = Fate::Caught;
            line.test = Some(test);
        }
        End::Late => {
            line.fate = Fate::Late;
            line.test = names.first().cloned();
        }
    }
    Ok(())
}

/// Short groups first: most slips are noticed at once.
fn groups<'a>(tests: &[&'a Measured]) -> Vec<Vec<&'a Measured>> {
    let mut groups: Vec<Vec<&Measured>> = Vec::new();
    let (mut left, mut most) = (Duration::ZERO, FIRST_GROUP);
    for test in tests {
        match groups.last_mut() {
            Some(group) if test.took <= left => group.push(test),
            _ => {
                groups.push(vec![test]);
                left = most;
                most *= 4;
            }
        }
        left = left.saturating_sub(test.took);
    }
    groups
}

/// The results, kept from run to run; the last line of a slip counts.
pub struct Results {
    path: PathBuf,
    /// By name.
    pub lines: BTreeMap<String, Line>,
}

impl Results {
    /// Reads what earlier runs found.
    ///
    /// # Errors
    /// When a line cannot be read.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join("results.jsonl");
        let mut lines = BTreeMap::new();
        for row in fs::read_to_string(&path).unwrap_or_default().lines() {
            let line: Line = serde_json::from_str(row).with_context(|| row.to_owned())?;
            lines.insert(line.name.clone(), line);
        }
        Ok(Results { path, lines })
    }

    /// What is known of a slip.
    #[must_use]
    pub fn of(&self, name: &str) -> Line {
        self.lines.get(name).cloned().unwrap_or_else(|| Line::new(name))
    }

    /// Writes a line down.
    ///
    /// # Errors
    /// When the disk says no.
    pub fn push(&mut self, line: Line) -> anyhow::Result<()> {
        let mut file = OpenOptions::new().append(true).create(true).open(&self.path)?;
        writeln!(file, "{}", serde_json::to_string(&line)?)?;
        self.lines.insert(line.name.clone(), line);
        Ok(())
    }
}
