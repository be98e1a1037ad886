//! The dialogue that is played: a transcript of NightEase's own tests. The load plays its taps, and the yardstick says
//! its words, so both bots carry the same messages with the same buttons.

use anyhow::{Context, bail};

/// The conversation that everybody here has.
const TRANSCRIPT: &str = include_str!("../../tests/transcripts/cramp_self_care.txt");

/// One thing she does, and what she is shown then.
#[derive(Clone, Debug)]
pub struct Step {
    /// A command, or the words on a button.
    pub does: String,
    /// The messages that follow. Only the last has buttons.
    pub messages: Vec<String>,
    /// The words on the buttons.
    pub buttons: Vec<String>,
}

/// Reads the conversation. The first step is a command; all others are taps.
///
/// # Errors
/// When the transcript is not one.
pub fn steps() -> anyhow::Result<Vec<Step>> {
    let mut steps: Vec<Step> = Vec::new();
    for line in TRANSCRIPT.lines().filter(|line| !line.starts_with("# ")) {
        if let Some(does) = line.strip_prefix("> ") {
            steps.push(Step {
                does: does.to_owned(),
                messages: vec![String::new()],
                buttons: Vec::new(),
            });
            continue;
        }
        let Some(step) = steps.last_mut() else { continue };
        match button(line) {
            Some(label) => step.buttons.push(label.to_owned()),
            None if line.is_empty() => step.messages.push(String::new()),
            None => {
                let message = step.messages.last_mut().context("a step without a message")?;
                if !message.is_empty() {
                    message.push('\n');
                }
                message.push_str(line);
            }
        }
    }
    for step in &mut steps {
        step.messages.retain(|message| !message.is_empty());
    }
    if steps.len() < 2 || steps.iter().any(|step| step.buttons.is_empty()) {
        bail!("the transcript has no conversation with buttons");
    }
    Ok(steps)
}

/// `   1  Cramp right now`
fn button(line: &str) -> Option<&str> {
    let (number, label) = line.strip_prefix("  ")?.trim_start().split_once("  ")?;
    number
        .chars()
        .all(|digit| digit.is_ascii_digit())
        .then_some(label)
}
