//! The whole content explored: every topic that the opening offers, before and after a loss was told.

use std::thread;

use crate::content::{Content, Topic};

use super::explore::{Graph, MOST_STATES, explore};
use super::model::{Model, TooMuch};

/// One topic explored.
pub struct Explored<'c> {
    /// The topic as a machine.
    pub model: Model<'c>,
    /// Its merged states.
    pub graph: Graph,
}

/// The topics that a woman can open.
pub fn doors(content: &Content) -> impl Iterator<Item = &Topic> {
    content.topics.iter().filter(|topic| topic.place.is_some())
}

/// Explores every topic, twice: as it begins, and after she told that the pregnancy ended.
///
/// # Errors
/// When a topic is too much to be explored; it says which, and why.
pub fn explore_all(content: &Content) -> Result<Vec<Explored<'_>>, TooMuch> {
    explore_within(content, MOST_STATES)
}

/// As [`explore_all`], with a limit of one's own.
///
/// # Errors
/// As [`explore_all`].
pub fn explore_within(content: &Content, most: usize) -> Result<Vec<Explored<'_>>, TooMuch> {
    let one = |topic, ended| {
        let model = Model::new(content, topic, ended)?;
        let graph = explore(&model, most)?;
        Ok(Explored { model, graph })
    };
    thread::scope(|scope| {
        let running: Vec<_> = doors(content)
            .flat_map(|topic| [(topic, false), (topic, true)])
            .map(|(topic, ended)| scope.spawn(move || one(topic, ended)))
            .collect();
        running
            .into_iter()
            .map(|running| {
                running
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    })
}
