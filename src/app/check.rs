//! `nightease check`: faults of form, then vignettes, hazards and what must hold on all paths; and who notices slips.

use std::fs;
use std::path::Path;

use anyhow::Context;
use serde_json::{Value as Json, json};

use crate::content::vignette::LOCK;
use crate::content::{Content, Fault, Faults, check_report};
use crate::proof::hazards::table;
use crate::proof::mutants::{MutantFigures, judge_all};
use crate::proof::vignettes::faults::{Difference, faults, frozen_anew};
use crate::proof::{Vignettes, coverage, explore_all, report};
use crate::understanding;

use super::settings::CheckSettings;

/// Faults of vignettes that are printed at the most.
const MOST_PRINTED: usize = 20;

/// What a check found.
pub struct Checked {
    /// What is printed.
    pub output: String,
    /// Is the content fit to be served?
    pub passed: bool,
}

/// Checks content that was loaded, or says why it was not.
///
/// # Errors
/// When a topic is too much to be explored, the figures cannot be written as JSON, or `--accept` cannot write its file.
pub fn run(settings: &CheckSettings, loaded: Result<Content, Faults>) -> anyhow::Result<Checked> {
    let mut content = match loaded {
        Ok(content) => content.with_pseudo_language(),
        Err(faults) => {
            let output = if settings.json {
                lines(&json!({ "faults": as_json(&faults) }))
            } else {
                faults.to_string()
            };
            return Ok(Checked {
                output,
                passed: false,
            });
        }
    };
    if settings.coverage {
        let explored = explore_all(&content)?;
        return Ok(Checked {
            output: coverage(&content, &explored).document(),
            passed: true,
        });
    }
    if settings.hazards {
        return Ok(Checked {
            output: table(&content),
            passed: true,
        });
    }
    let mut accepted = String::new();
    if let (true, Some(folder)) = (settings.accept, &settings.dir) {
        accepted = accept(folder, &content)?;
        // What was written is read again, so that the report tells of what is there.
        content = Content::from_dir(folder)?.with_pseudo_language();
    }
    let explored = explore_all(&content)?;
    let vignettes = Vignettes::of(&content);
    let report = report(&content, &explored, &vignettes, settings.every.max(1));
    let mut wrong = Faults(understanding::lines::faults(&content));
    wrong.0.extend(faults(&content, &vignettes));
    wrong.0.extend(report.open_hazards.iter().cloned());
    let mutants = if settings.mutants {
        let judged = judge_all(&content, settings.dir.as_deref(), &vignettes, settings.every)?;
        Some(MutantFigures::of(&judged))
    } else {
        None
    };
    let noticed = mutants.as_ref().is_none_or(MutantFigures::passed);
    let passed = report.passed() && wrong.0.is_empty() && noticed;
    let output = if settings.json {
        let figures = serde_json::to_value(&report)?;
        lines(&json!({ "faults": as_json(&wrong), "figures": figures, "mutants": mutants }))
    } else {
        let said = format!("{}{}", check_report(&content), report.text(&content));
        let mutants = mutants.map_or_else(String::new, |mutants| mutants.text());
        format!("{said}{mutants}{}{accepted}", some(wrong))
    };
    Ok(Checked { output, passed })
}

/// Writes the frozen vignettes anew, and says what changed.
fn accept(folder: &Path, content: &Content) -> anyhow::Result<String> {
    let path = folder.join(LOCK);
    let (text, difference) = frozen_anew(content);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| format!("{} cannot be made", parent.display()))?;
    }
    fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    let Difference {
        changed,
        added,
        removed,
    } = difference;
    let all = changed + added + removed;
    let look = if all > 0 {
        " A clinician has to look at them: each is an answer to a woman."
    } else {
        ""
    };
    Ok(format!(
        "{}: {all} lines differ: {changed} changed, {added} new, {removed} gone.{look}\n",
        path.display()
    ))
}

/// The first faults, and how many more there are: a changed rule may change hundreds of lines.
fn some(mut faults: Faults) -> String {
    let more = faults.0.len().saturating_sub(MOST_PRINTED);
    if faults.0.is_empty() {
        return String::new();
    }
    faults.0.truncate(MOST_PRINTED);
    let rest = if more > 0 {
        format!(", and {more} more: nightease check --json lists them all")
    } else {
        String::new()
    };
    format!("\n{faults}{rest}\n")
}

fn lines(json: &Json) -> String {
    format!("{json:#}\n")
}

fn as_json(faults: &Faults) -> Vec<Json> {
    let one = |fault: &Fault| {
        json!({
            "file": *fault.file,
            "line": fault.line,
            "column": fault.column,
            "kind": fault.kind.words(),
            "message": fault.message,
            "mend": fault.cure,
        })
    };
    faults.0.iter().map(one).collect()
}
