//! The leaflet (`/tips`, `/tips_legs`): no questions, the danger list first, then the steps that are safe with nothing
//! asked.

use crate::content::{Step, StepGroup, Topic};

use super::answer_view::{numbered, step_text};
use super::reply::{Reply, Text};
use super::wording::Words;

/// The leaflet of a topic, or of all topics that have one.
#[must_use]
pub fn leaflet(words: &Words<'_>, topics: &[&Topic]) -> Vec<Reply> {
    let mut replies = vec![Reply::new(Text::plain(words.get("tips")))];
    for topic in topics {
        let heading = words.get(&format!("topic-{}.tips", topic.id));
        let steps: Vec<String> = leaflet_steps(words, topic)
            .map(|step| step_text(words, step.id.as_str()))
            .collect();
        let messages = numbered(&heading, &steps);
        replies.extend(messages.into_iter().map(|text| Reply::new(Text::plain(text))));
    }
    replies
}

/// What helps now comes first.
fn leaflet_steps<'a>(words: &'a Words<'_>, topic: &'a Topic) -> impl Iterator<Item = &'a Step> {
    let of = move |group: StepGroup| {
        let steps = words.content.steps.iter();
        steps.filter(move |step| step.leaflet && step.group == group && step.topics.contains(&topic.id))
    };
    of(StepGroup::Now)
        .chain(of(StepGroup::Tonight))
        .chain(of(StepGroup::More))
}
