//! The leaflet (`/tips`, `/tips_legs`): no questions, the danger list first, then the steps that are safe with nothing
//! asked. `/tips` has one message for each topic; the command of a topic shows all of it.
//!
//! ```text
//! Tips to read. First, when to call. …
//!
//! Leg cramps at night
//! 1 Toes up: …
//! All of it: /tips_legs
//! ```

use crate::content::{Argument, Step, StepGroup, Topic, stage};

use super::answer_view::{numbered, step_text};
use super::reply::{Reply, Text};
use super::wording::{LONGEST_MESSAGE, Words};

/// The leaflet of one command, in full.
#[must_use]
pub fn leaflet(words: &Words<'_>, topics: &[&Topic]) -> Vec<Reply> {
    let bodies = topics
        .iter()
        .flat_map(|topic| numbered(&heading(words, topic), &step_texts(words, topic)));
    with_danger_first(words, bodies)
}

/// The leaflet of all topics: of each as much as one message holds, and where the rest is. What one topic has said, the
/// next does not repeat.
#[must_use]
pub fn overview(words: &Words<'_>, topics: &[&Topic]) -> Vec<Reply> {
    let mut said: Vec<String> = Vec::new();
    let mut bodies = Vec::new();
    for topic in topics {
        let mut steps = step_texts(words, topic);
        steps.retain(|step| !said.contains(step));
        let heading = heading(words, topic);
        let first = numbered(&heading, &steps);
        bodies.extend(match first.as_slice() {
            [] => None,
            [whole] => Some(whole.clone()),
            [part, ..] => Some(shortened(words, topic, &heading, &steps).unwrap_or_else(|| part.clone())),
        });
        said.extend(steps);
    }
    with_danger_first(words, bodies)
}

/// As many of the first steps as leave room for the line that names the command.
fn shortened(words: &Words<'_>, topic: &Topic, heading: &str, steps: &[String]) -> Option<String> {
    let command = Argument::Word(topic.leaflet_command.as_ref()?.to_string());
    let pointer = words.with("tips-more", &[("command", command)]);
    let whole = |count: usize| {
        let text = numbered(heading, steps.get(..count)?).into_iter().next()?;
        Some(format!("{text}\n{pointer}"))
    };
    (1..=steps.len())
        .rev()
        .filter(|count| {
            steps
                .get(..*count)
                .is_some_and(|some| numbered(heading, some).len() == 1)
        })
        .filter_map(whole)
        .find(|text| text.chars().count() <= LONGEST_MESSAGE)
}

fn with_danger_first(words: &Words<'_>, bodies: impl IntoIterator<Item = String>) -> Vec<Reply> {
    let danger = std::iter::once(words.get("tips"));
    danger
        .chain(bodies)
        .map(|text| Reply::new(Text::plain(text)))
        .collect()
}

fn heading(words: &Words<'_>, topic: &Topic) -> String {
    words.get(&format!("topic-{}.tips", topic.id))
}

/// What helps now comes first. A step of other weeks than hers is left out, once she has said where she is.
fn step_texts(words: &Words<'_>, topic: &Topic) -> Vec<String> {
    let of = |group: StepGroup| {
        let steps = words.content.steps.iter();
        steps.filter(move |step: &&Step| {
            step.leaflet
                && step.group == group
                && step.topics.contains(&topic.id)
                && stage::may_hold(&step.stage, words.stage)
        })
    };
    of(StepGroup::Now)
        .chain(of(StepGroup::Tonight))
        .chain(of(StepGroup::More))
        .map(|step| step_text(words, step.id.as_str()))
        .filter(|text| !text.trim().is_empty())
        .collect()
}
