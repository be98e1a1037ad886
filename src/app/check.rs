//! `nightease check`: faults of form, then what must hold on all paths.

use serde_json::{Value as Json, json};

use crate::content::{Content, Fault, Faults, check_report};
use crate::proof::{coverage, explore_all, report};

use super::settings::CheckSettings;

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
/// When a topic is too much to be explored, or the figures cannot be written as JSON.
pub fn run(settings: &CheckSettings, loaded: Result<Content, Faults>) -> anyhow::Result<Checked> {
    let content = match loaded {
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
    let explored = explore_all(&content)?;
    if settings.coverage {
        return Ok(Checked {
            output: coverage(&content, &explored).document(),
            passed: true,
        });
    }
    let report = report(&content, &explored, settings.every.max(1));
    let output = if settings.json {
        lines(&json!({ "faults": [], "figures": serde_json::to_value(&report)? }))
    } else {
        format!("{}{}", check_report(&content), report.text(&content))
    };
    Ok(Checked {
        output,
        passed: report.passed(),
    })
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
