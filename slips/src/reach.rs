//! Which test reaches which slip. A test that does not come to a place cannot notice a slip there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::bail;
use serde::{Deserialize, Serialize};

use crate::play::{End, Switch, Tests};

/// A test without a slip.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Measured {
    /// Its name.
    pub name: String,
    /// How long it took, alone.
    pub took: Duration,
    /// The slips it comes by.
    pub reached: BTreeSet<usize>,
}

/// How long a test may take without a slip.
const LONGEST: Duration = Duration::from_secs(1200);

/// Plays each test alone, without a slip. It must pass.
///
/// # Errors
/// When one fails.
pub fn measure(tests: &Tests, names: &[String], folder: &Path) -> anyhow::Result<Vec<Measured>> {
    let store = folder.join("reached.json");
    let mut known: BTreeMap<String, Measured> = fs::read(&store)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    let log = folder.join("reached.txt");
    let mut measured = Vec::new();
    for name in names {
        if !known.contains_key(name) {
            known.insert(name.clone(), one(tests, name, &log)?);
            fs::write(&store, serde_json::to_vec(&known)?)?;
        }
        measured.extend(known.get(name).cloned());
    }
    measured.sort_by_key(|test| test.took);
    Ok(measured)
}

fn one(tests: &Tests, name: &str, log: &Path) -> anyhow::Result<Measured> {
    fs::write(log, "")?;
    let began = Instant::now();
    let end = tests.play(&[name.to_owned()], Switch::Reached(log), LONGEST)?;
    if end != End::Passed {
        bail!("{name} does not pass without a slip: {end:?}");
    }
    let took = began.elapsed();
    let reached = fs::read_to_string(log)?
        .lines()
        .filter_map(|line| line.parse().ok())
        .collect();
    Ok(Measured {
        name: name.to_owned(),
        took,
        reached,
    })
}
